"""The membership of one user in one QuickSight group. Programs declare `QuickSightGroupMembers` instead.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/
Unusual: a membership has no id of its own, and adding a user who is a member already succeeds.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from typing_extensions import override

from pulumi_identity.aws import process
from pulumi_identity.aws.listings import PAGE, Answer
from pulumi_identity.aws.process import Pauses
from pulumi_identity.aws.visibility import when_visible
from pulumi_identity.errors import Conflict, code
from pulumi_identity.provider.conflicts import UNANSWERED, is_conflict
from pulumi_identity.provider.kinds import Kind, Reference
from pulumi_identity.provider.ownership import claim_existing, has_created, release

from .account import arn_of, with_account
from .groups import ARN, QuickSightGroupKind, group_request
from .orphans import NOT_AVAILABLE
from .users import QuickSightUserKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State


class QuickSightMembershipKind(Kind):
    """Requests and responses of QuickSight for single memberships. The physical id is the user's name."""

    service = "quicksight"
    name = "QuickSightGroupMembership"
    entity = "QuickSight Group Membership"
    noun, plural = "QuickSight membership", "QuickSight memberships"
    deleting = "The person loses what is shared with the group."
    id_format = "<user name>"
    id_properties = frozenset({"member_name"})
    natural_key = ("aws_account_id", "namespace", "group_name", "member_name")
    references = {
        "member_name": Reference(kind=QuickSightUserKind, property="user_name"),
        "group_name": Reference(kind=QuickSightGroupKind, property="group_name"),
    }
    decides_access = frozenset(natural_key)

    @classmethod
    @override
    def parse_id(cls, id_: str, region: str = "") -> State:
        return {"member_name": id_}

    @override
    def identity(self, aws: Session, id_: str, props: State) -> tuple[str, ...]:
        # In a preview, `id_` is the id of the set. It contains the account if the program leaves it unset.
        of_set = ARN.fullmatch(id_)
        known = with_account(aws, (of_set.groupdict() if of_set else {}) | props)
        return self.service, "membership", *(str(known[name]) for name in self.natural_key)

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        self._claim(aws, new)
        is_member = False
        try:
            self._add(aws, new)
            is_member = True
        finally:
            if not is_member:
                release(self, aws, new["member_name"], new)
        return new["member_name"], {}

    def _claim(self, aws: Session, new: State) -> None:
        """Claim a membership before it exists, so that this run does not remove it for its old resource.

        AWS reports no conflict. Without the claim, another resource could remove the member after this add.
        """
        pauses = process.get(Pauses)
        end = time.monotonic() + pauses.visible
        is_free = claim_existing(self, aws, new["member_name"], new)
        while not is_free and self.find_id_by_name(aws, new):
            if time.monotonic() > end:
                message = f"creating {self.label(new)}: this run is deleting it under its old name"
                raise Conflict(f"{message} — run the command again")
            time.sleep(pauses.poll)

    def _add(self, aws: Session, new: State) -> None:
        request, client = member_request(new), aws.client("quicksight")
        is_new = has_created_group(aws, new) or has_created_user(aws, new)
        try:
            when_visible(lambda: client.create_group_membership(**request), lambda error: is_new and is_missing(error))
        except Exception as error:
            may_exist = code(error) in UNANSWERED or is_conflict(error)
            if not may_exist or not self.find_id_by_name(aws, new):
                raise

    @override
    def list_pages(self, aws: Session, where: State) -> Iterator[Mapping[str, Answer]]:
        listing = aws.client("quicksight").get_paginator("list_group_memberships")
        for page in listing.paginate(**group_request(where), PaginationConfig=PAGE):
            # A member without an IAM user or role has lost its name, and all access.
            yield {
                member["MemberName"]: member
                for member in page["GroupMemberList"]
                if member["MemberName"] != NOT_AVAILABLE
            }

    @override
    def find_id_by_name(self, aws: Session, new: State) -> str | None:
        try:
            aws.client("quicksight").describe_group_membership(**member_request(new))
        except Exception as error:
            if not self.is_gone(aws, "", new, error):
                raise
            return None
        return str(new["member_name"])

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        return {"member_name": id_} if listed or self.find_id_by_name(aws, old | {"member_name": id_}) else None

    @override
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        return {}  # a membership has no other properties

    @override
    def delete(self, aws: Session, id_: str, old: State) -> None:
        try:
            aws.client("quicksight").delete_group_membership(**member_request(old))
        except Exception as error:
            if not self.is_gone(aws, id_, old, error):
                raise

    @override
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        return QuickSightGroupKind().is_gone(aws, id_, old, error)  # the code is the same for user, group and member


def member_request(props: State) -> State:
    """Return the members of a request for one membership.

    Args:
        props: The membership's natural key.

    Returns:
        The members.
    """
    return {**group_request(props), "MemberName": props["member_name"]}


def group_arn(aws: Session, props: State) -> str:
    """Return the ARN of a group.

    Args:
        aws: The session of the resource.
        props: Properties with the group's natural key.

    Returns:
        The ARN.
    """
    return arn_of(aws.region, "group", group_request(props))


def has_created_group(aws: Session, props: State) -> bool:
    """Return whether this run created a group.

    Args:
        aws: The session of the resource.
        props: Properties with the group's natural key.

    Returns:
        Whether it did.
    """
    return has_created(QuickSightGroupKind(), aws, group_arn(aws, props), {})


def has_created_user(aws: Session, props: State) -> bool:
    """Return whether this run created the user of a membership.

    Args:
        aws: The session of the resource.
        props: The membership's natural key.

    Returns:
        Whether it did.
    """
    user = group_request(props) | {"UserName": props["member_name"]}
    return has_created(QuickSightUserKind(), aws, arn_of(aws.region, "user", user), {})


def is_missing(error: Exception) -> bool:
    """Return whether an error can report an entity that QuickSight does not find yet.

    Args:
        error: The exception of a call.

    Returns:
        Whether it can.
    """
    return code(error) == "ResourceNotFoundException"
