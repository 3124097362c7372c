"""The figures of docs/scale.md: calls of a refresh, and the engine's time, as pictures and as a table.

    python -m benchmarks.curves [--measure]

Draws what is in `docs/scale.json`. With `--measure`, measures it anew and writes it first; seconds are kept there, and
shown as ratios. The quieter the machine, the better; where signals are ignored, as by `&` in a script, the engine
waits for its plugins.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pulumi_identity.emulator import Emulator

from . import directory, host, waiting
from .picture import Curve, Picture

DOCS = Path(__file__).parents[1] / "docs"
FIGURES = DOCS / "scale.json"

DIRECTORIES = (1000, 10_000)
REFRESHED = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)
TRIED = 500
"""Resources in the stack that the engine's settings are tried on."""

COMMANDS = {"up": "`up` that makes all", "preview": "preview, no change", "refresh": "refresh"}
SETTINGS = {
    "PULUMI_DIY_BACKEND_GZIP": "compresses the state",
    "PULUMI_DIY_BACKEND_ZSTD": "compresses the state",
    "PULUMI_SKIP_CHECKPOINTS": "writes the state once, at the end",
    "PULUMI_PARALLEL_DIFF": "compares resources side by side",
}


def main() -> None:
    """Measure if asked to, and draw."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.curves", description="Draw docs/scale*.svg.")
    parser.add_argument("--measure", action="store_true", help="measure anew, which takes about 10 minutes")
    if parser.parse_args().measure:
        FIGURES.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
    (DOCS / "scale.svg").write_text(picture_of_calls(figures()).draw(), encoding="utf-8")
    (DOCS / "scale-time.svg").write_text(picture_of_time(figures()).draw(), encoding="utf-8")


def figures() -> Any:
    """Return what was measured."""
    return json.loads(FIGURES.read_text(encoding="utf-8"))


def measure() -> dict[str, Any]:
    """Measure all figures."""
    with TemporaryDirectory() as folder:  # bytecode is made once, whatever the environment says of it
        os.environ |= {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        return {
            "calls of a refresh": {size: calls(size) for size in DIRECTORIES},
            "calls of S3 for a resource made": waiting.s3_calls(),
            "by size": waiting.by_size(),
            "by setting": waiting.by_setting(TRIED),
        }


def calls(size: int) -> dict[int, int]:
    """Count the calls of refreshing more and more users of a directory."""
    counted = {}
    with Emulator() as aws:
        entities = directory.users(aws, size)
        for refreshed in REFRESHED:
            if refreshed <= size:
                aws.calls.clear()
                host.refresh(aws.url, entities[:: size // refreshed][:refreshed])
                counted[refreshed] = len(aws.calls)
    return counted


def picture_of_calls(measured: Any) -> Picture:
    """Draw the calls of a refresh."""
    curves = [Curve("one read each", 0, [(size, size) for size in REFRESHED], dashed=True)]
    for colour, size in enumerate(reversed(DIRECTORIES), 1):
        counted = measured["calls of a refresh"][str(size)]
        points = [(float(users), float(number)) for users, number in counted.items()]
        curves.append(Curve(f"directory of {size:,}", colour, points))
    return Picture(
        "Calls of AWS that a refresh takes",
        "Measured. At 20 calls a second, 1,000 calls are 50 seconds.",
        "users in the stack",
        ([1, 10, 100, 1000, 10_000], [1, 10, 100, 1000, 10_000]),
        curves,
    )


def picture_of_time(measured: Any) -> Picture:
    """Draw the engine's time by the size of a stack, in units of the shortest preview."""
    by_size = measured["by size"]
    unit = by_size["nothing"][str(waiting.SIZES[0])]["seconds"]["preview"]
    curves = [
        Curve(
            said.replace("`", "") if whose == "ours" else "",
            colour,
            [
                (float(size), waited["seconds"][command] / unit)
                for size, waited in by_size[whose].items()
                if command in waited["seconds"]
            ],
            dashed=whose == "nothing",
        )
        for colour, (command, said) in enumerate(COMMANDS.items())
        for whose in waiting.PROGRAMS
    ]
    return Picture(
        "Time that the engine takes, with state in files",
        f"Measured. 1 is a preview of {waiting.SIZES[0]} resources that do nothing; AWS's time is not in it.",
        "resources in the stack",
        ([*waiting.SIZES], [0.5, 1, 2, 5, 10, 20, 50]),
        curves,
        " x",
        ("IdentityStoreUser", "a resource that does nothing"),
    )


def settings() -> str:
    """Return what the engine's settings change, as a Markdown table."""
    measured = figures()["by setting"]
    without = measured[""]
    lines = [f"| setting | what it does | {COMMANDS['up']} | state |", "|---|---|---|---|"]
    for setting, waited in measured.items():
        ratio = f"{waited['seconds']['up'] / without['seconds']['up']:.2f}"
        name = f"`{setting}=true`" if setting else "none"
        size = f"{waited['state'] / 1e6:.2f} MB"
        lines.append(f"| {name} | {SETTINGS.get(setting, '')} | {ratio} | {size} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
