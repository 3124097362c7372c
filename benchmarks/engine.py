"""Our resources under the real engine, against resources that do nothing, and at AWS's rate."""

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
from pulumi_identity.provider.kinds import KINDS

from . import directory
from .host import environment
from .row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .directory import Entity

RATE = 20
"""The identity store's calls a second."""
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
"""A dynamic resource with nobody behind it. In a module of its own: a class of the program itself is pickled anew for
each resource by Pulumi's SDK, which dies of that at the 315th."""

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
    """A program in a folder that is thrown away, with its own state."""

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

    def run(self, command: str, *, said: str | None = None, **settings: str) -> tuple[float, str]:
        """Run a command, and return its seconds and what it printed."""
        start = time.perf_counter()
        done = subprocess.run(
            ["pulumi", *command.split(), "--non-interactive", "--color=never"],
            cwd=self._folder,
            env=self._environment | settings,
            input=said,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"pulumi {command} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return time.perf_counter() - start, done.stdout

    def quickest(self, command: str, times: int) -> float:
        """Return the seconds of the quickest run of a command that changes nothing."""
        return min(self.run(command)[0] for _ in range(times))

    def resize(self, size: int) -> None:
        """Have the program make so many resources."""
        self.run(f"config set size {size}")

    def take(self, entities: Sequence[Entity | int]) -> None:
        """Have state hold entities as if the program had made them; numbers stand for what the program makes."""
        self.resize(1)
        self.run("up --yes --skip-preview")
        exported = json.loads(self.run("stack export")[1])
        made = exported["deployment"]["resources"].pop()
        exported["deployment"]["resources"] += [
            made | _in_state(made, entity, f"resource-{number}") for number, entity in enumerate(entities)
        ]
        self.run("stack import", said=json.dumps(exported))


def _in_state(made: dict[str, Any], entity: Entity | int, name: str) -> dict[str, Any]:
    """Return what differs in state from a resource that was made."""
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
    """Give a program a stack of its own."""
    with TemporaryDirectory(prefix="pulumi-identity-") as folder:
        yield Stack(Path(folder), program, settings)


def against_nothing(*, quick: bool) -> Iterator[Row]:
    """Compare preview, up and refresh with those of as many resources that do nothing.

    Both write state once at the end, not at each step: what that costs would hide what we cost.
    """
    commands = {
        "preview": "preview",  # with no change: what people wait for most
        "refresh": "refresh --yes --skip-preview",
    }
    for size in (200,) if quick else (200, 1000):
        seconds: dict[str, list[float]] = {}
        with Emulator() as aws, stack(NOTHING) as nothing, stack(USERS, **environment(aws.url)) as ours:
            both = (nothing, ours)
            for each in both:
                each.resize(size)
            once = {"PULUMI_SKIP_CHECKPOINTS": "true", "PULUMI_EXPERIMENTAL": "true"}
            seconds["up"] = [each.run("up --yes --skip-preview", **once)[0] for each in both]
            for name, command in commands.items():
                rounds = [[each.run(command)[0] for each in both] for _ in range(3)]
                seconds[name] = [min(each) for each in zip(*rounds, strict=True)]
        for name, (floor, measured) in seconds.items():
            target = 1.3 if name == "preview" else None
            yield Row(f"{name} of {size:,} users, for resources that do nothing", measured / floor, "x", None, target)


def at_the_rate(*, quick: bool) -> Iterator[Row]:
    """Create and refresh where AWS allows 20 calls a second and answers after 50 ms."""
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
        f"up of {size} users at 20 calls/s, over the engine's floor, for {size} / 20 s",
        (seconds - floor) / (size / RATE),
        "x",
        None,
        None if quick else 1.15,  # the target is for 500: what starting costs weighs five times as much for 100
    )
    yield Row("calls that were refused and tried again, of that", refused / calls, "x")

    with Emulator(rate=RATE, latency_ms=LATENCY_MS) as aws:
        entities = directory.everything(aws, *((200, 10, 100) if quick else ()))
        with stack(NOTHING) as nothing:
            nothing.take(range(len(entities)))
            floor = nothing.quickest("refresh --yes --skip-preview", 2)
        with stack(USERS, **environment(aws.url)) as ours:
            ours.take(entities)
            aws.calls.clear()
            seconds, said = ours.run("refresh --yes --skip-preview")
            calls = len(aws.calls)
    if f"{len(entities) + 1} unchanged" not in said:  # the stack itself is one
        raise SystemExit(f"the refresh found changes where there are none:\n{said[-1000:]}")
    peers = sum(KINDS[entity.kind].service == "identitystore" for entity in entities) / RATE
    yield Row(
        f"refresh of {len(entities):,} resources at 20 calls/s, over the engine's floor",
        seconds - floor,
        "s",
        peers,
        15,
    )
