"""All members of a QuickSight group: who joins, who leaves, and who must stay."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from contract.host import Host, Refused, new_command
from rules.answers import spoilt
from rules.sales import ACCOUNT, PLACE, SALES, Sales, a_set, declared, delete, update

from pulumi_identity import (
    AlreadyExists,
    Denied,
    IdentityError,
    NotFound,
    QuickSightGroup,
    QuickSightGroupMembers,
    Unavailable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

GROUP_ARN = f"arn:aws:quicksight:us-east-1:{ACCOUNT}:group/default/Sales"


# Exclusive sets


def test_the_group_has_exactly_the_declared_members(sales: Sales) -> None:
    host = a_set(declared("jo", "ann"))
    assert host.id == f"{GROUP_ARN}/members"
    assert sales.members == {"jo", "ann"}
    host.up(declared("jo", "Role/mallory"))
    assert sales.members == {"jo", "Role/mallory"}
    host.destroy()
    assert sales.members == set()


def test_a_stranger_is_in_the_next_preview_and_then_removed(sales: Sales, aws: Emulator) -> None:
    host = a_set(declared("jo"))
    sales.add("eve")
    aws.calls.clear()
    assert host.refresh()
    assert aws.calls.by_operation() == {"quicksight:ListGroupMemberships": 1}
    assert host.inputs["members"] == {"jo": "jo", "eve": "eve"}
    assert host.preview(declared("jo")) == ("update", ["members"])
    host.up(declared("jo"))
    assert sales.members == {"jo"}
    assert host.refresh()
    assert host.preview(declared("jo")) == ("same", [])


def test_a_declared_member_who_was_removed_is_added_again(sales: Sales) -> None:
    host = a_set(declared("jo", "ann"))
    sales.remove("ann")
    assert host.refresh()
    assert host.preview(declared("jo", "ann")) == ("update", ["members"])
    host.up(declared("jo", "ann"))
    assert sales.members == {"jo", "ann"}


def test_a_member_whom_the_listing_lacks_is_looked_up(sales: Sales, aws: Emulator) -> None:
    """AWS may list a new member late."""
    host = a_set(declared("jo", "ann"))
    sales.remove("ann")
    aws.calls.clear()
    with spoilt("quicksight", ("ListGroupMemberships",), lambda _: b'{"GroupMemberList": []}'):
        assert host.refresh()
    assert aws.calls.count(operation="DescribeGroupMembership") == 2
    assert host.outputs["members"] == {"jo": "jo"}


def test_an_empty_set_empties_the_group(sales: Sales) -> None:
    host = a_set(declared("jo"))
    host.up(declared())
    assert sales.members == set()
    assert host.refresh()
    assert host.preview(declared()) == ("same", [])


def test_a_set_over_other_members_fails_and_names_them(sales: Sales) -> None:
    sales.add("eve", "jo", "Role/mallory")
    with pytest.raises(AlreadyExists, match="the group also has the members Role/mallory, eve — add them to `members`"):
        Host(QuickSightGroupMembers).up(declared("jo"))
    assert sales.members == {"eve", "jo", "Role/mallory"}


def test_adoption_removes_other_members_and_keeps_declared_ones(sales: Sales, aws: Emulator) -> None:
    sales.add("eve", "jo")
    aws.calls.clear()
    a_set(declared("jo", "ann", adopt=True))
    assert sales.members == {"jo", "ann"}
    added = [call for call in aws.calls if call.operation == "CreateGroupMembership"]
    assert len(added) == 1, "jo stays without a call"


def test_one_user_under_two_labels_fails(sales: Sales) -> None:
    with pytest.raises(Refused, match="must not contain the same member twice"):
        Host(QuickSightGroupMembers).up(declared(members={"a": "jo", "b": "jo"}))


def test_a_changed_label_makes_no_call(sales: Sales, aws: Emulator) -> None:
    host = a_set(declared(members={"boss": "jo"}))
    aws.calls.clear()
    host.up(declared("jo"))
    assert {call.operation for call in aws.calls} <= {"DescribeGroup", "GetCallerIdentity"}
    assert sales.members == {"jo"}
    assert host.outputs["members"] == {"jo": "jo"}


# Additive sets


def test_an_additive_set_leaves_others_alone_and_lists_them(sales: Sales) -> None:
    sales.add("eve")
    program = declared("jo", exclusive=False)
    host = a_set(program)
    assert host.outputs["other_members"] == {"eve": "eve"}
    sales.add("bob")
    assert host.refresh()
    assert host.outputs["other_members"] == {"bob": "bob", "eve": "eve"}
    assert host.preview(program) == ("same", [])
    host.up(declared("ann", exclusive=False))
    assert sales.members == {"ann", "bob", "eve"}
    host.destroy()
    assert sales.members == {"bob", "eve"}


def test_a_set_that_becomes_exclusive_removes_everyone_else(sales: Sales) -> None:
    sales.add("eve")
    host = a_set(declared("jo", exclusive=False))
    sales.add("bob")
    host.up(declared("jo"))
    assert sales.members == {"jo"}


def test_it_also_adds_a_declared_member_whom_a_person_removed(sales: Sales) -> None:
    """State has the member and AWS does not, so the set claims the membership that it adds."""
    host = a_set(declared("jo", exclusive=False))
    sales.remove("jo")
    host.up(declared("jo"))
    assert sales.members == {"jo"}


# Failures


@pytest.mark.parametrize("operation", ["CreateGroupMembership", "DeleteGroupMembership"])
def test_an_update_that_fails_half_way_converges(operation: str, sales: Sales, aws: Emulator) -> None:
    host = a_set(declared("jo", "ann", "bob"))
    aws.faults.fail("quicksight", operation, "PreconditionNotMetException")
    wanted = declared("jo", "eve", "Role/mallory")
    with pytest.raises(IdentityError, match=r"1 of 4 changes failed: (adding|removing)"):
        host.up(wanted)
    assert "jo" in sales.members
    assert host.refresh()
    host.up(wanted)
    assert sales.members == {"jo", "eve", "Role/mallory"}
    assert host.preview(wanted) == ("same", [])


def test_a_create_that_fails_half_way_undoes_nothing(sales: Sales, aws: Emulator) -> None:
    aws.faults.fail("quicksight", "CreateGroupMembership", "PreconditionNotMetException")
    with pytest.raises(IdentityError, match="1 of 2 changes failed"):
        Host(QuickSightGroupMembers).up(declared("jo", "ann"))
    assert len(sales.members) == 1
    a_set(declared("jo", "ann"))
    assert sales.members == {"jo", "ann"}


def test_all_failures_are_named(sales: Sales) -> None:
    with pytest.raises(NotFound) as caught:
        Host(QuickSightGroupMembers).up(declared("jo", "nowhere", "unknown user"))
    message = str(caught.value)
    assert message.startswith(f"creating QuickSight Group Members ({ACCOUNT}/default/Sales): 2 of 3 changes failed: ")
    assert "adding nowhere: ResourceNotFoundException: User nowhere not found — check the user's name" in message
    assert "adding unknown user: ResourceNotFoundException: User unknown user not found" in message
    assert sales.members == {"jo"}


def test_a_lost_answer_adds_the_member(sales: Sales, aws: Emulator) -> None:
    aws.faults.drop("quicksight", "CreateGroupMembership")
    a_set(declared("jo"))
    assert sales.members == {"jo"}


@pytest.mark.usefixtures("impatient")
def test_a_member_whose_addition_is_never_answered_is_looked_up(sales: Sales, aws: Emulator) -> None:
    aws.faults.drop("quicksight", "CreateGroupMembership", times=100)
    host = a_set(declared("jo"))
    aws.faults.clear()
    assert sales.members == {"jo"}
    assert host.refresh()
    assert host.preview(declared("jo")) == ("same", [])


def test_an_answer_about_another_member_is_not_believed(sales: Sales) -> None:
    def about_eve(body: bytes) -> bytes:
        return json.dumps({**json.loads(body), "GroupMember": {"MemberName": "eve", "Arn": "x"}}).encode()

    with (
        spoilt("quicksight", ("CreateGroupMembership", "DescribeGroupMembership"), about_eve),
        pytest.raises(Unavailable, match="DescribeGroupMembership returned MemberName eve, not jo"),
    ):
        Host(QuickSightGroupMembers).up(declared("jo"))


def test_a_listing_without_names_removes_nobody(sales: Sales) -> None:
    host = a_set(declared("jo"))
    with (
        spoilt("quicksight", ("ListGroupMemberships",), lambda _: b'{"GroupMemberList": [{"Arn": "x"}]}'),
        pytest.raises(Unavailable, match="incomplete"),
    ):
        host.refresh()


def test_accounts_of_identity_center_refuse_with_one_line(sales: Sales, aws: Emulator) -> None:
    aws.quicksight.identity_center = True
    with pytest.raises(Denied) as caught:
        Host(QuickSightGroupMembers).up(declared("jo"))
    (line,) = caught.value.message.splitlines()
    assert line.startswith(f"creating QuickSight Group Members ({ACCOUNT}/default/Sales): adding jo: ")
    assert line.endswith("manage Group and GroupMembership instead")


# What is gone


def test_a_missing_group_is_gone(sales: Sales, client: Callable[[str], Any], aws: Emulator) -> None:
    host = a_set(declared("jo", "ann"))
    client("quicksight").delete_group(**SALES)
    gone = deepcopy(host)
    aws.calls.clear()
    host.destroy()
    assert aws.calls.by_operation() == {"quicksight:DescribeGroup": 1, "quicksight:ListGroups": 1}
    assert not gone.refresh()


def test_an_update_of_a_missing_group_is_one_error(sales: Sales, client: Callable[[str], Any], aws: Emulator) -> None:
    host = a_set(declared("jo"))
    client("quicksight").delete_group(**SALES)
    with pytest.raises(NotFound, match=r"updating QuickSight Group Members .+: Group Sales not found — "):
        host.up(declared("jo", "ann", "bob"))
    assert aws.calls.count(operation="CreateGroupMembership") == 1, "no call for ann and bob"


@pytest.mark.parametrize("missing", ["namespace", "subscription"])
def test_a_missing_namespace_or_subscription_is_an_error(missing: str, sales: Sales, aws: Emulator) -> None:
    host = a_set(declared("jo"))
    if missing == "namespace":
        aws.quicksight.namespaces.remove("default")
    else:
        aws.quicksight.not_subscribed.add(ACCOUNT)
    with pytest.raises(NotFound, match="reading QuickSight Group Members"):
        host.refresh()
    with pytest.raises(NotFound, match="deleting QuickSight Group Members"):
        host.destroy()


def test_a_member_who_is_gone_already_is_removed(sales: Sales, client: Callable[[str], Any]) -> None:
    host = a_set(declared("jo", "ann"))
    client("quicksight").delete_user(**PLACE, UserName="ann")
    host.up(declared("jo"))
    assert sales.members == {"jo"}


def test_a_set_of_a_missing_group_is_not_created(aws: Emulator) -> None:
    with pytest.raises(NotFound, match="Group Sales not found — check `group_name`"):
        Host(QuickSightGroupMembers).up(declared("jo"))


def test_members_without_an_iam_principal_are_left_out(
    sales: Sales, aws: Emulator, client: Callable[[str], Any]
) -> None:
    """AWS returns N/A as their name, so a request can't name them."""
    arn = f"arn:aws:iam::{ACCOUNT}:user/gone"
    request = {"IdentityType": "IAM", "IamArn": arn, "Email": "gone@example.com", "UserRole": "READER"}
    client("quicksight").register_user(**PLACE, **request)
    host = a_set(declared("jo"))
    sales.add("gone")
    aws.quicksight.remove_iam_principal(arn)
    assert sales.members == {"jo", "N/A"}
    assert host.refresh()
    assert host.preview(declared("jo")) == ("same", [])
    host.up(declared("ann"))
    assert sales.members == {"ann", "N/A"}


