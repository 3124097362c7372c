"""Stacks of the real engine for chaos: commands that are interrupted, and what a user does afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.stack import PULUMI, STORE, Stack, engine_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_identity.emulator import Emulator

HOST = "-m pulumi.dynamic"
"""What the command line of the process contains that hosts the providers."""

GRACE = 5.0
"""The seconds within which the hosts of providers end after their engine."""


def template(folder: Path) -> Path:
    """Make a folder with an empty stack, for copies: a new stack costs two commands."""
    for name in ("state", "home"):
        (folder / name).mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
    stack = Stack(folder, engine_environment(folder, "http://127.0.0.1:1"))
    stack.run("stack", "init", "test")
    stack.run("config", "set", "identity:identityStoreId", STORE)
    return folder


def copy(of: Path, to: Path, url: str) -> Stack:
    """Return the stack of a copied folder."""
    shutil.copytree(of, to, dirs_exist_ok=True)
    return Stack(to, engine_environment(to, url) | {"PULUMI_STACK": "test"})


@contextmanager
def running(stack: Stack, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command in a session of its own. All processes of the session are killed at the end."""
    command = [str(PULUMI), *arguments, "--yes", "--skip-preview", "--non-interactive", "--color=never"]
    with subprocess.Popen(
        command,
        cwd=stack.folder,
        env=stack.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            for pid in members(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def members(session: int) -> dict[int, str]:
    """Return the live processes of a session, with their command lines. The engine gives each plugin its own group."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
    return found


def interrupted(
    stack: Stack,
    arguments: tuple[str, ...],
    aws: Emulator,
    interrupt: Callable[[subprocess.Popen[str]], None],
    *,
    operation: str,
    call: int,
    act: str,
) -> str:
    """Run a command that is interrupted in the middle of one of its calls, and return its output.

    Args:
        stack: The stack.
        arguments: The command.
        aws: The emulator.
        interrupt: Interrupts the command's process.
        operation: The operation that is called.
        call: The number of the call.
        act: "before" if the call has no effect, "after" if AWS answers it.
    """
    struck = threading.Event()
    with running(stack, *arguments) as process:

        def meanwhile() -> None:
            struck.set()
            interrupt(process)

        fields = {"fault": "none"} if act == "after" else {"fault": "reset", "act": "before"}
        aws.faults.add(meanwhile, service="identitystore", operation=operation, call=call, **fields)
        output, _ = process.communicate(timeout=120)
        aws.faults.clear()
        assert struck.is_set(), output
        assert hosts_end(process.pid), "a host goes on after its engine"
    return output


def strike(process: subprocess.Popen[str], victim: str, number: signal.Signals) -> None:
    """Send a signal to the engine, or to the host of the providers."""
    hosts = [pid for pid, command in members(process.pid).items() if HOST in command]
    assert hosts, "there is no host"
    for pid in hosts if victim == "host" else [process.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def hosts_end(session: int) -> bool:
    """Return whether every host of providers ends in time. Pulumi's other processes make no AWS calls."""
    deadline = time.monotonic() + GRACE
    while time.monotonic() < deadline:
        if not any(HOST in command for command in members(session).values()):
            return True
        time.sleep(0.05)
    return False


def recover(stack: Stack, *command: str, adopting: str = "") -> None:
    """Do what docs/rules.md advises after an interruption: remove the lock, and run the command again.

    Args:
        stack: The stack.
        command: The command.
        adopting: The program with `adopt=True`, for entities that an interrupted create has left.
    """
    unlock(stack)
    done = stack.run(*command, "--yes", "--skip-preview", check=False)
    if done.returncode and adopting:
        assert "adopt=True" in done.stdout, done.stdout
        stack.program(adopting)
        stack.up()
    else:
        assert done.returncode == 0, done.stdout
    clear_pending_creates(stack)


def unlock(stack: Stack) -> None:
    """Remove the lock that a killed engine has left."""
    if any((stack.folder / "state").rglob("locks/**/*.json")):
        stack.run("cancel", "--yes")


def clear_pending_creates(stack: Stack) -> None:
    """Remove the operations that a killed engine has left, as the engine advises."""
    if "pending_operations" in checkpoint(stack):
        stack.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates")


def checkpoint(stack: Stack) -> dict[str, Any]:
    """Return the state as the backend has it."""
    (path,) = (stack.folder / "state").rglob("stacks/**/test.json")
    latest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["checkpoint"]["latest"]
    return latest


def ids_in_state(stack: Stack) -> set[str]:
    """Return the last part of each physical id in state, as the backend has it. No operation is pending."""
    latest = checkpoint(stack)
    assert not latest.get("pending_operations")
    return {
        resource["id"].rpartition("/")[2]
        for resource in latest.get("resources", [])
        if "dynamic/identity" in resource["type"]
    }
