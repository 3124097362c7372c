"""The identity store: users, groups and memberships, with all 22 operations.

Source: botocore's model and the IAM Identity Center guide. Where both are silent, the emulator is strict:

- User names, group names and primary e-mail addresses are unique, and case does not matter. An address that is not
  primary can be shared. GetUserId finds no user by a shared address, so no client gets the wrong person.
- `Administrator` and `AWSAdministrators` are reserved for users and groups, in upper or lower case.
- UpdateUser with the path `userName` renames a user. `UserName` is refused, in AWS's words.
- A request about memberships fails if the user or the group does not exist.
- Deleting an entity that does not exist fails. Deleting a user or a group deletes its memberships.
- A store belongs to the account and region that first writes to it. For other callers it does not exist.
"""

import copy
import threading
from collections.abc import Iterable, Sequence
from typing import Any

from botocore.model import StructureShape

from pulumi_identity.aws.regions import partition

from . import answers
from .attributes import apply_operations, check_extensions, require_group_attributes, require_user_attributes
from .errors import AwsError, Caller, ValidationException
from .identifiers import Identifiers
from .other_client import OtherClient
from .pages import BadTokenError, Records
from .protocol import Protocol
from .stores import (
    CONCURRENT,
    ConflictException,
    Index,
    Membership,
    ResourceNotFoundException,
    Store,
    StoredEntity,
    bare,
    without,
)

Members = dict[str, Any]

ALTERNATE_PATHS = {"UserName": "userName", "Emails.Value": "emails.value", "DisplayName": "displayName"}
DEFAULT_STORE = "d-1234567890"
MAX_USERS = MAX_GROUPS = 100_000  # guide
PAGE = 100  # model


class ServiceQuotaExceededException(AwsError):
    """A full store."""


class UnknownOperationException(AwsError):
    """An operation that a store with Active Directory as its source does not have."""


