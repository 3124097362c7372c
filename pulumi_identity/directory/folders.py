"""Find the files of a folder. A file that can't be read is an error: its people would otherwise be deleted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".yaml", ".yml", ".json", ".csv")
"""The files that a folder contributes. Files called `*.schema.json` and hidden files are left out."""


class Place(NamedTuple):
    """A file, or a folder that contributes none."""

    path: Path
    problem: str = ""
    """The reason why the path contributes nothing."""


def places_of(path: Path) -> Iterator[Place]:
    """Yield a file, or the files of a folder and its subfolders. Links to folders are followed.

    Args:
        path: The file or folder.

    Yields:
        The files, sorted, and the places that can't be read.
    """
    if not os.path.isdir(path):  # noqa: PTH112  (Path raises for a name that the system does not allow)
        yield Place(path, _unusable(path))
        return
    places = sorted(_within(path))
    yield from places
    if not places:
        yield Place(path, f"the folder has no file with the ending {', '.join(SUFFIXES)}")


def _within(path: Path) -> Iterator[Place]:
    unreadable: list[OSError] = []
    seen: set[str] = set()
    for folder, subfolders, names in os.walk(path, followlinks=True, onerror=unreadable.append):
        if os.path.realpath(folder) in seen:  # a link leads to a folder around it
            subfolders.clear()
            continue
        seen.add(os.path.realpath(folder))
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for file in map(Path(folder).joinpath, names):
            if _belongs(file):
                yield Place(file, _unusable(file))
    for error in unreadable:
        yield Place(Path(error.filename), f"the folder can't be read: {error.strerror}")


def _belongs(file: Path) -> bool:
    hidden = file.name.startswith(".")
    return file.suffix.lower() in SUFFIXES and not hidden and not file.name.endswith(".schema.json")


def _unusable(file: Path) -> str:
    """Return why a file can't be read; "" if it can be tried."""
    if not os.path.lexists(file):
        return "the file can't be read: No such file or directory"
    if not file.exists():
        return "the file can't be read: it is a link to a file that does not exist"
    if file.suffix.lower() not in SUFFIXES:
        return f"the file must end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
    return "" if file.is_file() else "the file can't be read: it is a pipe or a device"
