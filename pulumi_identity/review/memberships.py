"""Derive the actions on memberships from the actions on their members and groups."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .actions import Action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .changes import Change


def adopt_memberships(changes: Iterable[Change]) -> list[Change]:
    """Mark created memberships that may already exist because their member or group is adopted.

    Args:
        changes: All changes.

    Returns:
        All changes.
    """
    changes = list(changes)
    actions = {change.urn: change.action for change in changes}
    return [
        replace(change, action=Action.ADOPT)
        if change.action is Action.CREATE and _may_exist(change, actions)
        else change
        for change in changes
    ]


def _may_exist(change: Change, actions: dict[str, Action]) -> bool:
    keys = [pair.after.key for pair in change.references.values() if pair.after]
    ends = [actions[key] for key in keys if key in actions]
    return Action.ADOPT in ends and Action.CREATE not in ends


def end_memberships(changes: Iterable[Change], *, failed: bool) -> list[Change]:
    """Mark memberships as deleted if their member or group is deleted and the engine has no step for them.

    Args:
        changes: All changes.
        failed: Whether the preview failed. The preview may then have ended before the program declared a membership.

    Returns:
        All changes.
    """
    changes = list(changes)
    left_alone = {Action.FORGET} if failed else {Action.FORGET, Action.SAME}
    ending = {change.urn for change in changes if change.action.ends}
    return [
        _end(change) if change.action in left_alone and _refers_to(change, ending) else change for change in changes
    ]


def _refers_to(change: Change, urns: set[str]) -> bool:
    return any(pair.before and pair.before.key in urns for pair in change.references.values())


def _end(change: Change) -> Change:
    references = {name: pair._replace(after=None) for name, pair in change.references.items()}
    return replace(change, action=Action.DELETE, after=None, references=references)