# Names that contain /members


def test_an_id_ends_with_its_last_part() -> None:
    parse = Host(QuickSightGroupMembers).kind.parse_id
    assert parse(f"{GROUP_ARN}/members")["group_name"] == "Sales"
    assert parse(f"{GROUP_ARN}/members/members")["group_name"] == "Sales/members"
    for id_ in (GROUP_ARN, f"{GROUP_ARN}/members/", "Sales/members", "arn:aws:quicksight:us-east-1:1:group/d/members"):
        with pytest.raises(IdentityError, match="invalid id"):
            parse(id_)


def test_a_group_with_the_id_of_a_set_is_another_entity(sales: Sales, client: Callable[[str], Any]) -> None:
    """The ARN of the group Sales/members is the id of the members of Sales."""
    host = a_set(declared("jo"))
    group = Host(QuickSightGroup)
    group.up({"group_name": "Sales/members"})
    assert group.id == host.id
    new_command()
    update(host, declared("ann"))
    update(group, {"group_name": "Sales/members", "description": "Not the members of Sales"})
    new_command()
    update(host, declared("jo"))
    delete(group)
    groups = client("quicksight").list_groups(**PLACE)["GroupList"]
    assert [group["GroupName"] for group in groups] == ["Sales"]
    assert sales.members == {"jo"}


# Scale


def test_many_members_cost_one_listing(aws: Emulator, sales: Sales) -> None:
    names = [f"user-{number:04}" for number in range(250)]
    aws.quicksight.seed_users(names, ACCOUNT)
    host = a_set(declared(*names))
    assert len(host.outputs["__memberships"]) == 250
    aws.calls.clear()
    assert host.refresh()
    assert aws.calls.by_operation() == {"quicksight:ListGroupMemberships": 3}
