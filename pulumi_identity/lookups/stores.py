"""Look up identity stores of AWS IAM Identity Center themselves, and say which one a lookup is about.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
Unusual: a store that is connected to Active Directory may not know the operations that find by name.

Every lookup here takes what those of people and groups take besides, and raises the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_identity.aws.session import session
from pulumi_identity.errors import NotFound, Rejected, code

from ._failures import hidden, named
from ._invoke import answered, lookup, pages

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

SERVICE = "identitystore"
STORE = "Identity Store"


@dataclass(frozen=True)
class NetworkConfiguration:
    """From where the store may be reached."""

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
    """What the listing of identity stores tells of one."""

    identity_store_id: str
    identity_store_arn: str


@lookup(SERVICE, STORE, "DescribeIdentityStore", "ListIdentityStores")
def get_identity_store(
    *,
    identity_store_id: str | None = None,
    region: str | None = None,
    role_arn: str | None = None,
) -> GetIdentityStoreResult:
    """Find an identity store by its id or, where neither the call nor the configuration has one, the only one.

    One call by id, two otherwise. Rejected, with their ids, if there are several. Not verified against AWS.
    """
    if identity_store_id is None:
        stores = {store.identity_store_id: store for store in get_identity_stores(region=region, role_arn=role_arn)}
        found = only(stores, STORE, f"the only one of {session(region, role_arn).region}")
        identity_store_id = found.identity_store_id
    client, store = in_store(identity_store_id, region, role_arn)
    return answered(GetIdentityStoreResult, client.describe_identity_store(**store))


@lookup(SERVICE, STORE + "s", "ListIdentityStores")
def get_identity_stores(*, region: str | None = None, role_arn: str | None = None) -> tuple[ListedIdentityStore, ...]:
    """List the identity stores of the region that the credentials may see, by id. Not verified against AWS."""
    listed = pages(session(region, role_arn).client("identitystore"), "list_identity_stores", "IdentityStores")
    return tuple(sorted((answered(ListedIdentityStore, store) for store in listed), key=_id_of))


# What lookups in a store share


def in_store(identity_store_id: str | None, region: str | None, role_arn: str | None) -> tuple[Any, dict[str, Any]]:
    """Return AWS's client, and what every request about a store carries."""
    if identity_store_id is None:
        message = (
            "identity_store_id is required: give it, run `pulumi config set identity:identityStoreId …`,"
            " or take get_identity_store().identity_store_id"
        )
        raise TypeError(message)
    return session(region, role_arn).client("identitystore"), {"IdentityStoreId": identity_store_id}


def is_unknown(error: Exception) -> bool:
    """Tell whether the store lacks an operation, as some that are connected to Active Directory do."""
    return code(error) == "UnknownOperationException"


def only(found: Mapping[str, T], kind: str, label: str) -> T:
    """Return the one that was found; where there is none, or several by these ids, it is an error."""
    looking = f"looking up {named(kind, label)}"
    if not found:
        raise NotFound(f"{looking}: there is none")
    if len(found) > 1:
        ids = "" if hidden.get() else ": " + ", ".join([*islice(found, 5), *["…"][: len(found) - 5]])
        raise Rejected(f"{looking}: there are {len(found)} — give the id of one{ids}")
    return next(iter(found.values()))


def _id_of(store: ListedIdentityStore) -> str:
    return store.identity_store_id
