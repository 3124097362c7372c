"""An emulated AWS account for a test, and what an administrator does in its console."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from pulumi_identity.aws import ids, process
from pulumi_identity.aws.retries import RateLimiters
from pulumi_identity.aws.session import Sessions, session
from pulumi_identity.errors import Rejected, code
from pulumi_identity.provider.words import to_pascal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_identity.emulator import Calls, Emulator, Faults

STORE = "d-1234567890"
REGION = "us-east-1"
ACCOUNT = "123456789012"

_idle: list[tuple[int, Sessions, RateLimiters]] = []
"""The ports of stopped emulators, with their clients: boto3 takes half a second to create clients."""


class EmulatedAws:
    """An emulated AWS account.

    `emulator` has the handles `calls` and `faults`. The methods change the identity store as an administrator does in
    the console, so that the next preview shows drift. They accept the names of users and groups, and their ids.
    """

    identity_store_id = STORE
    region = REGION
    account_id = ACCOUNT

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.url = emulator.url
        """The URL of the emulator, for boto3's `endpoint_url`."""
        self._wait: Callable[[], object] = lambda: None

    def wait_with(self, wait: Callable[[], object]) -> None:
        """Set a function that each method calls first, so that it sees all resources of a program.

        Args:
            wait: Waits until the resources exist.
        """
        self._wait = wait

    @property
    def calls(self) -> Calls:
        """The record of all requests."""
        return self.emulator.calls

    @property
    def faults(self) -> Faults:
        """Calls that fail, hang or return damaged responses."""
        return self.emulator.faults

    def client(self, service: str) -> Any:
        """Return a boto3 client.

        Args:
            service: boto3's name of the service.

        Returns:
            The client.

        Raises:
            Rejected: The test's block has ended, so the environment refers to another AWS.
        """
        self._wait()
        client: Any = session(REGION, None).client(service)  # type: ignore[call-overload]
        if client.meta.endpoint_url != self.url:  # it may be the real AWS
            raise Rejected("the emulated account: its block has ended — call its methods within the block")
        return client

    def add_user(self, user_name: str, **members: Any) -> str:
        """Create a user.

        Args:
            user_name: The user name.
            **members: Other parameters of CreateUser, such as `Title`.

        Returns:
            The user id.
        """
        request = {"DisplayName": user_name, "Name": {"GivenName": user_name, "FamilyName": user_name}} | members
        return str(self._store("create_user", UserName=user_name, **request)["UserId"])

    def add_group(self, display_name: str, **members: Any) -> str:
        """Create a group.

        Args:
            display_name: The display name.
            **members: Other parameters of CreateGroup, such as `Description`.

        Returns:
            The group id.
        """
        return str(self._store("create_group", DisplayName=display_name, **members)["GroupId"])

    def add_member(self, group: str, user: str) -> None:
        """Add a user to a group.

        Args:
            group: The group's display name or id.
            user: The user's name or id.
        """
        member = {"UserId": self._id("user", user)}
        self._store("create_group_membership", GroupId=self._id("group", group), MemberId=member)

    def remove_member(self, group: str, user: str) -> None:
        """Remove a user from a group.

        Args:
            group: The group's display name or id.
            user: The user's name or id.
        """
        member, group_id = {"UserId": self._id("user", user)}, self._id("group", group)
        membership = self._store("get_group_membership_id", GroupId=group_id, MemberId=member)
        self._store("delete_group_membership", MembershipId=membership["MembershipId"])

    def users(self) -> list[str]:
        """Return the user names of the identity store, sorted.

        Returns:
            The user names.
        """
        return sorted(user["UserName"] for user in self._all("users"))

    def groups(self) -> list[str]:
        """Return the display names of the identity store's groups, sorted.

        Returns:
            The display names.
        """
        return sorted(group["DisplayName"] for group in self._all("groups"))

    def members(self, group: str) -> list[str]:
        """Return the user names of a group's members, sorted.

        Args:
            group: The group's display name or id.

        Returns:
            The user names.
        """
        names = {user["UserId"]: user["UserName"] for user in self._all("users")}
        memberships = self._all("group_memberships", GroupId=self._id("group", group))
        return sorted(names[membership["MemberId"]["UserId"]] for membership in memberships)

    def rename(self, entity: str, name: str) -> None:
        """Change the name of a user, or the display name of a group.

        Args:
            entity: The name or id of a user or group.
            name: The new name.
        """
        noun, id_ = self._find(entity)
        change = {"AttributePath": _NAMES[noun], "AttributeValue": name}
        self._store(f"update_{noun}", Operations=[change], **{f"{noun.title()}Id": id_})

    def delete(self, entity: str) -> None:
        """Delete a user or group of the identity store, or a user or group of another service by its physical id.

        Args:
            entity: The name or id of a user or group; the ARN of a QuickSight user or group; the id of an AppStream
                user, such as `jo@example.com/USERPOOL`.
        """
        if entity.startswith("arn:") and ":quicksight:" in entity:
            noun, namespace, name = entity.rpartition(":")[2].split("/", 2)
            place = {"AwsAccountId": entity.split(":")[4], "Namespace": namespace}
            delete = getattr(self.client("quicksight"), f"delete_{noun}")
            delete(**place, **{"UserName" if noun == "user" else "GroupName": name})
        elif entity.endswith("/USERPOOL"):
            user_name, _, kind = entity.rpartition("/")
            self.client("appstream").delete_user(UserName=user_name, AuthenticationType=kind)
        else:
            noun, id_ = self._find(entity)
            self._store(f"delete_{noun}", **{f"{noun.title()}Id": id_})

    def _all(self, listed: str, **request: Any) -> list[dict[str, Any]]:
        pages = self.client("identitystore").get_paginator(f"list_{listed}").paginate(IdentityStoreId=STORE, **request)
        return [item for page in pages for item in page[to_pascal(listed)]]

    def _store(self, operation: str, **request: Any) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(self.client("identitystore"), operation)(IdentityStoreId=STORE, **request)
        return answer

    def _id(self, noun: str, entity: str) -> str:
        """Return the id of an entity.

        Raises:
            LookupError: The store has no such entity.
        """
        if ids.ENTITY.fullmatch(ids.bare_id(entity)):
            return ids.bare_id(entity)
        try:
            unique = {"UniqueAttribute": {"AttributePath": _NAMES[noun], "AttributeValue": entity}}
            return str(self._store(f"get_{noun}_id", AlternateIdentifier=unique)[f"{noun.title()}Id"])
        except Exception as error:
            if code(error) != "ResourceNotFoundException":
                raise
        raise LookupError(f"the identity store {STORE} has no {noun} {entity!r}")

    def _find(self, entity: str) -> tuple[str, str]:
        """Return whether an entity is a user or a group, and its id.

        Raises:
            LookupError: The store has no such entity, or both a user and a group have the name.
        """
        existing = []
        for noun in _NAMES:
            try:
                id_ = self._id(noun, entity)
                self._store(f"describe_{noun}", **{f"{noun.title()}Id": id_})
            except Exception as error:
                if not isinstance(error, LookupError) and code(error) != "ResourceNotFoundException":
                    raise
            else:
                existing.append((noun, id_))
        if len(existing) != 1:
            problem = "both a user and a group" if existing else "no user or group"
            raise LookupError(f"the identity store {STORE} has {problem} {entity!r}")
        return existing[0]


