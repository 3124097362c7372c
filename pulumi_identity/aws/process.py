"""The state of the process, in one object that tests replace.

Sessions, rate limiters, listings, ownership and the results of lookups live longer than one call. Each has a class
without constructor arguments, and `get` returns its only instance. Pulumi uses several threads, so each has a lock.
`Pauses` holds every pause and time-out of the package, so that tests can shorten all of them in one place.
"""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Pauses:
    """Every pause and time-out, in seconds."""

    connect: float = 10.0
    """The time-out of a connection."""
    read: float = 30.0
    """The time-out of a response."""
    backoff: float = 1.0
    """The unit of botocore's pauses between two attempts. They grow from a fraction of it to 20 times its length."""
    longest: float = 20.0
    """The longest wait that a throttled response can request."""
    handover: float = 10.0
    """The longest wait for a unique value that another resource of the run gives up."""
    planning: float = 1.0
    """The longest silence of the engine while it still asks about resources."""
    visible: float = 10.0
    """The longest wait until AWS finds an entity that this run created."""
    poll: float = 0.2
    """The pause between two attempts."""

    def scaled(self, by: float) -> Pauses:
        """Return shorter pauses.

        Args:
            by: The number by which each pause is divided.

        Returns:
            The pauses.
        """
        return Pauses(**{name: seconds / by for name, seconds in asdict(self).items()})


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
