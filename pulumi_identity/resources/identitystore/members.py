"""All members of one group of IAM Identity Center's identity store.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator
from typing_extensions import override

from pulumi_identity.aws import listings
from pulumi_identity.aws.ids import bare_id
from pulumi_identity.errors import code
from pulumi_identity.provider.conflicts import refuse_externally_managed
from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.kinds import Reference
from pulumi_identity.provider.ownership import has_created
from pulumi_identity.provider.sets import Label, SetKind, distinct
from pulumi_identity.provider.traits import Import

from .groups import GroupKind
from .memberships import MembershipKind
from .store import IDENTITY_STORE, StoreKind
from .types import LowerGroupId, LowerUserId, StoreId
from .users import IdentityStoreUser, IdentityStoreUserKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State

MANY = 10
"""From this number of members without a name, a listing of all users is cheaper than reading each member."""


WRITES = (
    "CreateGroupMembership",
    "DeleteGroupMembership",
    "DescribeGroup",
    "GetGroupMembershipId",
    "ListGroupMemberships",
)
"""The operations of a create and of an update."""


class GroupMembersKind(SetKind, StoreKind):
    """Requests and responses of the identity store for all members of one group."""

    entity = "IAM Identity Center Group Members"
    noun, plural = "set of members", "sets of members"
    deleting = "Every member loses the access that the group gives."
    relation = MembershipKind
    actions = {
        "create": WRITES,
        "read": ("ListGroupMemberships", "DescribeUser", "ListUsers"),
        "update": WRITES,
        "delete": ("DeleteGroupMembership", "DescribeGroup", "GetGroupMembershipId"),
    }
    answers = MembershipKind.answers
    id_format = "d-1234567890/<group id>/members"
    id_properties = frozenset({"identity_store_id", "group_id"})
    natural_key = ("identity_store_id", "group_id")
    references = {"group_id": Reference(kind=GroupKind, property="group_id")}
    gone = frozenset({"GROUP"})
    decides_access = frozenset({"identity_store_id", "group_id", "members", "exclusive"})
    import_ = Import(
        option=IDENTITY_STORE,
        module="members",
        title="The members of each group.",
        variable="members",
        progress="members of groups",
    )

    @classmethod
    @override
    def parse_id(cls, id_: str, region: str = "") -> State:
        of_group, _, suffix = id_.rpartition("/")
        if suffix != "members":
            raise cls.not_an_id(id_)
        try:
            group = GroupKind.parse_id(of_group, region)
        except type(cls.not_an_id(id_)):
            raise cls.not_an_id(id_) from None
        return {name: group[name] for name in cls.id_properties}

    @override
    def set_id(self, aws: Session, new: State) -> str:
        return f"{new['identity_store_id']}/{bare_id(new['group_id'])}/members"

    @override
    def list_members(self, aws: Session, where: State) -> Iterator[Mapping[str, str]]:
        from pulumi_identity.aws.answer_errors import OtherEntityError  # noqa: PLC0415  (programs don't pay for boto3)

        group = bare_id(where["group_id"])
        for page in self.relation().list_pages(aws, where):
            for membership in page.values():
                if bare_id(membership["GroupId"]) != group:
                    raise OtherEntityError(
                        operation_name="ListGroupMemberships",
                        member="GroupId",
                        returned=membership["GroupId"],
                        requested=group,
                    )
            yield {bare_id(membership["MemberId"]["UserId"]): id_ for id_, membership in page.items()}

    @override
    def names(self, aws: Session, where: State, members: Iterable[str]) -> Mapping[str, str]:
        users, store = IdentityStoreUserKind(), where["identity_store_id"]
        listing: Any = users.listing(aws, where)
        members = list(members)
        look_up = listings.find if len(members) > MANY else listings.known
        names = {}
        for member in members:
            id_ = f"{store}/{member}"
            listed = look_up(aws, listing, id_)
            try:
                user = users.read_entity(aws, id_, users.parse_id(id_), listed) or {}
            except Exception as error:
                if code(error) != "AccessDeniedException":
                    raise
                user = {}  # the member is shown by id
            if "user_name" in user:
                names[member] = str(user["user_name"])
        return names

    @override
    def require_writable(self, aws: Session, doing: str, props: State) -> None:
        groups, id_ = GroupKind(), f"{props['identity_store_id']}/{bare_id(props['group_id'])}"
        if not has_created(groups, aws, id_, {}):  # this run created it, so no identity provider manages it
            group = groups.read(aws, id_, props) or {}
            refuse_externally_managed(self, doing, props, group)


class GroupMembers(Resource, kind=GroupMembersKind):
    """All members of one group.

    The group has exactly the declared members: anyone who is added outside Pulumi shows up in the next refresh and is
    removed by the next update. With `exclusive=False`, other members stay. A create fails if the group has other
    members, unless `adopt` is True. Deleting the resource removes the members from the group.

    Don't declare a `GroupMembership` of the same group.

        developers = Group("developers", display_name="Developers")
        GroupMembers("developers", group_id=developers.group_id, members=[jo])
    """

    identity_store_id: Prop[StoreId] = prop(default=None, config="identityStoreId", replaces=True)
    """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    group_id: Prop[LowerGroupId] = prop(replaces=True)
    """The group's id or ARN."""
    members: Prop[Annotated[Mapping[Label, LowerUserId], AfterValidator(distinct)]] = prop(
        whole=True, listed=IdentityStoreUser.user_id
    )
    """The members: a list of `IdentityStoreUser`, or a dict of label → the user's id or ARN. Previews show the labels;
    the label of a resource is its name. An empty list or dict empties the group."""
    exclusive: Prop[bool] = prop(default=True, write_only=True)
    """Whether the group has no other members. False leaves members alone that are not declared. Unset: True."""

    other_members: Computed[Mapping[str, str] | None] = computed()
    """The members that are not declared, as of the last refresh: user name → user id. None if the set is exclusive."""
