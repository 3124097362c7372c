"""Look up users of Amazon QuickSight, and open sessions for them.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/
Unusual: calls about users work only in the account's identity region. An embed URL and an identity context are
secrets: anyone who has one can act as the user. Each call creates a new one, in a preview too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  (arguments are checked by their types)
from typing import Any

from pulumi_identity.aws import answers
from pulumi_identity.aws.listings import PAGE
from pulumi_identity.aws.session import session
from pulumi_identity.provider.settings import AssumeRole  # noqa: TC001  (arguments are checked by their types)
from pulumi_identity.resources.quicksight.users import QuickSightUserKind

from ._invoke import answered, lookup, pages

SERVICE = "quicksight"
USER = QuickSightUserKind.entity

answers.expect(SERVICE, {"GetSessionEmbedUrl": ("EmbedUrl",), "GetIdentityContext": ("Context",)})


@dataclass(frozen=True)
class GetQuickSightUserResult:
    """A user of QuickSight."""

    arn: str
    """`N/A` for a user whose IAM user or role no longer exists."""
    user_name: str
    """`N/A` for a user whose IAM user or role no longer exists."""
    email: str
    role: str
    identity_type: str
    """IAM, QUICKSIGHT or IAM_IDENTITY_CENTER."""
    active: bool
    """Whether the user is active. An invited user becomes active with the first sign-in."""
    principal_id: str
    """The principal id. It identifies a user whose IAM user or role no longer exists."""
    custom_permissions_name: str | None
    external_login_federation_provider_type: str | None
    external_login_federation_provider_url: str | None
    external_login_id: str | None


@lookup(SERVICE, USER, "DescribeUser")
def get_quicksight_user(
    user_name: str,
    *,
    namespace: str | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetQuickSightUserResult:
    """Look up one user of a namespace by name. The lookup takes one call.

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

    Returns:
        The user.

    Raises:
        NotFound: The user, the namespace or the QuickSight subscription does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, place = in_namespace(namespace, aws_account_id, region, role_arn, profile, assume_role)
    return answered(GetQuickSightUserResult, client.describe_user(**place, UserName=user_name)["User"])


@lookup(SERVICE, USER + "s", "ListUsers")
def get_quicksight_users(
    *,
    namespace: str | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetQuickSightUserResult, ...]:
    """List all users of a namespace. The lookup takes one call for each 100 users.

    Args:
        namespace: The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.
        aws_account_id: The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, then
            the account of the credentials.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The users, sorted by `user_name`.

    Raises:
        NotFound: The namespace or the QuickSight subscription does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, place = in_namespace(namespace, aws_account_id, region, role_arn, profile, assume_role)
    listed = pages(client, "list_users", "UserList", **place, PaginationConfig=PAGE)
    results = (answered(GetQuickSightUserResult, user) for user in listed)
    return tuple(sorted(results, key=lambda user: (user.user_name, user.arn, user.principal_id)))


@dataclass(frozen=True)
class GetSessionEmbedUrlResult:
    """A session to embed in a web page."""

    embed_url: str = field(repr=False)
    """A secret: the first person to open it within 5 minutes is signed in as the user."""
    status: int
    """The HTTP status of AWS's response."""
    request_id: str
    """The id of the request, for AWS Support."""


@lookup(SERVICE, "QuickSight Session", "GetSessionEmbedUrl", secret=True)
def get_session_embed_url(
    *,
    user_arn: str | None = None,
    entry_point: str | None = None,
    session_lifetime_in_minutes: int | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetSessionEmbedUrlResult:
    """Open a session of the QuickSight console to embed in a web page.

    The user must be an author or an admin. Requires QuickSight's Enterprise edition. Each lookup takes one call and
    opens a new session.

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

    Returns:
        The session. Its URL is a secret.

    Raises:
        NotFound: The user or the QuickSight subscription does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, account = _account(aws_account_id, region, role_arn, profile, assume_role)
    request = {
        "UserArn": user_arn,
        "EntryPoint": entry_point,
        "SessionLifetimeInMinutes": session_lifetime_in_minutes,
    }
    return answered(GetSessionEmbedUrlResult, client.get_session_embed_url(**account, **_given(request)))


@dataclass(frozen=True)
class GetIdentityContextResult:
    """The identity context of a user, for other AWS services."""

    context: str = field(repr=False)
    """A secret: the ContextAssertion for STS AssumeRole. The ProviderArn is
    `arn:aws:iam::aws:contextProvider/QuickSight`."""
    status: int
    """The HTTP status of AWS's response."""
    request_id: str
    """The id of the request, for AWS Support."""


@lookup(
    SERVICE,
    "QuickSight Identity Context",
    "GetIdentityContext",
    one_of=("user_name", "email", "user_arn"),
    secret=True,
)
def get_identity_context(
    *,
    user_name: str | None = None,
    email: str | None = None,
    user_arn: str | None = None,
    namespace: str | None = None,
    session_expires_at: datetime | str | None = None,
    context_region: str | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetIdentityContextResult:
    """Get the identity context of one user by user name, e-mail address or ARN.

    With the context, a program assumes an IAM role on behalf of the user. The trust policy of the role must allow
    `sts:SetContext` besides `sts:AssumeRole`. Give exactly one of `user_name`, `email`
    and `user_arn`. `namespace` has no effect on a lookup by ARN. Users of IAM Identity Center get their context
    from IAM Identity Center. Each lookup takes one call and creates a new context.

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

    Returns:
        The identity context, which is a secret.

    Raises:
        NotFound: The user, the namespace or the QuickSight subscription does not exist.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client, account = _account(aws_account_id, region, role_arn, profile, assume_role)
    request = {
        "UserIdentifier": _given({"UserName": user_name, "Email": email, "UserArn": user_arn}),
        "Namespace": None if user_arn else namespace or "default",
        "SessionExpiresAt": session_expires_at,
        "ContextRegion": context_region,
    }
    return answered(GetIdentityContextResult, client.get_identity_context(**account, **_given(request)))


# Shared by the lookups of QuickSight


def in_namespace(namespace: str | None, aws_account_id: str | None, *access: Any) -> tuple[Any, dict[str, str]]:
    """Return the client, and the parameters of every request about users and groups. `access` is for `session`."""
    client, account = _account(aws_account_id, *access)
    return client, {**account, "Namespace": namespace or "default"}


def _account(aws_account_id: str | None, *access: Any) -> tuple[Any, dict[str, str]]:
    """Return the client, and the parameter of every request. `access` is for `session`."""
    aws = session(*access)
    return aws.client("quicksight"), {"AwsAccountId": aws_account_id or aws.account_id}


def _given(request: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in request.items() if value is not None}
