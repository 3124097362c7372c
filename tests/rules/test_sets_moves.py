"""Sets that take over from other resources, or give way to them: the people stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import MEMBERSHIP, STORE
from contract.examples.group_members import SET
from contract.examples.group_membership import group
from contract.host import Host, new_command, wire
from pulumi.output import Unknown

from pulumi_identity import AlreadyExists, Conflict, Denied

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.admins import Admins

SAME = ("same", [])


# Replacing


def test_a_replacement_needs_a_group_without_others(admins: Admins, client: Callable[[str], Any]) -> None:
    other = group(client, "Others")
    admins.join("eve", group=other)
    admins.up("ann")
    with pytest.raises(AlreadyExists, match=r"replacing .* the group also has the members eve"):
        admins.host.preview(admins.program("ann", group_id=other))
    assert admins.members() == ["ann"]
    admins.up("ann", group_id=other, adopt=True)
    assert (admins.members(), admins.members(other)) == ([], ["ann"])


# Moving between resources


def test_single_memberships_move_into_a_set_without_a_write(admins: Admins) -> None:
    old = [admins.single("ann"), admins.single("jo")]
    admins.up("ann", "jo")
    for host in old:
        host.provider.delete(host.id, wire(host.outputs))
    assert set(admins.calls()) == {"ListGroupMemberships"}
    assert admins.members() == ["ann", "jo"]


def test_a_set_moves_into_single_memberships_without_a_write(admins: Admins) -> None:
    admins.up("ann", "jo")
    new_command()
    admins.calls()
    for name in ("ann", "jo"):
        program = {"identity_store_id": STORE, "group_id": admins.group, "member_id": admins.people[name]}
        host = Host(MEMBERSHIP.resource)
        news = host.provider.check({}, wire(program)).inputs
        host.provider.create(wire(news))
    admins.host.provider.delete(admins.host.id, wire(admins.host.outputs))
    assert "DeleteGroupMembership" not in admins.calls()
    assert admins.members() == ["ann", "jo"]


def test_a_renamed_set_ends_nothing(admins: Admins) -> None:
    admins.up("ann", "jo")
    old, admins.host = admins.host, Host(SET.resource)
    admins.up("ann", "jo")
    old.provider.delete(old.id, wire(old.outputs))
    assert admins.members() == ["ann", "jo"]


def test_a_set_that_was_not_created_protects_the_old_memberships(admins: Admins) -> None:
    """The engine may go on to deletions with --continue-on-error."""
    old = admins.single("ann")
    admins.join("eve")
    with pytest.raises(AlreadyExists):
        admins.up("ann")
    with pytest.raises(Conflict, match="refusing to delete"):
        old.provider.delete(old.id, wire(old.outputs))
    assert admins.members() == ["ann", "eve"]


def test_a_set_whose_update_failed_protects_the_old_memberships(admins: Admins) -> None:
    admins.up("ann")
    old = Host(MEMBERSHIP.resource)
    old.id = f"{STORE}/{admins.memberships()['ann']}"
    old.outputs = {"identity_store_id": STORE, "group_id": admins.group, "member_id": admins.people["ann"]}
    admins.aws.faults.fail("identitystore", "DescribeGroup", "AccessDeniedException")
    with pytest.raises(Denied):
        admins.up("ann", "jo")
    old.provider.delete(old.id, wire(old.outputs))
    assert admins.members() == ["ann"]


# Two resources for one group


@pytest.mark.parametrize("set_first", [True, False])
def test_a_set_and_a_membership_of_one_group_fail_the_preview(admins: Admins, set_first: bool) -> None:
    single = {"identity_store_id": STORE, "group_id": admins.group, "member_id": admins.people["jo"]}
    checks = [(SET, admins.program("ann")), (MEMBERSHIP, single)]
    (first, program), (second, other) = checks if set_first else checks[::-1]
    assert not Host(first.resource).provider.check({}, wire(program)).failures
    (failure,) = Host(second.resource).provider.check({}, wire(other)).failures
    assert failure.reason == (
        f"group_id is also the group of a {first.name} in this program — declare all members in one resource"
    )


def test_the_second_set_of_a_group_fails_and_removes_nobody(admins: Admins) -> None:
    admins.up("ann")
    provider = Host(SET.resource).provider
    news = provider.check({}, wire(admins.program("jo", adopt=True))).inputs
    with pytest.raises(Conflict, match="another resource in this program manages"):
        provider.create(wire(news))
    assert "ann" in admins.members()


def test_an_unknown_group_passes(admins: Admins) -> None:
    unknown: Any = Unknown()  # type: ignore[no-untyped-call]
    for program in (admins.program("ann"), admins.program("jo")):
        assert not admins.host.provider.check({}, program | {"group_id": unknown}).failures
