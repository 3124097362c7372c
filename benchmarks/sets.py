"""Stacks with one resource per membership, and with one resource for all members of a group; and a large set.

    python -m benchmarks.sets [--measure GROUPS]

Prints the table of docs/scale.md. `--measure` first measures the stacks and writes their figures to docs/scale.json.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from contextlib import ExitStack
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, TypeVar

from pulumi_identity import _state
from pulumi_identity.aws import process
from pulumi_identity.aws.listings import PAGE
from pulumi_identity.aws.session import Sessions
from pulumi_identity.emulator import Emulator

from . import directory, host
from .curves import FIGURES, figures
from .engine import LATENCY_MS, RATE, stack
from .row import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .engine import Stack

T = TypeVar("T")

PEOPLE_PER_GROUP = 20
"""How many people the directory has for each group. Each person is in two groups."""
GROUPS = 50
QUICK_GROUPS = 10
TIMES = 3
"""How many times a command that changes nothing runs. The fastest run counts."""
MEMBERS = 5000

PROGRAM = """
import pulumi
from pulumi_identity import Group, GroupMembers, GroupMembership, IdentityStoreUser

groups = int(pulumi.Config().require("size"))
store = "d-1234567890"
users = [
    IdentityStoreUser(
        f"user-{{number}}", identity_store_id=store, user_name=f"user-{{number}}", display_name=f"user-{{number}}",
        name={{"given_name": "Jo", "family_name": "Doe"}}, emails=[{{"value": f"user-{{number}}@example.com"}}],
    )
    for number in range(groups * {people})
]
for number in range(groups):
    name = f"group-{{number}}"
    group = Group(name, identity_store_id=store, display_name=name)
    members = [users[(number * {members} + place) % len(users)] for place in range({members})]
    {declare}
