"""AWS calls of a create, an update and a delete. `python -m benchmarks.writes` prints the table."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import boto3

from pulumi_identity import _state
from pulumi_identity.aws import process
from pulumi_identity.aws.session import Sessions, session
from pulumi_identity.emulator import Emulator
from pulumi_identity.provider import member_writes
from pulumi_identity.provider.registry import KINDS
from tests.contract.examples import EXAMPLES, fill

from . import host
from .directory import REGION
from .row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.contract.examples import Example


class Cost(NamedTuple):
    """The calls of creating, updating and deleting one resource, in order."""

    resource: str
    particular: str
    create: list[str]
    update: list[str]
    delete: list[str]


def costs() -> list[Cost]:
    """Create, update and delete the resource of each example, one at a time, in this process."""
    return [cost for example in EXAMPLES if example.writes for cost in _costs(example)]


def _costs(example: Example) -> Iterator[Cost]:
    """Measure the writes of an example, in a directory of its own.

    A set writes one member at a time, so that the order of the calls is always the same.
    """
    with Emulator() as aws, patch.object(member_writes, "WORKERS", 1):
        os.environ.update(host.environment(aws.url))
        process.current = process.Process()
        # Each process reads the account of the credentials once, for QuickSight and AppStream.
        _ = session(REGION, None).account_id

        def made() -> list[str]:
            calls = [call.operation for call in aws.calls]
            aws.calls.clear()
            process.current = process.Process(process.get(Sessions))  # each step starts like a new command
            return calls

        client: Any = boto3.Session(region_name=REGION).client
        ids = example.create_parents(client)
        program = fill(example.program, ids)
        provider = _state.provider(example.name)
        aws.calls.clear()
        for write in example.writes:
            inputs = provider.check({}, program | write.more).inputs
            created = provider.create(inputs)
            creating, updating, outputs = made(), [], created.outs or {}
            if write.change:
                changed = provider.check({}, inputs | fill(write.change, ids)).inputs
                outputs = provider.update(created.id, outputs, changed).outs or {}
                updating = made()
            provider.delete(created.id, outputs)
            yield Cost(example.name, write.particular, creating, updating, made())


def rows() -> Iterator[Row]:
    """Yield the largest number of calls of an ordinary write."""
    ordinary = [cost for cost in host.apart(costs) if not cost.particular]
    sets = [cost for cost in ordinary if KINDS[cost.resource].relation]
    for step in ("create", "update", "delete"):
        # AppStream creates that run side by side share one listing, so it doesn't count.
        listed = {"DescribeUsers"} if step == "create" else set()
        most = max(
            len([call for call in getattr(cost, step) if call not in listed]) for cost in ordinary if cost not in sets
        )
        yield Row(f"{step} of one resource", most, "calls", None, 1)
    yield Row("update of a set that replaces a member", max(len(cost.update) for cost in sets), "calls", None, 3)


def table() -> str:
    """Return the costs as a Markdown table."""
    lines = ["| resource | create | update | delete |", "|---|---|---|---|"]
    for cost in costs():
        name = f"`{cost.resource}`" + (f", {cost.particular}" if cost.particular else "")
        steps = (
            f"{len(calls)}: {', '.join(calls)}" if calls else "—" for calls in (cost.create, cost.update, cost.delete)
        )
        lines.append(f"| {name} | {' | '.join(steps)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
