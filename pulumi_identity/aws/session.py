"""Sessions and clients: one per service, region and role. Pulumi's threads share them."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from . import answers, masking, process, retries
from .regions import ambient_region

if TYPE_CHECKING:
    from collections.abc import Callable

    from types_boto3_appstream import AppStreamClient
    from types_boto3_identitystore import IdentityStoreClient
    from types_boto3_quicksight import QuickSightClient
    from types_boto3_sts import STSClient

T = TypeVar("T")

_making = threading.RLock()  # boto3's clients are thread-safe; creating one is not


class Session:
    """Access to AWS for one resource: a region, and optionally a role to assume."""

    def __init__(self, region: str | None, role_arn: str | None) -> None:
        self.role_arn = role_arn
        self._given = region
        self._clients: dict[str, Any] = {}
        self._kept: dict[str, Any] = {}

    @cached_property
    def _boto3(self) -> Any:
        import boto3  # noqa: PLC0415  (programs that only declare resources skip this import)

        session = boto3.Session(region_name=self._given or ambient_region() or None)
        if self.role_arn:
            _assume(session, self.role_arn)
        return session

    @property
    def region(self) -> str:
        """The given region, else the region of the environment or the profile."""
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
        """The account of the credentials. The first use calls STS GetCallerIdentity."""
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

        Its time-outs are short: a hanging connection costs two minutes instead of an hour.

        Args:
            service: boto3's name of the service.

        Returns:
            The client, shared by all callers.
        """
        with _making:
            if service not in self._clients:
                client = self._new_client(service)
                retries.configure(client, service, self.region)
                answers.configure(client)
                masking.configure(client)
                self._clients[service] = client
            return self._clients[service]

    def _new_client(self, service: str) -> Any:
        from botocore.config import Config  # noqa: PLC0415
        from botocore.exceptions import BotoCoreError, EndpointProviderError  # noqa: PLC0415

        pauses = process.get(process.Pauses)
        config = Config(
            retries={"mode": "standard", "total_max_attempts": retries.ATTEMPTS},
            connect_timeout=pauses.connect,
            read_timeout=pauses.read,
            user_agent_extra="pulumi-identity",
        )
        try:
            return self._boto3.client(service, region_name=self.region, config=config)
        except ValueError as error:
            if isinstance(error, BotoCoreError):
                raise
            raise EndpointProviderError(msg=str(error)) from None  # the endpoint is malformed

    def keep(self, key: str, make: Callable[[], T]) -> T:
        """Return the object under a key. The first call creates it.

        Args:
            key: The key, unique for this region and role.
            make: Creates the object.

        Returns:
            The object.
        """
        with _making:
            if key not in self._kept:
                self._kept[key] = make()
            kept: T = self._kept[key]
            return kept


def _assume(session: Any, role_arn: str) -> None:
    """Give a boto3 session the credentials of a role. They are renewed before they expire."""
    from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials  # noqa: PLC0415

    core = session._session  # noqa: SLF001  (boto3 has no public way to set credentials that renew themselves)

    def new_client(*args: Any, **kwargs: Any) -> Any:
        client = core.create_client(*args, **kwargs)
        answers.configure(client)
        return client

    fetcher = AssumeRoleCredentialFetcher(
        new_client,
        core.get_credentials(),
        role_arn,
        extra_args={"RoleSessionName": "pulumi-identity"},
    )
    core._credentials = DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")  # noqa: SLF001


class Sessions:
    """One session for each region and role."""

    def __init__(self) -> None:
        self.sessions: dict[tuple[str | None, str | None], Session] = {}

    def get(self, region: str | None, role_arn: str | None) -> Session:
        """Return the session of a region and a role. The first call creates it.

        Args:
            region: A region; None selects the environment's.
            role_arn: The role to assume; None uses the environment's credentials.

        Returns:
            The session.
        """
        key = region or ambient_region() or None, role_arn
        with _making:
            return self.sessions.setdefault(key, Session(*key))


def session(region: str | None, role_arn: str | None) -> Session:
    """Return the process's session for a region and a role.

    A given region and the same region from the environment share one session.

    Args:
        region: A region; None selects the environment's.
        role_arn: The role to assume; None uses the environment's credentials.

    Returns:
        The session.
    """
    return process.get(Sessions).get(region, role_arn)
