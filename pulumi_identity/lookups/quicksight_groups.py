"""Look up groups of Amazon QuickSight and their members.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/
Unusual: a membership has no id. AWS identifies it by the names of the group and the user. Members are users: a group
can't contain a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_identity.aws import answers
from pulumi_identity.aws.listings import PAGE
from pulumi_identity.provider.settings import AssumeRole  # noqa: TC001  (arguments are checked by their types)
from pulumi_identity.resources.quicksight.groups import QuickSightGroupKind

from ._invoke import answered, lookup, pages
from .quicksight import SERVICE, in_namespace

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP = QuickSightGroupKind.entity
MEMBERSHIP = f"{GROUP} Membership"

answers.expect(
    SERVICE,
    {
        **dict.fromkeys(("SearchGroups", "ListUserGroups"), ("GroupList[].GroupName", "GroupList[].Arn")),
        "DescribeGroupMembership": ("GroupMember.MemberName", "GroupMember.Arn"),
        "ListGroupMemberships": ("GroupMemberList[].MemberName", "GroupMemberList[].Arn"),
    },
)


@dataclass(frozen=True)
class GetQuickSightGroupResult:
    """A group of QuickSight."""

    arn: str
    group_name: str
    description: str | None
    principal_id: str | None


@dataclass(frozen=True)
class GetQuickSightGroupMembershipResult:
    """A user's membership in a group of QuickSight."""

    arn: str
    """The user's ARN."""
    member_name: str
    """The user name."""


@lookup(SERVICE, GROUP, "DescribeGroup")
def get_quicksight_group(
    group_name: str,
    *,
    namespace: str | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetQuickSightGroupResult:
    """Look up one group of a namespace by name. The lookup takes one call.

    Args:
        group_name: The group's name.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The group.

    Raises:
        NotFound: The group, the namespace or the QuickSight subscription does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, place = in_namespace(namespace, aws_account_id, region, role_arn, profile, assume_role)
    return answered(GetQuickSightGroupResult, client.describe_group(**place, GroupName=group_name)["Group"])


@lookup(SERVICE, GROUP + "s", "ListGroups", "SearchGroups")
def get_quicksight_groups(
    *,
    group_name_prefix: str | None = None,
    namespace: str | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetQuickSightGroupResult, ...]:
    """List all groups of a namespace. The lookup takes one call for each 100 groups.

    Args:
        group_name_prefix: Only groups whose name starts with this text. AWS searches for them with SearchGroups.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The groups, sorted by `group_name`.

    Raises:
        NotFound: The namespace or the QuickSight subscription does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, place = in_namespace(namespace, aws_account_id, region, role_arn, profile, assume_role)
    request = {**place, "PaginationConfig": PAGE}
    if group_name_prefix:
        prefix = {"Operator": "StartsWith", "Name": "GROUP_NAME", "Value": group_name_prefix}
        return _sorted_groups(pages(client, "search_groups", "GroupList", Filters=[prefix], **request))
    return _sorted_groups(pages(client, "list_groups", "GroupList", **request))


@lookup(SERVICE, GROUP + "s", "ListUserGroups")
def get_quicksight_user_groups(
    user_name: str,
    *,
    namespace: str | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetQuickSightGroupResult, ...]:
    """List all groups of a user. The lookup takes one call for each 100 groups.

    Args:
        user_name: The user name in QuickSight, such as `jo` or `ROLE/SESSION`.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The groups, sorted by `group_name`.

    Raises:
        NotFound: The user, the namespace or the QuickSight subscription does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, place = in_namespace(namespace, aws_account_id, region, role_arn, profile, assume_role)
    request = {**place, "UserName": user_name, "PaginationConfig": PAGE}
    return _sorted_groups(pages(client, "list_user_groups", "GroupList", **request))


@lookup(SERVICE, MEMBERSHIP, "DescribeGroupMembership")
def get_quicksight_group_membership(
    group_name: str,
    member_name: str,
    *,
    namespace: str | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetQuickSightGroupMembershipResult:
    """Look up a user's membership in a group. The lookup takes one call.

    Args:
        group_name: The group's name.
        member_name: The user name in QuickSight, such as `jo` or `ROLE/SESSION`.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The membership.

    Raises:
        NotFound: The user is not a member, or the group, the namespace or the QuickSight subscription does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, place = in_namespace(namespace, aws_account_id, region, role_arn, profile, assume_role)
    found = client.describe_group_membership(**place, GroupName=group_name, MemberName=member_name)
    return answered(GetQuickSightGroupMembershipResult, found["GroupMember"])


@lookup(SERVICE, MEMBERSHIP + "s", "ListGroupMemberships")
def get_quicksight_group_memberships(
    group_name: str,
    *,
    namespace: str | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetQuickSightGroupMembershipResult, ...]:
    """List all memberships of a group. The lookup takes one call for each 100 memberships.

    Args:
        group_name: The group's name.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The memberships, sorted by `member_name`.

    Raises:
        NotFound: The group, the namespace or the QuickSight subscription does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, place = in_namespace(namespace, aws_account_id, region, role_arn, profile, assume_role)
    request = {**place, "GroupName": group_name, "PaginationConfig": PAGE}
    listed = pages(client, "list_group_memberships", "GroupMemberList", **request)
    results = (answered(GetQuickSightGroupMembershipResult, member) for member in listed)
    return tuple(sorted(results, key=lambda member: (member.member_name, member.arn)))


def _sorted_groups(listed: Iterator[dict[str, Any]]) -> tuple[GetQuickSightGroupResult, ...]:
    groups = (answered(GetQuickSightGroupResult, group) for group in listed)
    return tuple(sorted(groups, key=lambda group: (group.group_name, group.arn)))
