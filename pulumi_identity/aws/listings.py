"""Listings in place of single reads: AWS returns a whole directory in as few calls as it has pages.

A refresh reads each entity by itself, in any order and from several threads. Each such read that is not answered yet
also fetches one page of the listing, and the page answers later reads. So N reads of a directory of P pages cost at
most about 2·min(N, P) calls: 5,000 users about 100 calls instead of 5,000, and ten users of 100,000 no more than 20.

A listing never decides that an entity is gone: an entity that it lacks is read singly. A listing that is refused (a
missing permission, for example) is not used. Any write of this process ends the listings of the service.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from . import process

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from types_boto3_quicksight.type_defs import PaginatorConfigTypeDef

T = TypeVar("T")

Answer: TypeAlias = "Mapping[str, Any]"
"""What AWS returns of one entity, in its words."""

PAGE: PaginatorConfigTypeDef = {"PageSize": 100}
"""boto3's PaginationConfig. 100 is the most that each service allows. Source: the models' MaxResults."""


class Listing(NamedTuple):
    """How to list what is otherwise read singly."""

    key: tuple[Hashable, ...]
    """The service, then what distinguishes this listing from others of the service."""
    pages: Callable[[], Iterator[Mapping[str, Answer]]]
    """Starts the listing: one AWS call a page, as AWS's answers by physical id."""
    to_the_end: bool = False
    """Whether to read on until the entity is found: for services without single reads."""


class _Snapshot:
    """What one listing has returned so far."""

    def __init__(self, listing: Listing) -> None:
        self._reading = threading.Lock()  # no two threads fetch the same page
        self._pages = listing.pages()
        self._to_the_end = listing.to_the_end
        self._entities: dict[str, Answer] = {}

    def find(self, id_: str) -> Answer | None:
        with self._reading:
            while id_ not in self._entities:
                try:
                    page = next(self._pages, None)
                except Exception:  # noqa: BLE001  (the single read that follows has the better error, or none)
                    page = None
                if page is None:
                    self._pages = iter(())
                    return None
                self._entities.update(page)
                if not self._to_the_end:
                    break
            return self._entities.get(id_)


class Listings:
    """The listings that this process has begun."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshots: dict[tuple[Any, ...], _Snapshot] = {}

    def find(self, session: object, listing: Listing, id_: str) -> Answer | None:
        """Return AWS's answer for an entity if the listing has it, at the cost of one page at most."""
        key = (*listing.key, session)
        with self._lock:
            if key not in self._snapshots:
                self._snapshots[key] = _Snapshot(listing)
            snapshot = self._snapshots[key]
        return snapshot.find(id_)

    def end(self, service: str) -> None:
        """Drop the listings of a service: this process has changed something there."""
        with self._lock:
            for key in [key for key in self._snapshots if key[0] == service]:
                del self._snapshots[key]


def find(session: object, listing: Listing, id_: str) -> Answer | None:
    """Return AWS's answer for an entity if one of the process's listings has it."""
    return process.get(Listings).find(session, listing, id_)


def end(service: str) -> None:
    """Drop the process's listings of a service, after a write."""
    process.get(Listings).end(service)


class Fresh(Generic[T]):
    """A listing for callers who need one that began after they asked, shared by those who ask at the same time."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._reading = threading.Lock()
        self._begun = self._finished = 0  # how many listings began, and the number of the last that succeeded
        self._result: T

    def now(self) -> T:
        """Return a listing that began after this call, the caller's own or another's."""
        begun_before = self._begun
        with self._reading:
            if self._finished <= begun_before:
                self._begun += 1
                self._result = self._read()
                self._finished = self._begun
            return self._result
