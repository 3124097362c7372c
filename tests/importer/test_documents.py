"""The examples in docs/import.md and docs/unmanaged.md are correct."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from importer.directories import ACCOUNT, ALL_SERVICES, STORE, STORE_ONLY, Imported, person

from pulumi_identity.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pulumi_identity.emulator import Emulator

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = (DOCS / "import.md").read_text(encoding="utf-8")


def test_the_program_is_a_written_one(aws: Emulator, tmp_path: Path) -> None:
    name = {"GivenName": "Jo", "FamilyName": "Doe"}
    mail = [{"Value": "jo@example.com", "Type": "work", "Primary": True}]
    ids = aws.identitystore.seed_users(
        STORE, [person("jo", DisplayName="Jo Doe", Name=name, Emails=mail), person("ann.o'neil")]
    )
    (group,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "Admins"}])
    aws.identitystore.seed_memberships(STORE, [(group, each) for each in ids])
    done = Imported(tmp_path / "people", STORE_ONLY)
    written = [f"people/{path.relative_to(done.out)}" for path in done.out.rglob("*.*")]
    shown = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    assert len(shown) == 3
    one_by_one = Imported(tmp_path / "one by one", replace(STORE_ONLY, memberships=True))
    sources = [done.source("people"), done.source("members"), one_by_one.source("memberships")]
    for source in shown:
        assert any(source in module for module in sources)
    for path in re.findall(r"`(people/[\w/.]+)`", DOCUMENT):
        assert path in [*written, "people/people/quicksight.py"]


def test_the_file_is_a_written_one(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> None:
    mail = [{"Value": "jo@example.com", "Primary": True}]
    jo = person("jo", DisplayName="Jo Doe", Emails=mail)
    ann = person("ann.o'neil", DisplayName="Ann O'Neil", Name={"GivenName": "Ann", "FamilyName": "O'Neil"})
    (group,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "Admins"}])
    aws.identitystore.seed_memberships(
        STORE, [(group, user) for user in aws.identitystore.seed_users(STORE, [jo, ann])]
    )
    client("quicksight").register_user(
        AwsAccountId=ACCOUNT,
        Namespace="default",
        IdentityType="QUICKSIGHT",
        UserName="jo",
        Email="jo@example.com",
        UserRole="AUTHOR",
    )
    written = Imported(tmp_path / "people", ALL_SERVICES, people_file=True)
    (shown,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)
    assert (written.out / "people.yaml").read_text().partition("\n")[2] == shown


@pytest.mark.parametrize("name", ["import", "unmanaged"])
def test_every_option_is_explained(name: str) -> None:
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts if option != "--help"}
    section = (DOCS / f"{name}.md").read_text(encoding="utf-8").partition("## Options")[2].partition("\n## ")[0]
    assert options == set(re.findall(r"`(--[a-z-]+)", section.replace("`--show-secrets`", "")))
