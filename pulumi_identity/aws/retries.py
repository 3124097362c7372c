"""How often a call is tried, how long it waits in between, and which answers count as AWS's.

The identity store allows 20 calls a second for all its operations together, and botocore's three attempts are too
few for that. Its adaptive mode keeps to the rate that AWS allows; here all clients of a service and region share one
limiter, because AWS counts the calls of an account, whatever the role.
"""

from __future__ import annotations

import time
from typing import Any, Literal

from pulumi_identity.errors import Rejected

from . import process

ATTEMPTS = 15
"""How often a call is tried. With botocore's pauses, of 20 s at most, that takes about two minutes."""
UNANSWERED = 4
"""How often it is tried if nothing answers: a mistyped region costs seconds, a dead line two minutes."""
LONGEST_PAUSE = 20.0
"""The longest wait between two attempts, in seconds, whatever AWS asks for."""


class RateLimiters:
    """botocore's rate limiter for each service and region."""

    def __init__(self) -> None:
        self.limiters: dict[tuple[str, str], Any] = {}


def configure(client: Any, service: str, region: str) -> None:
    """Apply the rules of this module to a boto3 client."""
    events = client.meta.events
    hyphenized = client.meta.service_model.service_id.hyphenize()  # botocore registers its own handler under this name
    events.register_first(f"needs-retry.{hyphenized}", _wait_as_asked)
    events.register(f"after-call.{hyphenized}", _require_aws_answer)
    _share_limiter(client, service, region)


def _wait_as_asked(response: Any, attempts: int, caught_exception: Exception | None, **_: Any) -> Literal[False] | None:
    """Wait after an attempt as long as a throttled answer asks; botocore adds its own pause.

    Returns:
        False if there must be no further attempt, None if botocore decides.
    """
    from botocore.exceptions import (  # noqa: PLC0415  (a program that only declares resources does not pay for it)
        ConnectTimeoutError,
        EndpointConnectionError,
        ReadTimeoutError,
    )

    silence = (ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError)
    if isinstance(caught_exception, silence) and attempts >= UNANSWERED:
        return False
    asked = response[1].get("RetryAfterSeconds") if response else None  # there is no response if the connection broke
    if asked and attempts < ATTEMPTS:
        time.sleep(min(float(asked), LONGEST_PAUSE))
    return None


def _require_aws_answer(parsed: Any, **_: Any) -> None:
    """Raise for an answer that isn't AWS's, such as a proxy's page: every member would be missing, as if cleared."""
    if not parsed["ResponseMetadata"].get("RequestId"):
        message = "what answered is not AWS — check the network's proxy, and AWS_ENDPOINT_URL if it is set"
        raise Rejected(message)


def _share_limiter(client: Any, service: str, region: str) -> None:
    from botocore.retries.adaptive import register_retry_handler  # noqa: PLC0415

    limiters = process.get(RateLimiters).limiters
    limiter = limiters.get((service, region))
    if limiter is None:
        limiters[service, region] = register_retry_handler(client)
    else:
        client.meta.events.register("before-send", limiter.on_sending_request)
        client.meta.events.register("needs-retry", limiter.on_receiving_response)
