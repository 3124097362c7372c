"""A group of QuickSight."""

from __future__ import annotations

import pulumi_identity as identity

from ._example import ACCOUNT, Example, Write

SALES = Example(
    resource=identity.QuickSightGroup,
    program={"aws_account_id": ACCOUNT, "group_name": "Sales"},
    changes={"description": ("Sees all", "Ventes d'été")},
    replacements={"group_name": "Sales/EMEA"},
    previewed={"aws_account_id": "210987654321", "namespace": "other"},
    defaults={"namespace": "default"},
    configured={"aws_account_id": ("awsAccountId", "210987654321"), "namespace": ("namespace", "other")},
    computed=frozenset({"arn", "principal_id"}),
    where=lambda props: {
        "AwsAccountId": props["aws_account_id"],
        "Namespace": props["namespace"],
        "GroupName": props["group_name"],
    },
    live=lambda aws, where: aws.describe_group(**where)["Group"],
    writes=(Write(change={"description": "Sees all"}),),
)

IN_OWN_ACCOUNT = Example(
    resource=identity.QuickSightGroup,
    variant="in the account of the credentials",
    program={"group_name": "Sales"},
    computed_defaults=frozenset({"region", "aws_account_id"}),
    defaults={"namespace": "default"},
    computed=frozenset({"arn", "principal_id"}),
)
