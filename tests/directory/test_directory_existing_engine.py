"""A group that becomes an existing one, and unusual keys, under the real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.stack import engine_environment

from pulumi_identity.directory import Directory

if TYPE_CHECKING:
    from pulumi_identity.testing import EmulatedAws
    from pulumi_identity.testing.stacks import Stacks

assert engine_environment  # its import marks these tests as tests of the engine


class Program:
    """A program whose file changes between runs."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def __call__(self) -> None:
        Directory("company", self.data)


KEYS = ("a::b", "o'brien/x", "\N{GRINNING FACE} x", "$a.b[0]", "_a")


def test_a_group_that_becomes_an_existing_one_is_kept(identity_aws: EmulatedAws, identity_stack: Stacks) -> None:
    people = {key: {"name": "Jo Doe", "user_name": f"jo{i}", "groups": [key]} for i, key in enumerate(KEYS)}
    groups = {key: {"display_name": f"Group {i}"} for i, key in enumerate(KEYS)}
    program = Program({"groups": groups, "people": people})
    stack = identity_stack(program)
    stack.up()
    assert [identity_aws.members(f"Group {i}") for i in range(len(KEYS))] == [[f"jo{i}"] for i in range(len(KEYS))]

    kept = identity_aws.groups()
    program.data = {"groups": {key: group | {"existing": True} for key, group in groups.items()}, "people": people}
    identity_aws.calls.clear()
    stack.up()
    assert not [call for call in identity_aws.calls if call.operation.startswith("Delete")]
    assert identity_aws.groups() == kept
    assert [identity_aws.members(f"Group {i}") for i in range(len(KEYS))] == [[f"jo{i}"] for i in range(len(KEYS))]
