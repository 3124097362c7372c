"""The resources, in one module or folder for each service. Written by tools/exports.py."""

from .appstream.associations import AppStreamUserStackAssociation
from .appstream.users import AppStreamUser
from .identitystore.groups import Group
from .identitystore.members import GroupMembers
from .identitystore.memberships import GroupMembership
from .identitystore.users import IdentityStoreUser
from .quicksight.groups import QuickSightGroup
from .quicksight.members import QuickSightGroupMembers
from .quicksight.users import QuickSightUser

__all__ = [
    "AppStreamUser",
    "AppStreamUserStackAssociation",
    "Group",
    "GroupMembers",
    "GroupMembership",
    "IdentityStoreUser",
    "QuickSightGroup",
    "QuickSightGroupMembers",
    "QuickSightUser",
]
