"""Each resource's life under the real engine: made, unchanged, updated, drifted, replaced, gone, destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

STORE = "d-1234567890"
ACCOUNT = "123456789012"


@dataclass(frozen=True, kw_only=True)
class Life:
    """One resource as a program writes it, and what becomes of it."""

    made: str
    updated: str
    changed: str
    """The property that `updated` changes in place."""
    replaced: str
    forces: str
    """The property that makes `replaced` a replacement."""


JO = 'display_name="Jo", name={"given_name": "Jo", "family_name": "Doe"}'

LIVES = {
    "IdentityStoreUser": Life(
        made=f'IdentityStoreUser("it", user_name="jo", title="Dr", {JO})',
        updated=f'IdentityStoreUser("it", user_name="jo", title="Prof", {JO})',
        changed="title",
        replaced=f'IdentityStoreUser("it", user_name="j.doe", title="Prof", {JO})',
        forces="user_name",
    ),
    "Group": Life(
        made='Group("it", display_name="Admins", description="May do all")',
        updated='Group("it", display_name="Admins", description="May do much")',
        changed="description",
        replaced='Group("it", display_name="Admins", description="May do much", identity_store_id="d-0987654321")',
        forces="identity_store_id",
    ),
    "QuickSightUser": Life(
        made='QuickSightUser("it", user_name="jo", email="jo@example.com", user_role="READER")',
        updated='QuickSightUser("it", user_name="jo", email="jo@example.com", user_role="AUTHOR")',
        changed="user_role",
        replaced='QuickSightUser("it", user_name="jo/doe", email="jo@example.com", user_role="AUTHOR")',
        forces="user_name",
    ),
    "AppStreamUser": Life(
        made='AppStreamUser("it", user_name="jo@example.com", first_name="Jo")',
        updated='AppStreamUser("it", user_name="jo@example.com", first_name="Jo", enabled=False)',
        changed="enabled",
        replaced='AppStreamUser("it", user_name="Jo@example.com", first_name="Jo", enabled=False)',
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


@pytest.mark.parametrize("name", LIVES)
def test_a_life(stack: Stack, client: Callable[[str], Any], name: str) -> None:
    life = LIVES[name]
    stack.program(life.made)
    assert stack.preview().ops() == {"it": "create"}
    stack.up()
    assert stack.preview("--expect-no-changes").ops() == {}
    made = stack.state()["it"]
    assert made["type"] == f"pulumi-python:dynamic/identity:{name}"

    stack.program(life.updated)
    plan = stack.preview()
    assert plan.ops() == {"it": "update"}
    assert [path.partition("[")[0] for path in plan.diff("it")] == [life.changed]
    stack.up()
    assert stack.state()["it"]["id"] == made["id"]

    drift(name, client, made["id"])
    assert stack.preview().ops() == {}, "without a refresh, state is all there is"
    plan = stack.preview("--refresh")
    assert plan.ops() == {"it": "update"}
    assert list(plan.diff("it")) == [life.changed]
    assert plan.old("it", life.changed) != plan.new("it", life.changed)
    stack.up("--refresh")
    assert stack.preview("--refresh", "--expect-no-changes").ops() == {}

    delete(name, client, made["id"])
    assert stack.preview("--refresh").ops() == {"it": "create"}
    stack.up("--refresh")

    stack.program(life.replaced)
    plan = stack.preview()
    assert plan.ops() == {"it": "replace"} or "replace" in plan.steps["it"]["op"]
    assert plan.steps["it"]["replaceReasons"] == [life.forces]
    stack.up()
    assert stack.preview("--refresh", "--expect-no-changes").ops() == {}

    (stack.folder / "__main__.py").unlink()
    stack.destroy()
    assert stack.state() == {}
