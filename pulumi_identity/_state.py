"""The parts of this package that Pulumi state refers to. Frozen, because state outlives releases.

Each resource in state holds its provider as a pickled reference: this module's name, the function `provider`, and
the name of the resource class. These three names must not change. Everything else in the package may change.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi.dynamic import ResourceProvider

PROVIDERS: dict[str, type[ResourceProvider]] = {}
"""Name of a resource class → its provider. Importing `pulumi_identity.resources` fills it."""

DIRECTORY = "identity:index:Directory"
"""The type of the component for people in a file."""

RESOLVED = "__resolved"
"""The key in a resource's stored outputs that lists its computed defaults."""


def provider(name: str) -> ResourceProvider:
    """Return the provider of a resource class. Unpickling `__provider` calls this function.

    `pulumi destroy` and `pulumi refresh` run no program, so this function imports the resources.

    Args:
        name: The name of the resource class.

    Returns:
        The provider.
    """
    importlib.import_module(f"{__package__}.resources")
    return PROVIDERS[name]()
