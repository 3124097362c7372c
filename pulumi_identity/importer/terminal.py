"""The progress, the result and the next steps of an import."""

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
"""The number of entities between two progress lines."""


@contextmanager
def show_progress(stream: TextIO) -> Iterator[Progress]:
    """Show progress, as bars on a terminal and otherwise as lines.

    Args:
        stream: The terminal or file to write to.

    Yields:
        The function to call with each progress.
    """
    if not stream.isatty():
        yield _Lines(stream)
        return
    from rich.console import Console  # noqa: PLC0415  (slow, and only for terminals)
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
    """A line for each thousand entities, and a line at the end of each kind."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._told: dict[str, int] = {}

    def __call__(self, what: str, done: int, total: int | None) -> None:
        if done == total or done // EVERY > self._told.get(what, 0):
            self._told[what] = done // EVERY
            of = f" of {total:,}" if total is not None and done != total else ""
            print(f"{what}: {done:,}{of} read", file=self._stream, flush=True)


def summary_lines(summary: Summary) -> Iterator[str]:
    """Yield the result of an import.

    Args:
        summary: The result.

    Yields:
        A line for each kind, then a line for each note and each problem.
    """
    for kind in sorted({*summary.imported, *(kind for kind, _ in summary.left_out)}):
        reasons = [f"{count:,} {reason}" for (of, reason), count in sorted(summary.left_out.items()) if of == kind]
        left_out = f"; left out: {', '.join(reasons)}" if reasons else ""
        yield f"{kind}: {summary.imported[kind]:,} to import{left_out}"
    yield from summary.notes
    yield from summary.problems


def next_steps(out: Path, summary: Summary, export: Path | None) -> Iterator[str]:
    """Yield the commands that import the written program into a stack.

    Args:
        out: The folder with the program.
        summary: The result of the import.
        export: The file from `pulumi stack export`, or None for a new stack.

    Yields:
        A command or a comment.
    """
    folder = shlex.quote(str(out))
    if export:
        configured = ", ".join(f"identity:{key} {value}" for key, value in summary.config.items())
        yield f"# Move {folder} into the folder of the program, and run the commands there."
        yield f"# Set the configuration of the stack: {configured}"
        yield f"# Add to the program: import {summary.package}"
        yield f"pulumi import --file {summary.package}/import.json {TAKE_IN}"
    else:
        yield f"cd {folder}"
        yield "pulumi stack init people"
        yield f"pulumi import --file import.json {TAKE_IN}"
    yield "pulumi preview --refresh --expect-no-changes"
    if export:
        both = f"{summary.package}/import.json and {shlex.quote(str(export))}"
        yield f"# Don't commit {both}: they contain personal data."
