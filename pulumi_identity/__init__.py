"""People and groups in AWS as Pulumi resources: QuickSight, IAM Identity Center's identity store, AppStream 2.0.

Written by tools/exports.py.
"""

from typing import TYPE_CHECKING, Any

from .errors import AlreadyExists, Conflict, Denied, IdentityError, NotFound, Rejected, Throttled
from .resources import AppStreamUser, Group, GroupMembership, IdentityStoreUser, QuickSightGroup, QuickSightUser

if TYPE_CHECKING:
    from .lookups import (
        get_appstream_user,
        get_appstream_user_output,
        get_appstream_users,
        get_appstream_users_output,
        get_group,
        get_group_id,
        get_group_id_output,
        get_group_membership,
        get_group_membership_id,
        get_group_membership_id_output,
        get_group_membership_output,
        get_group_memberships,
        get_group_memberships_for_member,
        get_group_memberships_for_member_output,
        get_group_memberships_output,
        get_group_output,
        get_groups,
        get_groups_output,
        get_identity_context,
        get_identity_context_output,
        get_identity_store,
        get_identity_store_output,
        get_identity_stores,
        get_identity_stores_output,
        get_quicksight_user,
        get_quicksight_user_output,
        get_quicksight_users,
        get_quicksight_users_output,
        get_session_embed_url,
        get_session_embed_url_output,
        get_user,
        get_user_id,
        get_user_id_output,
        get_user_output,
        get_users,
        get_users_output,
        is_member_in_groups,
        is_member_in_groups_output,
    )
    from .types import (
        Address,
        AddressOutput,
        AppStreamUserArgs,
        Email,
        EmailOutput,
        ExternalId,
        GroupArgs,
        GroupMembershipArgs,
        IdentityStoreUserArgs,
        Name,
        NameOutput,
        PhoneNumber,
        PhoneNumberOutput,
        Photo,
        PhotoOutput,
        QuickSightGroupArgs,
        QuickSightUserArgs,
        Role,
        RoleOutput,
        UserRole,
    )

__all__ = [
    "Address",
    "AddressOutput",
    "AlreadyExists",
    "AppStreamUser",
    "AppStreamUserArgs",
    "Conflict",
    "Denied",
    "Email",
    "EmailOutput",
    "ExternalId",
    "Group",
    "GroupArgs",
    "GroupMembership",
    "GroupMembershipArgs",
    "IdentityError",
    "IdentityStoreUser",
    "IdentityStoreUserArgs",
    "Name",
    "NameOutput",
    "NotFound",
    "PhoneNumber",
    "PhoneNumberOutput",
    "Photo",
    "PhotoOutput",
    "QuickSightGroup",
    "QuickSightGroupArgs",
    "QuickSightUser",
    "QuickSightUserArgs",
    "Rejected",
    "Role",
    "RoleOutput",
    "Throttled",
    "UserRole",
    "get_appstream_user",
    "get_appstream_user_output",
    "get_appstream_users",
    "get_appstream_users_output",
    "get_group",
    "get_group_id",
    "get_group_id_output",
    "get_group_membership",
    "get_group_membership_id",
    "get_group_membership_id_output",
    "get_group_membership_output",
    "get_group_memberships",
    "get_group_memberships_for_member",
    "get_group_memberships_for_member_output",
    "get_group_memberships_output",
    "get_group_output",
    "get_groups",
    "get_groups_output",
    "get_identity_context",
    "get_identity_context_output",
    "get_identity_store",
    "get_identity_store_output",
    "get_identity_stores",
    "get_identity_stores_output",
    "get_quicksight_user",
    "get_quicksight_user_output",
    "get_quicksight_users",
    "get_quicksight_users_output",
    "get_session_embed_url",
    "get_session_embed_url_output",
    "get_user",
    "get_user_id",
    "get_user_id_output",
    "get_user_output",
    "get_users",
    "get_users_output",
    "is_member_in_groups",
    "is_member_in_groups_output",
]


def __getattr__(name: str) -> Any:
    """Import the lookups and the types of values when one is first used: most programs use none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import types  # noqa: PLC0415

    if name in types.__all__:
        return getattr(types, name)
    from . import lookups  # noqa: PLC0415

    globals().update((public, getattr(lookups, public)) for public in lookups.__all__ if public in __all__)
    return globals()[name]


def __dir__() -> list[str]:
    """List the lookups and the types too, before they are imported."""
    return sorted({*globals(), *__all__})
