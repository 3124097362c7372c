"""QuickSight's groups and their members.

Source: botocore's model, the API reference and the user guide.

Some behavior has no source. Adding a member twice succeeds, because the model has no error for it. Removing a user who
is not a member fails. If the IAM user or role of a member no longer exists, the member's name is N/A, as in ListUsers.
A search is case-sensitive. An update without a description removes it, because the model allows no empty description.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pulumi_identity.aws.regions import partition

from .errors import Caller
from .identifiers import Identifiers
from .pages import Records
from .quicksight_answers import (
    InvalidParameterValueException,
    ResourceExistsException,
    answer,
    listing,
    not_found,
)
from .quicksight_users import RegisteredUser

Members = dict[str, Any]

MANAGING_GROUPS = frozenset(
    {"CreateGroup", "UpdateGroup", "DeleteGroup", "CreateGroupMembership", "DeleteGroupMembership"}
)


@dataclass(frozen=True)
class Member:
    """A user's place in a group."""

    user: RegisteredUser

    def answer(self) -> Members:
        """Return the members that DescribeGroupMembership returns."""
        user = self.user.answer()
        return {"Arn": user["Arn"], "MemberName": user["UserName"]}


@dataclass
class StoredGroup:
    """A group."""

    name: str
    arn: str
    principal_id: str
    description: str | None
    members: Records[Member] = field(default_factory=Records)

    def answer(self) -> Members:
        """Return the members that DescribeGroup returns."""
        described = {"Description": self.description} if self.description else {}
        return {"Arn": self.arn, "GroupName": self.name, "PrincipalId": self.principal_id, **described}


class Groups(ABC):
    """The operations on groups. The users are the backend's."""

    identity_region: str
    _identifiers: Identifiers

    def reset(self) -> None:
        """Forget the groups."""
        self._groups: dict[tuple[str, str], Records[StoredGroup]] = defaultdict(Records)

    @abstractmethod
    def _get(self, request: Members) -> RegisteredUser:
        """Return the user that a request names."""

    def create_group(self, _caller: Caller, request: Members) -> Members:
        name, groups = request["GroupName"], self._groups_of(request)
        if name in groups:
            raise ResourceExistsException(f"Group {name} already exists", ResourceType="GROUP")
        place = f"{request['AwsAccountId']}:group/{request['Namespace']}"
        arn = f"arn:{partition(self.identity_region)}:quicksight:{self.identity_region}:{place}/{name}"
        principal_id = f"group/d-{self._identifiers.hexadecimal(10, arn)}/{self._identifiers.uuid(arn)}"
        group = StoredGroup(name, arn, principal_id, request.get("Description"))
        groups.add(name, group)
        return answer(201, Group=group.answer())

    def describe_group(self, _caller: Caller, request: Members) -> Members:
        return answer(Group=self._group(request).answer())

    def update_group(self, _caller: Caller, request: Members) -> Members:
        group = self._group(request)
        group.description = request.get("Description")
        return answer(Group=group.answer())

    def delete_group(self, _caller: Caller, request: Members) -> Members:
        self._groups_of(request).remove(self._group(request).name)
        return answer()

    def list_groups(self, _caller: Caller, request: Members) -> Members:
        return listing("GroupList", self._groups_of(request), request)

    def search_groups(self, _caller: Caller, request: Members) -> Members:
        (prefix,) = request["Filters"]  # model: one, StartsWith GROUP_NAME
        found = self._selected(request, lambda group: group.name.startswith(prefix["Value"]))
        return listing("GroupList", found, request)

    def list_user_groups(self, _caller: Caller, request: Members) -> Members:
        user = self._get(request)
        joined = self._selected(request, lambda group: user.name in group.members)
        return listing("GroupList", joined, request, bad_token=InvalidParameterValueException)  # the model's only one

    # --- members

    def create_group_membership(self, _caller: Caller, request: Members) -> Members:
        group, user = self._group(request), self._get({**request, "UserName": request["MemberName"]})
        member = Member(user)
        if user.name not in group.members:
            group.members.add(user.name, member)
        return answer(GroupMember=member.answer())

    def describe_group_membership(self, _caller: Caller, request: Members) -> Members:
        return answer(GroupMember=self._member(request).answer())

    def list_group_memberships(self, _caller: Caller, request: Members) -> Members:
        return listing("GroupMemberList", self._group(request).members, request)

    def delete_group_membership(self, _caller: Caller, request: Members) -> Members:
        self._group(request).members.remove(self._member(request).user.name)
        return answer()

    def leave_all_groups(self, request: Members, user_name: str) -> None:
        """Remove a deleted user from the groups of its namespace."""
        for group in self._groups_of(request):
            if user_name in group.members:
                group.members.remove(user_name)

    def _groups_of(self, request: Members) -> Records[StoredGroup]:
        return self._groups[request["AwsAccountId"], request["Namespace"]]

    def _group(self, request: Members) -> StoredGroup:
        group = self._groups_of(request).get(request["GroupName"])
        if group is None:
            raise not_found("Group", request["GroupName"])
        return group

    def _member(self, request: Members) -> Member:
        member = self._group(request).members.get(request["MemberName"])
        if member is None:
            raise not_found("User", request["MemberName"])
        return member

    def _selected(self, request: Members, is_selected: Callable[[StoredGroup], bool]) -> Records[StoredGroup]:
        """Return the groups that a function selects."""
        selected = Records[StoredGroup]()
        for group in filter(is_selected, self._groups_of(request)):
            selected.add(group.name, group)
        return selected
