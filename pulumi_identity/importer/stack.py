"""The resources of existing stacks, from `pulumi stack export`."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_identity.errors import visible

from .writer import SECRET

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.schema import State

(MARK, MARKED) = next(iter(SECRET.items()))


class ManagedResource(NamedTuple):
    """A resource that manages an entity."""

    name: str
    id: str
    props: State
    """The outputs in state. Secrets are decrypted only if they are decrypted in the export."""


class ManagedStack:
    """The resources of stacks. Without an export, there are none.

    Args:
        exports: Files from `pulumi stack export`.

    Raises:
        ValueError: A file can't be read, or is not a stack export.
    """

    def __init__(self, *exports: Path) -> None:
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        """Type token → the names of its resources."""
        self._managed: defaultdict[str, defaultdict[str, list[ManagedResource]]]
        self._managed = defaultdict(lambda: defaultdict(list))
        for export in exports:
            self._read(export)

    def find(self, kind: Kind, id_: str, region: str) -> ManagedResource | None:
        """Return the resource that manages an entity, or None.

        Args:
            kind: The kind of the entity.
            id_: The physical id.
            region: The region of the entity. It matters if AWS allows the same id in each region.

        Returns:
            The resource.
        """
        is_regional = "region" in kind.natural_key
        for resource in self._managed[kind.token][id_]:
            if not is_regional or resource.props.get("region", region) == region:
                return resource
        return None

    def of(self, kind: Kind) -> list[ManagedResource]:
        """Return the resources of a kind."""
        return [resource for resources in self._managed[kind.token].values() for resource in resources]

    def _read(self, export: Path) -> None:
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

    def _take(self, exported: Any) -> None:
        for resource in exported["deployment"].get("resources") or ():
            name = resource["urn"].split("::", 3)[3]  # a name can contain `::`
            token = resource["type"]
            self.names[token].add(name)
            if "id" in resource and not resource.get("external"):
                props = dict(_in_clear(resource.get("outputs") or {}))
                self._managed[token][resource["id"]].append(ManagedResource(name, resource["id"], props))


def require_clear(resource: ManagedResource, kind: Kind, *names: str) -> None:
    """Raise if some properties of a resource are encrypted.

    Args:
        resource: The resource.
        kind: The kind of the resource.
        names: The properties.

    Raises:
        ValueError: A property is encrypted.
    """
    for name in names:
        if MARK in json.dumps(resource.props.get(name)):
            message = (
                f"reading {kind.name} {visible(resource.name)} in the stack export: {name} is encrypted"
                " — run `pulumi stack export --show-secrets --file stack.json`, and give that file"
            )
            raise ValueError(message)


def _in_clear(value: Any) -> Any:
    """Return a value with its secrets unwrapped. Secrets that the export encrypts stay encrypted."""
    if isinstance(value, list):
        return [_in_clear(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get(MARK) == MARKED and "plaintext" in value:
        return json.loads(value["plaintext"])
    return {key: _in_clear(item) for key, item in value.items()}