_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_REGION": REGION,
}
"""The settings of a process that has no other access to AWS. No proxy may stand before the emulator."""

_NAMES = {"user": "userName", "group": "displayName"}
"""Noun → AWS's path of the name."""


@contextmanager
def emulated_aws(emulator: Emulator | None = None) -> Iterator[EmulatedAws]:
    """Point this process and its child processes to an emulator. Restore everything at the end.

    Args:
        emulator: A running emulator. Unset: a new one, which stops at the end.

    Yields:
        The emulated account.

    Raises:
        ModuleNotFoundError: The extra `testing` is not installed.
    """
    with ExitStack() as stack:
        stack.callback(_restore, {**os.environ}, process.current)
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        no_proxy = os.environ.get("NO_PROXY") or os.environ.get("no_proxy")
        no_proxy = ",".join(filter(None, (no_proxy, "127.0.0.1,localhost")))
        os.environ.update(_ENVIRONMENT | {"NO_PROXY": no_proxy, "no_proxy": no_proxy})
        sessions, limiters = Sessions(), RateLimiters()
        if emulator is None:
            emulator, sessions, limiters = _started(stack)
        os.environ["AWS_ENDPOINT_URL"] = emulator.url
        process.current = process.Process(sessions, limiters)
        yield EmulatedAws(emulator)


def _started(stack: ExitStack) -> tuple[Emulator, Sessions, RateLimiters]:
    """Return a new emulator, on the port of an earlier one if it is free, with the clients for this port."""
    try:
        from pulumi_identity.emulator import Emulator  # noqa: PLC0415  (moto is slow to import)
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed — run `pip install 'pulumi-identity[testing]'`"
        raise ModuleNotFoundError(message, name=error.name) from None
    port, sessions, limiters = _idle.pop() if _idle else (0, Sessions(), RateLimiters())
    try:
        emulator = stack.enter_context(Emulator(port=port))
    except OSError:  # another process took the port
        sessions, limiters = Sessions(), RateLimiters()
        emulator = stack.enter_context(Emulator())
    port = int(emulator.url.rpartition(":")[2])
    stack.callback(_idle.append, (port, sessions, limiters))
    return emulator, sessions, limiters


def _restore(environment: dict[str, str], state: process.Process) -> None:
    process.current = state
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)
