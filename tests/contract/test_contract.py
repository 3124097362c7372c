"""What every resource promises, tried on each example, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import ACCOUNT, EXAMPLES, SETTINGS, Example
from contract.life import SAME, Life

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def each_example(holds: Callable[[Example], object] = lambda _: True) -> pytest.MarkDecorator:
    """Run a test for each example for which something holds."""
    return pytest.mark.parametrize("example", list(filter(holds, EXAMPLES)), ids=str)


def each_property(properties: Callable[[Example], Iterable[str]]) -> pytest.MarkDecorator:
    """Run a test for each of some properties of each example."""
    cases = [(example, name) for example in EXAMPLES for name in sorted(properties(example))]
    return pytest.mark.parametrize(("example", "name"), cases, ids=str)


def readable(example: Example) -> list[str]:
    """Return the changed properties that AWS returns."""
    return [name for name in example.changes if name not in example.never_returned]


def without_drift(example: Example) -> dict[str, Any]:
    """Return other values for the properties that can't drift in AWS, except those in the physical id."""
    unchanging = {name: example.changes[name][0] for name in example.changes.keys() & example.never_returned}
    others = {**unchanging, **example.replaces}
    return {name: others[name] for name in others.keys() - example.kind.id_properties - SETTINGS.keys()}


@each_example()
def test_it_is_created_once_and_then_unchanged(life: Life, example: Example) -> None:
    host = life.host
    assert host.preview(life.program) == ("create", [])
    life.calls()
    host.up(life.program)
    calls = life.calls()
    assert example.kind.actions["create"][0] in calls
    assert len(calls) <= example.calls["create"]
    assert host.preview(life.program) == SAME
    created = host.outputs
    assert host.refresh()
    assert host.preview(life.program) == SAME
    assert {name: host.outputs[name] for name in created} == created, "a refresh changes nothing"


@each_example()
def test_outputs_are_what_the_example_names(life: Life, example: Example) -> None:
    life.host.up(life.program)
    assert life.host.outputs["__resolved"] == sorted(example.computed_defaults)
    assert life.host.refresh()
    assert life.host.outputs["__resolved"] == sorted(example.computed_defaults)
    assert life.host.outputs.keys() & example.kind.schema.outputs == example.computed
    assert {name: life.host.outputs[name] for name in example.defaults} == example.defaults


@each_example()
def test_properties_in_the_id_are_in_the_outputs(life: Life, example: Example) -> None:
    life.host.up(life.program)
    known = example.kind.parse_id(life.host.id, life.host.outputs["region"])
    assert known.keys() == example.kind.id_properties
    assert known.items() <= life.host.outputs.items()


@each_property(lambda example: example.computed_defaults)
def test_a_resolved_value_is_no_change_when_declared(life: Life, name: str) -> None:
    life.host.up(life.program)
    declared = life.host.inputs | {name: life.host.outputs[name]}
    assert life.host.provider.diff(life.host.id, life.host.outputs, declared).changes is False


@each_property(lambda example: example.changes)
def test_a_property_changes_in_place(life: Life, example: Example, name: str) -> None:
    host = life.host
    host.up(life.program)
    id_ = host.id
    for value in example.changes[name]:
        changed = life.with_(name, value)
        assert host.preview(changed) == ("update", [name])
        life.calls()
        host.up(changed)
        assert len(life.calls()) <= example.calls["update"]
        assert host.id == id_
        assert host.preview(changed) == SAME
        assert host.refresh()
        assert host.preview(changed) == SAME, "AWS has what was declared"
        assert host.outputs[name] == changed[name]


@each_property(lambda example: example.changes.keys() - example.kept)
def test_a_property_is_cleared_in_place(life: Life, example: Example, name: str) -> None:
    host = life.host
    host.up(life.with_(name, example.changes[name][0]))
    assert host.preview(life.without(name)) == ("update", [name])
    host.up(life.without(name))
    assert host.refresh()
    assert name not in host.outputs
    assert host.preview(life.without(name)) == SAME, "AWS has no value any more"


