"""All members of a QuickSight group: who joins, who leaves, and who must stay."""

from __future__ import annotations

import json
import threading
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from contract.host import Host, Refused, new_command, wire
from rules.answers import spoilt

from pulumi_identity import (
    AlreadyExists,
    Conflict,
    Denied,
    IdentityError,
    NotFound,
    QuickSightGroup,
    QuickSightGroupMembers,
    QuickSightUser,
    Unavailable,
)
from pulumi_identity.aws import process

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

ACCOUNT = "123456789012"
PLACE = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
SALES = PLACE | {"GroupName": "Sales"}
GROUP_ARN = f"arn:aws:quicksight:us-east-1:{ACCOUNT}:group/default/Sales"


class Sales:
    """The group Sales as another administrator sees it."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def add(self, *names: str) -> None:
        for name in names:
            self._client.create_group_membership(**SALES, MemberName=name)

    def remove(self, name: str) -> None:
        self._client.delete_group_membership(**SALES, MemberName=name)

    @property
    def members(self) -> set[str]:
        return {member["MemberName"] for member in self._client.list_group_memberships(**SALES)["GroupMemberList"]}


@pytest.fixture
def sales(aws: Emulator, client: Callable[[str], Any]) -> Sales:
    """A group without members, and users of its namespace."""
    aws.quicksight.seed_users(["jo", "ann", "bob", "eve", "Role/mallory"], ACCOUNT)
    client("quicksight").create_group(**SALES)
    return Sales(client("quicksight"))


def declared(*names: str, **more: Any) -> dict[str, Any]:
    """Return a program with a set of the group Sales. The account is that of the credentials."""
    return {"group_name": "Sales", "members": {name: name for name in names}, **more}


def a_set(program: dict[str, Any]) -> Host:
    """Create a set in a run of its own."""
    host = Host(QuickSightGroupMembers)
    host.up(program)
    new_command()
    return host


def create(resource: Any, program: dict[str, Any]) -> Host:
    """Create a resource in the current run."""
    host = Host(resource)
    host.inputs = host._check(program)
    made = host.provider.create(wire(host.inputs))
    host.id, host.outputs = made.id, wire(made.outs)
    return host


def plan(host: Host, program: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Return the inputs and the diff of a resource in the current run. `Host.preview` is a run of its own."""
    inputs = host._check(program)
    return inputs, host.provider.diff(host.id, wire(host.outputs), wire(inputs))


def update(host: Host, program: dict[str, Any]) -> None:
    """Preview and update a resource in the current run."""
    inputs, diff = plan(host, program)
    assert diff.changes is not False
    assert not diff.replaces
    host.outputs = wire(host.provider.update(host.id, wire(host.outputs), wire(inputs)).outs)
    host.inputs = inputs


def delete(host: Host) -> None:
    """Delete a resource in the current run."""
    host.provider.delete(host.id, wire(host.outputs))


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
        spoilt("quicksight", ("CreateGroupMembership",), about_eve),
        spoilt("quicksight", ("ListGroupMemberships",), lambda _: b'{"GroupMemberList": []}'),
        pytest.raises(Unavailable, match="CreateGroupMembership returned MemberName eve, not jo"),
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
    disabled = "Operation is disabled for identities managed by IAM Identity Center"
    aws.faults.fail("quicksight", "CreateGroupMembership", "AccessDeniedException", times=2, message=disabled)
    with pytest.raises(Denied) as caught:
        Host(QuickSightGroupMembers).up(declared("jo"))
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"creating QuickSight Group Members ({ACCOUNT}/default/Sales): adding jo: ")
    assert line.endswith("manage Group and GroupMembership instead")


# What is gone


def test_a_missing_group_is_gone(sales: Sales, client: Callable[[str], Any]) -> None:
    host = a_set(declared("jo"))
    client("quicksight").delete_group(**SALES)
    gone = deepcopy(host)
    host.destroy()
    assert not gone.refresh()


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


# Other resources of the program


def test_a_set_with_a_new_name_in_the_program_removes_no_member(sales: Sales, aws: Emulator) -> None:
    old = a_set(declared("jo", "ann"))
    aws.calls.clear()
    create(QuickSightGroupMembers, declared("jo", "ann"))
    delete(old)
    assert sales.members == {"jo", "ann"}
    assert not aws.calls.count(operation="DeleteGroupMembership")


