"""One resource of an example, and another administrator who works on the same entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contract.examples import Example, fill
from contract.host import Host

if TYPE_CHECKING:
    from pulumi_identity.emulator import Emulator

SAME = ("same", [])


class Life:
    """An example's resource in a host, with the calls that it costs."""

    def __init__(self, example: Example, aws: Emulator, ids: dict[str, str]) -> None:
        self.host = Host(example.resource)
        self.program: dict[str, Any] = fill(example.program, ids)
        self._resource, self._aws, self._ids = example.resource, aws, ids

    def with_(self, name: str, value: Any) -> dict[str, Any]:
        """Return the program with another value for one property."""
        return self.program | {name: fill(value, self._ids)}

    def without(self, name: str) -> dict[str, Any]:
        """Return the program without a property."""
        return {other: value for other, value in self.program.items() if other != name}

    def remember(self, name: str, value: Any) -> Any:
        """Put another value into state, as if it had been declared and written, and return it."""
        value = fill(value, self._ids)
        self.host.inputs = self.host.inputs | {name: value}
        resolved = [other for other in self.host.outputs["__resolved"] if other != name]
        self.host.outputs = self.host.outputs | {name: value, "__resolved": resolved}
        return value

    def another_administrator(self) -> Host:
        """Return a second host that has the same entity in a state of its own."""
        other = Host(self._resource)
        other.id, other.inputs, other.outputs = self.host.id, self.host.inputs, self.host.outputs
        return other

    def calls(self) -> list[str]:
        """Return the operations since the last time, without the one that finds the account of the credentials."""
        operations = [call.operation for call in self._aws.calls if call.service != "sts"]
        self._aws.calls.clear()
        return operations
