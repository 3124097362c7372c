"""Values of properties: which are unknown or secret, which differ, and how a reader sees them."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Mark(Enum):
    """A stand-in for a value that the preview does not have."""

    ABSENT = "not set"
    UNKNOWN = "(not known yet)"
    SECRET = "[secret]"  # noqa: S105  (how the engine writes any secret)


_UNKNOWNS = {
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
}
"""How the engine writes values that it does not know before the update. Source: `plugin.UnknownStringValue`;
numbers, booleans, lists and objects have a UUID each, with the same meaning."""
_SIGNATURE, _SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
"""How the engine marks a secret in its events: `{signature: secret, "ciphertext": …}`. Source: `resource.SigKey`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One property's values before and after, each JSON or a Mark."""

    path: str
    before: Any
    after: Any


def mark(value: Any) -> Any:
    """Replace unknown and secret parts of a value with marks, at every depth."""
    if isinstance(value, str):
        if value in _UNKNOWNS:
            return Mark.UNKNOWN
        return Mark.SECRET if value == Mark.SECRET.value else value
    if isinstance(value, dict):
        if value.get(_SIGNATURE) == _SECRET:
            return Mark.SECRET
        return {key: mark(item) for key, item in value.items() if key != _SIGNATURE}
    if isinstance(value, list):
        return [mark(item) for item in value]
    return value


def mark_properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Mark a resource's properties, without those that Pulumi and this package keep for themselves."""
    return {name: mark(value) for name, value in properties.items() if not name.startswith("__")}


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each leaf of a value under its path, as Pulumi writes paths: `emails[0].value`."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            plain = key.replace("_", "").replace("-", "").isalnum()
            step = (f".{key}" if path else key) if plain else f"[{json.dumps(key, ensure_ascii=False)}]"
            yield from walk(item, path + step)
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from walk(item, f"{path}[{index}]")
    else:
        yield path, value


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return the differences between two sets of properties, leaf by leaf."""
    old, new = dict(walk(dict(before))), dict(walk(dict(after)))
    paths = sorted((old.keys() | new.keys()) - {""})
    pairs = ((path, old.get(path, Mark.ABSENT), new.get(path, Mark.ABSENT)) for path in paths)
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def find_unknown(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the paths of the values that are not known yet."""
    return tuple(path for path, value in walk(dict(properties)) if value is Mark.UNKNOWN)


def show(value: Any) -> str:
    """Write a value in one line. Nothing in it is invisible, reverses the line or moves a cursor."""
    if isinstance(value, Mark):
        return value.value
    text = value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False, default=show)
    return escape_controls(text)


def escape_controls(text: str) -> str:
    r"""Write line breaks, control and formatting characters of a text out: `\n`, `\u202e`."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char
        for char in text
    )


LONGEST = 240


def clip(text: str) -> str:
    """Cut a text to a length that can be read, and add its length."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 40]}… ({len(text):,} characters)"


def clip_pair(before: str, after: str) -> tuple[str, str]:
    """Cut two texts to where they differ, if they are too long to read."""
    if max(len(before), len(after)) > LONGEST:
        shorter = min(len(before), len(after))
        same = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), shorter)
        start = max(0, same - 40)
        before, after = ((f"…{text[start:]}" if start else text) for text in (before, after))
    return clip(before), clip(after)


def count(number: int, one: str, many: str) -> str:
    """Write a number with its noun: "1 user", "1,000 users"."""
    return f"{number:,} {one if number == 1 else many}"
