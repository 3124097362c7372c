"""Look up groups in the identity store of AWS IAM Identity Center.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
Unusual: AWS describes groups by id only, so a lookup by name takes a second call. A store that is connected to Active
Directory may lack the operation that finds an id by name. Such a store is listed instead.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  (arguments are checked by their types)
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pulumi_identity.aws.listings import PAGE
from pulumi_identity.provider.settings import AssumeRole  # noqa: TC001  (arguments are checked by their types)
from pulumi_identity.resources.identitystore.groups import GroupKind
from pulumi_identity.resources.identitystore.types import ExternalId  # noqa: TC001  (the same)

from ._invoke import answered, lookup, pages
from .attributes import ProvisionedAs
from .stores import SERVICE, alternate, filtering_by, in_store, is_unknown, only

GROUP = GroupKind.entity

GroupFilter: TypeAlias = Literal["display_name"]
"""The attribute that AWS filters groups by. Source: the model's Filter, which names no other."""


@dataclass(frozen=True)
class GetGroupResult:
    """A group in the identity store."""

    identity_store_id: str
    group_id: str
    group_arn: str
    revision: str
    display_name: str | None
    external_ids: tuple[ProvisionedAs, ...]
    description: str | None
    created_at: str | None
    created_by: str | None
    updated_at: str | None
    updated_by: str | None


@dataclass(frozen=True)
class GetGroupIdResult:
    """A group's id."""

    identity_store_id: str
    group_id: str
    group_arn: str


@lookup(
    SERVICE,
    GROUP,
    "DescribeGroup",
    "GetGroupId",
    "ListGroups",
    one_of=("group_id", "display_name", "external_id"),
)
def get_group(
    *,
    group_id: str | None = None,
    display_name: str | None = None,
    external_id: ExternalId | None = None,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetGroupResult:
    """Look up one group by id, display name or external id.

    Give exactly one of the three. A lookup by id takes one call, any other takes two.

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

    Returns:
        The group.

    Raises:
        NotFound: The group or the identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
    if group_id is None:
        group_id = get_group_id(
            display_name=display_name,
            external_id=external_id,
            identity_store_id=identity_store_id,
            region=region,
            role_arn=role_arn,
            profile=profile,
            assume_role=assume_role,
        ).group_id
    return answered(GetGroupResult, client.describe_group(**store, GroupId=group_id))


@lookup(SERVICE, GROUP, "GetGroupId", "ListGroups", one_of=("display_name", "external_id"))
def get_group_id(
    *,
    display_name: str | None = None,
    external_id: ExternalId | None = None,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetGroupIdResult:
    """Look up one group's id by display name or external id.

    Give exactly one of the two. The lookup takes one call.

    Args:
        display_name: The group's name. Case does not matter.
        external_id: The identity provider and its id for the group, as `{"issuer": …, "id": …}`.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The group's id.

    Raises:
        NotFound: The group or the identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
    wanted = alternate({"displayName": display_name}, external_id)
    try:
        return answered(GetGroupIdResult, client.get_group_id(**store, AlternateIdentifier=wanted))
    except Exception as error:
        if not is_unknown(error):
            raise
    groups = get_groups(
        filters={"display_name": display_name} if display_name else None,
        identity_store_id=identity_store_id,
        region=region,
        role_arn=role_arn,
        profile=profile,
        assume_role=assume_role,
    )
    fitting = (group for group in groups if external_id is None or ProvisionedAs(**external_id) in group.external_ids)
    group = only({group.group_id: group for group in fitting}, GROUP, display_name or str(external_id))
    return GetGroupIdResult(group.identity_store_id, group.group_id, group.group_arn)


@lookup(SERVICE, GROUP + "s", "ListGroups")
def get_groups(
    *,
    filters: Mapping[GroupFilter, str] | None = None,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetGroupResult, ...]:
    """List all groups of an identity store. The lookup takes one call for each 100 groups.

    Args:
        filters: Only groups with this name, as `{"display_name": …}`. AWS has deprecated filters; use `get_group`.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The groups, sorted by `display_name`.

    Raises:
        NotFound: The identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
    groups = pages(client, "list_groups", "Groups", **store, **filtering_by(filters), PaginationConfig=PAGE)
    results = (answered(GetGroupResult, group) for group in groups)
    return tuple(sorted(results, key=lambda group: (group.display_name or "", group.group_id)))
