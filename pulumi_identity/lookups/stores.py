"""Look up identity stores of AWS IAM Identity Center.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
Unusual: a store that is connected to Active Directory may lack the operations that find an id by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_identity.aws.session import session
from pulumi_identity.errors import NotFound, Rejected, code
from pulumi_identity.provider.settings import AssumeRole  # noqa: TC001  (arguments are checked by their types)
from pulumi_identity.provider.words import to_pascal

from ._failures import hidden, named
from ._invoke import answered, lookup, pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_identity.resources.identitystore.types import ExternalId

T = TypeVar("T")

SERVICE = "identitystore"
STORE = "Identity Store"


@dataclass(frozen=True)
class NetworkConfiguration:
    """The networks from which the store can be reached."""

    vpce_access_required: bool
    api_restrict_source_vpcs: tuple[str, ...]
    api_allow_source_ips: tuple[str, ...]
    scim_allow_source_ips: tuple[str, ...]


@dataclass(frozen=True)
class GetIdentityStoreResult:
    """An identity store."""

    identity_store_id: str
    identity_store_arn: str
    network_configuration: NetworkConfiguration | None


@dataclass(frozen=True)
class ListedIdentityStore:
    """An identity store in a listing."""

    identity_store_id: str
    identity_store_arn: str


@lookup(SERVICE, STORE, "DescribeIdentityStore", "ListIdentityStores")
def get_identity_store(
    *,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> GetIdentityStoreResult:
    """Look up an identity store by its id, or the only one in the region.

    A lookup by id takes one call. Without an id it takes two, and lists the stores of the region. This lookup is not
    verified against AWS.

    Args:
        identity_store_id: The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The identity store.

    Raises:
        NotFound: The identity store does not exist, or the region has none.
        Rejected: The region has several identity stores, and you gave no id. The error lists their ids.
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    if identity_store_id is None:
        stores = {
            store.identity_store_id: store
            for store in get_identity_stores(region=region, role_arn=role_arn, profile=profile, assume_role=assume_role)
        }
        found = only(stores, STORE, f"region {session(region, role_arn, profile, assume_role).region}")
        identity_store_id = found.identity_store_id
    client, store = in_store(identity_store_id, region, role_arn, profile, assume_role)
    return answered(GetIdentityStoreResult, client.describe_identity_store(**store))


@lookup(SERVICE, STORE + "s", "ListIdentityStores")
def get_identity_stores(
    *,
    region: str | None = None,
    role_arn: str | None = None,
    profile: str | None = None,
    assume_role: AssumeRole | None = None,
) -> tuple[ListedIdentityStore, ...]:
    """List the identity stores of the region that the credentials can access.

    This lookup is not verified against AWS.

    Args:
        region: The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.
        role_arn: The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.
        profile: The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the
            environment.
        assume_role: How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.

    Returns:
        The identity stores, sorted by id.

    Raises:
        IdentityError: The request fails for another reason: Denied, Throttled, Unavailable or Rejected.
        TypeError: An argument is missing or has the wrong type, or two arguments exclude each other.
    """
    listed = pages(
        session(region, role_arn, profile, assume_role).client("identitystore"),
        "list_identity_stores",
        "IdentityStores",
    )
    return tuple(sorted((answered(ListedIdentityStore, store) for store in listed), key=_id_of))


# Shared by the lookups in a store


def in_store(identity_store_id: str | None, *access: Any) -> tuple[Any, dict[str, Any]]:
    """Return the client, and the parameters of every request about a store. `access` is for `session`."""
    if identity_store_id is None:
        message = (
            "identity_store_id is required — set it, run `pulumi config set identity:identityStoreId …`,"
            " or use get_identity_store().identity_store_id"
        )
        raise TypeError(message)
    return session(*access).client("identitystore"), {"IdentityStoreId": identity_store_id}


def alternate(attributes: Mapping[str, str | None], external_id: ExternalId | None) -> dict[str, Any]:
    """Return the AlternateIdentifier of a request: the external id, or the one attribute that has a value."""
    if external_id is not None:
        return {"ExternalId": {"Issuer": external_id["issuer"], "Id": external_id["id"]}}
    ((path, value),) = ((path, value) for path, value in attributes.items() if value is not None)
    return {"UniqueAttribute": {"AttributePath": path, "AttributeValue": value}}


def filtering_by(filters: Mapping[Any, str] | None) -> dict[str, Any]:
    """Return the part of a request that filters."""
    wanted = [{"AttributePath": to_pascal(name), "AttributeValue": value} for name, value in (filters or {}).items()]
    return {"Filters": wanted} if wanted else {}


def is_unknown(error: Exception) -> bool:
    """Return whether the store lacks an operation, as some stores connected to Active Directory do."""
    return code(error) == "UnknownOperationException"


def only(found: Mapping[str, T], kind: str, label: str) -> T:
    """Return the only entity.

    Args:
        found: Entities by id.
        kind: The noun for the entity.
        label: The arguments that it is looked up by.

    Returns:
        The entity.

    Raises:
        NotFound: There is none.
        Rejected: There are several.
    """
    looking = f"looking up {named(kind, label)}"
    if not found:
        raise NotFound(f"{looking}: not found")
    if len(found) > 1:
        ids = "" if hidden.get() else ": " + ", ".join([*islice(found, 5), *["…"][: len(found) - 5]])
        raise Rejected(f"{looking}: {len(found)} match — give the id instead{ids}")
    return next(iter(found.values()))


def _id_of(store: ListedIdentityStore) -> str:
    return store.identity_store_id
