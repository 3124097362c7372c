"""How users, groups and memberships of an identity store are read and written.

An update names attributes by path, one operation each, and clears one with a JSON null. Every user and group carries
a Revision that makes writes conditional; what SCIM provisioned carries ExternalIds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from . import _aws, _ids
from ._errors import Conflict, code, member
from ._existing import refuse_provisioned
from ._listing import Kind
from ._provider import Provider
from ._schema import State, project, rename, to_camel

if TYPE_CHECKING:
    from collections.abc import Iterator


class StoreProvider(Provider):
    """What users, groups and memberships of a store have in common: ids, ARNs, and what "gone" means."""

    service = "identitystore"
    entity: ClassVar[str]
    """`user`, `group` or `membership`, as ARNs and property names have it."""
    gone: ClassVar[frozenset[str]]
    """What a ResourceNotFoundException calls the entity, and what it can't be without."""

    @classmethod
    @override
    def from_id(cls, id_: str, region: str = "") -> State:
        store, _, entity_id = id_.partition("/")
        if not _ids.STORE.fullmatch(store) or not _ids.ENTITY.fullmatch(entity_id):
            raise cls.not_an_id(id_)
        return {
            "identity_store_id": store,
            f"{cls.entity}_id": entity_id,
            f"{cls.entity}_arn": f"arn:{_aws.partition(region)}:identitystore:::{cls.entity}/{entity_id}",
        }

    def _ids(self, id_: str) -> State:
        """The two members that every request about one entity carries."""
        store, _, entity_id = id_.partition("/")
        return {"IdentityStoreId": store, f"{self.entity.title()}Id": entity_id}

    @override
    def _is_gone(self, aws: _aws.Session, id_: str, old: State, error: Exception) -> bool:
        # With a Reason it is the store's KMS key that is missing, whatever was asked for.
        missing = code(error) == "ResourceNotFoundException" and not member(error, "Reason")
        return missing and member(error, "ResourceType") in self.gone

    @override
    def _create(self, aws: _aws.Session, new: State) -> tuple[str, State]:
        answer = self._call(aws, "create", **self.request(new))
        return self._id_in(answer), self.schema.from_aws(answer)

    def _id_in(self, answer: State) -> str:
        return f"{last(answer['IdentityStoreId'])}/{last(answer[f'{self.entity.title()}Id'])}"

    def _listed(self, aws: _aws.Session, operation: str, member: str, old: State, **asked: Any) -> Kind:
        """Return the kind that an operation lists, with what is asked of it besides the store."""
        request = {"IdentityStoreId": old["identity_store_id"], **asked}

        def pages() -> Iterator[State]:
            listing = aws.client(self.service).get_paginator(operation)
            for page in listing.paginate(**request, PaginationConfig={"PageSize": 100}):
                yield {self._id_in(found): found for found in page[member]}

        return Kind((self.service, operation, repr(request)), pages)

    def _call(self, aws: _aws.Session, verb: str, **request: Any) -> State:
        """Call `create_user`, `get_group_id`, `describe_group_membership`, … ."""
        noun = "group_membership" if self.entity == "membership" else self.entity
        operation = f"get_{noun}_id" if verb == "get" else f"{verb}_{noun}"
        answer: State = getattr(aws.client(self.service), operation)(**request)
        return answer


