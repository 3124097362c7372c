"""Pictures and a table for docs/scale.md: calls of a refresh, and the time of the engine.

    python -m benchmarks.curves [--measure]

Draws the figures in `docs/scale.json`. `--measure` first measures them and writes that file. The file has seconds, and
the pictures show ratios. Measure on an idle machine. Don't start the program with `&` in a script: the engine then
ignores signals and waits for its plugins.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullLocator

from pulumi_identity.emulator import Emulator

from . import directory, host, waiting

if TYPE_CHECKING:
    from matplotlib.typing import LineStyleType, RcKeyType

DOCS = Path(__file__).parents[1] / "docs"
FIGURES = DOCS / "scale.json"

DIRECTORIES = (1000, 10_000)
REFRESHED = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)
TRIED = 500
"""The number of resources in the stack that measures the engine's settings."""

COMMANDS = {"up": "`up` that creates all", "preview": "preview, no change", "refresh": "refresh"}
SETTINGS = {
    "PULUMI_DIY_BACKEND_GZIP": "compresses the state",
    "PULUMI_DIY_BACKEND_ZSTD": "compresses the state",
    "PULUMI_SKIP_CHECKPOINTS": "writes the state once, at the end",
    "PULUMI_PARALLEL_DIFF": "compares resources side by side",
}

STYLE: dict[RcKeyType, Any] = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "scale",  # the same ids each time
    "font.family": "sans-serif",
    "axes.grid": True,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.h_pad": 0.15,
    "figure.constrained_layout.w_pad": 0.15,
    "grid.color": "0.88",
    "legend.frameon": False,
    "lines.marker": "o",
    "lines.markersize": 5,
    "xtick.bottom": False,
    "ytick.left": False,
}


class Axes(NamedTuple):
    """The titles, and the label and ticks of each axis. An axis ends at its last tick."""

    title: str
    subtitle: str
    across: tuple[str, list[float]]
    up: tuple[str, list[float]]


class Curve(NamedTuple):
    """Points from left to right. The name stands beside the last point."""

    name: str
    colour: str
    points: dict[int, float]
    line: LineStyleType = "-"


def main() -> None:
    """Draw the pictures, after a measurement if requested."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.curves", description="Draw docs/scale*.svg.")
    parser.add_argument("--measure", action="store_true", help="measure first, which takes about 10 minutes")
    if parser.parse_args().measure:
        FIGURES.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
    draw_calls(figures())
    draw_time(figures())


def figures() -> Any:
    """Return the measured figures."""
    return json.loads(FIGURES.read_text(encoding="utf-8"))


def measure() -> dict[str, Any]:
    """Measure all figures."""
    with TemporaryDirectory() as folder:  # Python writes bytecode once, whatever the environment sets
        os.environ |= {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        return {
            "calls of a refresh": {size: calls(size) for size in DIRECTORIES},
            "calls of S3 for a resource made": waiting.s3_calls(),
            "by size": waiting.by_size(),
            "by setting": waiting.by_setting(TRIED),
        }


def calls(size: int) -> dict[int, int]:
    """Count the calls of a refresh, for growing numbers of users in one directory."""
    counted = {}
    with Emulator() as aws:
        entities = directory.users(aws, size)
        for refreshed in REFRESHED:
            if refreshed <= size:
                aws.calls.clear()
                host.refresh(aws.url, entities[:: size // refreshed][:refreshed])
                counted[refreshed] = len(aws.calls)
    return counted


def draw_calls(measured: Any) -> None:
    """Draw the calls of a refresh, by the number of users in the stack."""
    axes = Axes(
        "AWS calls of a refresh",
        "Measured. At 20 calls a second, 1,000 calls take 50 seconds.",
        across=("users in the stack", [1, 10, 100, 1000, 10_000]),
        up=("calls", [1, 10, 100, 1000, 10_000]),
    )
    curves = [Curve("one read each", "C1", {size: size for size in REFRESHED}, "--")]
    for colour, size in zip(("C0", "C2"), reversed(DIRECTORIES), strict=True):
        counted = measured["calls of a refresh"][str(size)]
        points = {int(users): number for users, number in counted.items()}
        curves.append(Curve(f"directory of {size:,}", colour, points))
    draw(DOCS / "scale.svg", axes, curves)


def draw_time(measured: Any) -> None:
    """Draw the engine's time by the size of a stack, in units of the shortest preview."""
    by_size = measured["by size"]
    unit = by_size["nothing"][str(waiting.SIZES[0])]["seconds"]["preview"]
    axes = Axes(
        "Engine time, with state in files",
        f"Measured. 1 is a preview of {waiting.SIZES[0]} resources that do nothing. AWS's time is not included.",
        across=("resources in the stack", [*waiting.SIZES]),
        up=("time, as a multiple", [0.5, 1, 2, 5, 10, 20, 50]),
    )
    lines: dict[str, LineStyleType] = {"ours": "-", "nothing": "--"}
    curves = []
    for colour, (command, label) in zip(("C1", "C0", "C2"), COMMANDS.items(), strict=True):
        for program in waiting.PROGRAMS:
            points = {
                int(size): waited["seconds"][command] / unit
                for size, waited in by_size[program].items()
                if command in waited["seconds"]
            }
            name = label.replace("`", "") if program == "ours" else ""
            curves.append(Curve(name, colour, points, lines[program]))
    draw(
        DOCS / "scale-time.svg",
        axes,
        curves,
        {"-": "a user of the identity store", "--": "a resource that does nothing"},
    )


