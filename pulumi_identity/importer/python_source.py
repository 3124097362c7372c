"""Values and calls as Python source, in the format of ruff and black."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

WIDTH = 88
"""Line length: the formatters' default. A higher limit changes nothing, because broken lines end in a comma."""

INDENT = "    "


class Code(str):
    """An expression that is written to the source unchanged."""

    __slots__ = ()


def call(function: str, name: str, arguments: Mapping[str, Any], comments: Iterable[str] = ()) -> str:
    """Return a call of a resource's constructor, with one argument per line, after the comments."""
    lines = [f"{function}(", f"{INDENT}{text(name)},", *(f"{INDENT}# {comment}" for comment in comments)]
    lines += (f"{INDENT}{key}={literal(value, len(key) + 1, 1)}," for key, value in arguments.items())
    return "\n".join([*lines, ")"])


def literal(value: Any, before: int = 0, depth: int = 0) -> str:
    """Return a value's source: one line if it fits after `before` columns, otherwise one item per line."""
    line = _flat(value)
    if not isinstance(value, Mapping | list) or len(INDENT) * depth + before + _columns(f"{line},") <= WIDTH:
        return line
    inner = INDENT * (depth + 1)
    items = (f"{inner}{key}{literal(item, _columns(key), depth + 1)},\n" for key, item in _items(value))
    return f"{line[0]}\n{''.join(items)}{INDENT * depth}{line[-1]}"


def text(value: str) -> str:
    """Return a string's source, with the quotes that need fewer escapes. Invisible characters are escaped."""
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
    """Yield the source before each item, and the item."""
    if isinstance(value, Mapping):
        return ((f"{text(key)}: ", item) for key, item in value.items())
    return (("", item) for item in value)


def _columns(line: str) -> int:
    """Return the width on a terminal, as formatters count it."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line
    )
