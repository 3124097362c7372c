"""The fields of a file. Most are inputs of resources, so their types and limits are declared there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import TypeAdapter, ValidationError

import pulumi_identity.resources  # noqa: F401  (registers the kinds)
from pulumi_identity.aws.quicksight_roles import UserRole
from pulumi_identity.provider.registry import KINDS
from pulumi_identity.provider.schema import Field, Schema
from pulumi_identity.provider.settings import ACCESS
from pulumi_identity.provider.value_types import plain

if TYPE_CHECKING:
    from pulumi_identity.provider.kinds import Kind

USER, GROUP = KINDS["IdentityStoreUser"], KINDS["Group"]
QUICKSIGHT, APPSTREAM = KINDS["QuickSightUser"], KINDS["AppStreamUser"]

OF_THE_PROGRAM = {"identity_store_id", *ACCESS}
"""The inputs of people and groups that the program sets once, in `settings` or in Pulumi configuration."""

ROLES: tuple[str, ...] = get_args(UserRole)

SECTIONS = {
    "defaults": "Values for the people of this file. A person's own value takes precedence.",
    "groups": "The groups: key → group. The key is part of the resource's name in Pulumi.",
    "people": "The people: key → person. The key is part of the names of the person's resources in Pulumi.",
    "moved": "Old key → new key of people and groups. The resources of a changed key keep their entities in AWS.",
}
"""The sections of a file, and their meanings."""


def _inputs_of(kind: Kind, without: set[str]) -> dict[str, Field]:
    return {name: field for name, field in kind.schema.inputs.items() if name not in without}


USER_INPUTS = Schema(_inputs_of(USER, OF_THE_PROGRAM), ())
GROUP_INPUTS = Schema(_inputs_of(GROUP, OF_THE_PROGRAM), ())


def _list_of(kind: Kind, name: str) -> Field:
    """Return the field of a list whose items are valid values of an input."""
    item: Any = plain(kind.schema.inputs[name].hint)
    return Field(hint=list[item] | None)


QUICKSIGHT_GROUPS = Schema({"groups": _list_of(KINDS["QuickSightGroup"], "group_name")}, ())
APPSTREAM_STACKS = Schema({"stacks": _list_of(KINDS["AppStreamUserStackAssociation"], "stack_name")}, ())
PERSON_OWN = Schema({"groups": Field(hint=list[str] | None)}, ())
GROUP_OWN = Schema(
    {
        "group_id": Field(hint=KINDS["GroupMembers"].schema.inputs["group_id"].hint | None),
        "existing": Field(hint=bool | None),
        "exclusive": Field(hint=bool | None),
    },
    (),
)

GROUP_TEXTS = {
    "display_name": "The group's name, unique in the store. Default: the key.",
    "group_id": "The id of an existing group, which the directory does not create, change or delete.",
    "existing": "Whether the group exists. The directory finds it by its display name, and does not change it.",
    "exclusive": "Whether to remove members that are not in the files. Default: true; for an existing group, false.",
    "adopt": "Whether to adopt a group and members that already exist. An exclusive group then loses the members that"
    " are not in the files. Default: no; the create fails instead.",
}
PERSON_TEXTS = {
    "name": "The full name, which is split at its last space, or a mapping with the parts of the name.",
    "user_name": "The name for sign-in, unique in the store. Default: the key.",
    "display_name": "The name that others see. Default: the name.",
    "email": "The primary e-mail address, unique in the store. Use `emails` to set its `type`.",
    "groups": "The keys of the person's groups. In CSV, separated by spaces.",
    "quicksight": "The QuickSight role, or a mapping with the role in `user_role`. Default: no QuickSight user.",
    "appstream": "Whether the person has an AppStream user, or a mapping. Default: no.",
    "ends": "The last day with access, `YYYY-MM-DD`, in UTC. Afterwards, the person has no groups, the AppStream user"
    " is disabled, and the QuickSight user is deleted.",
}
QUICKSIGHT_TEXTS = {
    "user_name": "The name for sign-in. Default: the person's user name; for identity type IAM, leave it out.",
    "email": "The e-mail address. Default: the person's address.",
    "groups": "The names of existing QuickSight groups. In CSV, separated by spaces.",
}
APPSTREAM_TEXTS = {
    "user_name": "The e-mail address for sign-in. Default: the person's address.",
    "first_name": "The given name, in letters A to Z. Default: the person's given name.",
    "last_name": "The family name, in letters A to Z. Default: the person's family name.",
    "stacks": "The names of stacks to associate with the user. In CSV, separated by spaces.",
}

PERSON_FIELDS = dict.fromkeys([*PERSON_TEXTS, *USER_INPUTS.inputs])
QUICKSIGHT_FIELDS = dict.fromkeys([*QUICKSIGHT.schema.inputs, "groups"])
APPSTREAM_FIELDS = dict.fromkeys([*APPSTREAM.schema.inputs, "stacks"])
GROUP_FIELDS = dict.fromkeys([*GROUP_TEXTS, *GROUP_INPUTS.inputs])


NAME_PARTS = tuple(plain(USER.schema.inputs["name"].hint).__annotations__)
COLUMNS = {
    "people": [
        "key",
        *PERSON_FIELDS,
        *(f"name.{part}" for part in NAME_PARTS),
        *(f"quicksight.{name}" for name in QUICKSIGHT_FIELDS),
        *(f"appstream.{name}" for name in APPSTREAM_FIELDS),
    ],
    "groups": ["key", *GROUP_FIELDS],
}
"""Section → the columns that its files in CSV can have."""


class Account(NamedTuple):
    """The value of a person's `quicksight` or `appstream`, in its long form."""

    given: bool | None
    """Whether the person has an account. None if it is not a valid value."""
    inputs: dict[str, Any]


def as_account(name: str, value: Any) -> Account:
    """Return the long form of `quicksight` or `appstream`: `AUTHOR` is `{user_role: AUTHOR}`.

    Args:
        name: The field.
        value: A role, a boolean, a mapping, or None.

    Returns:
        Whether there is an account, and the inputs that the file sets.
    """
    if value is None:
        return Account(given=False, inputs={})
    if isinstance(value, Mapping):
        return Account(given=True, inputs=dict(value))
    if name == "quicksight" and value in ROLES:
        return Account(given=True, inputs={"user_role": value})
    return Account(given=as_boolean(value), inputs={})


_BOOLEAN: TypeAdapter[bool] = TypeAdapter(bool)


def as_boolean(value: Any) -> bool | None:
    """Return the boolean for `true`, `yes` or `on`, or their opposites; None for other values."""
    try:
        return _BOOLEAN.validate_python(value)
    except ValidationError:
        return None


def as_date(value: Any) -> date | None:
    """Return the date for `YYYY-MM-DD`; None for other values."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
