"""Companies that the tests of the component register, as `load` returns them."""

from __future__ import annotations

from typing import Any

from pulumi_identity.directory.people import Company, Group, Person


def person(key: str, *groups: str, **more: Any) -> Person:
    """A person whose key is the user name."""
    user = {
        "user_name": key,
        "display_name": key.title(),
        "name": {"given_name": key.title(), "family_name": "Doe"},
        "emails": [{"value": f"{key}@example.com", "primary": True}],
    }
    known = {
        "quicksight": None,
        "quicksight_groups": (),
        "appstream": None,
        "appstream_stacks": (),
        "ends": None,
        "ended": False,
    }
    return Person(key=key, user=user | more.pop("user", {}), groups=groups, **known | more)


def group(key: str, **more: Any) -> Group:
    """A group whose display name is its key in title case."""
    return Group(
        **{"key": key, "inputs": {"display_name": key.title()}, "group_id": None, "existing": False, "exclusive": True}
        | more
    )


def company(*entries: Person | Group, moved: dict[str, str] | None = None) -> Company:
    """A company of people and groups."""
    return Company(
        people={entry.key: entry for entry in entries if isinstance(entry, Person)},
        groups={entry.key: entry for entry in entries if isinstance(entry, Group)},
        moved=moved or {},
        warnings=(),
    )
