"""The types of values in the identity store: texts, ids, and the parts of a person.

Source of the limits: botocore's model of the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NotRequired

from pulumi import Input
from pydantic import AfterValidator
from typing_extensions import ReadOnly, TypedDict

from pulumi_identity.aws import ids
from pulumi_identity.provider.value_types import Limits, ValueKind, printable

SPACES = "\t\n\r \u00a0\u3000"

Text = Annotated[str, Limits(min_length=1, max_length=1024), printable(SPACES)]
"""1 to 1,024 characters of any script, with spaces and line breaks. Source: the model's SensitiveStringType."""

NamePart = Annotated[str, Limits(min_length=1, max_length=1024, blank=True), printable(SPACES, blank=True)]
"""A part of a person's name. For a person with a single name, the other part is a single space."""

RESERVED_NAMES = ("Administrator", "AWSAdministrators")
"""The names that no user or group can have. Source: the model's documentation of UserName."""


def _not_reserved(value: str) -> str:
    if value.casefold() in {name.casefold() for name in RESERVED_NAMES}:
        message = f"must not be {' or '.join(RESERVED_NAMES)} (upper or lower case), because AWS reserves these names"
        raise ValueError(message)
    return value


AT_MOST_ONE, AT_MOST_THREE = Limits(min_length=1, max_length=1), Limits(min_length=1, max_length=3)

AttributeName = Annotated[
    str, Limits(pattern=r"^\p{L}{1,64}$", form="an attribute's name of 1 to 64 letters, such as costCenter")
]
"""The name of an attribute in an extension: only letters. Source: AttributePath, which updates use."""


def exact_numbers(value: Any) -> Any:
    """Reject numbers that floating point, as Pulumi and JSON use it, can't represent exactly.

    Args:
        value: An attribute's value.

    Returns:
        The value.

    Raises:
        ValueError: A number in it is too large.
    """
    if isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            exact_numbers(item)
    elif isinstance(value, int | float) and not abs(value) < 2**53:
        message = "has a number that is too large for an exact value; write it as a string"
        raise ValueError(message)
    return value


def distinct_names(attributes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Reject attributes whose names differ only in case, because AWS does not always return the same case.

    Args:
        attributes: The attributes of an extension.

    Returns:
        The attributes.

    Raises:
        ValueError: Two names differ only in case.
    """
    if len({name.casefold() for name in attributes}) < len(attributes):
        message = "must not have two attributes whose names differ only in case"
        raise ValueError(message)
    return attributes


Extension = Annotated[
    str,
    Limits(
        pattern=r"^aws:identitystore:[a-z]{1,20}$",
        form='an extension that holds attributes: write {"aws:identitystore:enterprise": {"costCenter": "42"}}',
    ),
]
"""The name of a set of attributes. Source: the model. The only known one is `aws:identitystore:enterprise`."""

StoreId = Annotated[str, AfterValidator(ids.store_id), ValueKind.IDENTIFIER]
UserId = Annotated[str, AfterValidator(ids.user_id), ValueKind.IDENTIFIER]
GroupId = Annotated[str, AfterValidator(ids.group_id), ValueKind.IDENTIFIER]
LowerUserId = Annotated[str, AfterValidator(ids.user_id), AfterValidator(str.lower), ValueKind.IDENTIFIER]
LowerGroupId = Annotated[str, AfterValidator(ids.group_id), AfterValidator(str.lower), ValueKind.IDENTIFIER]
"""Ids that are compared with AWS's own, which are in lower case."""

UserName = Annotated[str, Limits(min_length=1, max_length=128), printable(), AfterValidator(_not_reserved)]
GroupName = Annotated[str, Limits(min_length=1, max_length=1024), printable(SPACES), AfterValidator(_not_reserved)]


class Name(TypedDict):
    """A person's name. AWS requires the family name and the given name. Write a single space for a missing one."""

    family_name: ReadOnly[Input[NamePart]]
    given_name: ReadOnly[Input[NamePart]]
    formatted: NotRequired[ReadOnly[Input[NamePart]]]
    middle_name: NotRequired[ReadOnly[Input[NamePart]]]
    honorific_prefix: NotRequired[ReadOnly[Input[NamePart]]]
    honorific_suffix: NotRequired[ReadOnly[Input[NamePart]]]


class Email(TypedDict):
    """An e-mail address, unique in the store."""

    value: ReadOnly[Input[Text]]
    type: NotRequired[ReadOnly[Input[Text]]]
    primary: NotRequired[ReadOnly[Input[bool]]]


class Address(TypedDict, total=False):
    """A postal address."""

    street_address: ReadOnly[Input[Text]]
    locality: ReadOnly[Input[Text]]
    region: ReadOnly[Input[Text]]
    postal_code: ReadOnly[Input[Text]]
    country: ReadOnly[Input[Text]]
    formatted: ReadOnly[Input[Text]]
    type: ReadOnly[Input[Text]]
    primary: ReadOnly[Input[bool]]


class PhoneNumber(TypedDict):
    """A phone number, in any notation."""

    value: ReadOnly[Input[Text]]
    type: NotRequired[ReadOnly[Input[Text]]]
    primary: NotRequired[ReadOnly[Input[bool]]]


class Photo(TypedDict):
    """The location of a photo."""

    value: ReadOnly[Input[Text]]
    type: NotRequired[ReadOnly[Input[Text]]]
    display: NotRequired[ReadOnly[Input[Text]]]
    primary: NotRequired[ReadOnly[Input[bool]]]


class Role(TypedDict):
    """A role in the organization. It is only a text and grants no access."""

    value: ReadOnly[Input[Text]]
    type: NotRequired[ReadOnly[Input[Text]]]
    primary: NotRequired[ReadOnly[Input[bool]]]


class ExternalId(TypedDict):
    """The identity provider that manages an entity through SCIM, and the entity's id there."""

    issuer: str
    id: str
