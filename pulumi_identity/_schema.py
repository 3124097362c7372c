"""What a resource's inputs look like: their types, their canonical form, and AWS's words for them.

Everything here is pure: `check` and `diff` run on every preview, so no network, clock or chance.
"""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ForwardRef,
    NamedTuple,
    NotRequired,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pulumi.output import Output, Unknown
from pydantic import AfterValidator, ConfigDict, ValidationError, alias_generators
from typing_extensions import TypedDict, is_typeddict

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = [
    "Failure",
    "Field",
    "Limits",
    "Rule",
    "Schema",
    "State",
    "has_unknown",
    "path_of",
    "printable",
    "project",
    "rename",
    "to_camel",
    "to_pascal",
    "to_snake",
]

# pydantic's, which are slow for the same few words of each of thousands of entities
to_camel = cache(alias_generators.to_camel)
to_pascal = cache(alias_generators.to_pascal)
to_snake = cache(alias_generators.to_snake)

State: TypeAlias = dict[str, Any]
"""A resource's properties, by name, in our words."""


@dataclass(frozen=True)
class Failure:
    """One input that AWS would refuse: which property, and the rule it breaks. Never its value."""

    property: str
    reason: str


@dataclass(frozen=True)
class Rule:
    """A rule across properties, and the property that is at fault where it is broken.

    What is not known yet equals nothing: `broken` compares with `==` and `in`, so that unknowns pass.
    """

    property: str
    broken: Callable[[Mapping[str, Any]], bool]
    reason: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """What is known of one input before anybody sets it."""

    hint: Any
    default: Any = None
    config: str | None = None
    """The key under `identity:` in Pulumi configuration that stands in for it."""
    replaces: bool = False
    """AWS can't change it: a change deletes the entity and makes a new one."""
    resolved: bool = False
    """When the program doesn't set it, AWS (or the environment) decides it, once, at creation."""
    write_only: bool = False
    """AWS takes it but never tells it: no drift, and a change of it is an update."""

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Pydantic's validator of the type; made when first used, since programs never validate."""
        from pydantic import TypeAdapter  # noqa: PLC0415

        return TypeAdapter(plain(self.hint))

    @cached_property
    def required(self) -> bool:
        """Whether someone has to say it: the program or its configuration."""
        return self.default is None and not self.resolved and type(None) not in _alternatives(plain(self.hint))

    @property
    def filled_in(self) -> bool:
        """Whether it has a value also where the program gives none."""
        return self.default is not None or self.resolved

    @cached_property
    def verbatim(self) -> bool:
        """Whether its keys are the user's own words (tags), which AWS's casing must leave alone."""
        return any(get_origin(alternative) is dict for alternative in _alternatives(plain(self.hint)))


class Schema:
    """The inputs and outputs of one resource."""

    def __init__(self, inputs: Mapping[str, Field], outputs: Iterable[str]) -> None:
        self.inputs = dict(inputs)
        self.outputs = frozenset(outputs)
        self.replaces = frozenset(name for name, field in self.inputs.items() if field.replaces)
        self.resolved = frozenset(name for name, field in self.inputs.items() if field.resolved)

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
                    failures += _failures(name, field, error)
                else:
                    failures += (Failure(path_of(name, field, at), "must not be empty") for at in _empty(valid[name]))
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


def rename(value: Any, word: Callable[[str], str]) -> Any:
    """Put each key at every depth through `word`."""
    if isinstance(value, Mapping):
        return {word(key): rename(item, word) for key, item in value.items()}
    if isinstance(value, list):
        return [rename(item, word) for item in value]
    return value


def project(live: Any, declared: Any) -> Any:
    """What is live, cut down to what was declared: what somebody else set beside it is not ours.

    Lists of people's addresses have no order in AWS: an item that is alive in another place counts as
    unmoved. An item that nobody declared stays, since lists are declared whole.
    """
    if isinstance(live, Mapping) and isinstance(declared, Mapping):
        return {key: project(live[key], item) for key, item in declared.items() if live.get(key) is not None}
    if isinstance(live, list) and isinstance(declared, list):
        rest = list(live)
        alive = []
        for item in declared:
            match = next((other for other in rest if project(other, item) == item), None)
            alive.append(match is not None)
            if match is not None:
                rest.remove(match)
        others = iter(rest)
        both = zip(declared, alive, strict=True)
        kept = [item if lives else project(next(others, None), item) for item, lives in both]
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


# Types


_CONCRETE: dict[Any, Any] = {Sequence: list, Mapping: dict}
"""What Pulumi makes of the wide types that programs may pass."""


