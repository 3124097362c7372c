"""Ids of the identity store: validation before AWS is called, and one canonical form.

AWS accepts an ARN in place of an id. The id follows the last `/` of an ARN, and of a physical id.
Source: the patterns of IdentityStoreId and ResourceId in botocore's model.
"""

from __future__ import annotations

import re
from typing import Any

_UUID = "-".join(f"[0-9a-fA-F]{{{digits}}}" for digits in (8, 4, 4, 4, 12))

STORE = re.compile(rf"d-[0-9a-f]{{10}}|{_UUID}")
ENTITY = re.compile(rf"(?:[0-9a-f]{{10}}-)?{_UUID}")
"""The id of a user, group or membership, with or without the digits of its store in front."""
EXAMPLE = "906a1b2c-1111-70ab-cdef-0123456789ab"


def bare_id(id_: str) -> str:
    """Return the id at the end of an ARN or a physical id.

    Args:
        id_: An id, an ARN or a physical id.

    Returns:
        The part after the last `/`.
    """
    return id_.rpartition("/")[2]


def store_id(value: Any) -> str:
    """Return the canonical id of an identity store.

    Args:
        value: An id, an ARN or a physical id.

    Returns:
        The id.

    Raises:
        ValueError: `value` is not an id of an identity store.
    """
    return _matching(value, STORE, "must be an identity store id such as d-1234567890")


def user_id(value: Any) -> str:
    """Return the canonical id of a user.

    Args:
        value: An id, an ARN or a physical id.

    Returns:
        The id.

    Raises:
        ValueError: `value` is not an id of a user.
    """
    return _matching(value, ENTITY, f"must be the user_id of an IdentityStoreUser or get_user(), such as {EXAMPLE}")


def group_id(value: Any) -> str:
    """Return the canonical id of a group.

    Args:
        value: An id, an ARN or a physical id.

    Returns:
        The id.

    Raises:
        ValueError: `value` is not an id of a group.
    """
    return _matching(value, ENTITY, f"must be the group_id of a Group or get_group(), such as {EXAMPLE}")


def membership_id(value: Any) -> str:
    """Return the canonical id of a membership.

    Args:
        value: An id, an ARN or a physical id.

    Returns:
        The id.

    Raises:
        ValueError: `value` is not an id of a membership.
    """
    return _matching(value, ENTITY, f"must be the membership_id of a GroupMembership, such as {EXAMPLE}")


def _matching(value: Any, form: re.Pattern[str], reason: str) -> str:
    bare = bare_id(value) if isinstance(value, str) else ""
    if not form.fullmatch(bare):
        raise ValueError(reason)
    return bare