class RevisedProvider(StoreProvider):
    """Users and groups: attributes that are updated by path, on the condition of a Revision."""

    unique: ClassVar[str]
    """The property that names an entity in its store."""

    @override
    def locate(self, aws: _aws.Session, new: State) -> str | None:
        wanted = {"AttributePath": to_camel(self.unique), "AttributeValue": new[self.unique]}
        found = self._call(
            aws, "get", IdentityStoreId=new["identity_store_id"], AlternateIdentifier={"UniqueAttribute": wanted}
        )
        return self._id_in(found)

    @override
    def _kind(self, aws: _aws.Session, old: State) -> Kind | None:
        return self._listed(aws, f"list_{self.entity}s", f"{self.entity.title()}s", old, **self._asked(old))

    @override
    def _find(self, aws: _aws.Session, id_: str, old: State, listed: State | None = None) -> State | None:
        return self.schema.from_aws(listed or self._call(aws, "describe", **self._ids(id_), **self._asked(old)))

    def _asked(self, old: State) -> State:  # noqa: ARG002
        """What a read asks for besides the entity."""
        return {}

    @override
    def _update(self, aws: _aws.Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        operations = [
            {"AttributePath": path} | {"AttributeValue": value} for path, value in _operations(old, new, changed)
        ]
        if not operations:
            return {}

        refuse_provisioned(self, "updating", new, old)

        def write(revision: State) -> State:
            return self._call(aws, "update", **self._ids(id_), Operations=operations, **revision)

        def refuse_overwriting(live: State) -> None:
            refuse_provisioned(self, "updating", new, live)
            for name in sorted(changed):
                if not _is_ours(live.get(name), old.get(name), new.get(name)):
                    # Without the values: any of them may be a secret, which only the engine knows to mask.
                    look = "`pulumi preview --refresh` shows the values" if name in old else "look at it in AWS"
                    message = (
                        f"updating {self.entity_of(old)}: somebody else has changed {name} since it was last read"
                        f" — {look}; then decide in the program"
                    )
                    raise Conflict(message)

        return self.schema.from_aws(self._conditionally(aws, id_, old, write, refuse_overwriting))

    @override
    def _delete(self, aws: _aws.Session, id_: str, old: State) -> None:
        def remove(revision: State) -> State:
            return self._call(aws, "delete", **self._ids(id_), **revision)

        refuse_provisioned(self, "deleting", old, old)
        self._conditionally(aws, id_, old, remove, lambda live: refuse_provisioned(self, "deleting", old, live))

    def _conditionally(self, aws: _aws.Session, id_: str, old: State, write: Any, refuse: Any) -> State:
        """Write on the condition that nobody else has since state was; if somebody has, look, then decide."""
        revision = old.get("revision")
        for _ in range(5):
            try:
                answer: State = write({"Revision": revision} if revision else {})
            except Exception as error:
                if member(error, "Reason") != "CONCURRENT_MODIFICATION":
                    raise
                live = self._find(aws, id_, old) or {}
                refuse(live)
                revision = live.get("revision")
            else:
                return answer
        message = f"writing {self.entity_of(old)}: somebody else keeps changing it — run it again later"
        raise Conflict(message)


def _operations(old: State, new: State, changed: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Yield (path, value) for every attribute to set, with None for one to clear.

    Parts of a name and attributes of an extension are set one by one, so that those which nobody declared
    stay as they are; lists are replaced whole.
    """
    for name in sorted(changed):
        before, after = old.get(name), new.get(name)
        if name == "name":
            yield from _parts("name", before or {}, after or {}, to_camel)
        elif name == "extensions":
            for extension in sorted({*(before or {}), *(after or {})}):
                yield from _parts(extension, (before or {}).get(extension, {}), (after or {}).get(extension, {}), str)
        else:
            yield to_camel(name), rename(after, to_camel)


def _is_ours(live: Any, old: Any, new: Any) -> bool:
    """Tell whether what AWS has is what we last read, or already what we want; each part of a name by itself."""
    if isinstance(new, dict) and isinstance(live, dict | None) and isinstance(old, dict | None):
        live, old = live or {}, old or {}
        return all(_is_ours(live.get(key), old.get(key), new.get(key)) for key in old.keys() | new.keys())
    return bool(project(live, old) == old or project(live, new) == new)


def _parts(path: str, before: State, after: State, word: Any) -> Iterator[tuple[str, Any]]:
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield f"{path}.{word(key)}", after.get(key)


def last(id_: str) -> str:
    """An id without the ARN around it."""
    return id_.rpartition("/")[2]
