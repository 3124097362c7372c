"""The provider's process and its engine: it outlives a suspended one, and ends after a killed one."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.stack import Stack

    from pulumi_identity.emulator import Emulator

LIMIT = 2.5
"""The seconds within which the process ends: two, and some for a busy machine."""


@pytest.fixture
def throttled_up(stack: Stack, aws: Emulator) -> Iterator[subprocess.Popen[bytes]]:
    """An `up` in a session of its own, whose creates AWS throttles again and again."""
    aws.faults.fail("identitystore", "CreateGroup", "ThrottlingException", times=10_000)
    stack.program('for number in range(20):\n    Group(f"group-{number}", display_name=f"Group {number}")')
    running = stack.start_up()
    yield running
    running.kill()
    running.wait()
    for pid in hosts(running):
        os.kill(pid, signal.SIGKILL)


def hosts(running: subprocess.Popen[bytes]) -> list[int]:
    """Return the provider's processes in the session of a command."""
    listing = subprocess.run(
        ["ps", "-o", "pid=,args=", "-s", str(running.pid)], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in listing.stdout.splitlines() if "-m pulumi.dynamic" in line]


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_a_host_ends_after_its_engine(throttled_up: subprocess.Popen[bytes], aws: Emulator) -> None:
    assert wait_until(lambda: len(aws.calls) >= 4, 60)
    os.kill(throttled_up.pid, signal.SIGSTOP)
    time.sleep(LIMIT)
    assert hosts(throttled_up), "a suspended engine is not dead"
    os.kill(throttled_up.pid, signal.SIGCONT)

    os.kill(throttled_up.pid, signal.SIGKILL)  # only the engine
    throttled_up.wait()
    assert wait_until(lambda: not hosts(throttled_up), LIMIT)
    calls = len(aws.calls)
    time.sleep(2)
    assert len(aws.calls) == calls
