"""Ids of the identity store: checked before AWS is called, and brought into one form.

AWS takes an ARN wherever it takes an id. The id is what follows the ARN's last `/`, as in a physical id.
Source: the patterns of IdentityStoreId and ResourceId in the model.
"""

from __future__ import annotations

import re
from typing import Any

_UUID = "-".join(f"[0-9a-fA-F]{{{digits}}}" for digits in (8, 4, 4, 4, 12))

STORE = re.compile(rf"d-[0-9a-f]{{10}}|{_UUID}")
ENTITY = re.compile(rf"(?:[0-9a-f]{{10}}-)?{_UUID}")
"""The id of a user, group or membership, with or without its store's digits in front."""


def bare_id(id_: str) -> str:
    """Return an id without the ARN, or the store of a physical id, in front of it."""
    return id_.rpartition("/")[2]


def store_id(value: Any) -> str:
    """Return an identity store's id.

    Raises:
        ValueError: It isn't one, here and in the functions below.
    """
    return _matching(value, STORE, "must be an identity store's id, such as d-1234567890")


def user_id(value: Any) -> str:
    """Return a user's id."""
    return _matching(value, ENTITY, "must be a user's id: the user_id of an IdentityStoreUser, or of get_user()")


def group_id(value: Any) -> str:
    """Return a group's id."""
    return _matching(value, ENTITY, "must be a group's id: the group_id of a Group, or of get_group()")


def membership_id(value: Any) -> str:
    """Return a membership's id."""
    return _matching(value, ENTITY, "must be a membership's id: the membership_id of a GroupMembership")


def _matching(value: Any, form: re.Pattern[str], reason: str) -> str:
    bare = bare_id(value) if isinstance(value, str) else ""
    if not form.fullmatch(bare):
        raise ValueError(reason)  # without the value: it may be a secret
    return bare
