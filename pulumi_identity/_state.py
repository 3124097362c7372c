"""What Pulumi state remembers of this package. Frozen: state outlives releases.

Each resource in state carries its provider as a pickled reference: this module's name, the function `provider`, and
the name of the resource class. These three may not change; everything else of the package may.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi.dynamic import ResourceProvider

PROVIDERS: dict[str, type[ResourceProvider]] = {}
"""Name of a resource class → its provider. Importing the resources fills it."""

RESOLVED = "__resolved"
"""The key in a resource's stored outputs that lists the properties that AWS decided, not the program."""


def provider(name: str) -> ResourceProvider:
    """Return the provider of a resource class: what unpickling `__provider` calls.

    Destroying and refreshing run no program, so the resources are imported here.
    """
    importlib.import_module(f"{__package__}.resources")
    return PROVIDERS[name]()
