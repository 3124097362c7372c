"""Throttling: token buckets, and AWS's forms of the response to a throttled call."""

import threading
import time
from collections.abc import Mapping
from enum import StrEnum
from math import ceil

from .errors import Caller, ThrottlingException

WITH_DELAY = frozenset({"identitystore"})
"""The services whose ThrottlingException has RetryAfterSeconds. Source: botocore's models."""


class ThrottleAnswer(StrEnum):
    """The form of the response to a throttled call. AWS uses all of them.

    - `FULL`: with a message, and with RetryAfterSeconds if the service's model has it.
    - `NO_DELAY`: with a message only.
    - `BARE`: without both.
    """

    FULL = "full"
    NO_DELAY = "no-delay"
    BARE = "bare"


class Bucket:
    """A bucket with at most `rate` tokens. It gains `rate` tokens per second, and a call takes one."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._capacity = max(rate, 1.0)
        self._tokens = self._capacity
        self._at = time.monotonic()
        self._lock = threading.Lock()

    def take(self) -> float:
        """Take a token and return 0, or return the seconds until the next token."""
        with self._lock:
            now = time.monotonic()
            self._tokens = min(self._capacity, self._tokens + (now - self._at) * self._rate)
            self._at = now
            if self._tokens >= 1:
                self._tokens -= 1
                return 0.0
            return (1 - self._tokens) / self._rate


class Throttle:
    """The rate limits of services. All operations of a service share one limit for each account and region."""

    def __init__(self, rates: Mapping[str, float | None], answer: ThrottleAnswer) -> None:
        self._rates = rates
        self._answer = answer
        self._buckets: dict[tuple[str, str, str], Bucket] = {}
        self._lock = threading.Lock()

    def check(self, service: str, caller: Caller) -> None:
        """Count a call.

        Args:
            service: The service of the call.
            caller: The caller.

        Raises:
            ThrottlingException: The calls exceed the rate limit.
        """
        rate = self._rates.get(service)
        if rate is None:
            return
        key = service, caller.account, caller.region
        with self._lock:
            bucket = self._buckets.setdefault(key, Bucket(rate))
        wait = bucket.take()
        if wait:
            has_delay = self._answer is ThrottleAnswer.FULL and service in WITH_DELAY
            message = "" if self._answer is ThrottleAnswer.BARE else "Rate exceeded"
            raise ThrottlingException(message, RetryAfterSeconds=ceil(wait) if has_delay else None)
