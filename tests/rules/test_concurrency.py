"""Somebody else writes too: nothing of theirs is overwritten unseen, and nothing of ours fails for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pulumi_identity import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"


def test_a_write_of_something_else_is_no_conflict(user: Person, aws: Emulator) -> None:
    user.up(title="Engineer")
    user.somebody_sets("nickName", "J")
    before = len(aws.calls)
    user.up(title="Dr")
    assert [call.operation for call in aws.calls][before:] == ["UpdateUser", "DescribeUser", "UpdateUser"]
    assert (user.live()["Title"], user.live()["NickName"]) == ("Dr", "J")
    assert user.host.outputs["revision"] == user.live()["Revision"]


PARTS: list[tuple[str, Any, dict[str, Any]]] = [
    ("name.middleName", "Theirs", {"name": {"given_name": "Jo", "family_name": "Doe", "middle_name": "Ours"}}),
    (
        "aws:identitystore:enterprise.department",
        "Theirs",
        {"extensions": {"aws:identitystore:enterprise": {"costCenter": "7", "department": "Ours"}}},
    ),
    ("title", "Theirs", {"title": "Ours"}),
]


@pytest.mark.parametrize(("path", "theirs", "ours"), PARTS, ids=[path for path, _, _ in PARTS])
def test_what_was_not_declared_so_far_is_not_overwritten_unseen(
    user: Person, path: str, theirs: Any, ours: dict[str, Any]
) -> None:
    user.up(extensions={"aws:identitystore:enterprise": {"costCenter": "7"}})
    user.somebody_sets(path, theirs)
    with pytest.raises(
        Conflict, match="look it up in AWS, then set" if path == "title" else "--refresh` to see the values"
    ):
        user.up(**ours)
    assert "Theirs" in str(user.live())


def test_what_somebody_has_set_as_we_want_it_is_no_conflict(user: Person) -> None:
    user.up()
    user.somebody_sets("emails", [{"value": "jo@example.com", "type": "work", "primary": True}])
    assert user.up(emails=[{"value": "jo@example.com"}]) == "update"


def test_every_update_and_delete_is_conditional(user: Person, group: Person, aws: Emulator) -> None:
    for person, change in ((user, {"title": "Dr"}), (group, {"description": "x"})):
        person.up()
        person.somebody_sets("displayName", "Theirs")
        person.up(**change)
        person.somebody_sets("displayName", "Theirs again")
        person.host.destroy()
    refused = [call.operation for call in aws.calls if call.error == "ConflictException"]
    assert refused == ["UpdateUser", "DeleteUser", "UpdateGroup", "DeleteGroup"]


@pytest.mark.parametrize(("path", "theirs"), [("title", "Boss"), ("title", None)])
def test_a_write_of_the_same_property_is_refused(user: Person, path: str, theirs: Any) -> None:
    user.up(title="Engineer")
    user.somebody_sets(path, theirs)
    state = user.host.outputs
    with pytest.raises(Conflict) as caught:
        user.up(title="Dr")
    said = str(caught.value)
    assert said.startswith(f"updating IAM Identity Center User ({STORE}/jo): title has changed outside Pulumi ")
    assert "pulumi preview --refresh" in said
    assert user.live().get("Title") == theirs
    assert user.host.outputs == state
    # The way out: look at it, and decide.
    user.host.refresh()
    assert user.preview() == ("update", ["title"])
    user.up()
    assert user.live()["Title"] == "Dr"


def test_clearing_what_somebody_has_changed_is_refused(user: Person) -> None:
    user.up(title="Engineer")
    user.somebody_sets("title", "Boss")
    with pytest.raises(Conflict, match="title has changed outside Pulumi"):
        user.up(title=None)
    assert user.live()["Title"] == "Boss"


def test_declaring_what_somebody_has_set_already_is_refused(user: Person) -> None:
    """State knows of no title: to write ours would overwrite theirs unseen."""
    user.up()
    user.somebody_sets("title", "Boss")
    with pytest.raises(Conflict, match="title has changed outside Pulumi"):
        user.up(title="Engineer")
    assert user.live()["Title"] == "Boss"


def test_two_who_agree_do_not_conflict(user: Person) -> None:
    user.up(title="Engineer")
    user.somebody_sets("title", "Dr")
    user.up(title="Dr")
    assert user.host.outputs["revision"] == user.live()["Revision"]


def test_another_part_of_a_name_is_something_else(user: Person) -> None:
    user.up()
    user.somebody_sets("name.middleName", "M")
    user.up(name={"given_name": "Joan", "family_name": "Doe"})
    assert user.live()["Name"] == {"GivenName": "Joan", "FamilyName": "Doe", "MiddleName": "M"}


def test_the_same_part_of_a_name_is_refused(user: Person) -> None:
    user.up()
    user.somebody_sets("name.familyName", "Smith")
    with pytest.raises(Conflict, match="name has changed outside Pulumi"):
        user.up(name={"given_name": "Jo", "family_name": "Miller"})
    assert user.live()["Name"]["FamilyName"] == "Smith"


def test_a_write_between_our_reading_and_our_writing(user: Person, aws: Emulator) -> None:
    user.up(title="Engineer")
    user.somebody_sets("nickName", "J")
    aws.faults.before("identitystore", "UpdateUser", lambda: None)  # ours, which meets the conflict
    aws.faults.before("identitystore", "UpdateUser", lambda: user.somebody_sets("title", "Boss"))
    with pytest.raises(Conflict, match="title has changed outside Pulumi"):
        user.up(title="Dr")
    assert user.live()["Title"] == "Boss"


def test_somebody_who_never_stops_ends_in_an_error(user: Person, aws: Emulator) -> None:
    user.up()
    aws.faults.fail("identitystore", "UpdateUser", "ConflictException", times=9, Reason="CONCURRENT_MODIFICATION")
    with pytest.raises(Conflict, match="another process keeps changing the user — run the command again later"):
        user.up(title="Dr")


def test_a_delete_goes_through_after_somebody_elses_change(user: Person, client: Callable[[str], Any]) -> None:
    user.up()
    where = user.where()
    user.somebody_sets("title", "Boss")
    user.host.destroy()
    with pytest.raises(client("identitystore").exceptions.ResourceNotFoundException):
        client("identitystore").describe_user(**where)


def test_a_delete_of_what_somebody_deletes_meanwhile(user: Person, aws: Emulator, client: Callable[[str], Any]) -> None:
    user.up()
    where = user.where()
    user.somebody_sets("title", "Boss")
    aws.faults.before("identitystore", "DescribeUser", lambda: client("identitystore").delete_user(**where))
    user.host.destroy()
