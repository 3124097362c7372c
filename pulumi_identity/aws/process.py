"""Everything that this package remembers beyond one call, in one object that tests replace.

A class that remembers something (sessions, rate limiters, listings, ownership, the answers of lookups) takes no
arguments; `get` returns the process's one instance of it. Pulumi calls from several threads, so each class has a lock.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar

T = TypeVar("T")


class Process:
    """One instance of each class that remembers something, beginning with the given ones."""

    def __init__(self, *instances: object) -> None:
        self._lock = threading.RLock()
        self._instances: dict[type[Any], Any] = {type(instance): instance for instance in instances}

    def get(self, remembers: type[T]) -> T:
        """Return the instance of a class; make it when it is first asked for."""
        with self._lock:
            if remembers not in self._instances:
                self._instances[remembers] = remembers()
            instance: T = self._instances[remembers]
            return instance


current = Process()


def get(remembers: type[T]) -> T:
    """Return the current process's instance of a class that remembers something."""
    return current.get(remembers)
