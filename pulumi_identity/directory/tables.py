"""Read people and groups from CSV, with the line of every value."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import models
from .problems import near

if TYPE_CHECKING:
    from .sources import Document

LISTS = ("groups", "quicksight.groups", "appstream.stacks")
"""The columns whose cells hold several words, separated by spaces."""


def read_csv(document: Document, text: str) -> None:
    """Read a table with a row for each person or group.

    Args:
        document: The document, which gets the values, their lines and the problems.
        text: The text of the file.
    """
    header_line = next(line for line in text.splitlines() if line.strip())
    delimiter = max(",;\t", key=header_line.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    section = "groups" if Path(document.file).name.lower().startswith("groups") else "people"
    entries: dict[str, Any] = {}
    document.value = {section: entries}
    header: list[str] = []
    line = 1
    try:
        for cells in rows:
            first, line = line, rows.line_num + 1
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if not header:
                header = _header(document, section, values, first)
                if not header:
                    return
                continue
            _add_row(document, section, dict(enumerate(values)), header, first)
    except csv.Error as error:
        document.add_at(rows.line_num, f"the text is not valid CSV: {error}")


def _header(document: Document, section: str, cells: list[str], line: int) -> list[str]:
    """Return the fields of the columns, "" for a column without a name. Add an error for each mistake."""
    known = models.COLUMNS[section]

    header = []
    for cell in cells:
        name = re.sub(r"[\s-]+", "_", cell.lower())
        if name and name not in known:
            document.add_at(line, f"the column {cell!r} is not a known field{near(name, known)}")
            name = _UNKNOWN
        header.append(name)
    for name in sorted({name for name in header if name and name != _UNKNOWN and header.count(name) > 1}):
        document.add_at(line, f"two columns are called {name!r}")
    if not any(name in header for name in _KEYS[section]):
        document.add_at(line, f"the first line must name the columns, and one must be {_choice(section)}")
        return []
    if section == "people" and not any(name.split(".")[0] == "name" for name in header):
        document.add_at(line, "one column must be `name`")
        return []
    return header


_UNKNOWN = "?"
"""The field of a column with another name."""

_KEYS = {"people": ("key", "user_name", "email"), "groups": ("key", "display_name")}
"""Section → the columns that can have the key, by precedence."""


def _choice(section: str) -> str:
    *first, last = (f"`{name}`" for name in _KEYS[section])
    return f"{', '.join(first)} or {last}"


def _add_row(document: Document, section: str, cells: dict[int, str], header: list[str], line: int) -> None:
    extra = [cell for index, cell in cells.items() if cell and (index >= len(header) or not header[index])]
    if extra:
        document.add_at(line, f"the cell {extra[0]!r} has no column", section)
        return
    row = {header[index]: cell for index, cell in cells.items() if cell and header[index] != _UNKNOWN}
    key = next(filter(None, (row.get(name) for name in _KEYS[section])), "")
    row.pop("key", None)
    if not key:
        document.add_at(line, f"the row needs {_choice(section)}", section)
        return
    entries = document.value[section]
    if key in entries:
        first = document.lines[section, key]
        document.add_at(line, f"is set twice; the first is at line {first}", f"{section}.{key}")
        return
    document.lines[section, key] = line
    if part := next((name for name in sorted(row) if "name" in row and name.startswith("name.")), None):
        document.add_at(line, "can't be combined with `name`; empty one of the cells", f"{section}.{key}.{part}")
    entry: dict[str, Any] = {}
    entries[key] = entry
    for name, cell in sorted(row.items()):  # `quicksight` comes before `quicksight.namespace`
        _set(entry, name, cell.split() if name in LISTS else cell)


def _set(entry: dict[str, Any], column: str, value: Any) -> None:
    """Set the value of a column such as `name.given_name`."""
    outer, _, last = column.rpartition(".")
    for step in filter(None, outer.split(".")):
        inner = entry.setdefault(step, {})
        if isinstance(inner, str):  # `AUTHOR` in the column `quicksight`, or `true` in the column `appstream`
            account = models.as_account(step, inner)
            if not account.given:
                return  # `false`, or a mistake that the validation reports
            inner = entry[step] = account.inputs
        entry = inner
    entry[last] = value
