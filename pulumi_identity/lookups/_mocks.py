"""Lookups in unit tests: under Pulumi's mocks, `Mocks.call` answers a lookup, and AWS is never called.

`call` receives the token `identity:index:<name>` and the arguments that are set. It returns the fields of the result.
Where the result is a list, it returns a list of such dicts, alone or as `{"items": […]}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from pulumi.runtime.mocks import MockCallArgs, MockEngine
from pulumi.runtime.settings import get_engine, get_monitor

from pulumi_identity.errors import Rejected

if TYPE_CHECKING:
    from pulumi.runtime import Mocks

PREFIX = "identity:index:"
"""The prefix of a lookup's token."""


def active_mocks() -> Mocks | None:
    """Return the mocks of `pulumi.runtime.set_mocks`; None if the program runs under an engine or alone."""
    if not isinstance(get_engine(), MockEngine):
        return None
    mocks: Mocks = get_monitor().mocks  # type: ignore[union-attr]
    return mocks


def mocked(mocks: Mocks, ask: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:
    """Return the result of a lookup from `Mocks.call`.

    Args:
        mocks: The mocks.
        ask: The plain form of the lookup.
        arguments: All its arguments.

    Returns:
        The result.

    Raises:
        Rejected: The mocks return a check failure, or no value for a required field.
    """
    token = PREFIX + ask.__name__
    given = {name: value for name, value in arguments.items() if value is not None}
    answer: Any = mocks.call(MockCallArgs(token=token, args=given, provider=""))
    if isinstance(answer, tuple):
        answer, failures = answer
        if failures:
            raise Rejected(f"mocks: {token}: {'; '.join(reason for _, reason in failures)}")
    hint = _hints(ask)["return"]
    if get_origin(hint) is dict:  # one entry for each item of the only list among the arguments
        (asked,) = (value for value in given.values() if isinstance(value, list | tuple))
        return {key: _member(token, answer, key) for key in asked}
    if get_origin(hint) is tuple and isinstance(answer, Mapping):
        answer = _member(token, answer, "items")
    return _built(token, hint, answer)


def _built(token: str, hint: Any, value: Any, at: str = "") -> Any:
    """Return a value as its type: a dict of fields as a result, a list as a tuple."""
    if get_origin(hint) is tuple:
        item, _ = get_args(hint)
        if value is None and at:  # a field that the mocks leave out
            return ()
        if not isinstance(value, list | tuple):
            where = at.removeprefix(".") or "the result"
            raise Rejected(f"mocks: call() returned no list as {where} for {token} — return a list")
        return tuple(_built(token, item, member, f"{at}[{index}]") for index, member in enumerate(value))
    result: Any = next(filter(is_dataclass, (hint, *get_args(hint))), None)
    if result is None or (value is None and at):
        return value
    built = {}
    for name, of_field in _hints(result).items():
        optional = NoneType in get_args(of_field) or get_origin(of_field) is tuple
        member = value.get(name) if optional and isinstance(value, Mapping) else _member(token, value, name, at)
        built[name] = _built(token, of_field, member, f"{at}.{name}")
    return result(**built)


def _member(token: str, answer: Any, name: str, at: str = "") -> Any:
    if isinstance(answer, Mapping) and answer.get(name) is not None:
        return answer[name]
    path = f"{at}.{name}".removeprefix(".")
    raise Rejected(f"mocks: call() returned no {path} for {token} — return all required fields of the result")


@cache
def _hints(of: Any) -> dict[str, Any]:
    return get_type_hints(of)
