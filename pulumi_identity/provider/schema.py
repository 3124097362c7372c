"""The schema of a resource: types of inputs, their canonical form, and AWS's names.

`check` and `diff` run in every preview, so this module uses no network, clock or randomness.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from pulumi.output import Unknown
from pydantic import ValidationError

from .failures import MISSING, NO_VALUE, Failure, did_you_mean, failure_at, failures_of
from .labels import NO_MEMBER
from .value_types import accepts_blank, alternatives, is_verbatim, plain
from .words import rename, to_pascal, to_snake

if TYPE_CHECKING:
    from pydantic import TypeAdapter

State: TypeAlias = dict[str, Any]
"""A resource's properties, by their names in this package."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """The declaration of one input."""

    hint: Any
    default: Any = None
    config: str | None = None
    """The key under `identity:` in Pulumi configuration that supplies a missing value."""
    replaces: bool = False
    """A change deletes the entity and creates another, because AWS can't change the property."""
    computed_default: bool = False
    """If the program does not set it, AWS or the environment sets it at creation."""
    write_only: bool = False
    """AWS accepts it but never returns it: drift stays undetected, and a changed input causes an update."""
    whole: bool = False
    """A dict that the program manages as a whole: other keys in AWS are drift, and an empty dict is a value."""
    listed: Any = None
    """The `Prop` of another resource: a program may also pass a list of these resources or values. See labels.py."""

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Pydantic's validator of the type. Created on first use, because programs never validate."""
        from pydantic import TypeAdapter  # noqa: PLC0415

        return TypeAdapter(plain(self.hint))

    @cached_property
    def required(self) -> bool:
        """Whether the program or its configuration must set it."""
        return self.default is None and not self.computed_default and type(None) not in alternatives(self.hint)

    @property
    def must_be_given(self) -> bool:
        """Whether the program must pass it, because no configuration can set it."""
        return self.required and not self.config

    @property
    def filled_in(self) -> bool:
        """Whether it has a value if the program sets none."""
        return self.default is not None or self.computed_default

    @cached_property
    def verbatim(self) -> bool:
        """Whether the user chooses its keys, as in tags. Such keys are never converted to AWS's casing."""
        return is_verbatim(self.hint)


