"""The settings of all resources and lookups: how to reach AWS, and defaults for several resources at once."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated, Any

from pulumi import Config, ConfigTypeError, Input, Output
from pulumi.runtime.config import is_config_secret
from pydantic import AfterValidator
from typing_extensions import ReadOnly, TypedDict

from .failures import Failure, PropertyRule
from .schema import Field, Schema
from .value_types import Limits, ValueKind
from .words import rename, to_snake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .schema import State

ASSUME_ROLE = "assume_role"
"""The only setting that is a dict."""
ACCESS = ("region", "role_arn", "profile", ASSUME_ROLE)
"""The settings that decide in which region and with which credentials AWS is called."""

Region = Annotated[
    str, Limits(pattern="^[a-z]+(-[a-z]+)+-[0-9]+$", form="a region such as us-east-1"), ValueKind.IDENTIFIER
]
"""The form of every region's name. Source: botocore's endpoints."""
RoleArn = Annotated[
    str,
    Limits(
        pattern="^arn:[a-z-]+:iam::[0-9]{12}:role/.+$",
        form="the ARN of a role, such as arn:aws:iam::123456789012:role/Deploy",
    ),
    ValueKind.IDENTIFIER,
]
Profile = Annotated[str, Limits(pattern=r"^[^\r\n\]]+$", form="the name of a profile"), ValueKind.IDENTIFIER]
"""The name of a section in the AWS configuration files."""

SHORTEST, LONGEST = 900, 43200
"""The limits of a role session, in seconds."""


def _session_length(seconds: int) -> int:
    if not SHORTEST <= seconds <= LONGEST:
        message = f"must be {SHORTEST} to {LONGEST} seconds"
        raise ValueError(message)
    return seconds


ExternalIdOfRole = Annotated[
    str,
    Limits(
        min_length=2,
        max_length=1224,
        pattern="^[A-Za-z0-9_+=,.@:/-]+$",
        form="an external id of 2 to 1,224 letters, digits and _ + = , . @ : / -",
    ),
]
SessionName = Annotated[
    str,
    Limits(
        min_length=2,
        max_length=64,
        pattern="^[A-Za-z0-9_+=,.@-]+$",
        form="a session name of 2 to 64 letters, digits and _ + = , . @ -",
    ),
]
Duration = Annotated[int, AfterValidator(_session_length)]


class AssumeRole(TypedDict, total=False):
    """How to assume the role in `role_arn`. Source of the limits: the model of STS."""

    external_id: ReadOnly[Input[ExternalIdOfRole]]
    session_name: ReadOnly[Input[SessionName]]
    duration: ReadOnly[Input[Duration]]


RULES = (
    PropertyRule(
        ASSUME_ROLE,
        lambda props: props.get(ASSUME_ROLE) is not None and props.get("role_arn") is None,
        "needs a role: set `role_arn`, or run `pulumi config set identity:roleArn …`",
    ),
)
"""The rules across settings."""

_OF_LOOKUPS = Schema({ASSUME_ROLE: Field(hint=AssumeRole | None)}, ())


def assume_role_failures(arguments: Mapping[str, Any]) -> list[Failure]:
    """Return the failures of `assume_role` among the arguments of a lookup.

    Args:
        arguments: All arguments of the lookup.

    Returns:
        The failures.
    """
    broken = [Failure(rule.property, rule.reason) for rule in RULES if rule.broken(arguments)]
    return _OF_LOOKUPS.validate({ASSUME_ROLE: arguments[ASSUME_ROLE]})[1] or broken


def account_setting(props: State) -> str | None:
    """Return the setting that decides the account: the role, or else the profile.

    Args:
        props: The properties of a resource.

    Returns:
        The ARN of the role, or the name of the profile; None for the credentials of the environment.
    """
    return props.get("role_arn") or props.get("profile")


# Defaults

_innermost: ContextVar[Mapping[str, Any]] = ContextVar("settings", default={})  # noqa: B039  (never changed in place)


@contextmanager
def settings(
    *,
    region: Input[str] | None = None,
    role_arn: Input[str] | None = None,
    profile: Input[str] | None = None,
    assume_role: Input[AssumeRole] | None = None,
    identity_store_id: Input[str] | None = None,
    aws_account_id: Input[str] | None = None,
    namespace: Input[str] | None = None,
) -> Iterator[None]:
    """Set defaults for the resources and lookups of a block.

        with settings(role_arn="arn:aws:iam::210987654321:role/directory", identity_store_id="d-0987654321"):
            Group("admins", display_name="Admins")

    An argument of a resource or lookup overrides them, and they override Pulumi configuration. Blocks nest: an inner
    one overrides what it sets. Components that are created in the block pass the settings on to their children.

    Args:
        region: The AWS region.
        role_arn: The ARN of an IAM role to assume.
        profile: The profile in the AWS configuration files to take credentials from.
        assume_role: How to assume the role.
        identity_store_id: The identity store's id.
        aws_account_id: The 12 digits of QuickSight's account.
        namespace: QuickSight's namespace.
    """
    given: dict[str, Any] = {
        "region": region,
        "role_arn": role_arn,
        "profile": profile,
        "assume_role": assume_role,
        "identity_store_id": identity_store_id,
        "aws_account_id": aws_account_id,
        "namespace": namespace,
    }
    token = _innermost.set({**_innermost.get(), **{name: value for name, value in given.items() if value is not None}})
    try:
        yield
    finally:
        _innermost.reset(token)


def default(name: str, key: str) -> Any:
    """Return the default of an argument: from the innermost `settings` that has it, or else from configuration.

    Args:
        name: The argument.
        key: The key under `identity:` in Pulumi configuration.

    Returns:
        The default; None if there is none.

    Raises:
        TypeError: The value in configuration is not an object, but must be.
    """
    given = _innermost.get().get(name)
    if given is not None:
        return given
    config = Config("identity")
    if name != ASSUME_ROLE:
        return config.get(key)
    try:
        return rename(config.get_object(key), to_snake)
    except ConfigTypeError:  # its message has the value
        example = f"pulumi config set --path identity:{key}.external_id …"
    message = f"identity:{key} must be an object — run `pulumi config rm identity:{key}`, then `{example}`"
    raise TypeError(message)


def default_input(name: str, key: str) -> Any:
    """Return the default of a resource's input. An object in configuration with a secret in it is a secret.

    Args:
        name: The input.
        key: The key under `identity:` in Pulumi configuration.

    Returns:
        The default; None if there is none.
    """
    value = default(name, key)
    return Output.secret(value) if name == ASSUME_ROLE and is_config_secret(f"identity:{key}") else value
