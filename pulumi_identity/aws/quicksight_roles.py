"""QuickSight's roles, and which change of role AWS refuses.

Source: RegisterUser's model; terraform-provider-aws issue 43508 and the user guide for the step that is refused.
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
    """Tell whether a change of role makes an admin or author a reader, which AWS may refuse in place."""
    return LEVELS.get(new) == "reader" and LEVELS.get(old) in {"admin", "author"}
