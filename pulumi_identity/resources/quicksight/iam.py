"""The IAM user or role of a QuickSight user, and the name that QuickSight derives from it."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator

from pulumi_identity.provider.value_types import ValueKind

_IDENTITY = re.compile(r"arn:[a-z-]+:iam::[0-9]{12}:(?:user|role)/.+")
_SESSION = re.compile(
    r"arn:(?P<partition>[a-z-]+):sts::(?P<account>[0-9]{12}):assumed-role/(?P<role>[^/]+)/(?P<name>.+)"
)


def _iam_arn(value: str) -> str:
    """Reject values that are not the ARN of an IAM user or role.

    Args:
        value: An ARN.

    Returns:
        The ARN.

    Raises:
        ValueError: The value has another form.
    """
    if match := _SESSION.fullmatch(value):
        message = (
            "is the ARN of a session; write the ARN of its role, such as"
            f" arn:{match['partition']}:iam::{match['account']}:role/{match['role']} (with the role's path, if it has"
            f" one), and set session_name to {match['name']!r}"
        )
        raise ValueError(message)
    if not _IDENTITY.fullmatch(value):
        message = "must be the ARN of an IAM user or role, such as arn:aws:iam::123456789012:role/Analysts"
        raise ValueError(message)
    return value


IamArn = Annotated[str, AfterValidator(_iam_arn), ValueKind.IDENTIFIER]


def is_a_role(iam_arn: Any) -> bool:
    """Return whether a value is the ARN of a role. Return False for an unknown value.

    Args:
        iam_arn: The value of `iam_arn`.

    Returns:
        Whether it is.
    """
    return isinstance(iam_arn, str) and ":role/" in iam_arn


def may_be_a_role(iam_arn: Any) -> bool:
    """Return whether a value is the ARN of a role, or unknown.

    Args:
        iam_arn: The value of `iam_arn`.

    Returns:
        Whether it may be.
    """
    return iam_arn is not None and (not isinstance(iam_arn, str) or is_a_role(iam_arn))


def name_of(iam_arn: str, session_name: str | None) -> str:
    """Return the name that QuickSight derives for an IAM identity.

    Args:
        iam_arn: The ARN of the IAM user or role.
        session_name: The name of the role's session.

    Returns:
        The IAM user's name, or `Role/Session`.
    """
    name = iam_arn.rpartition("/")[2]
    return f"{name}/{session_name}" if session_name else name
