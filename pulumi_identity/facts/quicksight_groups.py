"""Facts about QuickSight's groups and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .fact import Certainty, Facts, Mode, Refusal, Service

if TYPE_CHECKING:
    from .probe import Probe

FACTS = Facts(Service.QUICKSIGHT)
fact = FACTS.about

MODEL, DOCUMENTATION, REPORT, UNVERIFIED = Certainty
NOT_VALID = Refusal("InvalidParameterValueException")
NOT_FOUND = Refusal("ResourceNotFoundException")
PROVIDER = "terraform-provider-aws"


def _group_names(answer: dict[str, Any]) -> list[str]:
    return [group["GroupName"] for group in answer["GroupList"]]


def _member_names(answer: dict[str, Any]) -> list[str]:
    return [member["MemberName"] for member in answer["GroupMemberList"]]


# --- groups


@fact(MODEL, "CreateGroup", expect=Refusal("ResourceExistsException"))
def group_names_are_unique(aws: Probe) -> object:
    """Two groups of a namespace can't have the same name."""
    group = aws.quicksight_group()
    return aws.refusal(lambda: aws.quicksight_group(group))


@fact(UNVERIFIED, "the model allows no empty description", expect=False)
def descriptions_are_removed(aws: Probe) -> object:
    """UpdateGroup without a description removes the description."""
    group = aws.quicksight_group(Description="Probe")
    aws.quicksight.update_group(GroupName=group)
    return "Description" in aws.quicksight.describe_group(GroupName=group)["Group"]


@fact(MODEL, "DescribeGroup", expect=NOT_FOUND)
def missing_group(aws: Probe) -> object:
    """A missing group is a ResourceNotFoundException."""
    return aws.refusal(lambda: aws.quicksight.describe_group(GroupName=aws.name()))


@fact(UNVERIFIED, "no source", expect=Refusal("ResourceNotFoundException", members={"ResourceType": "GROUP"}))
def missing_groups_have_a_type(aws: Probe) -> object:
    """The error for a missing group has the ResourceType GROUP."""
    return aws.refusal(lambda: aws.quicksight.describe_group(GroupName=aws.name()))


@fact(REPORT, f"{PROVIDER} 39222", expect=NOT_FOUND)
def groups_of_a_missing_namespace(aws: Probe) -> object:
    """A missing namespace is the same error as a missing group: ResourceNotFoundException."""
    return aws.refusal(lambda: aws.quicksight.list_groups(Namespace=aws.name()))


@fact(UNVERIFIED, "no source for groups", expect=Refusal("AccessDeniedException", "your identity region is"))
def groups_are_in_the_identity_region(aws: Probe) -> object:
    """Outside the identity region, requests about groups are refused, and the error names the identity region."""
    other = "us-west-2" if aws.account.quicksight_region != "us-west-2" else "us-east-1"
    return aws.refusal(aws.quicksight_in(other).list_groups)


@fact(MODEL, "GroupSearchFilter", expect=True)
def groups_are_searched_by_the_start_of_the_name(aws: Probe) -> object:
    """SearchGroups finds the groups whose name starts with a text."""
    group = aws.quicksight_group()
    return _group_names(_searched(aws, group[:-1])) == [group]


@fact(UNVERIFIED, "no source", expect=[])
def searches_are_case_sensitive(aws: Probe) -> object:
    """SearchGroups finds a group only with the same case."""
    return _group_names(_searched(aws, aws.quicksight_group(f"{aws.name()}-a").upper()))


def _searched(aws: Probe, prefix: str) -> Any:
    return aws.quicksight.search_groups(Filters=[{"Operator": "StartsWith", "Name": "GROUP_NAME", "Value": prefix}])


# --- members


@fact(MODEL, "ListGroupMemberships; ListUserGroups", expect=True)
def members_are_listed_from_both_sides(aws: Probe) -> object:
    """ListGroupMemberships lists the users of a group, and ListUserGroups lists the groups of a user."""
    group, user = aws.quicksight_group(), aws.quicksight_user()
    aws.joined(group, user)
    members = _member_names(aws.quicksight.list_group_memberships(GroupName=group))
    groups = _group_names(aws.quicksight.list_user_groups(UserName=user))
    return (members, groups) == ([user], [group])


@fact(MODEL, "GroupMember, Arn", expect=True)
def memberships_have_the_users_arn(aws: Probe) -> object:
    """A membership has no ARN of its own: its Arn is the user's."""
    group, user = aws.quicksight_group(), aws.quicksight_user()
    arn = aws.quicksight.describe_user(UserName=user)["User"]["Arn"]
    return bool(aws.joined(group, user)["Arn"] == arn)


@fact(REPORT, "data-workspace-frontend 939", expect=True)
def new_users_can_join_within_a_minute(aws: Probe) -> object:
    """CreateGroupMembership can fail with ResourceNotFoundException for a new user, and succeeds within a minute."""
    return "MemberName" in aws.joined(aws.quicksight_group(), aws.quicksight_user())


