"""Ownership: an entity that a resource of the program manages is not deleted under another name.

The engine knows a resource by its name in the program. If that name changes, the engine creates a resource, which
adopts the entity, and then deletes the one with the old name. That must not delete the entity, also if the delete
comes in a later run because this one failed elsewhere.
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
    """What this process knows of the program's resources and their entities."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.declared: set[Identity] = set()
        """Resources of the program, by what distinguishes them there."""
        self.claimed: set[Identity] = set()
        """Entities that resources of the program manage: created, adopted, updated or unchanged by this process."""
        self.blocked: set[Identity] = set()
        """Entities that a create of this process found and must not adopt."""
        self.deleting: set[Identity] = set()
        """Entities that this process deletes, or has deleted."""


def declare(kind: Kind, inputs: State) -> None:
    """Remember a resource of the program."""
    _ownership().declared.add(_declared_as(kind, inputs))


def is_declared(kind: Kind, inputs: State) -> bool:
    """Tell whether a resource is the program's: during a refresh, the engine asks about others too."""
    return _declared_as(kind, inputs) in _ownership().declared


def claim(kind: Kind, aws: Session, id_: str) -> None:
    """Remember that a resource of the program manages an entity."""
    ownership, entity = _ownership(), kind.identity(aws, id_)
    with ownership.lock:
        ownership.claimed.add(entity)
        ownership.deleting.discard(entity)


def claim_existing(kind: Kind, aws: Session, id_: str) -> bool:
    """Claim an entity that exists already; False if this process is deleting it."""
    ownership, entity = _ownership(), kind.identity(aws, id_)
    with ownership.lock:
        if entity not in ownership.deleting:
            ownership.claimed.add(entity)
        return entity in ownership.claimed


def mark_blocked(kind: Kind, aws: Session, id_: str) -> None:
    """Remember that a create found an entity and must not adopt it."""
    ownership = _ownership()
    with ownership.lock:
        ownership.blocked.add(kind.identity(aws, id_))


def may_delete(kind: Kind, aws: Session, id_: str, props: State) -> bool:
    """Tell whether to delete an entity: not if a resource of the program manages it.

    Raises:
        Conflict: A resource of the program wants the entity, and failed to adopt it.
    """
    ownership, entity = _ownership(), kind.identity(aws, id_)
    with ownership.lock:
        if entity in ownership.blocked and entity not in ownership.claimed:
            message = (
                f"deleting {kind.label(props)}: the program has it under another name, which could not be made"
                " — give that resource an alias of the old name, or set adopt=True"
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
