"""The types of properties: as programs may pass them, as values have them, and how long or of what form they may be."""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Annotated, Any, ForwardRef, NamedTuple, NotRequired, Union, get_args, get_origin, get_type_hints

from pulumi.output import Output
from pydantic import AfterValidator, ConfigDict
from typing_extensions import TypedDict, is_typeddict


class ValueKind(Enum):
    """What kind of value a failure is about. In a type's `Annotated`, IDENTIFIER marks ids, accounts and ARNs."""

    ENUMERATION = "enumeration"
    """One of a few words."""
    IDENTIFIER = "identifier"
    """An id, an account, a region or an ARN."""
    KEY = "key"
    """A key of a dict."""
    FREE = "free"
    """Anything else. It may be a secret, which a provider can't see."""


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


def alternatives(hint: Any) -> list[Any]:
    """The types that a value may have, without what annotates them."""
    if get_origin(hint) is Annotated:
        return alternatives(get_args(hint)[0])
    if get_origin(hint) is Union:
        return [alternative for arg in get_args(hint) for alternative in alternatives(arg)]
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


def annotated_with(hint: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what annotates each alternative of a type."""
    if get_origin(hint) is Annotated:
        yield get_args(hint)[1:]
    elif get_origin(hint) in (Union, types.UnionType):
        for alternative in get_args(hint):
            yield from annotated_with(alternative)


def is_verbatim(hint: Any) -> bool:
    """Tell whether a type is a dict whose keys are the user's own words."""
    return any(get_origin(alternative) is dict for alternative in alternatives(plain(hint)))
