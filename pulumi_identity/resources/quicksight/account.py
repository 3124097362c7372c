"""Where QuickSight's users and groups live: an account and a namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from pulumi_identity.provider.traits import ImportOption
from pulumi_identity.provider.value_types import Limits, ValueKind

if TYPE_CHECKING:
    from pulumi_identity.provider.schema import State


def no_dots(value: str) -> str:
    """Refuse `.` and `..`, which are steps of a request's path: deleting the user `..` could mean the namespace."""
    if value in (".", ".."):
        message = "must be a name, not . or .."
        raise ValueError(message)
    return value


AccountId = Annotated[str, Limits(pattern=r"^[0-9]{12}$"), ValueKind.IDENTIFIER]
Namespace = Annotated[
    str,
    Limits(min_length=1, max_length=64, pattern=r"^[a-zA-Z0-9._-]*$"),
    AfterValidator(no_dots),
    ValueKind.IDENTIFIER,
]

QUICKSIGHT = ImportOption(
    flag="--quicksight",
    metavar="ACCOUNT[/NAMESPACE]",
    help="QuickSight account, and namespace if it is not `default`, to import.",
    parts=("aws_account_id", "namespace"),
    forms={
        "aws_account_id": (AccountId, "an account of 12 digits"),
        "namespace": (Namespace, "a namespace of 1 to 64 letters, digits and . _ -"),
    },
)


def namespace_members(props: State) -> State:
    """Return the two members that every request about users and groups carries."""
    return {"AwsAccountId": props["aws_account_id"], "Namespace": props["namespace"]}
