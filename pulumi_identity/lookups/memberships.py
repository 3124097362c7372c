"""Look up who is in which group of the identity store of AWS IAM Identity Center.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
Unusual: a membership has an id of its own, which neither the group nor the person tells.

Every lookup here takes what those of people and groups take besides, and raises the same.
"""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003  (arguments are checked by their types)
from dataclasses import dataclass

from pulumi_identity.aws.ids import bare_id
from pulumi_identity.aws.listings import PAGE
from pulumi_identity.resources.identitystore.memberships import MembershipKind

from ._invoke import answered, lookup, pages
from .identitystore import USER
from .stores import SERVICE, in_store, is_unknown, only

MEMBERSHIP = MembershipKind.entity

AT_ONCE = 100
"""The most groups that IsMemberInGroups takes. Source: the model's GroupIds."""


@dataclass(frozen=True)
class GetGroupMembershipResult:
    """One person's place in one group."""

    identity_store_id: str
    membership_id: str
    membership_arn: str
    group_id: str | None
    member_id: str | None
    """The user's id."""
    created_at: str | None
    created_by: str | None
    updated_at: str | None
    updated_by: str | None


@dataclass(frozen=True)
class GetGroupMembershipIdResult:
    """A membership's id."""

    identity_store_id: str
    membership_id: str
    membership_arn: str


@lookup(SERVICE, MEMBERSHIP, "DescribeGroupMembership")
def get_group_membership(
    membership_id: str,
    *,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> GetGroupMembershipResult:
    """Find one membership by its id. One call."""
    client, store = in_store(identity_store_id, region, role_arn)
    return answered(GetGroupMembershipResult, client.describe_group_membership(**store, MembershipId=membership_id))


@lookup(SERVICE, MEMBERSHIP, "GetGroupMembershipId", "ListGroupMembershipsForMember")
def get_group_membership_id(
    group_id: str,
    member_id: str,
    *,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> GetGroupMembershipIdResult:
    """Find the id of a person's membership in a group; NotFound if the person is no member. One call."""
    client, store = in_store(identity_store_id, region, role_arn)
    member = {"UserId": member_id}
    try:
        found = client.get_group_membership_id(**store, GroupId=group_id, MemberId=member)
        return answered(GetGroupMembershipIdResult, found)
    except Exception as error:
        if not is_unknown(error):
            raise
    memberships = get_group_memberships_for_member(
        member_id, identity_store_id=identity_store_id, region=region, role_arn=role_arn
    )
    fitting = {
        membership.membership_id: membership
        for membership in memberships
        if bare(membership.group_id) == bare(group_id)
    }
    membership = only(fitting, MEMBERSHIP, f"{group_id}/{member_id}")
    return GetGroupMembershipIdResult(membership.identity_store_id, membership.membership_id, membership.membership_arn)


@lookup(SERVICE, MEMBERSHIP + "s", "ListGroupMemberships")
def get_group_memberships(
    group_id: str,
    *,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> tuple[GetGroupMembershipResult, ...]:
    """List the memberships of a group, all of them, by `member_id`. A call for each 100."""
    client, store = in_store(identity_store_id, region, role_arn)
    listed = pages(
        client, "list_group_memberships", "GroupMemberships", **store, GroupId=group_id, PaginationConfig=PAGE
    )
    results = (answered(GetGroupMembershipResult, membership) for membership in listed)
    return tuple(sorted(results, key=lambda membership: (membership.member_id or "", membership.membership_id)))


@lookup(SERVICE, MEMBERSHIP + "s", "ListGroupMembershipsForMember")
def get_group_memberships_for_member(
    member_id: str,
    *,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> tuple[GetGroupMembershipResult, ...]:
    """List a person's memberships, all of them, by `group_id`. A call for each 100."""
    client, store = in_store(identity_store_id, region, role_arn)
    request = {**store, "MemberId": {"UserId": member_id}, "PaginationConfig": PAGE}
    listed = pages(client, "list_group_memberships_for_member", "GroupMemberships", **request)
    results = (answered(GetGroupMembershipResult, membership) for membership in listed)
    return tuple(sorted(results, key=lambda membership: (membership.group_id or "", membership.membership_id)))


@lookup(SERVICE, USER, "IsMemberInGroups", "ListGroupMembershipsForMember")
def is_member_in_groups(
    member_id: str,
    group_ids: Sequence[str],
    *,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> dict[str, bool]:
    """Tell for each group whether a person is a member, by the id as it was given. A call for each 100 groups."""
    client, store = in_store(identity_store_id, region, role_arn)
    given = list(dict.fromkeys(group_ids))
    member: dict[str, bool] = {}
    try:
        for first in range(0, len(given), AT_ONCE):
            part = given[first : first + AT_ONCE]
            answer = client.is_member_in_groups(**store, MemberId={"UserId": member_id}, GroupIds=part)
            member |= {bare(result["GroupId"]): result["MembershipExists"] for result in answer["Results"]}
    except Exception as error:
        if not is_unknown(error):
            raise
        memberships = get_group_memberships_for_member(
            member_id, identity_store_id=identity_store_id, region=region, role_arn=role_arn
        )
        joined = {bare(membership.group_id) for membership in memberships}
        member = {bare(group_id): bare(group_id) in joined for group_id in given}
    return {group_id: member[bare(group_id)] for group_id in given}


def bare(id_: str | None) -> str:
    """Return an id without the ARN around it."""
    return bare_id(id_ or "")
