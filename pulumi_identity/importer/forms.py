"""The kinds that relate people and groups: sets and single memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_identity.provider.declare import kind_of
from pulumi_identity.provider.registry import importable
from pulumi_identity.provider.sets import SetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_identity.provider.declare import Prop
    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.traits import Import


def set_kinds() -> Iterator[SetKind]:
    """Return the kinds of sets.

    Returns:
        The kinds.
    """
    return (kind for kind, _ in importable() if isinstance(kind, SetKind))


def single_form(kind: SetKind) -> tuple[Kind, Import] | None:
    """Return the kind that imports the members of a group one by one.

    Args:
        kind: The kind of the set.

    Returns:
        The kind and its import; None if only the set can be imported.
    """
    relation = kind.relation()
    return (relation, relation.import_) if relation.import_ else None


def is_single_form(kind: Kind) -> bool:
    """Return whether the members that a kind imports one by one can also be imported as sets.

    Args:
        kind: A kind.

    Returns:
        Whether they can.
    """
    return any(isinstance(kind, sets.relation) for sets in set_kinds())


def member_identifier(kind: SetKind) -> Prop[Any]:
    """Return the property of people that identifies a member of a set.

    Args:
        kind: The kind of the set.

    Returns:
        The property.
    """
    identifier: Prop[Any] = kind.schema.listed["members"]
    return identifier


def member_kind(kind: SetKind) -> Kind:
    """Return the kind of a set's members.

    Args:
        kind: The kind of the set.

    Returns:
        The kind.
    """
    return kind_of(member_identifier(kind).owner)


def identifiers() -> dict[str, str]:
    """Return the properties by which relations refer to entities.

    Returns:
        Name of the entity's kind → the property.
    """
    properties = {
        reference.kind.name: reference.property for kind, _ in importable() for reference in kind.references.values()
    }
    return properties | {member_kind(kind).name: member_identifier(kind).name for kind in set_kinds()}
