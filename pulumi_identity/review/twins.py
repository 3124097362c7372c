"""Find twins: two resources for the same entity in AWS, where a change of one affects the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .actions import Action
from .values import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .changes import Change
    from .places import Places


def link_twins(changes: Iterable[Change], places: Places) -> list[Change]:
    """Link each resource that remains after the update to its twin.

    If a resource has several twins, a deleted one takes precedence, then a managed one.

    Args:
        changes: All changes.
        places: The places that resources share.

    Returns:
        All changes, each with its twin.
    """
    changes = list(changes)
    identities = _Identities({change.urn: change for change in changes}, places)
    existing: dict[Any, Change] = {}
    for change in sorted(changes, key=_rank):
        if change.before is not None and (identity := identities.identify(change, after=False)):
            existing[identity] = change
    return [replace(change, twin=_find_twin(change, existing, identities)) for change in changes]


def _find_twin(change: Change, existing: Mapping[Any, Change], identities: _Identities) -> Change | None:
    # A create finds an entity by its new name. An existing entity stays the same under any name.
    twin = existing.get(identities.identify(change, after=change.action.creates))
    if twin is change:
        # A resource that was only read differs from the resource that is created under its name.
        return twin if change.action is Action.CREATE else None
    if twin and change.action.creates:
        return None if twin.gives_up_name else twin
    return twin if twin and twin.action.ends else None


def _rank(change: Change) -> tuple[bool, bool, bool]:
    return change.managed, change.action.ends, change.action is Action.DELETE


class _Identities:
    """The identities of resources in AWS, before and after the update."""

    def __init__(self, changes: Mapping[str, Change], places: Places) -> None:
        self._changes = changes
        self._places = places

    def identify(self, change: Change, *, after: bool) -> Any:
        """Identify an entity by its name, or a membership by its member and group.

        Args:
            change: The resource.
            after: Whether to identify the entity after the update.

        Returns:
            The identity, or None if it is unknown.
        """
        if not change.references:
            return self._places.identify(change.kind, change.after if after else change.before)
        ends = [pair.after if after else pair.before for pair in change.references.values()]
        certain = [self._identify_end(end.key, after=after) for end in ends if end and end.certain]
        return (change.kind.name, *certain) if len(certain) == len(ends) else None

    def _identify_end(self, key: str, *, after: bool) -> Any:
        change = self._changes.get(key)
        if change is None:
            return key
        new = after and change.action.creates
        state = (change.after or change.before) if new else (change.before or change.after)
        identity = self._places.identify(change.kind, state) or key
        # A new entity with the same name has another identity.
        return (identity, after) if change.action.replaces or change.action is Action.CREATE else identity


def merge_renamed(changes: Iterable[Change]) -> list[Change]:
    """Merge a resource that is deleted under its old name with the resource that has the same entity.

    Args:
        changes: All changes, with their twins.

    Returns:
        All changes, without the deletions of old names.
    """
    changes = list(changes)
    old_names = {
        change.urn: change.twin
        for change in changes
        if change.adopts_twin and change.action.begins and change.twin and change.twin.action is Action.DELETE
    }
    kept = {
        change.twin.urn
        for change in changes
        if change.twin and not change.action.creates and change.managed and change.targeted
    }
    merged = {twin.urn for twin in old_names.values()}
    merged |= {change.urn for change in changes if change.urn in kept and change.action is Action.DELETE}
    return [
        _rename(change, old_names[change.urn]) if change.urn in old_names else change
        for change in changes
        if change.urn not in merged
    ]


def _rename(change: Change, old: Change) -> Change:
    before, after = dict(old.before or {}), dict(change.after or {})
    unread = change.kind.write_only - change.kind.decides_access
    differences = tuple(
        difference
        for difference in compare({name: before[name] for name in after.keys() & before.keys()}, after)
        if difference.path not in unread and difference.path not in change.references
    )
    return replace(
        change,
        action=Action.UPDATE if differences else Action.SAME,
        before=old.before,
        differences=differences,
        references={
            name: pair._replace(before=old.references[name].before) for name, pair in change.references.items()
        },
        twin=None,
        renamed=True,
        adopted_from=old.label,
    )
