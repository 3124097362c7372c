"""Strategies for hypothesis, derived from the types of properties: whatever a type accepts is tried."""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import ValidationError
from typing_extensions import is_typeddict

from pulumi_identity.provider.value_types import Limits, ValueKind, alternatives, annotated_with, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from contract.examples import Example

    from pulumi_identity.provider.schema import Field

LONG = 40
"""The usual length of texts and lists. The longest that a type allows is tried too."""

CHARACTERS = st.characters(exclude_categories=["Cs"])
"""Every character but lone surrogates, which UTF-8 does not have."""
USUAL = st.characters(categories=["L", "M", "N", "P", "S"], include_characters=" ")


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """Return a strategy for the values that a property accepts."""
    return _of(plain(field.hint)).filter(lambda value: _accepts(field, value))


def _accepts(field: Field, value: Any) -> bool:
    try:
        field.adapter.validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


def _of(hint: Any, limits: Limits = Limits()) -> st.SearchStrategy[Any]:  # noqa: B008 - immutable
    origin, args = get_origin(hint), get_args(hint)
    match origin:
        case _ if origin is Annotated:
            return _of(args[0], next((part for part in args[1:] if isinstance(part, Limits)), limits))
        case _ if origin is NotRequired:
            return _of(args[0])
        case _ if is_typeddict(hint):
            return _dict_of(hint)
        case _ if args:
            return _generic(origin, args, limits)
    return _plain(hint, limits)


def _generic(origin: Any, args: tuple[Any, ...], limits: Limits) -> st.SearchStrategy[Any]:
    if origin is Literal:
        return st.sampled_from(args)
    if origin is list:
        return st.lists(_of(args[0]), min_size=max(1, limits.min_length or 0), max_size=limits.max_length or 3)
    if origin is dict:
        return st.dictionaries(_of(args[0]), _of(args[1]), min_size=1, max_size=min(4, limits.max_length or 4))
    return st.one_of([_of(part) for part in args if part is not NoneType])


def _dict_of(hint: Any) -> st.SearchStrategy[Any]:
    keys = get_type_hints(hint, include_extras=True)
    required = {key: _of(keys[key]) for key in hint.__required_keys__}
    optional = {key: _of(keys[key]) for key in hint.__optional_keys__}
    return st.fixed_dictionaries(required, optional=optional).filter(bool)


def _plain(hint: Any, limits: Limits) -> st.SearchStrategy[Any]:
    numbers = st.integers(-(2**53), 2**53)
    return {
        str: _text(limits),
        bool: st.booleans(),
        int: numbers,
        Any: _text(Limits()) | numbers | st.booleans(),
    }[hint]


def _text(limits: Limits) -> st.SearchStrategy[str]:
    if limits.pattern:
        pattern = limits.pattern.replace(r"\p{L}", r"[^\W\d_]")  # the same letters, for Python's `re`
        return st.from_regex(pattern, fullmatch=True).map(lambda text: text[: limits.max_length])
    least, most = limits.min_length or 1, limits.max_length or 256
    usual = st.text(USUAL, min_size=least, max_size=min(most, LONG))
    longest = st.text(USUAL, min_size=1, max_size=3).map(lambda text: (text * most)[:most])
    return usual | st.text(CHARACTERS, min_size=least, max_size=min(most, LONG)) | longest


def free(example: Example) -> list[str]:
    """Return the inputs whose type describes all that they accept. An id must be one that exists."""
    return sorted(name for name, field in example.inputs.items() if not _is_id(field))


def _is_id(field: Field) -> bool:
    return any(
        ValueKind.IDENTIFIER in parts and not any(isinstance(part, Limits) for part in parts)
        for parts in annotated_with(plain(field.hint))
    )


def changes_of(example: Example) -> Mapping[str, st.SearchStrategy[Any]]:
    """Return a strategy for each property that the example changes in place: its type's values, or None for none.

    Words of a fixed set come from the example: AWS does not allow every step from one to another.
    """
    found = {}
    for name, values in example.changes.items():
        field = example.inputs[name]
        usual = st.sampled_from(values)
        kept = (
            usual if _is_fixed(field) else usual | _like(field, values) | values_of(field).map(_with_keys_of(values[0]))
        )
        found[name] = kept if name in example.kept else kept | st.none()
    return found


def _like(field: Field, values: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    """Return a strategy for longer values with the shape of known ones: AWS knows a shape that the type does not."""
    texts = [value for value in values if isinstance(value, str)]
    longer = st.builds(str.__add__, st.text(USUAL, max_size=LONG), st.sampled_from(texts or [""]))
    return longer.filter(lambda value: _accepts(field, value)) if texts else st.sampled_from(values)


def _with_keys_of(known: Any) -> Callable[[Any], Any]:
    """Return a function that gives a dict of dicts the keys of a known one: AWS has only those."""
    nested = isinstance(known, dict) and all(isinstance(item, dict) for item in known.values())
    return lambda value: dict(zip(known, value.values(), strict=False)) if nested else value


def _is_fixed(field: Field) -> bool:
    return any(get_origin(hint) is Literal for hint in alternatives(plain(field.hint)))
