"""Ownership: which resource of the program manages which entity, and which entities must not be deleted.

The engine identifies a resource by its name in the program. If that name changes, the engine creates a resource,
which adopts the entity. Then it deletes the resource with the old name. That must not delete the entity, even if
the deletion happens in a later run because this run fails elsewhere.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pulumi_identity.aws import process
from pulumi_identity.aws.regions import ambient_region
from pulumi_identity.errors import Conflict

from .schema import has_unknown
from .settings import ACCESS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pulumi_identity.aws.session import Session

    from .kinds import Kind
    from .schema import State

Identity = tuple[str, ...]
Key = tuple[str, frozenset[tuple[str, str]]]
"""A kind, and the known values of its natural key."""


class Ownership:
    """The program's resources and their entities, as far as this process has seen them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.declared: set[Identity] = set()
        """Resources of the program, by their identifying inputs."""
        self.kept_keys: set[Key] = set()
        """Natural keys that resources of the program have in state and keep."""
        self.wanted: dict[Key, bool] = {}
        """Natural keys that resources of the program declare, but do not have in state → whether they adopt."""
        self.has_failed = False
        """Whether a write of this process has failed. The engine may then skip other resources."""
        self.compared: set[Identity] = set()
        """Entities that the engine has compared with the program: a resource of the program has them in state."""
        self.claimed: dict[Identity, str] = {}
        """Entity → the physical id of its set, or "" without one. Resources of the program manage these entities: this
        process created, adopted, updated or compared them."""
        self.created: set[Identity] = set()
        """Entities that this process created."""
        self.blocked: set[Identity] = set()
        """Entities that blocked a create or update in this process."""
        self.deleting: set[Identity] = set()
        """Entities that this process is deleting or has deleted."""
        self.renamed: dict[Identity, State] = {}
        """Entities whose resource changes its natural key in place → the new inputs."""


def declare(kind: Kind, olds: State, inputs: State) -> None:
    """Record a resource of the program.

    Args:
        kind: The kind of the resource.
        olds: Its inputs in state; empty for a new resource.
        inputs: Its inputs in the program.
    """
    ownership, keys = _ownership(), _keys(kind, inputs)
    with ownership.lock:
        ownership.declared.add(_declared_as(kind, inputs))
        ownership.kept_keys |= keys & _keys(kind, olds)
        for key in keys - ownership.kept_keys:  # for a replacement, the engine checks again without the old inputs
            adopts = bool(inputs.get("adopt") or kind.takes_existing)
            ownership.wanted[key] = ownership.wanted.get(key, False) or adopts


def is_declared(kind: Kind, inputs: State) -> bool:
    """Return whether the program declares a resource. During a refresh, the engine also diffs other resources.

    Args:
        kind: The kind of the resource.
        inputs: Its inputs.

    Returns:
        Whether this process has checked these inputs.
    """
    return _declared_as(kind, inputs) in _ownership().declared


def compare(kind: Kind, aws: Session, id_: str, old: State, new: State, *, changed: bool) -> None:
    """Record that a resource of the program has entities in state. A replacement may delete them.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        old: The properties in state.
        new: The new inputs.
        changed: Whether the program changes the resource. An unchanged resource claims its entities. A changed set
            claims the memberships that stay.
    """
    ownership, entities = _ownership(), _entities(kind, aws, id_, old)
    kept = entities
    if changed:
        kept = entities & _entities(kind, aws, id_, new) if kind.relation else set()
    with ownership.lock:
        ownership.compared |= entities
        ownership.claimed |= dict.fromkeys(kept, id_ if kind.relation else "")


def claim_created(kind: Kind, aws: Session, id_: str, props: State, set_id: str = "") -> None:
    """Record that a resource of the program has created an entity.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        props: The properties of the entity.
        set_id: The physical id of the set, if a set manages the entity.
    """
    ownership, entity = _ownership(), kind.identity(aws, id_, props)
    with ownership.lock:
        ownership.claimed[entity] = set_id
        ownership.created.add(entity)
        ownership.deleting.discard(entity)


