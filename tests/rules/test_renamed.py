"""A resource that gets another name in the program is made, then deleted under the old one: nobody loses anything."""

from __future__ import annotations

import threading
from copy import copy
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import APPSTREAM, GROUP_EXAMPLE, MEMBERSHIP, QUICKSIGHT, USER
from contract.host import Host, new_command, wire

from pulumi_identity import AlreadyExists, Conflict
from pulumi_identity.aws import process
from pulumi_identity.provider.ownership import Ownership

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"
RESOURCES = {"user": USER, "group": GROUP_EXAMPLE, "reader": QUICKSIGHT, "viewer": APPSTREAM}


@pytest.fixture
def member(user: Person, group: Person) -> Host:
    """Somebody's place in a group."""
    user.up()
    group.up()
    host = Host(MEMBERSHIP.resource)
    host.up({"identity_store_id": STORE, "group_id": group.where()["GroupId"], "member_id": user.where()["UserId"]})
    new_command()  # it was made by an earlier run
    return host


def members(client: Callable[[str], Any], host: Host) -> list[str]:
    where = {"IdentityStoreId": STORE, "GroupId": host.inputs["group_id"]}
    listed = client("identitystore").list_group_memberships(**where)["GroupMemberships"]
    return [each["MembershipId"] for each in listed]


def test_a_renamed_membership_stays(member: Host, client: Callable[[str], Any]) -> None:
    before = members(client, member)
    made = member.provider.create(wire(member.inputs))
    member.provider.delete(member.id, wire(member.outputs))
    assert members(client, member) == before == [made.outs["membership_id"]]


def test_a_membership_that_is_just_being_deleted_is_made_anew(
    member: Host, client: Callable[[str], Any], aws: Emulator
) -> None:
    """Four resources are worked on side by side: what is found may be on its way out."""
    before = members(client, member)
    asked, found = threading.Event(), threading.Event()

    def delete_only_when_found() -> None:
        asked.set()
        found.wait(20)

    aws.faults.before("identitystore", "DeleteGroupMembership", delete_only_when_found)
    aws.faults.before("identitystore", "GetGroupMembershipId", found.set)
    deleting = threading.Thread(target=member.provider.delete, args=(member.id, wire(member.outputs)))
    deleting.start()
    assert asked.wait(20)
    made = member.provider.create(wire(member.inputs))
    deleting.join()
    assert members(client, member) == [made.outs["membership_id"]] != before


