"""For each resource: a program, and for each of its properties a change, a clearing or a replacement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pulumi_identity as identity

STORE = "d-1234567890"
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/Analysts"
GROUP, OTHER_GROUP, MEMBER, OTHER_MEMBER = "{group}", "{other group}", "{user}", "{other user}"
"""Stand-ins for ids that only the store knows."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """What the contract tests need to know of a resource."""

    resource: Any
    called: str
    program: dict[str, Any]
    """The least that a program says, with every property in it that a change below replaces."""
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Property → two values it can take, one after the other, in place."""
    kept: frozenset[str] = frozenset()
    """Changed properties that can't be cleared: AWS or the program needs them."""
    replacements: dict[str, Any] = field(default_factory=dict)
    """Property → a value whose setting replaces the entity."""
    calls: dict[str, int] = field(default_factory=lambda: {"create": 1, "update": 1, "delete": 1})
    """AWS calls each step may cost."""


USER = Example(
    resource=identity.IdentityStoreUser,
    called="IdentityStoreUser",
    program={
        "identity_store_id": STORE,
        "user_name": "jo",
        "display_name": "Jo Doe",
        "name": {"given_name": "Jo", "family_name": "Doe"},
    },
    changes={
        "display_name": ("Jo D.", "Jo"),
        "name": (
            {"given_name": "Jo", "family_name": "Doe-Smith", "middle_name": "M", "honorific_prefix": "Dr"},
            {"given_name": "Joanna", "family_name": "Doe", "formatted": "Joanna Doe", "honorific_suffix": "PhD"},
        ),
        "nick_name": ("Joey", "JD"),
        "profile_url": ("https://example.com/~jo", "https://example.com/jo"),
        "emails": ([{"value": "jo@example.com", "type": "work", "primary": True}], [{"value": "j.doe@example.com"}]),
        "addresses": (
            [{"street_address": "1 Main St", "locality": "Berlin", "country": "DE", "primary": True}],
            [{"formatted": "1 Main St\nBerlin", "region": "BE", "postal_code": "10115", "type": "home"}],
        ),
        "phone_numbers": ([{"value": "+49 30 1234", "type": "work"}], [{"value": "+49 30 4321", "primary": True}]),
        "user_type": ("Employee", "Contractor"),
        "title": ("Engineer", "Ingénieure d'État"),
        "preferred_language": ("en-US", "de-DE"),
        "locale": ("en-US", "de-DE"),
        "timezone": ("Europe/Berlin", "UTC"),
        "photos": (
            [{"value": "https://example.com/1.png", "display": "me"}, {"value": "https://example.com/2.png"}],
            [{"value": "https://example.com/3.png", "type": "thumbnail", "primary": True}],
        ),
        "website": ("https://example.org", "https://example.net"),
        "birthdate": ("1990-01-02", "1991-02-03"),
        "roles": ([{"value": "Reviewer", "type": "editorial"}], [{"value": "Editor", "primary": True}]),
        "extensions": (
            {"aws:identitystore:enterprise": {"costCenter": "42", "department": "R&D"}},
            {"aws:identitystore:enterprise": {"employeeNumber": "7", "department": "R&D"}},
        ),
    },
    kept=frozenset({"display_name", "name"}),
    replacements={"user_name": "jo.doe", "identity_store_id": "d-0987654321"},
)

GROUP_EXAMPLE = Example(
    resource=identity.Group,
    called="Group",
    program={"identity_store_id": STORE, "display_name": "Admins"},
    changes={"display_name": ("Admins / Berlin", "Admins"), "description": ("May do all", "Die dürfen's")},
    kept=frozenset({"display_name"}),
    replacements={"identity_store_id": "d-0987654321"},
)

MEMBERSHIP = Example(
    resource=identity.GroupMembership,
    called="GroupMembership",
    program={"identity_store_id": STORE, "group_id": GROUP, "member_id": MEMBER},
    replacements={"group_id": OTHER_GROUP, "member_id": OTHER_MEMBER},
)

QUICKSIGHT = Example(
    resource=identity.QuickSightUser,
    called="QuickSightUser",
    program={"aws_account_id": ACCOUNT, "user_name": "jo", "email": "jo@example.com", "user_role": "READER"},
    changes={
        "email": ("j.doe@example.com", "jo.doe@example.com"),
        "user_role": ("AUTHOR", "ADMIN"),
        "custom_permissions_name": ("no-exports", "no-sharing"),
        "external_login_federation_provider_type": ("COGNITO", "COGNITO"),
        "tags": ({"team": "data", "Cost:Center": "42"}, {"team": "ops", "é": "è"}),
    },
    kept=frozenset({"email", "user_role"}),
    replacements={"user_name": "jo/doe", "aws_account_id": ACCOUNT},
    calls={"create": 1, "update": 2, "delete": 1},
)

APPSTREAM = Example(
    resource=identity.AppStreamUser,
    called="AppStreamUser",
    program={"user_name": "jo@example.com", "first_name": "Jo", "last_name": "Doe"},
    changes={"enabled": (False, True), "message_action": ("RESEND", "SUPPRESS")},
    kept=frozenset({"enabled"}),
    replacements={"user_name": "Jo@example.com", "first_name": "Joanna", "last_name": "Doe-Smith"},
    calls={"create": 2, "update": 1, "delete": 1},
)

EXAMPLES = [USER, GROUP_EXAMPLE, MEMBERSHIP, QUICKSIGHT, APPSTREAM]
