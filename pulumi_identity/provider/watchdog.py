"""The end of the provider's process when Pulumi's engine dies.

A killed engine leaves the provider's process behind, which would complete and retry its calls and then wait forever.
Pulumi records none of these writes. So a thread connects to the engine twice a second, and ends the process if the
engine refuses. A call in flight is then a lost response.
"""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING

from pulumi_identity.aws import process

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INTERVAL = 0.5
"""The pause between two connections, in seconds."""
REFUSALS = 3
"""The number of successive refusals after which the engine counts as dead."""
CONNECT_TIMEOUT = 5.0
"""The longest wait for a connection, in seconds. The kernel accepts connections even for a suspended engine."""


class Unfinished:
    """The blocks of this process that `finish` protects."""

    def __init__(self) -> None:
        self.blocks: set[object] = set()  # adding and discarding are atomic


@contextmanager
def finish() -> Iterator[None]:
    """Keep the process alive until the end of the block, even if the engine dies.

    For calls that must not stop halfway, because the first one alone gives a person access.
    """
    blocks, block = process.get(Unfinished).blocks, object()
    blocks.add(block)
    try:
        yield
    finally:
        blocks.discard(block)


def watch_engine(arguments: Sequence[str]) -> None:
    """Watch the engine from a background thread, which ends this process after the engine's death.

    Without the engine's address, this function has no effect. Further calls for the same engine have none either.

    Args:
        arguments: The arguments of the process. Pulumi passes the engine's address, such as `127.0.0.1:43210`, as the
            first one after the program.
    """
    address = re.fullmatch(r"([\w.-]+):([0-9]{1,5})", arguments[1]) if len(arguments) > 1 else None
    if address:
        with suppress(RuntimeError):  # the system allows no more threads
            _start(address[1], int(address[2]))


@cache
def _start(host: str, port: int) -> None:
    threading.Thread(target=_watch, args=(host, port), name="engine watchdog", daemon=True).start()


def _watch(host: str, port: int) -> None:
    """End the process after `REFUSALS` successive refusals, if the engine has ever accepted a connection."""
    accepted, refusals = False, 0
    while True:
        try:
            with socket.create_connection((host, port), CONNECT_TIMEOUT):
                accepted, refusals = True, 0
        except ConnectionRefusedError:
            refusals += 1
        except (OSError, OverflowError, UnicodeError):  # a slow engine, no free file descriptor, or no valid address
            refusals = 0
        if accepted and refusals >= REFUSALS:
            break
        time.sleep(INTERVAL)
    while process.get(Unfinished).blocks:
        time.sleep(INTERVAL)
    os._exit(1)  # `sys.exit` would end only this thread
