"""Find the dangers of sets: members added outside Pulumi, members that no preview names, and bulk removals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .actions import Action
from .findings import Finding
from .set_changes import empties_group, switches
from .sets import OTHERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .changes import Change
    from .findings import Case

MOST_NAMED = 10
"""The maximum number of people that a sentence names. It only counts the others."""


def find_added(case: Case) -> Iterator[Finding]:
    """Find the members of sets that were added outside Pulumi.

    Args:
        case: The plan and the people.

    Yields:
        A danger for each member.
    """
    why = "The program did not add this member. Someone added the person in AWS, or an earlier update failed."
    for change in case.plan.resources:
        member, group = change.member.before, change.group.before
        if change.added and member and group:
            text = "{who} → {group}: " + _describe_end(change)
            yield Finding(change, why, text, {"who": member.label, "group": group.label})


def _describe_end(change: Change) -> str:
    if change.ends:
        return "this update removes the person from the group"
    if change.action is Action.FORGET or not change.managed:
        return "the person stays in the group, because the set is not exclusive"
    return "the person stays in the group, because the program declares the membership"


def find_unnamed_removals(case: Case) -> Iterator[Finding]:
    """Find the sets that remove members without naming each of them in the preview.

    Args:
        case: The plan and the people.

    Yields:
        A danger for each set.
    """
    for change in case.plan.changed:
        if change.kind.relation and empties_group(change) and not _is_new_group(change, case):
            text = "{who}, " + f"{change.kind.noun}, is {change.action.word}"
            yield Finding(change, _ADOPTS, text, {"who": change.label})
        elif change.kind.relation and switches(change, exclusive=True):
            text, values = _join_names(list(_list_removed_others(change, case)))
            why = _BECOMES_EXCLUSIVE if case.plan.refreshed else _BECOMES_EXCLUSIVE_UNREFRESHED
            yield Finding(change, why, "{set} becomes exclusive" + text, {"set": change.label} | values)


_ADOPTS = "The set removes every member that the program does not declare. The preview can't name them."
_BECOMES_EXCLUSIVE = (
    "The update removes every member that the program does not declare, including those added after the refresh."
)
_BECOMES_EXCLUSIVE_UNREFRESHED = (
    "The update removes every member that the program does not declare. Without --refresh, it may not name all."
)


def _is_new_group(change: Change, case: Case) -> bool:
    """Whether the update creates the group of a set, so that it has no members yet."""
    group = case.by_urn.get(change.group.after.key) if change.group.after else None
    return group is not None and group.action.creates and not group.uses_existing


def _list_removed_others(change: Change, case: Case) -> Iterator[str]:
    others = (change.before or {}).get(OTHERS)
    for label in others if isinstance(others, dict) else ():
        membership = case.by_urn.get(f"{change.urn}[{label}]")
        if membership and membership.member.before and membership.ends:
            yield membership.member.before.label


def _join_names(names: list[str]) -> tuple[str, dict[str, str]]:
    """Join names to the end of a sentence with placeholders, and return their values."""
    if not names:
        return "", {}
    shown = {f"name{number}": name for number, name in enumerate(names[:MOST_NAMED])}
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return ": it removes " + ", ".join(f"{{{key}}}" for key in shown) + more, shown


def find_opened(case: Case) -> Iterator[Finding]:
    """Find the sets that stop removing undeclared members.

    Args:
        case: The plan and the people.

    Yields:
        A danger for each set.
    """
    why = "Members that are added outside Pulumi stay in the group, including those added since the last refresh."
    for change in case.plan.changed:
        if change.kind.relation and switches(change, exclusive=False):
            yield Finding(change, why, "{who}, " + change.kind.noun, {"who": change.label})


# Bulk removals


@dataclass(slots=True)
class _Size:
    """The number of people in one group."""

    before: int = 0
    after: int = 0
    leave: int = 0


def find_bulk_removals(case: Case) -> Iterator[Finding]:
    """Find the groups that lose many of their members, or all.

    Args:
        case: The plan and the people.

    Yields:
        A danger for each group.
    """
    why = "Removing this many people at once is usually a mistake: an empty list, or the wrong group."
    counted = {change.group.before.key for change in case.plan.resources if change.set_urn and change.group.before}
    for key, size in _measure_groups(case).items():
        group = case.by_urn.get(key)
        if not size.leave or (group and group.action.ends):  # a deleted group is a separate danger
            continue
        # Unless a set lists all members, a hidden membership may belong to this group.
        hidden = 0 if key in counted else case.plan.hidden
        total = size.before + hidden
        share = 100 * size.leave / total
        emptied = key in counted and not size.after
        if emptied or (size.leave > 1 and share > case.limits.max_deleted):
            values = {"count": f"{size.leave:,}", "total": f"{total:,}", "group": case.people.groups[key]}
            values["share"] = f"{'at least ' if hidden else ''}{share:.0f} %"
            text = "{count} of {total} members of {group}, {share}"
            yield Finding(group, why, text + ("; the group is then empty" if emptied else ""), values)


def _measure_groups(case: Case) -> dict[str, _Size]:
    """Count the people in each group. A person who may get a replaced membership back does not leave."""
    ends = ((change, change.member.after) for change in case.plan.resources if change.action.replaces)
    uncertain = {change.urn for change, end in ends if end and not end.certain}
    sizes: dict[str, _Size] = {}
    for person in case.people.people:
        for key, cell in person.groups.items():
            size = sizes.setdefault(key, _Size())
            size.before += cell.had
            size.after += cell.has
            size.leave += cell.had and not cell.has and uncertain.isdisjoint(cell.urns)
    return sizes
