"""Lookups: requests that are sent once a run, in a plain form and in a form for outputs.

`@lookup(…)` declares the operations, the noun for errors, the arguments that exclude each other, and whether the
result is a secret. The decorated function sends the request. tools/exports.py writes the `_output` forms into
`_outputs.py`, because Python's type system can't derive their signatures.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import threading
from concurrent.futures import Future
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias, TypeVar, get_args, get_origin, get_type_hints
from weakref import WeakKeyDictionary

from pulumi import CustomResource, InvokeOutputOptions, Output, Resource
from pulumi.runtime.settings import get_root_resource

from pulumi_identity.aws import masking, process
from pulumi_identity.aws.ambient import Ambient, ambient
from pulumi_identity.errors import Rejected
from pulumi_identity.provider.words import to_pascal

from ._arguments import checked, completed, in_one_form, label
from ._failures import explained, hidden, named
from ._mocks import active_mocks, mocked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """The declaration of a lookup."""

    ask: Callable[..., Any]
    service: str
    kind: str
    """The noun for its entity in errors."""
    operations: tuple[str, ...]
    """The operations that it can call, the usual ones first."""
    one_of: tuple[str, ...]
    """Arguments of which exactly one must be given."""
    secret: bool
    """Whether its result grants access. Such a result is never cached, and is a secret as an output."""

    @property
    def name(self) -> str:
        """The plain form's name."""
        return self.ask.__name__

    @property
    def actions(self) -> list[str]:
        """The actions that an IAM policy must allow."""
        return [f"{self.service}:{operation}" for operation in self.operations]

    def answer(self, arguments: Mapping[str, Any]) -> Any:
        """Return the result: from mocks, or from memory if this run has sent the same request before.

        Args:
            arguments: All arguments of the lookup.

        Returns:
            The result.

        Raises:
            IdentityError: The request fails.
            TypeError: An argument has the wrong type, or the arguments exclude each other.
        """
        arguments = checked(self.ask, arguments, self.one_of)
        if mocks := active_mocks():
            return mocked(mocks, self.ask, arguments)
        return self.of_aws(arguments)

    def of_aws(self, arguments: Mapping[str, Any]) -> Any:
        """Return the result from AWS, or from memory.

        Args:
            arguments: All arguments of the lookup, checked.

        Returns:
            The result.

        Raises:
            IdentityError: The request fails.
        """
        to = named(self.kind, label(arguments))
        try:
            arguments = in_one_form(arguments)
        except ValueError as error:
            message = f"looking up {to}: {error}"
            raise Rejected(message) from None
        if self.secret:
            return self._explained(arguments)
        key = json.dumps([self.name, _after.get(), hidden.get(), arguments], sort_keys=True, default=str)
        result = _once((key, ambient()), lambda: self._explained(arguments))
        # Only two results can be changed: a dict, and a user with `extensions`.
        return _own(result) if isinstance(result, dict) or arguments.get("extensions") else result

    def _explained(self, arguments: Mapping[str, Any]) -> Any:
        """Send the request, and turn an expected error into one line."""
        try:
            return self.ask(**arguments)
        except Exception as error:
            instead = explained(error, self.service, named(self.kind, label(arguments)))
            if instead is error:
                raise
        raise instead from None  # outside of `except`, so that the original error is not its context


LOOKUPS: dict[str, Lookup] = {}
"""Every lookup by the name of its plain form."""


