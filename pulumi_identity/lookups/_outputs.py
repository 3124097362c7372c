"""The `_output` forms of the lookups: they take and return outputs. Written by tools/exports.py.

A lookup runs when its arguments are known. Its output is unknown in a preview while an argument is unknown, and
secret if an argument or the result is. `opts` are Pulumi's options. Only `depends_on` has an effect: the lookup waits
until those resources exist, and its output is unknown in a preview that creates them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._invoke import on_outputs
from .appstream import get_appstream_user, get_appstream_users, get_user_stack_associations
from .groups import get_group, get_group_id, get_groups
from .memberships import (
    get_group_membership,
    get_group_membership_id,
    get_group_memberships,
    get_group_memberships_for_member,
    is_member_in_groups,
)
from .quicksight import get_identity_context, get_quicksight_user, get_quicksight_users, get_session_embed_url
from .quicksight_groups import (
    get_quicksight_group,
    get_quicksight_group_membership,
    get_quicksight_group_memberships,
    get_quicksight_groups,
    get_quicksight_user_groups,
)
from .stores import get_identity_store, get_identity_stores
from .users import get_user, get_user_id, get_users

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pulumi import Input, InvokeOutputOptions, Output

    from pulumi_identity.provider.settings import AssumeRole
    from pulumi_identity.resources.identitystore.types import ExternalId

    from .appstream import GetAppStreamUserResult, GetUserStackAssociationResult
    from .groups import GetGroupIdResult, GetGroupResult, GroupFilter
    from .memberships import GetGroupMembershipIdResult, GetGroupMembershipResult
    from .quicksight import GetIdentityContextResult, GetQuickSightUserResult, GetSessionEmbedUrlResult
    from .quicksight_groups import GetQuickSightGroupMembershipResult, GetQuickSightGroupResult
    from .stores import GetIdentityStoreResult, ListedIdentityStore
    from .users import GetUserIdResult, GetUserResult, UserFilter


def get_appstream_user_output(
    user_name: Input[str],
    *,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetAppStreamUserResult]:
    """Look up one user by e-mail address.

    The first lookup of a run lists the whole pool. Later lookups take no call.

    This form of `get_appstream_user` takes and returns outputs. Its output fails with the errors that
    `get_appstream_user` raises.

    Args:
        user_name: The e-mail address. Case matters.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_appstream_user, locals())


def get_appstream_users_output(
    *,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetAppStreamUserResult, ...]]:
    """List all users of the pool. The lookup takes one call for each page; AWS sets the page size.

    This form of `get_appstream_users` takes and returns outputs. Its output fails with the errors that
    `get_appstream_users` raises.

    Args:
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_appstream_users, locals())


def get_user_stack_associations_output(
    *,
    stack_name: Input[str | None] = None,
    user_name: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetUserStackAssociationResult, ...]]:
    """List the users of a stack, or the stacks of a user. Give exactly one of the two.

    The lookup takes one call for each page. If there are no associations, more calls check that the stack or the user
    exists.

    This form of `get_user_stack_associations` takes and returns outputs. Its output fails with the errors that
    `get_user_stack_associations` raises.

    Args:
        stack_name: The stack's name.
        user_name: The user's e-mail address. Case matters.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_user_stack_associations, locals())


def get_group_output(
    *,
    group_id: Input[str | None] = None,
    display_name: Input[str | None] = None,
    external_id: Input[ExternalId | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetGroupResult]:
    """Look up one group by id, display name or external id.

    Give exactly one of the three. A lookup by id takes one call, any other takes two.

    This form of `get_group` takes and returns outputs. Its output fails with the errors that `get_group` raises.

    Args:
        group_id: The group's id or ARN.
        display_name: The group's name. Case does not matter.
        external_id: The identity provider and its id for the group, as `{"issuer": …, "id": …}`.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_group, locals())


def get_group_id_output(
    *,
    display_name: Input[str | None] = None,
    external_id: Input[ExternalId | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetGroupIdResult]:
    """Look up one group's id by display name or external id.

    Give exactly one of the two. The lookup takes one call.

    This form of `get_group_id` takes and returns outputs. Its output fails with the errors that `get_group_id` raises.

    Args:
        display_name: The group's name. Case does not matter.
        external_id: The identity provider and its id for the group, as `{"issuer": …, "id": …}`.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_group_id, locals())


def get_groups_output(
    *,
    filters: Input[Mapping[GroupFilter, Input[str]] | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetGroupResult, ...]]:
    """List all groups of an identity store. The lookup takes one call for each 100 groups.

    This form of `get_groups` takes and returns outputs. Its output fails with the errors that `get_groups` raises.

    Args:
        filters: Only groups with this name, as `{"display_name": …}`. AWS has deprecated filters; use `get_group`.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_groups, locals())


def get_group_membership_output(
    membership_id: Input[str],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetGroupMembershipResult]:
    """Look up one membership by its id. The lookup takes one call.

    This form of `get_group_membership` takes and returns outputs. Its output fails with the errors that
    `get_group_membership` raises.

    Args:
        membership_id: The membership's id or ARN.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_group_membership, locals())