def test_the_program_may_set_the_account_at_the_same_time(sales: Sales) -> None:
    old = a_set(declared("jo"))
    create(QuickSightGroupMembers, declared("jo", aws_account_id=ACCOUNT))
    delete(old)
    assert sales.members == {"jo"}


def test_a_changed_set_keeps_what_an_old_name_would_remove(sales: Sales, aws: Emulator) -> None:
    """An earlier run failed: state has the set under both names. The engine deletes the old one last."""
    old = a_set(declared("jo", "ann"))
    new = deepcopy(old)
    aws.calls.clear()
    plan(new, declared("jo", "bob"))
    assert not list(aws.calls), "a preview makes no call"
    delete(old)
    assert sales.members == {"jo"}


def test_a_set_that_could_not_be_created_keeps_the_members_of_the_old_one(sales: Sales, aws: Emulator) -> None:
    old = a_set(declared("jo"))
    aws.faults.fail("quicksight", "ListGroupMemberships", "AccessDeniedException")
    with pytest.raises(Denied):
        create(QuickSightGroupMembers, declared("jo"))
    with pytest.raises(Conflict, match="refusing to delete QuickSight Group Membership"):
        delete(old)
    assert sales.members == {"jo"}


def test_a_member_who_could_not_be_added_is_not_removed_under_the_old_name(sales: Sales, aws: Emulator) -> None:
    old = a_set(declared("jo", exclusive=False))
    sales.remove("jo")
    aws.faults.fail("quicksight", "CreateGroupMembership", "PreconditionNotMetException")
    with pytest.raises(IdentityError):
        create(QuickSightGroupMembers, declared("jo", exclusive=False))
    sales.add("jo")
    with pytest.raises(Conflict, match="declares this QuickSight membership"):
        delete(old)
    assert sales.members == {"jo"}


def test_a_member_who_moves_between_two_sets_stays(sales: Sales, aws: Emulator) -> None:
    """One set is replaced. AWS reports no conflict for a member who is there, so the addition waits for the removal."""
    one, other = a_set(declared("jo", exclusive=False)), a_set(declared("bob", exclusive=False))
    removing, go_on = threading.Event(), threading.Event()

    def remove_only_later() -> None:
        removing.set()
        go_on.wait(20)

    aws.faults.before("quicksight", "DeleteGroupMembership", remove_only_later)
    aws.faults.before("quicksight", "ListGroupMemberships", go_on.set)
    leaving = threading.Thread(target=delete, args=(one,))
    leaving.start()
    assert removing.wait(20)
    update(other, declared("bob", "jo", exclusive=False))
    leaving.join()
    assert sales.members == {"jo", "bob"}


