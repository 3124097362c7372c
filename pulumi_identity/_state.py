"""What Pulumi state remembers of us. Frozen: state outlives releases.

Each resource in state carries its provider as a pickled reference: this module's name, the function
`provider`, and the name of the resource class. Nothing else of the package is in it, so everything
behind these three may change and these three may not.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._provider import Provider

MODULES = ("appstream", "identitystore", "quicksight")
"""The modules that declare resources; importing them fills `PROVIDERS`."""

PROVIDERS: dict[str, type[Provider]] = {}
"""Resource class name → its provider."""

RESOLVED = "__resolved"
"""The key in a resource's stored outputs that lists the properties AWS decided, not the program."""


def provider(name: str) -> Provider:
    """Return the provider of the resource class called `name`: what unpickling `__provider` calls.

    Destroying and refreshing run no program, so the modules that register providers are imported here.
    """
    for module in MODULES:
        importlib.import_module(f"{__package__}.{module}")
    return PROVIDERS[name]()
