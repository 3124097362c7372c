"""The matrix: every fault, in every call of every verb, of every example of the contract.

The calls of a verb are those that it makes when nothing fails, and those that it makes when one of its operations is
denied. So a kind joins with its examples.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import boto3
from chaos.scene import entities, error_of, new_process
from contract.examples import EXAMPLES, Example, fill
from contract.examples._example import Write
from contract.host import Host

from pulumi_identity.aws import process
from pulumi_identity.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    State = dict[str, Any]

READS = ("Describe", "List", "Get", "Is", "Search")
"""The prefixes of operations that change nothing."""


@dataclass(frozen=True)
class FaultClass:
    """A row of faults in the matrix."""

    fields: State
    acts: tuple[str, ...] = ("before",)
    """When the fault hits a write."""
    services: frozenset[str] = frozenset({"identitystore", "quicksight", "appstream"})


SEED = 13
"""The seed of the emulator's ids: the entities of a case have the ids of the same step without a fault."""

BOTH = ("before", "after")
CLASSES = {
    "throttled": FaultClass({"fault": "throttle"}),
    "RetryAfter": FaultClass({"fault": "throttle", "retry_after": 3}, services=frozenset({"identitystore"})),
    "500": FaultClass({"fault": "error", "code": "InternalFailure"}, BOTH),
    "503": FaultClass({"fault": "error", "code": "ServiceUnavailable", "status": 503}, BOTH),
    "expired": FaultClass({"fault": "error", "code": "ExpiredTokenException"}),
    "denied": FaultClass({"fault": "error", "code": "AccessDeniedException"}),
    "hang": FaultClass({"fault": "hang"}, BOTH),
    "reset": FaultClass({"fault": "reset"}, BOTH),
    "cut": FaultClass({"fault": "cut"}, ("after",)),
    # AWS does not answer 200 to a request that it has not executed. A proxy does.
    "empty": FaultClass({"fault": "empty"}, ("after",)),
    "{}": FaultClass({"fault": "braces"}, ("after",)),
    "html": FaultClass({"fault": "html"}, BOTH),
}
"""Name in the matrix → the fault."""


@dataclass(frozen=True, eq=False)
class Life:
    """One entity's life: what is declared when it is created, and the update that follows."""

    example: Example
    write: Write

    def __str__(self) -> str:
        return ", ".join(filter(None, (str(self.example), self.write.particular)))

    def programs(self, ids: dict[str, str]) -> tuple[State, State]:
        """Return the program before the update, and after it."""
        first = fill({**self.example.program, **self.write.more}, ids)
        return first, {**first, **fill(self.write.change, ids)}

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs that the life has. Some kinds have no update."""
        return ("create", "read", *(("update",) if self.write.change else ()), "delete")


def lives() -> list[Life]:
    """Return the lives of every example: one for each row of its writes."""
    return [Life(example, write) for example in EXAMPLES for write in example.writes or [_first_change(example)]]


def _first_change(example: Example) -> Write:
    return Write(change={name: values[0] for name, values in example.changes.items()})


def step(host: Host, verb: str, programs: tuple[State, State]) -> Callable[[], object]:
    """Return the step of a verb."""
    first, second = programs
    return {
        "create": lambda: host.up(first),
        "read": host.refresh,
        "update": lambda: host.up(second),
        "delete": host.destroy,
    }[verb]


@dataclass(frozen=True)
class Case:
    """A fault in one call of one verb."""

    life: Life
    verb: str
    name: str
    """The class of the fault."""
    operation: str
    call: int
    act: str
    times: int | str
    denied: str = ""
    """An operation that is denied in every call, so that the verb takes another way."""
    fields: State = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        other_way = f", {self.denied} denied" if self.denied else ""
        hit = f"{self.operation} {self.call}, {self.name} {self.act}, {self.times}"
        return f"{self.life}: {self.verb}: {hit}{other_way}"

    def inject(self, aws: Emulator) -> None:
        """Add the fault to an emulator."""
        service = self.life.example.kind.service
        if self.denied:
            deny(aws, service, self.denied)
        aws.faults.add(
            service=service,
            operation=self.operation,
            call=self.call,
            times=self.times,
            act=self.act,
            **self.fields,
        )


def deny(aws: Emulator, service: str, operation: str) -> None:
    """Deny every call of an operation."""
    aws.faults.add(service=service, operation=operation, times="always", fault="error", code="AccessDeniedException")


class Course(NamedTuple):
    """A step without a fault."""

    operations: list[str]
    """The operations that the step calls, sorted: a set adds and removes its members side by side."""
    succeeds: bool
    kept: frozenset[str]
    """The entities before the step that exist after it too."""
    size: int
    """The number of entities after the step."""


@cache
def cases() -> tuple[Case, ...]:
    """Return every case."""
    return tuple(case for life in lives() for verb in life.verbs for case in _cases(life, verb))


def _environment() -> dict[str, str]:
    credentials = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "made-up"}
    return {**credentials, "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}


def _cases(life: Life, verb: str) -> Iterator[Case]:
    usual = course(life, verb).operations
    yield from _in_calls(life, verb, usual)
    for operation in dict.fromkeys(usual):
        other = course(life, verb, operation)
        if other.succeeds:
            yield from _in_calls(life, verb, [call for call in other.operations if call not in usual], denied=operation)


def _in_calls(life: Life, verb: str, operations: list[str], denied: str = "") -> Iterator[Case]:
    for index, operation in enumerate(operations):
        call = operations[: index + 1].count(operation)
        for name, of in CLASSES.items():
            if life.example.kind.service in of.services:
                acts = of.acts if not operation.startswith(READS) else of.acts[-1:]
                for act in acts:
                    for times in (1, "always"):
                        yield Case(life, verb, name, operation, call, act, times, denied, of.fields)


@cache
def course(life: Life, verb: str, denied: str = "") -> Course:
    """Take a life through a verb without a fault."""
    with (
        patch.object(process, "current", process.Process()),
        patch.dict(os.environ, _environment()),
        Emulator(seed=SEED) as aws,
    ):
        os.environ["AWS_ENDPOINT_URL"] = aws.url
        new_process()
        ids = life.example.create_parents(
            lambda service: boto3.client(service, endpoint_url=aws.url, region_name="us-east-1")
        )
        programs, host = life.programs(ids), Host(life.example.resource)
        if verb != "create":
            host.up(programs[0])
        before = entities(aws)
        aws.calls.clear()
        if denied:
            deny(aws, life.example.kind.service, denied)
        error = error_of(step(host, verb, programs))
        operations = sorted(call.operation for call in aws.calls if call.service == life.example.kind.service)
        after = entities(aws)
        return Course(operations, not error, before & after, len(after))
