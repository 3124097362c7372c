"""Five resources that refer to each other, as a program has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.stack import Stack

PEOPLE = """
    title = pulumi.Config().get("title")
    jo = IdentityStoreUser(
        "jo", user_name="jo", display_name="Jo", name={"given_name": "Jo", "family_name": "Doe"},
        emails=[{"value": "jo@example.com"}], title=title,
    )
    admins = Group("admins", display_name="Admins")
    member = GroupMembership("jo-admins", group_id=admins.group_id, member_id=jo.user_id)
    reader = QuickSightUser(
        "reader", user_name=jo.user_name, email=jo.emails[0]["value"], user_role="READER",
        tags={"title": title or "none"},
    )
    viewer = AppStreamUser("viewer", user_name=reader.email, message_action="SUPPRESS")
    for name in ("user_id", "user_arn", "identity_store_id", "region"):
        pulumi.export(name, getattr(jo, name))
    pulumi.export("reader", reader.arn)
    pulumi.export("account", reader.aws_account_id)
    pulumi.export("invitation", reader.user_invitation_url)
"""


def test_they_refer_to_each_other(stack: Stack) -> None:
    stack.program(PEOPLE)
    assert set(stack.preview().ops().values()) == {"create"}
    said = stack.up()
    before, state = stack.outputs(), stack.state()
    assert state["jo-admins"]["inputs"]["member_id"] == before["user_id"]
    assert state["viewer"]["inputs"]["user_name"] == "jo@example.com"

    # An update leaves what refers to it unchanged, and outputs that follow from the id stay known.
    stack.run("config", "set", "title", "Engineer")
    shown = stack.run("preview", "--diff").stdout
    assert "unknown" not in shown.replace("region", ""), shown
    plan = stack.apply()
    assert plan.ops() == {"jo": "update", "reader": "update"}
    assert plan.diff("jo") == {"title": "add"}
    assert plan.diff("reader") == {"tags.title": "update"}
    assert stack.outputs() == before
    assert stack.preview("--refresh", "--expect-no-changes").ops() == {}

    # The invitation is a secret for ever.
    url = before["invitation"]
    assert url.startswith("https://")
    assert url not in said + shown + plan.diagnostics + stack.refresh()
    assert stack.outputs()["invitation"] == url
    assert url not in stack.run("stack", "export").stdout
    assert "ciphertext" in str(stack.state()["reader"]["outputs"]["user_invitation_url"])

    # Nothing but the environment is needed to take it all down again.
    (stack.folder / "__main__.py").unlink()
    stack.destroy()
    assert stack.state() == {}


def test_unknown_values_pass_the_checks(stack: Stack) -> None:
    stack.program(
        """
        group = Group("group", display_name="Group")
        IdentityStoreUser(
            "jo", user_name=group.group_id, display_name="Jo",
            name={"given_name": group.group_id, "family_name": "Doe"}, emails=[{"value": group.group_id}],
        )
        QuickSightUser(
            "reader", user_name="jo", email=group.group_id, user_role="READER", identity_type=group.group_id,
            tags={"group": group.group_id},
        )
        """
    )
    assert set(stack.preview().ops().values()) == {"create"}


def test_every_failure_is_shown_at_once(stack: Stack) -> None:
    stack.program(
        """
        IdentityStoreUser("jo", user_name="Administrator", display_name="", name={"given_name": "Jo"}, title=" ")
        """
    )
    plan = stack.preview(check=False)
    assert plan.code != 0
    for name in ("user_name", "display_name", "name.family_name", "title"):
        assert f"has a problem: {name} " in plan.diagnostics, plan.diagnostics


def test_a_thousand_resources_in_one_program(stack: Stack) -> None:
    """The canary for providers that hold something: each pickling of one grows the next, up to a RecursionError."""
    stack.program(
        """
        for number in range(1000):
            Group(f"group-{number}", display_name=f"Group {number}")
        """
    )
    assert len(stack.preview().steps) == 1000
