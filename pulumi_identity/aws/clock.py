"""AWS's clock: the time of a response."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def answered_at(date: object) -> datetime | None:
    """Return the time of a response.

    Args:
        date: The value of its Date header.

    Returns:
        The time, with a time zone; None if the header is missing or malformed.
    """
    try:
        time = parsedate_to_datetime(str(date)) if date else None
    except (TypeError, ValueError):
        return None
    return time.replace(tzinfo=UTC) if time and time.tzinfo is None else time
