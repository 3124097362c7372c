"""The resources of an existing stack, from `pulumi stack export`."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class ManagedStack:
    """The resources of a stack. Without an export, there are none.

    Raises:
        ValueError: The file can't be read, or is not a stack export.
    """

    def __init__(self, export: Path | None = None) -> None:
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        """Type token → the names of its resources."""
        self._managed: dict[tuple[str, str], str] = {}
        if export is None:
            return
        try:
            self._take(json.loads(export.read_text(encoding="utf-8")))
        except OSError as error:
            wrong = error.strerror
        except (ValueError, LookupError, TypeError, AttributeError):
            wrong = "not a stack export"
        else:
            return
        message = f"reading {export}: {wrong} — run `pulumi stack export --file stack.json`, and give that file"
        raise ValueError(message)

    def name_of(self, token: str, id_: str) -> str | None:
        """Return the name of the resource that manages an entity, or None."""
        return self._managed.get((token, id_))

    def _take(self, exported: Any) -> None:
        for resource in exported["deployment"].get("resources") or ():
            name = resource["urn"].split("::", 3)[3]  # a name can contain `::`
            self.names[resource["type"]].add(name)
            if "id" in resource and not resource.get("external"):
                self._managed[resource["type"], resource["id"]] = name