"""
DECLARATIONS = {
    "GroupMembership": """for place, user in enumerate(members):
        GroupMembership(f"{name}-{place}", identity_store_id=store, group_id=group.group_id, member_id=user.user_id)""",
    "GroupMembers": "GroupMembers(name, identity_store_id=store, group_id=group.group_id, members=members)",
}
"""Resource → the statement that adds its members to a group."""

COMMANDS = {"preview": "preview", "refresh": "refresh --yes --skip-preview"}


TITLES = {"up": "`up` that creates all", "preview": "preview, no change", "refresh": "refresh"}


class Figures(TypedDict):
    """The costs of one stack."""

    resources: int
    calls: dict[str, int]
    """Command → AWS calls."""
    seconds: dict[str, float]
    """Command → seconds."""


def measure(groups: int) -> dict[str, Figures]:
    """Measure both stacks, command by command, so that both have the same conditions.

    Args:
        groups: The number of groups. Each has 40 members.

    Returns:
        The resource that has the members → the figures of its stack.
    """
    measured: dict[str, Figures] = {}
    with ExitStack() as both:
        running: list[tuple[Emulator, Stack, Figures]] = []
        for resource, declaration in DECLARATIONS.items():
            program = PROGRAM.format(people=PEOPLE_PER_GROUP, members=directory.PER_GROUP, declare=declaration)
            aws = both.enter_context(Emulator())
            project = both.enter_context(stack(program, **host.environment(aws.url)))
            project.resize(groups)
            measured[resource] = {"resources": 0, "calls": {}, "seconds": {}}
            running.append((aws, project, measured[resource]))
        for aws, project, figure in running:
            figure["seconds"]["up"] = project.run("up --yes --skip-preview")[0]
            figure["calls"]["up"] = len(aws.calls)
            resources = json.loads(project.run("stack export")[1])["deployment"]["resources"]
            figure["resources"] = sum("/identity:" in resource["type"] for resource in resources)
        for name, command in COMMANDS.items():
            for _ in range(TIMES):
                for aws, project, figure in running:
                    aws.calls.clear()
                    seconds, output = project.run(command)
                    if f"{figure['resources'] + 1} unchanged" not in output:  # the stack itself counts as one
                        raise SystemExit(f"the {name} shows changes, but nothing has changed:\n{output[-1000:]}")
                    figure["seconds"][name] = min(seconds, figure["seconds"].get(name, seconds))
                    figure["calls"][name] = len(aws.calls)
    return measured


def stacks(*, quick: bool) -> Iterator[Row]:
    """Compare a stack with sets to the same stack with one resource per membership."""
    groups = QUICK_GROUPS if quick else GROUPS
    measured = measure(groups)
    each, sets = measured["GroupMembership"], measured["GroupMembers"]
    of = f"{groups * PEOPLE_PER_GROUP:,} users in {groups} groups of {directory.PER_GROUP}"
    yield Row(f"resources of {of}, with sets", sets["resources"], "resources", each["resources"])
    for command, more in (("up", groups), ("refresh", 0)):  # an up lists each group once
        calls = each["calls"][command]
        yield Row(f"calls of their {command}", sets["calls"][command], "calls", calls, calls + more)
    for command, target in (("up", 1 / 4), ("preview", 1 / 2), ("refresh", 1 / 2)):
        ratio = sets["seconds"][command] / each["seconds"][command]
        # In a small stack, the start of each command takes too large a share for a target.
        yield Row(f"{command} of {of}, over one resource per membership", ratio, "x", None, None if quick else target)


class Step(NamedTuple):
    """The cost of one step of a set."""

    calls: int
    throttled: int
    seconds: float


def life(size: int, rate: float | None = None, latency_ms: float = 0) -> dict[str, Step]:
    """Create a set, refresh it, add a member, remove a stranger, and delete it, in this process.

    Args:
        size: The number of members.
        rate: The calls a second that AWS allows.
        latency_ms: The duration of a call.
    """
    steps: dict[str, Step] = {}
    with Emulator(rate=rate, latency_ms=latency_ms) as aws:
        os.environ.update(host.environment(aws.url))
        people = [user.outputs["user_id"] for user in directory.users(aws, size + 2)]
        names = {f"user-{index}": person for index, person in enumerate(people)}
        (group,) = aws.identitystore.seed_groups(
            directory.STORE, [{"DisplayName": "everyone"}], directory.ACCOUNT, directory.REGION
        )
        place = {"identity_store_id": directory.STORE, "group_id": group}
        provider = _state.provider("GroupMembers")

        def step(name: str, work: Callable[[], T]) -> T:
            process.current = process.Process(process.get(Sessions))  # each step starts like a new command
            aws.calls.clear()
            start = time.perf_counter()
            result = work()
            seconds = time.perf_counter() - start
            steps[name] = Step(len(aws.calls), sum(call.error is not None for call in aws.calls), seconds)
            return result

        def inputs(members: int) -> dict[str, Any]:
            chosen = dict(list(names.items())[:members])
            return dict(provider.check({}, {**place, "members": chosen}).inputs)

        created = step("create", lambda: provider.create(inputs(size)))
        state = step("refresh", lambda: provider.read(created.id, created.outs or {})).outs or {}
        state = step("add", lambda: provider.update(created.id, state, inputs(size + 1))).outs or {}
        aws.identitystore.seed_memberships(directory.STORE, [(group, people[-1])])
        state = step("see", lambda: provider.read(created.id, state)).outs or {}
        state = step("remove", lambda: provider.update(created.id, state, inputs(size + 1))).outs or {}
        step("delete", lambda: provider.delete(created.id, state))
    return steps


def large(*, quick: bool) -> Iterator[Row]:
    """Measure a large set: its calls, and its time at the rate that AWS allows."""
    size = 500 if quick else MEMBERS
    page = PAGE["PageSize"]
    steps = host.apart(life, size)
    of = f"a set of {size:,} members"
    yield Row(f"create of {of}", steps["create"].calls, "calls", None, size + 2)
    yield Row(f"refresh of {of}", steps["refresh"].calls, "calls", size, ceil(size / page))
    yield Row("update that adds one of its members", steps["add"].calls, "calls", None, 2)
    yield Row("refresh that finds one stranger in it", steps["see"].calls, "calls", size, ceil((size + 2) / page) + 1)
    yield Row("update that removes the stranger", steps["remove"].calls, "calls", None, 2)

    size = 100 if quick else 400
    steps = host.apart(life, size, RATE, LATENCY_MS)
    for name in ("create", "delete"):
        yield Row(
            f"{name} of a set of {size} members at {RATE} calls/s, over {size} / {RATE} s",
            steps[name].seconds / (size / RATE),
            "x",
            None,
            None if quick else 1.15,
        )
    refused = sum(step.throttled for step in steps.values()) / sum(step.calls for step in steps.values())
    yield Row("throttled calls of that set, over all calls", refused, "x")


def table() -> str:
    """Return the costs of both stacks as a Markdown table. Seconds are relative to those of the smaller stack."""
    measured = figures()["by membership"]
    lines = ["| | " + " | ".join(f"`{resource}`" for resource in measured) + " |", "|---|---|---|"]

    def add(title: str, values: Iterable[float], form: str) -> None:
        lines.append(f"| {title} | {' | '.join(format(value, form) for value in values)} |")

    add("resources", (costs["resources"] for costs in measured.values()), ",")
    for command in ("up", "refresh"):
        add(f"calls of {TITLES[command]}", (costs["calls"][command] for costs in measured.values()), ",")
    for command, title in TITLES.items():
        unit = measured["GroupMembers"]["seconds"][command]
        add(f"time of {title}", (costs["seconds"][command] / unit for costs in measured.values()), ".1f")
    return "\n".join(lines)


def main() -> None:
    """Print the table of docs/scale.md, after a measurement if requested."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sets", description="Compare sets with memberships.")
    parser.add_argument("--measure", type=int, metavar="GROUPS", help="measure first; 50 groups take about 20 minutes")
    if groups := parser.parse_args().measure:
        text = json.dumps(figures() | {"by membership": measure(groups)}, indent=1)
        FIGURES.write_text(text + "\n", encoding="utf-8")
    print(table())


if __name__ == "__main__":
    main()
