"""Examples of every resource: each module here defines some, and is found by itself."""

from __future__ import annotations

import itertools
from importlib import import_module
from pathlib import Path

from pulumi_identity.provider.registry import KINDS

from ._example import ACCOUNT, CONFIGURED_SETTINGS, ROLE, SETTINGS, STORE, Example, fill
from .appstream_user import APPSTREAM
from .group import GROUP_EXAMPLE
from .group_membership import GROUP, MEMBER, MEMBERSHIP
from .identity_store_user import USER
from .quicksight_user import QUICKSIGHT

__all__ = [
    "ACCOUNT",
    "APPSTREAM",
    "CONFIGURED_SETTINGS",
    "EXAMPLES",
    "GROUP",
    "GROUP_EXAMPLE",
    "MEMBER",
    "MEMBERSHIP",
    "QUICKSIGHT",
    "RESOURCES",
    "ROLE",
    "SETTINGS",
    "STORE",
    "USER",
    "Example",
    "fill",
]
"""Single examples are here for tests of what is particular to one kind. A new kind needs none."""

_MODULES = [import_module(f"{__name__}.{path.stem}") for path in Path(__file__).parent.glob("[!_]*.py")]
_FOUND = [value for module in _MODULES for value in vars(module).values() if isinstance(value, Example)]
_ORDER = list(KINDS)

EXAMPLES = sorted(_FOUND, key=lambda example: (_ORDER.index(example.name), example.variant))
"""Every example, those of one resource side by side, the ordinary one first."""

RESOURCES: dict[str, list[Example]] = {
    name: list(examples) for name, examples in itertools.groupby(EXAMPLES, key=lambda example: example.name)
}
"""Name of each resource's class → its examples."""
