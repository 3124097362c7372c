"""Names of imported resources in Pulumi state, and of their variables in the program."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_NAME, LONGEST_VARIABLE = 128, 60

PYTHONS = frozenset([*keyword.kwlist, *keyword.softkwlist, *dir(builtins)])
"""The names that Python defines. Names that the written modules import have capitals, and variables have none."""


class UniqueNames:
    """Unique names. A repeated name gets a number: `jo-2`.

    Args:
        taken: Names that are already in use.
        joint: The text between a name and its number.
    """

    def __init__(self, taken: Iterable[str] = (), joint: str = "-") -> None:
        self._taken = set(taken)
        self._joint = joint

    def free(self, wanted: str) -> str:
        """Reserve the name, or its first free numbered form, and return it."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted.removesuffix(self._joint)}{self._joint}{number}"
        self._taken.add(name)
        return name

    def __contains__(self, name: str) -> bool:
        return name in self._taken


def resource_name(called: str) -> str:
    """Return the resource name for a name in AWS: without control characters and extra blanks, and cut to length."""
    printable = "".join(char if char.isprintable() else " " for char in called)
    return " ".join(printable.split())[:LONGEST_NAME].strip() or "unnamed"


def variable(called: str, kind: str) -> str:
    """Return the variable for a name in AWS: `Ana María/O'Neil` becomes `ana_maria_o_neil`.

    Accents are dropped, and letters of other scripts are kept. A name that Python defines gets an underscore: `max_`.

    Args:
        called: The name in AWS.
        kind: The prefix for a name that starts with a digit, and the variable for a name without letters and digits.

    Returns:
        The variable.
    """
    plain = "".join(map(_without_accent, unicodedata.normalize("NFKC", called))).lower()
    words = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", plain)).strip("_")[:LONGEST_VARIABLE].strip("_")
    name = words if words.isidentifier() else f"{kind}_{words}".strip("_")
    name = name if name.isidentifier() else kind
    return f"{name}_" if name in PYTHONS else name


def _without_accent(char: str) -> str:
    bare = unicodedata.normalize("NFKD", char)[0]
    return bare if bare.isascii() else char
