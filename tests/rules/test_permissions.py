"""The permissions that a resource's documentation asks for are the calls that it makes, no more and no fewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import EXAMPLES, GROUP, MEMBER, Example
from contract.host import Host

from pulumi_identity import AlreadyExists
from pulumi_identity.provider.declare import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.called)
def test_documented_permissions(
    aws: Emulator, client: Callable[[str], Any], user: Person, group: Person, example: Example
) -> None:
    user.up(user_name="member")
    group.up(display_name="Group")
    ids = {GROUP: group.where()["GroupId"], MEMBER: user.where()["UserId"]}
    program = {
        name: ids.get(value, value) if isinstance(value, str) else value for name, value in example.program.items()
    }
    aws.calls.clear()

    host, another = Host(example.resource), Host(example.resource)
    host.up(program)
    if example.called == "GroupMembership":
        another.up(program)
    else:
        with pytest.raises(AlreadyExists):
            another.up(program)
    another.up(program | {"adopt": True})
    said_now = dict(program)
    for name, values in example.changes.items():
        for value in values:
            said_now[name] = value
            host.up(said_now)
        assert host.refresh()
        if name not in example.kept:
            del said_now[name]
            host.up(said_now)
    gone = Host(example.resource)
    gone.id, gone.outputs = host.id, host.outputs
    host.destroy()
    another.destroy()
    assert not gone.refresh()
    if example.called == "QuickSightUser":
        of_a_role(aws, program)

    asked = {call.operation for call in aws.calls if call.service == kind_of(example.resource).service}
    assert asked == {*kind_of(example.resource).operations}


def of_a_role(aws: Emulator, program: dict[str, Any]) -> None:
    """Live the life of a user whose role goes."""
    role = "arn:aws:iam::123456789012:role/R"
    host = Host(EXAMPLES[3].resource)
    kept = {name: value for name, value in program.items() if name != "user_name"}
    host.up(kept | {"identity_type": "IAM", "iam_arn": role, "session_name": "jo"})
    aws.quicksight.remove_iam_principal(role)
    host.destroy()