@cache
def plain(hint: Any) -> Any:
    """A type as it is once every output in it is known: `Input[str]` is `str`, nested ones too."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        known = [
            plain(arg) for arg in args if get_origin(arg) not in (Awaitable, Output) and not isinstance(arg, ForwardRef)
        ]
        return Union[tuple(known)]  # noqa: UP007  (made at run time)
    if origin is Annotated:
        return Annotated[(plain(args[0]), *args[1:])]
    if origin is NotRequired:
        return NotRequired[plain(args[0])]
    if origin in _CONCRETE:
        return _CONCRETE[origin][tuple(map(plain, args))]
    if is_typeddict(hint):
        # Pulumi's own `Input` refers to its `Output[T]` by name.
        fields = get_type_hints(hint, localns={"Output": Output, "T": Any}, include_extras=True)
        typed_dict: Any = TypedDict  # type checkers know only literal ones
        plain_fields = {key: plain(field) for key, field in fields.items()}
        known_dict = typed_dict(hint.__name__, plain_fields, total=hint.__total__)
        known_dict.__pydantic_config__ = ConfigDict(extra="forbid")
        return known_dict
    return hint


def _alternatives(hint: Any) -> list[Any]:
    """The types that a value may have, without what annotates them."""
    if get_origin(hint) is Annotated:
        return _alternatives(get_args(hint)[0])
    if get_origin(hint) is Union:
        return [alternative for arg in get_args(hint) for alternative in _alternatives(arg)]
    return [hint]


def printable(also: str = "") -> AfterValidator:
    r"""Letters, marks, symbols, digits and punctuation of any script, and the characters in `also`.

    It is the pattern `[\p{L}\p{M}\p{S}\p{N}\p{P}]+` of the identity store's and AppStream's models.
    """

    def only_printable(value: str) -> str:
        if not value.strip():
            message = "must not be blank"
            raise ValueError(message)
        bad = {char for char in value if unicodedata.category(char)[0] not in "LMSNP" and char not in also}
        if bad:
            names = ", ".join(sorted(unicodedata.name(char, f"U+{ord(char):04X}") for char in bad))
            message = f"must not contain {names}"
            raise ValueError(message)
        return value

    return AfterValidator(only_printable)


class Limits(NamedTuple):
    """How long a text, list or dict may be, and the pattern of a text: pydantic's constraints, by the same names.

    Pydantic's own classes for them would cost every program a fifteenth of what importing it takes.
    """

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Tell pydantic, which asks for it by this name."""
        return handler(source) | {name: limit for name, limit in self._asdict().items() if limit is not None}


# Failures


def _missing(field: Field) -> str:
    return (
        f"is required: set it, or run `pulumi config set identity:{field.config} …`" if field.config else "is required"
    )


_REASONS: dict[str, str] = {
    "missing": "is required",
    "extra_forbidden": "is not a property here",
    "string_type": "must be a string",
    "bool_type": "must be true or false",
    "dict_type": "must be a dict",
    "list_type": "must be a list",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_short/1": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must match {pattern}",
    "literal_error": "must be {expected}",
    "too_long": "must have at most {max_length} (it has {actual_length})",
    "too_short": "must have at least {min_length}",
    "too_short/1": "must not be empty: leave it out to have none",
}
"""Pydantic's error types, some with the limit they have, in the words of somebody who reads a preview."""


def _failures(name: str, field: Field, error: ValidationError) -> list[Failure]:
    problems: list[Any] = error.errors(include_input=False)
    reasons = [_reason(problem) for problem in problems]
    if len({*_alternatives(plain(field.hint))} - {type(None)}) > 1:  # pydantic tells what each of them lacks
        return [Failure(name, ", or ".join(reasons))]
    return [
        Failure(path_of(name, field, problem["loc"]), reason) for problem, reason in zip(problems, reasons, strict=True)
    ]


def path_of(name: str, field: Field, steps: Iterable[str | int]) -> str:
    """Return how a failure names a place in a property: `name.family_name`, `emails[0].value`, `tags[team]`."""
    known = (step for step in steps if step != "[key]")  # pydantic's, where the key itself is wrong
    return name + "".join(f"[{step}]" if isinstance(step, int) or field.verbatim else f".{step}" for step in known)


def _reason(problem: Any) -> str:
    context = problem.get("ctx", {})
    if problem["type"] == "value_error":
        return str(context["error"])
    reason = _REASONS.get(f"{problem['type']}/{context.get('min_length')}") or _REASONS.get(problem["type"])
    hint = ""
    if problem["type"] == "extra_forbidden" and (key := str(problem["loc"][-1])) != to_snake(key):
        hint = f"; did you mean {to_snake(key)!r}?"
    return (reason.format(**context) if reason else str(problem["msg"])) + hint
