"""Write the headline: a preview in one sentence. It contains no text of the plan that needs escaping."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pulumi_identity.provider.registry import KINDS

from .actions import Action
from .people import get_columns
from .values import count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.traits import Column

    from .people import Cell, Matrix, Person
    from .plan import Plan


MOST_CLAUSES = 4
"""The number of clauses in a headline. Further clauses are only counted."""


class _Verb(NamedTuple):
    """A change of a person's access, in words. Verbs sort by importance: access that is gained or lost comes first."""

    rank: tuple[int, ...]
    one: str
    many: str


_BECOMES_ADMIN = 0
_ADMIN_GROUP = _Verb((1,), "is added to an admin-like group", "are added to an admin-like group")
_KEEPS = 2
_LEAVES = _Verb((3,), "leaves", "leave")
_LOSES = 4
_REPLACED = _Verb((5,), "is replaced", "are replaced")
_JOINS = _Verb((6,), "joins", "join")
_JOINS_OR_EXISTS = _Verb((7,), f"is {Action.ADOPT.word}", f"are {Action.ADOPT.word}")
_GAINS = 8
_REMOVED = _Verb((9,), "is removed from groups", "are removed from groups")
_ADDED = _Verb((10,), "is added to groups", "are added to groups")
_ADDED_OR_STAYS = _Verb((11,), "is added to groups or stays in them", "are added to groups or stay in them")
_READDED = _Verb((12,), "is briefly out of groups", "are briefly out of groups")
_RENAMED = 13
_BECOMES = 14
_OTHERWISE = _Verb((14,), "has other changes", "have other changes")


def write_headline(plan: Plan, people: Matrix, admins: Collection[str]) -> str:
    """Write the changes in one sentence: "1 person becomes ADMIN, 1 leaves, 2 join".

    A headline has the most important clauses, and counts the rest.

    Args:
        plan: All changes.
        people: The matrix.
        admins: The URNs of the memberships that add a person to an admin-like group, and of the groups that become
            admin-like.

    Returns:
        The headline.
    """
    clauses = [
        *_count_admin_groups(plan, admins),
        *_count_people(people, admins),
        *_count_groups(plan, admins),
    ]
    clauses += [*_count_sets(plan, quiet=not clauses), *_count_others(plan)]
    if renamed := sum(change.renamed for change in plan.resources):
        clauses = clauses or ["nothing changes in AWS"]
        clauses.append(count(renamed, "resource gets a new name in state", "resources get a new name in state"))
    text = ", ".join(clauses[:MOST_CLAUSES]) or "nothing changes"
    if (left := len(clauses) - MOST_CLAUSES) > 0:
        text += f", and {count(left, 'more kind of change', 'more kinds of change')}"
    if plan.partial:
        text = f"part of the stack only: {text}"
    if plan.failed:
        errors = count(plan.errors, "error", "errors")
        text = f"the preview failed with {errors}, so this headline is incomplete: {text}"
    return text[0].upper() + text[1:]


def _count_admin_groups(plan: Plan, admins: Collection[str]) -> Iterator[str]:
    for kind, changed in plan.group_changed():
        if kind.is_group and (number := sum(change.urn in admins for change in changed)):
            yield count(number, f"{kind.noun} becomes admin-like", f"{kind.plural} become admin-like")


def _count_people(people: Matrix, admins: Collection[str]) -> Iterator[str]:
    counts: Counter[_Verb] = Counter()
    for person in people.people:
        counts.update(set(_choose_verbs(person, admins)) if person.known else ())
    for place, verb in enumerate(sorted(counts)):
        number = counts[verb]
        noun = "" if place else "person " if number == 1 else "people "
        yield f"{number:,} {noun}{verb.one if number == 1 else verb.many}"


def _count_groups(plan: Plan, admins: Collection[str]) -> Iterator[str]:
    """Count the changed groups, and the changed entities that the matrix does not show."""
    for kind, changed in plan.group_changed():
        if not (kind.is_person or kind.references):
            actions = Counter(change.action for change in changed if change.urn not in admins)
            for action in Action:
                if actions[action] and action not in {Action.FORGET, Action.IMPORT}:
                    yield count(actions[action], f"{kind.noun} is {action.word}", f"{kind.plural} are {action.word}")


def _count_sets(plan: Plan, *, quiet: bool) -> Iterator[str]:
    """Count the sets with changed settings. New sets count only if no people or groups change."""
    for kind, changed in plan.group_changed():
        actions = Counter(change.action for change in changed if quiet or not change.action.begins)
        for action in Action if kind.relation else ():
            if actions[action] and action not in {Action.FORGET, Action.IMPORT}:
                yield count(actions[action], f"{kind.noun} is {action.word}", f"{kind.plural} are {action.word}")


