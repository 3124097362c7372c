"""Look up people and groups in the identity store of AWS IAM Identity Center.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
Unusual: AWS describes by id only, so finding by name takes a call more (its filters would save it, but AWS has
deprecated them). A store that is connected to Active Directory may not know the operations that find by name:
there, and only there, it is listed instead, with the filter where there is one.

Every lookup here takes, besides its own arguments:

- `identity_store_id`: the store's id or ARN. Unset: `identity:identityStoreId` of Pulumi's configuration.
- `region`, `role_arn`: as on the resources. Unset: `identity:region`, `identity:roleArn`, then the environment's.

An id may be given as an ARN. Times are ISO 8601 in UTC. What AWS doesn't tell is None, or an empty tuple.
Raises: NotFound if there is none; Denied, Throttled or Rejected if AWS doesn't answer; TypeError, before AWS is
asked, if an argument has a wrong type, the arguments don't go together, or nothing says which store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003  (results are made, and arguments checked, by their types)
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pulumi_identity.aws.listings import PAGE
from pulumi_identity.provider.words import to_pascal
from pulumi_identity.resources.identitystore.groups import GroupKind
from pulumi_identity.resources.identitystore.types import ExternalId  # noqa: TC001  (the same)
from pulumi_identity.resources.identitystore.users import UserKind

from ._invoke import answered, lookup, pages
from .stores import SERVICE, in_store, is_unknown, only

if TYPE_CHECKING:
    from collections.abc import Iterable

USER = UserKind.entity
GROUP = GroupKind.entity

UserFilter: TypeAlias = Literal["user_name"]
GroupFilter: TypeAlias = Literal["display_name"]
"""What AWS filters by. Source: the model's Filter, which names these two and no others."""


# Users


@dataclass(frozen=True)
class NameResult:
    """A person's name in its parts."""

    formatted: str | None
    family_name: str | None
    given_name: str | None
    middle_name: str | None
    honorific_prefix: str | None
    honorific_suffix: str | None


@dataclass(frozen=True)
class EmailResult:
    """An e-mail address."""

    value: str | None
    type: str | None
    primary: bool | None


@dataclass(frozen=True)
class AddressResult:
    """A postal address."""

    street_address: str | None
    locality: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    formatted: str | None
    type: str | None
    primary: bool | None


@dataclass(frozen=True)
class PhoneNumberResult:
    """A phone number."""

    value: str | None
    type: str | None
    primary: bool | None


@dataclass(frozen=True)
class PhotoResult:
    """Where a photo is to be found."""

    value: str
    type: str | None
    display: str | None
    primary: bool | None


@dataclass(frozen=True)
class RoleResult:
    """A role in the organization."""

    value: str | None
    type: str | None
    primary: bool | None


@dataclass(frozen=True)
class ProvisionedAs:
    """By whom (`issuer`), and there as what (`id`), an entity was provisioned through SCIM."""

    issuer: str
    id: str


@dataclass(frozen=True)
class GetUserResult:
    """A person in the identity store."""

    identity_store_id: str
    user_id: str
    user_arn: str
    revision: str
    user_name: str | None
    external_ids: tuple[ProvisionedAs, ...]
    name: NameResult | None
    display_name: str | None
    nick_name: str | None
    profile_url: str | None
    emails: tuple[EmailResult, ...]
    addresses: tuple[AddressResult, ...]
    phone_numbers: tuple[PhoneNumberResult, ...]
    user_type: str | None
    title: str | None
    preferred_language: str | None
    locale: str | None
    timezone: str | None
    user_status: str | None
    """ENABLED or DISABLED."""
    photos: tuple[PhotoResult, ...]
    website: str | None
    birthdate: str | None
    roles: tuple[RoleResult, ...]
    created_at: str | None
    created_by: str | None
    updated_at: str | None
    updated_by: str | None
    extensions: Mapping[str, Any] | None
    """Those that were asked for, with keys as AWS has them."""


@dataclass(frozen=True)
class GetUserIdResult:
    """A person's id."""

    identity_store_id: str
    user_id: str
    user_arn: str