@each_property(readable)
def test_drift_is_seen_and_repaired(life: Life, example: Example, name: str) -> None:
    """Another administrator sets the last value, or clears the only one."""
    host = life.host
    first, *others = example.changes[name]
    declared = life.with_(name, first)
    host.up(declared)
    life.another_administrator().up(life.with_(name, others[-1]) if others else life.program)
    assert host.preview(declared) == SAME, "without a refresh, state is all there is"
    assert host.refresh()
    assert host.preview(declared) == ("update", [name])
    host.up(declared)
    assert host.refresh()
    assert host.preview(declared) == SAME


@each_property(lambda example: example.changes.keys() - example.kept - example.program.keys())
def test_an_undeclared_property_is_not_managed(life: Life, example: Example, name: str) -> None:
    host = life.host
    host.up(life.program)
    life.another_administrator().up(life.with_(name, example.changes[name][0]))
    assert host.refresh()
    assert name not in host.outputs
    assert host.preview(life.program) == SAME


@each_property(without_drift)
def test_a_refresh_corrects_what_aws_returns_and_keeps_the_rest(life: Life, example: Example, name: str) -> None:
    life.host.up(life.program)
    stored = life.remember(name, without_drift(example)[name])
    assert life.host.refresh()
    assert (life.host.outputs.get(name) == stored) is (name in example.never_returned)


@each_example()
def test_a_refresh_keeps_the_settings(life: Life) -> None:
    life.host.up(life.program)
    stored = {name: life.remember(name, value) for name, value in SETTINGS.items() if name != "region"}
    stored["region"] = life.remember("region", life.host.outputs["region"])
    assert life.host.refresh()
    assert {name: life.host.inputs[name] for name in stored} == stored


@each_example()
def test_a_preview_shows_a_changed_setting(life: Life, example: Example) -> None:
    life.program["role_arn"] = f"arn:aws:iam::{ACCOUNT}:role/People"  # `assume_role` needs a role
    life.host.up(life.program)
    previews = {name: life.host.preview(life.with_(name, value)) for name, value in example.settings.items()}
    assert previews == {name: ("update", [name]) for name in example.settings}


@each_property(lambda example: example.replacements)
def test_a_replacement_is_previewed_and_done(life: Life, example: Example, name: str) -> None:
    host = life.host
    host.up(life.program)
    changed = life.with_(name, example.replacements[name])
    assert host.preview(changed) == ("replace", [name])
    host.up(changed)
    assert host.refresh()
    assert host.preview(changed) == SAME


@each_property(lambda example: example.previewed)
def test_a_stored_value_that_differs_is_a_replacement(life: Life, example: Example, name: str) -> None:
    life.host.up(life.program)
    life.remember(name, example.previewed[name])
    assert life.host.preview(life.program) == ("replace", [name])


@each_example(lambda example: not example.outlives_deletion)
def test_a_refresh_sees_a_deletion(life: Life) -> None:
    host = life.host
    host.up(life.program)
    life.another_administrator().destroy()
    assert not host.refresh()
    assert host.preview(life.program) == ("create", [])
    host.up(life.program)
    assert host.refresh()


@each_example(lambda example: example.outlives_deletion)
def test_a_refresh_sees_an_empty_group(life: Life) -> None:
    host = life.host
    host.up(life.program)
    life.another_administrator().destroy()
    assert host.refresh()
    assert host.outputs["members"] == {}
    assert host.preview(life.program) == ("update", ["members"])
    host.up(life.program)
    assert host.refresh()
    assert host.preview(life.program) == SAME


@each_example()
def test_deleting_a_deleted_entity_succeeds(life: Life, example: Example) -> None:
    life.host.up(life.program)
    life.calls()
    life.another_administrator().destroy()
    assert len(life.calls()) <= example.calls["delete"]
    life.host.destroy()
    assert not life.host.id


@each_example(lambda example: example.orphan)
def test_an_entity_without_what_it_depends_on_is_deleted(life: Life, example: Example, aws: Any) -> None:
    life.host.up(life.program)
    assert example.orphan
    example.orphan(aws)
    life.host.destroy()
    assert not life.another_administrator().id
