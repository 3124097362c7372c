"""docs/rules.md, run: each block of it is what Pulumi prints for the change that this file makes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

    from pulumi_identity.emulator import Emulator

RULES = Path(__file__).parents[2] / "docs" / "rules.md"
STORE = "d-1234567890"

BEFORE = """
    def person(called, **more):
        return IdentityStoreUser(
            called, user_name=more.pop("user_name", called), display_name=called.title(),
            name={"given_name": called.title(), "family_name": "Doe"} | more.pop("name", {}), **more,
        )

    def analyst(name, role, **more):
        names = {"user_name": name, "email": f"{name}@example.com"}
        return QuickSightUser(name, user_role=role, **(names | more))

    jo = person("jo", title="Engineer")
    person("ann", title="Engineer", name={"middle_name": "M"})
    person("bob")
    person("leo")
    person("eve", title="Engineer")
    person("kim", title="Engineer")
    admins = Group("admins", display_name="Admins")
    GroupMembership("jo-admins", group_id=admins.group_id, member_id=jo.user_id)
    analyst("max", "READER", tags={"team": "data"})
    analyst("zoe", "AUTHOR")
    analyst("tom", "READER")
"""
AFTER = (
    BEFORE.replace('"jo", title="Engineer"', '"jo", title="Lead"')
    .replace('person("ann", title="Engineer", name={"middle_name": "M"})', 'person("ann")')
    .replace('person("bob")', 'person("bob", user_name="robert")')
    .replace('person("kim", title="Engineer")', 'person("kim", title="Lead")')
    .replace('analyst("tom", "READER")', 'analyst("tom", "READER", user_name="thomas")')
    .replace('analyst("max", "READER"', 'analyst("max", "AUTHOR"')
)
REFUSED = (
    AFTER.replace('"eve", title="Engineer"', '"eve", title="Lead"').replace('"zoe", "AUTHOR"', '"zoe", "READER"')
    + """
    Group("again", display_name="Everyone")
    QuickSightUser("far", user_name="far", email="far@example.com", user_role="READER", region="eu-west-1")
    person("lost", identity_store_id="d-0000000000")
"""
)


def documented(resource: str, document: Path = RULES) -> list[list[str]]:
    """Return the blocks of a document about a resource: those under a line that names it."""
    text = document.read_text(encoding="utf-8")
    found = re.findall(rf"^<!-- {resource} -->\n```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block.splitlines() for block in found]


def shown_for(preview: str, resource: str) -> list[str]:
    """Return what a preview with `--diff` says of a resource, but for its id and URN."""
    steps = re.split(r"\n(?= {2,}[-+~]{1,2} ?pulumi)|\nResources:", preview)
    (step,) = [step for step in steps if f"::{resource}]" in step and "(refresh)" not in step]
    lines = [line.rstrip() for line in step.splitlines() if not re.match(r"\s+\[(id|urn)=", line)]
    indent = min(len(line) - len(line.lstrip()) for line in lines if line)
    return [line[indent:] for line in lines if line]


def test_every_preview_in_it_is_real(stack: Stack, client: Callable[[str], Any], aws: Emulator) -> None:
    stack.program(BEFORE)
    stack.up()
    store, quicksight = client("identitystore"), client("quicksight")
    ids = {name: state["id"].rpartition("/")[2] for name, state in stack.state().items()}

    def update(name: str, path: str, value: str) -> None:
        operations = [{"AttributePath": path, "AttributeValue": value}]
        store.update_user(IdentityStoreId=STORE, UserId=ids[name], Operations=operations)

    renamed = [{"AttributePath": "displayName", "AttributeValue": "Everyone"}]
    store.update_group(IdentityStoreId=STORE, GroupId=ids["admins"], Operations=renamed)
    store.delete_user(IdentityStoreId=STORE, UserId=ids["leo"])
    update("bob", "nickName", "Bobby")
    quicksight.tag_resource(
        ResourceArn="arn:aws:quicksight:us-east-1:123456789012:user/default/max",
        Tags=[{"Key": "team", "Value": "ops"}],
    )
    stack.program(AFTER)
    preview = stack.run("preview", "--refresh", "--diff").stdout
    for name in ("jo", "ann", "bob", "tom", "admins", "max", "leo"):
        assert [shown_for(preview, name)] == documented(name), preview
    assert "::jo-admins]" not in preview, "what only refers to a change is no change"

    # What only AWS can refuse is an error of the update, one line each.
    update("eve", "title", "Boss")
    aws.identitystore.set_external_ids(STORE, ids["kim"], ("https://idp.example.com", "42"))
    stack.program(REFUSED)
    said = stack.up("--continue-on-error", check=False)
    for name in ("eve", "kim", "again", "far", "zoe"):
        (expected,) = documented(name)
        assert expected[0] in said.replace(ids["admins"], "…"), f"{expected[0]}\n\n{said}"
    assert "Traceback" not in said
