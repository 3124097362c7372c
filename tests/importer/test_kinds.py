"""An import writes an entity of each kind that can be imported, and patterns match its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import RESOURCES, Example, fill
from contract.host import Host
from contract.life import SAME
from importer.directories import Imported, host_of

from pulumi_identity.importer import Selection
from pulumi_identity.provider.registry import importable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator

IMPORTED = [examples[0] for examples in RESOURCES.values() if examples[0].kind.import_]
NAMED = [example for example in IMPORTED if example.kind.name_property]


def create(example: Example, client: Callable[[str], Any]) -> Host:
    """Create an example's entity."""
    host = Host(example.resource)
    host.up(fill(example.program, example.create_parents(client)))
    return host


def selection_of(host: Host) -> Selection:
    """Return what selects the place of an entity."""
    assert host.kind.import_
    option = host.kind.import_.option
    is_single = host.kind.name in {kind.relation.name for kind, _ in importable() if kind.relation}
    place = "/".join(host.outputs[part] for part in option.parts)
    return Selection(values={option.flag: place}, memberships=is_single)


@pytest.mark.parametrize("example", IMPORTED, ids=str)
def test_an_entity_is_imported_and_then_unchanged(
    aws: Emulator, client: Callable[[str], Any], tmp_path: Path, example: Example
) -> None:
    created = create(example, client)
    done = Imported(tmp_path / "out", selection_of(created))
    (entry,) = (entry for entry in done.entries if (entry["type"], entry["id"]) == (example.kind.token, created.id))
    imported = host_of(entry)
    declared = dict(imported.inputs)
    assert imported.preview(declared) == SAME
    assert imported.refresh()
    assert imported.preview(declared) == SAME
    assert example.kind.import_
    assert f"{example.name}(" in done.source(example.kind.import_.module)


@pytest.mark.parametrize("example", NAMED, ids=str)
def test_patterns_match_its_name(aws: Emulator, client: Callable[[str], Any], tmp_path: Path, example: Example) -> None:
    created = create(example, client)
    pattern = created.outputs[example.kind.name_property or ""].upper()
    selection = selection_of(created)
    included = Imported(tmp_path / "included", replace(selection, include=(pattern,)))
    excluded = Imported(tmp_path / "excluded", replace(selection, exclude=(pattern,)))
    named = [entry["id"] for entry in included.entries if entry["type"] == example.kind.token]
    assert named == [created.id]
    assert excluded.entries == []