def lookup(
    service: str, kind: str, *operations: str, one_of: tuple[str, ...] = (), secret: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a lookup. The decorated function sends its request; the arguments are those of `Lookup`."""

    def declare(ask: Callable[P, R]) -> Callable[P, R]:
        declared = Lookup(ask=ask, service=service, kind=kind, operations=operations, one_of=one_of, secret=secret)
        LOOKUPS[declared.name] = declared
        signature = inspect.signature(ask)
        required = [
            parameter.name for parameter in signature.parameters.values() if parameter.default is parameter.empty
        ]
        masking.show(service, operations, map(to_pascal, (*required, *one_of)))  # the arguments that name the entity

        @wraps(ask)
        def plain(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                given = signature.bind(*args, **kwargs).arguments
            except TypeError as error:
                message = f"{declared.name}(): {error} — its arguments are {', '.join(signature.parameters)}"
                raise TypeError(message) from None
            result: R = declared.answer(completed(ask, given))
            return result

        return plain

    return declare


def on_outputs(plain: Callable[..., R], given: dict[str, Any]) -> Output[R]:
    """Look up in a separate thread when the arguments are known. The output is unknown while an argument is.

    Args:
        plain: The plain form of the lookup.
        given: The arguments, and `opts`. Only its `depends_on` has an effect.

    Returns:
        The result as an output.

    Raises:
        TypeError: `opts` names a provider.
    """
    declared = LOOKUPS[plain.__name__]
    opts: InvokeOutputOptions = given.pop("opts") or InvokeOutputOptions()
    if opts.provider:
        message = f"{plain.__name__}_output() uses no Pulumi provider — set `region` or `role_arn` instead"
        raise TypeError(message)

    def answer(waited_for: tuple[str, ...], arguments: dict[str, Any], *, secret: bool) -> R:
        _after.set(waited_for)  # both apply to this lookup, and to lookups that it calls
        hidden.set(secret)
        result: R = declared.answer(arguments)
        return result

    async def ask(known: list[Any]) -> R:
        waited_for, arguments = known
        return await asyncio.to_thread(answer, tuple(waited_for), arguments, secret=await question.is_secret())

    waited: Output[Any] = Output.from_input(opts.depends_on or []).apply(_made)
    question = Output.all(waited, completed(declared.ask, given))
    result: Output[R] = question.apply(ask)
    return Output.secret(result) if declared.secret else result


def _made(resources: Any) -> Output[list[Any]]:
    """Return an output that is known when one resource, or all of several, exist."""
    listed = [resources] if isinstance(resources, Resource) else resources
    return Output.all(*(resource.id if isinstance(resource, CustomResource) else resource.urn for resource in listed))


# Memory


class _NoEngine:
    """The run of a program outside Pulumi's engine. It lasts as long as the process."""


_no_engine = _NoEngine()


Request: TypeAlias = tuple[str, Ambient]
"""A lookup with its arguments, and the environment that supplies its credentials."""


class Answers:
    """The results of lookups for each run. With the Automation API, one process can run several programs."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.runs: WeakKeyDictionary[object, dict[Request, Future[Any]]] = WeakKeyDictionary()
        """The stack of a run → request → result."""


_after: ContextVar[tuple[str, ...]] = ContextVar("after", default=())
"""The ids of the resources that the current lookup waited for. Results from before may be out of date."""


def _once(key: Request, ask: Callable[[], R]) -> R:
    """Return the earlier result, or send the request. Other threads with the same request wait. Errors are not kept."""
    remembered = process.get(Answers)
    with remembered.lock:
        answers = remembered.runs.setdefault(get_root_resource() or _no_engine, {})
        leads = key not in answers
        answer: Future[R] = answers.setdefault(key, Future())
    if leads:
        try:
            answer.set_result(ask())
        except BaseException as error:
            with remembered.lock:
                del answers[key]
            answer.set_exception(error)
            raise
    return answer.result()


def _own(result: Any) -> Any:
    """Return a result with copied dicts, which the caller can change. Everything else is frozen."""
    if isinstance(result, tuple):
        return tuple(map(_own, result))
    if isinstance(result, dict):
        return deepcopy(result)
    dicts = {name: deepcopy(value) for name, value in vars(result).items() if isinstance(value, dict)}
    return replace(result, **dicts)


# Answers


def pages(client: Any, operation: str, items: str, **request: Any) -> Iterator[dict[str, Any]]:
    """Yield the items of a listing. Each page is read when it is needed."""
    for page in client.get_paginator(operation).paginate(**request):
        yield from page.get(items, ())


def answered(result: Callable[..., R], answer: Mapping[str, Any]) -> R:
    """Build a result from AWS's response. Each field is the member of its name; a missing member is None or empty."""
    return result(**{name: _value(hint, answer.get(to_pascal(name))) for name, hint in _hints(result).items()})


@cache
def _hints(result: Any) -> dict[str, Any]:
    return get_type_hints(result)


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        item, _ = get_args(hint)
        return tuple(_value(item, member) for member in value or ())
    nested: Any = next(filter(is_dataclass, (hint, *get_args(hint))), None)
    if isinstance(value, dict) and nested:
        return answered(nested, value)
    if isinstance(value, dict) and str in (hint, *get_args(hint)):  # a union with one member, such as {"UserId": …}
        (value,) = value.values()
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
