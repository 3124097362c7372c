"""A user of AppStream's user pool."""

from __future__ import annotations

from typing import Any

import pulumi_identity as identity

from ._example import Example, Write


def live(aws: Any, where: dict[str, str]) -> dict[str, Any]:
    """Return the user's entry in the pool."""
    users = aws.describe_users(AuthenticationType=where["AuthenticationType"])["Users"]
    return dict(next(user for user in users if user["UserName"] == where["UserName"]))


APPSTREAM = Example(
    resource=identity.AppStreamUser,
    program={"user_name": "jo@example.com", "first_name": "Jo", "last_name": "Doe"},
    changes={"enabled": (False, True), "message_action": ("RESEND", "SUPPRESS")},
    kept=frozenset({"enabled"}),
    replacements={
        "region": "eu-central-1",
        "user_name": "Jo@example.com",
        "first_name": "Joanna",
        "last_name": "Doe-Smith",
    },
    previewed={"authentication_type": "SAML"},
    never_returned=frozenset({"message_action"}),
    defaults={"authentication_type": "USERPOOL", "enabled": True},
    computed=frozenset({"arn", "status", "created_time"}),
    calls={"create": 2, "update": 1, "delete": 1},
    where=lambda props: {"UserName": props["user_name"], "AuthenticationType": "USERPOOL"},
    live=live,
    writes=(
        Write(change={"enabled": False}),
        Write(particular="disabled at creation", more={"enabled": False}, change={"enabled": True}),
    ),
)