class Schema:
    """The inputs and outputs of one resource."""

    def __init__(self, inputs: Mapping[str, Field], outputs: Iterable[str]) -> None:
        self.inputs = dict(inputs)
        self.outputs = frozenset(outputs)
        self.replaces = frozenset(name for name, field in self.inputs.items() if field.replaces)
        self.computed_defaults = frozenset(name for name, field in self.inputs.items() if field.computed_default)
        self.write_only = frozenset(name for name, field in self.inputs.items() if field.write_only)
        self.whole = frozenset(name for name, field in self.inputs.items() if field.whole)
        self.listed = {name: field.listed for name, field in self.inputs.items() if field.listed}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The required inputs, in the order of declaration."""
        return tuple(name for name, field in self.inputs.items() if field.required)

    def declared(self, props: Mapping[str, Any]) -> State:
        """Return the inputs that are set, in canonical form.

        Args:
            props: Properties, which may include outputs and Pulumi's own keys.

        Returns:
            The inputs that are not None.
        """
        declared = {name: value for name in self.inputs if (value := _canonical(props.get(name))) is not None}
        for name in self.whole:
            if isinstance(props.get(name), Mapping):  # an entry without a value is a mistake
                declared[name] |= {key: None for key, value in props[name].items() if value is None}
        return declared

    def validate(self, given: Mapping[str, Any], *, strict: bool = True) -> tuple[State, list[Failure]]:
        """Validate inputs and convert them to canonical form. Unknown values pass.

        Args:
            given: The inputs that the program sets.
            strict: Whether a text is no boolean. In files, every scalar is a text.

        Returns:
            The valid inputs, and all failures.
        """
        valid: State = {}
        failures: list[Failure] = []
        for name, field in self.inputs.items():
            value = given.get(name, field.default)
            if value is None:
                if field.required:
                    failures.append(Failure(name, MISSING, config=field.config))
                continue
            if without := _without_value(field, value):
                failures += (failure_at(name, field.hint, (label,), f"{MISSING}, {NO_VALUE}") for label in without)
                continue
            unknown = _unknown_part(field, value)
            if unknown is value or (unknown and len(unknown) == len(value)):  # without entries, it would be empty
                valid[name] = value
                continue
            known = {key: item for key, item in value.items() if key not in unknown} if unknown else value
            try:
                valid[name] = _canonical(field.adapter.validate_python(known, strict=strict))
            except ValidationError as error:
                failures += failures_of(name, field.hint, error)
            else:
                failures += (
                    failure_at(name, field.hint, at, "must not be empty")
                    for at, text in _empty(valid[name])
                    if not (text and accepts_blank(field.hint, at)) and (at or not (field.whole or unknown))
                )
                valid[name] = valid[name] | unknown if unknown else valid[name]
        return valid, failures

    def unknown(self, given: Mapping[str, Any]) -> list[Failure]:
        """Return the failures for properties that are not inputs.

        The constructor refuses them, so a transform, a policy or a hand-written import file has set them.

        Args:
            given: Properties, which may include Pulumi's own keys.

        Returns:
            The failures.
        """
        names = sorted(name for name in given.keys() - self.inputs.keys() if not name.startswith("__"))
        return [
            Failure(
                name,
                "is an output, so it can't be set"
                if name in self.outputs
                else f"is not a known property{did_you_mean(name, self.inputs)}",
            )
            for name in names
            if given[name] is not None
        ]

    def managed(self, name: str, live: Any, declared: Any) -> Any:
        """Return the part of a live value that the program manages.

        Args:
            name: An input.
            live: The value in AWS.
            declared: The value in the program.

        Returns:
            The part; the declared value if AWS never returns it; None if AWS has none of it.
        """
        field = self.inputs[name]
        if field.write_only:
            return declared
        if field.whole:
            return live
        live = restrict_to_declared(live, declared)
        return None if live in ([], {}) else live

    def to_aws(self, values: Mapping[str, Any], word: Callable[[str], str] = to_pascal) -> State:
        """Convert names to AWS's names at every depth, except keys that the user chooses.

        Args:
            values: Inputs.
            word: Converts one name.

        Returns:
            The members of a request.
        """
        return {
            word(name): value if self.inputs[name].verbatim else rename(value, word) for name, value in values.items()
        }

    def from_aws(self, answer: Mapping[str, Any]) -> State:
        """Convert AWS's names to this package's names at every depth, except keys that the user chooses.

        Args:
            answer: AWS's response for one entity.

        Returns:
            The properties, without members that are null.
        """
        words = {to_snake(member): value for member, value in answer.items() if value is not None}
        verbatim = {name for name in words.keys() & self.inputs.keys() if self.inputs[name].verbatim}
        return {name: value if name in verbatim else rename(value, to_snake) for name, value in words.items()}


# Values


def has_unknown(value: Any) -> bool:
    """Return whether a value contains an output that is unknown until apply.

    Args:
        value: A value as Pulumi sends it.

    Returns:
        Whether any leaf is unknown.
    """
    if isinstance(value, str):  # most values are; testing for a Mapping is slow
        return False
    if isinstance(value, Mapping):
        return any(map(has_unknown, value.values()))
    if isinstance(value, list):
        return any(map(has_unknown, value))
    return isinstance(value, Unknown)


def _without_value(field: Field, value: Any) -> list[str]:
    """Return the labels of the members whose outputs have no value."""
    if not (field.listed and isinstance(value, Mapping)):
        return []
    return [label for label, member in value.items() if member == NO_MEMBER or member is None]


def _unknown_part(field: Field, value: Any) -> Any:
    """Return the entries of a value that are unknown, or the value itself if it can't be validated without them."""
    if not has_unknown(value):
        return {}
    if not field.verbatim or not isinstance(value, Mapping):
        return value
    return {key: item for key, item in value.items() if has_unknown(item)}


def restrict_to_declared(live: Any, declared: Any) -> Any:
    """Restrict a live value to its declared parts. The program does not manage other keys of a dict.

    Lists have no order in AWS, so an item at another index counts as unmoved. Undeclared items of a list stay,
    because a declaration covers the whole list.

    Args:
        live: The value in AWS.
        declared: The value in the program.

    Returns:
        The live value of the declared parts.
    """
    if isinstance(live, Mapping) and isinstance(declared, Mapping):
        return {
            key: restrict_to_declared(live[key], item) for key, item in declared.items() if live.get(key) is not None
        }
    if isinstance(live, list) and isinstance(declared, list):
        rest = list(live)
        alive = []
        for item in declared:
            match = next((other for other in rest if restrict_to_declared(other, item) == item), None)
            alive.append(match is not None)
            if match is not None:
                rest.remove(match)
        others = iter(rest)
        both = zip(declared, alive, strict=True)
        kept = [item if lives else restrict_to_declared(next(others, None), item) for item, lives in both]
        return [item for item in kept if item is not None] + list(others)
    return live


def value_at(path: str, props: Mapping[str, Any]) -> Any:
    """Return the value at a path such as `emails[0].value`.

    Args:
        path: The path.
        props: The properties.

    Returns:
        The value; None if a step of the path does not exist.
    """
    value: Any = props
    for step in re.findall(r"\w+", path):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal():
            value = next(iter(value[int(step) :]), None)
        else:
            return None
    return value


def property_of(path: str) -> str:
    """Return the property that a path such as `emails[0].value` or `name.given_name` starts with.

    Args:
        path: The path.

    Returns:
        The property.
    """
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def _canonical(value: Any) -> Any:
    """Return a value without None, and with whole numbers as integers: Pulumi turns each number into a float."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _canonical(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_canonical(item) for item in value if item is not None]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _empty(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the places of empty values, and their blanks. AWS rejects or drops them, so state would always differ."""
    if isinstance(value, str):
        if not value.strip():
            yield at, value
    elif isinstance(value, Mapping | list):
        if not value:
            yield at, ""
        for step, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _empty(item, (*at, step))
