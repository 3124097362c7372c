"""What to import, what an import did, and what the option values must look like."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from pulumi_identity.provider.declare import Region, RoleArn
from pulumi_identity.provider.kinds import import_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from pulumi_identity.provider.schema import State
    from pulumi_identity.provider.traits import ImportOption

Progress = Callable[[str, int, int | None], None]
"""Takes what is being read, how many of it have been read, and how many there are once that is known."""

SETTINGS: dict[str, tuple[str, Any, str]] = {
    "region": ("--region", Region, "a region such as us-east-1"),
    "role_arn": ("--role-arn", RoleArn, "an ARN such as arn:aws:iam::123456789012:role/Reader"),
}
"""Attribute of a selection → its option, the type that its value must have, and the same in words."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What to import."""

    values: Mapping[str, str]
    """Flag of an option → its value as on the command line, "" for one that takes none."""
    read_more: frozenset[str] = frozenset()
    """Flags of the options that read more of each entity."""
    include: tuple[str, ...] = ()
    """Shell patterns. If there are any, an entity's name, display name or e-mail address must match one."""
    exclude: tuple[str, ...] = ()
    """Patterns of which none may match."""
    externally_managed: bool = False
    """Whether to take what an identity provider owns through SCIM."""
    region: str | None = None
    role_arn: str | None = None

    def properties(self, option: ImportOption) -> State:
        """Return the properties that an option sets."""
        parts = self.values[option.flag].split("/", max(len(option.parts) - 1, 0))
        return dict(zip(option.parts, parts, strict=False))

    def errors(self) -> Iterator[str]:
        """Yield a line for each value that can't be right."""
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
        yield f"importing: {flag} takes {words}, not {shlex.quote(value)}"


@dataclass
class Summary:
    """What an import did."""

    imported: Counter[str] = field(default_factory=Counter)
    """Module → how many resources."""
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Module and reason → how many entities."""
    problems: list[str] = field(default_factory=list)
    """What could not be imported, or not completely, a line each."""
    package: str = ""
    """The name of the package that declares everything. Into an existing stack, it is the whole folder."""
    config: dict[str, str] = field(default_factory=dict)
    """The configuration under `identity:` that the program needs."""
