"""What docs/import.md says is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from importer.directories import STORE, STORE_ONLY, Imported, person

from pulumi_identity.cli import app

if TYPE_CHECKING:
    from pulumi_identity.emulator import Emulator

DOCUMENT = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")


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
    assert len(shown) == 2
    for source in shown:
        assert source in done.source("people") + done.source("memberships")
    for path in re.findall(r"`(people/[\w/.]+)`", DOCUMENT):
        assert path in [*written, "people/people/quicksight.py"]


def test_every_option_is_explained() -> None:
    command = typer.main.get_command(app).commands["import"]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts if name != "--help"}
    assert options == set(re.findall(r"`(--[a-z-]+)", DOCUMENT.partition("## Options")[2].partition("\n## ")[0]))
