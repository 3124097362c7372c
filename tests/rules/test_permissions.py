"""The permissions that a resource's documentation asks for are the calls that it makes, no more and no fewer."""

from __future__ import annotations

from contextlib import nullcontext
from copy import copy
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import RESOURCES, Example, fill
from contract.host import Host, new_command

from pulumi_identity import AlreadyExists
from tools.permissions import reading, writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator


@pytest.mark.parametrize("examples", RESOURCES.values(), ids=list(RESOURCES))
def test_documented_permissions(aws: Emulator, client: Callable[[str], Any], examples: list[Example]) -> None:
    ids = examples[0].create_parents(client)
    aws.calls.clear()
    for example in examples:
        live(example, ids, aws, client)
    operations = {call.operation for call in aws.calls if call.service == examples[0].kind.service}
    of_others = {"CreateUser"} if any(example.intrude for example in examples) else set()
    assert operations - of_others == {*examples[0].kind.operations}


@pytest.mark.parametrize("examples", RESOURCES.values(), ids=list(RESOURCES))
def test_the_policy_to_read_is_enough_for_a_preview(
    aws: Emulator, client: Callable[[str], Any], examples: list[Example]
) -> None:
    ids = examples[0].create_parents(client)
    for example in examples:
        host, program = Host(example.resource), fill(example.program, ids)
        host.up(program)
        aws.calls.clear()
        changes = {name: values[0] for name, values in example.changes.items()}
        for plan in (
            program,
            program | changes,
            *(program | {name: new} for name, new in example.replacements.items()),
        ):
            new_command()
            host.preview(fill(plan, ids))
        assert host.refresh()
        calls = {f"{call.service}:{call.operation}" for call in aws.calls if call.service != "sts"}
        assert calls
        assert calls <= {*reading(example.kind.service)}
        host.destroy()


@pytest.mark.parametrize("service", ["appstream", "identitystore", "quicksight"])
def test_no_operation_is_in_both_policies(service: str) -> None:
    kinds = [examples[0].kind for examples in RESOURCES.values() if examples[0].kind.service == service]
    operations = {f"{service}:{operation}" for kind in kinds for operation in kind.operations}
    assert not {*reading(service)} & {*writing(service)}
    assert {*reading(service), *writing(service)} >= operations
    verbs = ("Describe", "Get", "Is", "List", "Search")
    assert all(action.partition(":")[2].startswith(verbs) for action in reading(service))


def live(example: Example, ids: dict[str, str], aws: Emulator, client: Callable[[str], Any]) -> None:
    """Do everything that a resource can do: create, adopt, change, read, clear and delete."""
    program = fill(example.program, ids)
    host, another, gone = Host(example.resource), Host(example.resource), Host(example.resource)
    host.up(program)
    with nullcontext() if example.takes_existing else pytest.raises(AlreadyExists):
        another.up(program)
    another.up(program | {"adopt": True})
    changed = dict(program)
    for name, values in example.changes.items():
        for value in values:
            changed[name] = fill(value, ids)
            host.up(changed)
        assert host.refresh()
        if name not in example.kept:
            del changed[name]
            host.up(changed)
    for count in (1, 20) if example.intrude and example.where else ():
        example.intrude(client, example.where(program), count=count)
        assert host.refresh()
    assert copy(another).refresh()
    gone.id, gone.outputs = host.id, host.outputs
    if example.orphan:
        example.orphan(aws)
    host.destroy()
    another.destroy()
    assert gone.refresh() is example.outlives_deletion
