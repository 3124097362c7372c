"""AWS may not find a group or a user that was created a second ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from contract.examples import MEMBERSHIP
from contract.host import Host, new_command, wire

from pulumi_identity import NotFound
from pulumi_identity.aws import process

if TYPE_CHECKING:
    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"


@pytest.mark.parametrize("missing", ["GROUP", "USER"])
def test_a_membership_waits_for_a_group_and_a_user_of_this_run(
    missing: str, user: Person, group: Person, aws: Emulator
) -> None:
    """The one that this run created may be unknown for a moment."""
    user.up()
    if missing == "GROUP":
        new_command()
    group.host.id = group.host.provider.create(wire(group.host._check(group.said))).id
    if missing == "USER":
        user.host.id = user.host.provider.create(wire(user.host._check(user.said | {"user_name": "jo2"}))).id
    aws.faults.fail(
        "identitystore", "CreateGroupMembership", "ResourceNotFoundException", times=2, ResourceType=missing
    )
    member = Host(MEMBERSHIP.resource)
    ids = {"group_id": group.host.id.partition("/")[2], "member_id": user.host.id.partition("/")[2]}
    made = member.provider.create(wire(member._check({"identity_store_id": STORE, **ids})))
    assert made.id


def test_a_group_of_an_earlier_run_is_not_waited_for(user: Person, group: Person, aws: Emulator) -> None:
    user.up()
    group.up()
    aws.faults.fail(
        "identitystore", "CreateGroupMembership", "ResourceNotFoundException", times=2, ResourceType="GROUP"
    )
    member = Host(MEMBERSHIP.resource)
    ids = {"group_id": group.host.id.partition("/")[2], "member_id": user.host.id.partition("/")[2]}
    with pytest.raises(NotFound):
        member.up({"identity_store_id": STORE, **ids})


def test_the_wait_ends_with_aws_own_error(
    user: Person, group: Person, aws: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "current", process.Process(process.Pauses(visible=0.3, poll=0.1)))
    user.up()
    new_command()
    process.current = process.Process(process.Pauses(visible=0.3, poll=0.1))
    group.host.id = group.host.provider.create(wire(group.host._check(group.said))).id
    aws.faults.fail(
        "identitystore", "CreateGroupMembership", "ResourceNotFoundException", times=99, ResourceType="GROUP"
    )
    member = Host(MEMBERSHIP.resource)
    ids = {"group_id": group.host.id.partition("/")[2], "member_id": user.host.id.partition("/")[2]}
    with pytest.raises(NotFound, match="ResourceNotFoundException"):
        member.provider.create(wire(member._check({"identity_store_id": STORE, **ids})))
