"""Retries of calls that need an entity that AWS may not find for a few seconds after its creation."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from . import process
from .process import Pauses

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def when_visible(attempt: Callable[[], T], may_retry: Callable[[Exception], bool]) -> T:
    """Call AWS, and retry until `Pauses.visible` is over.

    Args:
        attempt: The call.
        may_retry: Returns whether an exception of `attempt` may be temporary.

    Returns:
        The result of `attempt`.
    """
    pauses = process.get(Pauses)
    end = time.monotonic() + pauses.visible
    while True:
        try:
            return attempt()
        except Exception as error:
            if not may_retry(error) or time.monotonic() > end:
                raise
        time.sleep(pauses.poll)
