"""A directory in the emulator, and the resources of a stack that manages a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pulumi_identity as identity
from pulumi_identity._state import RESOLVED
from pulumi_identity.provider.declare import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pulumi.dynamic import Resource

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"
ACCOUNT = "123456789012"
REGION = "us-east-1"
NAME = {"GivenName": "Jo", "FamilyName": "Doe"}
PER_GROUP = 40


class Entity(NamedTuple):
    """A resource in state: the name of its kind, its physical id, its inputs, its outputs."""

    kind: str
    id: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]


def users(aws: Emulator, number: int, *, of: int = 0) -> list[Entity]:
    """Create users in the store, and return some of them, evenly spread.

    Args:
        aws: The emulator.
        number: How many users to return.
        of: How many users to create, at least `number`.
    """
    names = [f"user-{index:06}" for index in range(max(of, number))]
    user_ids = aws.identitystore.seed_users(
        STORE, ({"UserName": name, "DisplayName": name, "Name": NAME} for name in names), ACCOUNT, REGION
    )
    both = list(zip(names, user_ids, strict=True))[:: max(of, number) // number][:number]
    return _entities(
        identity.IdentityStoreUser,
        (
            (
                f"{STORE}/{id_}",
                {
                    "identity_store_id": STORE,
                    "user_name": name,
                    "display_name": name,
                    "name": {"given_name": "Jo", "family_name": "Doe"},
                },
            )
            for name, id_ in both
        ),
    )


def everything(aws: Emulator, people: int = 1000, groups: int = 50, accounts: int = 500) -> list[Entity]:
    """Return the resources of a large stack: users, groups of 40, QuickSight users and AppStream users.

    Args:
        aws: The emulator.
        people: How many users of the identity store.
        groups: How many groups.
        accounts: How many QuickSight users, and how many AppStream users.
    """
    members = users(aws, people)
    names = [f"group-{index}" for index in range(groups)]
    group_ids = aws.identitystore.seed_groups(STORE, ({"DisplayName": name} for name in names), ACCOUNT, REGION)
    pairs = [
        (group_id, members[(number * PER_GROUP + place) % people].outputs["user_id"])
        for number, group_id in enumerate(group_ids)
        for place in range(PER_GROUP)
    ]
    memberships = aws.identitystore.seed_memberships(STORE, pairs)
    addresses = [f"user-{index}@example.com" for index in range(accounts)]
    readers = aws.quicksight.seed_users(addresses, ACCOUNT)
    aws.appstream.seed_users(addresses, ACCOUNT, REGION)
    store = {"identity_store_id": STORE}
    return [
        *members,
        *_entities(
            identity.Group,
            ((f"{STORE}/{id_}", store | {"display_name": name}) for name, id_ in zip(names, group_ids, strict=True)),
        ),
        *_entities(
            identity.GroupMembership,
            (
                (f"{STORE}/{id_}", store | {"group_id": group, "member_id": member})
                for id_, (group, member) in zip(memberships, pairs, strict=True)
            ),
        ),
        *_entities(
            identity.QuickSightUser,
            (
                (
                    arn,
                    {
                        "aws_account_id": ACCOUNT,
                        "namespace": "default",
                        "user_name": address,
                        "email": f"user{number}@example.com",
                        "identity_type": "QUICKSIGHT",
                        "user_role": "READER",
                    },
                )
                for number, (address, arn) in enumerate(zip(addresses, readers, strict=True))
            ),
        ),
        *_entities(
            identity.AppStreamUser,
            (
                (
                    f"{address}/USERPOOL",
                    {"user_name": address, "authentication_type": "USERPOOL", "enabled": True},
                )
                for address in addresses
            ),
        ),
    ]


def _entities(resource: type[Resource], entities: Iterable[tuple[str, dict[str, Any]]]) -> list[Entity]:
    kind = kind_of(resource)
    return [
        Entity(kind.name, id_, inputs, inputs | kind.parse_id(id_, REGION) | {"region": REGION, RESOLVED: ["region"]})
        for id_, inputs in entities
    ]
