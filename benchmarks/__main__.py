"""What this package costs, as ratios within one run: absolute times are those of the machine.

    python benchmarks [--json FILE]

Prints a table; with `--json`, writes the same figures to a file.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 9


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="What this package costs, as ratios.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")
    target: Path | None = parser.parse_args().json

    seconds = import_seconds(
        nothing="pass",
        floor="import pulumi; from pydantic import BaseModel",  # `import pydantic` alone imports nothing of it yet
        package="import pulumi_identity",
    )
    figures = {
        "import of pulumi and pydantic, s": seconds["floor"] - seconds["nothing"],
        "import of pulumi_identity, s": seconds["package"] - seconds["nothing"],
    }
    floor, package = figures.values()
    figures["ratio"] = package / floor

    for name, value in figures.items():
        print(f"{name:36} {value:8.3f}")
    if target:
        target.write_text(json.dumps({name: round(value, 4) for name, value in figures.items()}, indent=2) + "\n")


def import_seconds(**programs: str) -> dict[str, float]:
    """Run each one-line program in new interpreters, turn by turn, and return the quickest run of each.

    The quickest is what the code costs; everything above it is what else the machine was doing.
    """
    quickest = dict.fromkeys(programs, float("inf"))
    for _ in range(ROUNDS):
        for name, program in programs.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", program], check=True)
            quickest[name] = min(quickest[name], time.perf_counter() - start)
    return quickest


if __name__ == "__main__":
    main()
