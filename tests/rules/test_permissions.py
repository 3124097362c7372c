"""The permissions that a resource's documentation asks for are the calls that it makes, no more and no fewer."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import RESOURCES, Example, fill
from contract.host import Host

from pulumi_identity import AlreadyExists

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator


@pytest.mark.parametrize("examples", RESOURCES.values(), ids=list(RESOURCES))
def test_documented_permissions(aws: Emulator, client: Callable[[str], Any], examples: list[Example]) -> None:
    ids = examples[0].create_parents(client)
    aws.calls.clear()
    for example in examples:
        live(example, fill(example.program, ids), aws)
    operations = {call.operation for call in aws.calls if call.service == examples[0].kind.service}
    assert operations == {*examples[0].kind.operations}


def live(example: Example, program: dict[str, Any], aws: Emulator) -> None:
    """Do everything that a resource can do: create, adopt, change, read, clear and delete."""
    host, another, gone = Host(example.resource), Host(example.resource), Host(example.resource)
    host.up(program)
    with nullcontext() if example.takes_existing else pytest.raises(AlreadyExists):
        another.up(program)
    another.up(program | {"adopt": True})
    changed = dict(program)
    for name, values in example.changes.items():
        for value in values:
            changed[name] = value
            host.up(changed)
        assert host.refresh()
        if name not in example.kept:
            del changed[name]
            host.up(changed)
    gone.id, gone.outputs = host.id, host.outputs
    if example.orphan:
        example.orphan(aws)
    host.destroy()
    another.destroy()
    assert not gone.refresh()
