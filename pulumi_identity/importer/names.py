"""Names for what is brought in: of resources in Pulumi's state, and of variables in the program."""

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
"""What means something in any program. What the written modules import has capitals, which no variable has."""


class UniqueNames:
    """Names of one kind, each given once.

    `taken` are those that others have already. The one that is asked for again gets a number: `jo-2`.
    """

    def __init__(self, taken: Iterable[str] = (), joint: str = "-") -> None:
        self._taken = set(taken)
        self._joint = joint

    def free(self, wanted: str) -> str:
        """Return the name, or the first of its numbered ones that nobody has, and take it."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted.removesuffix(self._joint)}{self._joint}{number}"
        self._taken.add(name)
        return name

    def __contains__(self, name: str) -> bool:
        return name in self._taken


def resource_name(called: str) -> str:
    """Return the name in state of what AWS calls so: the same, but for blanks, control characters and length."""
    printable = "".join(char if char.isprintable() else " " for char in called)
    return " ".join(printable.split())[:LONGEST_NAME].strip() or "unnamed"


def variable(called: str, kind: str) -> str:
    """Return the variable in the program for what AWS calls so: `Ana María/O'Neil` is `ana_maria_o_neil`.

    Accents are dropped; letters of other scripts stay, as Python allows them. `kind` goes before a name that
    would begin with a digit, and stands for one that has neither letters nor digits. A word of Python's own gets
    an underscore: `max_`.
    """
    plain = "".join(map(_without_accent, unicodedata.normalize("NFKC", called))).lower()
    words = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", plain)).strip("_")[:LONGEST_VARIABLE].strip("_")
    name = words if words.isidentifier() else f"{kind}_{words}".strip("_")
    name = name if name.isidentifier() else kind
    return f"{name}_" if name in PYTHONS else name


def _without_accent(char: str) -> str:
    bare = unicodedata.normalize("NFKD", char)[0]
    return bare if bare.isascii() else char
