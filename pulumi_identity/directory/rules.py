"""Rules across people, groups and files: what must be unique, and what must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_identity.provider.schema import property_of, value_at

from . import models
from .problems import Problem, near
from .sources import path_of

if TYPE_CHECKING:
    from datetime import date

    from pulumi_identity.provider.kinds import Kind

    from .entries import Entry
    from .people import Group, Person
    from .sources import Document, Steps


_USUAL = {"namespace": "default"}
"""Input → the value of an entity without it, unless Pulumi configuration has another one."""

_LONGEST_STAY = 50
"""The years between the present day and `ends` from which the year is probably a mistake."""

_SUGGESTIONS = 20
"""The number of suggestions for wrong keys. Each takes a tenth of a second among 5,000 people."""


class Account(NamedTuple):
    """An entity whose name or address AWS compares with all others of its kind."""

    entry: Entry
    kind: Kind
    inputs: Mapping[str, Any]
    at: Steps = ()
    """The steps from the entry to the inputs."""

    def place(self, path: str) -> Steps:
        """Return the steps to a unique value as the file spells it."""
        name = property_of(path)
        inner = "email" if name == "emails" and "emails" not in self.entry.own else name
        return (*self.entry.steps, *self.at, inner)

    def derives(self, path: str) -> bool:
        """Return whether a unique value of QuickSight or AppStream is the person's user name or address."""
        given = self.entry.own.get(str(self.at[0])) if self.at else None
        return bool(self.at) and not (isinstance(given, Mapping) and property_of(path) in given)


def accounts_of(
    people: Mapping[str, tuple[Entry, Person]], groups: Mapping[str, tuple[Entry, Group]]
) -> Iterator[Account]:
    """Yield the entities that the entries declare, in the order of the files.

    Args:
        people: Key → entry and person.
        groups: Key → entry and group.

    Yields:
        The entities.
    """
    for group_entry, group in groups.values():
        if "display_name" in group.inputs:
            yield Account(group_entry, models.GROUP, group.inputs)
    for entry, person in people.values():
        yield Account(entry, models.USER, person.user)
        if person.quicksight is not None:
            yield Account(entry, models.QUICKSIGHT, person.quicksight, ("quicksight",))
        if person.appstream is not None:
            yield Account(entry, models.APPSTREAM, person.appstream, ("appstream",))


def refuse_equal_values(accounts: Iterable[Account]) -> None:
    """Add an error for each value that is not unique. The error is at the second place and names the first.

    Args:
        accounts: The entities.
    """
    first: dict[tuple[Any, ...], Account] = {}
    reported: set[tuple[Steps, Steps]] = set()
    for account in accounts:
        where = tuple(account.inputs.get(name) or _USUAL.get(name) for name in account.kind.unique_within)
        inputs = account.kind.with_name(dict(account.inputs))  # QuickSight derives the name of an IAM user
        for path, value in account.kind.unique_values(inputs).items():
            other = first.setdefault((account.kind.name, where, path, value), account)
            pair = (other.entry.steps, account.entry.steps)
            if other is account or (pair in reported and account.derives(path)):
                continue
            reported.add(pair)
            there = other.entry.document
            place = f" ({there.file}:{there.line(other.place(path))})" if there.file else ""
            shown = repr(value_at(path, inputs))
            message = f"{shown} must be unique, but {path_of(other.entry.steps)}{place} has the same value"
            account.entry.document.add(account.place(path), message)


def refuse_equal_ids(groups: Mapping[str, tuple[Entry, Group]]) -> None:
    """Add an error for each group with the id of another one: each would remove the members of the other.

    Args:
        groups: Key → entry and group.
    """
    first: dict[str, Entry] = {}
    for entry, group in groups.values():
        other = first.setdefault(group.group_id, entry) if group.group_id else entry
        if other is not entry:
            there = other.document
            place = f" ({there.file}:{there.line((*other.steps, 'group_id'))})" if there.file else ""
            message = f"{group.group_id!r} must be unique, but {path_of(other.steps)}{place} has the same value"
            entry.add(("group_id",), message)


def refuse_unknown_groups(people: Mapping[str, tuple[Entry, Person]], groups: Mapping[str, object]) -> None:
    """Add an error for each group of a person that no file declares.

    Args:
        people: Key → entry and person.
        groups: The declared groups, also invalid ones, by key.
    """
    for entry, _ in people.values():
        for index, key in enumerate(entry.listed_groups()):
            if key and key not in groups:
                entry.add(("groups", index), f"{key!r} is not a group in the files{near(key, groups)}")


def warnings_of(
    people: Mapping[str, tuple[Entry, Person]], groups: Mapping[str, tuple[Entry, Group]], today: date
) -> Iterator[Problem]:
    """Yield a warning for each value that is allowed but probably a mistake.

    Args:
        people: Key → entry and person.
        groups: Key → entry and group.
        today: The present day.

    Yields:
        The warnings.
    """
    used = {key for entry, person in people.values() if not person.ended for key in entry.listed_groups()}
    for key, (entry, _) in groups.items():
        if key not in used:
            yield entry.warning((), "has no members in the files")
    for entry, person in people.values():
        if person.ends and abs(person.ends.year - today.year) > _LONGEST_STAY:
            message = f"{person.ends} is more than {_LONGEST_STAY} years away; correct the year, or remove the line"
            yield entry.warning(("ends",), message)
        email = entry.own.get("email")
        if isinstance(email, str) and email and "@" not in email:
            yield entry.warning(("email",), f"{email!r} has no `@`")
        family, comma, given = str(entry.own.get("name")).partition(",")
        if comma and isinstance(entry.own["name"], str):
            shown = f"{{given_name: {given.strip()}, family_name: {family.strip()}}}"
            yield entry.warning(("name",), f"looks like 'Family, Given'; write {shown}")


def moved_keys(documents: list[Document], people: Mapping[str, object], groups: Mapping[str, object]) -> dict[str, str]:
    """Return new key → old key from the sections `moved`, and add an error for each invalid line.

    Args:
        documents: The documents.
        people: The declared people by key.
        groups: The declared groups by key.

    Returns:
        The keys.
    """
    moved: dict[str, str] = {}
    known = [*people, *groups]
    suggestions = 0
    for document in documents:
        section = document.value.get("moved") if isinstance(document.value, Mapping) else None
        for old, new in (section or {}).items() if isinstance(section or {}, Mapping) else ():
            steps = ("moved", old)
            if not isinstance(new, str):
                document.add(steps, "must be the new key")
            elif new not in people and new not in groups:
                suggestions += 1
                suggestion = near(new, known) if suggestions <= _SUGGESTIONS else ""
                document.add(steps, f"{new!r} is not a person or group{suggestion}")
            elif old in people or old in groups:
                document.add(steps, "the old key is still a person or group; remove the line, or correct the key")
            elif moved.setdefault(new, old) != old:
                document.add(steps, f"{new!r} has two old keys, {moved[new]!r} and {old!r}; remove one")
    return moved
