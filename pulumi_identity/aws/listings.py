"""Listings in place of single reads: a listing returns a whole directory in one call per page.

A refresh reads each entity separately, in any order and from several threads. If no fetched page holds the entity,
the read also fetches the next page, which answers later reads. N reads of a directory of P pages cost at most about
2·min(N, P) calls. 5,000 users cost about 100 calls instead of 5,000; ten users out of 100,000 cost at most 20.

A listing never decides that an entity is gone: a single read confirms it. If a listing fails, for example for a
missing permission, single reads replace it. A write of this process ends the listings of the service.
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
"""AWS's response for one entity, with AWS's names."""

PAGE: PaginatorConfigTypeDef = {"PageSize": 100}
"""boto3's PaginationConfig. Each service allows at most 100. Source: the models' MaxResults."""


class Listing(NamedTuple):
    """How to list the entities of a kind."""

    key: tuple[Hashable, ...]
    """The service, then the values that distinguish this listing from other listings of the service."""
    pages: Callable[[], Iterator[Mapping[str, Answer]]]
    """Starts the listing. Each page costs one AWS call and maps physical ids to AWS's responses."""
    to_the_end: bool = False
    """Whether to fetch pages until the entity is found. Set for services without single reads."""


class _Snapshot:
    """The pages that one listing has returned so far."""

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
                except Exception:  # noqa: BLE001  (the single read that follows raises the better error, or succeeds)
                    page = None
                if page is None:
                    self._pages = iter(())
                    return None
                self._entities.update(page)
                if not self._to_the_end:
                    break
            return self._entities.get(id_)

    def known(self, id_: str) -> Answer | None:
        return self._entities.get(id_)


class Listings:
    """The listings that this process has started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshots: dict[tuple[Any, ...], _Snapshot] = {}

    def find(self, session: object, listing: Listing, id_: str) -> Answer | None:
        """Return AWS's response for an entity from a listing. Fetches at most one page, unless `to_the_end` is set.

        Args:
            session: The session of the resource.
            listing: The listing to search.
            id_: The physical id.

        Returns:
            AWS's response; None if the listing does not have the entity yet.
        """
        key = (*listing.key, session)
        with self._lock:
            if key not in self._snapshots:
                self._snapshots[key] = _Snapshot(listing)
            snapshot = self._snapshots[key]
        return snapshot.find(id_)

    def known(self, session: object, listing: Listing, id_: str) -> Answer | None:
        """Return AWS's response for an entity from the pages that were fetched so far.

        Args:
            session: The session of the resource.
            listing: The listing to search.
            id_: The physical id.

        Returns:
            AWS's response; None if no fetched page has the entity.
        """
        with self._lock:
            snapshot = self._snapshots.get((*listing.key, session))
        return snapshot.known(id_) if snapshot else None

    def end(self, service: str) -> None:
        """Drop the listings of a service, because this process has written to the service.

        Args:
            service: boto3's name of the service.
        """
        with self._lock:
            for key in [key for key in self._snapshots if key[0] == service]:
                del self._snapshots[key]


def find(session: object, listing: Listing, id_: str) -> Answer | None:
    """Return AWS's response for an entity from the process's listings.

    Args:
        session: The session of the resource.
        listing: The listing to search.
        id_: The physical id.

    Returns:
        AWS's response; None if the listing does not have the entity yet.
    """
    return process.get(Listings).find(session, listing, id_)


def known(session: object, listing: Listing, id_: str) -> Answer | None:
    """Return AWS's response for an entity from the pages that this process has fetched so far.

    Args:
        session: The session of the resource.
        listing: The listing to search.
        id_: The physical id.

    Returns:
        AWS's response; None if no fetched page has the entity.
    """
    return process.get(Listings).known(session, listing, id_)


def end(service: str) -> None:
    """Drop the process's listings of a service, after a write.

    Args:
        service: boto3's name of the service.
    """
    process.get(Listings).end(service)


class Fresh(Generic[T]):
    """A listing that starts after the call. Concurrent callers share one listing."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._reading = threading.Lock()
        self._begun = self._finished = 0  # number of listings started, and of the last that succeeded
        self._result: T

    def now(self) -> T:
        """Return a listing that started after this call, in this thread or another.

        Returns:
            The result of `read`.
        """
        begun_before = self._begun
        with self._reading:
            if self._finished <= begun_before:
                self._begun += 1
                self._result = self._read()
                self._finished = self._begun
            return self._result
