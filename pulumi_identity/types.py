"""The types of values: what arguments take, what outputs hold, and all arguments of a resource as a dict.

Written by tools/stubs.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired

from pulumi import Input
from typing_extensions import ReadOnly, TypedDict

from pulumi_identity.aws.quicksight_roles import UserRole
from pulumi_identity.resources import IdentityStoreUser, QuickSightUser

__all__ = [
    "Address",
    "AddressOutput",
    "AppStreamUserArgs",
    "AppStreamUserStackAssociationArgs",
    "AssumeRole",
    "AssumeRoleOutput",
    "Email",
    "EmailOutput",
    "ExternalId",
    "GroupArgs",
    "GroupMembersArgs",
    "GroupMembershipArgs",
    "IdentityStoreUserArgs",
    "Name",
    "NameOutput",
    "PhoneNumber",
    "PhoneNumberOutput",
    "Photo",
    "PhotoOutput",
    "QuickSightGroupArgs",
    "QuickSightGroupMembersArgs",
    "QuickSightUserArgs",
    "Role",
    "RoleOutput",
    "UserRole",
]


class Address(TypedDict):
    """A postal address."""

    street_address: NotRequired[ReadOnly[Input[str]]]
    locality: NotRequired[ReadOnly[Input[str]]]
    region: NotRequired[ReadOnly[Input[str]]]
    postal_code: NotRequired[ReadOnly[Input[str]]]
    country: NotRequired[ReadOnly[Input[str]]]
    formatted: NotRequired[ReadOnly[Input[str]]]
    type: NotRequired[ReadOnly[Input[str]]]
    primary: NotRequired[ReadOnly[Input[bool]]]


class AssumeRole(TypedDict):
    """How to assume the role in `role_arn`. Source of the limits: the model of STS."""

    external_id: NotRequired[ReadOnly[Input[str]]]
    session_name: NotRequired[ReadOnly[Input[str]]]
    duration: NotRequired[ReadOnly[Input[int]]]


class Email(TypedDict):
    """An e-mail address, unique in the store."""

    value: ReadOnly[Input[str]]
    type: NotRequired[ReadOnly[Input[str]]]
    primary: NotRequired[ReadOnly[Input[bool]]]


class ExternalId(TypedDict):
    """The identity provider that manages an entity through SCIM, and the entity's id there."""

    issuer: str
    id: str


class Name(TypedDict):
    """A person's name. AWS requires the family name and the given name. Write a single space for a missing one."""

    family_name: ReadOnly[Input[str]]
    given_name: ReadOnly[Input[str]]
    formatted: NotRequired[ReadOnly[Input[str]]]
    middle_name: NotRequired[ReadOnly[Input[str]]]
    honorific_prefix: NotRequired[ReadOnly[Input[str]]]
    honorific_suffix: NotRequired[ReadOnly[Input[str]]]


class PhoneNumber(TypedDict):
    """A phone number, in any notation."""

    value: ReadOnly[Input[str]]
    type: NotRequired[ReadOnly[Input[str]]]
    primary: NotRequired[ReadOnly[Input[bool]]]


class Photo(TypedDict):
    """The location of a photo."""

    value: ReadOnly[Input[str]]
    type: NotRequired[ReadOnly[Input[str]]]
    display: NotRequired[ReadOnly[Input[str]]]
    primary: NotRequired[ReadOnly[Input[bool]]]


class Role(TypedDict):
    """A role in the organization. It is only a text and grants no access."""

    value: ReadOnly[Input[str]]
    type: NotRequired[ReadOnly[Input[str]]]
    primary: NotRequired[ReadOnly[Input[bool]]]


class AddressOutput(TypedDict):
    """`Address`, as an output holds it."""

    street_address: NotRequired[str]
    locality: NotRequired[str]
    region: NotRequired[str]
    postal_code: NotRequired[str]
    country: NotRequired[str]
    formatted: NotRequired[str]
    type: NotRequired[str]
    primary: NotRequired[bool]


class AssumeRoleOutput(TypedDict):
    """`AssumeRole`, as an output holds it."""

    external_id: NotRequired[str]
    session_name: NotRequired[str]
    duration: NotRequired[int]


class EmailOutput(TypedDict):
    """`Email`, as an output holds it."""

    value: str
    type: NotRequired[str]
    primary: NotRequired[bool]