def test_a_removal_that_does_not_end_fails_the_addition(
    sales: Sales, aws: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = a_set(declared("jo", exclusive=False)), a_set(declared("bob", exclusive=False))
    monkeypatch.setattr(process, "current", process.Process(process.Pauses(visible=0.2, poll=0.05)))
    removing, end = threading.Event(), threading.Event()

    def hang() -> None:
        removing.set()
        end.wait(20)

    aws.faults.before("quicksight", "DeleteGroupMembership", hang)
    leaving = threading.Thread(target=delete, args=(one,))
    leaving.start()
    try:
        assert removing.wait(20)
        with pytest.raises(Conflict, match="this run is deleting it under its old name — run the command again"):
            update(other, declared("bob", "jo", exclusive=False))
    finally:
        end.set()
        leaving.join()


def test_two_sets_of_one_group_fail_in_the_preview(sales: Sales) -> None:
    create(QuickSightGroupMembers, declared("jo", exclusive=False))
    with pytest.raises(Refused, match="is also the group of a QuickSightGroupMembers in this program"):
        create(QuickSightGroupMembers, declared("ann", exclusive=False))


OWN_ACCOUNT = {"exclusive": False, "aws_account_id": ACCOUNT}
"""A preview can't know that this is the account of the credentials."""


def test_a_second_set_cannot_have_the_members_of_the_first(sales: Sales) -> None:
    create(QuickSightGroupMembers, declared("jo", exclusive=False))
    with pytest.raises(Conflict, match="another resource in this program manages this QuickSight membership"):
        create(QuickSightGroupMembers, declared("jo", **OWN_ACCOUNT))
    assert sales.members == {"jo"}


def test_an_update_cannot_take_the_member_of_another_set(sales: Sales) -> None:
    one, other = a_set(declared("jo", exclusive=False)), a_set(declared("bob", **OWN_ACCOUNT))
    assert plan(one, one.inputs)[1].changes is False
    with pytest.raises(Conflict, match="another resource in this program manages this QuickSight membership"):
        update(other, declared("bob", "jo", **OWN_ACCOUNT))
    assert sales.members == {"jo", "bob"}


# Another group


@pytest.fixture
def team(sales: Sales, client: Callable[[str], Any]) -> Host:
    """A set of Sales with jo, in a stack with a second group."""
    client("quicksight").create_group(**PLACE, GroupName="Team")
    return a_set(declared("jo"))


def test_a_replacement_moves_the_members(team: Host, sales: Sales, client: Callable[[str], Any]) -> None:
    program = declared("jo", group_name="Team")
    assert team.preview(program) == ("replace", ["group_name"])
    team.up(program)
    assert sales.members == set()
    listed = client("quicksight").list_group_memberships(**PLACE, GroupName="Team")["GroupMemberList"]
    assert [member["MemberName"] for member in listed] == ["jo"]


@pytest.mark.parametrize("exclusive", [True, False])
def test_a_replacement_with_a_missing_group_fails_in_the_preview(exclusive: bool, team: Host, sales: Sales) -> None:
    with pytest.raises(NotFound, match=r"replacing .+Taem\): the group does not exist — check `group_name`"):
        team.preview(declared("jo", group_name="Taem", exclusive=exclusive))
    assert sales.members == {"jo"}


def test_a_group_that_the_program_creates_may_be_missing_in_the_preview(team: Host) -> None:
    Host(QuickSightGroup)._check({"group_name": "New", "aws_account_id": ACCOUNT})
    assert plan(team, declared("jo", group_name="New"))[1].replaces == ["group_name"]


def test_a_replacement_with_a_group_of_other_members_fails_in_the_preview(
    team: Host, sales: Sales, client: Callable[[str], Any]
) -> None:
    client("quicksight").create_group_membership(**PLACE, GroupName="Team", MemberName="eve")
    with pytest.raises(AlreadyExists, match="the group also has the members eve"):
        team.preview(declared("jo", group_name="Team"))
    assert sales.members == {"jo"}


# A group and a user of this run


def test_a_user_of_this_run_is_waited_for(sales: Sales, aws: Emulator) -> None:
    create(QuickSightUser, {"user_name": "new", "email": "new@example.com", "user_role": "READER"})
    aws.faults.fail("quicksight", "CreateGroupMembership", "ResourceNotFoundException", times=2, ResourceType="USER")
    create(QuickSightGroupMembers, declared("new"))
    assert sales.members == {"new"}


def test_a_group_of_this_run_is_waited_for(aws: Emulator, client: Callable[[str], Any]) -> None:
    aws.quicksight.seed_users(["jo"], ACCOUNT)
    create(QuickSightGroup, {"group_name": "Sales"})
    for operation in ("ListGroupMemberships", "CreateGroupMembership"):
        aws.faults.fail("quicksight", operation, "ResourceNotFoundException", times=2, ResourceType="GROUP")
    create(QuickSightGroupMembers, declared("jo"))
    assert Sales(client("quicksight")).members == {"jo"}


def test_a_user_of_an_earlier_run_is_not_waited_for(sales: Sales, aws: Emulator) -> None:
    aws.faults.fail("quicksight", "CreateGroupMembership", "ResourceNotFoundException", times=2, ResourceType="USER")
    with pytest.raises(NotFound):
        Host(QuickSightGroupMembers).up(declared("jo"))


# Scale


def test_many_members_cost_one_listing(aws: Emulator, sales: Sales) -> None:
    names = [f"user-{number:04}" for number in range(250)]
    aws.quicksight.seed_users(names, ACCOUNT)
    host = a_set(declared(*names))
    assert len(host.outputs["__memberships"]) == 250
    aws.calls.clear()
    assert host.refresh()
    assert aws.calls.by_operation() == {"quicksight:ListGroupMemberships": 3}
