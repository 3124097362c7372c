"""Listings in place of single reads: AWS gives a whole directory as few calls as it has pages.

A refresh asks for each entity by itself, in any order and from several threads. Each such read that is not
answered yet also fetches one page of the kind's listing, and what a page has brought answers later reads. So
N reads of a directory of P pages cost at most about 2·min(N, P) calls: 5,000 users some 100 calls instead of
5,000, and ten users of 100,000 no more than 20.

A listing is never the last word: what it doesn't have is read singly before it is called gone, a listing that
is refused (for want of a permission, say) is done without, and a write of this process ends it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

    from ._schema import State

T = TypeVar("T")


class Kind(NamedTuple):
    """How to list what is asked for singly otherwise."""

    key: tuple[Hashable, ...]
    """What the listing is of: the service first, then whatever tells it from others."""
    pages: Callable[[], Iterator[Mapping[str, State]]]
    """Starts a listing: a call of AWS for each page, as AWS's answers by physical id."""
    to_the_end: bool = False
    """Whether it is read on until the entity is found, where AWS has no single reads."""


class _Snapshot:
    """What one listing has brought so far."""

    def __init__(self, kind: Kind) -> None:
        self._reading = threading.Lock()  # no two threads fetch the same page
        self._pages = kind.pages()
        self._to_the_end = kind.to_the_end
        self._brought: dict[str, State] = {}

    def find(self, id_: str) -> State | None:
        with self._reading:
            while id_ not in self._brought:
                try:
                    page = next(self._pages, None)
                except Exception:  # noqa: BLE001  (the single read that follows has the better error, or none)
                    page = None
                if page is None:
                    self._pages = iter(())
                    return None
                self._brought.update(page)
                if not self._to_the_end:
                    break
            return self._brought.get(id_)


_snapshots: dict[tuple[Any, ...], _Snapshot] = {}
_starting = threading.Lock()


def find(session: object, kind: Kind, id_: str) -> State | None:
    """Return AWS's answer for an entity if the kind's listing has it, at the cost of one page at most."""
    key = (*kind.key, session)
    with _starting:
        if key not in _snapshots:
            _snapshots[key] = _Snapshot(kind)
        snapshot = _snapshots[key]
    return snapshot.find(id_)


def written(service: str) -> None:
    """Forget what listings of a service have brought: this process has changed something there."""
    with _starting:
        for key in [key for key in _snapshots if key[0] == service]:
            del _snapshots[key]


class Fresh(Generic[T]):
    """A listing for those who need one begun after they asked, shared by those who ask side by side."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._reading = threading.Lock()
        self._begun = self._finished = 0  # how many listings, and the number of the last that succeeded
        self._result: T

    def now(self) -> T:
        """Return a listing that was begun after this call, one's own or that of whoever asked meanwhile."""
        begun_before = self._begun
        with self._reading:
            if self._finished <= begun_before:
                self._begun += 1
                self._result = self._read()
                self._finished = self._begun
            return self._result