class NameOutput(TypedDict):
    """`Name`, as an output holds it."""

    family_name: str
    given_name: str
    formatted: NotRequired[str]
    middle_name: NotRequired[str]
    honorific_prefix: NotRequired[str]
    honorific_suffix: NotRequired[str]


class PhoneNumberOutput(TypedDict):
    """`PhoneNumber`, as an output holds it."""

    value: str
    type: NotRequired[str]
    primary: NotRequired[bool]


class PhotoOutput(TypedDict):
    """`Photo`, as an output holds it."""

    value: str
    type: NotRequired[str]
    display: NotRequired[str]
    primary: NotRequired[bool]


class RoleOutput(TypedDict):
    """`Role`, as an output holds it."""

    value: str
    type: NotRequired[str]
    primary: NotRequired[bool]


class AppStreamUserArgs(TypedDict):
    """The arguments of `AppStreamUser`, for `AppStreamUser(name, **arguments)`."""

    user_name: Input[str]
    authentication_type: NotRequired[Input[Literal["USERPOOL"]] | None]
    first_name: NotRequired[Input[str | None]]
    last_name: NotRequired[Input[str | None]]
    enabled: NotRequired[Input[bool] | None]
    message_action: NotRequired[Input[Literal["SUPPRESS", "RESEND"] | None]]
    region: NotRequired[Input[str] | None]
    role_arn: NotRequired[Input[str | None]]
    profile: NotRequired[Input[str | None]]
    assume_role: NotRequired[Input[AssumeRole | None]]
    adopt: NotRequired[Input[bool | Literal["externally-managed"] | None]]


class AppStreamUserStackAssociationArgs(TypedDict):
    """The arguments of `AppStreamUserStackAssociation`, for `AppStreamUserStackAssociation(name, **arguments)`."""

    stack_name: Input[str]
    user_name: Input[str]
    authentication_type: NotRequired[Input[Literal["USERPOOL"]] | None]
    send_email_notification: NotRequired[Input[bool | None]]
    region: NotRequired[Input[str] | None]
    role_arn: NotRequired[Input[str | None]]
    profile: NotRequired[Input[str | None]]
    assume_role: NotRequired[Input[AssumeRole | None]]
    adopt: NotRequired[Input[bool | Literal["externally-managed"] | None]]


class GroupArgs(TypedDict):
    """The arguments of `Group`, for `Group(name, **arguments)`."""

    display_name: Input[str]
    identity_store_id: NotRequired[Input[str] | None]
    description: NotRequired[Input[str | None]]
    region: NotRequired[Input[str] | None]
    role_arn: NotRequired[Input[str | None]]
    profile: NotRequired[Input[str | None]]
    assume_role: NotRequired[Input[AssumeRole | None]]
    adopt: NotRequired[Input[bool | Literal["externally-managed"] | None]]


class GroupMembersArgs(TypedDict):
    """The arguments of `GroupMembers`, for `GroupMembers(name, **arguments)`."""

    group_id: Input[str]
    members: Input[Mapping[str, Input[str]]] | Sequence[IdentityStoreUser]
    identity_store_id: NotRequired[Input[str] | None]
    exclusive: NotRequired[Input[bool] | None]
    region: NotRequired[Input[str] | None]
    role_arn: NotRequired[Input[str | None]]
    profile: NotRequired[Input[str | None]]
    assume_role: NotRequired[Input[AssumeRole | None]]
    adopt: NotRequired[Input[bool | Literal["externally-managed"] | None]]


class GroupMembershipArgs(TypedDict):
    """The arguments of `GroupMembership`, for `GroupMembership(name, **arguments)`."""

    group_id: Input[str]
    member_id: Input[str]
    identity_store_id: NotRequired[Input[str] | None]
    region: NotRequired[Input[str] | None]
    role_arn: NotRequired[Input[str | None]]
    profile: NotRequired[Input[str | None]]
    assume_role: NotRequired[Input[AssumeRole | None]]
    adopt: NotRequired[Input[bool | Literal["externally-managed"] | None]]