@fact(MODEL, "CreateGroupMembership", expect=NOT_FOUND)
def missing_users_can_not_join(aws: Probe) -> object:
    """CreateGroupMembership fails with ResourceNotFoundException for a missing user."""
    group, missing = aws.quicksight_group(), aws.name()
    return aws.refusal(lambda: aws.quicksight.create_group_membership(GroupName=group, MemberName=missing))


@fact(DOCUMENTATION, "API reference, DescribeGroupMembership", expect=Refusal())
def groups_can_not_join_groups(aws: Probe) -> object:
    """A group can't be a member of a group."""
    group, other = aws.quicksight_group(), aws.quicksight_group()
    return aws.refusal(lambda: aws.quicksight.create_group_membership(GroupName=group, MemberName=other))


@fact(UNVERIFIED, "the model has no error for it", expect=True)
def members_can_be_added_twice(aws: Probe) -> object:
    """Adding a member to a group twice succeeds, and changes nothing."""
    group, user = aws.quicksight_group(), aws.quicksight_user()
    added = [aws.joined(group, user) for _ in range(2)]
    return added[0] == added[1] and _member_names(aws.quicksight.list_group_memberships(GroupName=group)) == [user]


@fact(REPORT, f"{PROVIDER}, acceptance tests", expect=NOT_FOUND)
def members_of_a_missing_group(aws: Probe) -> object:
    """ListGroupMemberships fails with ResourceNotFoundException for a missing group, and returns no empty list."""
    return aws.refusal(lambda: aws.quicksight.list_group_memberships(GroupName=aws.name()))


@fact(MODEL, "ListUserGroups", expect=NOT_FOUND)
def groups_of_a_missing_user(aws: Probe) -> object:
    """ListUserGroups fails with ResourceNotFoundException for a missing user."""
    return aws.refusal(lambda: aws.quicksight.list_user_groups(UserName=aws.name()))


@fact(MODEL, "DescribeGroupMembership", expect=NOT_FOUND)
def missing_membership(aws: Probe) -> object:
    """DescribeGroupMembership fails with ResourceNotFoundException for a user who is not a member."""
    group, user = aws.quicksight_group(), aws.quicksight_user()
    return aws.refusal(lambda: aws.quicksight.describe_group_membership(GroupName=group, MemberName=user))


@fact(UNVERIFIED, "no source", expect=Refusal("ResourceNotFoundException", members={"ResourceType": "USER"}))
def missing_memberships_have_a_type(aws: Probe) -> object:
    """The error for a user who is not a member has the ResourceType USER."""
    group, user = aws.quicksight_group(), aws.quicksight_user()
    return aws.refusal(lambda: aws.quicksight.describe_group_membership(GroupName=group, MemberName=user))


@fact(UNVERIFIED, "no source", expect=NOT_FOUND)
def missing_members_can_not_be_removed(aws: Probe) -> object:
    """Removing a user who is not a member fails with ResourceNotFoundException."""
    group, user = aws.quicksight_group(), aws.quicksight_user()
    return aws.refusal(lambda: aws.quicksight.delete_group_membership(GroupName=group, MemberName=user))


@fact(MODEL, "ListGroupMemberships, MaxResults", expect=NOT_VALID)
def pages_have_at_most_100_members(aws: Probe) -> object:
    """A page of ListGroupMemberships has at most 100 members: a higher MaxResults is refused."""
    group = aws.quicksight_group()
    return aws.refusal(lambda: aws.quicksight.list_group_memberships(GroupName=group, MaxResults=101))


@fact(UNVERIFIED, "no source", expect=[])
def deleted_users_leave_groups(aws: Probe) -> object:
    """Deleting a user removes it from its groups."""
    group, user = aws.quicksight_group(), aws.quicksight_user()
    aws.joined(group, user)
    aws.quicksight.delete_user(UserName=user)
    return _member_names(aws.quicksight.list_group_memberships(GroupName=group))


@fact(UNVERIFIED, "no source", expect=[[], []])
def deleted_groups_lose_their_members(aws: Probe) -> object:
    """Deleting a group ends its memberships: its users are in no group, and a new group of the name is empty."""
    group, user = aws.quicksight_group(), aws.quicksight_user()
    aws.joined(group, user)
    aws.quicksight.delete_group(GroupName=group)
    groups = _group_names(aws.quicksight.list_user_groups(UserName=user))
    aws.quicksight_group(group)
    return [groups, _member_names(aws.quicksight.list_group_memberships(GroupName=group))]


# --- other accounts


@fact(UNVERIFIED, "ListUsers does so", expect=True, mode=Mode.NO_PRINCIPAL)
def members_without_a_principal(aws: Probe) -> object:
    """If the IAM user or role of a member is deleted, the MemberName and the Arn are `N/A`."""
    for group in _group_names(aws.quicksight.list_groups()):
        members = aws.quicksight.list_group_memberships(GroupName=group)["GroupMemberList"]
        if {"MemberName": "N/A", "Arn": "N/A"} in members:
            return True
    return False


@fact(DOCUMENTATION, "QuickSight user guide, on groups", expect=Refusal(), mode=Mode.IDENTITY_CENTER)
def identity_center_manages_groups(aws: Probe) -> object:
    """If IAM Identity Center manages QuickSight's users, groups can't be created in QuickSight."""
    return aws.refusal(aws.quicksight_group)
