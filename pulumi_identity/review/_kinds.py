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
    unique_in: frozenset[str]
    """The properties that say where that name is unique."""
    person: bool
    """Whether deleting one takes something from one person."""
    access: frozenset[str]
    """The properties whose values decide who gets in, or as what."""
    login: frozenset[str] = frozenset()
    """The paths of values that decide who can sign in as a person that exists, or reset the password."""
    deleting: str
    """What deleting or replacing one does, in one sentence."""

    @property
    def title(self) -> str:
        """What many are called at the beginning of a line."""
        return self.plural[0].upper() + self.plural[1:]


KINDS: dict[str, Kind] = {
    "IdentityStoreUser": Kind(
        noun="user",
        plural="users",
        named_by="user_name",
        unique_in=frozenset({"identity_store_id"}),
        person=True,
        access=frozenset({"identity_store_id", "user_name", "emails"}),
        login=frozenset({"emails[0].value"}),
        deleting="All access and all memberships end at once, for good: a new user of the same name is another user.",
    ),
    "Group": Kind(
        noun="group",
        plural="groups",
        named_by="display_name",
        unique_in=frozenset({"identity_store_id"}),
        person=False,
        access=frozenset({"identity_store_id", "display_name"}),
        deleting="Every member loses at once what the group gives, for good: a new group of the same name has none of"
        " its permission sets.",
    ),
    "GroupMembership": Kind(
        noun="membership",
        plural="memberships",
        named_by=None,
        unique_in=frozenset({"identity_store_id"}),
        person=False,
        access=frozenset({"identity_store_id", "group_id", "member_id"}),
        deleting="The person loses what the group gives.",
    ),
    "QuickSightUser": Kind(
        noun="QuickSight user",
        plural="QuickSight users",
        named_by="user_name",
        unique_in=frozenset({"aws_account_id", "namespace"}),
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
        login=frozenset(
            {"email", "external_login_federation_provider_type", "custom_federation_provider_url", "external_login_id"}
        ),
        deleting="QuickSight locks the person out and leaves their dashboards and analyses without an owner.",
    ),
    "AppStreamUser": Kind(
        noun="AppStream user",
        plural="AppStream users",
        named_by="user_name",
        unique_in=frozenset({"region"}),
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

WHERE = {
    "identity_store_id": "identity store",
    "aws_account_id": "account",
    "namespace": "namespace",
    "region": "region",
    "role_arn": "role",
}
"""The properties that say where something is, as readers call them: told once where all resources agree."""

USUAL = {"authentication_type": "USERPOOL"}
"""A property's value that all have who have it, and that says nothing."""

NEVER_READ = frozenset({"region", "role_arn", "adopt", "iam_arn", "session_name", "message_action"})
"""The properties that AWS doesn't tell: they are as state has them, and nobody changes them outside Pulumi."""

ADMIN_ROLES = ("ADMIN", "ADMIN_PRO")
EXTERNALLY_MANAGED = "externally-managed"
