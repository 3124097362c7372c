"""QuickSight users whose IAM user or role no longer exists. AWS returns `N/A` for their names and ARNs."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from pulumi_identity.provider.traits import Obstacle
from pulumi_identity.provider.words import to_snake

if TYPE_CHECKING:
    from pulumi_identity.aws.listings import Answer
    from pulumi_identity.provider.schema import State

NOT_AVAILABLE = "N/A"
NAMES = ("UserName", "Arn")
"""The members of a response that are not available."""


def is_orphan(answer: Answer) -> bool:
    """Return whether a user's IAM user or role no longer exists.

    Args:
        answer: AWS's response for the user.

    Returns:
        Whether a name is not available.
    """
    return any(answer.get(name) == NOT_AVAILABLE for name in NAMES)


def principal_id(answer: Answer) -> str:
    """Return the principal id, the only value that identifies an orphan.

    Args:
        answer: AWS's response for the user.

    Returns:
        The principal id.
    """
    return str(answer.get("PrincipalId", NOT_AVAILABLE))


def obstacle_of(answer: Answer, place: State) -> Obstacle:
    """Return why a program can't manage an orphan, and the command that deletes it.

    Args:
        answer: AWS's response for the user.
        place: The members of a request for the account and the namespace.

    Returns:
        The reason and the command.
    """
    members = place | {"PrincipalId": principal_id(answer)}
    options = " ".join(f"--{to_snake(name).replace('_', '-')} {shlex.quote(value)}" for name, value in members.items())
    note = (
        f"QuickSight User ({principal_id(answer)}): the IAM user or role no longer exists"
        f" — delete the user with `aws quicksight delete-user-by-principal-id {options}`"
    )
    return Obstacle(reason="without an IAM user or role", note=note)
