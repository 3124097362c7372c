"""Renames, moves and failures under the real engine: an entity of the program is never deleted."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

from engine.test_documented_rules import documented

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

STORE = "d-1234567890"

PERSON = dedent("""
    def person(resource, user_name=None, email=None, **more):
        options = {name: more.pop(name) for name in ("opts",) if name in more}
        return IdentityStoreUser(
            resource, identity_store_id="d-1234567890", user_name=user_name or resource, display_name="Jo",
            name={"given_name": "Jo", "family_name": "Doe"},
            emails=email and [{"value": email, "primary": True}], **more, **options,
        )
""")


def users(client: Callable[[str], Any]) -> dict[str, str]:
    """Return user name → id of the users in AWS."""
    found = client("identitystore").list_users(IdentityStoreId=STORE)["Users"]
    return {user["UserName"]: user["UserId"] for user in found}


def test_a_new_name_in_program_and_in_aws(stack: Stack, client: Callable[[str], Any]) -> None:
    """The shape that `pulumi-identity import` writes: the resource is called like the user."""
    stack.program(PERSON + 'person("jo.doe", email="jo@example.com")\nperson("ann")\nperson("kim")')
    stack.up()
    ids = users(client)

    # Without an alias, the create fails, and the person stays: also with --continue-on-error.
    stack.program(PERSON + 'person("jo.smith", email="jo@example.com")\nperson("ann")\nperson("kim")')
    printed = stack.up("--continue-on-error", check=False)
    assert documented("smith")[0][0] in printed
    assert f"refusing to delete IAM Identity Center User ({STORE}/jo.doe): another resource in this program" in printed
    assert users(client) == ids

    # With the alias, it is a rename. Another resource takes over a name that is given up in the same run.
    alias = 'opts=ResourceOptions(aliases=[pulumi.Alias(name="jo.doe")])'
    stack.program(
        PERSON + f'person("kim", "ann")\nperson("ann", "bob")\nperson("jo.smith", email="jo@example.com", {alias})'
    )
    plan = stack.preview()
    assert plan.ops() == {"jo.smith": "update", "ann": "update", "kim": "update"}
    assert plan.diff("jo.smith") == {"user_name": "update"}
    stack.up()
    assert users(client) == {"jo.smith": ids["jo.doe"], "bob": ids["ann"], "ann": ids["kim"]}

    # A rename outside Pulumi is drift.
    client("identitystore").update_user(
        IdentityStoreId=STORE,
        UserId=ids["ann"],
        Operations=[{"AttributePath": "userName", "AttributeValue": "robert"}],
    )
    plan = stack.preview("--refresh")
    assert plan.ops() == {"ann": "update"}
    assert (plan.old("ann", "user_name"), plan.new("ann", "user_name")) == ("robert", "bob")
    stack.up("--refresh")
    assert users(client)["bob"] == ids["ann"]

    # A replacement on purpose deletes its own user.
    stack.up("--replace", stack.state()["kim"]["urn"])
    assert users(client)["ann"] != ids["kim"]
    stack.run("destroy", "--yes", "--skip-preview", "--run-program")
    assert users(client) == {}


def test_a_person_whose_new_resource_was_not_reached_stays(stack: Stack, client: Callable[[str], Any]) -> None:
    """The new resource depends on one that fails, so the engine does not create it."""
    stack.program(PERSON + 'person("jo")\nperson("ann")')
    stack.up()
    ids = users(client)
    stack.program(
        PERSON
        + 'failing = person("other", "ann")\nperson("ann")\n'
        + 'person("jo2", "jo", adopt=True, opts=ResourceOptions(depends_on=[failing]))'
    )
    printed = stack.up("--continue-on-error", check=False)
    assert users(client) == ids, printed
    stack.program(PERSON + 'person("jo2", "jo", adopt=True)\nperson("ann")')
    stack.up("--refresh")
    assert users(client) == ids
    assert set(stack.state()) == {"jo2", "ann"}


def test_what_cannot_work_fails_the_preview(stack: Stack, client: Callable[[str], Any]) -> None:
    reader = dedent("""
    def reader(resource, user_name):
        return QuickSightUser(
            resource, aws_account_id="123456789012", user_name=user_name, email="jo@example.com", user_role="READER"
        )
    """)
    stack.program(PERSON + reader + 'reader("r", "jo")\nreader("s", "ann")\nperson("jo")\nperson("ann")')
    stack.up()
    stack.program(PERSON + reader + 'reader("r", "ann")\nreader("s", "ann")\nperson("jo")\nperson("ann")')
    plan = stack.preview(check=False)
    assert plan.code
    assert documented("taken")[0][0] in plan.diagnostics
    assert "Traceback" not in plan.diagnostics
    stack.program(PERSON + reader + 'reader("r", "jo")\nreader("s", "ann")\nperson("jo", "ann")\nperson("ann", "jo")')
    plan = stack.preview(check=False)
    assert plan.code
    either = [documented("swap")[0][0], documented("swap")[0][0].replace("/ann)", "/jo)")]
    assert any(line in plan.diagnostics for line in either), "the engine compares in any order"
    stack.program(
        PERSON + reader + 'reader("r", "jo")\nreader("s", "ann")\nperson("jo", "jo2")\nperson("new", "jo", adopt=True)'
    )
    plan = stack.preview(check=False)
    assert plan.code
    assert documented("adopted")[0][0] in plan.diagnostics or "until this run changes it" in plan.diagnostics
    assert set(users(client)) == {"jo", "ann"}
