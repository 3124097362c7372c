"""The account and namespace of QuickSight's users and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator
from typing_extensions import override

from pulumi_identity.aws.regions import partition
from pulumi_identity.provider.kinds import Kind
from pulumi_identity.provider.traits import ImportOption
from pulumi_identity.provider.value_types import Limits, ValueKind

if TYPE_CHECKING:
    import re

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State


def no_dots(value: str) -> str:
    """Reject `.` and `..`, which are segments of a request's path. Deleting the user `..` could delete the namespace.

    Args:
        value: A name.

    Returns:
        The name.

    Raises:
        ValueError: The name is `.` or `..`.
    """
    if value in (".", ".."):
        message = "must not be . or .."
        raise ValueError(message)
    return value


AccountId = Annotated[
    str,
    Limits(pattern=r"^[0-9]{12}$", form="a 12-digit AWS account id, such as 123456789012"),
    ValueKind.IDENTIFIER,
]
Namespace = Annotated[
    str,
    Limits(
        min_length=1,
        max_length=64,
        pattern=r"^[a-zA-Z0-9._-]*$",
        form="a namespace of 1 to 64 letters, digits and . _ -",
    ),
    AfterValidator(no_dots),
    ValueKind.IDENTIFIER,
]
LatinName = Annotated[
    str,
    Limits(min_length=1, pattern=r"^[\u0020-\u00FF]+$", form="a name in Latin-1 characters, such as é but not Ł"),
    AfterValidator(no_dots),
]
"""The name of a user or group."""

QUICKSIGHT = ImportOption(
    flag="--quicksight",
    metavar="ACCOUNT[/NAMESPACE]",
    help="QuickSight account, and namespace if it is not `default`, to read.",
    parts=("aws_account_id", "namespace"),
    forms={
        "aws_account_id": (AccountId, "a 12-digit AWS account id"),
        "namespace": (Namespace, "a namespace of 1 to 64 letters, digits and . _ -"),
    },
)


def with_account(aws: Session, props: State) -> State:
    """Return properties with an account: their own, or else the account of the credentials.

    Args:
        aws: The session of the resource.
        props: The properties.

    Returns:
        The properties.
    """
    return props if props.get("aws_account_id") else {**props, "aws_account_id": aws.account_id}


def namespace_members(props: State) -> State:
    """Return the two request parameters that identify an account and a namespace.

    Args:
        props: Properties with an account and a namespace.

    Returns:
        The parameters.
    """
    return {"AwsAccountId": props["aws_account_id"], "Namespace": props["namespace"]}


def arn_of(region: str, entity: Literal["user", "group"], where: State) -> str:
    """Return the ARN of a user or group.

    Args:
        region: The region of the request.
        entity: Whether it is a user or a group.
        where: The members of a request for it.

    Returns:
        The ARN.
    """
    place = f"arn:{partition(region)}:quicksight:{region}:{where['AwsAccountId']}:{entity}/{where['Namespace']}"
    return f"{place}/{where[f'{entity.title()}Name']}"


class QuickSightKind(Kind):
    """What users and groups of QuickSight have in common: their physical id is their ARN."""

    service = "quicksight"
    arn: ClassVar[re.Pattern[str]]
    """The form of the ARN. Its named groups are the properties that the ARN contains."""

    @classmethod
    @override
    def parse_id(cls, id_: str, region: str = "") -> State:
        match = cls.arn.fullmatch(id_)
        if not match:
            raise cls.not_an_id(id_)
        return {"arn": id_} | match.groupdict()
