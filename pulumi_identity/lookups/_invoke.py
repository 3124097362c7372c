"""What every lookup is: a question that AWS is asked once a run, in a plain form and in one for outputs.

`@lookup(…)` on a function with the plain form's signature declares one: which operations it calls, what errors
call its object, which of its arguments exclude each other, whether its answer is a secret. The function itself
only asks. The `_output` forms are in `_outputs.py`, which tools/exports.py writes from these signatures: Python's
type system can't derive one from the other.
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
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, get_args, get_origin, get_type_hints
from weakref import WeakKeyDictionary

from pulumi import CustomResource, InvokeOutputOptions, Output, Resource
from pulumi.runtime.settings import get_root_resource

from pulumi_identity.aws import process
from pulumi_identity.errors import Rejected
from pulumi_identity.provider.words import to_pascal

from ._arguments import checked, completed, in_one_form, label
from ._failures import explained, hidden, named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """What is known of a lookup without asking AWS."""

    ask: Callable[..., Any]
    service: str
    kind: str
    """What errors call its object."""
    operations: tuple[str, ...]
    """The operations that it may call, the usual ones first."""
    one_of: tuple[str, ...]
    """Arguments of which exactly one must be given."""
    secret: bool
    """Whether its answer lets somebody in: kept out of caches, and a secret as an output."""

    @property
    def name(self) -> str:
        """The plain form's name."""
        return self.ask.__name__

    @property
    def actions(self) -> list[str]:
        """What an IAM policy must allow."""
        return [f"{self.service}:{operation}" for operation in self.operations]

    def answer(self, arguments: Mapping[str, Any]) -> Any:
        """Answer, from memory if the same was asked before in this run."""
        arguments = checked(self.ask, arguments, self.one_of)
        to = named(self.kind, label(arguments))
        try:
            arguments = in_one_form(arguments)
        except ValueError as error:
            message = f"looking up {to}: {error}"
            raise Rejected(message) from None
        if self.secret:
            return self._explained(arguments)
        key = json.dumps([self.name, _after.get(), hidden.get(), arguments], sort_keys=True, default=str)
        result = _once(key, lambda: self._explained(arguments))
        # What isn't frozen is a dict itself, or has the `extensions` that were asked for.
        return _own(result) if isinstance(result, dict) or arguments.get("extensions") else result

    def _explained(self, arguments: Mapping[str, Any]) -> Any:
        """Ask AWS, and say in one line what goes wrong."""
        try:
            return self.ask(**arguments)
        except Exception as error:
            instead = explained(error, self.service, named(self.kind, label(arguments)))
            if instead is error:
                raise
        raise instead from None  # outside of `except`: what it stands for is not its context either


LOOKUPS: dict[str, Lookup] = {}
"""Every lookup by the name of its plain form."""


def lookup(
    service: str, kind: str, *operations: str, one_of: tuple[str, ...] = (), secret: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare the lookup that a function asks AWS for; see `Lookup`."""

    def declare(ask: Callable[P, R]) -> Callable[P, R]:
        declared = Lookup(ask=ask, service=service, kind=kind, operations=operations, one_of=one_of, secret=secret)
        LOOKUPS[declared.name] = declared
        signature = inspect.signature(ask)

        @wraps(ask)
        def plain(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                given = signature.bind(*args, **kwargs).arguments
            except TypeError as error:
                message = f"{declared.name}(): {error}; its arguments are {', '.join(signature.parameters)}"
                raise TypeError(message) from None
            result: R = declared.answer(completed(ask, given))
            return result

        return plain

    return declare


def on_outputs(plain: Callable[..., R], given: dict[str, Any]) -> Output[R]:
    """Look up once the arguments are known, in a thread of its own; what isn't known yet makes the answer unknown.

    `given` are the arguments, and `opts`, of which `depends_on` counts.
    """
    declared = LOOKUPS[plain.__name__]
    opts: InvokeOutputOptions = given.pop("opts") or InvokeOutputOptions()
    if opts.provider:
        message = f"{plain.__name__}_output() uses no Pulumi provider: region and role_arn say where to look"
        raise TypeError(message)

    def answer(waited_for: tuple[str, ...], arguments: dict[str, Any], *, secret: bool) -> R:
        _after.set(waited_for)  # only this lookup, and those that it calls, see these two
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
    """Return what is known only once one resource, or all of several, have been made."""
    listed = [resources] if isinstance(resources, Resource) else resources
    return Output.all(*(resource.id if isinstance(resource, CustomResource) else resource.urn for resource in listed))


# Memory


class _NoEngine:
    """Stands for the run of a program that Pulumi's engine doesn't run: it lasts as long as the process."""


_no_engine = _NoEngine()


class Answers:
    """The answers of lookups, by run: one process can run several programs, with the Automation API."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.runs: WeakKeyDictionary[object, dict[str, Future[Any]]] = WeakKeyDictionary()
        """A run's stack → question → answer."""


_after: ContextVar[tuple[str, ...]] = ContextVar("after", default=())
"""What the current lookup waited for: what was answered before that was made may be wrong by now."""


def _once(key: str, ask: Callable[[], R]) -> R:
    """Return the earlier answer, or ask; other threads with the same question wait. An error is no answer."""
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
    """Return an answer whose dicts are the caller's own; all else of it is frozen."""
    if isinstance(result, tuple):
        return tuple(map(_own, result))
    if isinstance(result, dict):
        return deepcopy(result)
    dicts = {name: deepcopy(value) for name, value in vars(result).items() if isinstance(value, dict)}
    return replace(result, **dicts)


# Answers


def pages(client: Any, operation: str, items: str, **request: Any) -> Iterator[dict[str, Any]]:
    """Yield what AWS lists, reading each page when it is come to."""
    for page in client.get_paginator(operation).paginate(**request):
        yield from page.get(items, ())


def answered(result: Callable[..., R], answer: Mapping[str, Any]) -> R:
    """Make a result of AWS's answer: each field is the member of its name; what AWS left out is None or empty."""
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
    if isinstance(value, dict) and str in (hint, *get_args(hint)):  # a union of one member, as {"UserId": …}
        (value,) = value.values()
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
