"""People, across the three services, and what becomes of each: the matrix."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ._facts import Action
from ._kinds import KINDS
from ._values import Mark, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ._names import Reference
    from ._plan import Plan, Resource


DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account, or one membership, before and after; None where it is not there."""

    urn: str
    before: str | None = None
    after: str | None = None
    replaced: bool = False
    adopted: bool = False
    """Whether it may be there before, too: nobody has looked."""

    @property
    def had(self) -> bool:
        """Whether it let the person in before: a disabled account does not."""
        return self.before not in {None, DISABLED}

    @property
    def has(self) -> bool:
        """Whether it lets the person in after."""
        return self.after not in {None, DISABLED}

    @property
    def changes(self) -> bool:
        """Whether it differs, or is taken away for a moment and given anew."""
        return self.before != self.after or self.replaced


@dataclass(frozen=True, slots=True)
class Cell:
    """What a person has of one thing: mostly one account or none, but there may be several."""

    accounts: tuple[Account, ...] = ()

    @property
    def before(self) -> str | None:
        """What it was in words; None where there was nothing."""
        return ", ".join(sorted(each.before for each in self.accounts if each.before)) or None

    @property
    def after(self) -> str | None:
        """What it will be."""
        return ", ".join(sorted(each.after for each in self.accounts if each.after)) or None

    @property
    def had(self) -> bool:
        """Whether any let the person in before."""
        return any(each.had for each in self.accounts)

    @property
    def has(self) -> bool:
        """Whether any lets the person in after."""
        return any(each.has for each in self.accounts)

    @property
    def gains(self) -> bool:
        """Whether one comes to let the person in."""
        return any(each.has and not each.had for each in self.accounts)

    @property
    def loses(self) -> bool:
        """Whether one ceases to let the person in."""
        return any(each.had and not each.has for each in self.accounts)

    @property
    def replaced(self) -> bool:
        """Whether one is taken away and given anew, be it under another name."""
        return any(each.replaced for each in self.accounts) or (self.gains and self.loses)

    @property
    def adopted(self) -> bool:
        """Whether what comes may be there already."""
        return any(each.adopted for each in self.accounts)

    @property
    def changes(self) -> bool:
        """Whether any differs."""
        return any(each.changes for each in self.accounts)


NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the matrix."""

    label: str
    directory: Cell
    quicksight: Cell
    appstream: Cell
    groups: Mapping[str, Cell]
    """Key of the group → whether the person is in it."""
    touched: bool
    """Whether any of the person's own resources changes, be it only a title."""
    known: bool = True
    """False for somebody whom a membership names by an id that is not known yet."""

    @property
    def accounts(self) -> tuple[Cell, ...]:
        """What the person is, without the groups."""
        return (self.directory, self.quicksight, self.appstream)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Everything that the person has, or had, or gets."""
        return (*self.accounts, *self.groups.values())

    @property
    def joins(self) -> bool:
        """Whether the person has nothing yet, as far as anybody knows."""
        return not any(cell.before for cell in self.cells) and any(cell.after for cell in self.accounts)

    @property
    def adopted(self) -> bool:
        """Whether the person may be there already."""
        return any(cell.adopted for cell in self.accounts)

    @property
    def leaves(self) -> bool:
        """Whether nothing is left to the person."""
        return any(cell.before for cell in self.accounts) and not any(cell.after for cell in self.cells)

    @property
    def keeps(self) -> tuple[str, ...]:
        """The services that somebody who leaves the directory still gets into."""
        if self.directory.has or not self.directory.loses:
            return ()
        services = {"QuickSight": self.quicksight, "AppStream": self.appstream}
        return tuple(name for name, cell in services.items() if cell.has)

    @property
    def changes(self) -> bool:
        """Whether any access differs."""
        return any(cell.changes for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All people with what they have; those who change come first."""

    people: tuple[Person, ...]
    groups: Mapping[str, str]
    """Key of a group → its label, in the order of labels."""


