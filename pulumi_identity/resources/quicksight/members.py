"""All members of one group of Amazon QuickSight.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/
Unusual: QuickSight identifies members by their user names, so a name is also the label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator
from typing_extensions import override

from pulumi_identity.aws.visibility import when_visible
from pulumi_identity.errors import NotFound
from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.kinds import Reference
from pulumi_identity.provider.ownership import may_create
from pulumi_identity.provider.sets import Label, SetKind, distinct
from pulumi_identity.provider.traits import Import

from .account import QUICKSIGHT, AccountId, LatinName, Namespace, QuickSightKind, with_account
from .groups import ARN, QuickSightGroupKind
from .memberships import QuickSightMembershipKind, group_arn, has_created_group, is_missing
from .users import QuickSightUser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State

WRITES = (
    "CreateGroupMembership",
    "DeleteGroupMembership",
    "DescribeGroup",
    "DescribeGroupMembership",
    "ListGroupMemberships",
    "ListGroups",
)
"""The operations of a create or an update."""


class QuickSightGroupMembersKind(SetKind, QuickSightKind):
    """Requests and responses of QuickSight for all members of one group."""

    arn = re.compile(ARN.pattern + "/members", re.DOTALL)
    entity = "QuickSight Group Members"
    noun, plural = "set of QuickSight members", "sets of QuickSight members"
    deleting = "Every member loses what is shared with the group."
    relation = QuickSightMembershipKind
    actions = {
        **dict.fromkeys(("create", "update"), WRITES),
        "read": ("ListGroupMemberships", "DescribeGroupMembership", "ListGroups"),
        "delete": ("DeleteGroupMembership", "DescribeGroup", "ListGroups"),
    }
    answers = {
        **dict.fromkeys(("CreateGroupMembership", "DescribeGroupMembership"), ("GroupMember.MemberName",)),
        "ListGroupMemberships": ("GroupMemberList[].MemberName",),
    }
    id_format = f"{QuickSightGroupKind.id_format}/members"
    id_properties = frozenset({"region", "aws_account_id", "namespace", "group_name"})
    natural_key = ("aws_account_id", "namespace", "group_name")
    references = {"group_name": Reference(kind=QuickSightGroupKind, property="group_name")}
    decides_access = frozenset({"aws_account_id", "namespace", "group_name", "members", "exclusive"})
    import_ = Import(
        option=QUICKSIGHT,
        module="quicksight_members",
        title="The members of each group of QuickSight.",
        variable="members",
        progress="members of QuickSight groups",
    )

    @classmethod
    @override
    def parse_id(cls, id_: str, region: str = "") -> State:
        return {name: value for name, value in super().parse_id(id_, region).items() if name in cls.id_properties}

    @override
    def identity(self, aws: Session, id_: str, props: State) -> tuple[str, ...]:
        return self.service, "members", id_  # a group can have the same id, because its name can contain /members

    @override
    def set_id(self, aws: Session, new: State) -> str:
        return f"{group_arn(aws, new)}/members"

    @override
    def list_members(self, aws: Session, where: State) -> Iterator[Mapping[str, str]]:
        relation, is_new = self.relation(), has_created_group(aws, where)
        pages = when_visible(lambda: list(relation.list_pages(aws, where)), lambda error: is_new and is_missing(error))
        for page in pages:
            yield {name: name for name in page}

    @override
    def require_writable(self, aws: Session, doing: str, props: State) -> None:
        if not has_created_group(aws, props):
            QuickSightGroupKind().read(aws, group_arn(aws, props), props)

    @override
    def require_replaceable(self, aws: Session, new: State) -> None:
        groups = QuickSightGroupKind()
        if groups.read_entity(aws, group_arn(aws, new), new) is not None:
            super().require_replaceable(aws, new)
        elif not may_create(groups, new):
            raise NotFound(f"replacing {self.label(new)}: the group does not exist — check `group_name`")

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        return super().create(aws, with_account(aws, new))

    @override
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        return QuickSightGroupKind().is_gone(aws, id_, old, error)


class QuickSightGroupMembers(Resource, kind=QuickSightGroupMembersKind):
    """All members of one group of Amazon QuickSight.

    The group has exactly the declared members: anyone who is added outside Pulumi shows up in the next refresh and is
    removed by the next update. With `exclusive=False`, other members stay. A create fails if the group has other
    members, unless `adopt` is True. Deleting the resource removes the members from the group.

        QuickSightGroupMembers("sales", group_name=sales.group_name, members=[reader])
    """

    aws_account_id: Prop[AccountId] = prop(default=None, config="awsAccountId", computed_default=True, replaces=True)
    """The AWS account with QuickSight, 12 digits. Unset: `identity:awsAccountId`, then the credentials' account."""
    namespace: Prop[Namespace] = prop(default="default", config="namespace", replaces=True)
    """The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`."""
    group_name: Prop[LatinName] = prop(replaces=True)
    """The group's name. Use the group's `group_name`, so that Pulumi creates the group first."""
    members: Prop[Annotated[Mapping[Label, LatinName], AfterValidator(distinct)]] = prop(
        whole=True, listed=QuickSightUser.user_name
    )
    """The members: a list of `QuickSightUser` and of user names, or a dict of label → user name. Previews show the
    labels; the label of a list's item is its user name. Use a dict for new IAM users, whose names AWS derives. An empty
    list or dict empties the group."""
    exclusive: Prop[bool] = prop(default=True, write_only=True)
    """Whether the group has no other members. False leaves members alone that are not declared. Unset: True."""

    other_members: Computed[Mapping[str, str] | None] = computed()
    """The members that are not declared, as of the last refresh: user name → user name. None if the set is
    exclusive."""