@lookup(
    SERVICE,
    USER,
    "DescribeUser",
    "GetUserId",
    "ListUsers",
    one_of=("user_id", "user_name", "email", "external_id"),
)
def get_user(
    *,
    user_id: str | None = None,
    user_name: str | None = None,
    email: str | None = None,
    external_id: ExternalId | None = None,
    extensions: Sequence[str] | None = None,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> GetUserResult:
    """Find one person, by exactly one of id, name, e-mail address and the id that SCIM gave.

    One call by id, two otherwise. `extensions` names sets of attributes that AWS tells only when asked, such as
    `aws:identitystore:enterprise`. For many people at once, `get_users()` takes fewer calls.

        jo = get_user(email="jo@example.com")
        GroupMembership("jo-admins", group_id=admins.group_id, member_id=jo.user_id)
    """
    client, store = in_store(identity_store_id, region, role_arn)
    if user_id is None:
        user_id = get_user_id(
            user_name=user_name,
            email=email,
            external_id=external_id,
            identity_store_id=identity_store_id,
            region=region,
            role_arn=role_arn,
        ).user_id
    return answered(GetUserResult, client.describe_user(**store, UserId=user_id, **_asking_for(extensions)))


@lookup(SERVICE, USER, "GetUserId", "ListUsers", one_of=("user_name", "email", "external_id"))
def get_user_id(
    *,
    user_name: str | None = None,
    email: str | None = None,
    external_id: ExternalId | None = None,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> GetUserIdResult:
    """Find one person's id, by exactly one of name, e-mail address and the id that SCIM gave. One call."""
    client, store = in_store(identity_store_id, region, role_arn)
    wanted = _alternate({"userName": user_name, "emails.value": email}, external_id)
    try:
        return answered(GetUserIdResult, client.get_user_id(**store, AlternateIdentifier=wanted))
    except Exception as error:
        if not is_unknown(error):
            raise
    users = get_users(
        filters={"user_name": user_name} if user_name else None,
        identity_store_id=identity_store_id,
        region=region,
        role_arn=role_arn,
    )

    def fits(user: GetUserResult) -> bool:
        if email is not None:
            return any((address.value or "").casefold() == email.casefold() for address in user.emails)
        return external_id is None or _is_provisioned_as(user.external_ids, external_id)

    user = only({user.user_id: user for user in users if fits(user)}, USER, user_name or email or str(external_id))
    return GetUserIdResult(user.identity_store_id, user.user_id, user.user_arn)


@lookup(SERVICE, USER + "s", "ListUsers")
def get_users(
    *,
    filters: Mapping[UserFilter, str] | None = None,
    extensions: Sequence[str] | None = None,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> tuple[GetUserResult, ...]:
    """List the people of a store, all of them, by `user_name`. A call for each 100.

    `filters` is `{"user_name": …}`, the only attribute that AWS is known to filter by. It has deprecated that:
    `get_user` is to be preferred.

        by_email = {user.emails[0].value: user for user in get_users() if user.emails}
    """
    client, store = in_store(identity_store_id, region, role_arn)
    request = store | _filtering_by(filters) | _asking_for(extensions)
    users = pages(client, "list_users", "Users", **request, PaginationConfig=PAGE)
    results = (answered(GetUserResult, user) for user in users)
    return tuple(sorted(results, key=lambda user: (user.user_name or "", user.user_id)))


# Groups


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
) -> GetGroupResult:
    """Find one group, by exactly one of id, name and the id that SCIM gave. One call by id, two otherwise."""
    client, store = in_store(identity_store_id, region, role_arn)
    if group_id is None:
        group_id = get_group_id(
            display_name=display_name,
            external_id=external_id,
            identity_store_id=identity_store_id,
            region=region,
            role_arn=role_arn,
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
) -> GetGroupIdResult:
    """Find one group's id, by exactly one of name and the id that SCIM gave. One call."""
    client, store = in_store(identity_store_id, region, role_arn)
    wanted = _alternate({"displayName": display_name}, external_id)
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
    )
    fitting = (group for group in groups if external_id is None or _is_provisioned_as(group.external_ids, external_id))
    group = only({group.group_id: group for group in fitting}, GROUP, display_name or str(external_id))
    return GetGroupIdResult(group.identity_store_id, group.group_id, group.group_arn)


@lookup(SERVICE, GROUP + "s", "ListGroups")
def get_groups(
    *,
    filters: Mapping[GroupFilter, str] | None = None,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> tuple[GetGroupResult, ...]:
    """List the groups of a store, all of them, by `display_name`. A call for each 100.

    `filters` is `{"display_name": …}`, deprecated too.
    """
    client, store = in_store(identity_store_id, region, role_arn)
    groups = pages(client, "list_groups", "Groups", **store, **_filtering_by(filters), PaginationConfig=PAGE)
    results = (answered(GetGroupResult, group) for group in groups)
    return tuple(sorted(results, key=lambda group: (group.display_name or "", group.group_id)))


# Requests


def _alternate(attributes: Mapping[str, str | None], external_id: ExternalId | None) -> dict[str, Any]:
    if external_id is not None:
        return {"ExternalId": {"Issuer": external_id["issuer"], "Id": external_id["id"]}}
    ((path, value),) = ((path, value) for path, value in attributes.items() if value is not None)
    return {"UniqueAttribute": {"AttributePath": path, "AttributeValue": value}}


def _filtering_by(filters: Mapping[Any, str] | None) -> dict[str, Any]:
    """Return the part of a request that filters."""
    wanted = [{"AttributePath": to_pascal(name), "AttributeValue": value} for name, value in (filters or {}).items()]
    return {"Filters": wanted} if wanted else {}


def _asking_for(extensions: Sequence[str] | None) -> dict[str, Any]:
    return {"Extensions": list(extensions)} if extensions else {}


def _is_provisioned_as(known: Iterable[ProvisionedAs], wanted: ExternalId) -> bool:
    return any(external_id == ProvisionedAs(**wanted) for external_id in known)
