"""The handles of an identity store: a test acts as AWS, as an identity provider, or as another client."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from .errors import DEFAULT_ACCOUNT, DEFAULT_REGION, Caller
from .identifiers import Identifiers
from .stores import Index, Membership, Store, StoredEntity, without

Members = dict[str, Any]


class OtherClient(ABC):
    """Changes to stores without HTTP. The stores are the backend's."""

    lock: threading.RLock
    _identifiers: Identifiers
    _stores: dict[str, Store]

    @abstractmethod
    def _store(self, caller: Caller, request: Members, *, write: bool = False) -> Store:
        """Return the store that a request names."""

    def set_external_ids(self, store_id: str, entity_id: str, *ids: tuple[str, str]) -> None:
        """Make an identity provider the manager of a user or group, as SCIM does.

        The call increments the revision.

        Args:
            store_id: The id of the store.
            entity_id: The id of the user or group.
            ids: Pairs of issuer and id. Without any, the entity is no longer externally managed.
        """
        with self.lock:
            store = self._stores[store_id]
            kind = store.users if entity_id in store.users.records else store.groups
            entity = kind.get(entity_id)
            kind.set_external_ids(entity, [{"Issuer": i, "Id": e} for i, e in ids])
            entity.changed("scim", self._identifiers.now())

    def seed_users(
        self, store_id: str, users: Iterable[Members], account: str = DEFAULT_ACCOUNT, region: str = DEFAULT_REGION
    ) -> list[str]:
        """Add users without HTTP or validation. 10,000 users take less than a second.

        Args:
            store_id: The id of the store.
            users: The parameters of CreateUser, without the store.
            account: The account of the store.
            region: The region of the store.

        Returns:
            The ids of the users.
        """
        return self._seed(store_id, "users", users, Caller(account, region))

    def seed_groups(
        self, store_id: str, groups: Iterable[Members], account: str = DEFAULT_ACCOUNT, region: str = DEFAULT_REGION
    ) -> list[str]:
        """Add groups without HTTP or validation.

        Args:
            store_id: The id of the store.
            groups: The parameters of CreateGroup, without the store.
            account: The account of the store.
            region: The region of the store.

        Returns:
            The ids of the groups.
        """
        return self._seed(store_id, "groups", groups, Caller(account, region))

    def seed_memberships(self, store_id: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
        """Add users to groups without HTTP or validation.

        Args:
            store_id: The id of the store.
            pairs: Pairs of group id and user id.

        Returns:
            The ids of the memberships.
        """
        with self.lock:
            store = self._stores[store_id]
            made = [self.new_membership(store, g, u, "seed") for g, u in pairs]
            for membership in made:
                store.join(membership)
            return [membership.id for membership in made]

    def new_entity(
        self, kind: Index, store: Store, attributes: Members, extensions: Members, author: str
    ) -> StoredEntity:
        """Return a user or group with a new id."""
        name = attributes.get("UserName") or attributes.get("DisplayName", "")
        id_ = self._identifiers.uuid(kind.type, store.id, name)
        return StoredEntity(id_, attributes, author, self._identifiers.now(), extensions=dict(extensions))

    def new_membership(self, store: Store, group_id: str, user_id: str, author: str) -> Membership:
        """Return a membership with a new id."""
        id_ = self._identifiers.uuid("GROUP_MEMBERSHIP", store.id, group_id, user_id)
        return Membership(id_, group_id, user_id, author, self._identifiers.now())

    def _seed(self, store_id: str, kind: str, entities: Iterable[Members], caller: Caller) -> list[str]:
        with self.lock:
            store = self._store(caller, {"IdentityStoreId": store_id}, write=True)
            into: Index = getattr(store, kind)
            made = [
                self.new_entity(
                    into, store, without(attributes, "Extensions"), attributes.get("Extensions", {}), "seed"
                )
                for attributes in entities
            ]
            for entity in made:
                into.refuse_duplicate(entity.attributes)
                into.add(entity)
            return [entity.id for entity in made]
