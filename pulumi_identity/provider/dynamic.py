"""The adapter: the lifecycle as a dynamic provider. Pulumi's SDK hosts it in a separate process."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING, Any, ClassVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from typing_extensions import override

from pulumi_identity import _state
from pulumi_identity.errors import IdentityError

from . import lifecycle
from .watchdog import watch_engine

if TYPE_CHECKING:
    from .kinds import Kind
    from .schema import State


class DynamicProvider(ResourceProvider):
    """The lifecycle of one kind.

    An instance must have no attributes: Pulumi pickles one into the state of each resource, and a single attribute
    makes that pickle grow until the program fails. So each kind has a subclass.
    """

    serialize_as_secret_always = False  # the pickle holds only a name
    kind: ClassVar[Kind]

    @classmethod
    def register(cls, kind: Kind) -> type[DynamicProvider]:
        """Create the subclass for a kind, and register it under the kind's name, which state refers to."""
        provider = type(f"{kind.name}Provider", (cls,), {"kind": kind})
        _state.PROVIDERS[kind.name] = provider
        return provider

    def __reduce__(self) -> tuple[Any, ...]:
        return _state.provider, (self.kind.name,)

    @override
    def configure(self, req: Any) -> None:
        watch_engine(sys.argv)  # only Pulumi's host calls `configure`
        if traceback.format_exc is not _format_exc:
            traceback.format_exc = _format_exc

    @override
    def check(self, _olds: State, news: State) -> CheckResult:
        inputs, failures = lifecycle.check(self.kind, _olds, news)
        # With a property's name, Pulumi would print its value, which may be a secret.
        return CheckResult(inputs, [CheckFailure("", failure.in_preview()) for failure in failures])

    @override
    def diff(self, _id: str, _olds: State, _news: State) -> DiffResult:
        changed, replaces = lifecycle.diff(self.kind, _id, _olds, _news)
        if not changed:
            return DiffResult(changes=False)
        old, new = self.kind.schema.declared(_olds), self.kind.schema.declared(_news)
        # With None instead of True, the engine compares the inputs itself and shows each changed property. If it sees
        # no difference, it skips the update.
        visible = any(old.get(name) != new.get(name) for name in changed)
        return DiffResult(changes=None if visible else True, replaces=sorted(replaces), delete_before_replace=True)

    @override
    def create(self, props: State) -> CreateResult:
        return CreateResult(*lifecycle.create(self.kind, props))

    @override
    def read(self, id_: str, props: State) -> ReadResult:
        entity = lifecycle.read(self.kind, id_, props)
        return ReadResult(*entity) if entity else ReadResult("", {})

    @override
    def update(self, _id: str, _olds: State, _news: State) -> UpdateResult:
        return UpdateResult(lifecycle.update(self.kind, _id, _olds, _news))

    @override
    def delete(self, _id: str, _props: State) -> None:
        lifecycle.delete(self.kind, _id, _props)


_original_format_exc = traceback.format_exc


def _format_exc(*args: Any, **kwargs: Any) -> str:
    """Replace `traceback.format_exc`, which Pulumi's host uses to print errors: an `IdentityError` is one line."""
    error = sys.exc_info()[1]
    if isinstance(error, IdentityError):
        return f"{type(error).__module__}.{type(error).__qualname__}: {error}\n"
    return _original_format_exc(*args, **kwargs)
