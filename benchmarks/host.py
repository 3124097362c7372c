"""A process that does what Pulumi's host does: four threads that ask providers, in whatever order they come to it.

Each piece of work has a process of its own, so that nothing is left over from the one before and its memory can
be told; the emulator runs in another.
"""

from __future__ import annotations

import os
import random
import re
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar

from pulumi_identity import _state
from pulumi_identity.aws import listings

if TYPE_CHECKING:
    from collections.abc import Callable

    from .directory import Entity

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 4
"""Pulumi's Python host has as many."""


class Spent(NamedTuple):
    """What a piece of work took: seconds of the clock, and the process's peak memory in MiB (0 where unknown)."""

    seconds: float
    peak_mib: float


def environment(url: str) -> dict[str, str]:
    """Return the settings with which any AWS client reaches the emulator."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "benchmark",
        "AWS_SECRET_ACCESS_KEY": "benchmark",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def refresh(url: str, entities: list[Entity], *, singly: bool = False) -> Spent:
    """Read each entity; `singly` without listings, as providers do that ask for one resource at a time."""
    return apart(_refresh, url, entities, singly)


def create(url: str, kind: str, programs: list[dict[str, Any]]) -> Spent:
    """Check and create a resource for each program."""
    return apart(_create, url, kind, programs)


def apart(work: Callable[P, T], *arguments: P.args, **more: P.kwargs) -> T:
    """Run a function in a process of its own, and return what it does."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(work, *arguments, **more).result()


def _refresh(url: str, entities: list[Entity], singly: bool) -> Spent:
    os.environ.update(environment(url))
    if singly:
        listings.find = lambda *_: None

    def read(entity: Entity) -> None:
        provider = _state.provider(entity.kind)
        if provider.read(entity.id, entity.outputs).id != entity.id:
            message = f"{entity.id} is there, and was called gone"
            raise AssertionError(message)

    random.Random(7).shuffle(entities)  # noqa: S311  (the engine's order is nobody's)
    return _side_by_side(read, entities)


def _create(url: str, kind: str, programs: list[dict[str, Any]]) -> Spent:
    os.environ.update(environment(url))
    provider = _state.provider(kind)
    return _side_by_side(lambda program: provider.create(provider.check({}, program).inputs), programs)


def _side_by_side(work: Any, items: list[Any]) -> Spent:
    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in threads.map(work, items):
            pass
    return Spent(time.perf_counter() - start, _peak_mib())


def _peak_mib() -> float:
    """Return the peak memory of this process; rusage's would count the parent's, which it was forked from."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii")) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0