def get_group_membership_id_output(
    group_id: Input[str],
    member_id: Input[str],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetGroupMembershipIdResult]:
    """Look up the id of a user's membership in a group. The lookup takes one call.

    This form of `get_group_membership_id` takes and returns outputs. Its output fails with the errors that
    `get_group_membership_id` raises.

    Args:
        group_id: The group's id or ARN.
        member_id: The user's id or ARN.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_group_membership_id, locals())


def get_group_memberships_output(
    group_id: Input[str],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetGroupMembershipResult, ...]]:
    """List all memberships of a group. The lookup takes one call for each 100 memberships.

    This form of `get_group_memberships` takes and returns outputs. Its output fails with the errors that
    `get_group_memberships` raises.

    Args:
        group_id: The group's id or ARN.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_group_memberships, locals())


def get_group_memberships_for_member_output(
    member_id: Input[str],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetGroupMembershipResult, ...]]:
    """List all memberships of a user. The lookup takes one call for each 100 memberships.

    This form of `get_group_memberships_for_member` takes and returns outputs. Its output fails with the errors that
    `get_group_memberships_for_member` raises.

    Args:
        member_id: The user's id or ARN.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_group_memberships_for_member, locals())


def is_member_in_groups_output(
    member_id: Input[str],
    group_ids: Input[Sequence[Input[str]]],
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[dict[str, bool]]:
    """Check for each of several groups whether a user is a member. The lookup takes one call for each 100 groups.

    This form of `is_member_in_groups` takes and returns outputs. Its output fails with the errors that
    `is_member_in_groups` raises.

    Args:
        member_id: The user's id or ARN.
        group_ids: The ids or ARNs of the groups.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(is_member_in_groups, locals())


def get_quicksight_user_output(
    user_name: Input[str],
    *,
    namespace: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetQuickSightUserResult]:
    """Look up one user of a namespace by name. The lookup takes one call.

    This form of `get_quicksight_user` takes and returns outputs. Its output fails with the errors that
    `get_quicksight_user` raises.

    Args:
        user_name: The user name in QuickSight, such as `jo` or `ROLE/SESSION`.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_quicksight_user, locals())


def get_quicksight_users_output(
    *,
    namespace: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetQuickSightUserResult, ...]]:
    """List all users of a namespace. The lookup takes one call for each 100 users.

    This form of `get_quicksight_users` takes and returns outputs. Its output fails with the errors that
    `get_quicksight_users` raises.

    Args:
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_quicksight_users, locals())


def get_session_embed_url_output(
    *,
    user_arn: Input[str | None] = None,
    entry_point: Input[str | None] = None,
    session_lifetime_in_minutes: Input[int | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetSessionEmbedUrlResult]:
    """Open a session of the QuickSight console to embed in a web page.

    The user must be an author or an admin. Requires QuickSight's Enterprise edition. Each lookup takes one call and
    opens a new session.

    This form of `get_session_embed_url` takes and returns outputs. Its output fails with the errors that
    `get_session_embed_url` raises.

    Args:
        user_arn: The ARN of the author or admin to sign in. Unset: the IAM identity of the credentials.
        entry_point: The first page: `/start` (the default), `/start/analyses`, `/start/dashboards`, `/start/favorites`,
            `/dashboards/ID` or `/analyses/ID`.
        session_lifetime_in_minutes: The length of the session, 15 to 600 minutes.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret.

    Raises:
        TypeError: `opts` names a provider.
    """
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
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetIdentityContextResult]:
    """Get the identity context of one user by user name, e-mail address or ARN.

    With the context, a program assumes an IAM role on behalf of the user. The trust policy of the role must allow
    `sts:SetContext` besides `sts:AssumeRole`. Give exactly one of `user_name`, `email`
    and `user_arn`. `namespace` has no effect on a lookup by ARN. Users of IAM Identity Center get their context
    from IAM Identity Center. Each lookup takes one call and creates a new context.

    This form of `get_identity_context` takes and returns outputs. Its output fails with the errors that
    `get_identity_context` raises.

    Args:
        user_name: The user name in QuickSight.
        email: The user's e-mail address.
        user_arn: The ARN of the QuickSight user.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        session_expires_at: The end of the context, as a datetime with a time zone or in ISO 8601.
        context_region: The region in which the context is valid.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_identity_context, locals())


def get_quicksight_group_output(
    group_name: Input[str],
    *,
    namespace: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetQuickSightGroupResult]:
    """Look up one group of a namespace by name. The lookup takes one call.

    This form of `get_quicksight_group` takes and returns outputs. Its output fails with the errors that
    `get_quicksight_group` raises.

    Args:
        group_name: The group's name.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_quicksight_group, locals())