@pytest.mark.parametrize("who", ["user", "group", "reader", "viewer"])
def test_what_is_renamed_and_adopted_stays(who: str, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    person.up()
    old = person.host
    person.host = Host(RESOURCES[who].resource)
    new_command()
    said = person.said | {"adopt": True}
    made = person.host.provider.create(wire(person.host.provider.check({}, wire(said)).inputs))
    old.provider.delete(old.id, wire(old.outputs))
    person.host.id, person.host.outputs = made.id, wire(made.outs)
    assert made.id == old.id
    assert person.live()


def test_in_another_run_it_is_deleted(user: Person) -> None:
    """Dropping a person who was once adopted means it."""
    user.up()
    outputs, id_ = user.host.outputs, user.host.id
    user.host.id, user.host.outputs, user.host.inputs = "", {}, {}
    user.up(adopt=True)
    user.host.destroy()
    new_command()
    assert not user.host.id
    user.host.provider.delete(id_, wire(outputs))  # and under its old name too, it is gone already


def test_what_this_run_deletes_is_not_adopted(user: Person) -> None:
    user.up()
    new_command()
    process.get(Ownership).deleting.add(("identitystore", user.host.id))
    with pytest.raises(AlreadyExists, match="this run is deleting the user under its old name"):
        user.host.provider.create(wire(user.host.inputs | {"adopt": True}))


# What a run that failed elsewhere has left to the next one: both names are in state.


def test_the_old_name_of_a_membership_that_is_unchanged_takes_nothing_away(
    member: Host, client: Callable[[str], Any]
) -> None:
    before, old = members(client, member), copy(member)
    assert member.preview(member.inputs) == ("same", [])
    old.provider.delete(old.id, wire(old.outputs))
    assert members(client, member) == before


def test_the_old_name_of_a_person_who_changes_takes_nobody_away(user: Person) -> None:
    user.up()
    old = copy(user.host)
    user.up(title="Dr")
    old.provider.delete(old.id, wire(old.outputs))
    assert user.live()["Title"] == "Dr"


def test_what_a_refresh_compares_is_not_what_the_program_says(member: Host, client: Callable[[str], Any]) -> None:
    """The engine asks for a diff of whatever it has read, also of what the program drops."""
    found = member.provider.read(member.id, wire(member.outputs))
    assert member.provider.diff(member.id, wire(found.outs), wire(member.inputs)).changes is False
    member.provider.delete(member.id, wire(member.outputs))
    assert members(client, member) == []


BY_IAM = {"user_name": None, "identity_type": "IAM"}


@pytest.mark.parametrize(
    ("who", "one", "other"),
    [
        ("user", {"user_name": "jo"}, {"user_name": "ann"}),
        ("group", {"display_name": "Admins"}, {"display_name": "Readers"}),
        ("reader", {"user_name": "jo"}, {"user_name": "ann"}),
        ("reader", *(BY_IAM | {"iam_arn": f"arn:aws:iam::123456789012:user/{name}"} for name in ("jo", "ann"))),
        ("viewer", {"user_name": "jo@example.com"}, {"user_name": "ann@example.com"}),
    ],
    ids=str,
)
def test_what_the_program_drops_is_deleted_whoever_else_it_has(
    who: str, one: dict[str, Any], other: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    dropped: Person = request.getfixturevalue(who)
    dropped.up(**one)
    there = Host(RESOURCES[who].resource)
    there.up({name: value for name, value in (dropped.said | other).items() if value is not None})
    new_command()
    assert there.preview(there.inputs) == ("same", [])
    old = dropped.host
    assert old.provider.diff(old.id, wire(old.outputs), wire(old.inputs)).changes is False, "asked in a refresh"
    dropped.host.provider.delete(dropped.host.id, wire(dropped.host.outputs))
    assert not dropped.host.refresh()
    assert there.refresh()


@pytest.mark.parametrize("who", ["reader", "viewer"])
def test_one_that_was_gone_and_is_made_under_a_new_name_stays(who: str, request: pytest.FixtureRequest) -> None:
    """Their ids are their names: the one of the old name has the same."""
    person: Person = request.getfixturevalue(who)
    person.up()
    old = copy(person.host)
    person.host.destroy()
    person.up()
    old.provider.delete(old.id, wire(old.outputs))
    assert person.live()


@pytest.mark.parametrize("who", ["user", "group", "reader", "viewer"])
def test_the_old_name_is_not_deleted_where_the_new_one_could_not_be_made(
    who: str, request: pytest.FixtureRequest
) -> None:
    """With --continue-on-error: nobody would be left."""
    person: Person = request.getfixturevalue(who)
    person.up()
    new_command()
    with pytest.raises(AlreadyExists):
        person.host.provider.create(wire(person.host.inputs))
    with pytest.raises(
        Conflict, match=r"another resource in this program declares this .+ could not be created or updated"
    ):
        person.host.provider.delete(person.host.id, wire(person.host.outputs))
    assert person.live()
    person.host.destroy()


def test_a_namesake_in_another_account_is_another(viewer: Person, client: Callable[[str], Any]) -> None:
    """Taken over there, and taken out here, in one run."""
    there = Host(APPSTREAM.resource)
    there.up(viewer.said | {"role_arn": "arn:aws:iam::222222222222:role/People"})
    viewer.up()
    new_command()
    there.provider.create(wire(there.inputs | {"adopt": True}))
    viewer.host.provider.delete(viewer.host.id, wire(viewer.host.outputs))
    assert client("appstream").describe_users(AuthenticationType="USERPOOL")["Users"] == []


# Taken out of a group and put in again: the same place, by another id.


@pytest.fixture
def put_in_again(member: Host, client: Callable[[str], Any]) -> str:
    """Somebody has done so; the id that the place has now."""
    (before,) = members(client, member)
    store = client("identitystore")
    store.delete_group_membership(IdentityStoreId=STORE, MembershipId=before)
    where = {"GroupId": member.inputs["group_id"], "MemberId": {"UserId": member.inputs["member_id"]}}
    again = store.create_group_membership(IdentityStoreId=STORE, **where)
    return str(again["MembershipId"])


def test_a_membership_by_another_id_is_no_drift(member: Host, put_in_again: str) -> None:
    before = member.inputs
    assert member.refresh()
    assert member.id == f"{STORE}/{put_in_again}"
    assert member.outputs["membership_id"] == put_in_again
    assert put_in_again in member.outputs["membership_arn"]
    assert member.inputs == before
    assert member.preview(before) == ("same", [])


def test_whom_the_program_drops_is_out_of_the_group(
    member: Host, put_in_again: str, client: Callable[[str], Any]
) -> None:
    member.provider.delete(member.id, wire(member.outputs))
    assert members(client, member) == []


def test_whom_it_has_under_another_name_is_not(member: Host, put_in_again: str, client: Callable[[str], Any]) -> None:
    member.provider.create(wire(member.inputs))
    member.provider.delete(member.id, wire(member.outputs))
    assert members(client, member) == [put_in_again]
