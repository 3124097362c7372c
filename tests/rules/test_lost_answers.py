"""The connection breaks after a request has left: what was made is recognised, if it provably is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import MEMBERSHIP
from contract.host import Host

from pulumi_identity import AlreadyExists, IdentityError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"
PEOPLE = {"user": "CreateUser", "group": "CreateGroup", "viewer": "CreateUser"}

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.mark.parametrize("who", PEOPLE)
def test_a_create_whose_answer_was_lost_finds_what_it_made(
    who: str, aws: Emulator, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    service = person.host.kind.service
    aws.faults.drop(service, PEOPLE[who])
    person.up()
    assert [call.status for call in aws.calls if call.operation == PEOPLE[who]] == [0, 400]
    assert person.live()
    assert person.host.refresh()
    assert person.preview() == ("same", [])
    person.up(**{"user": {"title": "Dr"}, "group": {"description": "x"}, "viewer": {"enabled": False}}[who])


def test_a_create_that_never_had_an_answer(user: Person, aws: Emulator) -> None:
    aws.faults.drop("identitystore", "CreateUser", times=99)
    user.up()
    aws.faults.clear()
    assert user.live()["Revision"] == "1"


def test_a_disabled_viewer_is_disabled_after_all(viewer: Person, aws: Emulator) -> None:
    aws.faults.drop("appstream", "CreateUser")
    viewer.up(enabled=False)
    assert viewer.live()["Enabled"] is False


def somebodys(client: Callable[[str], Any], **more: Any) -> None:
    request = {
        "IdentityStoreId": STORE,
        "UserName": "jo",
        "DisplayName": "Jo Doe",
        "Name": {"GivenName": "Jo", "FamilyName": "Doe"},
    }
    client("identitystore").create_user(**request | more)


@pytest.mark.parametrize("more", [{"DisplayName": "Another Jo"}, {"Title": "Boss"}], ids=["other", "more"])
def test_what_somebody_made_meanwhile_is_not_ours(
    user: Person, aws: Emulator, client: Callable[[str], Any], more: dict[str, str]
) -> None:
    aws.faults.fail("identitystore", "CreateUser", "InternalServerException")
    aws.faults.before("identitystore", "CreateUser", lambda: somebodys(client, **more))
    aws.faults.before("identitystore", "CreateUser", lambda: None)  # somebody's own
    with pytest.raises(AlreadyExists, match="set adopt=True to take it over"):
        user.up()


def test_what_was_there_before_is_not_ours(
    user: Person, aws: Emulator, client: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    somebodys(client)
    # As if it had been made an hour ago.
    entity = next(iter(aws.identitystore._stores[STORE].users.records))
    entity.created -= timedelta(hours=1)
    aws.faults.fail("identitystore", "CreateUser", "InternalServerException")
    with pytest.raises(AlreadyExists, match="adopt=True"):
        user.up()


def test_a_first_conflict_is_somebody_elses(user: Person, client: Callable[[str], Any]) -> None:
    """No try came before: equal and new as it is, it can't be ours."""
    somebodys(client)
    with pytest.raises(AlreadyExists, match="adopt=True"):
        user.up()


def test_a_quicksight_user_says_how_to_go_on(reader: Person, aws: Emulator) -> None:
    """QuickSight tells nobody when a user was made, so nothing proves whose it is."""
    aws.faults.drop("quicksight", "RegisterUser")
    with pytest.raises(AlreadyExists, match="set adopt=True to take it over"):
        reader.up()
    reader.up(adopt=True)
    assert reader.live()


def test_an_update_whose_answer_was_lost(user: Person, aws: Emulator) -> None:
    user.up(title="Engineer")
    aws.faults.drop("identitystore", "UpdateUser")
    user.up(title="Dr")
    assert user.live()["Title"] == "Dr"
    assert user.host.outputs["revision"] == user.live()["Revision"]


@pytest.mark.parametrize("who", ["user", "group", "reader", "viewer"])
def test_a_delete_whose_answer_was_lost(who: str, aws: Emulator, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    person.up()
    aws.faults.drop(person.host.kind.service, "DeleteGroup" if who == "group" else "DeleteUser")
    person.host.destroy()
    assert person.up() == "create"


@pytest.fixture
def membership(user: Person, group: Person) -> tuple[Host, dict[str, str]]:
    """A membership that is still to be made, and its program."""
    user.up()
    group.up()
    said = {"identity_store_id": STORE, "group_id": group.where()["GroupId"], "member_id": user.where()["UserId"]}
    return Host(MEMBERSHIP.resource), said


def test_a_membership_is_idempotent(
    membership: tuple[Host, dict[str, str]], aws: Emulator, client: Callable[[str], Any]
) -> None:
    host, said = membership
    made = client("identitystore").create_group_membership(
        IdentityStoreId=STORE, GroupId=said["group_id"], MemberId={"UserId": said["member_id"]}
    )
    host.up(said)
    assert host.id == f"{STORE}/{made['MembershipId']}"
    host.destroy()
    aws.faults.drop("identitystore", "CreateGroupMembership")
    host.up(said)
    assert host.refresh()
    another = Host(MEMBERSHIP.resource)
    # AWS need not say why it is a conflict.
    aws.faults.fail("identitystore", "CreateGroupMembership", "ConflictException")
    another.up(said)
    assert another.id == host.id
    host.destroy()
    another.destroy()
    assert not host.id


def test_a_viewer_is_not_left_enabled_where_disabling_fails(viewer: Person, aws: Emulator) -> None:
    aws.faults.fail("appstream", "DisableUser", "OperationNotPermittedException")
    with pytest.raises(IdentityError, match="OperationNotPermittedException"):
        viewer.up(enabled=False)
    viewer.said["enabled"] = True
    assert viewer.up() == "create"
