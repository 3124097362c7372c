"""Lookups in programs that the real engine runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine.stack import STORE, Stack

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

EXAMPLE = Path(__file__).parents[2] / "examples" / "lookups" / "__main__.py"
ACCOUNT = "123456789012"


@pytest.fixture
def people(aws: Emulator, client: Callable[[str], Any]) -> dict[str, str]:
    """Three people of the directory by e-mail address, and an author in QuickSight with a group."""
    names = ["ann", "bea", "cat"]
    users = [
        {
            "UserName": name,
            "DisplayName": name,
            "Name": {"FamilyName": "Doe", "GivenName": name},
            "Emails": [{"Value": f"{name}@example.com"}],
        }
        for name in names
    ]
    ids = aws.identitystore.seed_users(STORE, users, ACCOUNT, "us-east-1")
    quicksight, place = client("quicksight"), {"AwsAccountId": ACCOUNT, "Namespace": "default"}
    quicksight.register_user(
        **place, IdentityType="QUICKSIGHT", UserName="rita", Email="rita@example.com", UserRole="AUTHOR"
    )
    quicksight.create_group(**place, GroupName="sales")
    quicksight.create_group_membership(**place, GroupName="sales", MemberName="rita")
    return dict(zip((f"{name}@example.com" for name in names), ids, strict=True))


def test_the_example_composes_lookups_and_resources(stack: Stack, people: dict[str, str], aws: Emulator) -> None:
    (stack.folder / "__main__.py").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    for number, email in enumerate(["ann@example.com", "bea@example.com"]):
        stack.run("config", "set", "--path", f"people[{number}]", email)
    stack.run("config", "set", "author", "rita")
    assert stack.preview().ops() == {
        "analysts": "create",
        "ann@example.com": "create",
        "bea@example.com": "create",
    }
    assert aws.calls.count("identitystore", "ListGroupMemberships") == 0  # nobody could be in it yet

    said = stack.up()
    outputs = stack.outputs()
    joined = sorted([people["ann@example.com"], people["bea@example.com"]])
    assert outputs["members"] == joined
    assert outputs["author"]["user_name"] == "rita"
    assert outputs["author_groups"] == ["sales"]
    assert outputs["embed_url"].startswith("https://us-east-1.quicksight.aws.amazon.com/embed/")
    assert outputs["embed_url"] not in said + stack.run("stack", "export").stdout

    # Who is there already stays, and who joins is seen at once.
    stack.run("config", "set", "--path", "people[2]", "cat@example.com")
    assert stack.preview().ops() == {"cat@example.com": "create"}
    stack.up()
    assert stack.outputs()["members"] == sorted(people.values())


def test_a_lookup_of_what_is_not_made_yet_is_unknown(stack: Stack, aws: Emulator) -> None:
    stack.program(
        """
        jo = IdentityStoreUser("jo", user_name="jo", display_name="Jo", name={"given_name": "J", "family_name": "D"})
        found = get_user_output(user_id=jo.user_id)
        copied = Group("copied", display_name=found.user_name)
        pulumi.export("jo", found.user_name)
        """
    )
    assert set(stack.preview().ops().values()) == {"create"}
    assert aws.calls.count("identitystore", "DescribeUser") == 0
    stack.up()
    assert stack.outputs()["jo"] == "jo"
    assert stack.state()["copied"]["inputs"]["display_name"] == "jo"
    assert stack.preview("--expect-no-changes").ops() == {}


@pytest.mark.parametrize(
    "program",
    [
        'get_user(user_name="nobody")',
        'pulumi.export("nobody", get_user_output(user_name="nobody").user_id)',
        'get_user_output(user_name="nobody")',
    ],
    ids=["plain", "output", "output that nobody uses"],
)
def test_an_error_is_told_in_one_line(program: str, stack: Stack) -> None:
    stack.program(program)
    plan = stack.preview(check=False)
    assert plan.code != 0
    line = (
        f"looking up IAM Identity Center User ({STORE}/nobody): ResourceNotFoundException: USER not found."
        " — check the spelling; get_users() lists all users"
    )
    assert line in plan.diagnostics, plan.diagnostics
    assert "Traceback" not in plan.diagnostics


def test_a_secret_stays_one(stack: Stack, people: dict[str, str]) -> None:
    stack.program(
        """
        reader = get_quicksight_user_output("rita")
        context = get_identity_context_output(user_arn=reader.arn)
        pulumi.export("context", context.context)
        """
    )
    said = stack.up()
    context = stack.outputs()["context"]
    assert context
    assert context not in said + stack.run("stack", "export").stdout
