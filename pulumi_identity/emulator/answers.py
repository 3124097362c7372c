"""The responses of the identity store."""

from collections.abc import Iterable
from typing import Any

from pulumi_identity.aws.regions import partition

from .errors import DEFAULT_REGION, Caller
from .stores import Membership, Store, StoredEntity

Members = dict[str, Any]


def page(name: str, items: list[Members], token: str | None) -> Members:
    """Return a page of a listing, with the token of the next page if there is one."""
    return {name: items} if token is None else {name: items, "NextToken": token}


def ids(store: Store, name: str, entity_id: str) -> Members:
    """Return the ids and the ARN of a User, Group or Membership."""
    _, region = store.home or ("", DEFAULT_REGION)
    return {
        "IdentityStoreId": store.id,
        f"{name}Id": entity_id,
        f"{name}Arn": f"arn:{partition(region)}:identitystore:::{name.lower()}/{entity_id}",
    }


def store_ids(store: Store, caller: Caller) -> Members:
    """Return the id and the ARN of a store."""
    arn = f"arn:{partition(caller.region)}:identitystore::{caller.account}:identitystore/{store.id}"
    return {"IdentityStoreId": store.id, "IdentityStoreArn": arn}


def _entity(store: Store, entity: StoredEntity, name: str) -> Members:
    answer = {
        **ids(store, name, entity.id),
        "Revision": str(entity.revision),
        **entity.attributes,
        "CreatedAt": entity.created,
        "CreatedBy": entity.author,
        "UpdatedAt": entity.updated,
        "UpdatedBy": entity.updated_by,
    }
    if entity.external_ids:
        answer["ExternalIds"] = entity.external_ids
    return answer


def user(store: Store, found: StoredEntity, extensions: Iterable[str], status: str = "ENABLED") -> Members:
    """Return a user, with the requested extensions."""
    answer = {**_entity(store, found, "User"), "UserStatus": status}
    asked = {name: found.extensions[name] for name in extensions if name in found.extensions}
    if asked:
        answer["Extensions"] = asked
    return answer


def group(store: Store, found: StoredEntity) -> Members:
    """Return a group."""
    return _entity(store, found, "Group")


def membership(store: Store, found: Membership) -> Members:
    """Return a membership."""
    return {
        **ids(store, "Membership", found.id),
        "GroupId": found.group_id,
        "MemberId": {"UserId": found.user_id},
        "CreatedAt": found.created,
        "CreatedBy": found.author,
        "UpdatedAt": found.created,
        "UpdatedBy": found.author,
    }
