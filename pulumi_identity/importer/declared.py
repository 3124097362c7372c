"""The memberships that the resources of a stack declare, in sets or as single memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_identity.provider.sets import STRANGERS

from .forms import set_kinds, single_form
from .stack import require_clear

if TYPE_CHECKING:
    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.schema import State
    from pulumi_identity.provider.sets import SetKind

    from .stack import ManagedStack


class DeclaredMemberships:
    """The memberships that resources declare. They exclude members that a refresh has added to a set.

    Args:
        stack: The resources.
        aws: The session of the import.

    Raises:
        ValueError: The export has encrypted members of a resource.
    """

    def __init__(self, stack: ManagedStack, aws: Session) -> None:
        self._aws = aws
        self._memberships: set[tuple[str, ...]] = set()
        self._sets: set[str] = set()
        """The physical ids of sets."""
        self._one_by_one: set[str] = set()
        """Groups with a resource for a single membership, as the physical ids of their sets."""
        for kind in set_kinds():
            for resource in stack.of(kind):
                require_clear(resource, kind, "members")
                self._sets.add(resource.id)
                members = resource.props.get("members", {})
                strangers = resource.props.get(STRANGERS, ())
                declared = {label: member for label, member in members.items() if label not in strangers}
                self._add(kind, resource.props | {"members": declared})
            if single := single_form(kind):
                relation, _ = single
                for resource in stack.of(relation):
                    require_clear(resource, relation, *relation.natural_key)
                    self._add(relation, resource.props)
                    self._one_by_one.add(kind.set_id(aws, resource.props))

    def _add(self, kind: Kind, props: State) -> None:
        self._memberships |= {part.identity(self._aws, "", membership) for part, membership in kind.parts(props)}

    def has_one_by_one(self, kind: SetKind, where: State) -> bool:
        """Return whether a resource declares a single membership of a group.

        Args:
            kind: The kind of the group's set.
            where: The natural key of the set.

        Returns:
            Whether one does.
        """
        return kind.set_id(self._aws, where) in self._one_by_one

    def has_group(self, kind: SetKind, where: State) -> bool:
        """Return whether a resource declares members of a group, or that it has none.

        Args:
            kind: The kind of the group's set.
            where: The natural key of the set.

        Returns:
            Whether one does.
        """
        return kind.set_id(self._aws, where) in self._sets | self._one_by_one

    def has(self, kind: SetKind, where: State, member: str) -> bool:
        """Return whether a resource declares a membership.

        Args:
            kind: The kind of the group's set.
            where: The natural key of the set.
            member: The value that identifies the member.

        Returns:
            Whether one does.
        """
        return kind.relation().identity(self._aws, "", kind.membership(where, member)) in self._memberships
