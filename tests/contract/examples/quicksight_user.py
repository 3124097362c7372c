"""Users of QuickSight: its own, with an external login, and IAM's."""

from __future__ import annotations

from typing import Any

import pulumi_identity as identity

from ._example import ACCOUNT, ROLE, Example, Write

FEDERATION = "external_login_federation_provider_type"
COMPUTED = frozenset({"arn", "principal_id", "active"})
CALLS = {"create": 1, "update": 2, "delete": 1}


def where(props: dict[str, Any]) -> dict[str, str]:
    """Return what names a user in requests."""
    members = {"AwsAccountId": "aws_account_id", "Namespace": "namespace", "UserName": "user_name"}
    return {member: props[name] for member, name in members.items()}


def live(aws: Any, where: dict[str, str]) -> dict[str, Any]:
    """Return what QuickSight has of a user, with the tags."""
    user = dict(aws.describe_user(**where)["User"])
    tags = aws.list_tags_for_resource(ResourceArn=user["Arn"]).get("Tags", [])
    return user | {"Tags": {tag["Key"]: tag["Value"] for tag in tags}}


QUICKSIGHT = Example(
    resource=identity.QuickSightUser,
    program={"aws_account_id": ACCOUNT, "user_name": "jo", "email": "jo@example.com", "user_role": "READER"},
    changes={
        "email": ("j.doe@example.com", "jo.doe@example.com"),
        "user_role": ("AUTHOR", "ADMIN"),
        "custom_permissions_name": ("no-exports", "no-sharing"),
        FEDERATION: ("COGNITO",),
        "tags": ({"team": "data", "Cost:Center": "42"}, {"team": "ops", "é": "è"}),
    },
    kept=frozenset({"email", "user_role"}),
    replacements={"user_name": "jo/doe", "identity_type": "IAM_IDENTITY_CENTER"},
    previewed={"aws_account_id": "210987654321", "namespace": "other"},
    defaults={"namespace": "default", "identity_type": "QUICKSIGHT"},
    configured={"aws_account_id": ("awsAccountId", "210987654321"), "namespace": ("namespace", "other")},
    computed=COMPUTED | {"user_invitation_url"},
    secrets=frozenset({"user_invitation_url"}),
    calls=CALLS,
    where=where,
    live=live,
    writes=(
        Write(change={"user_role": "AUTHOR", "email": "j.doe@example.com"}),
        Write(particular="only one of role and address changed", change={"user_role": "AUTHOR"}),
        Write(
            particular="tags added, changed and removed",
            more={"tags": {"team": "data", "cost": "1"}},
            change={"tags": {"team": "ops", "owner": "ann"}},
        ),
    ),
)

FEDERATED = Example(
    resource=identity.QuickSightUser,
    variant="with an external login",
    program={
        "user_name": "jo",
        "email": "jo@example.com",
        "user_role": "READER",
        FEDERATION: "CUSTOM_OIDC",
        "custom_federation_provider_url": "https://idp.example.com",
    },
    changes={
        "custom_federation_provider_url": ("https://idp.example.org", "https://idp.example.net"),
        "external_login_id": ("jo-1", "jo-2"),
    },
    kept=frozenset({"custom_federation_provider_url"}),
    computed_defaults=frozenset({"region", "aws_account_id"}),
    computed=COMPUTED | {"user_invitation_url"},
    secrets=frozenset({"user_invitation_url"}),
    calls={"create": 1, "update": 3, "delete": 1},
)

OF_IAM_USER = Example(
    resource=identity.QuickSightUser,
    variant="of an IAM user",
    program={
        "identity_type": "IAM",
        "iam_arn": f"arn:aws:iam::{ACCOUNT}:user/teams/jo",
        "email": "jo@example.com",
        "user_role": "AUTHOR",
    },
    changes={"email": ("j.doe@example.com", "jo.doe@example.com")},
    kept=frozenset({"email"}),
    replacements={"iam_arn": f"arn:aws:iam::{ACCOUNT}:user/teams/joanna"},
    never_returned=frozenset({"iam_arn"}),
    computed_defaults=frozenset({"region", "aws_account_id", "user_name"}),
    computed=COMPUTED,
    calls=CALLS,
)

OF_IAM_ROLE = Example(
    resource=identity.QuickSightUser,
    variant="of an IAM role",
    program={
        "identity_type": "IAM",
        "iam_arn": ROLE,
        "session_name": "jo@example.com",
        "email": "jo@example.com",
        "user_role": "AUTHOR",
    },
    replacements={"iam_arn": f"{ROLE}/Others", "session_name": "joanna@example.com"},
    never_returned=frozenset({"iam_arn", "session_name"}),
    computed_defaults=frozenset({"region", "aws_account_id", "user_name"}),
    computed=COMPUTED,
    orphan=lambda aws: aws.quicksight.remove_iam_principal(ROLE),
)
