"""Build the matrix: the access of each person in all services, before and after the update."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_identity.provider.registry import KINDS

from .actions import Action
from .values import Mark, show

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_identity.provider.traits import Column

    from .changes import Change
    from .names import End
    from .plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account or membership, before and after the update. None if it does not exist."""

    urn: str
    before: str | None = None
    after: str | None = None
    locked_out: frozenset[str] = frozenset()
    """The words that stand for an account without access."""
    replaced: bool = False
    may_exist: bool = False
    """Whether the account may already exist. The preview does not check."""

    @property
    def had(self) -> bool:
        """Whether the account gives access before the update. A disabled account does not."""
        return self.before is not None and self.before not in self.locked_out

    @property
    def has(self) -> bool:
        """Whether the account gives access after the update."""
        return self.after is not None and self.after not in self.locked_out

    @property
    def changes(self) -> bool:
        """Whether the account differs, or is replaced."""
        return self.before != self.after or self.replaced


@dataclass(frozen=True, slots=True)
class Cell:
    """The accounts of a person in one column: usually one or none, sometimes several."""

    accounts: tuple[Account, ...] = ()

    @property
    def urns(self) -> tuple[str, ...]:
        """The URNs of the accounts or memberships."""
        return tuple(account.urn for account in self.accounts)

    @property
    def before(self) -> str | None:
        """The access before the update in words, or None."""
        return ", ".join(sorted(account.before for account in self.accounts if account.before)) or None

    @property
    def after(self) -> str | None:
        """The access after the update in words, or None."""
        return ", ".join(sorted(account.after for account in self.accounts if account.after)) or None

    @property
    def had(self) -> bool:
        """Whether any account gives access before the update."""
        return any(account.had for account in self.accounts)

    @property
    def has(self) -> bool:
        """Whether any account gives access after the update."""
        return any(account.has for account in self.accounts)

    @property
    def gains(self) -> bool:
        """Whether an account gives access only after the update."""
        return any(account.has and not account.had for account in self.accounts)

    @property
    def loses(self) -> bool:
        """Whether an account gives access only before the update."""
        return any(account.had and not account.has for account in self.accounts)

    @property
    def replaced(self) -> bool:
        """Whether an account is replaced, possibly under another name."""
        return any(account.replaced for account in self.accounts) or (self.gains and self.loses)

    @property
    def may_exist(self) -> bool:
        """Whether a new account may already exist."""
        return any(account.may_exist for account in self.accounts)

    @property
    def changes(self) -> bool:
        """Whether any account differs."""
        return any(account.changes for account in self.accounts)


