"""A resource that gets another name in the program is made, then deleted under the old one: nobody loses anything."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import APPSTREAM, GROUP_EXAMPLE, MEMBERSHIP, QUICKSIGHT, USER
from contract.host import Host, wire

from pulumi_identity import AlreadyExists, _existing

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
    _existing.forget()
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
    _existing.forget()
    assert not user.host.id
    user.host.provider.delete(id_, wire(outputs))  # and under its old name too, it is gone already


def test_what_this_run_deletes_is_not_adopted(user: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    user.up()
    monkeypatch.setattr(_existing, "_leaving", {("identitystore", "us-east-1", user.host.id)})
    with pytest.raises(AlreadyExists, match="is being deleted under another name of this program"):
        user.host.provider.create(wire(user.host.inputs | {"adopt": True}))
