"""Memberships of groups in IAM Identity Center's identity store.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from typing_extensions import override

from pulumi_identity.aws import process
from pulumi_identity.aws.ids import bare_id
from pulumi_identity.aws.process import Pauses
from pulumi_identity.errors import Conflict, code
from pulumi_identity.provider.conflicts import UNANSWERED, is_conflict
from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.kinds import Reference
from pulumi_identity.provider.ownership import claim_existing, has_created, may_delete
from pulumi_identity.provider.traits import Import

from .groups import GroupKind
from .store import IDENTITY_STORE, StoreKind
from .types import GroupId, StoreId, UserId
from .users import IdentityStoreUserKind

if TYPE_CHECKING:
    from pulumi_identity.aws.listings import Answer, Listing
    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State


class MembershipKind(StoreKind):
    """Requests and responses of the identity store for memberships."""

    entity = "IAM Identity Center Group Membership"
    noun, plural = "membership", "memberships"
    deleting = "The person loses the access that the group gives."
    actions = {
        "create": ("CreateGroupMembership", "GetGroupMembershipId"),
        "read": ("DescribeGroupMembership", "ListGroupMemberships", "GetGroupMembershipId"),
        "update": (),
        "delete": ("DeleteGroupMembership", "GetGroupMembershipId"),
    }
    answers = {
        "DescribeGroupMembership": ("MemberId.UserId",),
        "ListGroupMemberships": ("GroupMemberships[].GroupId", "GroupMemberships[].MemberId.UserId"),
    }
    id_format = "d-1234567890/<membership id>"
    id_properties = frozenset({"identity_store_id", "membership_id", "membership_arn"})
    natural_key = ("identity_store_id", "group_id", "member_id")
    takes_existing = True
    references = {
        "member_id": Reference(kind=IdentityStoreUserKind, property="user_id"),
        "group_id": Reference(kind=GroupKind, property="group_id"),
    }
    gone = frozenset({"GROUP_MEMBERSHIP", "GROUP", "USER"})
    decides_access = frozenset({"identity_store_id", "group_id", "member_id"})
    import_ = Import(
        option=IDENTITY_STORE,
        module="memberships",
        title="The members of each group.",
        variable="membership",
        progress="members of groups",
    )

    @override
    def identity(self, aws: Session, id_: str, props: State) -> tuple[str, ...]:
        # A person who is removed and added again gets a membership with another id.
        return self.service, "membership", *(bare_id(str(props[name])).lower() for name in self.natural_key)

    @override
    def request(self, new: State, *but: str) -> State:
        return super().request(new, *but) | {"MemberId": {"UserId": new["member_id"]}}

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        pauses = process.get(Pauses)
        end = time.monotonic() + pauses.visible
        while True:
            try:
                return super().create(aws, new)
            except Exception as error:
                is_late, is_lost = time.monotonic() > end, code(error) in UNANSWERED
                if self.is_gone(aws, "", new, error) and self._has_created_a_side(aws, new) and not is_late:
                    time.sleep(pauses.poll)  # AWS may not yet find a group or user that was created a second ago
                    continue
                if not is_lost and not is_conflict(error):
                    raise
                # A membership has no other properties, so an existing membership is the declared one. It can't be
                # claimed if this run is deleting it under its old name.
                id_ = self.find_id_by_name(aws, new)
                if id_ and claim_existing(self, aws, id_, new):
                    return id_, self.parse_id(id_, aws.region)
                if is_lost and not id_:
                    raise
                if is_late and not id_:
                    raise
                if is_late:
                    message = f"creating {self.label(new)}: this run is deleting it under its old name"
                    raise Conflict(f"{message} — run the command again") from None
            time.sleep(pauses.poll)

    def _has_created_a_side(self, aws: Session, new: State) -> bool:
        """Return whether this run created the group or the user."""
        store = new["identity_store_id"]
        return any(
            has_created(reference.kind(), aws, f"{store}/{new[name]}", {})
            for name, reference in self.references.items()
        )

    @override
    def find_id_by_name(self, aws: Session, new: State) -> str | None:
        try:
            return self._id_in(self._call(aws, "get", **self.request(self.schema.declared(new))))
        except Exception as error:
            if self.is_gone(aws, "", new, error):
                return None
            raise

    @override
    def listing(self, aws: Session, old: State) -> Listing | None:
        if "group_id" not in old:
            return None
        return self._listing(aws, "list_group_memberships", "GroupMemberships", old, GroupId=old["group_id"])

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        answer = listed or self._described(aws, id_, old)
        live = self.schema.from_aws({**answer, "MemberId": answer["MemberId"]["UserId"]})
        return live | {name: bare_id(live[name]) for name in ("group_id", "member_id", "membership_id")}

    @override
    def current_id(self, id_: str, live: State) -> str:
        return f"{id_.partition('/')[0]}/{live['membership_id']}"

    def _described(self, aws: Session, id_: str, old: State) -> State:
        try:
            return self._call(aws, "describe", **self._members(id_))
        except Exception as error:
            # If a person is removed and added again, the membership gets a new id.
            again = self.find_id_by_name(aws, old) if "group_id" in old and self.is_gone(aws, id_, old, error) else None
            if not again:
                raise
            return self._call(aws, "describe", **self._members(again))

    @override
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        return {}  # every property replaces

    @override
    def delete(self, aws: Session, id_: str, old: State) -> None:
        try:
            self._call(aws, "delete", **self._members(id_))
        except Exception as error:
            if not self.is_gone(aws, id_, old, error):
                raise
            again = self.find_id_by_name(aws, old)
            if again and may_delete(self, aws, again, old):
                self._call(aws, "delete", **self._members(again))


class GroupMembership(Resource, kind=MembershipKind):
    """The membership of one person in one group.

    Creating a membership gives the person the group's access at once. An existing membership is adopted.
    Replacing or deleting a membership removes the access.

        GroupMembership("jo-admins", group_id=admins.group_id, member_id=jo.user_id)
    """

    identity_store_id: Prop[StoreId] = prop(default=None, config="identityStoreId", replaces=True)
    """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    group_id: Prop[GroupId] = prop(replaces=True)
    """The group's id or ARN."""
    member_id: Prop[UserId] = prop(replaces=True)
    """The user's id or ARN."""

    membership_id: Computed[str] = computed()
    """The membership's id."""
    membership_arn: Computed[str] = computed()
    """The membership's ARN."""
