"""QuickSight's rules across the properties of a user."""

from __future__ import annotations

from pulumi_identity.provider.failures import PropertyRule

from .iam import is_a_role, may_be_a_role

FEDERATION = "external_login_federation_provider_type"

RULES = (
    PropertyRule(
        "iam_arn",
        lambda new: new.get("identity_type") == "IAM" and "iam_arn" not in new,
        "is required when identity_type is IAM",
    ),
    PropertyRule(
        "iam_arn",
        lambda new: new.get("identity_type") in ("QUICKSIGHT", "IAM_IDENTITY_CENTER") and "iam_arn" in new,
        "requires identity_type IAM",
    ),
    PropertyRule(
        "user_name",
        lambda new: new.get("identity_type") == "IAM" and "user_name" in new,
        "must be left out when identity_type is IAM, because AWS derives the name from iam_arn",
    ),
    PropertyRule(
        "user_name",
        lambda new: new.get("identity_type") in ("QUICKSIGHT", "IAM_IDENTITY_CENTER") and "user_name" not in new,
        "is required unless identity_type is IAM",
    ),
    PropertyRule(
        "session_name",
        lambda new: "session_name" in new and not may_be_a_role(new.get("iam_arn")),
        "requires the ARN of a role in iam_arn",
    ),
    PropertyRule(
        "session_name",
        lambda new: "session_name" not in new and is_a_role(new.get("iam_arn")),
        "is required when iam_arn is the ARN of a role; set it to a name that identifies the person",
    ),
    PropertyRule(
        "custom_federation_provider_url",
        lambda new: new.get(FEDERATION) == "CUSTOM_OIDC" and "custom_federation_provider_url" not in new,
        f"is required when {FEDERATION} is CUSTOM_OIDC",
    ),
    PropertyRule(
        "custom_federation_provider_url",
        lambda new: new.get(FEDERATION) in (None, "COGNITO") and "custom_federation_provider_url" in new,
        f"requires {FEDERATION} CUSTOM_OIDC",
    ),
    PropertyRule(
        "external_login_id",
        lambda new: FEDERATION not in new and "external_login_id" in new,
        f"requires {FEDERATION}",
    ),
)
