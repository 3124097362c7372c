"""Ownership: protection of an entity whose resource has a new name in the program.

The engine identifies a resource by its name in the program. If that name changes, the engine creates a resource,
which adopts the entity. Then it deletes the resource with the old name. That must not delete the entity, even if
the deletion happens in a later run because this run fails elsewhere.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pulumi_identity.aws import process
from pulumi_identity.errors import Conflict

if TYPE_CHECKING:
    from pulumi_identity.aws.session import Session

    from .kinds import Kind
    from .schema import State

Identity = tuple[str, ...]


class Ownership:
    """The program's resources and their entities, as far as this process has seen them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.declared: set[Identity] = set()
        """Resources of the program, by their identifying inputs."""
        self.claimed: set[Identity] = set()
        """Entities that resources of the program manage: this process created, adopted, updated or compared them."""
        self.blocked: set[Identity] = set()
        """Entities that a create in this process found and must not adopt."""
        self.deleting: set[Identity] = set()
        """Entities that this process is deleting or has deleted."""


def declare(kind: Kind, inputs: State) -> None:
    """Record a resource of the program.

    Args:
        kind: The kind of the resource.
        inputs: Its inputs.
    """
    _ownership().declared.add(_declared_as(kind, inputs))


def is_declared(kind: Kind, inputs: State) -> bool:
    """Return whether the program declares a resource. During a refresh, the engine also diffs other resources.

    Args:
        kind: The kind of the resource.
        inputs: Its inputs.

    Returns:
        Whether this process has checked these inputs.
    """
    return _declared_as(kind, inputs) in _ownership().declared


def claim(kind: Kind, aws: Session, id_: str) -> None:
    """Record that a resource of the program manages an entity.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
    """
    ownership, entity = _ownership(), kind.identity(aws, id_)
    with ownership.lock:
        ownership.claimed.add(entity)
        ownership.deleting.discard(entity)


def claim_existing(kind: Kind, aws: Session, id_: str) -> bool:
    """Claim an existing entity.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.

    Returns:
        False if this process is deleting the entity.
    """
    ownership, entity = _ownership(), kind.identity(aws, id_)
    with ownership.lock:
        if entity not in ownership.deleting:
            ownership.claimed.add(entity)
        return entity in ownership.claimed


def mark_blocked(kind: Kind, aws: Session, id_: str) -> None:
    """Record that a create found an entity and must not adopt it.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
    """
    ownership = _ownership()
    with ownership.lock:
        ownership.blocked.add(kind.identity(aws, id_))


def may_delete(kind: Kind, aws: Session, id_: str, props: State) -> bool:
    """Return whether to delete an entity. An entity that a resource of the program manages must stay.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        props: The resource's properties in state.

    Returns:
        Whether to delete it.

    Raises:
        Conflict: A resource of the program declares the entity but could not adopt it.
    """
    ownership, entity = _ownership(), kind.identity(aws, id_)
    with ownership.lock:
        if entity in ownership.blocked and entity not in ownership.claimed:
            message = (
                f"deleting {kind.label(props)}: another resource in this program declares this {kind.noun} but could"
                " not be created"
                " — add an alias for the old name to that resource, or set adopt=True"
            )
            raise Conflict(message)
        if entity not in ownership.claimed:
            ownership.deleting.add(entity)
        return entity in ownership.deleting


def _ownership() -> Ownership:
    return process.get(Ownership)


def _declared_as(kind: Kind, inputs: State) -> Identity:
    names = sorted({*kind.natural_key, *kind.schema.replaces, "region", "role_arn"})
    return kind.name, *(str(inputs.get(name)) for name in names)
