"""People, across the three services, and what becomes of each: the matrix, and the headline in words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ._kinds import ADMIN_ROLES, KINDS
from ._plan import Action, Plan, Reference, Resource
from ._values import Mark, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a person has, before and after; None where nothing."""

    before: str | None = None
    after: str | None = None
    replaced: bool = False

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
    def cells(self) -> tuple[Cell, ...]:
        """Everything that the person has, or had, or gets."""
        return (self.directory, self.quicksight, self.appstream, *self.groups.values())

    @property
    def joins(self) -> bool:
        """Whether the person has nothing yet."""
        return not any(cell.before for cell in self.cells) and any(cell.after for cell in self.cells)

    @property
    def leaves(self) -> bool:
        """Whether nothing is left to the person."""
        return any(cell.before for cell in self.cells) and not any(cell.after for cell in self.cells)

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
    known: bool = True
    directory: list[Resource] = field(default_factory=list)
    quicksight: list[Resource] = field(default_factory=list)
    appstream: list[Resource] = field(default_factory=list)
    groups: dict[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))

    def person(self) -> Person:
        own = (*self.directory, *self.quicksight, *self.appstream)
        return Person(
            label=self.label,
            directory=_cell(self.directory, _in_directory),
            quicksight=_cell(self.quicksight, _role),
            appstream=_cell(self.appstream, _appstream),
            groups={key: _merged(cells) for key, cells in self.groups.items()},
            touched=any(each.changes and each.action is not Action.FORGET for each in own),
            known=self.known,
        )


def matrix(plan: Plan) -> Matrix:
    """Put what belongs to one person into one row.

    A QuickSight or AppStream user belongs to the person of the directory who has its user name, else its
    e-mail address. What fits two people, or nobody, is a row of its own: nobody is shown another's access.
    """
    rows: dict[str, _Row] = {}
    names: dict[str, set[str]] = defaultdict(set)
    columns = {"IdentityStoreUser": "directory", "QuickSightUser": "quicksight", "AppStreamUser": "appstream"}
    for each in plan.resources:
        if each.kind not in columns:
            continue
        owner = each.urn
        if each.kind != "IdentityStoreUser":
            fits = (names[name] for name in _names(each) if len(names[name]) == 1)
            owner = next((next(iter(fit)) for fit in fits), each.urn)
        getattr(rows.setdefault(owner, _Row(each.label)), columns[each.kind]).append(each)
        for name in _names(each):
            names[name].add(owner)
    groups = {each.urn: each.label for each in plan.resources if each.kind == "Group"}
    for each in plan.resources:
        if each.kind == "GroupMembership":
            _enter(each, rows, groups)
    people = sorted((row.person() for row in rows.values()), key=lambda person: person.label.casefold())
    return Matrix(
        tuple(sorted(people, key=lambda person: not (person.changes or person.touched))),
        dict(sorted(groups.items(), key=lambda group: group[1].casefold())),
    )


def _names(each: Resource) -> list[str]:
    """What a person is known by, the user names before the addresses."""
    states = [state for state in (each.after, each.before) if state]
    found: list[Any] = [state.get("user_name") for state in states]
    for state in states:
        found.append(state.get("email"))
        emails = state.get("emails")
        found += [email.get("value") for email in emails if isinstance(email, dict)] if isinstance(emails, list) else []
    return list(dict.fromkeys(name.casefold() for name in found if isinstance(name, str) and name))


def _enter(membership: Resource, rows: dict[str, _Row], groups: dict[str, str]) -> None:
    pairs = list(zip(membership.references["member_id"], membership.references["group_id"], strict=True))
    (old_member, old_group), (new_member, new_group) = pairs
    places: dict[tuple[str, str], list[bool]] = defaultdict(lambda: [False, False])
    for moment, (member, group) in enumerate(((old_member, old_group), (new_member, new_group))):
        if member and group:
            person, place = _key(member, membership), _key(group, membership)
            rows.setdefault(person, _unshown(member, membership))
            groups.setdefault(place, group.label)
            places[person, place][moment] = True
    for (person, place), (before, after) in places.items():
        replaced = membership.action is Action.REPLACE and before and after
        rows[person].groups[place].append(Cell("member" if before else None, "member" if after else None, replaced))


def _key(reference: Reference, membership: Resource) -> str:
    return f"{reference.key} of {membership.urn}" if reference.key.startswith("?") else reference.key


def _unshown(member: Reference, membership: Resource) -> _Row:
    """A row for somebody of whom the preview shows no more than a membership."""
    known = not member.key.startswith("?")
    return _Row(member.label if known else f"{membership.name}: {member.label}", known)


def _in_directory(_state: Mapping[str, Any]) -> str:
    return "user"


def _role(state: Mapping[str, Any]) -> str:
    return shown(state.get("user_role", Mark.UNKNOWN))


def _appstream(state: Mapping[str, Any]) -> str:
    enabled = state.get("enabled", True)
    return shown(enabled) if isinstance(enabled, Mark) else "enabled" if enabled else DISABLED


