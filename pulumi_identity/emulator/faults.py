"""Injected faults for the next calls of an operation."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .errors import AwsError, InjectedError


@dataclass
class Fault:
    """A fault for the next `left` calls of an operation."""

    service: str
    operation: str
    left: int
    error: AwsError | None = None
    drop: bool = False
    before: Callable[[], None] | None = None

    def strike(self) -> None:
        """Run the action, and raise the error, before the operation."""
        if self.before:
            self.before()
        if self.error:
            raise self.error


@dataclass
class Faults:
    """The faults of one emulator. A call gets the first matching fault."""

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
        """Let the next calls fail with an error code, without any effect.

        Args:
            service: The service, such as `identitystore`.
            operation: The operation, such as `CreateUser`.
            code: The error code.
            times: The number of calls.
            message: The message of the error.
            members: Further members of the error's shape, such as `ResourceType`.
        """
        error = InjectedError(code, message, **members)
        self._add(Fault(service, operation, times, error=error))

    def drop(self, service: str, operation: str, *, times: int = 1) -> None:
        """Execute the next calls, then drop the connection without a response.

        Args:
            service: The service, such as `identitystore`.
            operation: The operation, such as `CreateUser`.
            times: The number of calls.
        """
        self._add(Fault(service, operation, times, drop=True))

    def before(self, service: str, operation: str, action: Callable[[], None], *, times: int = 1) -> None:
        """Run an action when the next calls arrive, before their operation.

        The action can call the emulator, with boto3 or with its handles.

        Args:
            service: The service, such as `identitystore`.
            operation: The operation, such as `CreateUser`.
            action: The action.
            times: The number of calls.
        """
        self._add(Fault(service, operation, times, before=action))

    def clear(self) -> None:
        """Delete all remaining faults."""
        with self._lock:
            self._faults.clear()

    def take(self, service: str, operation: str) -> Fault | None:
        """Return the fault for a call, and count it."""
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
