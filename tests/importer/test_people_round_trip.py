"""An import with `--format yaml`, under the real engine: nothing differs after `pulumi import`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from importer.directories import EVERYTHING, Imported, fill
from importer.test_round_trip import REFRESHED, TAKE_IN, resources, stack_in, state_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator


def test_round_trip_of_a_file(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> None:
    fill(aws, client)
    imported = Imported(tmp_path / "people", replace(EVERYTHING, exclude=("o'brien",)), people_file=True)
    stack = stack_in(imported.out, aws)
    stack.run(*TAKE_IN, "import.json")
    taken_in = resources(stack)
    assert len(taken_in) == len(imported.entries)
    assert sum("identity:index:Directory$" in urn for urn in taken_in) > 130
    aws.calls.clear()
    stack.run(*REFRESHED)
    stack.up()
    without_component = [urn for urn in taken_in if "identity:index:Directory::" not in urn]
    after = resources(stack)
    assert after.keys() == taken_in.keys()
    assert [state_of(after[urn]) for urn in without_component] == [state_of(taken_in[urn]) for urn in without_component]
    assert all(call.operation.startswith(("List", "Describe")) for call in aws.calls)
