"""Mocks that behave like AWS: resources and lookups of this package use an emulator, without the Pulumi CLI."""

from __future__ import annotations

import asyncio
import inspect
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi import Output
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks, rpc, set_mocks
from pulumi.runtime.config import CONFIG
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.settings import SETTINGS
from pulumi.runtime.sync_await import _sync_await
from typing_extensions import override

from pulumi_identity.errors import NotFound, Rejected
from pulumi_identity.lookups._invoke import LOOKUPS
from pulumi_identity.lookups._mocks import PREFIX, active_mocks
from pulumi_identity.provider import lifecycle
from pulumi_identity.provider.kinds import TYPE
from pulumi_identity.provider.registry import KINDS

from .emulated import STORE, EmulatedAws, emulated_aws
from .isolation import isolated, thread_loop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_identity.emulator import Emulator
    from pulumi_identity.provider.schema import State

T = TypeVar("T")


@contextmanager
def mocks(
    *,
    others: Mocks | None = None,
    config: Mapping[str, str] | None = None,
    emulator: Emulator | None = None,
    project: str = "project",
    stack: str = "stack",
) -> Iterator[EmulatedAws]:
    """Run a program without the Pulumi CLI, against an emulated AWS account.

    Resources of this package are validated and created in the emulator, and lookups read it. At the end of the block,
    all registered resources have been created. The environment, Pulumi's settings and configuration, and the state of
    this package are then as before. Blocks can be nested: each has an account of its own.

        with testing.mocks() as aws:
            team = Team("admins", members=["jo"])
            assert testing.value(team.group.display_name) == "Admins"
            assert aws.members("Admins") == ["jo"]

    Args:
        others: Mocks for resources and functions of other packages. Unset: a resource returns its inputs, and a call of
            a function is an error.
        config: Pulumi configuration, such as `{"identity:namespace": "sales"}`. `identity:identityStoreId` is set.
        emulator: A running emulator. Unset: a new one.
        project: The name of the Pulumi project.
        stack: The name of the Pulumi stack.

    Yields:
        The emulated account.

    Raises:
        IdentityError: A resource or a lookup fails.
        ModuleNotFoundError: The extra `testing` is not installed.
    """
    with emulated_aws(emulator) as aws, isolated():
        CONFIG.set({"identity:identityStoreId": STORE, **CONFIG.get(), **(config or {})})
        emulated = EmulatedMocks(others)
        set_mocks(emulated, project, stack, preview=False, monitor=_Monitor(emulated))
        aws.wait_with(lambda: _sync_await(_settled()))
        raised: list[BaseException] = []
        _keep_silent_about(raised)
        try:
            yield aws
        finally:
            raised += _sync_await(_settled())  # no request may leave this process after the block
            emulated.ended = True
        if unseen := [error for error in raised if error not in emulated.seen]:
            raise unseen[0]


def value(output: Output[T]) -> T:
    """Return the value of an output. Works in a block of `mocks()`, and in any other unit test.

    In a block of `mocks()`, all resources that are registered so far exist afterwards.

    Args:
        output: An output of a resource or a lookup.

    Returns:
        The value. It can be a secret.

    Raises:
        IdentityError: The resource or lookup failed.
    """
    emulated = active_mocks()
    if isinstance(emulated, EmulatedMocks):
        _sync_await(_settled())
    try:
        known: T = _sync_await(output.future())  # type: ignore[assignment]
    except Exception as error:
        if isinstance(emulated, EmulatedMocks):
            emulated.seen.append(error)
        raise
    return known


