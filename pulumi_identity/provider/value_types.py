"""The types of properties: the types that programs pass, the types of known values, and limits."""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Annotated, Any, ForwardRef, NamedTuple, NotRequired, Union, get_args, get_origin, get_type_hints

from pulumi.output import Output
from pydantic import AfterValidator, ConfigDict
from typing_extensions import ReadOnly, TypedDict, is_typeddict


class ValueKind(Enum):
    """The kind of an invalid value. Failures show only the kinds that can't be secrets.

    In a type's `Annotated`, IDENTIFIER marks ids, accounts, regions and ARNs.
    """

    ENUMERATION = "enumeration"
    """One of a fixed set of words."""
    IDENTIFIER = "identifier"
    """An id, an account, a region or an ARN."""
    KEY = "key"
    """A key of a dict."""
    FREE = "free"
    """Any other value. It may be a secret: Pulumi does not show a provider which values are secret."""


_CONCRETE: dict[Any, Any] = {Sequence: list, Mapping: dict}
"""Wide types that programs may pass → the types that Pulumi sends."""


@cache
def plain(hint: Any) -> Any:
    """Return the type of a value whose outputs are all known: `str` for `Input[str]`, at every depth.

    Args:
        hint: A declared type.

    Returns:
        The type without inputs and outputs.
    """
    if get_origin(hint) is ReadOnly:
        (hint,) = get_args(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        known = [
            plain(arg) for arg in args if get_origin(arg) not in (Awaitable, Output) and not isinstance(arg, ForwardRef)
        ]
        return Union[tuple(known)]  # noqa: UP007  (built at run time)
    if origin is Annotated:
        return Annotated[(plain(args[0]), *args[1:])]
    if origin is NotRequired:
        return NotRequired[plain(args[0])]
    if origin in _CONCRETE:
        return _CONCRETE[origin][tuple(map(plain, args))]
    if is_typeddict(hint):
        # Pulumi's own `Input` refers to its `Output[T]` by name.
        fields = get_type_hints(hint, localns={"Output": Output, "T": Any}, include_extras=True)
        typed_dict: Any = TypedDict  # type checkers accept only literal definitions
        plain_fields = {key: plain(field) for key, field in fields.items()}
        known_dict = typed_dict(hint.__name__, plain_fields, total=hint.__total__)
        known_dict.__pydantic_config__ = ConfigDict(extra="forbid")
        return known_dict
    return hint


def alternatives(hint: Any) -> list[Any]:
    """Return the members of a union, without annotations.

    Args:
        hint: A type.

    Returns:
        The members; the type itself if it is not a union.
    """
    if get_origin(hint) is Annotated:
        return alternatives(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return [alternative for arg in get_args(hint) for alternative in alternatives(arg)]
    return [hint]


def printable(also: str = "", *, blank: bool = False) -> AfterValidator:
    r"""Return a validator that accepts letters, marks, symbols, digits and punctuation of any script.

    Source: the pattern `[\p{L}\p{M}\p{S}\p{N}\p{P}]+` in the models of the identity store and AppStream.

    Args:
        also: Other characters to accept.
        blank: Whether to accept a text that consists of spaces.

    Returns:
        The validator.
    """

    def only_printable(value: str) -> str:
        if not blank and not value.strip():
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
    """The limits of a text, list or dict: pydantic's constraints, with the same names.

    Pydantic's own classes would add a fifteenth to the import time of every program.
    """

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    form: str | None = None
    """The values that the pattern accepts, in words that follow "must be". Required beside a pattern."""
    blank: bool = False
    """Whether a text that consists of spaces is a value."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Return pydantic's schema of the type with these limits. Pydantic calls this method."""
        ours = ("form", "blank")
        limits = {name: limit for name, limit in self._asdict().items() if name not in ours and limit is not None}
        return handler(source) | limits


def limits_in(hint: Any) -> Iterator[Limits]:
    """Yield all limits within a type.

    Args:
        hint: A declared type.

    Yields:
        The limits of the type, of its alternatives, keys, items and members.
    """
    members = get_type_hints(plain(hint), include_extras=True).values() if is_typeddict(hint) else get_args(hint)
    for part in members:
        if isinstance(part, Limits):
            yield part
        else:
            yield from limits_in(part)


def form_of(hint: Any, pattern: str) -> str:
    """Return the words for a pattern within a type.

    Args:
        hint: A declared type.
        pattern: A pattern of its limits.

    Returns:
        The words that follow "must be".
    """
    return next(limits.form for limits in limits_in(hint) if limits.form and limits.pattern == pattern)


def accepts_blank(hint: Any, at: Iterable[str | int]) -> bool:
    """Return whether the text at a place in a value may consist of spaces.

    Args:
        hint: The declared type of the value.
        at: The steps from the value to the text.

    Returns:
        Whether the type of the text accepts spaces alone.
    """
    hints = [hint]
    for step in at:
        hints = [
            get_type_hints(alternative, include_extras=True)[str(step)]
            for hint in hints
            for alternative in alternatives(plain(hint))
            if is_typeddict(alternative)
        ]
    return any(limits.blank for hint in hints for limits in limits_in(hint))


def annotated_with(hint: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the annotations of each alternative of a type.

    Args:
        hint: A type.

    Yields:
        The metadata of one `Annotated`.
    """
    if get_origin(hint) is Annotated:
        yield get_args(hint)[1:]
    elif get_origin(hint) in (Union, types.UnionType):
        for alternative in get_args(hint):
            yield from annotated_with(alternative)


def is_verbatim(hint: Any) -> bool:
    """Return whether a type is a dict with keys that the user chooses.

    Args:
        hint: A declared type.

    Returns:
        Whether the keys must stay as they are.
    """
    return any(get_origin(alternative) is dict for alternative in alternatives(plain(hint)))
