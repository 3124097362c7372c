"""A record of the requests to an emulator."""

import json
import threading
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True)
class Call:
    """One request.

    - `service`, `operation`: botocore's names. An unknown operation is "".
    - `account`, `region`: the account and region of the caller.
    - `status`: the HTTP status, or 0 for a dropped connection.
    - `error`: the error code, or None for a success.
    - `time`: the time of arrival, in UTC and ISO 8601.
    - `ms`: the duration in milliseconds.
    """

    service: str
    operation: str
    account: str
    region: str
    status: int
    error: str | None
    time: str
    ms: float


KEPT = 100_000


class Calls:
    """The latest calls, oldest first. Reading is safe while the server runs.

    The record keeps 100,000 calls, so that a server that runs for weeks does not fill the memory.
    """

    def __init__(self, log: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._path = log
        self._log: TextIO | None = None

    def __iter__(self) -> Iterator[Call]:
        with self._lock:
            return iter(list(self._calls))

    def __len__(self) -> int:
        with self._lock:
            return len(self._calls)

    def count(self, service: str | None = None, operation: str | None = None) -> int:
        """Return the number of calls, of all services and operations or only the given ones."""
        return sum(service in (None, call.service) and operation in (None, call.operation) for call in self)

    def by_operation(self) -> Counter[str]:
        """Return the number of calls for each `service:Operation`."""
        return Counter(f"{call.service}:{call.operation}" for call in self)

    def clear(self) -> None:
        """Delete all calls from the record. The log file keeps them."""
        with self._lock:
            self._calls.clear()

    def add(self, call: Call) -> None:
        """Record a call, and append it to the log as one line of JSON."""
        with self._lock:
            self._calls.append(call)
            if self._log:
                self._log.write(json.dumps(asdict(call)) + "\n")
                self._log.flush()

    def open(self) -> None:
        """Open the log file, if one is set.

        Raises:
            OSError: The file can't be opened.
        """
        if self._path:
            self._log = self._path.open("a", encoding="utf-8")

    def close(self) -> None:
        """Close the log file."""
        if self._log:
            self._log.close()
            self._log = None
