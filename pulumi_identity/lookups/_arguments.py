"""The arguments of a lookup: defaults from configuration, and checks before any request.

The types come from the signature of the plain form. No message contains a value, because it may be a secret.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from pulumi import Output
from pydantic import ConfigDict

from pulumi_identity.aws import ids
from pulumi_identity.provider.settings import ACCESS, ASSUME_ROLE, assume_role_failures, default

if TYPE_CHECKING:
    from pydantic import TypeAdapter

CONFIGURED = {
    "identity_store_id": "identityStoreId",
    "aws_account_id": "awsAccountId",
    "namespace": "namespace",
    "region": "region",
    "role_arn": "roleArn",
    "profile": "profile",
    "assume_role": "assumeRole",
}
"""Argument → the key under `identity:` in Pulumi configuration that holds its default."""

_HOW = {*ACCESS}  # arguments that do not identify the entity

_IDS: dict[str, Callable[[Any], Any]] = {
    "identity_store_id": ids.store_id,
    "user_id": ids.user_id,
    "member_id": ids.user_id,
    "group_id": ids.group_id,
    "group_ids": lambda given: [id_ for id_ in given if ids.group_id(id_)],  # as given: they key the result
    "membership_id": ids.membership_id,
}
"""Argument → the function that normalizes it, or raises ValueError."""

_WORDS = {str: "a string", int: "a whole number", datetime: "a datetime", Sequence[str]: "a list of strings"}
"""The types of arguments, except dicts, in words."""


def completed(ask: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return all arguments. Missing ones come from `settings` or Pulumi configuration, or are None."""
    return {
        name: default(name, CONFIGURED[name]) if name in CONFIGURED and given.get(name) is None else given.get(name)
        for name in inspect.signature(ask).parameters
    }


def checked(ask: Callable[..., Any], arguments: Mapping[str, Any], one_of: Sequence[str]) -> dict[str, Any]:
    """Return the arguments after a check of their types. A whole number becomes an int: Pulumi has only floats.

    Args:
        ask: The plain form of the lookup.
        arguments: All its arguments.
        one_of: Arguments of which exactly one must be given.

    Returns:
        The arguments.

    Raises:
        TypeError: An argument has the wrong type, or the arguments exclude each other.
    """
    name = ask.__name__
    whole = {
        argument: int(value) if isinstance(value, float) and value.is_integer() else value
        for argument, value in arguments.items()
    }
    for argument, value in whole.items():
        if _has_output(value):
            is_or_has = "is" if isinstance(value, Output) else "contains"
            message = f"{name}(): {argument} {is_or_has} an output — use {name}_output()"
            raise TypeError(message)
    for argument, hint in _hints(ask).items():
        if argument != ASSUME_ROLE and not _fits(hint, whole[argument]):
            message = f"{name}(): {argument} must be {_in_words(hint)}"
            raise TypeError(message)
    for failure in assume_role_failures(whole):
        message = f"{name}(): {failure}"
        raise TypeError(message)
    given = [argument for argument in one_of if whole[argument] is not None]
    if one_of and len(given) != 1:
        listed = f"{', '.join(one_of[:-1])} or {one_of[-1]}"
        message = f"{name}() takes exactly one of {listed}, not {' and '.join(given) or 'none'}"
        raise TypeError(message)
    return whole


def in_one_form(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments with normalized ids.

    Args:
        arguments: The arguments of a lookup.

    Returns:
        The arguments.

    Raises:
        ValueError: An id has the wrong form.
    """
    valid = dict(arguments)
    for argument in [name for name in arguments if name in _IDS]:
        if arguments[argument] is not None:
            try:
                valid[argument] = _IDS[argument](arguments[argument])
            except ValueError as error:
                message = f"{argument} {error}"
                raise ValueError(message) from None
    return valid


def label(arguments: Mapping[str, Any]) -> str:
    """Return the arguments that identify the entity, separated by slashes."""
    names = sorted(arguments.keys() - _HOW, key=[*CONFIGURED, *arguments].index)
    values = [arguments[name] for name in names]
    return "/".join(value for value in values if isinstance(value, str))


# Types


@cache
def _hints(ask: Callable[..., Any]) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(ask).items() if name != "return"}


@cache
def _adapter(hint: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415  (takes a third of a second)

    return TypeAdapter(hint, config=ConfigDict(strict=True, extra="forbid"))


def _fits(hint: Any, value: Any) -> bool:
    try:
        _adapter(hint).validate_python(value)
    except ValueError:  # pydantic's message contains the value
        return False
    return True


def _has_output(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_output, value.values()))
    if isinstance(value, list | tuple | set):
        return any(map(_has_output, value))
    return isinstance(value, Output)


def _in_words(hint: Any) -> str:
    """Return the values that a type accepts, such as `a datetime or a string`."""
    if get_origin(hint) in (Union, UnionType):
        return " or ".join(_in_words(alternative) for alternative in get_args(hint) if alternative is not NoneType)
    if hint in _WORDS:
        return _WORDS[hint]
    keys = get_args(get_args(hint)[0]) if get_origin(hint) is Mapping else hint.__annotations__  # else a TypedDict
    members = ", ".join(f'"{key}": …' for key in keys)
    return f"a dict of strings, {{{members}}}"
