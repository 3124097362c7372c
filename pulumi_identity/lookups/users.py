"""Look up people in the identity store of AWS IAM Identity Center.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
Unusual: AWS describes users by id only, so a lookup by name takes a second call. A store that is connected to Active
Directory may lack the operation that finds an id by name. Such a store is listed instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003  (results are built, and arguments checked, by their types)
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pulumi_identity.aws.listings import PAGE
from pulumi_identity.provider.settings import AssumeRole  # noqa: TC001  (arguments are checked by their types)
from pulumi_identity.resources.identitystore.types import ExternalId  # noqa: TC001  (the same)
from pulumi_identity.resources.identitystore.users import IdentityStoreUserKind

from ._invoke import answered, lookup, pages
from .attributes import (
    AddressResult,
    EmailResult,
    NameResult,
    PhoneNumberResult,
    PhotoResult,
    ProvisionedAs,
    RoleResult,
)
from .stores import SERVICE, alternate, filtering_by, in_store, is_unknown, only

USER = IdentityStoreUserKind.entity

UserFilter: TypeAlias = Literal["user_name"]
"""The attribute that AWS filters users by. Source: the model's Filter, which names no other."""


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
    """The requested extensions, with AWS's keys."""


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
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetUserResult:
    """Look up one user by id, user name, e-mail address or external id.

    Give exactly one of the four. A lookup by id takes one call, any other takes two. To look up many users,
    call `get_users()` once.

        jo = get_user(email="jo@example.com")
        GroupMembership("jo-admins", group_id=admins.group_id, member_id=jo.user_id)

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

    Returns:
        The user. A value that AWS does not return is None or an empty tuple.

    Raises:
        NotFound: The user or the identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
    if user_id is None:
        user_id = get_user_id(
            user_name=user_name,
            email=email,
            external_id=external_id,
            identity_store_id=identity_store_id,
            region=region,
            role_arn=role_arn,
            profile=profile,
            assume_role=assume_role,
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
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetUserIdResult:
    """Look up one user's id by user name, e-mail address or external id.

    Give exactly one of the three. The lookup takes one call.

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

    Returns:
        The user's id.

    Raises:
        NotFound: The user or the identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
    wanted = alternate({"userName": user_name, "emails.value": email}, external_id)
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
        profile=profile,
        assume_role=assume_role,
    )

    def fits(user: GetUserResult) -> bool:
        if email is not None:
            return any((address.value or "").casefold() == email.casefold() for address in user.emails)
        return external_id is None or ProvisionedAs(**external_id) in user.external_ids

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
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetUserResult, ...]:
    """List all users of an identity store. The lookup takes one call for each 100 users.

        by_email = {user.emails[0].value: user for user in get_users() if user.emails}

    Args:
        filters: Only users with this user name, as `{"user_name": …}`. AWS has deprecated filters; use `get_user`.
        extensions: Sets of attributes that AWS returns only on request, such as `aws:identitystore:enterprise`.
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The users, sorted by `user_name`.

    Raises:
        NotFound: The identity store does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
    request = store | filtering_by(filters) | _asking_for(extensions)
    users = pages(client, "list_users", "Users", **request, PaginationConfig=PAGE)
    results = (answered(GetUserResult, user) for user in users)
    return tuple(sorted(results, key=lambda user: (user.user_name or "", user.user_id)))


def _asking_for(extensions: Sequence[str] | None) -> dict[str, Any]:
    return {"Extensions": list(extensions)} if extensions else {}
