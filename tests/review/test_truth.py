"""A review shows what the update then does in AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from review import programs
from review.make_previews import FLAGS

from pulumi_identity.review import Review, review

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

STORE = "d-1234567890"
GUEST = {"UserName": "guest", "DisplayName": "Guest", "Name": {"GivenName": "Gus", "FamilyName": "Uest"}}

Members = set[tuple[str, str]]
"""Pairs of a user's name and the name of a group."""


def members_in(found: Review) -> Members:
    """Return who is in which group after the update, as the review shows it."""
    names = {
        change.label: state.get("user_name") or state.get("display_name", "")
        for change in found.plan.resources
        if change.kind.name in {"IdentityStoreUser", "Group"} and (state := change.after or change.before)
    }
    return {
        (names[person.label], names[found.matrix.groups[key]])
        for person in found.matrix.people
        for key, cell in person.groups.items()
        if cell.after
    }


def members_of(store: Any) -> Members:
    """Return who is in which group in AWS."""
    users = {user["UserId"]: user["UserName"] for user in store.list_users(IdentityStoreId=STORE)["Users"]}
    return {
        (users[membership["MemberId"]["UserId"]], group["DisplayName"])
        for group in store.list_groups(IdentityStoreId=STORE)["Groups"]
        for membership in store.list_group_memberships(IdentityStoreId=STORE, GroupId=group["GroupId"])[
            "GroupMemberships"
        ]
    }


def test_who_is_in_which_group_after_renaming_resources(stack: Stack, client: Callable[[str], Any]) -> None:
    store = client("identitystore")
    guest = store.create_user(IdentityStoreId=STORE, **GUEST)["UserId"]
    store.create_group(IdentityStoreId=STORE, DisplayName="Taken")
    stack.program(programs.OLD_NAME.replace("ID OF guest", f"{STORE}/{guest}"))
    stack.up()
    stack.program(programs.HALFWAY.replace("ID OF guest", f"{STORE}/{guest}"))
    stack.up(check=False)
    assert {"sam-readers", "reader-sam"} <= stack.state().keys()
    stack.program(programs.RENAMED.replace("ID OF ola", stack.state()["ola"]["id"]))
    found = review(stack.run("preview", "--json", *FLAGS).stdout)
    stack.up()
    assert members_in(found) == members_of(store)
    assert members_in(found) == {
        ("kai@example.com", "AWS-Admins"),  # another name
        ("kai@example.com", "Analysts"),  # an alias
        ("mia@example.com", "Readers"),  # another place in the list
        ("ola@example.com", "Readers"),
        ("sam@example.com", "Readers"),  # in state under two names, and dropped once
    }
