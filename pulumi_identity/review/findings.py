"""The input and the result of a rule that finds dangers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .changes import Change
    from .holders import Overlaps
    from .people import Matrix
    from .plan import Plan

ADMIN_GROUPS = ("*admin*", "*root*", "*owner*", "*superuser*", "*poweruser*", "*power user*", "*break*glass*")
MAX_DELETED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The limits that decide which changes are dangers."""

    admin_groups: tuple[str, ...] = ADMIN_GROUPS
    """Name patterns of groups with elevated permissions, with `*` and `?`; case is ignored. A pattern can match the
    name in AWS or in the program. If the preview does not show the group, it can match the membership's name."""
    max_deleted: int = MAX_DELETED
    """The percentage of a kind that may be deleted at once, and of a group's members that may be removed. A single
    deletion is always allowed."""


class Finding(NamedTuple):
    """One danger, before its values are written as text."""

    change: Change | None
    why: str
    text: str
    values: dict[str, Any]
    title: str = ""
    """The title, if it differs from the rule's title."""


@dataclass(frozen=True, slots=True)
class Case:
    """The input of every rule."""

    plan: Plan
    people: Matrix
    limits: Thresholds
    by_urn: Mapping[str, Change]
    overlaps: Overlaps


class Rule(NamedTuple):
    """One rule: its name, the title of its dangers, and its function."""

    name: str
    title: str
    find: Callable[[Case], Iterable[Finding]]
