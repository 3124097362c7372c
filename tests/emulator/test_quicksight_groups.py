"""QuickSight's rules about groups and their members, over HTTP."""

from typing import Any

import pytest
from emulator.asking import ACCOUNT, Ask, QuickSight, refused

from pulumi_identity.emulator import Emulator

ROLE = f"arn:aws:iam::{ACCOUNT}:role/path/Role"
BAD = "InvalidParameterValueException"
GONE = "ResourceNotFoundException"


def names(answer: dict[str, Any]) -> list[str]:
    return [group["GroupName"] for group in answer["GroupList"]]


def members(quicksight: QuickSight, group: str = "g") -> list[str]:
    return [member["MemberName"] for member in quicksight.list_group_memberships(GroupName=group)["GroupMemberList"]]


def test_a_group_is_answered_as_it_was_created(quicksight: QuickSight) -> None:
    answer = quicksight.create_group(GroupName="g", Description="Gets all")
    group = answer["Group"]
    assert answer["Status"] == 201
    assert group == {
        "Arn": f"arn:aws:quicksight:us-east-1:{ACCOUNT}:group/default/g",
        "GroupName": "g",
        "Description": "Gets all",
        "PrincipalId": group["PrincipalId"],
    }
    assert quicksight.describe_group(GroupName="g")["Group"] == group
    assert quicksight.list_groups()["GroupList"] == [group]


def test_an_update_sets_the_description_or_removes_it(quicksight: QuickSight) -> None:
    group = quicksight.create_group(GroupName="g")["Group"]
    assert "Description" not in group
    changed = quicksight.update_group(GroupName="g", Description="Gets some")["Group"]
    assert changed == {**group, "Description": "Gets some"}
    assert quicksight.update_group(GroupName="g")["Group"] == group
    assert quicksight.describe_group(GroupName="g")["Group"] == group


@pytest.mark.parametrize("name", ["a/b", "with space", "o'Brien", "José", "a%2Fb", "a?b#c", "x&y=z", "a+b", "ÿ"])
def test_awkward_names(quicksight: QuickSight, name: str) -> None:
    group = quicksight.create_group(GroupName=name)["Group"]
    assert group["GroupName"] == name
    user = quicksight.user(name)["User"]["UserName"]
    quicksight.create_group_membership(GroupName=name, MemberName=user)
    assert members(quicksight, name) == [user]
    assert names(quicksight.list_user_groups(UserName=user)) == [name]
    quicksight.delete_group_membership(GroupName=name, MemberName=user)
    quicksight.delete_group(GroupName=name)
    assert names(quicksight.list_groups()) == []


@pytest.mark.parametrize(
    "arguments", [{"GroupName": "Ā"}, {"GroupName": ""}, {"Description": ""}, {"Description": "x" * 513}]
)
def test_what_creation_refuses(quicksight: QuickSight, arguments: dict[str, Any]) -> None:
    with refused(BAD) as refusal:
        quicksight.create_group(**{"GroupName": "g", **arguments})
    assert refusal.status == 400
    assert names(quicksight.list_groups()) == []


def test_names_are_unique_in_a_namespace(ask: Ask, aws: Emulator, quicksight: QuickSight) -> None:
    aws.quicksight.namespaces.add("other")
    quicksight.create_group(GroupName="g")
    quicksight.create_group(GroupName="g", Namespace="other")
    with refused("ResourceExistsException", ResourceType="GROUP") as refusal:
        quicksight.create_group(GroupName="g")
    assert refusal.status == 409
    quicksight.delete_group(GroupName="g", Namespace="other")
    assert names(quicksight.list_groups()) == ["g"]


def test_what_is_not_there(quicksight: QuickSight) -> None:
    quicksight.user()
    for call in (
        quicksight.describe_group,
        quicksight.update_group,
        quicksight.delete_group,
        quicksight.list_group_memberships,
        lambda **group: quicksight.create_group_membership(**group, MemberName="jo"),
        lambda **group: quicksight.describe_group_membership(**group, MemberName="jo"),
        lambda **group: quicksight.delete_group_membership(**group, MemberName="jo"),
    ):
        with refused(GONE, ResourceType="GROUP") as refusal:
            call(GroupName="g")
        assert refusal.status == 404
    quicksight.create_group(GroupName="g")
    for call in (
        lambda: quicksight.list_user_groups(UserName="al"),
        lambda: quicksight.create_group_membership(GroupName="g", MemberName="al"),
        lambda: quicksight.describe_group_membership(GroupName="g", MemberName="jo"),
        lambda: quicksight.delete_group_membership(GroupName="g", MemberName="jo"),
    ):
        with refused(GONE, ResourceType="USER"):
            call()


def test_pages_and_searches(quicksight: QuickSight) -> None:
    for number in range(7):
        quicksight.create_group(GroupName=f"{'odd' if number % 2 else 'even'} {number}")
    first = quicksight.list_groups(MaxResults=4)
    second = quicksight.list_groups(MaxResults=4, NextToken=first["NextToken"])
    assert len(names(first)) == 4
    assert "NextToken" not in second
    assert sorted(names(first) + names(second)) == ["even 0", "even 2", "even 4", "even 6", "odd 1", "odd 3", "odd 5"]
    search = {"Filters": [{"Operator": "StartsWith", "Name": "GROUP_NAME", "Value": "odd"}], "MaxResults": 2}
    odd = quicksight.search_groups(**search)
    assert names(odd) == ["odd 1", "odd 3"]
    assert names(quicksight.search_groups(**search, NextToken=odd["NextToken"])) == ["odd 5"]
    with refused("InvalidNextTokenException"):
        quicksight.list_groups(NextToken=odd["NextToken"])


