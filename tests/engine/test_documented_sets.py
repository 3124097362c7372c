"""docs/sets.md, run: each preview and error in it is what Pulumi prints."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine.test_documented_rules import documented, shown_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

    from pulumi_identity.emulator import Emulator

SETS = Path(__file__).parents[2] / "docs" / "sets.md"
STORE = "d-1234567890"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

PEOPLE = """
def person(name):
    names = {"given_name": name.title(), "family_name": "Doe"}
    return IdentityStoreUser(name, user_name=name, display_name=name.title(), name=names)

jo, ann = person("jo"), person("ann")
admins = Group("admins", display_name="Admins")
"""
SET = PEOPLE + 'GroupMembers("admins", group_id=admins.group_id, members=[jo, ann])\n'
SINGLE = (
    PEOPLE
    + """
for name, user in {"jo": jo, "ann": ann}.items():
    GroupMembership(f"{name}-admins", group_id=admins.group_id, member_id=user.user_id)
"""
)


def without_ids(text: str) -> str:
    return re.sub(UUID, "<id>", text)


def documented_lines(name: str) -> list[str]:
    (lines,) = documented(name, SETS)
    return lines


class Console:
    """Another administrator, with the group "Admins"."""

    def __init__(self, client: Callable[[str], Any]) -> None:
        self._store = client("identitystore")

    @property
    def group(self) -> str:
        """The id of the group."""
        return str(self._store.list_groups(IdentityStoreId=STORE)["Groups"][0]["GroupId"])

    def join(self, name: str) -> None:
        """Create a user, and add it to the group."""
        names = {"GivenName": name, "FamilyName": name}
        user = self._store.create_user(IdentityStoreId=STORE, UserName=name, DisplayName=name, Name=names)
        self._store.create_group_membership(
            IdentityStoreId=STORE, GroupId=self.group, MemberId={"UserId": user["UserId"]}
        )

    def members(self) -> list[str]:
        """Return the names of the group's members."""
        listed = self._store.list_group_memberships(IdentityStoreId=STORE, GroupId=self.group)["GroupMemberships"]
        ids = [membership["MemberId"]["UserId"] for membership in listed]
        users = (self._store.describe_user(IdentityStoreId=STORE, UserId=id_) for id_ in ids)
        return sorted(user["UserName"] for user in users)


@pytest.fixture
def console(client: Callable[[str], Any]) -> Console:
    """Another administrator."""
    return Console(client)


def test_an_intruder_is_seen_and_removed(stack: Stack, console: Console) -> None:
    stack.program(SET)
    stack.up()
    console.join("eve")
    assert "1 to update" not in stack.run("preview").stdout, "state does not have eve"
    preview = stack.run("preview", "--refresh", "--diff").stdout
    assert [without_ids(line) for line in shown_for(preview, "admins")] == documented_lines("admins"), preview
    difference = stack.preview("--refresh")
    assert difference.diff("admins") == {"members.eve": "delete"}
    stack.up("--refresh")
    assert console.members() == ["ann", "jo"]


def test_a_set_over_a_group_with_members_fails(stack: Stack, console: Console) -> None:
    stack.program(PEOPLE)
    stack.up()
    for name in ("bob", "eve"):
        console.join(name)
    stack.program(SET)
    refused = stack.up(check=False)
    message = documented_lines("over")[0]
    assert message in without_ids(refused), refused
    assert console.members() == ["bob", "eve"]


def test_a_set_and_a_membership_of_one_group_fail(stack: Stack, console: Console) -> None:
    reason = documented_lines("both")[0]
    stack.program(SET + 'GroupMembership("single", group_id=admins.group_id, member_id=ann.user_id)\n')
    refused = stack.up(check=False)
    assert reason in refused or reason.replace("GroupMembers in", "GroupMembership in") in refused, refused
    assert "ann" in console.members()
    preview = stack.preview(check=False).diagnostics
    assert reason in preview or reason.replace("GroupMembers in", "GroupMembership in") in preview, preview


def test_memberships_move_into_a_set_and_back(stack: Stack, console: Console, aws: Emulator) -> None:
    stack.program(SINGLE)
    stack.up()
    for program in (SET, SINGLE):
        aws.calls.clear()
        stack.program(program)
        stack.up()
        writes = [call.operation for call in aws.calls if call.operation.startswith(("Create", "Delete", "Update"))]
        assert writes in ([], ["CreateGroupMembership"] * 2), "a membership that exists is found by a create"
        assert console.members() == ["ann", "jo"]
        assert "DeleteGroupMembership" not in writes


def test_a_member_who_is_left_out_of_the_run_fails_the_set(stack: Stack) -> None:
    stack.program(SET)
    refused = stack.up("--exclude", "**::jo", check=False)
    assert "members[jo] is required, but the output that the program passes for it has no value" in refused
    stack.up()
    stack.run("preview", "--expect-no-changes")


def test_one_update_reports_all_failures(stack: Stack, console: Console, aws: Emulator) -> None:
    stack.program(SET)
    stack.up()
    stack.program(SET.replace("[jo, ann]", "[]"))
    aws.faults.fail("identitystore", "DeleteGroupMembership", "ValidationException", times=2)
    refused = stack.up(check=False)
    assert "2 of 2 changes failed: removing " in refused
    stack.up()
    assert console.members() == []
