"""Inputs whose resource was left out of the run or failed, outputs that a stack doesn't have, and a new parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.stack import Stack

PROGRAM = """
jo = IdentityStoreUser(
    "jo", OPTIONS, user_name="jo", display_name="Jo", name={"given_name": "Jo", "family_name": "Doe"}
)
admins = Group("admins", display_name="Admins")
GroupMembership("jo-admins", group_id=admins.group_id, member_id=jo.user_id)
"""
TEAM = 'team = pulumi.ComponentResource("example:index:Team", "team")\n'
REFERENCE = """
stack = pulumi.StackReference("organization/people/test")
GroupMembership("ann-admins", group_id=admins.group_id, member_id=stack.get_output("ann"))
"""
NO_VALUE = (
    "member_id is required, but the output that the program passes for it has no value: its resource failed in this run"
    " or was left out of it (--target, --exclude), or the stack that a stack reference reads has no such output"
)


def problems(shown: str, name: str) -> str:
    """Return the text that an update reports about a resource."""
    return shown.rpartition(f" ({name}):\n")[2].partition("\n\n")[0]


def test_an_error_names_the_cause_of_a_missing_value_and_of_a_conflict(stack: Stack) -> None:
    stack.program(PROGRAM.replace("OPTIONS", "None"))
    said = stack.up("--exclude", "**::jo", check=False)
    assert NO_VALUE in problems(said, "jo-admins")
    assert stack.state().keys() == {"admins"}
    stack.up()

    stack.program(TEAM + PROGRAM.replace("OPTIONS", "ResourceOptions(parent=team)") + REFERENCE)
    said = stack.up("--continue-on-error", check=False)
    assert (
        "Duplicate UserName — set adopt=True to take it over, or import it with `pulumi-identity import`; if the"
        " resource only has a new name or parent in the program, add opts=ResourceOptions(aliases=[pulumi.Alias(…)])"
        " with the old one, or `moved: {old: new}` in the file of a Directory"
    ) in problems(said, "jo")
    assert NO_VALUE in problems(said, "ann-admins")

    alias = "ResourceOptions(parent=team, aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)])"
    stack.program(TEAM + PROGRAM.replace("OPTIONS", alias))
    assert stack.preview().ops() == {}
