"""A QuickSight group, its set, and another administrator with the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.host import Host, new_command, wire

from pulumi_identity import QuickSightGroupMembers

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

ACCOUNT = "123456789012"
PLACE = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
SALES = PLACE | {"GroupName": "Sales"}


class Sales:
    """The group Sales as another administrator sees it."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def add(self, *names: str) -> None:
        """Add members outside Pulumi."""
        for name in names:
            self._client.create_group_membership(**SALES, MemberName=name)

    def remove(self, name: str) -> None:
        """Remove a member outside Pulumi."""
        self._client.delete_group_membership(**SALES, MemberName=name)

    @property
    def members(self) -> set[str]:
        """The names of the members in AWS."""
        return {member["MemberName"] for member in self._client.list_group_memberships(**SALES)["GroupMemberList"]}


@pytest.fixture
def sales(aws: Emulator, client: Callable[[str], Any]) -> Sales:
    """A group without members, and users of its namespace."""
    aws.quicksight.seed_users(["jo", "ann", "bob", "eve", "Role/mallory"], ACCOUNT)
    client("quicksight").create_group(**SALES)
    return Sales(client("quicksight"))


def declared(*names: str, **more: Any) -> dict[str, Any]:
    """Return a program with a set of the group Sales. The account is that of the credentials."""
    return {"group_name": "Sales", "members": {name: name for name in names}, **more}


def a_set(program: dict[str, Any]) -> Host:
    """Create a set in a run of its own."""
    host = Host(QuickSightGroupMembers)
    host.up(program)
    new_command()
    return host


def create(resource: Any, program: dict[str, Any]) -> Host:
    """Create a resource in the current run."""
    host = Host(resource)
    host.inputs = host._check(program)
    made = host.provider.create(wire(host.inputs))
    host.id, host.outputs = made.id, wire(made.outs)
    return host


def plan(host: Host, program: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Return the inputs and the diff of a resource in the current run. `Host.preview` is a run of its own."""
    inputs = host._check(program)
    return inputs, host.provider.diff(host.id, wire(host.outputs), wire(inputs))


def update(host: Host, program: dict[str, Any]) -> None:
    """Preview and update a resource in the current run."""
    inputs, diff = plan(host, program)
    assert diff.changes is not False
    assert not diff.replaces
    host.outputs = wire(host.provider.update(host.id, wire(host.outputs), wire(inputs)).outs)
    host.inputs = inputs


def delete(host: Host) -> None:
    """Delete a resource in the current run."""
    host.provider.delete(host.id, wire(host.outputs))
