"""The attributes of users and groups that have parts, as lookups return them.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NameResult:
    """The parts of a person's name."""

    formatted: str | None
    family_name: str | None
    given_name: str | None
    middle_name: str | None
    honorific_prefix: str | None
    honorific_suffix: str | None


@dataclass(frozen=True)
class EmailResult:
    """An e-mail address."""

    value: str | None
    type: str | None
    primary: bool | None


@dataclass(frozen=True)
class AddressResult:
    """A postal address."""

    street_address: str | None
    locality: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    formatted: str | None
    type: str | None
    primary: bool | None


@dataclass(frozen=True)
class PhoneNumberResult:
    """A phone number."""

    value: str | None
    type: str | None
    primary: bool | None


@dataclass(frozen=True)
class PhotoResult:
    """The address of a photo."""

    value: str
    type: str | None
    display: str | None
    primary: bool | None


@dataclass(frozen=True)
class RoleResult:
    """A role in the organization."""

    value: str | None
    type: str | None
    primary: bool | None


@dataclass(frozen=True)
class ProvisionedAs:
    """The identity provider that manages an entity through SCIM, and its id for the entity."""

    issuer: str
    id: str