NOTHING = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row of the matrix."""

    label: str
    accounts: Mapping[str, Cell]
    """Name of the kind → its accounts, for each kind with a column."""
    groups: Mapping[str, Cell]
    """Key of the group → the memberships of the person in it."""
    touched: bool
    """Whether the update changes any account of the person, even without an effect on access."""
    known: bool = True
    """False for a member whose id is unknown."""
    new_names: frozenset[str] = frozenset()
    """The properties with a name in AWS that the update changes in place."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All accounts and memberships."""
        return (*self.accounts.values(), *self.groups.values())

    @property
    def joins(self) -> bool:
        """Whether the person has no known access before the update and an account after it."""
        return not any(cell.before for cell in self.cells) and any(cell.after for cell in self.accounts.values())

    @property
    def may_exist(self) -> bool:
        """Whether the person may already exist."""
        return any(cell.may_exist for cell in self.accounts.values())

    @property
    def leaves(self) -> bool:
        """Whether the person has no access after the update."""
        return any(cell.before for cell in self.accounts.values()) and not any(cell.after for cell in self.cells)

    @property
    def keeps(self) -> tuple[Column, ...]:
        """The columns of the services that a person keeps after leaving the directory."""
        pairs = [(column, self.accounts[name]) for name, column in get_columns().items()]
        if not any(cell.loses and not cell.has for column, cell in pairs if column.is_directory):
            return ()
        return tuple(column for column, cell in pairs if cell.has and not column.is_directory)

    @property
    def changes(self) -> bool:
        """Whether any access differs."""
        return any(cell.changes for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """All people and their access. People with changes come first."""

    people: tuple[Person, ...]
    groups: Mapping[str, str]
    """Key of a group → its label, sorted by label."""


def get_columns() -> dict[str, Column]:
    """Return the columns of the matrix.

    Returns:
        Name of the kind → its column.
    """
    return {name: kind.column for name, kind in KINDS.items() if kind.column}


@dataclass(slots=True)
class _Row:
    label: str
    noun: str = "person"
    known: bool = True
    accounts: dict[str, list[Account]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[str, list[Account]] = field(default_factory=lambda: defaultdict(list))
    touched: bool = False
    new_names: set[str] = field(default_factory=set)

    def finish(self, label: str) -> Person:
        return Person(
            label=label,
            accounts={name: Cell(tuple(self.accounts[name])) for name in get_columns()},
            groups={key: Cell(tuple(accounts)) for key, accounts in self.groups.items()},
            touched=self.touched,
            known=self.known,
            new_names=frozenset(self.new_names),
        )


def build_matrix(plan: Plan) -> Matrix:
    """Build the matrix, with one row per person.

    Args:
        plan: All changes.

    Returns:
        The matrix.
    """
    rows: dict[str, _Row] = {}
    persons: dict[str, str] = {}
    for change in plan.resources:
        if change.kind.is_person:
            persons[change.urn] = change.person
            row = rows.setdefault(change.person, _Row(change.label, change.kind.noun))
            row.touched |= change.changes and change.action not in {Action.FORGET, Action.IMPORT}
            row.new_names |= {change.kind.name_property or ""} if change.new_name else set()
            if change.kind.column:
                row.accounts[change.kind.name].append(_build_account(change, change.kind.column))
    groups = {change.urn: change.label for change in plan.resources if change.kind.is_group}
    for change in plan.resources:
        if change.kind.references:
            _add_membership(change, rows, groups, persons)
    bearers = Counter(row.label for row in rows.values())
    people = sorted(
        (row.finish(f"{row.label} ({row.noun})" if bearers[row.label] > 1 else row.label) for row in rows.values()),
        key=lambda person: person.label.casefold(),
    )
    return Matrix(
        tuple(sorted(people, key=lambda person: not (person.changes or person.touched))),
        dict(sorted(groups.items(), key=lambda group: group[1].casefold())),
    )


def _build_account(change: Change, column: Column) -> Account:
    # If the entity already belongs to another resource and stays, it is not new.
    twin = change.twin if change.action.creates and change.before is None else None
    before = twin.before if twin and not twin.action.ends else change.before
    return Account(
        urn=change.urn,
        before=_describe(before, column) if before is not None else None,
        after=_describe(change.after, column) if change.after is not None and not change.lost else None,
        locked_out=column.locked_out,
        replaced=change.action.replaces,
        may_exist=change.may_exist,
    )


def _describe(state: Mapping[str, Any], column: Column) -> str:
    """Describe an account in the words of its column."""
    if not column.property:
        return column.word
    value = state.get(column.property)
    if value is None:
        value = Mark.UNKNOWN if column.default is None else column.default
    return next((word for known, word in column.words.items() if known == value), show(value))


def _add_membership(membership: Change, rows: dict[str, _Row], groups: dict[str, str], persons: dict[str, str]) -> None:
    moments: dict[tuple[str, str], set[str]] = defaultdict(set)
    members, places = membership.member, membership.group
    for moment, member, group in (
        ("before", members.before, places.before),
        ("after", members.after, places.after),
    ):
        if member and group:
            # The members of a set are in the same group, even if it is unknown.
            person, place = _get_key(member, membership.urn), _get_key(group, membership.set_urn or membership.urn)
            person = persons.get(person, person)
            rows.setdefault(person, _build_unshown_row(member, membership))
            groups.setdefault(place, group.label if place == group.key else f"{membership.name}: {group.label}")
            moments[person, place].add(moment)
    for (person, place), present in moments.items():
        account = Account(
            urn=membership.urn,
            before="member" if "before" in present else None,
            after="member" if "after" in present and not membership.lost else None,
            replaced=membership.action.replaces and present == {"before", "after"},
            may_exist=membership.may_exist,
        )
        rows[person].groups[place].append(account)


def _get_key(end: End, urn: str) -> str:
    return end.key if end.identified else f"{end.key} of {urn}"


def _build_unshown_row(member: End, membership: Change) -> _Row:
    """Build a row for a person for whom the preview shows only a membership."""
    label = member.label if member.identified else f"{membership.name}: {member.label}"
    return _Row(label, known=member.identified)
