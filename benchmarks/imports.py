"""What importing the package costs, over what it is built on."""

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
    "import pulumi; from pydantic import BaseModel",  # `import pydantic` alone imports nothing of it yet
    "import pulumi_identity",
    "from pulumi_identity import get_user",
]
"""One after the other in one interpreter: each costs what the one before hasn't paid."""


def rows() -> Iterator[Row]:
    """Import in new interpreters, and take the quickest of each step: what is above it is the machine's."""
    program = "import time\ntimes = [time.process_time()]\n"
    program += "".join(f"{step}\ntimes.append(time.process_time())\n" for step in STEPS)
    program += "print(*(after - before for before, after in zip(times, times[1:])))"
    with TemporaryDirectory() as folder:  # bytecode is made once, whatever the environment says of it
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
    yield Row("the same, and a lookup", (floor + package + lookups) / floor, "x")
