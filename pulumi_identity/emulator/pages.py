"""Records in the order in which they came, found by id and handed out in pages.

A page costs what it holds, not what the whole collection holds: 10,000 users are listed
without any page looking at all of them.
"""

import base64
import binascii
import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class BadTokenError(ValueError):
    """A page token that was not given out, or was given out for another query."""


class Records(Generic[T]):
    """An ordered collection that keeps its place between pages.

    What is added while somebody pages comes last; what is removed is left out; nothing
    else moves, so no record is listed twice or missed.
    """

    def __init__(self) -> None:
        self._by_id: dict[str, tuple[int, T]] = {}
        self._places: list[int] = []  # ascending, as they are given out
        self._ids: dict[int, str] = {}
        self._next_place = 1

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, key: str) -> bool:
        return key in self._by_id

    def __iter__(self) -> Iterator[T]:
        return iter([record for _, record in self._by_id.values()])

    def get(self, key: str) -> T | None:
        """The record with this id, or None."""
        found = self._by_id.get(key)
        return found[1] if found else None

    def add(self, key: str, record: T) -> None:
        """Append a record under an id that is not in use."""
        place, self._next_place = self._next_place, self._next_place + 1
        self._by_id[key] = place, record
        self._places.append(place)
        self._ids[place] = key

    def remove(self, key: str) -> T:
        """Take a record out; KeyError if there is none."""
        place, record = self._by_id.pop(key)
        del self._ids[place]
        del self._places[bisect_right(self._places, place) - 1]
        return record

    def page(self, query: object, limit: int, token: str | None) -> tuple[list[T], str | None]:
        """At most `limit` records that follow `token`, and the token of the next page.

        A token belongs to its `query` (any value with a stable JSON form): with another
        one it is a BadTokenError, as is one that was made up.
        """
        start = bisect_right(self._places, _open(token, query)) if token else 0
        places = self._places[start : start + limit]
        records = [self._by_id[self._ids[place]][1] for place in places]
        more = start + limit < len(self._places)
        return records, _seal(places[-1], query) if more else None


def _signature(place: int, query: object) -> str:
    text = json.dumps([place, query], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _seal(place: int, query: object) -> str:
    text = f"{place}:{_signature(place, query)}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _open(token: str, query: object) -> int:
    try:
        place, signature = base64.urlsafe_b64decode(token.encode()).decode().split(":")
        if signature == _signature(int(place), query):
            return int(place)
    except (binascii.Error, ValueError):
        pass  # said in one place, below
    raise BadTokenError("the page token is not one of this listing's")
