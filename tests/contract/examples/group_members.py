"""All members of a group of the identity store."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pulumi_identity as identity

from ._example import STORE, Example, Write
from .group_membership import GROUP, MEMBER, OTHER_GROUP, OTHER_MEMBER, PARENTS, user

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .group_membership import Client

_NUMBERS = itertools.count(1)


def members(aws: Any, where: Mapping[str, str]) -> dict[str, Any]:
    """Return the ids of the group's members."""
    listed = aws.list_group_memberships(**where)["GroupMemberships"]
    return {"Members": sorted(membership["MemberId"]["UserId"] for membership in listed)}


def intrude(client: Client, where: Mapping[str, str], *, count: int = 1) -> None:
    """Add people to the group as another administrator does."""
    for _ in range(count):
        name = f"eve-{next(_NUMBERS)}"
        client("identitystore").create_group_membership(**where, MemberId={"UserId": user(client, name)})


SET = Example(
    resource=identity.GroupMembers,
    program={"identity_store_id": STORE, "group_id": GROUP, "members": {"u1": MEMBER}},
    changes={
        "members": ({"u1": MEMBER, "ü 2/3": OTHER_MEMBER}, {"u2": OTHER_MEMBER}, {}),
        "exclusive": (False, True),
    },
    kept=frozenset({"members", "exclusive"}),
    replacements={"group_id": OTHER_GROUP},
    previewed={"identity_store_id": "d-0987654321"},
    never_returned=frozenset({"exclusive"}),
    defaults={"exclusive": True},
    configured={"identity_store_id": ("identityStoreId", "d-0987654321")},
    parents=PARENTS,
    calls={"create": 3, "update": 3, "delete": 2},
    takes_existing=True,
    outlives_deletion=True,
    where=lambda props: {"IdentityStoreId": props["identity_store_id"], "GroupId": props["group_id"]},
    live=members,
    intrude=intrude,
    writes=(Write(change={"members": {"u2": OTHER_MEMBER}}),),
)

ADDITIVE = Example(
    resource=identity.GroupMembers,
    variant="beside other members",
    program={"identity_store_id": STORE, "group_id": GROUP, "members": {"u1": MEMBER}, "exclusive": False},
    changes={"members": ({"u1": MEMBER, "u2": OTHER_MEMBER}, {"u2": OTHER_MEMBER})},
    kept=frozenset({"members"}),
    computed=frozenset({"other_members"}),
    parents=PARENTS,
    calls={"create": 3, "update": 3, "delete": 2},
    takes_existing=True,
    outlives_deletion=True,
)
