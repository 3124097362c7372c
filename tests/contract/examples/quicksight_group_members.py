"""All members of a group of QuickSight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_identity as identity

from ._example import ACCOUNT, Example, Write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Client = Callable[[str], Any]

PLACE = {"AwsAccountId": ACCOUNT, "Namespace": "default"}


def group(client: Client, name: str) -> str:
    """Create a group, and return its name."""
    return str(client("quicksight").create_group(**PLACE, GroupName=name)["Group"]["GroupName"])


def user(client: Client, name: str) -> str:
    """Register a user, and return the name."""
    request = {"UserName": name, "Email": "jo@example.com", "IdentityType": "QUICKSIGHT", "UserRole": "READER"}
    return str(client("quicksight").register_user(**PLACE, **request)["User"]["UserName"])


PARENTS: dict[str, Callable[[Client], str]] = {
    "{group}": lambda client: group(client, "Sales"),
    "{other group}": lambda client: group(client, "Sales/members"),
    "jo": lambda client: user(client, "jo"),
    "Role/ann": lambda client: user(client, "Role/ann"),
}
JO, ANN = {"jo": "jo"}, {"Role/ann": "Role/ann"}


def members(aws: Any, where: Mapping[str, str]) -> dict[str, Any]:
    """Return the names of the group's members."""
    listed = aws.list_group_memberships(**where)["GroupMemberList"]
    return {"Members": sorted(member["MemberName"] for member in listed)}


SALES_MEMBERS = Example(
    resource=identity.QuickSightGroupMembers,
    program={"aws_account_id": ACCOUNT, "group_name": "{group}", "members": JO},
    changes={"members": (JO | ANN, ANN, {}), "exclusive": (False, True)},
    kept=frozenset({"members", "exclusive"}),
    replacements={"group_name": "{other group}"},
    previewed={"aws_account_id": "210987654321", "namespace": "other"},
    never_returned=frozenset({"exclusive"}),
    defaults={"namespace": "default", "exclusive": True},
    configured={"aws_account_id": ("awsAccountId", "210987654321"), "namespace": ("namespace", "other")},
    parents=PARENTS,
    calls={"create": 3, "update": 3, "delete": 2},
    takes_existing=True,
    outlives_deletion=True,
    where=lambda props: {
        "AwsAccountId": props["aws_account_id"],
        "Namespace": props["namespace"],
        "GroupName": props["group_name"],
    },
    live=members,
    writes=(Write(change={"members": ANN}),),
)

BESIDE_OTHERS = Example(
    resource=identity.QuickSightGroupMembers,
    variant="beside other members, in the account of the credentials",
    program={"group_name": "{group}", "members": JO, "exclusive": False},
    changes={"members": (JO | ANN, ANN)},
    kept=frozenset({"members"}),
    computed_defaults=frozenset({"region", "aws_account_id"}),
    defaults={"namespace": "default"},
    computed=frozenset({"other_members"}),
    parents=PARENTS,
    calls={"create": 3, "update": 3, "delete": 2},
    takes_existing=True,
    outlives_deletion=True,
)
