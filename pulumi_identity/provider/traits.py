"""The traits of a kind besides its properties: its column in a review, its admins, its import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, kw_only=True)
class Column:
    """The column of a kind in the review's matrix of people. A cell shows one account."""

    key: str
    """The column's name in the review's JSON."""
    title: str
    place: str
    """The place to which an account gives access, as part of a sentence."""
    gets: str
    """The words that follow "gets" in a headline."""
    is_directory: bool = False
    """Whether the account represents the person. Accounts of other kinds may outlive it."""
    word: str = ""
    """The text of each cell, if it is always the same."""
    property: str = ""
    """The property whose value a cell shows, if `word` is empty."""
    default: Any = None
    """The value of an unset property."""
    words: Mapping[Any, str] = field(default_factory=dict)
    """Value of the property → text of the cell."""
    locked_out: frozenset[str] = frozenset()
    """The texts of cells for accounts that give no access."""


@dataclass(frozen=True, kw_only=True)
class Admin:
    """The property and the values that make an account an admin, and the review's warning."""

    property: str
    values: tuple[str, ...]
    unremarkable: tuple[tuple[str, str], ...] = ()
    """Changes (old value, new value) between admin values that grant nothing new."""
    title: str
    why: str


@dataclass(frozen=True, kw_only=True)
class UncertainUpdate:
    """An update in place that AWS may refuse. A preview can't know the result."""

    property: str
    may_refuse: Callable[[str, str], bool]
    """Returns whether AWS may refuse the change from the old to the new value."""
    why: str
    """The review's reason, in one sentence. The remedy follows from `Kind.refused`."""


@dataclass(frozen=True, kw_only=True)
class ImportOption:
    """The option of `pulumi-identity import` that selects a directory. The kinds of a directory share one option."""

    flag: str
    help: str
    metavar: str = ""
    """The placeholder for the option's value. Empty for a flag."""
    parts: tuple[str, ...] = ()
    """The properties that the value sets, separated by `/`. All but the first are optional."""
    forms: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    """Property → its type, and the type in words."""


@dataclass(frozen=True, kw_only=True)
class ReadOption:
    """An option of `pulumi-identity import` that reads more of each entity."""

    flag: str
    help: str
    asks: Mapping[str, Any]
    """Properties to request in addition."""
    operations: tuple[str, ...] = ()
    """The API operations that this calls besides the listing."""


@dataclass(frozen=True, kw_only=True)
class Import:
    """How `pulumi-identity import` reads and writes a kind."""

    option: ImportOption
    module: str
    """The module to write."""
    title: str
    """The module's docstring."""
    variable: str
    """The prefix for names that are not valid variables, such as digits."""
    progress: str
    """The noun that the progress display counts."""
    more: tuple[ReadOption, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """Why a program can't manage an entity that AWS lists."""

    reason: str
    """The reason that follows the number of entities, such as "managed by IAM Identity Center"."""
    note: str = ""
    """A line about the one entity, with the remedy. Empty if the number of entities is enough."""
