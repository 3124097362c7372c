"""Sessions and clients: one a (service, region, role) for the process, shared by Pulumi's threads."""

from __future__ import annotations

import os
import threading
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_making = threading.RLock()  # boto3's clients are thread-safe; making one is not

ATTEMPTS = 15
"""How often a call is made before its error is told. With botocore's pauses, of 20 s at most, some two minutes."""
UNANSWERED = 4
"""How often it is made where nothing answers at all: a mistyped region costs seconds, a dead line two minutes."""
LONGEST_PAUSE = 20.0
"""How many of the seconds are waited that AWS asks for between two attempts."""

PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}
"""How a region's name begins → the second field of its ARNs; `aws` for all others. Source: botocore's endpoints."""


def partition(region: str) -> str:
    """Return the partition of a region. botocore knows it too, but costs a program 0.3 s to import."""
    return next((name for prefix, name in PARTITIONS.items() if region.startswith(prefix)), "aws")


def ambient_region() -> str:
    """Return the region that the environment names, or "". AWS_REGION is what AWS's other tools read; boto3 doesn't."""
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or ""


class Session:
    """How to reach AWS for one resource: a region, and the role to assume there, if any."""

    def __init__(self, region: str | None, role_arn: str | None) -> None:
        self.role_arn = role_arn
        self._given = region
        self._clients: dict[str, Any] = {}
        self._kept: dict[str, Any] = {}

    @cached_property
    def _boto3(self) -> Any:
        import boto3  # noqa: PLC0415  (a program that only declares resources doesn't pay for it)

        session = boto3.Session(region_name=self._given or ambient_region() or None)
        if self.role_arn:
            _assume(session, self.role_arn)
        return session

    @property
    def region(self) -> str:
        """The region that was asked for, or else the environment's or the profile's."""
        if self._given:
            return self._given
        from botocore.exceptions import NoRegionError  # noqa: PLC0415

        with _making:
            region = self._boto3.region_name
        if not region:
            raise NoRegionError
        return str(region)

    @cached_property
    def account_id(self) -> str:
        """The account of the credentials: one call of STS GetCallerIdentity for the process."""
        with _making:
            return str(self.client("sts").get_caller_identity()["Account"])

    def client(self, service: str) -> Any:
        """Return the boto3 client of a service.

        The identity store gives 20 calls a second to all its operations together, and botocore's three attempts
        are too few for that. Time-outs are bounded, so that a connection that hangs costs two minutes and not an hour.
        """
        with _making:
            if service not in self._clients:
                from botocore.config import Config  # noqa: PLC0415
                from botocore.exceptions import BotoCoreError, EndpointProviderError  # noqa: PLC0415

                config = Config(
                    retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
                    connect_timeout=10,
                    read_timeout=30,
                    user_agent_extra="pulumi-identity",
                )
                try:
                    client = self._boto3.client(service, region_name=self.region, config=config)
                except ValueError as error:
                    if isinstance(error, BotoCoreError):
                        raise
                    raise EndpointProviderError(msg=str(error)) from None  # boto3 has no class for a malformed one
                ours = client.meta.service_model.service_id.hyphenize()  # botocore's own handler is of this service too
                client.meta.events.register_first(f"needs-retry.{ours}", _after)
                client.meta.events.register(f"after-call.{ours}", _refuse_strangers)
                _adapt(client, service, self.region)
                self._clients[service] = client
            return self._clients[service]

    def keep(self, key: str, make: Callable[[], T]) -> T:
        """Return what was made under this key before, or make it: what belongs to a region and a role."""
        with _making:
            if key not in self._kept:
                self._kept[key] = make()
            kept: T = self._kept[key]
            return kept


def _after(response: Any, attempts: int, caught_exception: Exception | None, **_: Any) -> Literal[False] | None:
    """Wait after an attempt as long as a throttled answer asks; botocore adds its own pause.

    Returns False where there shall be no further attempt, None where botocore decides.
    """
    from botocore.exceptions import (  # noqa: PLC0415
        ConnectTimeoutError,
        EndpointConnectionError,
        ReadTimeoutError,
    )

    silence = (ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError)
    if isinstance(caught_exception, silence) and attempts >= UNANSWERED:
        return False
    asked = response[1].get("RetryAfterSeconds") if response else None  # none where the connection broke
    if asked and attempts < ATTEMPTS:
        time.sleep(min(float(asked), LONGEST_PAUSE))
    return None


def _refuse_strangers(parsed: Any, **_: Any) -> None:
    """Raise for an answer that isn't AWS's, such as a proxy's page: all its members are missing, as if cleared."""
    if not parsed["ResponseMetadata"].get("RequestId"):
        from ._errors import Rejected  # noqa: PLC0415  (which programs import anyway, and this module first)

        message = "what answered is not AWS — check the network's proxy, and AWS_ENDPOINT_URL if it is set"
        raise Rejected(message)


_limiters: dict[tuple[str, str], Any] = {}
"""(service, region) → botocore's rate limiter."""


def _adapt(client: Any, service: str, region: str) -> None:
    """Have a client keep to what AWS allows: botocore's adaptive mode, one for all clients of a service and region.

    AWS counts the calls of an account, whatever the role; by botocore alone, each client would ask for all of them.
    """
    from botocore.retries.adaptive import register_retry_handler  # noqa: PLC0415

    limiter = _limiters.get((service, region))
    if limiter is None:
        _limiters[service, region] = register_retry_handler(client)
    else:
        client.meta.events.register("before-send", limiter.on_sending_request)
        client.meta.events.register("needs-retry", limiter.on_receiving_response)


def _assume(session: Any, role_arn: str) -> None:
    """Have the session act as a role, with credentials that are renewed before they expire."""
    from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials  # noqa: PLC0415

    core = session._session  # noqa: SLF001  (boto3 has no public way to give a session credentials that renew themselves)
    fetcher = AssumeRoleCredentialFetcher(
        core.create_client,
        core.get_credentials(),
        role_arn,
        extra_args={"RoleSessionName": "pulumi-identity"},
    )
    core._credentials = DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")  # noqa: SLF001


_sessions: dict[tuple[str | None, str | None], Session] = {}


def session(region: str | None, role_arn: str | None) -> Session:
    """Return the process's session for a region and a role; None stands for the environment's.

    Who names the region and who leaves it to the environment share one session, and so one rate of calls.
    """
    key = region or ambient_region() or None, role_arn
    with _making:
        return _sessions.setdefault(key, Session(*key))
