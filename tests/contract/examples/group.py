"""A group of the identity store."""

from __future__ import annotations

import pulumi_identity as identity

from ._example import STORE, Example, Write

GROUP_EXAMPLE = Example(
    resource=identity.Group,
    program={"identity_store_id": STORE, "display_name": "Admins"},
    changes={"display_name": ("Admins / Berlin", "Admins"), "description": ("May do all", "Die dürfen's")},
    kept=frozenset({"display_name"}),
    replacements={"identity_store_id": "d-0987654321"},
    configured={"identity_store_id": ("identityStoreId", "d-0987654321")},
    computed=frozenset({"group_id", "group_arn", "revision"}),
    elsewhere={"external_ids": "only SCIM sets it: tests/rules/test_adoption.py"},
    where=lambda props: {"IdentityStoreId": props["identity_store_id"], "GroupId": props["group_id"]},
    live=lambda aws, where: aws.describe_group(**where),
    writes=(Write(change={"description": "May do all"}),),
)
