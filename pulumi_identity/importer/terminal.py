"""How far an import is, and what it did, for a person."""

from __future__ import annotations

import shlex
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .models import Progress, Summary

TAKE_IN = "--generate-code=false --protect=false --yes"

EVERY = 1000
"""How many things are read between two lines, where there is no terminal."""


@contextmanager
def show_progress(stream: TextIO) -> Iterator[Progress]:
    """Show progress: bars on a terminal, otherwise a line now and then."""
    if not stream.isatty():
        yield _Lines(stream)
        return
    from rich.console import Console  # noqa: PLC0415  (slow, and for terminals only)
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(file=stream)) as bars:
        tasks = {}

        def show(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=None)
            bars.update(tasks[what], completed=done, total=total)

        yield show


class _Lines:
    """A line for each kind when it is done, and one for each thousand before."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._told: dict[str, int] = {}

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if done == total or done // EVERY > self._told.get(what, 0):
            self._told[what] = done // EVERY
            of = f" of {total:,}" if total is not None and done != total else ""
            print(f"{what}: {done:,}{of} read", file=self._stream, flush=True)


def summary_lines(summary: Summary) -> Iterator[str]:
    """Yield what the import did, a line a kind, and what it couldn't do."""
    for kind in sorted({*summary.imported, *(kind for kind, _ in summary.left_out)}):
        reasons = [f"{count:,} {reason}" for (of, reason), count in sorted(summary.left_out.items()) if of == kind]
        left_out = f"; left out: {', '.join(reasons)}" if reasons else ""
        yield f"{kind}: {summary.imported[kind]:,} to import{left_out}"
    yield from summary.problems


def next_steps(out: Path, summary: Summary, export: Path | None) -> Iterator[str]:
    """Yield the commands that bring what was written under management: in a new stack, or in the exported one."""
    folder = shlex.quote(str(out))
    if export:
        configured = ", ".join(f"identity:{key} {value}" for key, value in summary.config.items())
        yield f"# Move {folder} into the program's folder, if it isn't there, and go on there."
        yield f"# The stack's configuration must be: {configured}"
        yield f"# Add to the program: import {summary.package}"
        yield f"pulumi import --file {summary.package}/import.json {TAKE_IN}"
    else:
        yield f"cd {folder}"
        yield "pulumi stack init people"
        yield f"pulumi import --file import.json {TAKE_IN}"
    yield "pulumi preview --refresh --expect-no-changes"
    if export:
        both = f"{summary.package}/import.json and {shlex.quote(str(export))}"
        yield f"# Don't commit {both}: they hold what is known of people."
