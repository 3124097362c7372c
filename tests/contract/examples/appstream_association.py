"""An association of AppStream, and the stacks and users that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3

import pulumi_identity as identity

from ._example import Example, Write

if TYPE_CHECKING:
    from collections.abc import Callable

    Client = Callable[[str], Any]

STACK, OTHER_STACK, USER, OTHER_USER = "desktop", "design", "jo@example.com", "ann@example.com"
"""Names of their own, so each stands in for itself."""
OTHER_REGION = "eu-central-1"


def in_both_regions(client: Client) -> list[Any]:
    """Return clients for the region of the tests and for another region."""
    here = client("appstream")
    there = boto3.client("appstream", region_name=OTHER_REGION, endpoint_url=here.meta.endpoint_url)
    return [here, there]


def stack(client: Client, name: str) -> str:
    """Create a stack in both regions, and return its name."""
    for appstream in in_both_regions(client):
        appstream.create_stack(Name=name)
    return name


def user(client: Client, name: str) -> str:
    """Create a user in both regions, and return its name."""
    for appstream in in_both_regions(client):
        appstream.create_user(UserName=name, AuthenticationType="USERPOOL", MessageAction="SUPPRESS")
    return name


def live(aws: Any, where: dict[str, str]) -> dict[str, Any]:
    """Return the association."""
    (association,) = aws.describe_user_stack_associations(**where)["UserStackAssociations"]
    return dict(association)


ASSOCIATION = Example(
    resource=identity.AppStreamUserStackAssociation,
    program={"stack_name": STACK, "user_name": USER},
    changes={"send_email_notification": (True, False)},
    replacements={"region": OTHER_REGION, "stack_name": OTHER_STACK, "user_name": OTHER_USER},
    previewed={"authentication_type": "SAML"},
    never_returned=frozenset({"send_email_notification"}),
    defaults={"authentication_type": "USERPOOL"},
    computed=frozenset({"aws_account_id"}),
    calls={"create": 1, "update": 0, "delete": 1},
    parents={
        **{name: lambda client, name=name: stack(client, name) for name in (STACK, OTHER_STACK)},  # type: ignore[misc]
        **{name: lambda client, name=name: user(client, name) for name in (USER, OTHER_USER)},  # type: ignore[misc]
    },
    takes_existing=True,
    where=lambda props: {
        "StackName": props["stack_name"],
        "UserName": props["user_name"],
        "AuthenticationType": "USERPOOL",
    },
    live=live,
    writes=(Write(),),
)
