"""How users, groups and memberships of an identity store are read and written.

An update names attributes by path, one operation each, and clears one with a JSON null. Every user and group has a
Revision that makes writes conditional; entities that SCIM provisioned have ExternalIds.
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
from pulumi_identity.provider.schema import State, restrict_to_declared
from pulumi_identity.provider.traits import ImportOption
from pulumi_identity.provider.words import rename, to_camel

from .types import StoreId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_identity.aws.session import Session

IDENTITY_STORE = ImportOption(
    flag="--identity-store",
    metavar="D-…",
    help="Identity store whose people, groups and memberships to import.",
    parts=("identity_store_id",),
    forms={"identity_store_id": (StoreId, "an id such as d-1234567890")},
)


class StoreKind(Kind):
    """What users, groups and memberships of a store have in common: ids, ARNs, and what "gone" means.

    Their nouns (`user`, `group`, `membership`) are also the words in ARNs and in names of properties.
    """

    service = "identitystore"
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
        """The two members that every request about one entity carries."""
        store, _, entity_id = id_.partition("/")
        return {"IdentityStoreId": store, f"{self.noun.title()}Id": entity_id}

    @override
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        # With a Reason it is the store's KMS key that is missing, whatever was asked for.
        missing = code(error) == "ResourceNotFoundException" and not member(error, "Reason")
        return missing and member(error, "ResourceType") in self.gone

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        answer = self._call(aws, "create", **self.request(new))
        return self._id_in(answer), self.schema.from_aws(answer)

    def _id_in(self, answer: State) -> str:
        return f"{bare_id(answer['IdentityStoreId'])}/{bare_id(answer[f'{self.noun.title()}Id'])}"

    def _listing(self, aws: Session, operation: str, member: str, old: State, **request_more: Any) -> Listing:
        """Return the listing of an operation, with what is requested besides the store."""
        request = {"IdentityStoreId": old["identity_store_id"], **request_more}

        def pages() -> Iterator[dict[str, Answer]]:
            client: Any = aws.client("identitystore")  # the operation decides the paginator
            listing = client.get_paginator(operation)
            for page in listing.paginate(**request, PaginationConfig=PAGE):
                yield {self._id_in(entity): entity for entity in page[member]}

        return Listing((self.service, operation, repr(request)), pages)

    def _call(self, aws: Session, verb: str, **request: Any) -> State:
        """Call `create_user`, `get_group_id`, `describe_group_membership`, … ."""
        noun = "group_membership" if self.noun == "membership" else self.noun
        operation = f"get_{noun}_id" if verb == "get" else f"{verb}_{noun}"
        answer: State = getattr(aws.client("identitystore"), operation)(**request)
        return answer


class RevisedKind(StoreKind):
    """Users and groups: attributes that are updated by path, on the condition of a Revision."""

    @override
    def find_id_by_name(self, aws: Session, new: State) -> str | None:
        name = self.natural_key[-1]
        wanted = {"AttributePath": to_camel(name), "AttributeValue": new[name]}
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
        """Return what a read requests besides the entity."""
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
                    # Without the values: any of them may be a secret, which only the engine knows to mask.
                    look = "`pulumi preview --refresh` shows the values" if name in old else "look at it in AWS"
                    message = (
                        f"updating {self.label(old)}: somebody else has changed {name} since it was last read"
                        f" — {look}; then decide in the program"
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
        """Write on the condition that nobody else has since state was; if somebody has, look, then decide."""
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
        message = f"writing {self.label(old)}: somebody else keeps changing it — run it again later"
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
    return bool(restrict_to_declared(live, old) == old or restrict_to_declared(live, new) == new)


def _parts(path: str, before: State, after: State, word: Any) -> Iterator[tuple[str, Any]]:
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield f"{path}.{word(key)}", after.get(key)
