"""QuickSight's roles, and the changes of role that AWS may refuse.

Source: RegisterUser's model; for the refused change, terraform-provider-aws issue 43508 and the user guide.
"""

from __future__ import annotations

from typing import Literal, get_args

UserRole = Literal[
    "ADMIN", "AUTHOR", "READER", "RESTRICTED_AUTHOR", "RESTRICTED_READER", "ADMIN_PRO", "AUTHOR_PRO", "READER_PRO"
]

LEVELS: dict[str, Literal["admin", "author", "reader"]] = {
    "ADMIN": "admin",
    "ADMIN_PRO": "admin",
    "AUTHOR": "author",
    "AUTHOR_PRO": "author",
    "RESTRICTED_AUTHOR": "author",
    "READER": "reader",
    "READER_PRO": "reader",
    "RESTRICTED_READER": "reader",
}

ADMINS = tuple(role for role in get_args(UserRole) if LEVELS[role] == "admin")


def is_step_down(old: str, new: str) -> bool:
    """Return whether a change of role turns an admin or author into a reader. AWS may refuse such an update.

    Args:
        old: The current role.
        new: The declared role.

    Returns:
        Whether AWS may refuse the change.
    """
    return LEVELS.get(new) == "reader" and LEVELS.get(old) in {"admin", "author"}
