"""Values of properties: what is not known, what is secret, what differs, and how a value is written."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Mark(Enum):
    """What stands where a value can't."""

    ABSENT = "not set"
    UNKNOWN = "(not known yet)"
    SECRET = "[secret]"  # noqa: S105  (how the engine writes any secret)


_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine writes a value that it does not know before the update. Source: `plugin.UnknownStringValue`;
numbers, booleans, lists and objects have a UUID each, with the same meaning."""
_UNKNOWNS = {
    _UNKNOWN,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
}
_SIGNATURE, _SECRET = "4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"
"""How the engine marks a secret in its events: `{signature: secret, "ciphertext": …}`. Source: `resource.SigKey`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One property's values before and after, each JSON or a Mark."""

    path: str
    old: Any
    new: Any


def marked(value: Any) -> Any:
    """A value of the preview, with marks for what is unknown and what is secret, at every depth."""
    if isinstance(value, str):
        if value in _UNKNOWNS:
            return Mark.UNKNOWN
        return Mark.SECRET if value == Mark.SECRET.value else value
    if isinstance(value, dict):
        if value.get(_SIGNATURE) == _SECRET:
            return Mark.SECRET
        return {key: marked(item) for key, item in value.items() if key != _SIGNATURE}
    if isinstance(value, list):
        return [marked(item) for item in value]
    return value


def own(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a resource with marks, without what Pulumi and this package keep for themselves."""
    return {name: marked(value) for name, value in properties.items() if not name.startswith("__")}


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each leaf of a value under its path, as Pulumi writes paths: `emails[0].value`."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            plain = key.replace("_", "").replace("-", "").isalnum()
            step = (f".{key}" if path else key) if plain else f"[{json.dumps(key, ensure_ascii=False)}]"
            yield from leaves(item, path + step)
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}[{index}]")
    else:
        yield path, value


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What differs between two sets of properties, leaf by leaf."""
    before, after = dict(leaves(dict(old))), dict(leaves(dict(new)))
    before.pop("", None)
    after.pop("", None)
    return tuple(
        Difference(path, before.get(path, Mark.ABSENT), after.get(path, Mark.ABSENT))
        for path in sorted(before.keys() | after.keys())
        if before.get(path, Mark.ABSENT) != after.get(path, Mark.ABSENT)
    )


def unknown_paths(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """The paths of what is not known yet."""
    return tuple(path for path, value in leaves(dict(properties)) if value is Mark.UNKNOWN)


def shown(value: Any) -> str:
    """A value in one line for a reader. Nothing in it is invisible, turns the line around or moves a cursor."""
    if isinstance(value, Mark):
        return value.value
    return visible(value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False, default=shown))


def visible(text: str) -> str:
    r"""A text with line breaks, control and formatting characters written out: `\n`, `\u202e`."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char
        for char in text
    )


LONGEST = 240


def pair(old: str, new: str) -> tuple[str, str]:
    """Two texts cut to where they differ, if they are too long to read."""
    if max(len(old), len(new)) > LONGEST:
        same = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        start = max(0, same - 40)
        old, new = ((f"…{text[start:]}" if start else text) for text in (old, new))
    return clip(old), clip(new)


def clip(text: str) -> str:
    """A text at a length that can be read, with how long it is."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 40]}… ({len(text):,} characters)"