@dataclass(slots=True)
class _Row:
    label: str
    noun: str = "person"
    known: bool = True
    accounts: dict[str, list[Account]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[str, list[Account]] = field(default_factory=lambda: defaultdict(list))
    touched: bool = False

    def person(self, label: str) -> Person:
        return Person(
            label=label,
            directory=Cell(tuple(self.accounts["IdentityStoreUser"])),
            quicksight=Cell(tuple(self.accounts["QuickSightUser"])),
            appstream=Cell(tuple(self.accounts["AppStreamUser"])),
            groups={key: Cell(tuple(cells)) for key, cells in self.groups.items()},
            touched=self.touched,
            known=self.known,
        )


def matrix(plan: Plan) -> Matrix:
    """Put what belongs to one person into one row."""
    rows: dict[str, _Row] = {}
    persons: dict[str, str] = {}
    for each in plan.resources:
        if not KINDS[each.kind].person:
            continue
        persons[each.urn] = each.person
        row = rows.setdefault(each.person, _Row(each.label, KINDS[each.kind].noun))
        row.accounts[each.kind].append(_account(each))
        row.touched |= each.changes and each.action not in {Action.FORGET, Action.IMPORT}
    groups = {each.urn: each.label for each in plan.resources if each.kind == "Group"}
    for each in plan.resources:
        if each.kind == "GroupMembership":
            _enter(each, rows, groups, persons)
    bearers = Counter(row.label for row in rows.values())
    people = sorted(
        (row.person(f"{row.label} ({row.noun})" if bearers[row.label] > 1 else row.label) for row in rows.values()),
        key=lambda person: person.label.casefold(),
    )
    return Matrix(
        tuple(sorted(people, key=lambda person: not (person.changes or person.touched))),
        dict(sorted(groups.items(), key=lambda group: group[1].casefold())),
    )


def _account(each: Resource) -> Account:
    word = _WORDS[each.kind]
    # What exists under the name of another resource, and stays, is nothing new.
    twin = each.twin if each.action.makes and each.before is None else None
    before = twin.before if twin and not twin.action.ends else each.before
    return Account(
        urn=each.urn,
        before=word(before) if before is not None else None,
        after=word(each.after) if each.after is not None and not each.lost else None,
        replaced=each.action.replaces,
        adopted=each.adopted,
    )


def _enter(membership: Resource, rows: dict[str, _Row], groups: dict[str, str], persons: dict[str, str]) -> None:
    pairs = list(zip(membership.references["member_id"], membership.references["group_id"], strict=True))
    places: dict[tuple[str, str], list[bool]] = defaultdict(lambda: [False, False])
    for moment, (member, group) in enumerate(pairs):
        if member and group:
            person, place = _key(member, membership), _key(group, membership)
            person = persons.get(person, person)
            rows.setdefault(person, _unshown(member, membership))
            groups.setdefault(place, group.label if place == group.key else f"{membership.name}: {group.label}")
            places[person, place][moment] = True
    for (person, place), (before, after) in places.items():
        account = Account(
            urn=membership.urn,
            before="member" if before else None,
            after="member" if after and not membership.lost else None,
            replaced=membership.action.replaces and before and after,
            adopted=membership.adopted,
        )
        rows[person].groups[place].append(account)


def _key(reference: Reference, membership: Resource) -> str:
    return f"{reference.key} of {membership.urn}" if reference.key.startswith("?") else reference.key


def _unshown(member: Reference, membership: Resource) -> _Row:
    """A row for somebody of whom the preview shows no more than a membership."""
    known = not member.key.startswith("?")
    return _Row(member.label if known else f"{membership.name}: {member.label}", known=known)


def _role(state: Mapping[str, object]) -> str:
    return shown(state.get("user_role", Mark.UNKNOWN))


def _enabled(state: Mapping[str, object]) -> str:
    enabled = state.get("enabled", True)
    return shown(enabled) if isinstance(enabled, Mark) else "enabled" if enabled else DISABLED


_WORDS: dict[str, Callable[[Mapping[str, object]], str]] = {
    "IdentityStoreUser": lambda _state: "user",
    "QuickSightUser": _role,
    "AppStreamUser": _enabled,
}
