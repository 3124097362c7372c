"""Properties that hold for every kind, whatever a program declares and whatever happens in the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from chaos.scene import new_process
from chaos.strategies import changes_of, free, values_of
from contract.examples import EXAMPLES, Example, fill
from contract.host import Host, Refused, wire
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from pulumi_identity import IdentityError, Rejected
from pulumi_identity.provider import lifecycle

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

    State = dict[str, Any]

every = pytest.mark.parametrize("example", EXAMPLES, ids=str)
"""A parameter with every example of the contract."""

settings.register_profile(
    "chaos",
    max_examples=25,
    deadline=None,
    derandomize=True,  # the same cases each time
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("chaos")

ID = "906a1b2c-2222-70ab-cdef-0123456789ab"
"""An id where none has to exist."""

STEPS = ("program", "console", "deleted", "refresh")


class World:
    """An example's entity, the program that declares it, and another administrator."""

    def __init__(self, example: Example, aws: Emulator, client: Callable[[str], Any]) -> None:
        aws._application.forget()
        new_process()
        self.program: State = fill(example.program, example.create_parents(client))
        self.host = Host(example.resource)
        self._example = example
        self._in_console: State = {}

    def declare(self, change: State) -> None:
        """Change the program and run it. A change that AWS or the schema refuses is taken back."""
        before, self.program = self.program, changed(self.program, change)
        try:
            if self.host.id:
                self.host.refresh()
            self.host.up(self.program)
        except (IdentityError, Refused):
            self.program = before
            self.run()

    def run(self) -> None:
        """Do what `pulumi up --refresh` does."""
        if self.host.id:
            self.host.refresh()
        try:
            self.host.up(self.program)
        except Rejected:  # AWS refuses to take back what the console did, so the program takes it over
            self.program = changed(self.program, self._in_console)
            self.host.up(self.program)

    def console(self, change: State) -> None:
        """Let another administrator change the entity, with a state of their own."""
        other = self._other()
        try:
            if other.id and other.refresh():
                other.up(changed(self.program, change))
                self._in_console = change
        except (IdentityError, Refused):
            assume(condition=False)

    def delete(self) -> None:
        """Let another administrator delete the entity."""
        other = self._other()
        if other.id and other.refresh():
            other.destroy()

    def _other(self) -> Host:
        """Return another administrator's host, with the state of the program's."""
        other = Host(self._example.resource)
        other.id, other.inputs, other.outputs = self.host.id, self.host.inputs, self.host.outputs
        return other


def changed(program: State, change: State) -> State:
    """Return a program with other values. None takes a property out of it."""
    return {name: value for name, value in (program | change).items() if value is not None}


def change(example: Example) -> st.SearchStrategy[State]:
    """Return a strategy for a change of a few properties."""
    of = changes_of(example)
    return st.fixed_dictionaries({}, optional=dict(of)) if of else st.just({})


@every
def test_check_is_idempotent(example: Example) -> None:
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        names = data.draw(st.sets(st.sampled_from(free(example)), max_size=4))
        known = fill(example.program, dict.fromkeys(example.parents, ID))
        program = known | {name: data.draw(values_of(example.inputs[name])) for name in sorted(names)}
        once = lifecycle.check(example.kind, {}, wire(program))
        assume(not once.failures)
        assert lifecycle.check(example.kind, {}, wire(once.inputs)) == once
        assert lifecycle.check(example.kind, wire(once.inputs), wire(once.inputs)) == once

    holds()


@every
def test_nothing_differs_after_a_create_and_after_a_refresh(
    example: Example, aws: Emulator, client: Callable[[str], Any]
) -> None:
    name = example.kind.name_property

    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        world = World(example, aws, client)
        program = changed(world.program, data.draw(change(example)))
        if name in world.program:
            program[name] = data.draw(values_of(example.inputs[name]))
        try:
            world.host.up(program)
        except (Refused, Rejected):  # AWS does not take every text that the type takes
            assume(condition=False)
        assert world.host.preview(program) == ("same", [])
        outputs = world.host.outputs
        assert world.host.refresh()
        assert world.host.preview(program) == ("same", [])
        assert {key: world.host.outputs[key] for key in outputs} == outputs

    holds()


@every
def test_any_sequence_ends_in_declared_equals_live(
    example: Example, aws: Emulator, client: Callable[[str], Any]
) -> None:
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        world = World(example, aws, client)
        world.run()
        for step in data.draw(st.lists(st.sampled_from(STEPS), max_size=5)):
            match step:
                case "program":
                    world.declare(data.draw(change(example)))
                case "console":
                    world.console(data.draw(change(example)))
                case "deleted":
                    world.delete()
                case "refresh":
                    new_process()
                    if world.host.id:
                        world.host.refresh()
        world.run()
        new_process()
        assert world.host.refresh()
        declared = lifecycle.check(example.kind, {}, wire(world.program)).inputs
        assert {name: world.host.inputs.get(name) for name in declared} == wire(declared)

    holds()
