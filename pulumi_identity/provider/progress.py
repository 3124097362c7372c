"""Progress messages of long writes, in the output of Pulumi's engine.

The engine passes its address to the provider's process and accepts log messages there. Elsewhere, nothing is shown.
"""

from __future__ import annotations

import sys
import threading
import time
from contextlib import suppress
from functools import cache
from typing import Any

STATUS, LINE = 2.0, 30.0
"""The pauses between two updates of the status, and between two lines of the log, in seconds."""


class Progress:
    """The progress of one operation. An operation that ends within two seconds shows nothing.

    Args:
        doing: The operation, such as "creating IAM Identity Center Group Members (d-…/…)".
        total: The number of steps.
    """

    def __init__(self, doing: str, total: int) -> None:
        self._doing = doing
        self._total = total
        self._done = 0
        self._lock = threading.Lock()
        self._next_status, self._next_line = time.monotonic() + STATUS, time.monotonic() + LINE

    def advance(self) -> None:
        """Count one step, and show the progress if the last message is old enough."""
        with self._lock:
            self._done += 1
            now = time.monotonic()
            if now < self._next_status or self._done == self._total:
                return
            is_line = now >= self._next_line
            self._next_status = now + STATUS
            if is_line:
                self._next_line = now + LINE
            text = f"{self._doing}: {self._done:,} of {self._total:,} members done"
        log(text, is_status=not is_line)


def log(text: str, *, is_status: bool) -> None:
    """Send a message to the engine. A failure has no effect.

    Args:
        text: The message.
        is_status: Whether the message replaces the last one and is only shown on a terminal.
    """
    engine = _engine(sys.argv[1] if len(sys.argv) > 1 else "")
    if engine is not None:
        from pulumi.runtime.proto import engine_pb2  # noqa: PLC0415  (programs don't pay for it)

        request: Any = engine_pb2.LogRequest(severity=engine_pb2.INFO, message=text, ephemeral=is_status)
        with suppress(Exception):  # progress must not fail a write
            engine.Log(request, timeout=5)


@cache
def _engine(address: str) -> Any:
    """Return the client of the engine at an address, or None if the address is invalid."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        return None
    import grpc  # type: ignore[import-untyped]  # noqa: PLC0415  (only long writes need it)
    from pulumi.runtime.proto import engine_pb2_grpc  # noqa: PLC0415

    stub: Any = engine_pb2_grpc.EngineStub
    return stub(grpc.insecure_channel(address))