def draw(file: Path, axes: Axes, curves: list[Curve], legend: dict[LineStyleType, str] | None = None) -> None:
    """Write curves on two logarithmic axes as SVG, the same bytes for the same figures.

    Args:
        file: The SVG.
        axes: Titles and ticks.
        curves: The curves.
        legend: The meaning of each line style.
    """
    with rc_context(STYLE):
        figure = Figure(figsize=(7.6, 4.2), layout="constrained")
        plot = figure.subplots()
        for curve in curves:
            across, up = zip(*curve.points.items(), strict=True)
            plot.loglog(across, up, color=curve.colour, linestyle=curve.line, clip_on=False)
            name = plot.annotate(curve.name, (across[-1], up[-1]), (9, 0), textcoords="offset points", va="center")
            name.set_bbox({"color": "white", "pad": 1})  # over the grid
        for axis, (label, ticks) in ((plot.xaxis, axes.across), (plot.yaxis, axes.up)):
            axis.set_label_text(label)
            axis.set_major_locator(FixedLocator(ticks))
            axis.set_major_formatter(lambda value, _: f"{value:,g}")
            axis.set_minor_locator(NullLocator())
        plot.set(xlim=(axes.across[1][0], axes.across[1][-1]), ylim=(axes.up[1][0], axes.up[1][-1]))
        plot.set_title(axes.title, loc="left", weight="bold", pad=48 if legend else 28)
        plot.annotate(
            axes.subtitle, (0, 1), (0, 30 if legend else 10), xycoords="axes fraction", textcoords="offset points"
        )
        if legend:
            samples = [Line2D([], [], color="0.4", linestyle=line) for line in legend]
            plot.legend(samples, [*legend.values()], loc="lower left", bbox_to_anchor=(0, 1), ncols=len(legend))
        figure.savefig(file, metadata={"Creator": None, "Date": None, "Title": axes.title})


def settings() -> str:
    """Return the effect of the engine's settings, as a Markdown table."""
    measured = figures()["by setting"]
    without = measured[""]
    lines = [f"| setting | effect | {COMMANDS['up']} | state |", "|---|---|---|---|"]
    for setting, waited in measured.items():
        ratio = f"{waited['seconds']['up'] / without['seconds']['up']:.2f}"
        name = f"`{setting}=true`" if setting else "none"
        size = f"{waited['state'] / 1e6:.2f} MB"
        lines.append(f"| {name} | {SETTINGS.get(setting, '')} | {ratio} | {size} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
