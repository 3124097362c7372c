"""What a kind declares of itself besides its properties: its column in a review, its admins, how it is imported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, kw_only=True)
class Column:
    """The column of a kind in the review's matrix of people: what a cell shows of one account."""

    key: str
    """Its name in the review's JSON."""
    title: str
    place: str
    """Where an account lets its owner in, within a sentence."""
    gets: str
    """What follows "gets" in a headline."""
    is_directory: bool = False
    """Whether the account is the person: accounts of other kinds may outlive it."""
    word: str = ""
    """What each cell shows, if that is always the same."""
    property: str = ""
    """Otherwise, the property whose value a cell shows."""
    default: Any = None
    """The property's value if it is not set."""
    words: Mapping[Any, str] = field(default_factory=dict)
    """Value of the property → what a cell shows instead."""
    locked_out: frozenset[str] = frozenset()
    """What cells show of accounts that let their owner in nowhere."""


@dataclass(frozen=True, kw_only=True)
class Admin:
    """The property and the values that make an account an admin, and how the review warns of it."""

    property: str
    values: tuple[str, ...]
    unremarkable: tuple[tuple[str, str], ...] = ()
    """Steps (old value, new value) between admins that give nothing new."""
    title: str
    why: str


@dataclass(frozen=True, kw_only=True)
class UncertainUpdate:
    """An update in place that AWS may refuse, which no preview can know."""

    property: str
    may_refuse: Callable[[str, str], bool]
    """Takes the old and the new value."""
    note: str
    """What the review says; `{users}` stands for how many."""


@dataclass(frozen=True, kw_only=True)
class ImportOption:
    """The option of `pulumi-identity import` that selects what to read. Kinds of one place share one."""

    flag: str
    help: str
    metavar: str = ""
    """What its value looks like; without one, it takes no value."""
    parts: tuple[str, ...] = ()
    """The properties that the value sets, separated by `/`; those after the first may be left out."""
    forms: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    """Property → the type that its value must have, and the same in words."""


@dataclass(frozen=True, kw_only=True)
class ReadOption:
    """An option of `pulumi-identity import` that reads more of each entity."""

    flag: str
    help: str
    asks: Mapping[str, Any]
    """Properties that the entity is read with."""
    operations: tuple[str, ...] = ()
    """The API operations that this calls besides the listing."""


@dataclass(frozen=True, kw_only=True)
class Import:
    """How `pulumi-identity import` reads and writes a kind."""

    option: ImportOption
    module: str
    """The module of the written program."""
    title: str
    """The module's docstring."""
    variable: str
    """Put before a variable's name that can't stand alone."""
    progress: str
    """What is counted while it is read."""
    more: tuple[ReadOption, ...] = ()
