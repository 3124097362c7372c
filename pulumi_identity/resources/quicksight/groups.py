"""Groups of Amazon QuickSight.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/
Unusual: calls work only in the account's identity region; the model allows no empty description, so an update without
one clears it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from typing_extensions import override

from pulumi_identity.aws.listings import PAGE, Answer, Listing
from pulumi_identity.errors import Rejected, code
from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.traits import Import
from pulumi_identity.provider.value_types import Limits

from .account import QUICKSIGHT, AccountId, LatinName, Namespace, QuickSightKind, namespace_members, with_account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State

Description = Annotated[str, Limits(min_length=1, max_length=512)]

ARN = re.compile(
    r"arn:[^:]+:quicksight:(?P<region>[^:]+):(?P<aws_account_id>[^:]+):group/(?P<namespace>[^/]+)/(?P<group_name>.+)",
    re.DOTALL,
)


class QuickSightGroupKind(QuickSightKind):
    """Requests and responses of QuickSight for groups."""

    arn = ARN
    entity = "QuickSight Group"
    noun, plural = "QuickSight group", "QuickSight groups"
    deleting = "Every member loses what is shared with the group. A new group of the same name gets none of it."
    actions = {
        "create": ("CreateGroup", "DescribeGroup"),
        "read": ("DescribeGroup", "ListGroups"),
        "update": ("UpdateGroup",),
        "delete": ("DeleteGroup", "ListGroups"),
    }
    answers = {
        **dict.fromkeys(("CreateGroup", "DescribeGroup", "UpdateGroup"), ("Group.GroupName", "Group.Arn")),
        "ListGroups": ("GroupList[].GroupName", "GroupList[].Arn"),
    }
    id_format = "arn:aws:quicksight:<region>:<account>:group/<namespace>/<group name>"
    id_properties = frozenset({"arn", "region", "aws_account_id", "namespace", "group_name"})
    natural_key = ("aws_account_id", "namespace", "group_name")
    unique = ("group_name",)
    is_group = True
    decides_access = frozenset({"aws_account_id", "namespace", "group_name"})
    import_ = Import(
        option=QUICKSIGHT,
        module="quicksight_groups",
        title="The groups of QuickSight.",
        variable="group",
        progress="QuickSight groups",
    )

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        request = self.request(with_account(aws, new))
        live = self.schema.from_aws(aws.client("quicksight").create_group(**request)["Group"])
        return live["arn"], live

    @override
    def find_id_by_name(self, aws: Session, new: State) -> str | None:
        where = group_request(with_account(aws, new))
        return str(aws.client("quicksight").describe_group(**where)["Group"]["Arn"])

    @override
    def listing(self, aws: Session, old: State) -> Listing | None:
        where = namespace_members(old)

        def pages() -> Iterator[dict[str, Answer]]:
            listing = aws.client("quicksight").get_paginator("list_groups")
            for page in listing.paginate(**where, PaginationConfig=PAGE):
                yield {group["Arn"]: group for group in page["GroupList"]}

        return Listing((self.service, "groups", *where.values()), pages)

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        return self.schema.from_aws(listed or aws.client("quicksight").describe_group(**group_request(old))["Group"])

    @override
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        if "description" not in changed:
            return {}
        description = {"Description": new["description"]} if "description" in new else {}
        live = self.schema.from_aws(aws.client("quicksight").update_group(**group_request(old), **description)["Group"])
        if not description and "description" in live:
            raise Rejected(
                f"updating {self.label(old)}: AWS did not clear the description — set `description` to a new value"
            )
        return live

    @override
    def delete(self, aws: Session, id_: str, old: State) -> None:
        aws.client("quicksight").delete_group(**group_request(old))

    @override
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        if code(error) != "ResourceNotFoundException":
            return False
        # The code is the same for a missing namespace and an account without QuickSight: listing fails for those.
        aws.client("quicksight").list_groups(**namespace_members(with_account(aws, old)), MaxResults=1)
        return True


class QuickSightGroup(Resource, kind=QuickSightGroupKind):
    """A group of Amazon QuickSight.

    Members see the dashboards and data that are shared with the group. Replacing or deleting a group removes
    that access from every member at once.

        sales = QuickSightGroup("sales", group_name="Sales", description="Sees the sales dashboards")
    """

    aws_account_id: Prop[AccountId] = prop(default=None, config="awsAccountId", computed_default=True, replaces=True)
    """The AWS account with QuickSight, 12 digits. Unset: `identity:awsAccountId`, then the credentials' account."""
    namespace: Prop[Namespace] = prop(default="default", config="namespace", replaces=True)
    """The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`."""
    group_name: Prop[LatinName] = prop(replaces=True)
    """The group's name, unique in the namespace, in Latin-1 characters."""
    description: Prop[Description | None] = prop(default=None)
    """The purpose of the group, 1 to 512 characters. Unset: not managed."""

    arn: Computed[str] = computed()
    """The group's ARN, and the resource's id."""
    principal_id: Computed[str] = computed()
    """The group's principal id. A new group of the same name has a different one."""


def group_request(old: State) -> State:
    """Return the members of a request for one group.

    Args:
        old: Properties with the group's natural key.

    Returns:
        The members.
    """
    return {**namespace_members(old), "GroupName": old["group_name"]}
