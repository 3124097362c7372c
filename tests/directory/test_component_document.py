"""docs/component.md: its file and its programs, as a user runs them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine.stack import engine_environment

from pulumi_identity import testing

if TYPE_CHECKING:
    from pulumi_identity.testing import EmulatedAws
    from pulumi_identity.testing.stacks import Stacks

assert engine_environment  # its import marks these tests as tests of the engine

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "component.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```\w+\n# (\w+\.\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
(MOVED,) = re.findall(
    r"^```yaml\n(moved:\n.*?)^```$", (DOCS / "directory.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)
BEFORE = """
from pulumi_identity import Group, GroupMembers, IdentityStoreUser, QuickSightUser

jo = IdentityStoreUser(
    "jo.doe",
    user_name="jo.doe",
    display_name="Jo Doe",
    name={"given_name": "Jo", "family_name": "Doe"},
    emails=[{"value": "jo.doe@example.com", "primary": True}],
)
QuickSightUser("jo.doe", user_name="jo.doe", email="jo.doe@example.com", user_role="AUTHOR")
admins = Group("admins", display_name="AWS-Admins")
GroupMembers("admins", group_id=admins.group_id, members=[jo])
"""


def test_every_block_is_tested() -> None:
    assert PAGE.count("```python") == 3
    assert sorted(BLOCKS) == ["directory.py", "homes.py", "moving.py", "people.yaml"]


@pytest.mark.parametrize("name", ["directory.py", "homes.py"])
def test_programs_register_the_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "people.yaml").write_text(BLOCKS["people.yaml"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    with testing.mocks() as aws:
        exec(BLOCKS[name], names)
        assert aws.members("AWS-Admins") == ["jo.doe"]


def test_a_program_moves_into_a_directory_and_a_person_gets_a_new_key(
    identity_aws: EmulatedAws, identity_stack: Stacks, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name, text in {"Pulumi.yaml": "name: people\nruntime: python\n", "__main__.py": BEFORE}.items():
        (source / name).write_text(text, encoding="utf-8")
    stack = identity_stack(source)
    stack.up()
    folder = Path(stack.automation.workspace.work_dir)
    (folder / "__main__.py").write_text(BLOCKS["moving.py"], encoding="utf-8")
    people = folder / "people.yaml"
    people.write_text(BLOCKS["people.yaml"], encoding="utf-8")
    assert {name: change.operation for name, change in stack.preview().changes.items()} == {"company": "create"}
    stack.up()

    (folder / "__main__.py").write_text(BLOCKS["directory.py"], encoding="utf-8")
    assert stack.preview().changes == {}

    text = BLOCKS["people.yaml"].replace("  jo.doe:\n", "  jo.miller:\n    user_name: jo.doe\n")
    people.write_text(text + MOVED, encoding="utf-8")
    changes = stack.preview().changes
    assert {name: change.operation for name, change in changes.items()} == {"company-admins (GroupMembers)": "update"}
    stack.up()
    assert identity_aws.members("AWS-Admins") == ["jo.doe"]