def get_quicksight_groups_output(
    *,
    group_name_prefix: Input[str | None] = None,
    namespace: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetQuickSightGroupResult, ...]]:
    """List all groups of a namespace. The lookup takes one call for each 100 groups.

    This form of `get_quicksight_groups` takes and returns outputs. Its output fails with the errors that
    `get_quicksight_groups` raises.

    Args:
        group_name_prefix: Only groups whose name starts with this text. AWS searches for them with SearchGroups.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_quicksight_groups, locals())


def get_quicksight_user_groups_output(
    user_name: Input[str],
    *,
    namespace: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetQuickSightGroupResult, ...]]:
    """List all groups of a user. The lookup takes one call for each 100 groups.

    This form of `get_quicksight_user_groups` takes and returns outputs. Its output fails with the errors that
    `get_quicksight_user_groups` raises.

    Args:
        user_name: The user name in QuickSight, such as `jo` or `ROLE/SESSION`.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_quicksight_user_groups, locals())


def get_quicksight_group_membership_output(
    group_name: Input[str],
    member_name: Input[str],
    *,
    namespace: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetQuickSightGroupMembershipResult]:
    """Look up a user's membership in a group. The lookup takes one call.

    This form of `get_quicksight_group_membership` takes and returns outputs. Its output fails with the errors that
    `get_quicksight_group_membership` raises.

    Args:
        group_name: The group's name.
        member_name: The user name in QuickSight, such as `jo` or `ROLE/SESSION`.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_quicksight_group_membership, locals())


def get_quicksight_group_memberships_output(
    group_name: Input[str],
    *,
    namespace: Input[str | None] = None,
    aws_account_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetQuickSightGroupMembershipResult, ...]]:
    """List all memberships of a group. The lookup takes one call for each 100 memberships.

    This form of `get_quicksight_group_memberships` takes and returns outputs. Its output fails with the errors that
    `get_quicksight_group_memberships` raises.

    Args:
        group_name: The group's name.
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_quicksight_group_memberships, locals())


def get_identity_store_output(
    *,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetIdentityStoreResult]:
    """Look up an identity store by its id, or the only one in the region.

    A lookup by id takes one call. Without an id it takes two, and lists the stores of the region. This lookup is not
    verified against AWS.

    This form of `get_identity_store` takes and returns outputs. Its output fails with the errors that
    `get_identity_store` raises.

    Args:
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_identity_store, locals())


def get_identity_stores_output(
    *,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[ListedIdentityStore, ...]]:
    """List the identity stores of the region that the credentials can access.

    This lookup is not verified against AWS.

    This form of `get_identity_stores` takes and returns outputs. Its output fails with the errors that
    `get_identity_stores` raises.

    Args:
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_identity_stores, locals())


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
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetUserResult]:
    """Look up one user by id, user name, e-mail address or external id.

    Give exactly one of the four. A lookup by id takes one call, any other takes two. To look up many users,
    call `get_users()` once.

    This form of `get_user` takes and returns outputs. Its output fails with the errors that `get_user` raises.

    Args:
        user_id: The user's id or ARN.
        user_name: The user name. Case does not matter.
        email: The e-mail address. Case does not matter.
        external_id: The identity provider and its id for the user, as `{"issuer": …, "id": …}`.
        extensions: Sets of attributes that AWS returns only on request, such as `aws:identitystore:enterprise`.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_user, locals())


def get_user_id_output(
    *,
    user_name: Input[str | None] = None,
    email: Input[str | None] = None,
    external_id: Input[ExternalId | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[GetUserIdResult]:
    """Look up one user's id by user name, e-mail address or external id.

    Give exactly one of the three. The lookup takes one call.

    This form of `get_user_id` takes and returns outputs. Its output fails with the errors that `get_user_id` raises.

    Args:
        user_name: The user name. Case does not matter.
        email: The e-mail address. Case does not matter.
        external_id: The identity provider and its id for the user, as `{"issuer": …, "id": …}`.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_user_id, locals())


def get_users_output(
    *,
    filters: Input[Mapping[UserFilter, Input[str]] | None] = None,
    extensions: Input[Sequence[Input[str]] | None] = None,
    identity_store_id: Input[str | None] = None,
    region: Input[str | None] = None,
    role_arn: Input[str | None] = None,
    profile: Input[str | None] = None,
    assume_role: Input[AssumeRole | None] = None,
    opts: InvokeOutputOptions | None = None,
) -> Output[tuple[GetUserResult, ...]]:
    """List all users of an identity store. The lookup takes one call for each 100 users.

    This form of `get_users` takes and returns outputs. Its output fails with the errors that `get_users` raises.

    Args:
        filters: Only users with this user name, as `{"user_name": …}`. AWS has deprecated filters; use `get_user`.
        extensions: Sets of attributes that AWS returns only on request, such as `aws:identitystore:enterprise`.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.
        opts: Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist.

    Returns:
        The result as an output. It is unknown in a preview while an argument is unknown. It is a secret if an argument
        is.

    Raises:
        TypeError: `opts` names a provider.
    """
    return on_outputs(get_users, locals())
