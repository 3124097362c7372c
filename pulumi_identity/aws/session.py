"""Sessions and clients: one for each service, region and role, shared by Pulumi's threads."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from . import process, retries
from .regions import ambient_region

if TYPE_CHECKING:
    from collections.abc import Callable

    from types_boto3_appstream import AppStreamClient
    from types_boto3_identitystore import IdentityStoreClient
    from types_boto3_quicksight import QuickSightClient
    from types_boto3_sts import STSClient

T = TypeVar("T")

_making = threading.RLock()  # boto3's clients are thread-safe; making one is not


class Session:
    """How to reach AWS for one resource: a region, and the role to assume there, if any."""

    def __init__(self, region: str | None, role_arn: str | None) -> None:
        self.role_arn = role_arn
        self._given = region
        self._clients: dict[str, Any] = {}
        self._kept: dict[str, Any] = {}

    @cached_property
    def _boto3(self) -> Any:
        import boto3  # noqa: PLC0415  (a program that only declares resources does not pay for it)

        session = boto3.Session(region_name=self._given or ambient_region() or None)
        if self.role_arn:
            _assume(session, self.role_arn)
        return session

    @property
    def region(self) -> str:
        """The region that was given, or else the environment's or the profile's."""
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
            return self.client("sts").get_caller_identity()["Account"]

    if TYPE_CHECKING:

        @overload
        def client(self, service: Literal["appstream"]) -> AppStreamClient: ...
        @overload
        def client(self, service: Literal["identitystore"]) -> IdentityStoreClient: ...
        @overload
        def client(self, service: Literal["quicksight"]) -> QuickSightClient: ...
        @overload
        def client(self, service: Literal["sts"]) -> STSClient: ...

    def client(self, service: str) -> Any:
        """Return the boto3 client of a service.

        Its time-outs are bounded, so that a connection that hangs costs two minutes and not an hour.
        """
        with _making:
            if service not in self._clients:
                client = self._new_client(service)
                retries.configure(client, service, self.region)
                self._clients[service] = client
            return self._clients[service]

    def _new_client(self, service: str) -> Any:
        from botocore.config import Config  # noqa: PLC0415
        from botocore.exceptions import BotoCoreError, EndpointProviderError  # noqa: PLC0415

        config = Config(
            retries={"mode": "standard", "total_max_attempts": retries.ATTEMPTS},
            connect_timeout=10,
            read_timeout=30,
            user_agent_extra="pulumi-identity",
        )
        try:
            return self._boto3.client(service, region_name=self.region, config=config)
        except ValueError as error:
            if isinstance(error, BotoCoreError):
                raise
            raise EndpointProviderError(msg=str(error)) from None  # boto3 has no class for a malformed endpoint

    def keep(self, key: str, make: Callable[[], T]) -> T:
        """Return what was made under a key before, or make it: for what belongs to one region and role."""
        with _making:
            if key not in self._kept:
                self._kept[key] = make()
            kept: T = self._kept[key]
            return kept


def _assume(session: Any, role_arn: str) -> None:
    """Make a boto3 session act as a role, with credentials that are renewed before they expire."""
    from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials  # noqa: PLC0415

    core = session._session  # noqa: SLF001  (boto3 has no public way to give a session credentials that renew themselves)
    fetcher = AssumeRoleCredentialFetcher(
        core.create_client,
        core.get_credentials(),
        role_arn,
        extra_args={"RoleSessionName": "pulumi-identity"},
    )
    core._credentials = DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")  # noqa: SLF001


class Sessions:
    """The process's session for each region and role."""

    def __init__(self) -> None:
        self.sessions: dict[tuple[str | None, str | None], Session] = {}

    def get(self, region: str | None, role_arn: str | None) -> Session:
        """Return the session, and make it when it is first asked for."""
        key = region or ambient_region() or None, role_arn
        with _making:
            return self.sessions.setdefault(key, Session(*key))


def session(region: str | None, role_arn: str | None) -> Session:
    """Return the process's session for a region and a role; None stands for the environment's.

    A region that is given and the same region from the environment share one session, and so one rate of calls.
    """
    return process.get(Sessions).get(region, role_arn)
