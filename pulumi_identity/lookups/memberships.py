"""Look up group memberships in the identity store of AWS IAM Identity Center.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
Unusual: a membership has its own id, which AWS returns neither for the group nor for the user.
"""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003  (arguments are checked by their types)
from dataclasses import dataclass

from pulumi_identity.aws.ids import bare_id
from pulumi_identity.aws.listings import PAGE
from pulumi_identity.provider.settings import AssumeRole  # noqa: TC001  (arguments are checked by their types)
from pulumi_identity.resources.identitystore.memberships import MembershipKind

from ._invoke import answered, lookup, pages
from .stores import SERVICE, in_store, is_unknown, only
from .users import USER

MEMBERSHIP = MembershipKind.entity

AT_ONCE = 100
"""The most groups that IsMemberInGroups takes. Source: the model's GroupIds."""


@dataclass(frozen=True)
class GetGroupMembershipResult:
    """A user's membership in a group."""

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
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetGroupMembershipResult:
    """Look up one membership by its id. The lookup takes one call.

    Args:
        membership_id: The membership's id or ARN.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The membership.

    Raises:
        NotFound: The membership or the identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
    return answered(GetGroupMembershipResult, client.describe_group_membership(**store, MembershipId=membership_id))


@lookup(SERVICE, MEMBERSHIP, "GetGroupMembershipId", "ListGroupMembershipsForMember")
def get_group_membership_id(
    group_id: str,
    member_id: str,
    *,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetGroupMembershipIdResult:
    """Look up the id of a user's membership in a group. The lookup takes one call.

    Args:
        group_id: The group's id or ARN.
        member_id: The user's id or ARN.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The membership's id.

    Raises:
        NotFound: The user is not a member, or the group, the user or the identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
    member = {"UserId": member_id}
    try:
        found = client.get_group_membership_id(**store, GroupId=group_id, MemberId=member)
        return answered(GetGroupMembershipIdResult, found)
    except Exception as error:
        if not is_unknown(error):
            raise
    memberships = get_group_memberships_for_member(
        member_id,
        identity_store_id=identity_store_id,
        region=region,
        role_arn=role_arn,
        profile=profile,
        assume_role=assume_role,
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
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetGroupMembershipResult, ...]:
    """List all memberships of a group. The lookup takes one call for each 100 memberships.

    Args:
        group_id: The group's id or ARN.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The memberships, sorted by `member_id`.

    Raises:
        NotFound: The group or the identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
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
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetGroupMembershipResult, ...]:
    """List all memberships of a user. The lookup takes one call for each 100 memberships.

    Args:
        member_id: The user's id or ARN.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The memberships, sorted by `group_id`.

    Raises:
        NotFound: The user or the identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
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
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> dict[str, bool]:
    """Check for each of several groups whether a user is a member. The lookup takes one call for each 100 groups.

    Args:
        member_id: The user's id or ARN.
        group_ids: The ids or ARNs of the groups.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        A dict with an entry for each group. The keys are `group_ids` as you gave them.

    Raises:
        NotFound: The user, a group or the identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
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
            member_id,
            identity_store_id=identity_store_id,
            region=region,
            role_arn=role_arn,
            profile=profile,
            assume_role=assume_role,
        )
        joined = {bare(membership.group_id) for membership in memberships}
        member = {bare(group_id): bare(group_id) in joined for group_id in given}
    return {group_id: member[bare(group_id)] for group_id in given}


def bare(id_: str | None) -> str:
    """Return the id within an ARN; a plain id is returned unchanged."""
    return bare_id(id_ or "")
