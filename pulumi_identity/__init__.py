"""People and groups in AWS as Pulumi resources: QuickSight, IAM Identity Center's identity store, AppStream 2.0."""

from ._errors import AlreadyExists, Conflict, Denied, IdentityError, NotFound, Rejected, Throttled
from .appstream import AppStreamUser
from .identitystore import Group, GroupMembership, IdentityStoreUser
from .quicksight import QuickSightUser

__all__ = [
    "AlreadyExists",
    "AppStreamUser",
    "Conflict",
    "Denied",
    "Group",
    "GroupMembership",
    "IdentityError",
    "IdentityStoreUser",
    "NotFound",
    "QuickSightUser",
    "Rejected",
    "Throttled",
]
