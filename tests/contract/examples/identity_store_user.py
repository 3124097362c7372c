"""A user of the identity store."""

from __future__ import annotations

import pulumi_identity as identity

from ._example import STORE, Example, Write

USER = Example(
    resource=identity.IdentityStoreUser,
    program={
        "identity_store_id": STORE,
        "user_name": "jo",
        "display_name": "Jo Doe",
        "name": {"given_name": "Jo", "family_name": "Doe"},
    },
    changes={
        "user_name": ("Jo", "jo.doe", "jo"),
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
    kept=frozenset({"user_name", "display_name", "name"}),
    replacements={"identity_store_id": "d-0987654321"},
    configured={"identity_store_id": ("identityStoreId", "d-0987654321")},
    computed=frozenset({"user_id", "user_arn", "revision"}),
    elsewhere={"external_ids": "only SCIM sets it: tests/rules/test_adoption.py"},
    where=lambda props: {"IdentityStoreId": props["identity_store_id"], "UserId": props["user_id"]},
    live=lambda aws, where: aws.describe_user(**where, Extensions=["aws:identitystore:enterprise"]),
    writes=(Write(change={"title": "Engineer", "nick_name": "JD", "emails": [{"value": "jo@example.com"}]}),),
)
