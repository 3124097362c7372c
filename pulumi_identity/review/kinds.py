"""List the kinds that a review shows, with the single memberships of sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_identity.provider.registry import KINDS

if TYPE_CHECKING:
    from pulumi_identity.provider.kinds import Kind


def list_kinds() -> dict[str, Kind]:
    """List the kinds in reading order.

    A review shows a set as single memberships. Their kind comes before the kind of the set, even if no program can
    declare a single membership.

    Returns:
        Name → kind.
    """
    kinds: dict[str, Kind] = {}
    for kind in KINDS.values():
        if kind.relation and kind.relation.name not in KINDS:
            kinds.setdefault(kind.relation.name, kind.relation())
        kinds[kind.name] = kind
    return kinds
