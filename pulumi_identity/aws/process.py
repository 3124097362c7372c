"""The state of the process, in one object that tests replace.

Sessions, rate limiters, listings, ownership and the results of lookups live longer than one call. Each has a class
without constructor arguments, and `get` returns its only instance. Pulumi uses several threads, so each has a lock.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar

T = TypeVar("T")


class Process:
    """One instance per class of state.

    Args:
        instances: The initial instances.
    """

    def __init__(self, *instances: object) -> None:
        self._lock = threading.RLock()
        self._instances: dict[type[Any], Any] = {type(instance): instance for instance in instances}

    def get(self, remembers: type[T]) -> T:
        """Return the instance of a class. The first call creates it.

        Args:
            remembers: A class without constructor arguments.

        Returns:
            The instance.
        """
        with self._lock:
            if remembers not in self._instances:
                self._instances[remembers] = remembers()
            instance: T = self._instances[remembers]
            return instance


current = Process()


def get(remembers: type[T]) -> T:
    """Return the process's instance of a class.

    Args:
        remembers: A class without constructor arguments.

    Returns:
        The instance.
    """
    return current.get(remembers)
