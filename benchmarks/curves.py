"""The picture of docs/scale.md: calls to refresh so many users, of directories of several sizes.

    python -m benchmarks.curves --json docs/scale.json --svg docs/scale.svg [--measure]

Draws what is in the JSON; with `--measure`, measures it anew and writes it first.
"""

from __future__ import annotations

import argparse
import json
from math import log10
from pathlib import Path

from pulumi_identity.emulator import Emulator

from . import directory, host

Curve = list[tuple[int, int]]
"""Users that are refreshed, and calls that it takes."""

DIRECTORIES = (1000, 10_000)
REFRESHED = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)
COLOURS = {"one read each": "#9a3412", "10,000 users in the directory": "#1d4ed8", "1,000 users": "#0f766e"}

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 400, 70, 40, 56, 52
DECADES = 4


def main() -> None:
    """Measure if asked to, and draw."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.curves")
    parser.add_argument("--json", type=Path, required=True, metavar="FILE")
    parser.add_argument("--svg", type=Path, required=True, metavar="FILE")
    parser.add_argument("--measure", action="store_true", help="measure anew")
    asked = parser.parse_args()
    if asked.measure:
        asked.json.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
    curves = {name: [(x, y) for x, y in curve] for name, curve in json.loads(asked.json.read_text("utf-8")).items()}
    asked.svg.write_text(draw(curves), encoding="utf-8")


def measure() -> dict[str, Curve]:
    """Count the calls of each refresh."""
    names = list(COLOURS)
    curves: dict[str, Curve] = {names[0]: [(size, size) for size in REFRESHED]}
    for size, name in zip(reversed(DIRECTORIES), names[1:], strict=True):
        with Emulator() as aws:
            entities = directory.users(aws, size)
            curves[name] = []
            for refreshed in REFRESHED:
                if refreshed <= size:
                    aws.calls.clear()
                    host.refresh(aws.url, entities[:: size // refreshed][:refreshed])
                    curves[name].append((refreshed, len(aws.calls)))
    return curves


def draw(curves: dict[str, Curve]) -> str:
    """Return the curves on two logarithmic axes, as SVG."""
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
            ' font-family="sans-serif" font-size="13">'
        ),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="bold">Calls of AWS that a refresh takes</text>',
        f'<text x="{LEFT}" y="43" fill="#555">measured; at 20 calls a second, 1,000 calls are 50 seconds</text>',
    ]
    for decade in range(DECADES + 1):
        x, y = _at(10**decade, 10**decade)
        label = f"{10**decade:,}"
        parts += [
            f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#ddd" fill="none"/>',
            f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#555">{label}</text>',
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="#555">{label}</text>',
        ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle">users in the stack</text>')
    for place, (name, curve) in enumerate(curves.items()):
        colour = COLOURS[name]
        points = [_at(*point) for point in curve]
        line = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in points]
        legend = TOP + 20 + 20 * place
        parts += [
            f'<path d="M{LEFT + 16} {legend}h24" stroke="{colour}" stroke-width="2.5"/>',
            f'<text x="{LEFT + 48}" y="{legend + 4}">{name}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _at(users: float, calls: float) -> tuple[float, float]:
    across, up = log10(users) / DECADES, log10(calls) / DECADES
    x, y = LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)
    return round(x, 1), round(y, 1)


if __name__ == "__main__":
    main()
