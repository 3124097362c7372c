"""The people and groups of a directory, as plain data: what `load` returns and `Directory` registers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from .problems import Problem


@dataclass(frozen=True)
class Group:
    """A group of the file."""

    key: str
    inputs: dict[str, Any]
    """The inputs of `resources.Group`. An existing group has only `adopt`, and with `existing` its display name."""
    group_id: str | None = None
    """The id of an existing group, which the directory does not create."""
    existing: bool = False
    """Whether to look the group up by its display name instead of creating it."""
    exclusive: bool = True
    """Whether the directory removes members that are not in the file."""


@dataclass(frozen=True)
class Person:
    """A person of the file."""

    key: str
    user: dict[str, Any]
    """The inputs of `IdentityStoreUser`."""
    groups: tuple[str, ...] = ()
    """The keys of the person's groups. Empty after `ends`."""
    quicksight: dict[str, Any] | None = None
    """The inputs of `QuickSightUser`. None without QuickSight, and after `ends`."""
    quicksight_groups: tuple[str, ...] = ()
    """The names of the person's QuickSight groups."""
    appstream: dict[str, Any] | None = None
    """The inputs of `AppStreamUser`, disabled after `ends`. None without AppStream."""
    appstream_stacks: tuple[str, ...] = ()
    """The names of the person's AppStream stacks. Empty after `ends`."""
    ends: date | None = None
    """The last day with access, in UTC."""
    ended: bool = False
    """Whether that day is over."""


@dataclass(frozen=True)
class Company:
    """All people and groups of a directory."""

    people: dict[str, Person]
    groups: dict[str, Group]
    moved: dict[str, str] = field(default_factory=dict)
    """New key → old key of people and groups, for aliases."""
    warnings: tuple[Problem, ...] = ()
