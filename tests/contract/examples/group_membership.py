"""A membership of the identity store, and the groups and users that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_identity as identity

from ._example import STORE, Example, Write

if TYPE_CHECKING:
    from collections.abc import Callable

    Client = Callable[[str], Any]

GROUP, OTHER_GROUP, MEMBER, OTHER_MEMBER = "{group}", "{other group}", "{user}", "{other user}"


def user(client: Client, name: str) -> str:
    """Create a user, and return its id."""
    names = {"GivenName": name, "FamilyName": name}
    request = {"UserName": name, "DisplayName": name, "Name": names}
    return str(client("identitystore").create_user(IdentityStoreId=STORE, **request)["UserId"])


def group(client: Client, name: str) -> str:
    """Create a group, and return its id."""
    return str(client("identitystore").create_group(IdentityStoreId=STORE, DisplayName=name)["GroupId"])


PARENTS: dict[str, Callable[[Client], str]] = {
    GROUP: lambda client: group(client, "g1"),
    OTHER_GROUP: lambda client: group(client, "g2"),
    MEMBER: lambda client: user(client, "u1"),
    OTHER_MEMBER: lambda client: user(client, "u2"),
}

MEMBERSHIP = Example(
    resource=identity.GroupMembership,
    program={"identity_store_id": STORE, "group_id": GROUP, "member_id": MEMBER},
    replacements={"group_id": OTHER_GROUP, "member_id": OTHER_MEMBER},
    previewed={"identity_store_id": "d-0987654321"},
    configured={"identity_store_id": ("identityStoreId", "d-0987654321")},
    computed=frozenset({"membership_id", "membership_arn"}),
    parents=PARENTS,
    takes_existing=True,
    where=lambda props: {"IdentityStoreId": props["identity_store_id"], "MembershipId": props["membership_id"]},
    live=lambda aws, where: aws.describe_group_membership(**where),
    writes=(Write(),),
)
