"""Look up users of Amazon AppStream 2.0's user pool.

API: https://docs.aws.amazon.com/appstream2/latest/APIReference/
Unusual: AWS lists the whole pool or nothing, and a new user may take minutes to appear in it.

Every lookup here takes, besides its own arguments, `region` and `role_arn`, as on the resources. Unset:
`identity:region`, `identity:roleArn` of Pulumi's configuration, then the environment's.

Raises: NotFound if there is none; Denied or Rejected if AWS doesn't answer; TypeError, before AWS is asked, if an
argument has a wrong type.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_identity.aws.session import session
from pulumi_identity.errors import NotFound
from pulumi_identity.resources.appstream import UserKind

from ._failures import named
from ._invoke import answered, lookup, pages

SERVICE = "appstream"
USER = UserKind.entity


@dataclass(frozen=True)
class GetAppStreamUserResult:
    """A user of the user pool."""

    arn: str | None
    user_name: str
    """The e-mail address, as it was written when the user was created."""
    enabled: bool
    status: str | None
    """UNCONFIRMED until the person has set a password, then CONFIRMED; ARCHIVED, COMPROMISED or UNKNOWN."""
    first_name: str | None
    last_name: str | None
    created_time: str | None
    """In ISO 8601, UTC."""
    authentication_type: str


@lookup(SERVICE, USER, "DescribeUsers")
def get_appstream_user(
    user_name: str, *, region: str | None = None, role_arn: str | None = None
) -> GetAppStreamUserResult:
    """Find one user by e-mail address; capitals count. It takes the whole listing, once a run for all users."""
    for user in get_appstream_users(region=region, role_arn=role_arn):
        if user.user_name == user_name:
            return user
    raise NotFound(
        f"looking up {named(USER, user_name)}: the user pool of {session(region, role_arn).region} has none"
        " — check `region` and the capitals of the address; a new user may take minutes to appear"
    )


@lookup(SERVICE, USER + "s", "DescribeUsers")
def get_appstream_users(
    *, region: str | None = None, role_arn: str | None = None
) -> tuple[GetAppStreamUserResult, ...]:
    """List the users of the pool, all of them, by `user_name`. A call for each page, whose size is AWS's."""
    client = session(region, role_arn).client("appstream")
    # AWS takes no other type here, though its model names three more.
    listed = pages(client, "describe_users", "Users", AuthenticationType="USERPOOL")
    return tuple(sorted((answered(GetAppStreamUserResult, user) for user in listed), key=lambda user: user.user_name))
