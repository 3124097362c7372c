"""Retries, waiting times and rate limits.

The identity store allows 20 calls a second for all its operations together. botocore's default of three attempts is
too low for that limit. botocore's adaptive mode adapts to the rate that AWS allows. All clients of a service and
region share one rate limiter, because AWS counts calls per account, independent of the role.
"""

from __future__ import annotations

import time
from typing import Any, Literal

from . import process

ATTEMPTS = 15
"""The maximum number of attempts. With botocore's pauses of at most 20 s, they take about two minutes."""
UNANSWERED = 4
"""The maximum number of attempts without an answer. A mistyped region costs seconds, a dead connection two minutes."""


class RateLimiters:
    """One rate limiter of botocore for each service and region."""

    def __init__(self) -> None:
        self.limiters: dict[tuple[str, str], Any] = {}


def configure(client: Any, service: str, region: str) -> None:
    """Apply the rules of this module to a boto3 client.

    Args:
        client: The client.
        service: boto3's name of the service.
        region: The client's region.
    """
    events = client.meta.events
    hyphenized = client.meta.service_model.service_id.hyphenize()  # botocore registers its own handler under this name
    events.register_first(f"needs-retry.{hyphenized}", _wait_as_asked)
    _pause_between_attempts(client, hyphenized)
    _share_limiter(client, service, region)


def _wait_as_asked(response: Any, attempts: int, caught_exception: Exception | None, **_: Any) -> Literal[False] | None:
    """Wait for the time that a throttled response requests. botocore adds its own pause.

    Returns:
        False to stop retrying, None to let botocore decide.
    """
    from botocore.exceptions import (  # noqa: PLC0415  (programs that only declare resources skip this import)
        ConnectTimeoutError,
        EndpointConnectionError,
        ReadTimeoutError,
    )

    silence = (ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError)
    if isinstance(caught_exception, silence) and attempts >= UNANSWERED:
        return False
    asked = response[1].get("RetryAfterSeconds") if response else None  # no response if the connection broke
    if asked and attempts < ATTEMPTS:
        time.sleep(min(float(asked), process.get(process.Pauses).longest))
    return None


def _pause_between_attempts(client: Any, hyphenized: str) -> None:
    """Replace botocore's handler for retries with one whose pauses have the process's unit."""
    from botocore.retries.standard import register_retry_handler  # noqa: PLC0415

    event, handler_id = f"needs-retry.{hyphenized}", f"retry-config-{hyphenized}"
    client.meta.events.unregister(event, unique_id=handler_id)
    standard = register_retry_handler(client, max_attempts=ATTEMPTS)
    client.meta.events.unregister(event, unique_id=handler_id)

    def pause(**response: Any) -> float | Literal[False] | None:
        seconds: float | Literal[False] | None = standard.needs_retry(**response)
        return seconds * process.get(process.Pauses).backoff if seconds else seconds

    client.meta.events.register(event, pause, unique_id=handler_id)


def _share_limiter(client: Any, service: str, region: str) -> None:
    from botocore.retries.adaptive import register_retry_handler  # noqa: PLC0415

    limiters = process.get(RateLimiters).limiters
    limiter = limiters.get((service, region))
    if limiter is None:
        limiters[service, region] = register_retry_handler(client)
    else:
        client.meta.events.register("before-send", limiter.on_sending_request)
        client.meta.events.register("needs-retry", limiter.on_receiving_response)
