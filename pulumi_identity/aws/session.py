"""Sessions and clients: one per service, region and credentials. Pulumi's threads share them."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, overload

from pulumi_identity.errors import Rejected

from . import answers, call_log, masking, process, retries
from .ambient import Ambient, ambient
from .regions import ambient_region

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from types_boto3_appstream import AppStreamClient
    from types_boto3_identitystore import IdentityStoreClient
    from types_boto3_quicksight import QuickSightClient
    from types_boto3_sts import STSClient

T = TypeVar("T")

_making = threading.RLock()  # boto3's clients are thread-safe; creating one is not


class Access(NamedTuple):
    """The settings of a session."""

    region: str | None
    role_arn: str | None = None
    """The role to assume."""
    profile: str | None = None
    """The profile with the credentials that assume the role, or that are used without one."""
    assume_role: frozenset[tuple[str, str | int]] = frozenset()
    """The items of `assume_role`."""


class Session:
    """Access to AWS for one resource: a region, and optionally a profile and a role to assume."""

    def __init__(self, access: Access) -> None:
        self.role_arn, self.profile = access.role_arn, access.profile
        self._given, self._assume_role = access.region, dict(access.assume_role)
        self._clients: dict[str, Any] = {}
        self._kept: dict[str, Any] = {}

    @cached_property
    def _boto3(self) -> Any:
        import boto3  # noqa: PLC0415  (programs that only declare resources skip this import)

        session = boto3.Session(region_name=self._given or ambient_region() or None, profile_name=self.profile)
        call_log.configure(session.events)
        if self.role_arn:
            _assume(session, self.role_arn, self._assume_role)
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
            key: The key, unique for this session.
            make: Creates the object.

        Returns:
            The object.
        """
        with _making:
            if key not in self._kept:
                self._kept[key] = make()
            kept: T = self._kept[key]
            return kept


_PARAMETERS = {"external_id": "ExternalId", "session_name": "RoleSessionName", "duration": "DurationSeconds"}
"""Key of `assume_role` → the parameter of AssumeRole."""


def _assume(session: Any, role_arn: str, assume_role: Mapping[str, str | int]) -> None:
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
        extra_args={"RoleSessionName": "pulumi-identity"}
        | {_PARAMETERS[key]: value for key, value in assume_role.items()},
    )
    core._credentials = DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")  # noqa: SLF001


class Sessions:
    """One session for each region, credentials and environment."""

    def __init__(self) -> None:
        self.sessions: dict[tuple[Access, Ambient], Session] = {}

    def get(self, access: Access) -> Session:
        """Return the session for some settings. The first call creates it, and so does a change of the environment.

        Args:
            access: The settings.

        Returns:
            The session.
        """
        with _making:
            key = access, ambient()
            if key not in self.sessions:
                self.sessions[key] = Session(access)
            return self.sessions[key]


def session(
    region: str | None,
    role_arn: str | None,
    profile: str | None = None,
    assume_role: Mapping[str, Any] | None = None,
) -> Session:
    """Return the process's session for a region and credentials.

    A given region and the same region from the environment share one session.

    Args:
        region: A region; None selects the environment's, or else the profile's.
        role_arn: The role to assume; None assumes none.
        profile: The profile with the credentials; None selects the environment's.
        assume_role: How to assume the role.

    Returns:
        The session.

    Raises:
        Rejected: `assume_role` is given without a role.
    """
    if assume_role and not role_arn:
        raise Rejected("assume_role needs a role — set `role_arn`")
    known = {key: value for key, value in (assume_role or {}).items() if value is not None}
    if "duration" in known:
        known["duration"] = int(known["duration"])  # Pulumi turns each number into a float
    access = Access(region or ambient_region() or None, role_arn, profile, frozenset(known.items()))
    return process.get(Sessions).get(access)