def release(kind: Kind, aws: Session, id_: str, props: State) -> None:
    """Record that a resource could not adopt an entity after all. The entity must stay with its old resource.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        props: The properties of the entity.
    """
    ownership, entity = _ownership(), kind.identity(aws, id_, props)
    with ownership.lock:
        ownership.claimed.pop(entity, None)
        ownership.blocked.add(entity)


def unclaim(kind: Kind, aws: Session, id_: str, props: State, set_id: str) -> None:
    """Record that a set is about to write an entity that it has claimed.

    Args:
        kind: The kind of the entity.
        aws: The session of the resource.
        id_: The physical id.
        props: The properties of the entity.
        set_id: The physical id of the set.
    """
    ownership, entity = _ownership(), kind.identity(aws, id_, props)
    with ownership.lock:
        if ownership.claimed.get(entity) == set_id:
            del ownership.claimed[entity]


def mark_done(kind: Kind, inputs: State) -> None:
    """Record that a resource has been created or updated.

    Args:
        kind: The kind of the resource.
        inputs: The resource's inputs.
    """
    ownership, keys = _ownership(), _keys(kind, inputs)
    with ownership.lock:
        for key in keys:
            ownership.wanted.pop(key, None)


def mark_kept(kind: Kind, aws: Session, id_: str, props: State) -> None:
    """Record that the deletion of an entity failed.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        props: The properties of the entity.
    """
    ownership = _ownership()
    with ownership.lock:
        ownership.deleting.discard(kind.identity(aws, id_, props))


def claim_existing(
    kind: Kind, aws: Session, id_: str, props: State, doing: str = "adopting", *, set_id: str = ""
) -> bool:
    """Claim an existing entity, to adopt or update it.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        props: The properties of the entity.
        set_id: The physical id of the set, if a set manages the entity.
        doing: The action, as a verb in -ing.

    Returns:
        False if this process is deleting the entity.

    Raises:
        Conflict: Another resource of the program manages the entity.
    """
    ownership, entity = _ownership(), kind.identity(aws, id_, props)
    with ownership.lock:
        if entity in ownership.claimed and not (set_id and ownership.claimed[entity] == set_id):
            message = (
                f"{doing} {kind.label(props)}: another resource in this program manages this {kind.noun}"
                " — remove one of the two resources from the program; the entity stays"
            )
            raise Conflict(message)
        if entity in ownership.deleting:
            return False
        ownership.claimed[entity] = set_id
        return True


def mark_blocked(kind: Kind, aws: Session, id_: str, props: State) -> None:
    """Record that an entity blocked a create or update. It may be the same person under an old name.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        props: The properties of the entity.
    """
    ownership = _ownership()
    with ownership.lock:
        ownership.blocked.add(kind.identity(aws, id_, props))


def mark_renamed(kind: Kind, aws: Session, id_: str, props: State, inputs: State) -> None:
    """Record that a resource of the program changes the natural key of its entity in place.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        props: The properties of the entity.
        inputs: The resource's new inputs.
    """
    ownership = _ownership()
    with ownership.lock:
        ownership.renamed[kind.identity(aws, id_, props)] = inputs


def renamed_to(kind: Kind, aws: Session, id_: str, props: State) -> State | None:
    """Return the new inputs of a resource that changes the natural key of its entity in place.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        props: The properties of the entity.

    Returns:
        The inputs; None if the natural key does not change.
    """
    return _ownership().renamed.get(kind.identity(aws, id_, props))


def has_created(kind: Kind, aws: Session, id_: str, props: State) -> bool:
    """Return whether this process created an entity.

    Args:
        kind: The kind of the entity.
        aws: The session of the resource.
        id_: The physical id.
        props: The properties of the entity.

    Returns:
        Whether it did.
    """
    return kind.identity(aws, id_, props) in _ownership().created


def may_create(kind: Kind, props: State) -> bool:
    """Return whether a resource of the program declares an entity that it does not have in state.

    Args:
        kind: The kind of the entity.
        props: Properties with its natural key.

    Returns:
        Whether this run may create the entity.
    """
    ownership = _ownership()
    with ownership.lock:
        return bool(_matching(ownership.wanted, kind, props))


