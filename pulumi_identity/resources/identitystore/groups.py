"""Groups of IAM Identity Center's identity store.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
"""

from __future__ import annotations

from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.traits import Import

from .store import IDENTITY_STORE, RevisedKind
from .types import ExternalId, GroupName, StoreId, Text


class GroupKind(RevisedKind):
    """Requests and responses of the identity store for groups."""

    entity = "IAM Identity Center Group"
    noun, plural = "group", "groups"
    deleting = (
        "Every member loses the access that the group gives. A new group of the same name does not get its"
        " permission sets back."
    )
    actions = {
        "create": ("CreateGroup", "GetGroupId", "DescribeGroup"),
        "read": ("DescribeGroup", "ListGroups"),
        "update": ("UpdateGroup", "DescribeGroup"),
        "delete": ("DeleteGroup", "DescribeGroup"),
    }
    id_format = "d-1234567890/<group id>"
    id_properties = frozenset({"identity_store_id", "group_id", "group_arn"})
    natural_key = ("identity_store_id", "display_name")
    unique = ("display_name",)
    gone = frozenset({"GROUP"})
    is_group = True
    decides_access = frozenset({"identity_store_id", "display_name"})
    import_ = Import(option=IDENTITY_STORE, module="groups", title="The groups.", variable="group", progress="groups")


class Group(Resource, kind=GroupKind):
    """A group of the directory of IAM Identity Center.

    A group gives access through the permission sets that are assigned to it. Replacing or deleting a group removes
    that access from every member at once. A group can't contain groups.

        admins = Group("admins", display_name="Admins")
    """

    identity_store_id: Prop[StoreId] = prop(default=None, config="identityStoreId", replaces=True)
    """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    display_name: Prop[GroupName] = prop()
    """The group's name, unique in the store, 1 to 1,024 characters."""
    description: Prop[Text | None] = prop(default=None)
    """The purpose of the group, 1 to 1,024 characters. Unset: not managed."""

    group_id: Computed[str] = computed()
    """The group's id. A `GroupMembership` takes it as `group_id`."""
    group_arn: Computed[str] = computed()
    """The group's ARN."""
    revision: Computed[str] = computed()
    """The group's revision number in AWS. Updates and deletes send it to detect concurrent changes."""
    external_ids: Computed[list[ExternalId] | None] = computed()
    """The identity providers that manage the group through SCIM: `issuer` and `id`. None if
    the group is not externally managed."""
