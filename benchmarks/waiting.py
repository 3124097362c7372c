"""How long the engine takes, by the number of resources in a stack, and what its own settings change of that.

Times are of the machine: what is told of them is ratios within one measurement. The emulator answers at once, so what
AWS's rate of calls adds is not among them.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

import boto3

from pulumi_identity.emulator import Emulator

from .engine import NOTHING, USERS, stack
from .host import environment

SIZES = (100, 200, 500, 1000, 2000)
LARGEST_UP = 1000
"""Of more, an `up` that makes all takes many minutes: it writes state once, at the end, and is not timed."""
TIMES = 2
"""How often a command that changes nothing is run; the quickest counts, since what is above it is the machine's."""

PROGRAMS = {"ours": USERS, "nothing": NOTHING}
UP = "up --yes --skip-preview"
COMMANDS = {"preview": "preview", "refresh": "refresh --yes --skip-preview"}

SETTINGS = ("PULUMI_DIY_BACKEND_GZIP", "PULUMI_DIY_BACKEND_ZSTD", "PULUMI_SKIP_CHECKPOINTS", "PULUMI_PARALLEL_DIFF")
"""The engine's variables that could pay; each is measured alone."""


class Waited(TypedDict):
    """Seconds of each command that was timed, and the bytes of the state that they leave."""

    seconds: dict[str, float]
    state: int


def by_size() -> dict[str, dict[int, Waited]]:
    """Measure stacks of all sizes: of ours, and of as many resources that do nothing."""
    return {whose: {size: _wait(program, size) for size in SIZES} for whose, program in PROGRAMS.items()}


def by_setting(size: int) -> dict[str, Waited]:
    """Measure a stack of ours without and with each of the settings."""
    return {setting: _wait(USERS, size, **({setting: "true"} if setting else {})) for setting in ("", *SETTINGS)}


def s3_calls() -> float:
    """Count the calls of an S3 backend for each resource that is made."""
    few, many = 10, 30
    counted = {}
    for size in (few, many):
        with Emulator() as aws:
            reached = environment(aws.url)
            os.environ.update(reached)
            boto3.client("s3").create_bucket(Bucket="state")
            address = f"endpoint={aws.url.removeprefix('http://')}&disableSSL=true&s3ForcePathStyle=true"
            backend = f"s3://state?region=us-east-1&{address}"
            with stack(USERS, PULUMI_BACKEND_URL=backend, **reached) as ours:
                ours.resize(size)
                aws.calls.clear()
                ours.run(UP)
                counted[size] = aws.calls.count("s3")
    return (counted[many] - counted[few]) / (many - few)


def _wait(program: str, size: int, **settings: str) -> Waited:
    """Make a stack of so many resources, and run each command on it."""
    seconds = {}
    with Emulator() as aws, TemporaryDirectory() as state:
        backend = {"PULUMI_BACKEND_URL": Path(state).as_uri()}
        with stack(program, **environment(aws.url), **backend, **settings) as made:
            made.resize(size)
            if size <= LARGEST_UP:
                seconds["up"] = made.run(UP)[0]
            else:
                made.run(UP, PULUMI_SKIP_CHECKPOINTS="true")
            seconds |= {name: made.quickest(command, TIMES) for name, command in COMMANDS.items()}
        kept = (path for path in Path(state).glob(".pulumi/stacks/*/*.json*") if path.suffix != ".bak")
        return {"seconds": seconds, "state": next(kept).stat().st_size}