def mark_failed() -> None:
    """Record that a write of this process has failed."""
    _ownership().has_failed = True


def may_delete(kind: Kind, aws: Session, id_: str, props: State) -> bool:
    """Return whether to delete an entity. An entity that a resource of the program manages must stay.

    With `--replace`, the engine compares nothing before it deletes. The provider can't distinguish this from an old
    name whose new resource was not reached because another one failed. So it refuses if a write of this process has
    failed, or if the resource would adopt the entity.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        props: The resource's properties in state.

    Returns:
        Whether to delete it.

    Raises:
        Conflict: A resource of the program declares the entity but does not manage it yet.
    """
    ownership, entity = _ownership(), kind.identity(aws, id_, props)
    with ownership.lock:
        known = {*ownership.claimed, *ownership.blocked, *ownership.compared}
    entities = {entity, *kind.other_identities(entity, known)}  # may call AWS, so without the lock
    with ownership.lock:
        if entities.isdisjoint(ownership.claimed):
            if not entities.isdisjoint(ownership.blocked):
                message = (
                    f"refusing to delete {kind.label(props)}: another resource in this program declares this"
                    f" {kind.noun}, or its name or address, but could not be created or updated — if both are the same"
                    f" {kind.noun}, add an alias for the old name to that resource, or set adopt=True; otherwise use"
                    " another name or address there"
                )
                raise Conflict(message)
            wanted = [ownership.wanted[key] for key in _matching(ownership.wanted, kind, props)]
            if wanted and entities.isdisjoint(ownership.compared) and (ownership.has_failed or any(wanted)):
                message = (
                    f"refusing to delete {kind.label(props)}: a resource in this program declares this {kind.noun} but"
                    " has not been created in this run — fix the errors of this run first; to replace the"
                    f" {kind.noun} on purpose, run `pulumi destroy --target` with its URN, then `pulumi up`"
                )
                raise Conflict(message)
            ownership.deleting.add(entity)
        return entity in ownership.deleting


def _ownership() -> Ownership:
    return process.get(Ownership)


def _declared_as(kind: Kind, inputs: State) -> Identity:
    names = sorted({*kind.natural_key, *kind.schema.replaces, *ACCESS})
    return kind.name, *(str(inputs.get(name)) for name in names)


def _entities(kind: Kind, aws: Session, id_: str, props: State) -> set[Identity]:
    return {part.identity(aws, id_, of_part) for part, of_part in kind.parts(props)}


def _keys(kind: Kind, props: State) -> set[Key]:
    return {key for part, of_part in kind.parts(props) if (key := _key(part, of_part))}


def _key(kind: Kind, props: State) -> Key | None:
    """Return the natural key of a resource. None if a part that distinguishes entities is unset or unknown."""
    props = kind.with_name(props)
    place = ("region", "role_arn", "profile") if "region" in kind.natural_key else ()
    props = {**props, "region": props.get("region") or ambient_region() or None}
    if props.get("role_arn") is not None:  # the role decides the account, and not the credentials that assume it
        props["profile"] = None
    known = {
        name: kind.compared(str(props[name]))
        for name in (*kind.natural_key, *place)
        if props.get(name) is not None and not has_unknown(props[name])
    }
    all_but_region = {*kind.natural_key} - {"region"}
    needed = kind.references.keys() or (all_but_region if kind.takes_existing else {kind.natural_key[-1]})
    return (kind.name, frozenset(known.items())) if needed <= known.keys() else None


def _matching(keys: Iterable[Key], kind: Kind, props: State) -> set[Key]:
    """Return the keys that a resource's properties match. A part that is unset, such as an account, matches."""
    key = _key(kind, props)
    if key is None:
        return set()
    parts = dict(key[1])
    return {
        other
        for other in keys
        if other[0] == kind.name and all(parts.get(name, value) == value for name, value in other[1])
    }
