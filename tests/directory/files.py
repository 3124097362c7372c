"""Files that the tests write and load."""

from __future__ import annotations

from datetime import date
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from pulumi_identity.directory import Company, DirectoryError, Person, load

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 6, 1)


class Files:
    """A folder of files, which is the working directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
        return name

    def load(self, content: str | bytes, name: str = "people.yaml") -> Company:
        return load(self.write(name, content), today=TODAY)

    def person(self, fields: str, more: str = "") -> Person:
        """Return the person with the fields of a flow mapping."""
        return self.load(f"people:\n  jo: {{{fields}}}\n{more}").people["jo"]

    def problems(self, content: str | bytes, name: str = "people.yaml") -> list[str]:
        return problems_of(self.write(name, content))

    def problems_of_person(self, fields: str, more: str = "") -> list[str]:
        prefix = "people.yaml:2: people.jo."
        lines = self.problems(f"people:\n  jo: {{{fields}}}\n{more}")
        assert all(line.startswith(prefix[:-1]) for line in lines)
        return [line.removeprefix(prefix) for line in lines]


def problems_of(*sources: object) -> list[str]:
    with pytest.raises(DirectoryError) as raised:
        load(*sources, today=TODAY)  # type: ignore[arg-type]
    assert str(raised.value).splitlines() == [str(problem) for problem in raised.value.problems]
    return str(raised.value).splitlines()
