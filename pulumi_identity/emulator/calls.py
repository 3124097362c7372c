"""A record of the requests that an emulator has answered."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True)
class Call:
    """One request.

    - `service`, `operation`: botocore's names; the operation is "" where there is no telling.
    - `account`, `region`: the caller's.
    - `status`: HTTP's; 0 where the connection was dropped.
    - `error`: the error code, None for a success.
    - `time`: when it arrived, in UTC (ISO 8601); `ms`: how long it took, in milliseconds.
    """

    service: str
    operation: str
    account: str
    region: str
    status: int
    error: str | None
    time: str
    ms: float


class Calls:
    """The calls so far, oldest first. Safe to read while the server is at work."""

    def __init__(self, log: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._calls: list[Call] = []
        self._path = log
        self._log: TextIO | None = None

    def __iter__(self) -> Iterator[Call]:
        with self._lock:
            return iter(list(self._calls))

    def __len__(self) -> int:
        with self._lock:
            return len(self._calls)

    def count(self, service: str | None = None, operation: str | None = None) -> int:
        """How many calls there were, of a service and an operation if they are given."""
        return sum(service in (None, call.service) and operation in (None, call.operation) for call in self)

    def by_operation(self) -> Counter[str]:
        """How many calls each `service:Operation` had."""
        return Counter(f"{call.service}:{call.operation}" for call in self)

    def clear(self) -> None:
        """Forget all calls; the log file keeps them."""
        with self._lock:
            self._calls.clear()

    def add(self, call: Call) -> None:
        """Record a call, and append it to the log as one JSON object on a line."""
        with self._lock:
            self._calls.append(call)
            if self._log:
                self._log.write(json.dumps(asdict(call)) + "\n")
                self._log.flush()

    def open(self) -> None:
        """Open the log file, if there is to be one; OSError if it can't be had."""
        if self._path:
            self._log = self._path.open("a", encoding="utf-8")

    def close(self) -> None:
        """Close the log file."""
        if self._log:
            self._log.close()
            self._log = None
