"""Time of the engine, by the number of resources in a stack and by the engine's settings.

Absolute times depend on the machine, so the documents show ratios within one measurement. The emulator responds at
once, so the times don't include the delay of AWS's rate limit.
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
"""The largest stack whose first `up` is timed. In larger stacks it takes many minutes, so it writes state only once."""
TIMES = 2
"""How many times a command that changes nothing runs. The fastest run counts."""

PROGRAMS = {"ours": USERS, "nothing": NOTHING}
UP = "up --yes --skip-preview"
COMMANDS = {"preview": "preview", "refresh": "refresh --yes --skip-preview"}

SETTINGS = ("PULUMI_DIY_BACKEND_GZIP", "PULUMI_DIY_BACKEND_ZSTD", "PULUMI_SKIP_CHECKPOINTS", "PULUMI_PARALLEL_DIFF")
"""Environment variables of the engine that may save time or space. Each is measured alone."""


class Waited(TypedDict):
    """The seconds of each timed command, and the size of the state in bytes."""

    seconds: dict[str, float]
    state: int


def by_size() -> dict[str, dict[int, Waited]]:
    """Measure stacks of all sizes, with this package's users and with resources that do nothing."""
    return {name: {size: _wait(program, size) for size in SIZES} for name, program in PROGRAMS.items()}


def by_setting(size: int) -> dict[str, Waited]:
    """Measure a stack of users without a setting, and with each setting."""
    return {setting: _wait(USERS, size, **({setting: "true"} if setting else {})) for setting in ("", *SETTINGS)}


def s3_calls() -> float:
    """Count the calls to an S3 backend per created resource."""
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
    """Create a stack with this number of resources, and time each command on it."""
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
