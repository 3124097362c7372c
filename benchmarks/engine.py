"""The resources under the real engine, compared with resources that do nothing, and at AWS's rate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pulumi.dynamic.dynamic import serialize_provider

from pulumi_identity import _state
from pulumi_identity.emulator import Emulator
from pulumi_identity.provider.registry import KINDS

from . import directory
from .host import environment
from .row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .directory import Entity

RATE = 20
"""Calls a second that AWS allows the identity store."""
LATENCY_MS = 50

NOTHING_MODULE = """
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class DoesNothing(ResourceProvider):
    def create(self, props):
        return CreateResult(props["user_name"], props)

class Nothing(Resource):
    def __init__(self, resource_name, **props):
        super().__init__(DoesNothing(), resource_name, props)
"""
"""A dynamic resource that does nothing. It needs its own module: Pulumi's SDK pickles a class of the program again for
each resource, and crashes at the 315th resource."""

NOTHING = """
import pulumi
from nothing import Nothing

for number in range(int(pulumi.Config().require("size"))):
    name = f"user-{number}"
    Nothing(
        name, identity_store_id="d-1234567890", user_name=name, display_name=name,
        name={"given_name": "Jo", "family_name": "Doe"}, emails=[{"value": f"{name}@example.com"}],
    )
"""

USERS = """
import pulumi
from pulumi_identity import IdentityStoreUser

for number in range(int(pulumi.Config().require("size"))):
    name = f"user-{number}"
    IdentityStoreUser(
        name, identity_store_id="d-1234567890", user_name=name, display_name=name,
        name={"given_name": "Jo", "family_name": "Doe"}, emails=[{"value": f"{name}@example.com"}],
    )
"""


class Stack:
    """A program in a temporary folder, with its own state."""

    def __init__(self, folder: Path, program: str, settings: dict[str, str]) -> None:
        self._folder = folder
        binaries = Path(sys.executable).parent
        self._environment = (
            os.environ
            | {
                "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(folder),
                "PULUMI_BACKEND_URL": (folder / "state").as_uri(),
                "PULUMI_CONFIG_PASSPHRASE": "benchmark",
                "PULUMI_HOME": str(folder / "home"),
                "PULUMI_SKIP_UPDATE_CHECK": "true",
                "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            }
            | settings
        )
        (folder / "state").mkdir()
        (folder / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
        (folder / "nothing.py").write_text(NOTHING_MODULE, encoding="utf-8")
        (folder / "__main__.py").write_text(program, encoding="utf-8")
        self.run("stack init bench")

    def run(self, command: str, *, stdin: str | None = None, **settings: str) -> tuple[float, str]:
        """Run a command, and return its seconds and its output."""
        start = time.perf_counter()
        done = subprocess.run(
            ["pulumi", *command.split(), "--non-interactive", "--color=never"],
            cwd=self._folder,
            env=self._environment | settings,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"pulumi {command} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return time.perf_counter() - start, done.stdout

    def quickest(self, command: str, times: int) -> float:
        """Return the seconds of the fastest of several runs of a command that changes nothing."""
        return min(self.run(command)[0] for _ in range(times))

    def resize(self, size: int) -> None:
        """Set the number of resources that the program creates."""
        self.run(f"config set size {size}")

    def take(self, entities: Sequence[Entity | int]) -> None:
        """Write entities to state as if the program had created them. A number is a resource that does nothing."""
        self.resize(1)
        self.run("up --yes --skip-preview")
        exported = json.loads(self.run("stack export")[1])
        made = exported["deployment"]["resources"].pop()
        exported["deployment"]["resources"] += [
            made | _in_state(made, entity, f"resource-{number}") for number, entity in enumerate(entities)
        ]
        self.run("stack import", stdin=json.dumps(exported))


def _in_state(made: dict[str, Any], entity: Entity | int, name: str) -> dict[str, Any]:
    """Return the fields of an entity's state that differ from those of a created resource."""
    urn = made["urn"].rpartition("::")[0]
    if isinstance(entity, int):
        return {"urn": f"{urn}::{name}", "id": name}
    token = made["type"].rpartition(":")[0] + f":{entity.kind}"
    provider = {"__provider": serialize_provider(_state.provider(entity.kind))}
    return {
        "urn": f"{urn.rpartition('::')[0]}::{token}::{name}",
        "type": token,
        "id": entity.id,
        "inputs": entity.inputs | provider,
        "outputs": entity.outputs | provider,
    }


