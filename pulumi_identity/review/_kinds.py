"""What a review knows of each kind of resource. A test compares it with what the package declares."""

from __future__ import annotations

from dataclasses import dataclass

TYPE = "pulumi-python:dynamic/identity:"
"""How the type tokens of this package begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One resource class, as a reviewer sees it."""

    noun: str
    plural: str
    named_by: str | None
    """The property that is its name in AWS; a membership has none."""
    person: bool
    """Whether deleting one takes something from one person."""
    access: frozenset[str]
    """The properties whose values decide who gets in, or as what."""
    deleting: str
    """What deleting or replacing one does, in one sentence."""


KINDS: dict[str, Kind] = {
    "IdentityStoreUser": Kind(
        noun="user",
        plural="users",
        named_by="user_name",
        person=True,
        access=frozenset({"identity_store_id", "user_name", "emails"}),
        deleting="All access and all memberships end at once, for good: a new user of the same name is another user.",
    ),
    "Group": Kind(
        noun="group",
        plural="groups",
        named_by="display_name",
        person=False,
        access=frozenset({"identity_store_id", "display_name"}),
        deleting="Every member loses at once what the group gives.",
    ),
    "GroupMembership": Kind(
        noun="membership",
        plural="memberships",
        named_by=None,
        person=False,
        access=frozenset({"identity_store_id", "group_id", "member_id"}),
        deleting="The person loses what the group gives.",
    ),
    "QuickSightUser": Kind(
        noun="QuickSight user",
        plural="QuickSight users",
        named_by="user_name",
        person=True,
        access=frozenset(
            {
                "aws_account_id",
                "namespace",
                "user_name",
                "email",
                "identity_type",
                "user_role",
                "iam_arn",
                "session_name",
                "custom_permissions_name",
                "external_login_federation_provider_type",
                "custom_federation_provider_url",
                "external_login_id",
            }
        ),
        deleting="QuickSight locks the person out and leaves their dashboards and analyses without an owner.",
    ),
    "AppStreamUser": Kind(
        noun="AppStream user",
        plural="AppStream users",
        named_by="user_name",
        person=True,
        access=frozenset({"user_name", "authentication_type", "enabled"}),
        deleting="AppStream locks the person out at once.",
    ),
}

REFERENCES: dict[str, tuple[str, str]] = {
    "member_id": ("IdentityStoreUser", "user_id"),
    "group_id": ("Group", "group_id"),
}
"""A membership's property → the kind it refers to, and the property there that it repeats."""

WHERE = ("identity_store_id", "aws_account_id", "namespace", "region", "authentication_type")
"""Properties that say where something is: told once where all resources agree."""

ADMIN_ROLES = ("ADMIN", "ADMIN_PRO")
EXTERNALLY_MANAGED = "externally-managed"
