"""The README's program and preview, run and compared: documents that can't lie."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pulumi_identity.aws.ids import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

README = Path(__file__).parents[2] / "README.md"


def block(language: str, containing: str) -> str:
    """Return the fenced block of the README that has this text."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (found,) = [text for its, text in blocks if its == language and containing in text]
    return str(found)


def test_its_preview_is_what_pulumi_prints(stack: Stack, client: Callable[[str], Any]) -> None:
    program = block("python", "IdentityStoreUser")
    assert len(program.splitlines()) <= 20
    (stack.folder / "__main__.py").write_text(program, encoding="utf-8")
    stack.up()
    store, group, _ = stack.state()["admins"]["id"].split("/")  # the set has the name of its group
    renamed = [{"AttributePath": "displayName", "AttributeValue": "Everyone"}]
    client("identitystore").update_group(IdentityStoreId=store, GroupId=group, Operations=renamed)
    names = {"GivenName": "Eve", "FamilyName": "Poe"}
    eve = client("identitystore").create_user(IdentityStoreId=store, UserName="eve", DisplayName="Eve", Name=names)
    client("identitystore").create_group_membership(
        IdentityStoreId=store, GroupId=group, MemberId={"UserId": eve["UserId"]}
    )
    changed = program.replace("Engineer", "Lead").replace("READER", "AUTHOR")
    (stack.folder / "__main__.py").write_text(changed, encoding="utf-8")
    shown = stack.run("preview", "--refresh", "--diff").stdout
    updates = shown[shown.rindex("(same)") :].splitlines()[1:]
    # Lines with @ show progress: a slow machine prints more of them.
    printed = [line for line in updates if not re.match(r"\s+\[(id|urn)=|@ ", line) and line.strip()]
    printed = [line.replace(eve["UserId"], EXAMPLE) for line in printed]
    assert sorted(printed) == sorted(block("", "4 to update").splitlines()), shown