@contextmanager
def stack(program: str, **settings: str) -> Iterator[Stack]:
    """Yield a new stack for a program."""
    with TemporaryDirectory(prefix="pulumi-identity-") as folder:
        yield Stack(Path(folder), program, settings)


def against_nothing(*, quick: bool) -> Iterator[Row]:
    """Compare preview, up and refresh with the same number of resources that do nothing.

    Both write state once at the end. Writing it at each step would hide the cost of the package.
    """
    commands = {
        "preview": "preview",  # without a change: the most common command
        "refresh": "refresh --yes --skip-preview",
    }
    for size in (200,) if quick else (200, 1000):
        seconds: dict[str, list[float]] = {}
        with Emulator() as aws, stack(NOTHING) as nothing, stack(USERS, **environment(aws.url)) as ours:
            both = (nothing, ours)
            for project in both:
                project.resize(size)
            once = {"PULUMI_SKIP_CHECKPOINTS": "true", "PULUMI_EXPERIMENTAL": "true"}
            seconds["up"] = [project.run("up --yes --skip-preview", **once)[0] for project in both]
            for name, command in commands.items():
                rounds = [[project.run(command)[0] for project in both] for _ in range(3)]
                seconds[name] = [min(times) for times in zip(*rounds, strict=True)]
        for name, (floor, measured) in seconds.items():
            target = 1.3 if name == "preview" else None
            yield Row(f"{name} of {size:,} users, over resources that do nothing", measured / floor, "x", None, target)


def at_the_rate(*, quick: bool) -> Iterator[Row]:
    """Create and refresh resources at 20 calls a second and 50 ms per call."""
    size = 100 if quick else 500
    with stack(NOTHING) as nothing:
        nothing.resize(size)
        floor, _ = nothing.run("up --yes --skip-preview")
    with Emulator(rate=RATE, latency_ms=LATENCY_MS) as aws, stack(USERS, **environment(aws.url)) as ours:
        ours.resize(size)
        seconds, _ = ours.run("up --yes --skip-preview")
        refused = sum(call.error is not None for call in aws.calls)
        calls = len(aws.calls)
    yield Row(
        f"up of {size} users at 20 calls/s, without the engine's own time, over {size} / 20 s",
        (seconds - floor) / (size / RATE),
        "x",
        None,
        None if quick else 1.15,  # the target is for 500 users; for 100, the start takes too large a share
    )
    yield Row("throttled calls of that up, over all calls", refused / calls, "x")

    with Emulator(rate=RATE, latency_ms=LATENCY_MS) as aws:
        entities = directory.everything(aws, *((200, 10, 100) if quick else ()))
        with stack(NOTHING) as nothing:
            nothing.take(range(len(entities)))
            floor = nothing.quickest("refresh --yes --skip-preview", 2)
        with stack(USERS, **environment(aws.url)) as ours:
            ours.take(entities)
            aws.calls.clear()
            seconds, output = ours.run("refresh --yes --skip-preview")
            calls = len(aws.calls)
    if f"{len(entities) + 1} unchanged" not in output:  # the stack itself counts as one
        raise SystemExit(f"the refresh shows changes, but nothing has changed:\n{output[-1000:]}")
    peers = sum(KINDS[entity.kind].service == "identitystore" for entity in entities) / RATE
    yield Row(
        f"refresh of {len(entities):,} resources at 20 calls/s, without the engine's own time",
        seconds - floor,
        "s",
        peers,
        15,
    )
