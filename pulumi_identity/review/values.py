"""Compare property values, mark unknown and secret ones, and format them for readers."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Mark(Enum):
    """A placeholder for a value that the preview does not have."""

    ABSENT = "not set"
    UNKNOWN = "(unknown)"
    SECRET = "[secret]"  # noqa: S105  (the engine writes every secret like this)


_UNKNOWNS = {
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
}
"""The engine's placeholders for values that are unknown before the update. Source: `plugin.UnknownStringValue`.
Numbers, booleans, lists and objects each have their own UUID."""
_SIGNATURE, _SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
"""The engine's mark of a secret in events: `{signature: secret, "ciphertext": …}`. Source: `resource.SigKey`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The values of one property before and after the update, each JSON or a Mark."""

    path: str
    before: Any
    after: Any


def mark(value: Any) -> Any:
    """Replace unknown and secret parts of a value with marks, at every depth.

    Args:
        value: A value as the engine writes it.

    Returns:
        The value with marks.
    """
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
    """Replace unknown and secret parts of properties with marks, and omit internal properties.

    Args:
        properties: The properties of a resource as the engine writes them.

    Returns:
        The properties with marks.
    """
    return {name: mark(value) for name, value in properties.items() if not name.startswith("__")}


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each leaf of a value with its path, in Pulumi's notation: `emails[0].value`.

    Args:
        value: The value.
        path: The path of the value itself.

    Yields:
        Pairs of a path and a leaf.
    """
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
    """Compare two sets of properties, leaf by leaf.

    Args:
        before: The properties before the update.
        after: The properties after the update.

    Returns:
        The differences, sorted by path.
    """
    old, new = dict(walk(dict(before))), dict(walk(dict(after)))
    paths = sorted((old.keys() | new.keys()) - {""})
    pairs = ((path, old.get(path, Mark.ABSENT), new.get(path, Mark.ABSENT)) for path in paths)
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def find_unknown(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Find the values that are unknown before the update.

    Args:
        properties: The properties with marks.

    Returns:
        The paths of the unknown values.
    """
    return tuple(path for path, value in walk(dict(properties)) if value is Mark.UNKNOWN)


def show(value: Any) -> str:
    """Write a value in one line, without invisible or control characters.

    Args:
        value: The value.

    Returns:
        The text.
    """
    if isinstance(value, Mark):
        return value.value
    text = value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False, default=show)
    return escape_controls(text)


def escape_controls(text: str) -> str:
    r"""Replace line breaks, control and formatting characters with their escapes: `\n`, `\u202e`.

    Args:
        text: The text.

    Returns:
        The escaped text.
    """
    if text.isprintable() and text.isascii():
        return text
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char
        for char in text
    )


LONGEST = 240


def clip(text: str) -> str:
    """Shorten a long text and add its full length.

    Args:
        text: The text.

    Returns:
        The text, or its beginning if it is too long.
    """
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 40]}… ({len(text):,} characters)"


def clip_pair(before: str, after: str) -> tuple[str, str]:
    """Shorten two long texts to the part where they differ.

    Args:
        before: The text before the update.
        after: The text after the update.

    Returns:
        Both texts.
    """
    if max(len(before), len(after)) > LONGEST:
        shorter = min(len(before), len(after))
        same = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), shorter)
        start = max(0, same - 40)
        before, after = ((f"…{text[start:]}" if start else text) for text in (before, after))
    return clip(before), clip(after)


def count(number: int, one: str, many: str) -> str:
    """Write a number with its noun: "1 user", "1,000 users".

    Args:
        number: The number.
        one: The singular.
        many: The plural.

    Returns:
        The text.
    """
    return f"{number:,} {one if number == 1 else many}"
