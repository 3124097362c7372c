"""Find changed settings of sets that affect people without naming each of them in the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .actions import Action
from .sets import EXCLUSIVE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .changes import Change


def select_own_changes(changes: Iterable[Change]) -> list[Change]:
    """Select the changes that a reader needs: all of them, except sets whose memberships show the whole change.

    Args:
        changes: All changes.

    Returns:
        The selected changes.
    """
    return [change for change in changes if not change.kind.relation or _has_settings(change)]


def _has_settings(change: Change) -> bool:
    protection = change.unprotected or (change.protected and change.changes)
    settings = [entry for entry in change.differences if entry.path not in change.references]
    shown = settings or change.drift or change.unknown or change.renamed
    return bool(shown) or protection or empties_group(change)


def is_exclusive(change: Change, *, after: bool = True) -> bool:
    """Return whether a set removes undeclared members, before or after the update.

    Args:
        change: The change of a set.
        after: Whether to look at the set after the update.

    Returns:
        Whether the set is exclusive. False if it does not exist.
    """
    state = change.after if after else change.before
    return state is not None and state.get(EXCLUSIVE) is not False


def empties_group(change: Change) -> bool:
    """Return whether the update creates a set that removes all members of its group that it does not declare.

    Args:
        change: The change.

    Returns:
        Whether it does. The members are not in the preview, because a preview calls no create.
    """
    return change.action.creates and is_exclusive(change) and bool((change.after or {}).get("adopt"))


def switches(change: Change, *, exclusive: bool) -> bool:
    """Return whether a set becomes exclusive, or stops being exclusive.

    Args:
        change: The change of a set.
        exclusive: Whether it is exclusive after the update.

    Returns:
        Whether the update changes this setting in place.
    """
    sides = (is_exclusive(change, after=False), is_exclusive(change))
    return change.action is Action.UPDATE and sides == (not exclusive, exclusive)
