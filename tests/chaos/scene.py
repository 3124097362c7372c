"""What every part of `make chaos` does: start a process of Pulumi, see what AWS has, and judge an error."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import boto3

from pulumi_identity import IdentityError
from pulumi_identity.aws import process
from pulumi_identity.aws.session import session
from pulumi_identity.emulator.pages import Records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_identity.emulator import Emulator

FASTER = 100
"""The number by which every pause and time-out is divided while a fault is there. Without faults nothing pauses."""

SERVICES = ("identitystore", "quicksight", "appstream")


@cache
def loaded() -> boto3.Session:
    """A session of boto3 that has loaded the services' models, which takes long."""
    return boto3.Session(region_name="us-east-1")


def new_process(faster: float = 1) -> None:
    """Forget all that a new process does not know: clients, budgets of retries, rates, listings and claims."""
    process.current = process.Process(process.Pauses().scaled(faster))
    session(None, None).__dict__["_boto3"] = loaded()


def entities(aws: Emulator) -> frozenset[str]:
    """Return the path of each entity that the emulator has, of every service."""
    return frozenset(path for service in SERVICES for path in _paths(getattr(aws, service), service, {id(None)}))


def _paths(value: Any, path: str, seen: set[int]) -> Iterator[str]:
    if id(value) in seen:
        return
    if isinstance(value, Records):
        for key, (_, record) in value._by_id.items():
            yield f"{path}/{key}"
            yield from _paths(record, f"{path}/{key}", seen | {id(value)})
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, f"{path}/{key}", seen | {id(value)})
    elif type(value).__module__.startswith("pulumi_identity.emulator"):
        for name, item in vars(value).items():
            yield from _paths(item, f"{path}.{name}", seen | {id(value)})


def error_of(step: Callable[[], object]) -> str:
    """Take a step, and return the line of its error, or "" if it succeeds.

    An error that is no line with a remedy fails the test, and so does a traceback of another kind.
    """
    try:
        step()
    except IdentityError as error:
        line = str(error)
        assert "\n" not in line, line
        assert " — " in line, f"no remedy: {line}"
        return line
    return ""
