"""Pulumi's six calls in the order in which the engine makes them, without the engine.

The real engine runs in `tests/engine`; this stands in for it where hundreds of steps are to be tried. What
the engine does to values between two calls is done here too: numbers become floats, None is dropped, keys
lose their order, and the provider is unpickled from what state has.
"""

from __future__ import annotations

import base64
import pickle
from typing import TYPE_CHECKING, Any

from pulumi.dynamic.dynamic import serialize_provider

from pulumi_identity import _state
from pulumi_identity.aws import process
from pulumi_identity.aws.retries import RateLimiters
from pulumi_identity.aws.session import Sessions
from pulumi_identity.provider import lifecycle
from pulumi_identity.provider.declare import kind_of

if TYPE_CHECKING:
    from pulumi.dynamic import ResourceProvider

State = dict[str, Any]


class Refused(Exception):
    """The failures that `check` returned, as {property: reason}."""

    def __init__(self, failures: dict[str, str]) -> None:
        super().__init__(failures)
        self.failures = failures


def wire(value: Any) -> Any:
    """Return a value as it is on the other side of the engine."""
    if isinstance(value, dict):
        return {key: wire(value[key]) for key in sorted(value, reverse=True) if value[key] is not None}
    if isinstance(value, list | tuple):
        return [wire(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    assert value is None or isinstance(value, str | float | bool), f"{value!r} can't be in Pulumi's state"
    return value


def provider_of(resource: Any) -> Any:
    """Return what Pulumi hosts for a resource class."""
    return _state.provider(kind_of(resource).name)


def new_command() -> None:
    """Forget what a new command of Pulumi's CLI does not know: each is a process of its own.

    Sessions are kept, because boto3's clients take long to make.
    """
    process.current = process.Process(*map(process.get, (Sessions, RateLimiters, process.Pauses)))


class Host:
    """One resource's life."""

    def __init__(self, resource: Any) -> None:
        self.reference = serialize_provider(provider_of(resource))
        self.kind = kind_of(resource)
        self.id = ""
        self.inputs: State = {}
        self.outputs: State = {}

    @property
    def provider(self) -> ResourceProvider:
        provider: ResourceProvider = pickle.loads(base64.b64decode(self.reference))
        return provider

    def preview(self, program: State) -> tuple[str, list[str]]:
        """Return what `pulumi preview` would show: the step, and the properties that differ or replace."""
        if self.kind.relation:  # the process remembers who manages a group, and each preview is a process of its own
            new_command()
        news = self._check(program)
        if not self.id:
            return "create", []
        result = self.provider.diff(self.id, wire(self.outputs), wire(news))
        differs = [name for name in sorted(news.keys() | self.inputs.keys()) if news.get(name) != self.inputs.get(name)]
        if result.changes is False or (result.changes is None and not differs):
            return "same", []
        if result.replaces:
            assert result.delete_before_replace
            return "replace", result.replaces
        return "update", differs

    def up(self, program: State) -> str:
        """Do what `pulumi up` would do, and return the step."""
        new_command()
        step, _ = self.preview(program)
        news = self._check(program)
        if step == "same":
            self.inputs = news
            return step
        if step == "update":
            updated = self.provider.update(self.id, wire(self.outputs), wire(news))
            self.outputs, self.inputs = wire(updated.outs), news
            return step
        if step == "replace":
            self.destroy()
        created = self.provider.create(wire(news))
        self.id, self.outputs, self.inputs = created.id, wire(created.outs), news
        return step

    def refresh(self) -> bool:
        """Do what `pulumi refresh` would do, and return whether the entity is still there."""
        found = self.provider.read(self.id, wire(self.outputs))
        self.id = found.id or ""
        self.outputs = wire(found.outs) if self.id else {}
        self.inputs = wire(found.inputs) if self.id else {}
        return bool(self.id)

    def destroy(self) -> None:
        """Do what `pulumi destroy` would do."""
        new_command()
        self.provider.delete(self.id, wire(self.outputs))
        self.id, self.outputs, self.inputs = "", {}, {}

    def _check(self, program: State) -> State:
        result = self.provider.check(wire(self.inputs), wire(program))
        if result.failures:
            assert not any(failure.property for failure in result.failures), "Pulumi would print the value"
            failures = lifecycle.check(self.kind, wire(self.inputs), wire(program)).failures
            assert [str(failure) for failure in failures] == [failure.reason for failure in result.failures]
            raise Refused({failure.path: failure.reason for failure in failures})
        news: State = wire(result.inputs)
        return news
