"""AWS calls of a create, an update and a delete. `python -m benchmarks.writes` prints the table."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3

from pulumi_identity import _state
from pulumi_identity.aws import process
from pulumi_identity.aws.session import Sessions, session
from pulumi_identity.emulator import Emulator
from tests.contract.examples import EXAMPLES, fill

from . import host
from .directory import REGION
from .row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator


class Cost(NamedTuple):
    """The calls of creating, updating and deleting one resource, in order."""

    resource: str
    particular: str
    create: list[str]
    update: list[str]
    delete: list[str]


def costs() -> list[Cost]:
    """Create, update and delete the resource of each example, one at a time, in this process."""
    with Emulator() as aws:
        os.environ.update(host.environment(aws.url))
        # Each process reads the account of the credentials once, for QuickSight and AppStream.
        _ = session(REGION, None).account_id
        aws.calls.clear()

        def made() -> list[str]:
            calls = [call.operation for call in aws.calls]
            aws.calls.clear()
            process.current = process.Process(process.get(Sessions))  # each step starts like a new command
            return calls

        client: Any = boto3.Session(region_name=REGION).client
        found = []
        for example in EXAMPLES:
            program = fill(example.program, example.create_parents(client))
            provider = _state.provider(example.name)
            aws.calls.clear()
            for write in example.writes:
                inputs = provider.check({}, program | write.more).inputs
                created = provider.create(inputs)
                creating, updating, outputs = made(), [], created.outs or {}
                if write.change:
                    changed = provider.check({}, inputs | write.change).inputs
                    outputs = provider.update(created.id, outputs, changed).outs or {}
                    updating = made()
                provider.delete(created.id, outputs)
                found.append(Cost(example.name, write.particular, creating, updating, made()))
        return found


def rows() -> Iterator[Row]:
    """Yield the largest number of calls of an ordinary write."""
    ordinary = [cost for cost in host.apart(costs) if not cost.particular]
    for step in ("create", "update", "delete"):
        # AppStream creates that run side by side share one listing, so it doesn't count.
        listed = {"DescribeUsers"} if step == "create" else set()
        most = max(len([call for call in getattr(cost, step) if call not in listed]) for cost in ordinary)
        yield Row(f"{step} of one resource", most, "calls", None, 1)


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
