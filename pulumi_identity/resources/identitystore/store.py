"""Reads and writes of users, groups and memberships in an identity store.

An update has one operation for each attribute path, and a JSON null clears an attribute. Every user and group has a
Revision for conditional writes. Entities that an identity provider manages through SCIM have ExternalIds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from pulumi_identity.aws import ids
from pulumi_identity.aws.ids import bare_id
from pulumi_identity.aws.listings import PAGE, Answer, Listing
from pulumi_identity.aws.regions import partition
from pulumi_identity.errors import Conflict, code, member
from pulumi_identity.provider.conflicts import refuse_externally_managed
from pulumi_identity.provider.kinds import Kind
from pulumi_identity.provider.schema import State, restrict_to_declared, value_at
from pulumi_identity.provider.traits import ImportOption
from pulumi_identity.provider.words import rename, to_camel

from .types import StoreId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_identity.aws.session import Session

IDENTITY_STORE = ImportOption(
    flag="--identity-store",
    metavar="D-…",
    help="Identity store whose people, groups and memberships to read.",
    parts=("identity_store_id",),
    forms={"identity_store_id": (StoreId, "an id such as d-1234567890")},
)


class StoreKind(Kind):
    """The common part of users, groups and memberships: ids, ARNs, and the errors that mean "gone".

    Their nouns (`user`, `group`, `membership`) also appear in ARNs and in names of properties.
    """

    service = "identitystore"
    ignores_case = True
    gone: ClassVar[frozenset[str]]
    """The ResourceTypes of a ResourceNotFoundException that mean that the entity does not exist."""

    @classmethod
    @override
    def parse_id(cls, id_: str, region: str = "") -> State:
        store, _, entity_id = id_.partition("/")
        if not ids.STORE.fullmatch(store) or not ids.ENTITY.fullmatch(entity_id):
            raise cls.not_an_id(id_)
        return {
            "identity_store_id": store,
            f"{cls.noun}_id": entity_id,
            f"{cls.noun}_arn": f"arn:{partition(region)}:identitystore:::{cls.noun}/{entity_id}",
        }

    def _members(self, id_: str) -> State:
        """Return the two members of each request for one entity."""
        store, _, entity_id = id_.partition("/")
        return {"IdentityStoreId": store, f"{self.noun.title()}Id": entity_id}

    @override
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        # If the error has a Reason, the store's KMS key is missing.
        missing = code(error) == "ResourceNotFoundException" and not member(error, "Reason")
        return missing and member(error, "ResourceType") in self.gone

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        answer = self._call(aws, "create", **self.request(new))
        return self._id_in(answer), self.schema.from_aws(answer)

    def _id_in(self, answer: State) -> str:
        return f"{bare_id(answer['IdentityStoreId'])}/{bare_id(answer[f'{self.noun.title()}Id'])}"

    def _listing(self, aws: Session, operation: str, member: str, old: State, **request_more: Any) -> Listing:
        """Return the listing of an operation. `request_more` holds members of the request besides the store."""
        request = {"IdentityStoreId": old["identity_store_id"], **request_more}

        def pages() -> Iterator[dict[str, Answer]]:
            client: Any = aws.client("identitystore")  # the operation selects the paginator
            listing = client.get_paginator(operation)
            for page in listing.paginate(**request, PaginationConfig=PAGE):
                yield {self._id_in(entity): entity for entity in page[member]}

        return Listing((self.service, operation, repr(request)), pages)

    def _call(self, aws: Session, verb: str, **request: Any) -> State:
        """Call an operation such as `create_user`, `get_group_id` or `describe_group_membership`."""
        noun = "group_membership" if self.noun == "membership" else self.noun
        operation = f"get_{noun}_id" if verb == "get" else f"{verb}_{noun}"
        answer: State = getattr(aws.client("identitystore"), operation)(**request)
        return answer


class RevisedKind(StoreKind):
    """The common part of users and groups: updates by path, conditional on a Revision."""

    @override
    def find_id_by_name(self, aws: Session, new: State) -> str | None:
        return self.find_holder(aws, self.natural_key[-1], new)

    @override
    def find_holder(self, aws: Session, path: str, new: State) -> str | None:
        attribute = ".".join(to_camel(step) for step in path.replace("[0]", "").split("."))
        wanted = {"AttributePath": attribute, "AttributeValue": value_at(path, new)}
        answer = self._call(
            aws, "get", IdentityStoreId=new["identity_store_id"], AlternateIdentifier={"UniqueAttribute": wanted}
        )
        return self._id_in(answer)

    @override
    def listing(self, aws: Session, old: State) -> Listing | None:
        return self._listing(aws, f"list_{self.noun}s", f"{self.noun.title()}s", old, **self._request_more(old))

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        return self.schema.from_aws(
            listed or self._call(aws, "describe", **self._members(id_), **self._request_more(old))
        )

    def _request_more(self, old: State) -> State:  # noqa: ARG002
        """Return members of a read request besides the entity."""
        return {}

    @override
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        operations = [
            {"AttributePath": path} | {"AttributeValue": value} for path, value in _operations(old, new, changed)
        ]
        if not operations:
            return {}

        refuse_externally_managed(self, "updating", new, old)

        def write(revision: State) -> State:
            return self._call(aws, "update", **self._members(id_), Operations=operations, **revision)

        def refuse_overwriting(live: State) -> None:
            refuse_externally_managed(self, "updating", new, live)
            for name in sorted(changed):
                if not _is_ours(live.get(name), old.get(name), new.get(name)):
                    # The message omits the values: they may be secrets, which only the engine can mask.
                    look = "run `pulumi preview --refresh` to see the values" if name in old else "look it up in AWS"
                    message = (
                        f"updating {self.label(old)}: {name} has changed outside Pulumi since the last refresh"
                        f" — {look}, then set the program to the value that you want to keep"
                    )
                    raise Conflict(message)

        return self.schema.from_aws(self._conditionally(aws, id_, old, write, refuse_overwriting))

    @override
    def delete(self, aws: Session, id_: str, old: State) -> None:
        def remove(revision: State) -> State:
            return self._call(aws, "delete", **self._members(id_), **revision)

        refuse_externally_managed(self, "deleting", old, old)
        self._conditionally(aws, id_, old, remove, lambda live: refuse_externally_managed(self, "deleting", old, live))

    def _conditionally(self, aws: Session, id_: str, old: State, write: Any, refuse: Any) -> State:
        """Write if the entity has the Revision in state; otherwise read it again, call `refuse`, and retry."""
        revision = old.get("revision")
        for _ in range(5):
            try:
                answer: State = write({"Revision": revision} if revision else {})
            except Exception as error:
                if member(error, "Reason") != "CONCURRENT_MODIFICATION":
                    raise
                live = self.read(aws, id_, old) or {}
                refuse(live)
                revision = live.get("revision")
            else:
                return answer
        message = (
            f"writing {self.label(old)}: another process keeps changing the {self.noun} — run the command again later"
        )
        raise Conflict(message)


def _operations(old: State, new: State, changed: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Yield (path, value) for each attribute to set. None clears an attribute.

    Parts of a name and attributes of an extension are set separately, so that undeclared ones stay unchanged.
    Lists are replaced as a whole.
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
    """Return whether the live value equals the value in state or in the program. Compares dicts key by key."""
    if isinstance(new, dict) and isinstance(live, dict | None) and isinstance(old, dict | None):
        live, old = live or {}, old or {}
        return all(_is_ours(live.get(key), old.get(key), new.get(key)) for key in old.keys() | new.keys())
    return bool(restrict_to_declared(live, old) == old or restrict_to_declared(live, new) == new)


def _parts(path: str, before: State, after: State, word: Any) -> Iterator[tuple[str, Any]]:
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield f"{path}.{word(key)}", after.get(key)
