"""What a stack manages already, as `pulumi stack export` tells it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class ManagedStack:
    """What a stack manages; without an export, nothing. ValueError for a file that is none."""

    def __init__(self, export: Path | None = None) -> None:
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        """Type token → the names that its resources have."""
        self._managed: dict[tuple[str, str], str] = {}
        if export is None:
            return
        try:
            self._take(json.loads(export.read_text(encoding="utf-8")))
        except OSError as error:
            wrong = error.strerror
        except (ValueError, LookupError, TypeError, AttributeError):
            wrong = "it is no stack export"
        else:
            return
        message = f"reading {export}: {wrong} — make one with `pulumi stack export --file stack.json`"
        raise ValueError(message)

    def name_of(self, token: str, id_: str) -> str | None:
        """Return the name of the resource that manages an entity; None if none does."""
        return self._managed.get((token, id_))

    def _take(self, exported: Any) -> None:
        for resource in exported["deployment"].get("resources") or ():
            name = resource["urn"].split("::", 3)[3]  # a name may hold `::` too
            self.names[resource["type"]].add(name)
            if "id" in resource and not resource.get("external"):
                self._managed[resource["type"], resource["id"]] = name
