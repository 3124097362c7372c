"""Find unique values that a resource takes while another resource has them.

AWS requires some values to be unique, such as user names and e-mail addresses. A value that one resource gives up and
another one takes needs two writes, in one order. Secret and unknown values match nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_identity.provider.schema import value_at

from .actions import Action

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pulumi_identity.provider.kinds import Kind

    from .changes import Change
    from .plan import Plan

Key = tuple[Any, ...]
"""A path and its value, in the form in which AWS compares it, and the place where the value is unique."""

SHOWN_NAMES = ("display_name",)
"""Paths of names that people see. Two people may share one, but a joiner and a leaver of one plan rarely do."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A value that a resource takes, and another resource that has it."""

    taker: Change
    holder: Change
    path: str
    """The path of the value in both resources."""

    @property
    def value(self) -> str:
        """The value, as the program declares it."""
        return str(value_at(self.path, self.taker.after or {}))


class Overlaps(NamedTuple):
    """All overlaps of a plan."""

    lasting: tuple[Overlap, ...]
    """Values that both resources have after the update. AWS refuses the second write."""
    given_up: tuple[Overlap, ...]
    """Values that the holder has before the update, and gives up."""
    renamed: tuple[Overlap, ...]
    """New and deleted resources that share a value, so they are probably one entity."""


def find_overlaps(plan: Plan) -> Overlaps:
    """Find the values that a resource takes while another resource has them.

    Args:
        plan: All changes.

    Returns:
        The overlaps.
    """
    # A managed resource describes an entity better than a resource that only reads the same entity.
    changes = sorted(plan.resources, key=lambda change: not change.managed)
    before = {change.urn: _find_unique(change, change.before, plan) for change in changes}
    after = {change.urn: _find_unique(change, None if change.lost else change.after, plan) for change in changes}
    had: dict[Key, Change] = {}
    has: dict[Key, Change] = {}
    for change in changes:
        for key in before[change.urn]:
            holder = had.setdefault(key, change)
            if key in after[change.urn] and (change.managed or holder is change):
                has.setdefault(key, change)
    lasting, given_up = [], []
    for change in plan.resources:
        taken = after[change.urn].keys() - before[change.urn].keys() if change.managed else ()
        for key in sorted(taken, key=str):
            path = after[change.urn][key]
            holder, giver = has.setdefault(key, change), had.get(key)
            if holder is not change and not _are_twins(holder, change):
                lasting.append(Overlap(change, holder, path))
            if giver and key not in after[giver.urn]:
                given_up.append(Overlap(change, giver, path))
    return Overlaps(tuple(lasting), tuple(given_up), tuple(_find_renamed(plan)))


def find_blocked(overlaps: Iterable[Overlap]) -> list[Overlap]:
    """Find the overlaps that no order of updates resolves, because the resources wait for each other.

    Args:
        overlaps: The values that are given up.

    Returns:
        The overlaps of resources in a cycle, and of resources that wait for one.
    """
    overlaps = list(overlaps)
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for overlap in overlaps:
        sorter.add(overlap.taker.urn, overlap.holder.urn)
    with suppress(CycleError):  # the sorter then yields the resources that wait for no cycle
        sorter.prepare()
    free: set[str] = set()
    while ready := sorter.get_ready():
        free.update(ready)
        sorter.done(*ready)
    return [overlap for overlap in overlaps if overlap.taker.urn not in free]


def _find_renamed(plan: Plan) -> Iterator[Overlap]:
    leavers: dict[Key, Change] = {}
    joiners = []
    for change in plan.resources:
        if change.action is Action.DELETE and change.managed:
            for key in _find_keys(change, change.before, plan, SHOWN_NAMES):
                leavers.setdefault(key, change)
        elif change.action in {Action.CREATE, Action.ADOPT} and change.before is None:
            joiners.append(change)
    for joiner in joiners:
        keys = _find_keys(joiner, joiner.after, plan, SHOWN_NAMES)
        if shared := next((key for key in keys if key in leavers), None):
            yield Overlap(joiner, leavers[shared], keys[shared])


def _are_twins(one: Change, other: Change) -> bool:
    """Whether two resources are the same entity, so that they share all values."""
    twins = {change.twin.urn for change in (one, other) if change.twin}
    return not twins.isdisjoint({one.urn, other.urn})


def _find_unique(change: Change, state: Mapping[str, Any] | None, plan: Plan) -> dict[Key, str]:
    return _find_keys(change, state, plan, ())


def _find_keys(change: Change, state: Mapping[str, Any] | None, plan: Plan, more: Collection[str]) -> dict[Key, str]:
    """Return the keys of a resource's values in one state, each with its path."""
    kind = change.kind
    scope = _find_scope(kind, state, plan) if state and not kind.references else None
    if state is None or scope is None:
        return {}
    values = kind.unique_values(dict(state))
    for path in more:
        if isinstance(value := value_at(path, state), str):
            values.setdefault(path, kind.compared(value))
    return {(*scope, path, value): path for path, value in values.items()}


def _find_scope(kind: Kind, state: Mapping[str, Any], plan: Plan) -> Key | None:
    """Return the place where a kind's values are unique; None if it is unknown or secret."""
    shared = {**plan.where, **plan.places.get(kind.name, {})}
    places = [state.get(name) or shared.get(name) for name in kind.unique_within]
    if not all(place is None or isinstance(place, str) for place in places):
        return None
    # A region does not determine the account. The role or the profile does, as far as the preview shows.
    open_ = "region" in kind.unique_within or None in places
    account = (state.get("role_arn") or state.get("profile")) if open_ else None
    return (kind.name, *places, account) if account is None or isinstance(account, str) else None
