"""The states that earlier releases left are refreshed, updated by a program, and destroyed without one."""

from __future__ import annotations

import base64
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from chaos.scene import entities, new_process
from contract.examples import RESOURCES
from contract.host import Host, wire
from state.test_contract import GOLDEN, plain, rebuilt, resource_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_a_state_of_an_earlier_release(folder: Path, aws: Emulator, client: Callable[[str], Any]) -> None:
    client("appstream").create_stack(Name="desktop")  # another provider's
    parents = entities(aws)
    text = rebuilt(aws, (folder / "state.json").read_text(encoding="utf-8"))
    stored = [each for each in json.loads(text)["deployment"]["resources"] if "/identity:" in each["type"]]
    hosts = [restored(each) for each in stored]
    before = entities(aws)
    for host in hosts:
        new_process()
        inputs, outputs = host.inputs, host.outputs
        assert host.refresh()
        assert (host.inputs, host.outputs.keys()) == (inputs, outputs.keys())
        change = update(host)
        assert host.up(host.inputs | change) == ("update" if change else "same")
        assert host.preview(host.inputs) == ("same", [])
    assert entities(aws) == before, "an update replaced an entity"
    for host in reversed(hosts):
        new_process()
        host.destroy()
    assert entities(aws) == parents


def restored(stored: dict[str, Any]) -> Host:
    """Return a host with a resource of an exported state, and with the provider that it names."""
    host = Host(resource_of(stored["type"]))
    inputs, outputs = (wire(plain(stored[part])) for part in ("inputs", "outputs"))
    host.reference = inputs.pop("__provider")
    outputs.pop("__provider", None)
    assert pickle.loads(base64.b64decode(host.reference))
    host.id, host.inputs, host.outputs = stored["id"], inputs, outputs
    return host


def update(host: Host) -> dict[str, Any]:
    """Return a change in place of one property, from the examples of the resource."""
    changes = RESOURCES[host.kind.name][0].changes
    if host.kind.relation:  # other members would be other entities
        return {"exclusive": False}
    shared = {name: values for name, values in changes.items() if name not in host.kind.unique_properties}
    return next(({name: values[0]} for name, values in shared.items() if host.inputs.get(name) != values[0]), {})
