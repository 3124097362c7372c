"""The selection of entities, checks of option values, and the result of an import."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from pulumi_identity.aws.ids import bare_id
from pulumi_identity.provider.registry import import_options
from pulumi_identity.provider.settings import Region, RoleArn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.schema import State
    from pulumi_identity.provider.traits import Import, ImportOption

Progress = Callable[[str, int, int | None], None]
"""Takes the kind that is read, the count so far, and the total, which is None while it is unknown."""

SETTINGS: dict[str, tuple[str, Any, str]] = {
    "region": ("--region", Region, "a region such as us-east-1"),
    "role_arn": ("--role-arn", RoleArn, "an ARN such as arn:aws:iam::123456789012:role/Reader"),
}
"""Attribute of a selection → its option, the type of its value, and that type in words."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The entities to read."""

    values: Mapping[str, str]
    """Flag of an option → its value on the command line, or "" for an option without a value."""
    read_more: frozenset[str] = frozenset()
    """Flags of the options that read more properties."""
    include: tuple[str, ...] = ()
    """Shell patterns. If any is set, a name, display name or e-mail address must match one."""
    exclude: tuple[str, ...] = ()
    """Shell patterns that must not match."""
    externally_managed: bool = False
    """Whether to include entities that an identity provider manages through SCIM."""
    memberships: bool = False
    """Whether to import each membership as a resource, instead of one resource for all members of a group."""
    region: str | None = None
    role_arn: str | None = None

    def properties(self, option: ImportOption) -> State:
        """Return the properties that an option sets."""
        parts = self.values[option.flag].split("/", max(len(option.parts) - 1, 0))
        return dict(zip(option.parts, parts, strict=False))

    def selects(self, import_: Import) -> bool:
        """Return whether to read a kind."""
        return import_.option.flag in self.values

    def where(self, kind: Kind, import_: Import) -> State:
        """Return the properties that select the listing of a kind, and the ones for reading each entity."""
        given = self.properties(import_.option)
        where = {name: given.get(name, kind.schema.inputs[name].default) for name in import_.option.parts}
        where = {name: bare_id(value) for name, value in where.items()}
        more = (option.asks for option in import_.more if option.flag in self.read_more)
        return where | {name: value for asks in more for name, value in asks.items()}

    def places(self) -> Iterator[str]:
        """Yield the most general property of each selected directory, such as the store or the account."""
        for option in import_options():
            if option.flag in self.values and option.parts:
                yield self.properties(option)[option.parts[0]]

    def matches(self, names: Iterable[str]) -> bool:
        """Return whether the patterns select an entity with these names."""
        folded = [name.casefold() for name in names]

        def any_matches(patterns: tuple[str, ...]) -> bool:
            return any(fnmatchcase(name, pattern.casefold()) for name in folded for pattern in patterns)

        return (not self.include or any_matches(self.include)) and not any_matches(self.exclude)

    def errors(self) -> Iterator[str]:
        """Yield the reason for each invalid value."""
        for option in import_options():
            if option.flag in self.values:
                for name, value in self.properties(option).items():
                    yield from _error(option.flag, *option.forms[name], value)
        for name, (flag, form, words) in SETTINGS.items():
            if (value := getattr(self, name)) is not None:
                yield from _error(flag, form, words, value)


def _error(flag: str, form: Any, words: str, value: str) -> Iterator[str]:
    try:
        TypeAdapter(form).validate_python(value)
    except ValidationError:
        yield f"{flag} must be {words}, not {shlex.quote(value)}"


@dataclass
class Summary:
    """The result of an import."""

    imported: Counter[str] = field(default_factory=Counter)
    """Module → number of resources."""
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Module and reason → number of entities."""
    problems: list[str] = field(default_factory=list)
    """A line for each entity that could not be imported."""
    notes: list[str] = field(default_factory=list)
    """A line for each entity that no program can manage, with the remedy."""
    package: str = ""
    """The name of the written package. For an existing stack, the output folder is the package."""
    config: dict[str, str] = field(default_factory=dict)
    """The configuration under `identity:` that the program needs."""