class EmulatedMocks(Mocks):
    """Pulumi's mocks on an emulator. `mocks()` sets them.

    Args:
        others: Mocks for resources and functions of other packages.
    """

    def __init__(self, others: Mocks | None = None) -> None:
        self.others = others
        self.seen: list[BaseException] = []
        """The errors that the test has seen. The end of the block raises all others."""
        self.ended = False
        """Whether the block has ended. After that, requests would reach the real AWS."""

    @override
    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self._require_open()
        if not args.typ.startswith(TYPE):
            return self.others.new_resource(args) if self.others else (f"{args.name}_id", args.inputs)
        kind = KINDS[args.typ.removeprefix(TYPE)]
        plain = {name: _without_secrets(given) for name, given in args.inputs.items()}
        if args.resource_id:
            entity = lifecycle.read(kind, args.resource_id, plain)
            if entity is None:
                raise NotFound(f"reading {kind.entity} ({args.resource_id}): not found")
            return entity.id, self._hidden(args, plain, entity.outputs)
        inputs, failures = lifecycle.check(kind, {}, plain)
        if failures:
            reasons = "; ".join(failure.in_preview() for failure in failures)
            raise Rejected(f"{kind.name}({args.name!r}): {reasons}")
        id_, outputs = lifecycle.create(kind, inputs)
        return id_, self._hidden(args, plain, outputs)

    @override
    def call(self, args: MockCallArgs) -> Any:
        self._require_open()
        declared = LOOKUPS.get(args.token.removeprefix(PREFIX))
        if declared is None:
            if self.others:
                return self.others.call(args)
            raise Rejected(f"mocks: no result for {args.token} — pass mocks(others=…) with a `call` that returns it")
        parameters = inspect.signature(declared.ask).parameters
        return _fields(declared.of_aws({name: args.args.get(name) for name in parameters}))

    def _hidden(self, args: MockResourceArgs, plain: State, outputs: State) -> dict[str, Any]:
        """Return the outputs, with those as secrets that are secret inputs or that the resource declares as secret."""
        secret = {name for name, given in args.inputs.items() if plain[name] != given} | _secret_outputs.get()
        return {name: Output.secret(known) if name in secret else known for name, known in outputs.items()}

    def _require_open(self) -> None:
        if self.ended:
            raise Rejected("mocks: the block of testing.mocks() has ended — register resources within the block")


_secret_outputs: ContextVar[frozenset[str]] = ContextVar("secret_outputs", default=frozenset())
"""The outputs that the current resource declares as secret. Pulumi does not pass them to mocks."""


class _Monitor(MockMonitor):
    """Pulumi's mock engine, which also passes on the outputs that a resource declares as secret."""

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802  (Pulumi's name)
        _secret_outputs.set(frozenset(request.additionalSecretOutputs))
        with thread_loop():
            return super().RegisterResource(request)  # type: ignore[no-untyped-call]

    def ReadResource(self, request: Any) -> Any:  # noqa: N802  (Pulumi's name)
        _secret_outputs.set(frozenset(request.additionalSecretOutputs))
        with thread_loop():
            return super().ReadResource(request)  # type: ignore[no-untyped-call]

    def Invoke(self, request: Any) -> Any:  # noqa: N802  (Pulumi's name)
        with thread_loop():
            return super().Invoke(request)  # type: ignore[no-untyped-call]


async def _settled() -> list[BaseException]:
    """Wait until Pulumi has registered all resources and each output has a value or an error. Return the errors."""
    manager = SETTINGS.rpc_manager
    idle = 0
    while idle < _TURNS:
        await asyncio.sleep(0)
        pending = {task for task in _tasks() if not task.done()}
        idle = 0 if pending else idle + 1
        if pending:
            await asyncio.wait(pending)
    errors = [manager.unhandled_exception, *(None if task.cancelled() else task.exception() for task in _tasks())]
    return [error for error in errors if error]


def _keep_silent_about(errors: list[BaseException]) -> None:
    """Prevent the event loop from logging errors that the block raises or that the test has seen."""
    loop = asyncio.get_event_loop()
    handler = loop.get_exception_handler()

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if context.get("exception") not in errors:
            (handler or type(loop).default_exception_handler)(loop, context)

    loop.set_exception_handler(handle)


def _tasks() -> list[asyncio.Task[Any]]:
    return [*SETTINGS.rpc_manager.rpcs, *SETTINGS.outputs]


_TURNS = 10
"""How many idle turns of the event loop mean that no work is left. A registration starts one turn after its call."""


def _without_secrets(given: Any) -> Any:
    """Return a value with the contents of its secrets."""
    if rpc.is_rpc_secret(given):
        return _without_secrets(rpc.unwrap_rpc_secret(given))
    if isinstance(given, dict):
        return {key: _without_secrets(item) for key, item in given.items()}
    return [_without_secrets(item) for item in given] if isinstance(given, list) else given


def _fields(result: Any) -> State:
    """Return the result of a lookup as `Mocks.call` returns it."""
    if isinstance(result, tuple):
        return {"items": [_fields(item) for item in result]}
    return asdict(result) if is_dataclass(result) and not isinstance(result, type) else dict(result)
