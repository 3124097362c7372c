"""Detection of groups whose members several resources of the program declare.

A set removes the members that it does not declare, so the program can't declare a single membership of the same group.
Two sets of one group fail at creation, because a check does not know the name of its resource.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_identity.aws import process

from .failures import Failure
from .schema import has_unknown
from .settings import account_setting

if TYPE_CHECKING:
    from .kinds import Kind
    from .schema import State


class Owner(NamedTuple):
    """A kind of resource that manages members of a group."""

    kind: str
    is_set: bool


class GroupOwners:
    """The resources of the program that manage members and that this process has checked."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.owners: dict[tuple[Any, ...], set[Owner]] = {}
        """Group → its owners."""


def require_one_owner(kind: Kind, inputs: State) -> list[Failure]:
    """Record a resource that manages members of a group.

    Args:
        kind: The kind of the resource.
        inputs: The resource's inputs.

    Returns:
        A failure if another resource of the program manages members of the same group, and one of the two is a set.
    """
    if not kind.references:
        return []
    relation = kind.relation() if kind.relation else kind
    places = {name: inputs.get(name) for name in relation.natural_key if name != relation.member_property}
    if None in places.values():  # the credentials decide the account
        places |= {"region": inputs.get("region"), "account": account_setting(inputs)}
    if has_unknown(places):
        return []
    place = [value.casefold() if isinstance(value, str) else value for value in places.values()]
    owner, group = Owner(kind.name, bool(kind.relation)), (relation.name, *place)
    owners = process.get(GroupOwners)
    with owners.lock:
        others = owners.owners.setdefault(group, set()) - {owner}
        owners.owners[group].add(owner)
    kinds = {other.kind for other in others if other.is_set or owner.is_set}
    reason = (
        f"is also the group of a {' and a '.join(sorted(kinds))} in this program — declare all members in one resource"
    )
    return [Failure(kind.group_property, reason)] if kinds else []
