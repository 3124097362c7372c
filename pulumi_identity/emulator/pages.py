"""Records in the order of their creation, by id and in pages.

The cost of a page depends on the size of the page, not of the collection.
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
    """A page token that is not valid for this query."""


class Records(Generic[T]):
    """An ordered collection with stable pages.

    A record that is added between two pages comes last. A removed record is left out. So a listing neither repeats nor
    misses a record.
    """

    def __init__(self) -> None:
        self._by_id: dict[str, tuple[int, T]] = {}
        self._places: list[int] = []  # ascending
        self._ids: dict[int, str] = {}
        self._next_place = 1

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, key: str) -> bool:
        return key in self._by_id

    def __iter__(self) -> Iterator[T]:
        return iter([record for _, record in self._by_id.values()])

    def get(self, key: str) -> T | None:
        """Return the record with this id, or None."""
        found = self._by_id.get(key)
        return found[1] if found else None

    def add(self, key: str, record: T) -> None:
        """Append a record with an unused id."""
        place, self._next_place = self._next_place, self._next_place + 1
        self._by_id[key] = place, record
        self._places.append(place)
        self._ids[place] = key

    def remove(self, key: str) -> T:
        """Remove a record, and return it.

        Raises:
            KeyError: There is no record with this id.
        """
        place, record = self._by_id.pop(key)
        del self._ids[place]
        del self._places[bisect_right(self._places, place) - 1]
        return record

    def page(self, query: object, limit: int, token: str | None) -> tuple[list[T], str | None]:
        """Return a page of records, and the token of the next page.

        Args:
            query: The query that the token is valid for: any value with a stable JSON form.
            limit: The maximum number of records.
            token: The token of the page, or None for the first page.

        Returns:
            The records, and the token of the next page, or None after the last page.

        Raises:
            BadTokenError: The token is not valid for this query.
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
        pass  # the error is raised below
    raise BadTokenError("the page token is not valid for this listing")
