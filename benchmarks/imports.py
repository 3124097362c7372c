"""Time of importing the package, compared with its dependencies."""

from __future__ import annotations

import os
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from .row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 12

STEPS = [
    "import pulumi; from pydantic import BaseModel",  # `import pydantic` alone loads almost nothing
    "import pulumi_identity",
    "from pulumi_identity import get_user",
]
"""Statements to time in order in one interpreter. Each loads only the modules that are not loaded yet."""


def rows() -> Iterator[Row]:
    """Run the imports in new interpreters, and return the fastest time of each step."""
    program = "import time\ntimes = [time.process_time()]\n"
    program += "".join(f"{step}\ntimes.append(time.process_time())\n" for step in STEPS)
    program += "print(*(after - before for before, after in zip(times, times[1:])))"
    with TemporaryDirectory() as folder:  # Python writes bytecode once, whatever the environment sets
        environment = os.environ | {"PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        runs = [
            subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True)
            for _ in range(ROUNDS)
        ]
    floor, package, lookups = (
        min(step) for step in zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    )
    yield Row("import pulumi_identity, over pulumi and pydantic", (floor + package) / floor, "x", None, 1.1)
    yield Row("the same import, and a lookup", (floor + package + lookups) / floor, "x")
