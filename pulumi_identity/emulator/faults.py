"""What an emulator is told to do wrong: faults for the next calls of an operation."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .errors import AwsError, InjectedError


@dataclass
class Fault:
    """A fault that waits for its operation; `left` says for how many more calls."""

    service: str
    operation: str
    left: int
    error: AwsError | None = None
    drop: bool = False
    before: Callable[[], None] | None = None

    def strike(self) -> None:
        """Do what is to be done before the call is carried out, if anything."""
        if self.before:
            self.before()
        if self.error:
            raise self.error


@dataclass
class Faults:
    """The faults of one emulator. The first that fits a call is used for it."""

    _faults: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(
        self,
        service: str,
        operation: str,
        code: str,
        *,
        times: int = 1,
        message: str = "injected",
        **members: Any,
    ) -> None:
        """Refuse the next calls with this error code, without carrying them out.

        `members` are what the error's model has besides its message, as `ResourceType`.
        """
        error = InjectedError(code, message, **members)
        self._add(Fault(service, operation, times, error=error))

    def drop(self, service: str, operation: str, *, times: int = 1) -> None:
        """Carry the next calls out, then drop the connection without an answer."""
        self._add(Fault(service, operation, times, drop=True))

    def before(self, service: str, operation: str, action: Callable[[], None], *, times: int = 1) -> None:
        """Run `action` when the next calls have arrived, before they are carried out.

        What it does through the emulator (with boto3, or its handles) has happened by then.
        """
        self._add(Fault(service, operation, times, before=action))

    def clear(self) -> None:
        """Forget the faults that are still waiting."""
        with self._lock:
            self._faults.clear()

    def take(self, service: str, operation: str) -> Fault | None:
        """The fault for a call, used up by one."""
        with self._lock:
            for fault in self._faults:
                if (fault.service, fault.operation) == (service, operation):
                    fault.left -= 1
                    if fault.left <= 0:
                        self._faults.remove(fault)
                    return fault
        return None

    def _add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)
