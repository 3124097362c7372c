"""What every resource promises, tried on each of them with its example, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import EXAMPLES, GROUP, MEMBER, OTHER_GROUP, OTHER_MEMBER, STORE, Example
from contract.host import Host

from pulumi_identity.provider.declare import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

    Ids = dict[str, str]

each = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.called)
each_change = pytest.mark.parametrize(
    ("example", "name"),
    [(example, name) for example in EXAMPLES for name in example.changes],
    ids=lambda value: value if isinstance(value, str) else value.called,
)
each_replacement = pytest.mark.parametrize(
    ("example", "name"),
    [(example, name) for example in EXAMPLES for name in example.replacements],
    ids=lambda value: value if isinstance(value, str) else value.called,
)


@pytest.fixture
def ids(client: Callable[[str], Any]) -> Ids:
    """Groups and users for memberships to be between, made by somebody else."""
    store = client("identitystore")

    def user(name: str) -> str:
        named = {"GivenName": name, "FamilyName": name}
        made = store.create_user(IdentityStoreId=STORE, UserName=name, DisplayName=name, Name=named)
        return str(made["UserId"])

    def group(name: str) -> str:
        return str(store.create_group(IdentityStoreId=STORE, DisplayName=name)["GroupId"])

    return {GROUP: group("g1"), OTHER_GROUP: group("g2"), MEMBER: user("u1"), OTHER_MEMBER: user("u2")}


def program(example: Example, ids: Ids, **more: Any) -> dict[str, Any]:
    """The example's program, with ids for what stands in for them."""
    said = example.program | more
    return {name: ids.get(value, value) if isinstance(value, str) else value for name, value in said.items()}


def cost(aws: Emulator) -> int:
    """Return how many calls there were, but for the one that tells a process the account of its credentials."""
    return len(aws.calls) - aws.calls.count("sts", "GetCallerIdentity")


@each
def test_it_is_made_once_and_then_unchanged(aws: Emulator, ids: Ids, example: Example) -> None:
    host = Host(example.resource)
    said = program(example, ids)
    assert host.preview(said) == ("create", [])
    before = cost(aws)
    host.up(said)
    assert cost(aws) - before <= example.calls["create"]
    assert host.preview(said) == ("same", [])
    made = host.outputs
    assert host.refresh()
    assert host.preview(said) == ("same", [])
    assert {name: host.outputs[name] for name in made} == made, "a refresh of what nobody touched changes nothing"


@each
def test_what_comes_with_the_id_is_in_the_outputs(aws: Emulator, ids: Ids, example: Example) -> None:
    host = Host(example.resource)
    host.up(program(example, ids))
    known = host.kind.parse_id(host.id, host.outputs["region"])
    assert known.keys() == host.kind.id_properties
    assert known.items() <= host.outputs.items()


@each_change
def test_a_property_is_set_changed_and_cleared_in_place(aws: Emulator, ids: Ids, example: Example, name: str) -> None:
    host = Host(example.resource)
    said = program(example, ids)
    host.up(said)
    made = host.id
    for value in example.changes[name]:
        changed = said | {name: value}
        if host.preview(changed)[0] == "same":
            continue
        assert host.preview(changed) == ("update", [name])
        before = cost(aws)
        host.up(changed)
        assert cost(aws) - before <= example.calls["update"]
        assert host.id == made
        assert host.preview(changed) == ("same", [])
        assert host.refresh()
        assert host.preview(changed) == ("same", []), "AWS has what was declared"
        assert host.outputs[name] == value
    if name not in example.kept:
        assert host.preview(said) == ("update", [name])
        host.up(said)
        assert host.refresh()
        assert name not in host.outputs
        assert host.preview(said) == ("same", []), "AWS has it no more"


@each_change
def test_drift_is_seen_and_repaired(aws: Emulator, ids: Ids, example: Example, name: str) -> None:
    """Somebody else is played by a second host, which has the same entity in a state of its own."""
    if kind_of(example.resource).schema.inputs[name].write_only:
        return
    host, somebody = Host(example.resource), Host(example.resource)
    first, second = example.changes[name]
    said = program(example, ids, **{name: first})
    host.up(said)
    somebody.id, somebody.outputs, somebody.inputs = host.id, host.outputs, host.inputs
    if somebody.preview(said | {name: second})[0] == "same":
        return
    somebody.up(said | {name: second})
    assert host.preview(said) == ("same", []), "without a refresh, state is all there is"
    assert host.refresh()
    assert host.preview(said) == ("update", [name])
    host.up(said)
    assert host.refresh()
    assert host.preview(said) == ("same", [])


@each_change
def test_what_the_program_leaves_out_is_not_ours(aws: Emulator, ids: Ids, example: Example, name: str) -> None:
    if name in example.program or name in example.kept:
        return
    host, somebody = Host(example.resource), Host(example.resource)
    said = program(example, ids)
    host.up(said)
    somebody.id, somebody.outputs, somebody.inputs = host.id, host.outputs, host.inputs
    somebody.up(said | {name: example.changes[name][0]})
    assert host.refresh()
    assert name not in host.outputs
    assert host.preview(said) == ("same", [])


@each_replacement
def test_a_property_that_aws_cannot_change_replaces(aws: Emulator, ids: Ids, example: Example, name: str) -> None:
    host = Host(example.resource)
    said = program(example, ids)
    host.up(said)
    value = example.replacements[name]
    if ids.get(value, value) == said[name]:
        return
    changed = program(example, ids, **{name: value})
    assert host.preview(changed) == ("replace", [name])
    host.up(changed)
    assert host.refresh()
    assert host.preview(changed) == ("same", [])


@each
def test_it_disappears_behind_our_back(aws: Emulator, ids: Ids, example: Example) -> None:
    host, somebody = Host(example.resource), Host(example.resource)
    said = program(example, ids)
    host.up(said)
    somebody.id, somebody.outputs = host.id, host.outputs
    somebody.destroy()
    assert not host.refresh()
    assert host.preview(said) == ("create", [])
    host.up(said)
    assert host.refresh()


@each
def test_deleting_what_is_gone_succeeds(aws: Emulator, ids: Ids, example: Example) -> None:
    host, somebody = Host(example.resource), Host(example.resource)
    host.up(program(example, ids))
    somebody.id, somebody.outputs = host.id, host.outputs
    before = cost(aws)
    somebody.destroy()
    assert cost(aws) - before <= example.calls["delete"]
    host.destroy()
    assert not host.id


@each
def test_every_property_is_in_its_example(example: Example) -> None:
    tried = example.changes.keys() | example.replacements.keys()
    schema = kind_of(example.resource).schema
    assert {name for name, field in schema.inputs.items() if field.replaces} & tried == example.replacements.keys()