class IdentityStore(OtherClient):
    """The service `identitystore`: each operation is a method of its snake_case name.

    - `active_directory`: whether Active Directory is the source of the users and groups. Then GetUserId and GetGroupId
      are unknown operations, and ListUsers and ListGroups need a filter.
    - `disabled_users`: the user names whose `UserStatus` is DISABLED. No operation sets it.

    With the methods of `OtherClient`, a test acts as AWS or as another client.
    """

    def __init__(
        self,
        protocol: Protocol,
        identifiers: Identifiers,
        stores: Sequence[str] = (),
        *,
        active_directory: bool = False,
        disabled_users: Iterable[str] = (),
    ) -> None:
        self.lock = threading.RLock()
        self.active_directory = active_directory
        self.disabled_users = {name.casefold() for name in disabled_users}
        self._identifiers = identifiers
        self._only = tuple(stores)
        self.reset()
        for store in stores:
            shape = protocol.model.operation_model("DescribeIdentityStore").input_shape
            if protocol.validator.problems({"IdentityStoreId": store}, shape):
                raise ValueError(f"{store!r} is not an identity store id, such as d-1234567890")
        shape = protocol.model.operation_model("CreateUser").input_shape
        assert isinstance(shape, StructureShape)  # noqa: S101 - for mypy
        self._user_shape = shape
        shape = protocol.model.operation_model("CreateGroup").input_shape
        assert isinstance(shape, StructureShape)  # noqa: S101
        self._group_shape = shape
        self._validator = protocol.validator

    def reset(self) -> None:
        """Delete the content of all stores."""
        self._stores = {store_id: Store(store_id) for store_id in self._only}

    @staticmethod
    def refuse(problems: list[str]) -> AwsError:
        """Return the error for a request that violates the model."""
        return ValidationException(
            f"{len(problems)} validation error{'s' * (len(problems) > 1)} detected: " + "; ".join(problems)
        )

    # --- users

    def create_user(self, caller: Caller, request: Members) -> Members:
        attributes = without(request, "IdentityStoreId", "Extensions")
        extensions = request.get("Extensions", {})
        require_user_attributes(attributes)
        check_extensions(extensions)
        store = self._store(caller, request, write=True)
        if len(store.users.records) >= MAX_USERS:
            raise ServiceQuotaExceededException(f"the identity store holds {MAX_USERS} users, which is the maximum")
        return self._create(caller, store.users, store, attributes, extensions)

    def describe_user(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        asked = check_extensions(request.get("Extensions", ()))
        return self._user(store, store.users.get(request["UserId"]), asked)

    def update_user(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request, write=True)
        return self._update(caller, store.users, store, request)

    def delete_user(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request, write=True)
        return self._delete(store.users, store, request)

    def list_users(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        asked = check_extensions(request.get("Extensions", ()))
        found, token = self._list(store.users, "UserName", "userName", request)
        return answers.page("Users", [self._user(store, user, asked) for user in found], token)

    def get_user_id(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        return self._id(store.users, store, request)

    # --- groups

    def create_group(self, caller: Caller, request: Members) -> Members:
        attributes = without(request, "IdentityStoreId")
        require_group_attributes(attributes)
        store = self._store(caller, request, write=True)
        if len(store.groups.records) >= MAX_GROUPS:
            raise ServiceQuotaExceededException(f"the identity store holds {MAX_GROUPS} groups, which is the maximum")
        return self._create(caller, store.groups, store, attributes, {})

    def describe_group(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        return answers.group(store, store.groups.get(request["GroupId"]))

    def update_group(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request, write=True)
        return self._update(caller, store.groups, store, request)

    def delete_group(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request, write=True)
        return self._delete(store.groups, store, request)

    def list_groups(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        found, token = self._list(store.groups, "DisplayName", "displayName", request)
        return answers.page("Groups", [answers.group(store, group) for group in found], token)

    def get_group_id(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        return self._id(store.groups, store, request)

    # --- memberships

    def create_group_membership(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request, write=True)
        group = store.groups.get(request["GroupId"])
        user = store.users.get(request["MemberId"]["UserId"])
        if group.id in user.groups:
            raise ConflictException("Member and Group relationship already exists.")
        membership = self.new_membership(store, group.id, user.id, _arn_of(caller))
        store.join(membership)
        return answers.ids(store, "Membership", membership.id)

    def describe_group_membership(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        return answers.membership(store, self._membership(store, request["MembershipId"]))

    def delete_group_membership(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request, write=True)
        store.leave(self._membership(store, request["MembershipId"]))
        return {}

    def get_group_membership_id(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        group = store.groups.get(request["GroupId"])
        user = store.users.get(request["MemberId"]["UserId"])
        if group.id not in user.groups:
            raise ResourceNotFoundException("GROUP_MEMBERSHIP")
        return answers.ids(store, "Membership", user.groups[group.id])

    def is_member_in_groups(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        user = store.users.get(request["MemberId"]["UserId"])
        groups = [store.groups.get(group_id) for group_id in request["GroupIds"]]
        member = {"UserId": user.id}
        return {
            "Results": [{"GroupId": g.id, "MemberId": member, "MembershipExists": g.id in user.groups} for g in groups]
        }

    def list_group_memberships(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        group = store.groups.get(request["GroupId"])
        return _memberships(store, store.members.get(group.id), ["group", group.id], request)

    def list_group_memberships_for_member(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        user = store.users.get(request["MemberId"]["UserId"])
        return _memberships(store, store.groups_of.get(user.id), ["user", user.id], request)

    # --- stores

    def stores_of(self, caller: Caller) -> list[str]:
        """Return the ids of a caller's stores. Without any, it is the store that the first write creates.

        Args:
            caller: The caller.
        """
        here = caller.account, caller.region
        found = [store.id for store in self._stores.values() if store.home in (None, here)]
        return found or ([] if self._only or DEFAULT_STORE in self._stores else [DEFAULT_STORE])

    def list_identity_stores(self, caller: Caller, request: Members) -> Members:
        here = caller.account, caller.region
        listing: Records[Store] = Records()
        for store in self._stores.values():
            if store.home in (None, here):
                listing.add(store.id, store)
        stores, token = _turn(listing, ["stores", *here], request)
        return answers.page("IdentityStores", [answers.store_ids(s, caller) for s in stores], token)

    def describe_identity_store(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request)
        network = store.network or {"VpceAccessRequired": False}
        return {**answers.store_ids(store, caller), "NetworkConfiguration": network}

    def update_identity_store(self, caller: Caller, request: Members) -> Members:
        store = self._store(caller, request, write=True)
        store.network = request.get("NetworkConfiguration", store.network)
        return answers.store_ids(store, caller)

    # --- shared by the operations

    def _user(self, store: Store, user: StoredEntity, extensions: Iterable[str]) -> Members:
        disabled = user.attributes["UserName"].casefold() in self.disabled_users
        return answers.user(store, user, extensions, "DISABLED" if disabled else "ENABLED")

    def _list(self, kind: Index, member: str, path: str, request: Members) -> tuple[list[StoredEntity], str | None]:
        filters = request.get("Filters") or []
        if self.active_directory and not filters:
            raise ValidationException("Filter is required")
        for wanted in filters:
            if wanted["AttributePath"] != member:
                raise ValidationException(f"{wanted['AttributePath']} is not a filter attribute; use {member}")
            found = kind.find(path, wanted["AttributeValue"])
            return [found] if found else [], None
        query = [kind.type, request["IdentityStoreId"], request.get("Extensions")]
        return _turn(kind.records, query, request)

    def _store(self, caller: Caller, request: Members, *, write: bool = False) -> Store:
        store_id = bare(request["IdentityStoreId"])
        store = self._stores.get(store_id)
        if store is None:
            if self._only:
                raise ResourceNotFoundException("IDENTITY_STORE")
            store = Store(store_id)
        here = caller.account, caller.region
        if store.home not in (None, here):
            raise ResourceNotFoundException("IDENTITY_STORE")
        if write:
            store.home = here
            self._stores[store_id] = store
        return store

    def _create(self, caller: Caller, kind: Index, store: Store, attributes: Members, extensions: Members) -> Members:
        kind.refuse_duplicate(attributes)
        entity = self.new_entity(kind, store, attributes, extensions, _arn_of(caller))
        kind.add(entity)
        return {**answers.ids(store, kind.name, entity.id), "Revision": str(entity.revision)}

    def _update(self, caller: Caller, kind: Index, store: Store, request: Members) -> Members:
        entity = kind.get(request[f"{kind.name}Id"])
        _check_revision(entity, request)
        shape = self._user_shape if kind is store.users else self._group_shape
        attributes = copy.deepcopy(entity.attributes)
        extensions = copy.deepcopy(entity.extensions)
        apply_operations(shape, attributes, extensions, request["Operations"])
        if kind is store.users:
            require_user_attributes(attributes)
        else:
            require_group_attributes(attributes)
        check_extensions(extensions)
        problems = self._validator.problems({**attributes, "IdentityStoreId": store.id}, shape)
        if problems:
            raise self.refuse(problems)
        kind.refuse_duplicate(attributes, entity.id)
        kind.replace(entity, attributes, extensions)
        entity.changed(_arn_of(caller), self._identifiers.now())
        return {**answers.ids(store, kind.name, entity.id), "Revision": str(entity.revision)}

    def _delete(self, kind: Index, store: Store, request: Members) -> Members:
        entity = kind.get(request[f"{kind.name}Id"])
        _check_revision(entity, request)
        theirs = store.groups_of if kind is store.users else store.members
        for membership in theirs.get(entity.id, ()):
            store.leave(membership)
        kind.remove(entity)
        return {}

    def _id(self, kind: Index, store: Store, request: Members) -> Members:
        if self.active_directory:
            raise UnknownOperationException("")
        wanted = request["AlternateIdentifier"]
        if "ExternalId" in wanted:
            external = wanted["ExternalId"]
            found = kind.find_external(external["Issuer"], external["Id"])
        else:
            path = wanted["UniqueAttribute"]["AttributePath"]
            path = ALTERNATE_PATHS.get(path, path)
            value = wanted["UniqueAttribute"].get("AttributeValue")
            if path not in kind.paths:
                raise ValidationException(f"The attribute {path} is not a unique attribute")
            if not isinstance(value, str) or not value:
                raise ValidationException("attribute value cannot be empty or null for attribute path")
            found = kind.find(path, value)
        if found is None:
            raise ResourceNotFoundException(kind.type)
        return answers.ids(store, kind.name, found.id)

    @staticmethod
    def _membership(store: Store, membership_id: str) -> Membership:
        found = store.memberships.get(bare(membership_id))
        if found is None:
            raise ResourceNotFoundException("GROUP_MEMBERSHIP", membership_id)
        return found


def _check_revision(entity: StoredEntity, request: Members) -> None:
    expected = request.get("Revision")
    if expected is not None and int(expected) != entity.revision:
        raise ConflictException(
            f"the revision is {entity.revision}, not {expected}: another client changed the entity", CONCURRENT
        )


def _turn(records: Records[Any], query: object, request: Members) -> tuple[list[Any], str | None]:
    """Return the requested page."""
    try:
        limit = request.get("MaxResults", PAGE)
        return records.page(query, limit, request.get("NextToken"))
    except BadTokenError as error:
        raise ValidationException(str(error)) from error


def _memberships(store: Store, records: Records[Membership] | None, query: object, request: Members) -> Members:
    found, token = _turn(records or Records(), query, request)
    return answers.page("GroupMemberships", [answers.membership(store, m) for m in found], token)


def _arn_of(caller: Caller) -> str:
    return f"arn:{partition(caller.region)}:iam::{caller.account}:root"
