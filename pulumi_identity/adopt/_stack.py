"""What a stack manages already, as `pulumi stack export` tells it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Stack:
    """What a stack manages; without an export, nothing."""

    def __init__(self, export: Path | None = None) -> None:
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        """Type token → the names that its resources have."""
        self._managed: dict[tuple[str, str], str] = {}
        for resource in _resources(export) if export else ():
            name = resource["urn"].split("::", 3)[3]  # a name may hold `::` too
            self.names[resource["type"]].add(name)
            if "id" in resource and not resource.get("external"):
                self._managed[resource["type"], resource["id"]] = name

    def name_of(self, token: str, id_: str) -> str | None:
        """Return the name of the resource that manages an entity; None if none does."""
        return self._managed.get((token, id_))


def _resources(export: Path) -> list[dict[str, str]]:
    try:
        found: list[dict[str, str]] = json.loads(export.read_text(encoding="utf-8"))["deployment"].get("resources", [])
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"reading {export}: it is no stack export — make one with `pulumi stack export --file {export}`"
        raise ValueError(message) from None
    return found
