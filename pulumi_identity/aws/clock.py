"""AWS's clock: the time of a response."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def answered_at(answer: Mapping[str, Any]) -> datetime | None:
    """Return the time of a response.

    Args:
        answer: A response of boto3, or the response of its error.

    Returns:
        The time in its Date header, with a time zone; None if the header is missing or malformed.
    """
    date = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date")
    try:
        time = parsedate_to_datetime(str(date)) if date else None
    except (TypeError, ValueError):
        return None
    return time.replace(tzinfo=UTC) if time and time.tzinfo is None else time
