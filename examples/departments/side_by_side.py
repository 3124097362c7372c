# Runs all stacks and prints one summary: python examples/departments/side_by_side.py preview | up | refresh | destroy
#
# The departments run side by side. `company` runs before them, because they read its outputs; `destroy` runs it last.
# A failure doesn't stop the other departments, and the exit code is then 1. The script creates missing stacks.
# The backend comes from PULUMI_BACKEND_URL or `pulumi login`, the passphrase from PULUMI_CONFIG_PASSPHRASE.

import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pulumi import automation

FOLDER = Path(__file__).parent
DEPARTMENTS: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "people.toml").read_text(encoding="utf-8"))
COMMANDS = ("preview", "up", "refresh", "destroy")


def run(command: str, name: str) -> tuple[str, str]:
    """Run a command on a stack, and return its name and the outcome: the number of changes, or the error."""
    try:
        stack = automation.create_or_select_stack(name, work_dir=str(FOLDER))
        changes: dict[Any, int] = dict(
            stack.preview().change_summary
            if command == "preview"
            else getattr(stack, command)().summary.resource_changes or {}
        )
    except automation.CommandError as error:
        errors = [line.partition("error: ")[2] for line in str(error).splitlines() if "error: " in line]
        return name, f"failed: {errors[0] if errors else str(error).strip()}"
    counts = {str(getattr(operation, "value", operation)): number for operation, number in changes.items()}
    return name, ", ".join(f"{number} {operation}" for operation, number in sorted(counts.items()))


def main(command: str) -> int:
    """Run a command on all stacks, and return the exit code."""
    groups = [["company"], list(DEPARTMENTS)]
    outcomes: list[tuple[str, str]] = []
    for together in reversed(groups) if command == "destroy" else groups:
        with ThreadPoolExecutor(len(together)) as threads:
            outcomes += threads.map(run, [command] * len(together), together)
    for name, outcome in outcomes:
        print(f"{name:10} {outcome}")  # noqa: T201  (the summary)
    return int(any(outcome.startswith("failed") for _, outcome in outcomes))


if __name__ == "__main__":
    if sys.argv[1:2] not in [[command] for command in COMMANDS]:
        sys.exit(f"usage: python {sys.argv[0]} {' | '.join(COMMANDS)}")
    sys.exit(main(sys.argv[1]))
