"""Curves on two logarithmic axes, as SVG that is legible on light and dark pages, and without colours."""

from __future__ import annotations

from html import escape
from math import log10
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 400, 64, 176, 84, 52
BESIDE = 10
"""Between a curve's last point and its name."""

STYLE = """
svg { --paper: #fff; --ink: #1f2328; --faint: #59636e; --grid: #dde3e9; --0: #b3400f; --1: #0b57c4; --2: #0f766e }
@media (prefers-color-scheme: dark) {
  svg { --paper: #0d1117; --ink: #f0f6fc; --faint: #9ba6b2; --grid: #2b323b; --0: #ff9d5c; --1: #79b8ff; --2: #4fd1b8 }
}
.paper { fill: var(--paper) } .grid { stroke: var(--grid); fill: none }
text { fill: var(--ink); font: 13px sans-serif } .faint { fill: var(--faint) } .title { font: bold 16px sans-serif }
.curve { fill: none; stroke: currentColor; stroke-width: 2.5 } .dashed { stroke-width: 2; stroke-dasharray: 6 4 }
.point { fill: currentColor; stroke: currentColor; stroke-width: 1.5 } .dashed.point { fill: var(--paper) }
.point.dashed { stroke-dasharray: none }
"""


class Curve(NamedTuple):
    """Points from left to right, and what is written beside the last one. A dashed one is compared with."""

    name: str
    colour: int
    points: list[tuple[float, float]]
    dashed: bool = False


class Picture(NamedTuple):
    """What is drawn; the axes are as long as their ticks."""

    title: str
    subtitle: str
    across: str
    """What the horizontal axis counts."""
    ticks: tuple[list[float], list[float]]
    curves: list[Curve]
    unit: str = ""
    """Of the vertical axis."""
    legend: tuple[str, str] | None = None
    """What a line that is whole stands for, and a dashed one."""

    def draw(self) -> str:
        """Return the SVG."""
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
            f"<title>{escape(self.title)}</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
            _text(LEFT, 26, self.title, "title"),
            _text(LEFT, 47, self.subtitle, "faint"),
            *self._legend(),
            *self._axes(),
            *(part for curve in self.curves for part in self._curve(curve)),
            "</svg>",
            "",
        ]
        return "\n".join(parts)

    def _legend(self) -> list[str]:
        parts, x = [], LEFT
        for meaning, dashed in zip(self.legend or (), ("", " dashed"), strict=False):
            parts += [
                '<g color="var(--faint)">',
                f'<path class="curve{dashed}" d="M{x} 66h30"/>',
                f'<circle class="point{dashed}" cx="{x + 15}" cy="66" r="3.5"/>',
                "</g>",
                _text(x + 38, 70, meaning, "faint"),
            ]
            x += 60 + 7 * len(meaning)
        return parts

    def _axes(self) -> list[str]:
        across, up = self.ticks
        middle = (LEFT + WIDTH - RIGHT) / 2
        parts = [_text(middle, HEIGHT - 12, self.across, "", "middle")]
        for tick in across:
            x, _ = self._at(tick, up[0])
            parts.append(f'<path class="grid" d="M{x} {TOP}V{HEIGHT - BOTTOM}"/>')
            parts.append(_text(x, HEIGHT - BOTTOM + 18, f"{tick:,}", "faint", "middle"))
        for tick in up:
            _, y = self._at(across[0], tick)
            parts.append(f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>')
            parts.append(_text(LEFT - 8, y + 4, f"{tick:,}{self.unit}", "faint", "end"))
        return parts

    def _curve(self, curve: Curve) -> list[str]:
        points = [self._at(*point) for point in curve.points]
        dashed = " dashed" if curve.dashed else ""
        last_x, last_y = points[-1]
        return [
            f'<g color="var(--{curve.colour})">',
            f'<polyline class="curve{dashed}" points="{" ".join(f"{x},{y}" for x, y in points)}"/>',
            *(f'<circle class="point{dashed}" cx="{x}" cy="{y}" r="3.5"/>' for x, y in points),
            "</g>",
            *([_text(last_x + BESIDE, last_y + 4, curve.name)] if curve.name else []),
        ]

    def _at(self, x: float, y: float) -> tuple[float, float]:
        across, up = self.ticks
        right = _share(x, across) * (WIDTH - LEFT - RIGHT)
        return round(LEFT + right, 1), round(HEIGHT - BOTTOM - _share(y, up) * (HEIGHT - TOP - BOTTOM), 1)


def _share(value: float, ticks: list[float]) -> float:
    """Return how far along an axis a value is."""
    return (log10(value) - log10(ticks[0])) / (log10(ticks[-1]) - log10(ticks[0]))


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{escape(text)}</text>'
