"""Ids of the identity store: told from everything else before AWS is asked, and brought into one form.

AWS takes an ARN wherever it takes an id. The id is what stands behind its last `/`, as it does in a physical id.
Source: the patterns of IdentityStoreId and ResourceId in the model.
"""

from __future__ import annotations

import re
from typing import Any

_UUID = "-".join(f"[0-9a-fA-F]{{{digits}}}" for digits in (8, 4, 4, 4, 12))

STORE = re.compile(rf"d-[0-9a-f]{{10}}|{_UUID}")
ENTITY = re.compile(rf"(?:[0-9a-f]{{10}}-)?{_UUID}")
"""The id of a user, group or membership, with its store's digits in front or without."""


def store_id(value: Any) -> str:
    """Return an identity store's id. ValueError if it isn't one, here and below."""
    return _bare(value, STORE, "must be an identity store's id, such as d-1234567890")


def user_id(value: Any) -> str:
    """Return a user's id."""
    return _bare(value, ENTITY, "must be a user's id: the user_id of an IdentityStoreUser, or of get_user()")


def group_id(value: Any) -> str:
    """Return a group's id."""
    return _bare(value, ENTITY, "must be a group's id: the group_id of a Group, or of get_group()")


def membership_id(value: Any) -> str:
    """Return a membership's id."""
    return _bare(value, ENTITY, "must be a membership's id: the membership_id of a GroupMembership")


def _bare(value: Any, form: re.Pattern[str], reason: str) -> str:
    bare = value.rpartition("/")[2] if isinstance(value, str) else ""
    if not form.fullmatch(bare):
        raise ValueError(reason)  # without the value: it may be a secret
    return bare