class IdentityStoreUserArgs(TypedDict):
    """The arguments of `IdentityStoreUser`, for `IdentityStoreUser(name, **arguments)`."""

    user_name: Input[str]
    display_name: Input[str]
    name: Input[Name]
    identity_store_id: NotRequired[Input[str] | None]
    nick_name: NotRequired[Input[str | None]]
    profile_url: NotRequired[Input[str | None]]
    emails: NotRequired[Input[Sequence[Input[Email]] | None]]
    addresses: NotRequired[Input[Sequence[Input[Address]] | None]]
    phone_numbers: NotRequired[Input[Sequence[Input[PhoneNumber]] | None]]
    user_type: NotRequired[Input[str | None]]
    title: NotRequired[Input[str | None]]
    preferred_language: NotRequired[Input[str | None]]
    locale: NotRequired[Input[str | None]]
    timezone: NotRequired[Input[str | None]]
    photos: NotRequired[Input[Sequence[Input[Photo]] | None]]
    website: NotRequired[Input[str | None]]
    birthdate: NotRequired[Input[str | None]]
    roles: NotRequired[Input[Sequence[Input[Role]] | None]]
    extensions: NotRequired[Input[Mapping[str, Input[Mapping[str, Any]]] | None]]
    region: NotRequired[Input[str] | None]
    role_arn: NotRequired[Input[str | None]]
    profile: NotRequired[Input[str | None]]
    assume_role: NotRequired[Input[AssumeRole | None]]
    adopt: NotRequired[Input[bool | Literal["externally-managed"] | None]]


class QuickSightGroupArgs(TypedDict):
    """The arguments of `QuickSightGroup`, for `QuickSightGroup(name, **arguments)`."""

    group_name: Input[str]
    aws_account_id: NotRequired[Input[str] | None]
    namespace: NotRequired[Input[str] | None]
    description: NotRequired[Input[str | None]]
    region: NotRequired[Input[str] | None]
    role_arn: NotRequired[Input[str | None]]
    profile: NotRequired[Input[str | None]]
    assume_role: NotRequired[Input[AssumeRole | None]]
    adopt: NotRequired[Input[bool | Literal["externally-managed"] | None]]


class QuickSightGroupMembersArgs(TypedDict):
    """The arguments of `QuickSightGroupMembers`, for `QuickSightGroupMembers(name, **arguments)`."""

    group_name: Input[str]
    members: Input[Mapping[str, Input[str]]] | Sequence[Input[str] | QuickSightUser]
    aws_account_id: NotRequired[Input[str] | None]
    namespace: NotRequired[Input[str] | None]
    exclusive: NotRequired[Input[bool] | None]
    region: NotRequired[Input[str] | None]
    role_arn: NotRequired[Input[str | None]]
    profile: NotRequired[Input[str | None]]
    assume_role: NotRequired[Input[AssumeRole | None]]
    adopt: NotRequired[Input[bool | Literal["externally-managed"] | None]]


class QuickSightUserArgs(TypedDict):
    """The arguments of `QuickSightUser`, for `QuickSightUser(name, **arguments)`."""

    email: Input[str]
    user_role: Input[
        Literal[
            "ADMIN",
            "AUTHOR",
            "READER",
            "RESTRICTED_AUTHOR",
            "RESTRICTED_READER",
            "ADMIN_PRO",
            "AUTHOR_PRO",
            "READER_PRO",
        ]
    ]
    aws_account_id: NotRequired[Input[str] | None]
    namespace: NotRequired[Input[str] | None]
    user_name: NotRequired[Input[str] | None]
    identity_type: NotRequired[Input[Literal["IAM", "QUICKSIGHT", "IAM_IDENTITY_CENTER"]] | None]
    iam_arn: NotRequired[Input[str | None]]
    session_name: NotRequired[Input[str | None]]
    custom_permissions_name: NotRequired[Input[str | None]]
    external_login_federation_provider_type: NotRequired[Input[Literal["COGNITO", "CUSTOM_OIDC"] | None]]
    custom_federation_provider_url: NotRequired[Input[str | None]]
    external_login_id: NotRequired[Input[str | None]]
    tags: NotRequired[Input[Mapping[str, Input[str]] | None]]
    region: NotRequired[Input[str] | None]
    role_arn: NotRequired[Input[str | None]]
    profile: NotRequired[Input[str | None]]
    assume_role: NotRequired[Input[AssumeRole | None]]
    adopt: NotRequired[Input[bool | Literal["externally-managed"] | None]]
