"""Problems in the files of a directory: a line of text, an annotation for GitHub, or JSON for each."""

from __future__ import annotations

import difflib
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pulumi import RunError

from pulumi_identity.errors import visible

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, order=True)
class Problem:
    """One problem, with its place in a file."""

    file: str
    """The file as the program names it. Empty for Python values."""
    line: int
    """The line, from 1. 0 if the problem concerns the whole file, or a Python value."""
    path: str
    """The path as shown in messages, such as `people.jo.doe.groups[0]`. Empty for the whole file."""
    message: str
    """The value, the rule that it breaks, and the remedy."""
    severity: Literal["error", "warning"] = "error"

    @property
    def place(self) -> str:
        """The file and the line, such as `people.yaml:7`; the path for Python values."""
        return f"{self.file}:{self.line}" if self.line else self.file or self.path

    def __str__(self) -> str:
        return self._text("warning" if self.severity == "warning" else "")

    def for_log(self) -> str:
        """Return the line for a log that shows the severity itself, as Pulumi's does.

        Returns:
            One line, such as `people.yaml:7: people.jo: …`.
        """
        return self._text("")

    def _text(self, severity: str) -> str:
        place = self.place if self.file else ""
        return visible(": ".join(filter(None, (place, severity, self.path, self.message))))

    def as_github(self) -> str:
        """Return the command for GitHub's log that shows the problem at its line in a pull request.

        Returns:
            One line, such as `::error file=people.yaml,line=7::people.jo: …`.
        """
        properties = {"file": self.file, "line": str(self.line or "")}
        shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        text = visible(": ".join(filter(None, (self.path, self.message)))).replace("%", "%25")
        return f"::{self.severity}{f' {shown}' if shown else ''}::{text}"

    def as_json(self) -> dict[str, Any]:
        """Return the problem as values of JSON.

        Returns:
            The attributes. The line is None if it is unknown.
        """
        return asdict(self) | {"line": self.line or None}


def _property(value: str) -> str:
    """Return a value as GitHub's commands escape it in their properties."""
    for char, escaped in {"%": "%25", ":": "%3A", ",": "%2C"}.items():
        value = value.replace(char, escaped)
    return visible(value)


def near(word: object, known: Iterable[str]) -> str:
    """Return the end of an error about an unknown word, without regard to case.

    Args:
        word: The unknown word.
        known: The known words.

    Returns:
        A text such as `; did you mean 'title'?`; "" if no word resembles it.
    """
    match = _nearest(str(word).casefold(), tuple(known))
    return f"; did you mean {match!r}?" if match else ""


@lru_cache(maxsize=1000)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the known word that resembles another, or "". The same mistake is often in thousands of rows."""
    spelled = {name.casefold(): name for name in known}
    matches = difflib.get_close_matches(word, spelled, n=1)
    return spelled[matches[0]] if matches else ""


class DirectoryError(RunError):
    """The files of a directory are invalid. Pulumi prints an uncaught one without a traceback."""

    problems: tuple[Problem, ...]
    """All errors and warnings, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