def _cell(resources: list[Resource], word: Any) -> Cell:
    return _merged(
        [
            Cell(
                word(each.before) if each.before else None,
                word(each.after) if each.after else None,
                each.action is Action.REPLACE,
            )
            for each in resources
        ]
    )


def _merged(cells: list[Cell]) -> Cell:
    """What several accounts, or several memberships in one group, amount to."""
    before, after = ({value for value in values if value} for values in (map(_before, cells), map(_after, cells)))
    replaced = any(cell.replaced for cell in cells)
    return Cell(", ".join(sorted(before)) or None, ", ".join(sorted(after)) or None, replaced)


def _before(cell: Cell) -> str | None:
    return cell.before


def _after(cell: Cell) -> str | None:
    return cell.after


# The headline


def headline(plan: Plan) -> str:
    """Say in words what happens: "2 people join, 1 leaves, 1 becomes ADMIN"."""
    clauses = [*_people(matrix(plan)), *_groups(plan)]
    if forgotten := sum(each.action is Action.FORGET for each in plan.resources):
        clauses.append(_count(forgotten, "resource is forgotten, but stays", "resources are forgotten, but stay"))
    if plan.others:
        clauses.append(
            _count(len(plan.others), "resource of another provider changes", "resources of other providers change")
        )
    if drifted := sum(bool(each.drift) or each.gone for each in plan.resources):
        clauses.append(_count(drifted, "resource was changed outside Pulumi", "resources were changed outside Pulumi"))
    said = ", ".join(clauses) or "nothing changes"
    if plan.failed:
        errors = sum(diagnostic.severity == "error" for diagnostic in plan.diagnostics)
        said = f"the preview failed with {_count(errors, 'error', 'errors')}, so this is not all: {said}"
    return said[0].upper() + said[1:]


def _people(people: Matrix) -> Iterator[str]:
    counts: Counter[tuple[str, str]] = Counter()
    for person in people.people:
        counts.update(_verbs(person) if person.known else ())
    order = [verbs for verbs in _ORDER if verbs in counts]
    order += sorted(counts.keys() - set(order))
    for place, verbs in enumerate(order):
        count = counts[verbs]
        noun = "" if place else "person " if count == 1 else "people "
        yield f"{count:,} {noun}{verbs[count != 1]}"


def _becomes(role: str) -> tuple[str, str]:
    # A headline is written as it is: nothing gets into it that needs to be escaped.
    role = role if re.fullmatch("[A-Z_]{1,40}", role) else "something else in QuickSight"
    return f"becomes {role}", f"become {role}"


_JOINS, _LEAVES = ("joins", "join"), ("leaves", "leave")
_REPLACED = ("is replaced", "are replaced")
_ADDED, _REMOVED = ("is added to groups", "are added to groups"), ("is removed from groups", "are removed from groups")
_OTHERWISE = ("changes in other ways", "change in other ways")


def _service(name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (f"gets {name}", f"get {name}"), (f"is locked out of {name}", f"are locked out of {name}")


_ORDER = [
    _JOINS,
    _LEAVES,
    *map(_becomes, ADMIN_ROLES),
    _REPLACED,
    *_service("QuickSight"),
    *_service("AppStream"),
    _ADDED,
    _REMOVED,
]


def _verbs(person: Person) -> Iterator[tuple[str, str]]:
    """What is said of one person, each thing once."""
    said = False
    if person.joins:
        yield _JOINS
        said = True
    if person.leaves:
        yield _LEAVES
        return
    role = person.quicksight
    if role.before != role.after and role.after and (role.before or role.after in ADMIN_ROLES):
        yield _becomes(role.after)
        said = True
    if not person.joins:
        for verbs in _moves(person):
            yield verbs
            said = True
        if person.touched and not said:
            yield _OTHERWISE


def _moves(person: Person) -> Iterator[tuple[str, str]]:
    """What somebody gains and loses who was there and stays."""
    if any(cell.replaced for cell in (person.directory, person.quicksight, person.appstream)):
        yield _REPLACED
    for name, cell in (
        ("the directory", person.directory),
        ("QuickSight", person.quicksight),
        ("AppStream", person.appstream),
    ):
        gets, locked_out = _service(name)
        if cell.has and not cell.had:
            yield gets
        elif cell.had and not cell.has:
            yield locked_out
    cells = person.groups.values()
    if any(cell.after and not cell.before for cell in cells):
        yield _ADDED
    if any(cell.before and not cell.after for cell in cells):
        yield _REMOVED


def _groups(plan: Plan) -> Iterator[str]:
    counts = Counter(each.action for each in plan.changed("Group"))
    noun = KINDS["Group"]
    for action, count in sorted(counts.items(), key=lambda item: list(Action).index(item[0])):
        yield _count(count, f"{noun.noun} is {action.word}", f"{noun.plural} are {action.word}")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
