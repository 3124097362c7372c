"""The provider's process ends after the engine's death, and only then."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from pulumi_identity.provider.watchdog import watch_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENDS_WITHIN = 2.0


@pytest.fixture
def engine() -> Iterator[socket.socket]:
    """A listener that accepts connections in the kernel only, as a suspended engine does."""
    with socket.create_server(("127.0.0.1", 0), backlog=1) as listener:
        yield listener


@pytest.fixture
def host(engine: socket.socket) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Start a process that watches the engine and then runs code."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str) -> subprocess.Popen[str]:
        port = engine.getsockname()[1]
        head = f"""
            import time
            from pulumi_identity.provider.watchdog import finish, watch_engine
            watch_engine(["host", "127.0.0.1:{port}"])
            watch_engine(["host", "127.0.0.1:{port}"])
            time.sleep(0.5)
            print("watching", flush=True)
        """
        command = [sys.executable, "-c", dedent(head) + dedent(code)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "watching\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def test_it_ends_soon_after_the_engine(engine: socket.socket, host: Callable[[str], subprocess.Popen[str]]) -> None:
    process = host("time.sleep(60)")
    engine.close()
    assert process.wait(ENDS_WITHIN) == 1


def test_an_engine_that_never_accepts_is_only_slow(host: Callable[[str], subprocess.Popen[str]]) -> None:
    """The backlog is full after two connections. The next ones time out, which is no refusal."""
    process = host(
        """
        from pulumi_identity.provider import watchdog
        watchdog.INTERVAL = watchdog.CONNECT_TIMEOUT = 0.1
        time.sleep(3)
        """
    )
    assert process.wait(30) == 0


def test_it_ends_after_a_block_that_must_finish(
    engine: socket.socket, host: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = host(
        """
        with finish():
            time.sleep(3)
            print("finished", flush=True)
        time.sleep(60)
        """
    )
    engine.close()
    began = time.monotonic()
    assert process.wait(3 + ENDS_WITHIN) == 1
    assert time.monotonic() - began > 2
    assert process.stdout
    assert process.stdout.read() == "finished\n"


def test_a_port_that_never_accepts_ends_nothing(
    engine: socket.socket, host: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = host(
        """
        import socket
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        watch_engine(["host", f"127.0.0.1:{port}"])
        time.sleep(3)
        """
    )
    assert process.wait(30) == 0


@pytest.mark.parametrize(
    "arguments",
    [[], ["pytest"], ["pytest", "-q"], ["pytest", "tests/unit/test_errors.py::test_one"], ["host", "a b:1"]],
)
def test_other_arguments_start_no_thread(arguments: list[str]) -> None:
    threads = threading.active_count()
    watch_engine(arguments)
    assert threading.active_count() == threads
