"""Values and calls as Python source, laid out as the formatters of ruff and black leave it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

WIDTH = 88
"""Columns: the formatters' own default. A longer limit changes nothing, since what is broken ends in a comma."""

INDENT = "    "


class Code(str):
    """An expression: it stands in the source as it is."""

    __slots__ = ()


def call(function: str, name: str, arguments: Mapping[str, Any], comments: Iterable[str] = ()) -> str:
    """Return a call of a resource's constructor, an argument a line, comments before them."""
    lines = [f"{function}(", f"{INDENT}{text(name)},", *(f"{INDENT}# {comment}" for comment in comments)]
    lines += (f"{INDENT}{key}={literal(value, len(key) + 1, 1)}," for key, value in arguments.items())
    return "\n".join([*lines, ")"])


def literal(value: Any, before: int = 0, depth: int = 0) -> str:
    """Return a value's source: on one line where it fits behind `before` columns, else an item a line."""
    line = _flat(value)
    if not isinstance(value, Mapping | list) or len(INDENT) * depth + before + _columns(f"{line},") <= WIDTH:
        return line
    inner = INDENT * (depth + 1)
    items = (f"{inner}{key}{literal(item, _columns(key), depth + 1)},\n" for key, item in _items(value))
    return f"{line[0]}\n{''.join(items)}{INDENT * depth}{line[-1]}"


def text(value: str) -> str:
    """Return a string's source, in the quotes that need fewer escapes; what can't be seen is escaped."""
    quote = "'" if value.count('"') > value.count("'") else '"'
    seen = (char if char.isprintable() else repr(char)[1:-1] for char in value)
    return quote + "".join(f"\\{char}" if char in {quote, "\\"} else char for char in seen) + quote


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return value if isinstance(value, Code) else text(value)
    if not isinstance(value, Mapping | list):
        return repr(value)
    inside = ", ".join(key + _flat(item) for key, item in _items(value))
    return f"{{{inside}}}" if isinstance(value, Mapping) else f"[{inside}]"


def _items(value: Mapping[str, Any] | list[Any]) -> Iterable[tuple[str, Any]]:
    """Yield what stands before each item, and the item."""
    if isinstance(value, Mapping):
        return ((f"{text(key)}: ", item) for key, item in value.items())
    return (("", item) for item in value)


def _columns(line: str) -> int:
    """Return how wide a terminal shows it: formatters count so."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line
    )
