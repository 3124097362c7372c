"""Costs of this package, as counts and as ratios within one run. Absolute times depend on the machine.

    python -m benchmarks [--quick] [--json FILE]

Prints a table. `--json` also writes the figures to a file. `--quick` uses smaller sizes and skips the longest case.
Exits with 1 if a figure misses its target.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from . import calls, engine, imports, sets, writes

if TYPE_CHECKING:
    from .row import Row


def main() -> int:
    """Measure and print the figures, and write them to a file if requested."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure calls and times of this package."
    )
    parser.add_argument("--quick", action="store_true", help="smaller sizes, under two minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")
    arguments = parser.parse_args()

    began = time.monotonic()
    rows: list[Row] = []
    print("| measure | value | one read each | target |\n|---|---|---|---|")
    for row in chain(
        writes.rows(),
        calls.rows(quick=arguments.quick),
        imports.rows(),
        sets.large(quick=arguments.quick),
        engine.at_the_rate(quick=arguments.quick),
        engine.against_nothing(quick=arguments.quick),
        sets.stacks(quick=arguments.quick),
    ):
        rows.append(row)
        peers = _in(row.unit, row.peers) if row.peers is not None else ""
        target = f"≤ {_in(row.unit, row.target)}{'' if row.holds else ' **missed**'}" if row.target is not None else ""
        print(f"| {row.measure} | {_in(row.unit, row.value)} | {peers} | {target} |", flush=True)
    print(f"\nin {time.monotonic() - began:.0f} s", file=sys.stderr)
    if arguments.json:
        arguments.json.write_text(json.dumps([row._asdict() for row in rows], indent=2) + "\n", encoding="utf-8")
    return int(not all(row.holds for row in rows))


def _in(unit: str, value: float) -> str:
    return f"{value:,.2f} x" if unit == "x" else f"{value:,.0f} {unit}"


if __name__ == "__main__":
    sys.exit(main())
