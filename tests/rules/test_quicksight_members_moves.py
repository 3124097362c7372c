"""Sets of QuickSight members beside other resources of the program: the people stay."""

from __future__ import annotations

import threading
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from contract.host import Host
from rules.sales import ACCOUNT, PLACE, Sales, a_set, create, declared, delete, plan, update

from pulumi_identity import (
    AlreadyExists,
    Conflict,
    Denied,
    IdentityError,
    NotFound,
    QuickSightGroup,
    QuickSightGroupMembers,
    QuickSightUser,
)
from pulumi_identity.aws import process

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator


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


def test_a_changed_set_keeps_what_an_old_name_would_remove(
    sales: Sales, aws: Emulator, new_run: Callable[[], None]
) -> None:
    """An earlier run failed: state has the set under both names. The engine deletes the old one last."""
    old = a_set(declared("jo", "ann"))
    new = deepcopy(old)
    new_run()  # also forgets the account of the credentials
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
    aws.faults.before("quicksight", "DescribeGroupMembership", go_on.set)
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
