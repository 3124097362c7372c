"""Calls to AWS in entities with a unique prefix, which are deleted again."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from .fact import Refusal, Service

if TYPE_CHECKING:
    from collections.abc import Callable

NAMESPACE = "default"
VISIBLE_WITHIN = 240  # seconds; terraform-provider-aws waits as long for a new AppStream user
NOT_FOUND = "ResourceNotFoundException"


@dataclass(frozen=True)
class Account:
    """The account whose behavior is tested.

    - `client`: returns a client without parameter validation, for a service and a region.
    - `prefix`: the first characters of the name of each created entity.
    - `identity_store`, `quicksight`, `appstream`: what to test. None or False leaves a service out.
    - `iam_role`: the ARN of an IAM role for which QuickSight users can be registered.
    """

    client: Callable[[str, str], Any]
    prefix: str
    region: str
    quicksight_region: str
    identity_store: str | None = None
    quicksight: str | None = None
    appstream: bool = False
    iam_role: str | None = None

    def selects(self, service: Service) -> bool:
        """Return whether a service is tested."""
        return bool(getattr(self, _SELECTED[service]))


_SELECTED = {
    Service.IDENTITYSTORE: "identity_store",
    Service.QUICKSIGHT: "quicksight",
    Service.APPSTREAM: "appstream",
}


class UnprefixedNameError(ValueError):
    """A probe that would create an entity without the prefix."""


@dataclass(frozen=True)
class Deletion:
    """A deletion to run later."""

    entity: str
    run: Callable[[], object]


@dataclass
class Bound:
    """A client with parameters that every call needs.

    `begin` runs before a call and records how to delete what it creates. AWS can forbid the call. Then the
    record is removed again.
    """

    client: Any
    arguments: dict[str, Any]
    begin: Callable[[str, dict[str, Any]], None]
    deletions: list[Deletion]

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        """Return an operation."""
        return partial(self._call, operation)

    def _call(self, operation: str, **arguments: Any) -> Any:
        given = {**self.arguments, **arguments}
        known = len(self.deletions)
        self.begin(operation, given)
        try:
            answer = getattr(self.client, operation)(**given)
        except ClientError as error:
            if error.response["Error"]["Code"] == "AccessDeniedException":
                del self.deletions[known:]  # nothing was created, and a deletion would be refused too
            raise
        answer.pop("ResponseMetadata")
        return answer


@dataclass
class Probe:
    """The calls of one probe. `clean` deletes what they created."""

    account: Account
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    _deletions: list[Deletion] = field(default_factory=list)

    # --- clients

    @property
    def store(self) -> Bound:
        """The identity store."""
        client = self.account.client("identitystore", self.account.region)
        return Bound(client, {"IdentityStoreId": self.account.identity_store}, self._record_in_store, self._deletions)

    @property
    def quicksight(self) -> Bound:
        """QuickSight, in the identity region and the default namespace."""
        return self.quicksight_in(self.account.quicksight_region)

    def quicksight_in(self, region: str) -> Bound:
        """Return QuickSight in a region."""
        place = {"AwsAccountId": self.account.quicksight, "Namespace": NAMESPACE}
        return Bound(self.account.client("quicksight", region), place, self._record_in_quicksight, self._deletions)

    @property
    def appstream(self) -> Bound:
        """AppStream."""
        return Bound(
            self.account.client("appstream", self.account.region), {}, self._record_in_appstream, self._deletions
        )

    # --- names and entities

    def name(self) -> str:
        """Return an unused name with the prefix."""
        return f"{self.account.prefix}{next(self._numbers)}-{time.time_ns() % 10**9:x}"

    def address(self) -> str:
        """Return an unused e-mail address with the prefix, in a domain that receives no e-mail."""
        return f"{self.name()}@example.com"

    def user(self, name: str | None = None, **attributes: Any) -> str:
        """Create a user of the identity store, and return its id."""
        person = {"DisplayName": "Probe", "Name": {"GivenName": "Probe", "FamilyName": "Probe"}}
        return str(self.store.create_user(UserName=name or self.name(), **{**person, **attributes})["UserId"])

    def described(self, user_id: str, **arguments: Any) -> dict[str, Any]:
        """Return a user of the identity store."""
        answer: dict[str, Any] = self.store.describe_user(UserId=user_id, **arguments)
        return answer

    def set(self, user_id: str, path: str, value: Any) -> Any:
        """Change one attribute of a user of the identity store."""
        operation = {"AttributePath": path, "AttributeValue": value}
        return self.store.update_user(UserId=user_id, Operations=[operation])

    def group(self, name: str | None = None) -> str:
        """Create a group of the identity store, and return its id."""
        return str(self.store.create_group(DisplayName=name or self.name())["GroupId"])

    def member(self, group_id: str, user_id: str) -> str:
        """Create a membership, and return its id. A new user or group can be unknown for some seconds."""
        member = {"GroupId": group_id, "MemberId": {"UserId": user_id}}
        answer = self.patiently(lambda: self.store.create_group_membership(**member), 10)
        return str(answer["MembershipId"])

    def registered(self, name: str | None = None, role: str = "READER", **arguments: Any) -> dict[str, Any]:
        """Register a QuickSight user, and return the response."""
        given = {"IdentityType": "QUICKSIGHT", "Email": self.address(), "UserRole": role, **arguments}
        if given["IdentityType"] != "IAM":
            given["UserName"] = name or self.name()
        answer: dict[str, Any] = self.quicksight.register_user(**given)
        return answer

    def quicksight_user(self) -> str:
        """Register a QuickSight user, and return its name."""
        return str(self.registered()["User"]["UserName"])

    def quicksight_group(self, name: str | None = None, **arguments: Any) -> str:
        """Create a QuickSight group, and return its name."""
        return str(self.quicksight.create_group(GroupName=name or self.name(), **arguments)["Group"]["GroupName"])

    def joined(self, group_name: str, user_name: str) -> dict[str, Any]:
        """Add a QuickSight user to a group, and return the membership. AWS may not find a new user for some seconds."""
        member = {"GroupName": group_name, "MemberName": user_name}
        answer = self.patiently(lambda: self.quicksight.create_group_membership(**member), 60)
        return dict(answer["GroupMember"])

    def pool_user(self, name: str | None = None, **arguments: Any) -> str:
        """Create an AppStream user without an e-mail, and return the name."""
        name = name or self.address()
        given = {"AuthenticationType": "USERPOOL", "MessageAction": "SUPPRESS", **arguments}
        self.appstream.create_user(UserName=name, **given)
        return name

    def pool_users(self, *names: str) -> list[dict[str, Any]]:
        """Return AppStream users once all are visible, or those that are visible after four minutes."""
        deadline = time.monotonic() + VISIBLE_WITHIN
        pages = self.account.client("appstream", self.account.region).get_paginator("describe_users")
        while True:
            listed = [user for page in pages.paginate(AuthenticationType="USERPOOL") for user in page["Users"]]
            found = [user for user in listed if user["UserName"] in names]
            if len(found) == len(names) or time.monotonic() > deadline:
                return found
            time.sleep(5)

    # --- responses

    @staticmethod
    def refusal(call: Callable[[], object]) -> object:
        """Return the error response of a call, or the word `accepted`."""
        try:
            call()
        except ClientError as error:
            details: dict[str, Any] = dict(error.response)
            members = {key: details[key] for key in ("Reason", "ResourceType") if details.get(key)}
            return Refusal(details["Error"]["Code"], details["Error"].get("Message", ""), members)
        return "accepted"

    @staticmethod
    def patiently(call: Callable[[], Any], seconds: float) -> Any:
        """Return the result of a call, which can fail for some seconds because an entity is new."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                return call()
            except ClientError as error:
                if error.response["Error"]["Code"] != NOT_FOUND or time.monotonic() > deadline:
                    raise
            time.sleep(0.5)

    @staticmethod
    def eventually(read: Callable[[], Any], value: object, seconds: float) -> Any:
        """Return what `read` returns once it is a value, or after some seconds."""
        deadline = time.monotonic() + seconds
        while (result := read()) != value and time.monotonic() < deadline:
            time.sleep(5)
        return result

    # --- cleaning

    def clean(self) -> list[str]:
        """Delete what was created, last first, and return a line for each entity that can't be deleted."""
        problems = []
        while self._deletions:
            deletion = self._deletions.pop()
            try:
                deletion.run()
            except ClientError as error:
                if error.response["Error"]["Code"] != NOT_FOUND:
                    problems.append(f"{deletion.entity} is left: {error} — delete it manually")
            except BotoCoreError as error:
                problems.append(f"{deletion.entity} is left: {error} — delete it manually")
        return problems

    def _later(self, what: str, name: str, delete: Callable[[], object]) -> None:
        """Record a deletion before the entity is created, because a lost response can hide a success."""
        if not name.startswith(self.account.prefix):
            raise UnprefixedNameError(f"{name} does not begin with {self.account.prefix}")
        self._deletions.append(Deletion(f"{what} {name}", delete))

    def _record_in_store(self, operation: str, given: dict[str, Any]) -> None:
        store = self.store.client
        place = {"IdentityStoreId": given["IdentityStoreId"]}
        if operation in ("create_user", "create_group"):
            kind = operation.removeprefix("create_")
            member, path = ("UserName", "userName") if kind == "user" else ("DisplayName", "displayName")
            name = given.get(member, self.account.prefix)

            def delete(name: str = name) -> None:
                attribute = {"AttributePath": path, "AttributeValue": name}
                wanted = {"AlternateIdentifier": {"UniqueAttribute": attribute}}
                found = getattr(store, f"get_{kind}_id")(**place, **wanted)
                key = f"{kind.title()}Id"
                getattr(store, f"delete_{kind}")(**place, **{key: found[key]})

            self._later(kind, name, delete)
        for change in given.get("Operations", ()) if operation == "update_user" else ():
            if change["AttributePath"].lower() == "username":  # the new name is the one to delete
                self._record_in_store("create_user", {**place, "UserName": change["AttributeValue"]})

    def _record_in_quicksight(self, operation: str, given: dict[str, Any]) -> None:
        client = self.quicksight.client
        place = {"AwsAccountId": given["AwsAccountId"], "Namespace": given["Namespace"]}
        if operation == "register_user" and given["IdentityType"] == "IAM" and "SessionName" in given:
            name = f"{given.get('IamArn', '').rpartition('/')[2]}/{given['SessionName']}"
            self._later("QuickSight session", given["SessionName"], lambda: client.delete_user(**place, UserName=name))
        elif operation == "register_user":
            name = given.get("UserName", self.account.prefix)
            self._later("QuickSight user", name, lambda: client.delete_user(**place, UserName=name))
        elif operation == "create_group":
            name = given["GroupName"]
            self._later("QuickSight group", name, lambda: client.delete_group(**place, GroupName=name))

    def _record_in_appstream(self, operation: str, given: dict[str, Any]) -> None:
        client = self.appstream.client
        if operation == "create_user" and given.get("MessageAction") != "RESEND":
            name, kind = given["UserName"], "USERPOOL"
            self._later("AppStream user", name, lambda: client.delete_user(UserName=name, AuthenticationType=kind))
        elif operation == "create_stack":
            self._later("AppStream stack", given["Name"], lambda: client.delete_stack(Name=given["Name"]))