def _count_others(plan: Plan) -> Iterator[str]:
    actions = Counter(change.action for change in plan.resources)
    drifted = sum(change.drifted for change in plan.resources)
    for number, one, many in (
        (
            actions[Action.FORGET],
            "resource stays in AWS but is no longer managed",
            "resources stay in AWS but are no longer managed",
        ),
        (actions[Action.IMPORT], "resource is imported", "resources are imported"),
        (len(plan.others), "other resource changes", "other resources change"),
        (drifted, "resource was changed outside Pulumi", "resources were changed outside Pulumi"),
    ):
        if number:
            yield count(number, one, many)


def _choose_verbs(person: Person, admins: Collection[str]) -> Iterator[_Verb]:
    """Yield the verbs for one person."""
    if person.leaves:
        yield _LEAVES
        return
    verbs = [verb for name, cell in person.accounts.items() for verb in _choose_roles(KINDS[name], cell)]
    if any(_joins_admins(cell, admins) for cell in person.groups.values()):
        verbs.append(_ADMIN_GROUP)
    if person.joins:
        yield _JOINS_OR_EXISTS if person.may_exist else _JOINS
    else:
        verbs += [*_choose_for_accounts(person), *_choose_for_groups(person, admins)]
        verbs += [_rename(name.replace("_", " ")) for name in sorted(person.new_names)]
        if person.touched and not verbs:
            verbs = [_OTHERWISE]
    yield from verbs


def _choose_roles(kind: Kind, cell: Cell) -> Iterator[_Verb]:
    """Yield the roles that a person gets, if the kind's column shows roles. A new account counts only for admins."""
    column, admins = kind.column, kind.admin.values if kind.admin else ()
    if column is None or not column.property or column.words:
        return
    for account in cell.accounts:
        role = account.after
        if role and account.before != role and (account.before or role in admins):
            yield _become(role, column, admins, may_exist=account.may_exist)


def _become(role: str, column: Column, admins: Sequence[str], *, may_exist: bool) -> _Verb:
    rank = (_BECOMES_ADMIN, admins.index(role), may_exist) if role in admins else (_BECOMES,)
    if not re.fullmatch("[A-Z_]{1,40}", role):
        return _Verb(rank, f"gets an unknown role in {column.place}", f"get an unknown role in {column.place}")
    is_, are = ("is or ", "are or ") if may_exist else ("", "")
    return _Verb(rank, f"{is_}becomes {role}", f"{are}become {role}")


def _joins_admins(group: Cell, admins: Collection[str]) -> bool:
    return any(account.has and account.urn in admins for account in group.accounts)


def _choose_for_accounts(person: Person) -> Iterator[_Verb]:
    """Yield the services that a remaining person gains or loses access to."""
    if any(cell.replaced for cell in person.accounts.values()):
        yield _REPLACED
    if person.keeps:
        yield _keep(person.keeps)
    for place, (name, column) in enumerate(get_columns().items()):
        cell = person.accounts[name]
        if cell.gains and not cell.loses:
            yield _gain(place, column, cell)
        elif cell.loses and not cell.gains and not (person.keeps and column.is_directory):
            yield _lose(place, column, cell)


def _keep(columns: Sequence[Column]) -> _Verb:
    order = [column.key for column in get_columns().values()]
    rank = (_KEEPS, len(columns), *(order.index(column.key) for column in columns))
    kept = " and ".join(column.place for column in columns)
    return _Verb(rank, f"leaves the directory but keeps {kept}", f"leave the directory but keep {kept}")


def _gain(place: int, column: Column, cell: Cell) -> _Verb:
    gets = column.gets
    if cell.had:
        another = f"another {column.place} account"
        return _Verb((_GAINS, place, 2), f"gets {another}", f"get {another}")
    if cell.may_exist:
        return _Verb((_GAINS, place, 1), f"gets {gets} or already has it", f"get {gets} or already have it")
    return _Verb((_GAINS, place, 0), f"gets {gets}", f"get {gets}")


def _lose(place: int, column: Column, cell: Cell) -> _Verb:
    if cell.has:
        one_of_several = f"one of several {column.place} accounts"
        return _Verb((_LOSES, place, 1), f"loses {one_of_several}", f"lose {one_of_several}")
    return _Verb((_LOSES, place, 0), f"is locked out of {column.place}", f"are locked out of {column.place}")


def _rename(name: str) -> _Verb:
    return _Verb((_RENAMED,), f"gets a new {name}", f"get a new {name}")


def _choose_for_groups(person: Person, admins: Collection[str]) -> Iterator[_Verb]:
    """Yield the verbs for a remaining person who is added to groups or removed from groups."""
    groups = person.groups.values()
    gained = [cell for cell in groups if cell.gains and not cell.loses and not _joins_admins(cell, admins)]
    if any(not cell.may_exist for cell in gained):
        yield _ADDED
    if any(cell.may_exist for cell in gained):
        yield _ADDED_OR_STAYS
    if any(cell.loses and not cell.gains for cell in groups):
        yield _REMOVED
    replaced = any(cell.replaced for cell in person.accounts.values())
    if not replaced and any(cell.replaced for cell in groups):
        yield _READDED
