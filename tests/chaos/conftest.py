"""The choice of a sample, and the report: a matrix, and one closing line.

pytest --sample 5 tests/chaos/matrix.py
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
SEED = 13

CELLS = pytest.StashKey[dict[tuple[str, str], Counter[str]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for a sample."""
    parser.addoption("--sample", type=float, default=100, help="percentage of each part of chaos to run")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep a share of the items of each part. The seed is fixed, so the share is the same each time."""
    share = config.getoption("--sample", default=100) / 100
    by_part: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.path.parent == HERE:
            by_part[f"{item.path.name}:{item.name.partition('[')[0]}"].append(item)
    left_out = {id(item) for part in by_part.values() for item in _left_out(part, share)}
    items[:] = [item for item in items if id(item) not in left_out]


def _left_out(part: list[pytest.Item], share: float) -> Iterable[pytest.Item]:
    keep = max(1, round(len(part) * share))
    return random.Random(SEED).sample(part, len(part) - keep)


def pytest_configure(config: pytest.Config) -> None:
    """Start with an empty matrix."""
    config.stash[CELLS] = defaultdict(Counter)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the matrix: for each kind and class of faults, the passed cases and all cases."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            if cell := dict(report.user_properties).get("cell"):
                config.stash[CELLS][tuple(cell)][outcome] += 1
    cells = config.stash[CELLS]
    if not cells:
        return
    kinds, names = (sorted(set(words)) for words in zip(*cells, strict=True))
    rows = [["", *names], *([kind, *(_share(cells.get((kind, name))) for name in names)] for kind in kinds)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    terminalreporter.section("faults: passed of all")
    for row in rows:
        terminalreporter.write_line("  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True)))


def _share(counts: Counter[str] | None) -> str:
    return f"{counts['passed']}/{counts.total()}" if counts else "-"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Print the closing line."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter and config.stash[CELLS]:
        passed, failed, errors = (len(reporter.stats.get(outcome, [])) for outcome in ("passed", "failed", "error"))
        reporter.write_line(f"{passed} passed, {failed + errors} failed")
