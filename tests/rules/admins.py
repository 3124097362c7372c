"""A group, its set, and another administrator with the console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import MEMBERSHIP, STORE
from contract.examples.group_members import SET
from contract.examples.group_membership import group, user
from contract.host import Host, new_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator


class Admins:
    """A group, its set, and another administrator with the console."""

    def __init__(self, aws: Emulator, client: Callable[[str], Any]) -> None:
        self.aws, self.store = aws, client("identitystore")
        self.group = group(client, "Admins")
        self.people = {name: user(client, name) for name in ("ann", "bob", "eve", "jo")}
        self.host = Host(SET.resource)
        aws.calls.clear()

    def program(self, *names: str, **more: Any) -> dict[str, Any]:
        """Return a program whose labels are the names."""
        return self.labelled({name: self.people[name] for name in names}, **more)

    def labelled(self, members: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"identity_store_id": STORE, "group_id": self.group, "members": members} | more

    def up(self, *names: str, **more: Any) -> str:
        return self.host.up(self.program(*names, **more))

    def refresh(self) -> bool:
        """Refresh as a command of its own."""
        new_command()
        return self.host.refresh()

    def join(self, name: str, *, group: str = "") -> None:
        """Add a member in the console."""
        self.store.create_group_membership(
            IdentityStoreId=STORE, GroupId=group or self.group, MemberId={"UserId": self.people[name]}
        )
        self.aws.calls.clear()

    def leave(self, name: str) -> None:
        """Remove a member in the console."""
        self.store.delete_group_membership(IdentityStoreId=STORE, MembershipId=self.memberships()[name])
        self.aws.calls.clear()

    def memberships(self, group: str = "") -> dict[str, str]:
        """Return name → membership id, as AWS has them."""
        listed = self.store.list_group_memberships(IdentityStoreId=STORE, GroupId=group or self.group)
        names = {id_: name for name, id_ in self.people.items()}
        return {
            names[membership["MemberId"]["UserId"]]: membership["MembershipId"]
            for membership in listed["GroupMemberships"]
        }

    def members(self, group: str = "") -> list[str]:
        names = sorted(self.memberships(group))
        self.aws.calls.clear()
        return names

    def calls(self) -> list[str]:
        """Return the operations since the last time."""
        operations = [call.operation for call in self.aws.calls]
        self.aws.calls.clear()
        return operations

    def single(self, name: str) -> Host:
        """Create a GroupMembership in an earlier run."""
        host = Host(MEMBERSHIP.resource)
        host.up({"identity_store_id": STORE, "group_id": self.group, "member_id": self.people[name]})
        new_command()
        self.aws.calls.clear()
        return host


@pytest.fixture
def admins(aws: Emulator, client: Callable[[str], Any]) -> Admins:
    """A group without members, and four people."""
    return Admins(aws, client)
