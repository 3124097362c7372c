"""Each resource's life under the real engine: made, unchanged, updated, drifted, gone, replaced, destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

STORE = "d-1234567890"
ACCOUNT = "123456789012"


@dataclass(frozen=True, kw_only=True)
class Life:
    """One resource, called like its class, as a program writes it, and what becomes of it."""

    made: str
    updated: str
    changed: str
    """The property that `updated` changes in place."""
    replaced: str
    forces: str
    """The property that makes `replaced` a replacement."""


OTHER = 'identity_store_id="d-0987654321"'
JO = 'display_name="Jo", name={"given_name": "Jo", "family_name": "Doe"}'

LIVES = {
    "IdentityStoreUser": Life(
        made=f'IdentityStoreUser("IdentityStoreUser", user_name="jo", title="Dr", {JO})',
        updated=f'IdentityStoreUser("IdentityStoreUser", user_name="jo", title="Prof", {JO})',
        changed="title",
        replaced=f'IdentityStoreUser("IdentityStoreUser", user_name="jo", {JO}, title="Prof", {OTHER})',
        forces="identity_store_id",
    ),
    "Group": Life(
        made='Group("Group", display_name="Admins", description="May do all")',
        updated='Group("Group", display_name="Admins", description="May do much")',
        changed="description",
        replaced=f'Group("Group", display_name="Admins", description="May do much", {OTHER})',
        forces="identity_store_id",
    ),
    "QuickSightUser": Life(
        made='QuickSightUser("QuickSightUser", user_name="jo", email="jo@example.com", user_role="READER")',
        updated='QuickSightUser("QuickSightUser", user_name="jo", email="jo@example.com", user_role="AUTHOR")',
        changed="user_role",
        replaced='QuickSightUser("QuickSightUser", user_name="jo/doe", email="jo@example.com", user_role="AUTHOR")',
        forces="user_name",
    ),
    "AppStreamUser": Life(
        made='AppStreamUser("AppStreamUser", user_name="jo@example.com", first_name="Jo")',
        updated='AppStreamUser("AppStreamUser", user_name="jo@example.com", first_name="Jo", enabled=False)',
        changed="enabled",
        replaced='AppStreamUser("AppStreamUser", user_name="Jo@example.com", first_name="Jo", enabled=False)',
        forces="user_name",
    ),
}


def drift(name: str, client: Callable[[str], Any], id_: str) -> None:
    """Somebody changes the property that the life's update changed."""
    if name == "IdentityStoreUser":
        operations = [{"AttributePath": "title", "AttributeValue": "Boss"}]
        client("identitystore").update_user(IdentityStoreId=STORE, UserId=id_.split("/")[1], Operations=operations)
    elif name == "Group":
        operations = [{"AttributePath": "description", "AttributeValue": "Boss"}]
        client("identitystore").update_group(IdentityStoreId=STORE, GroupId=id_.split("/")[1], Operations=operations)
    elif name == "QuickSightUser":
        client("quicksight").update_user(**quicksight(), Email="jo@example.com", Role="ADMIN")
    else:
        client("appstream").enable_user(UserName="jo@example.com", AuthenticationType="USERPOOL")


def delete(name: str, client: Callable[[str], Any], id_: str) -> None:
    """Somebody deletes it."""
    if name == "IdentityStoreUser":
        client("identitystore").delete_user(IdentityStoreId=STORE, UserId=id_.split("/")[1])
    elif name == "Group":
        client("identitystore").delete_group(IdentityStoreId=STORE, GroupId=id_.split("/")[1])
    elif name == "QuickSightUser":
        client("quicksight").delete_user(**quicksight())
    else:
        client("appstream").delete_user(UserName="jo@example.com", AuthenticationType="USERPOOL")


def quicksight() -> dict[str, str]:
    return {"AwsAccountId": ACCOUNT, "Namespace": "default", "UserName": "jo"}


def all_that(op: str) -> dict[str, str]:
    """What a plan does to each."""
    return dict.fromkeys(LIVES, op)


def test_their_lives(stack: Stack, client: Callable[[str], Any]) -> None:
    stack.program("\n".join(life.made for life in LIVES.values()))
    assert stack.apply().ops() == all_that("create")
    made = stack.state()
    assert {name: made[name]["type"] for name in LIVES} == {
        name: f"pulumi-python:dynamic/identity:{name}" for name in LIVES
    }
    ids = {name: made[name]["id"] for name in LIVES}

    stack.program("\n".join(life.updated for life in LIVES.values()))
    plan = stack.apply()
    assert plan.ops() == all_that("update")
    assert {name: list(plan.diff(name)) for name in LIVES} == {name: [life.changed] for name, life in LIVES.items()}
    updated = stack.state()
    assert {name: updated[name]["id"] for name in LIVES} == ids

    for name, id_ in ids.items():
        drift(name, client, id_)
    assert stack.preview().ops() == {}, "without a refresh, state is all there is"
    plan = stack.preview("--refresh")
    assert plan.ops() == all_that("update")
    for name, life in LIVES.items():
        assert list(plan.diff(name)) == [life.changed]
        assert plan.old(name, life.changed) != plan.new(name, life.changed)
    stack.up("--refresh")

    for name, id_ in ids.items():
        delete(name, client, id_)
    assert stack.apply("--refresh").ops() == all_that("create")

    stack.program("\n".join(life.replaced for life in LIVES.values()))
    plan = stack.apply()
    assert all("replace" in op for op in plan.ops().values())
    forced = {name: step["replaceReasons"] for name, step in plan.steps.items()}
    assert forced == {name: [life.forces] for name, life in LIVES.items()}
    assert stack.preview("--refresh", "--expect-no-changes").ops() == {}

    (stack.folder / "__main__.py").unlink()
    stack.destroy()
    assert stack.state() == {}
