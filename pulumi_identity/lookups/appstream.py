"""Look up users of the user pool of Amazon AppStream 2.0, and the stacks that they see.

API: https://docs.aws.amazon.com/appstream2/latest/APIReference/
Unusual: AWS can only list the whole pool, and a new user can take minutes to appear in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_identity.aws.listings import PAGE
from pulumi_identity.aws.session import session
from pulumi_identity.errors import NotFound
from pulumi_identity.provider.settings import AssumeRole  # noqa: TC001  (arguments are checked by their types)
from pulumi_identity.resources.appstream.associations import AppStreamUserStackAssociationKind
from pulumi_identity.resources.appstream.users import AppStreamUserKind

from ._failures import named
from ._invoke import answered, lookup, pages

SERVICE = "appstream"
USER = AppStreamUserKind.entity
ASSOCIATION = AppStreamUserStackAssociationKind.entity


@dataclass(frozen=True)
class GetAppStreamUserResult:
    """A user of the user pool."""

    arn: str | None
    user_name: str
    """The e-mail address, with the capitalization of its creation."""
    enabled: bool
    status: str | None
    """UNCONFIRMED until the user sets a password, then CONFIRMED; also ARCHIVED, COMPROMISED or UNKNOWN."""
    first_name: str | None
    last_name: str | None
    created_time: str | None
    """The time of creation, in ISO 8601 and UTC."""
    authentication_type: str


@dataclass(frozen=True)
class GetUserStackAssociationResult:
    """The association of one user with one stack."""

    stack_name: str
    user_name: str
    """The user's e-mail address."""
    authentication_type: str
    send_email_notification: bool | None
    """Whether AWS sent an e-mail when the association was created. None if AWS does not return it."""


@lookup(SERVICE, USER, "DescribeUsers")
def get_appstream_user(
    user_name: str,
    *,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetAppStreamUserResult:
    """Look up one user by e-mail address.

    The first lookup of a run lists the whole pool. Later lookups take no call.

    Args:
        user_name: The e-mail address. Case matters.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The user.

    Raises:
        NotFound: The user is not in the pool of the region.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    for user in get_appstream_users(region=region, role_arn=role_arn, profile=profile, assume_role=assume_role):
        if user.user_name == user_name:
            return user
    where = session(region, role_arn, profile, assume_role).region
    raise NotFound(
        f"looking up {named(USER, user_name)}: not found in the user pool of {where}"
        " — check `region` and the case of the e-mail address; a new user can take minutes to appear"
    )


@lookup(SERVICE, USER + "s", "DescribeUsers")
def get_appstream_users(
    *,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetAppStreamUserResult, ...]:
    """List all users of the pool. The lookup takes one call for each page; AWS sets the page size.

    Args:
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The users, sorted by `user_name`.

    Raises:
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client = session(region, role_arn, profile, assume_role).client("appstream")
    # AWS accepts only this type here, although its model names three more.
    listed = pages(client, "describe_users", "Users", AuthenticationType="USERPOOL")
    return tuple(sorted((answered(GetAppStreamUserResult, user) for user in listed), key=lambda user: user.user_name))


@lookup(
    SERVICE,
    ASSOCIATION + "s",
    "DescribeUserStackAssociations",
    "DescribeStacks",
    "DescribeUsers",
    one_of=("stack_name", "user_name"),
)
def get_user_stack_associations(
    *,
    stack_name: str | None = None,
    user_name: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[GetUserStackAssociationResult, ...]:
    """List the users of a stack, or the stacks of a user. Give exactly one of the two.

    The lookup takes one call for each page. If there are no associations, more calls check that the stack or the user
    exists.

    Args:
        stack_name: The stack's name.
        user_name: The user's e-mail address. Case matters.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The associations, sorted by `stack_name` and `user_name`.

    Raises:
        NotFound: The stack or the user does not exist in the region.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    client = session(region, role_arn, profile, assume_role).client("appstream")
    where = (
        {"StackName": stack_name}
        if stack_name is not None
        else {"UserName": user_name, "AuthenticationType": "USERPOOL"}
    )
    listed = pages(client, "describe_user_stack_associations", "UserStackAssociations", **where, PaginationConfig=PAGE)
    found = [answered(GetUserStackAssociationResult, association) for association in listed]
    if not found and stack_name is not None:
        client.describe_stacks(Names=[stack_name])
    elif not found and user_name is not None:
        get_appstream_user(user_name, region=region, role_arn=role_arn, profile=profile, assume_role=assume_role)
    return tuple(sorted(found, key=lambda association: (association.stack_name, association.user_name)))