def test_pages_of_members_and_of_a_users_groups(quicksight: QuickSight, aws: Emulator) -> None:
    people, groups = [f"user {number}" for number in range(5)], [f"group {number}" for number in range(5)]
    aws.quicksight.seed_users(people, ACCOUNT)
    for group in groups:
        quicksight.create_group(GroupName=group)
        quicksight.create_group_membership(GroupName=group, MemberName=people[0])
    for user in people[1:]:
        quicksight.create_group_membership(GroupName=groups[0], MemberName=user)

    def pages(operation: str, items: str, **arguments: Any) -> list[list[str]]:
        paginator = quicksight.client.get_paginator(operation)
        place = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
        pages = paginator.paginate(**place, **arguments, PaginationConfig={"PageSize": 2})
        return [[item.get("GroupName") or item["MemberName"] for item in page[items]] for page in pages]

    assert pages("list_group_memberships", "GroupMemberList", GroupName=groups[0]) == [
        people[:2],
        people[2:4],
        people[4:],
    ]
    assert pages("list_user_groups", "GroupList", UserName=people[0]) == [groups[:2], groups[2:4], groups[4:]]


@pytest.mark.parametrize(
    ("operation", "arguments", "code"),
    [
        ("list_groups", {}, "InvalidNextTokenException"),
        ("list_group_memberships", {"GroupName": "g"}, "InvalidNextTokenException"),
        ("list_user_groups", {"UserName": "jo"}, BAD),  # the model has no other error for it
    ],
)
def test_what_a_page_can_be(quicksight: QuickSight, operation: str, arguments: dict[str, Any], code: str) -> None:
    quicksight.user()
    quicksight.create_group(GroupName="g")
    ask = getattr(quicksight, operation)
    with refused(code):
        ask(**arguments, NextToken="other")
    for size in (0, 101):
        with refused(BAD):
            ask(**arguments, MaxResults=size)
    assert "NextToken" not in ask(**arguments, MaxResults=100)


def test_members_are_users_and_leave_with_them(quicksight: QuickSight) -> None:
    user = quicksight.iam(ROLE, SessionName="se")
    member = {"MemberName": user["UserName"], "Arn": user["Arn"]}
    for group in ("g", "h"):
        quicksight.create_group(GroupName=group)
    for _ in range(2):
        added = quicksight.create_group_membership(GroupName="g", MemberName=user["UserName"])
        assert added["GroupMember"] == member
    assert quicksight.describe_group_membership(GroupName="g", MemberName=user["UserName"])["GroupMember"] == member
    assert members(quicksight) == [user["UserName"]]
    assert names(quicksight.list_user_groups(UserName=user["UserName"])) == ["g"]
    quicksight.delete_user(UserName=user["UserName"])
    assert members(quicksight) == []


def test_a_member_is_a_user_of_the_same_namespace(quicksight: QuickSight, aws: Emulator) -> None:
    aws.quicksight.namespaces.add("other")
    quicksight.user()
    quicksight.create_group(GroupName="g", Namespace="other")
    quicksight.create_group(GroupName="jo", Namespace="other")
    with refused(GONE, ResourceType="USER"):
        quicksight.create_group_membership(GroupName="g", MemberName="jo", Namespace="other")
    assert quicksight.list_group_memberships(GroupName="g", Namespace="other")["GroupMemberList"] == []


def test_a_member_without_a_principal_is_not_available(quicksight: QuickSight, aws: Emulator) -> None:
    user = quicksight.iam(ROLE, SessionName="se")
    quicksight.create_group(GroupName="g")
    quicksight.create_group_membership(GroupName="g", MemberName=user["UserName"])
    aws.quicksight.remove_iam_principal(ROLE)
    (member,) = quicksight.list_group_memberships(GroupName="g")["GroupMemberList"]
    assert member == {"MemberName": "N/A", "Arn": "N/A"}
    with refused(GONE, ResourceType="USER"):
        quicksight.delete_group_membership(GroupName="g", MemberName="N/A")
    quicksight.delete_user_by_principal_id(PrincipalId=user["PrincipalId"])
    assert members(quicksight) == []


def test_groups_that_identity_center_manages(quicksight: QuickSight, aws: Emulator) -> None:
    quicksight.user()
    group = quicksight.create_group(GroupName="g")["Group"]
    quicksight.create_group_membership(GroupName="g", MemberName="jo")
    aws.quicksight.identity_center = True
    for call in (
        lambda: quicksight.create_group(GroupName="h"),
        lambda: quicksight.update_group(GroupName="g", Description="Gets all"),
        lambda: quicksight.delete_group(GroupName="g"),
        lambda: quicksight.create_group_membership(GroupName="g", MemberName="jo"),
        lambda: quicksight.delete_group_membership(GroupName="g", MemberName="jo"),
    ):
        with refused("AccessDeniedException") as refusal:
            call()
        assert refusal.message == "Operation is disabled for identities managed by IAM Identity Center"
    assert quicksight.list_groups()["GroupList"] == [group]
    assert members(quicksight) == ["jo"]


def test_a_group_of_the_same_name_is_another_one(quicksight: QuickSight) -> None:
    quicksight.user()
    principals = []
    for _ in range(2):
        principals.append(quicksight.create_group(GroupName="g")["Group"]["PrincipalId"])
        assert members(quicksight) == []
        quicksight.create_group_membership(GroupName="g", MemberName="jo")
        quicksight.delete_group(GroupName="g")
    assert principals[0] != principals[1]
    assert names(quicksight.list_user_groups(UserName="jo")) == []


def test_a_reset_forgets_groups(quicksight: QuickSight, aws: Emulator) -> None:
    quicksight.create_group(GroupName="g")
    aws.quicksight.reset()
    assert names(quicksight.list_groups()) == []
