"""Look up users of Amazon QuickSight, and open sessions in their name.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/
Unusual: calls about users work only in the account's identity region. The two sessions are secrets: whoever holds
one is the user. They are minted anew each time they are asked for, in a preview too.

Every lookup here takes, besides its own arguments:

- `aws_account_id`: QuickSight's account, 12 digits. Unset: `identity:awsAccountId` of Pulumi's configuration, then
  the account of the credentials.
- `region`, `role_arn`: as on the resources. Unset: `identity:region`, `identity:roleArn`, then the environment's.

Raises: NotFound if there is none; Denied, Throttled or Rejected if AWS doesn't answer; TypeError, before AWS is
asked, if an argument has a wrong type or the arguments don't go together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  (arguments are checked by their types)
from typing import Any

from pulumi_identity.aws.listings import PAGE
from pulumi_identity.aws.session import session
from pulumi_identity.resources.quicksight.users import UserKind

from ._invoke import answered, lookup, pages

SERVICE = "quicksight"
USER = UserKind.entity


@dataclass(frozen=True)
class GetQuickSightUserResult:
    """A user of QuickSight."""

    arn: str
    user_name: str
    """`N/A` for an IAM user whose IAM principal is gone."""
    email: str
    role: str
    identity_type: str
    """IAM, QUICKSIGHT or IAM_IDENTITY_CENTER."""
    active: bool
    """Whether the person has signed in and set a password."""
    principal_id: str
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
) -> GetQuickSightUserResult:
    """Find one user of a namespace by name. One call.

    `namespace` unset: `identity:namespace` of Pulumi's configuration, then `default`.
    """
    client, account = _account(aws_account_id, region, role_arn)
    found = client.describe_user(**account, Namespace=namespace or "default", UserName=user_name)
    return answered(GetQuickSightUserResult, found["User"])


@lookup(SERVICE, USER + "s", "ListUsers")
def get_quicksight_users(
    *,
    namespace: str | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> tuple[GetQuickSightUserResult, ...]:
    """List the users of a namespace, all of them, by `user_name`. A call for each 100.

    `namespace` unset: `identity:namespace` of Pulumi's configuration, then `default`.
    """
    client, account = _account(aws_account_id, region, role_arn)
    request = {**account, "Namespace": namespace or "default", "PaginationConfig": PAGE}
    results = (answered(GetQuickSightUserResult, user) for user in pages(client, "list_users", "UserList", **request))
    return tuple(sorted(results, key=lambda user: (user.user_name, user.arn)))


@dataclass(frozen=True)
class GetSessionEmbedUrlResult:
    """A session to embed."""

    embed_url: str = field(repr=False)
    """A secret: the first to open it, within 5 minutes, is signed in as the user."""
    status: int
    """The answer's HTTP status."""
    request_id: str
    """By which AWS's support finds the call."""


@lookup(SERVICE, "QuickSight Session", "GetSessionEmbedUrl", secret=True)
def get_session_embed_url(
    *,
    user_arn: str | None = None,
    entry_point: str | None = None,
    session_lifetime_in_minutes: int | None = None,
    aws_account_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> GetSessionEmbedUrlResult:
    """Open a session of QuickSight's console to embed in a page. One call each time: nothing is remembered.

    `user_arn` is whose session it is; unset, the IAM identity's that calls. `entry_point` is where it begins:
    `/start` (the default), `/start/analyses`, `/start/dashboards`, `/start/favorites`, `/dashboards/ID` or
    `/analyses/ID`. `session_lifetime_in_minutes` is 15 to 600. Needs QuickSight's Enterprise edition.
    """
    client, account = _account(aws_account_id, region, role_arn)
    request = {
        "UserArn": user_arn,
        "EntryPoint": entry_point,
        "SessionLifetimeInMinutes": session_lifetime_in_minutes,
    }
    return answered(GetSessionEmbedUrlResult, client.get_session_embed_url(**account, **_given(request)))


@dataclass(frozen=True)
class GetIdentityContextResult:
    """Who a user is, for AWS's other services."""

    context: str = field(repr=False)
    """A secret: what STS AssumeRole takes as ContextAssertion, from `arn:aws:iam::aws:contextProvider/QuickSight`."""
    status: int
    """The answer's HTTP status."""
    request_id: str
    """By which AWS's support finds the call."""


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
) -> GetIdentityContextResult:
    """Tell who a user is, by exactly one of name, e-mail address and ARN, to assume a role in the user's name.

    One call each time: nothing is remembered. `namespace` is the user's; unset: `identity:namespace` of Pulumi's
    configuration, then `default`; an ARN has its own. `session_expires_at` is a time with its zone, or one in ISO
    8601. `context_region` is the region in which the context is to be used. Users of IAM Identity Center have
    theirs from there.
    """
    client, account = _account(aws_account_id, region, role_arn)
    request = {
        "UserIdentifier": _given({"UserName": user_name, "Email": email, "UserArn": user_arn}),
        "Namespace": None if user_arn else namespace or "default",
        "SessionExpiresAt": session_expires_at,
        "ContextRegion": context_region,
    }
    return answered(GetIdentityContextResult, client.get_identity_context(**account, **_given(request)))


def _account(aws_account_id: str | None, region: str | None, role_arn: str | None) -> tuple[Any, dict[str, str]]:
    """Return AWS's client, and what every request carries."""
    aws = session(region, role_arn)
    return aws.client("quicksight"), {"AwsAccountId": aws_account_id or aws.account_id}


def _given(request: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in request.items() if value is not None}
