"""The `_output` forms of the lookups: the same functions for outputs. Written by tools/exports.py.

They take `Input`s, look up once those are known, and answer an `Output`: unknown in a preview as long as an argument
is, secret where an argument or the answer is. `opts` is what Pulumi's own functions take; of it, `depends_on` counts:
the lookup waits until those resources are made, and is unknown in a preview that would make them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._invoke import on_outputs
from .appstream import get_appstream_user, get_appstream_users
from .identitystore import get_group, get_group_id, get_groups, get_user, get_user_id, get_users
from .memberships import (
    get_group_membership,
    get_group_membership_id,
    get_group_memberships,
    get_group_memberships_for_member,
    is_member_in_groups,
)
from .quicksight import get_identity_context, get_quicksight_user, get_quicksight_users, get_session_embed_url
from .stores import get_identity_store, get_identity_stores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pulumi import Input, InvokeOutputOptions, Output

    from pulumi_identity.resources.identitystore.types import ExternalId

    from .appstream import GetAppStreamUserResult
    from .identitystore import GetGroupIdResult, GetGroupResult, GetUserIdResult, GetUserResult, GroupFilter, UserFilter
    from .memberships import GetGroupMembershipIdResult, GetGroupMembershipResult
    from .quicksight import GetIdentityContextResult, GetQuickSightUserResult, GetSessionEmbedUrlResult
    from .stores import GetIdentityStoreResult, ListedIdentityStore


def get_appstream_user_output(
    user_name: Input[str],
    *,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetAppStreamUserResult]:
    """Do what `get_appstream_user` does, once the arguments are known."""
    return on_outputs(get_appstream_user, locals())


def get_appstream_users_output(
    *,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetAppStreamUserResult, ...]]:
    """Do what `get_appstream_users` does, once the arguments are known."""
    return on_outputs(get_appstream_users, locals())


def get_user_output(
    *,
    user_id: Input[str | None] = None,
    user_name: Input[str | None] = None,
    email: Input[str | None] = None,
    external_id: Input[ExternalId | None] = None,
    extensions: Input[Sequence[Input[str]] | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetUserResult]:
    """Do what `get_user` does, once the arguments are known."""
    return on_outputs(get_user, locals())


def get_user_id_output(
    *,
    user_name: Input[str | None] = None,
    email: Input[str | None] = None,
    external_id: Input[ExternalId | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetUserIdResult]:
    """Do what `get_user_id` does, once the arguments are known."""
    return on_outputs(get_user_id, locals())


def get_users_output(
    *,
    filters: Input[Mapping[UserFilter, Input[str]] | None] = None,
    extensions: Input[Sequence[Input[str]] | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetUserResult, ...]]:
    """Do what `get_users` does, once the arguments are known."""
    return on_outputs(get_users, locals())


def get_group_output(
    *,
    group_id: Input[str | None] = None,
    display_name: Input[str | None] = None,
    external_id: Input[ExternalId | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetGroupResult]:
    """Do what `get_group` does, once the arguments are known."""
    return on_outputs(get_group, locals())


def get_group_id_output(
    *,
    display_name: Input[str | None] = None,
    external_id: Input[ExternalId | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetGroupIdResult]:
    """Do what `get_group_id` does, once the arguments are known."""
    return on_outputs(get_group_id, locals())


def get_groups_output(
    *,
    filters: Input[Mapping[GroupFilter, Input[str]] | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetGroupResult, ...]]:
    """Do what `get_groups` does, once the arguments are known."""
    return on_outputs(get_groups, locals())


def get_group_membership_output(
    membership_id: Input[str],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetGroupMembershipResult]:
    """Do what `get_group_membership` does, once the arguments are known."""
    return on_outputs(get_group_membership, locals())


def get_group_membership_id_output(
    group_id: Input[str],
    member_id: Input[str],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetGroupMembershipIdResult]:
    """Do what `get_group_membership_id` does, once the arguments are known."""
    return on_outputs(get_group_membership_id, locals())


def get_group_memberships_output(
    group_id: Input[str],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetGroupMembershipResult, ...]]:
    """Do what `get_group_memberships` does, once the arguments are known."""
    return on_outputs(get_group_memberships, locals())


def get_group_memberships_for_member_output(
    member_id: Input[str],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetGroupMembershipResult, ...]]:
    """Do what `get_group_memberships_for_member` does, once the arguments are known."""
    return on_outputs(get_group_memberships_for_member, locals())


def is_member_in_groups_output(
    member_id: Input[str],
    group_ids: Input[Sequence[Input[str]]],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[dict[str, bool]]:
    """Do what `is_member_in_groups` does, once the arguments are known."""
    return on_outputs(is_member_in_groups, locals())


def get_quicksight_user_output(
    user_name: Input[str],
    *,
    namespace: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetQuickSightUserResult]:
    """Do what `get_quicksight_user` does, once the arguments are known."""
    return on_outputs(get_quicksight_user, locals())


def get_quicksight_users_output(
    *,
    namespace: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetQuickSightUserResult, ...]]:
    """Do what `get_quicksight_users` does, once the arguments are known."""
    return on_outputs(get_quicksight_users, locals())


def get_session_embed_url_output(
    *,
    user_arn: Input[str | None] = None,
    entry_point: Input[str | None] = None,
    session_lifetime_in_minutes: Input[int | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetSessionEmbedUrlResult]:
    """Do what `get_session_embed_url` does, once the arguments are known."""
    return on_outputs(get_session_embed_url, locals())


def get_identity_context_output(
    *,
    user_name: Input[str | None] = None,
    email: Input[str | None] = None,
    user_arn: Input[str | None] = None,
    namespace: Input[str | None] = None,
    session_expires_at: Input[datetime | str | None] = None,
    context_region: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetIdentityContextResult]:
    """Do what `get_identity_context` does, once the arguments are known."""
    return on_outputs(get_identity_context, locals())


def get_identity_store_output(
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetIdentityStoreResult]:
    """Do what `get_identity_store` does, once the arguments are known."""
    return on_outputs(get_identity_store, locals())


def get_identity_stores_output(
    *,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[ListedIdentityStore, ...]]:
    """Do what `get_identity_stores` does, once the arguments are known."""
    return on_outputs(get_identity_stores, locals())
