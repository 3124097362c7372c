"""The content of an identity store: users, groups, memberships, and their indexes."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any

from .errors import AwsError
from .pages import Records

Members = dict[str, Any]
Values = Mapping[str, Callable[[Members], str | None]]
Key = tuple[str, str]

DUPLICATE = "UNIQUENESS_CONSTRAINT_VIOLATION"
CONCURRENT = "CONCURRENT_MODIFICATION"


class ResourceNotFoundException(AwsError):
    """A store, user, group or membership that does not exist. ResourceType names its type."""

    def __init__(self, resource_type: str, resource_id: str | None = None) -> None:
        # In the model, a ResourceId is the id of a user, group or membership, not of a store.
        super().__init__(f"{resource_type} not found.", ResourceType=resource_type, ResourceId=resource_id)


class ConflictException(AwsError):
    """A duplicate, or a write with an old revision. Reason names the case."""

    def __init__(self, message: str, reason: str = DUPLICATE) -> None:
        super().__init__(message, Reason=reason)


@dataclass
class StoredEntity:
    """A user or a group. `attributes` are the members that a client can write."""

    id: str
    attributes: Members
    author: str
    created: datetime
    external_ids: list[Members] = field(default_factory=list)
    extensions: dict[str, Any] = field(default_factory=dict)
    revision: int = 1
    groups: dict[str, str] = field(default_factory=dict)  # only for users: group id → membership id

    def changed(self, author: str, time: datetime) -> None:
        """Record a write."""
        self.revision += 1
        self.updated, self.updated_by = time, author

    def __post_init__(self) -> None:
        self.updated, self.updated_by = self.created, self.author


@dataclass(frozen=True)
class Membership:
    """A user's membership in a group."""

    id: str
    group_id: str
    user_id: str
    author: str
    created: datetime


class Index:
    """The users or the groups of a store, with their unique attributes.

    `findable` has the attributes by which GetUserId and GetGroupId find an entity. `unique` has those that are unique.
    """

    def __init__(self, name: str, findable: Values, unique: Values) -> None:
        self.name = name  # User or Group: the prefix of the model's members
        self.type = name.upper()
        self.records: Records[StoredEntity] = Records()
        self._findable = findable
        self._unique = unique
        self._ids: defaultdict[Key, set[str]] = defaultdict(set)
        self._owners: dict[Key, str] = {}

    def get(self, entity_id: str) -> StoredEntity:
        """Return the entity with this id.

        Raises:
            ResourceNotFoundException: There is none.
        """
        found = self.records.get(bare(entity_id))
        if found is None:
            raise ResourceNotFoundException(self.type, entity_id)
        return found

    def find(self, path: str, value: str) -> StoredEntity | None:
        """Return the only entity with this value, or None. Case does not matter."""
        return self._only((path, value.casefold()))

    def find_external(self, issuer: str, external_id: str) -> StoredEntity | None:
        """Return the entity with this external id, or None."""
        return self._only((issuer, external_id))

    @property
    def paths(self) -> list[str]:
        """The attributes by which GetUserId and GetGroupId find an entity."""
        return list(self._findable)

    def refuse_duplicate(self, attributes: Members, entity_id: str | None = None) -> None:
        """Raise an error if another entity has the same unique attributes."""
        for key in _keys(self._unique, attributes):
            if self._owners.get(key, entity_id) != entity_id:
                label = {"displayName": "GroupDisplayName", "userName": "UserName"}
                raise ConflictException(f"Duplicate {label.get(key[0], key[0])}")

    def add(self, entity: StoredEntity) -> None:
        """Add an entity, which must not be a duplicate."""
        self.records.add(entity.id, entity)
        self._index(entity)

    def replace(self, entity: StoredEntity, attributes: Members, extensions: Members) -> None:
        """Replace the attributes of an entity, which must not be duplicates."""
        self._unindex(entity)
        entity.attributes, entity.extensions = attributes, extensions
        self._index(entity)

    def set_external_ids(self, entity: StoredEntity, external_ids: list[Members]) -> None:
        """Replace the external ids of an entity."""
        self._unindex(entity)
        entity.external_ids = external_ids
        self._index(entity)

    def remove(self, entity: StoredEntity) -> None:
        """Delete an entity."""
        self.records.remove(entity.id)
        self._unindex(entity)

    def _index(self, entity: StoredEntity) -> None:
        self._owners |= dict.fromkeys(_keys(self._unique, entity.attributes), entity.id)
        for key in self._all_keys(entity):
            self._ids[key].add(entity.id)

    def _unindex(self, entity: StoredEntity) -> None:
        for key in _keys(self._unique, entity.attributes):
            del self._owners[key]
        for key in self._all_keys(entity):
            self._ids[key].discard(entity.id)
            if not self._ids[key]:
                del self._ids[key]

    def _all_keys(self, entity: StoredEntity) -> list[Key]:
        external = [(external["Issuer"], external["Id"]) for external in entity.external_ids]
        return [*_keys(self._findable, entity.attributes), *external]

    def _only(self, key: Key) -> StoredEntity | None:
        ids = self._ids.get(key, set())
        return self.records.get(next(iter(ids))) if len(ids) == 1 else None


def _keys(values: Values, attributes: Members) -> list[Key]:
    """Return the keys of an entity: a path and a value without regard to case."""
    found = ((path, value_of(attributes)) for path, value_of in values.items())
    return [(path, value.casefold()) for path, value in found if value is not None]


def _email(attributes: Members) -> str | None:
    emails = attributes.get("Emails") or [{}]
    value = emails[0].get("Value")
    return str(value) if value is not None else None


def _primary_email(attributes: Members) -> str | None:
    return _email(attributes) if any(email.get("Primary") for email in attributes.get("Emails", ())) else None


class Store:
    """One identity store."""

    def __init__(self, store_id: str) -> None:
        self.id = store_id
        self.home: tuple[str, str] | None = None  # account and region, after the first write
        self.network: Members | None = None
        user_name, display_name = itemgetter("UserName"), itemgetter("DisplayName")
        self.users = Index(
            "User",
            findable={"userName": user_name, "emails.value": _email},
            unique={"userName": user_name, "emails.value": _primary_email},
        )
        self.groups = Index("Group", findable={"displayName": display_name}, unique={"displayName": display_name})
        self.memberships: Records[Membership] = Records()
        self.members: dict[str, Records[Membership]] = {}  # by group id
        self.groups_of: dict[str, Records[Membership]] = {}  # by user id

    def join(self, membership: Membership) -> None:
        """Add a new membership."""
        self.memberships.add(membership.id, membership)
        self.members.setdefault(membership.group_id, Records()).add(membership.id, membership)
        self.groups_of.setdefault(membership.user_id, Records()).add(membership.id, membership)
        user = self.users.get(membership.user_id)
        user.groups[membership.group_id] = membership.id

    def leave(self, membership: Membership) -> None:
        """Delete a membership."""
        self.memberships.remove(membership.id)
        self.members[membership.group_id].remove(membership.id)
        self.groups_of[membership.user_id].remove(membership.id)
        del self.users.get(membership.user_id).groups[membership.group_id]


def bare(identifier: str) -> str:
    """Return the id within an ARN; a plain id is returned unchanged."""
    return identifier.rpartition("/")[2]


def without(members: Mapping[str, Any], *names: str) -> Members:
    """Return members without the given ones."""
    return {name: value for name, value in members.items() if name not in names}
