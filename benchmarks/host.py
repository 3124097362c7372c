"""A process that works like Pulumi's Python host: four threads call the providers in any order.

Each measurement has a new process, so that it starts clean and its memory can be measured. The emulator runs in another
process.
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
"""The number of threads of Pulumi's Python host."""


class Spent(NamedTuple):
    """Elapsed seconds, and the peak memory of the process in MiB (0 if unknown)."""

    seconds: float
    peak_mib: float


def environment(url: str) -> dict[str, str]:
    """Return environment variables that direct any AWS client to the emulator."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "benchmark",
        "AWS_SECRET_ACCESS_KEY": "benchmark",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def refresh(url: str, entities: list[Entity], *, singly: bool = False) -> Spent:
    """Read each entity.

    Args:
        url: The address of the emulator.
        entities: The entities to read.
        singly: Read each entity alone, without listings, as other providers do.
    """
    return apart(_refresh, url, entities, singly)


def create(url: str, kind: str, programs: list[dict[str, Any]]) -> Spent:
    """Check and create a resource for each set of inputs.

    Args:
        url: The address of the emulator.
        kind: The name of the kind.
        programs: The inputs of each resource.
    """
    return apart(_create, url, kind, programs)


def apart(work: Callable[P, T], *arguments: P.args, **more: P.kwargs) -> T:
    """Run a function in a new process, and return its result."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(work, *arguments, **more).result()


def _refresh(url: str, entities: list[Entity], singly: bool) -> Spent:
    os.environ.update(environment(url))
    if singly:
        listings.find = lambda *_: None

    def read(entity: Entity) -> None:
        provider = _state.provider(entity.kind)
        if provider.read(entity.id, entity.outputs).id != entity.id:
            message = f"the read of {entity.id} returned no entity, but it exists"
            raise AssertionError(message)

    random.Random(7).shuffle(entities)  # noqa: S311  (the order only has to be mixed)
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
    """Return the peak memory of this process. `rusage` would include the memory of the parent process."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii")) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0
