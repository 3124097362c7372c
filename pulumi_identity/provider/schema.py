"""What a resource's inputs look like: their types, their canonical form, and AWS's words for them.

Everything here is pure: `check` and `diff` run on every preview, so no network, clock or chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from pulumi.output import Unknown
from pydantic import ValidationError

from .failures import Failure, failure_at, failures_of
from .value_types import alternatives, is_verbatim, plain
from .words import rename, to_pascal, to_snake

if TYPE_CHECKING:
    from pydantic import TypeAdapter

State: TypeAlias = dict[str, Any]
"""A resource's properties, by name, in our words."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """What is known of one input before anybody sets it."""

    hint: Any
    default: Any = None
    config: str | None = None
    """The key under `identity:` in Pulumi configuration that stands in for it."""
    replaces: bool = False
    """AWS can't change it: a change deletes the entity and creates another."""
    computed_default: bool = False
    """If the program doesn't set it, AWS (or the environment) decides it, once, at creation."""
    write_only: bool = False
    """AWS takes it but never returns it: there is no drift, and a change of it is an update."""

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Pydantic's validator of the type; made when first used, since programs never validate."""
        from pydantic import TypeAdapter  # noqa: PLC0415

        return TypeAdapter(plain(self.hint))

    @cached_property
    def required(self) -> bool:
        """Whether someone has to say it: the program or its configuration."""
        return self.default is None and not self.computed_default and type(None) not in alternatives(plain(self.hint))

    @property
    def filled_in(self) -> bool:
        """Whether it has a value also where the program gives none."""
        return self.default is not None or self.computed_default

    @cached_property
    def verbatim(self) -> bool:
        """Whether its keys are the user's own words (tags), which AWS's casing must leave alone."""
        return is_verbatim(self.hint)


class Schema:
    """The inputs and outputs of one resource."""

    def __init__(self, inputs: Mapping[str, Field], outputs: Iterable[str]) -> None:
        self.inputs = dict(inputs)
        self.outputs = frozenset(outputs)
        self.replaces = frozenset(name for name, field in self.inputs.items() if field.replaces)
        self.computed_defaults = frozenset(name for name, field in self.inputs.items() if field.computed_default)
        self.write_only = frozenset(name for name, field in self.inputs.items() if field.write_only)

    def declared(self, props: Mapping[str, Any]) -> State:
        """The inputs that are set in `props`, without Pulumi's own keys and without empty ones."""
        return {name: value for name in self.inputs if (value := _canonical(props.get(name))) is not None}

    def validate(self, given: Mapping[str, Any]) -> tuple[State, list[Failure]]:
        """Bring inputs into canonical form; every failure at once. What is not known yet passes."""
        valid: State = {}
        failures: list[Failure] = []
        for name, field in self.inputs.items():
            value = given.get(name, field.default)
            if value is None:
                if field.required:
                    failures.append(Failure(name, _missing(field)))
            elif has_unknown(value):
                valid[name] = value
            else:
                try:
                    valid[name] = _canonical(field.adapter.validate_python(value, strict=True))
                except ValidationError as error:
                    failures += failures_of(name, field.hint, error)
                else:
                    failures += (failure_at(name, field.hint, at, "must not be empty") for at in _empty(valid[name]))
        return valid, failures

    def to_aws(self, values: Mapping[str, Any], word: Callable[[str], str] = to_pascal) -> State:
        """Our words → AWS's, at every depth, but for keys that are the user's own."""
        return {
            word(name): value if self.inputs[name].verbatim else rename(value, word) for name, value in values.items()
        }

    def from_aws(self, answer: Mapping[str, Any]) -> State:
        """AWS's words → ours, at every depth; null members are dropped."""
        words = {to_snake(member): value for member, value in answer.items() if value is not None}
        verbatim = {name for name in words.keys() & self.inputs.keys() if self.inputs[name].verbatim}
        return {name: value if name in verbatim else rename(value, to_snake) for name, value in words.items()}


# Values


def has_unknown(value: Any) -> bool:
    """Whether any leaf is Pulumi's stand-in for an output that is not known until apply."""
    if isinstance(value, Mapping):
        return any(map(has_unknown, value.values()))
    if isinstance(value, list):
        return any(map(has_unknown, value))
    return isinstance(value, Unknown)


def restrict_to_declared(live: Any, declared: Any) -> Any:
    """What is live, cut down to what was declared: what somebody else set beside it is not ours.

    Lists of people's addresses have no order in AWS: an item that is alive in another place counts as
    unmoved. An item that nobody declared stays, since lists are declared whole.
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


def _canonical(value: Any) -> Any:
    """A value without what is None, and with whole numbers as such: Pulumi makes every number a float."""
    if isinstance(value, Mapping):
        return {key: _canonical(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_canonical(item) for item in value if item is not None]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _empty(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where in a value there is nothing: AWS refuses it or forgets it, and state would never agree with it."""
    if isinstance(value, Mapping | list):
        if not value:
            yield at
        for step, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _empty(item, (*at, step))
    elif isinstance(value, str) and not value.strip():
        yield at


def _missing(field: Field) -> str:
    return (
        f"is required: set it, or run `pulumi config set identity:{field.config} …`" if field.config else "is required"
    )
