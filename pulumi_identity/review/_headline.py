"""The headline: what a preview comes to in words. Nothing of the plan stands in it that would need to be escaped."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ._facts import Action
from ._kinds import ADMIN_ROLES, KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ._people import Cell, Matrix, Person
    from ._plan import Plan


class _Verb(NamedTuple):
    """What one person does, and what many do."""

    one: str
    many: str


def headline(plan: Plan, people: Matrix, admins: Collection[str]) -> str:
    """Say in words what happens: "2 people join, 1 leaves, 1 becomes ADMIN".

    `admins` are the URNs of the memberships that let somebody into an admin-like group, and of the groups that become
    one.
    """
    clauses = [*_people(people, admins), *_groups(plan, admins)]
    forgotten = sum(each.action is Action.FORGET for each in plan.resources)
    imported = sum(each.action is Action.IMPORT for each in plan.resources)
    drifted = sum(bool(each.drift) or each.gone for each in plan.resources)
    for count, one, many in (
        (forgotten, "resource is no longer managed, but stays", "resources are no longer managed, but stay"),
        (imported, "resource is imported", "resources are imported"),
        (len(plan.others), "resource of another provider changes", "resources of other providers change"),
        (drifted, "resource was changed outside Pulumi", "resources were changed outside Pulumi"),
    ):
        if count:
            clauses.append(_count(count, one, many))
    said = ", ".join(clauses) or "nothing changes"
    if plan.partial:
        said = f"in a part of the stack only: {said}"
    if plan.failed:
        errors = sum(diagnostic.severity == "error" for diagnostic in plan.diagnostics)
        said = f"the preview failed with {_count(errors, 'error', 'errors')}, so this is not all: {said}"
    return said[0].upper() + said[1:]


def _people(people: Matrix, admins: Collection[str]) -> Iterator[str]:
    counts: Counter[_Verb] = Counter()
    for person in people.people:
        counts.update(set(_verbs(person, admins)) if person.known else ())
    order = [verb for verb in _ORDER if verb in counts]
    order += sorted(counts.keys() - set(order))
    for place, verb in enumerate(order):
        count = counts[verb]
        noun = "" if place else "person " if count == 1 else "people "
        yield f"{count:,} {noun}{verb.one if count == 1 else verb.many}"


_JOINS = _Verb("joins", "join")
_JOINS_OR_NOT = _Verb("joins or is taken over", "join or are taken over")
_LEAVES = _Verb("leaves", "leave")
_ADMIN_GROUP = _Verb("gets into an admin-like group", "get into an admin-like group")
_REPLACED = _Verb("is replaced", "are replaced")
_ADDED = _Verb("is added to groups", "are added to groups")
_ADDED_OR_NOT = _Verb("is added to groups or stays in them", "are added to groups or stay in them")
_REMOVED = _Verb("is removed from groups", "are removed from groups")
_ANEW = _Verb("is out of groups for a moment", "are out of groups for a moment")
_OTHERWISE = _Verb("changes in other ways", "change in other ways")


class _Service(NamedTuple):
    gets: _Verb
    gets_or_keeps: _Verb
    gets_another: _Verb
    loses_one: _Verb
    locked_out: _Verb


def _service(name: str, into: str = "") -> _Service:
    return _Service(
        gets=_Verb(f"gets {into}{name}", f"get {into}{name}"),
        gets_or_keeps=_Verb(f"gets {into}{name} or has it already", f"get {into}{name} or have it already"),
        gets_another=_Verb(f"gets another account of {name}", f"get another account of {name}"),
        loses_one=_Verb(f"loses one of several accounts of {name}", f"lose one of several accounts of {name}"),
        locked_out=_Verb(f"is locked out of {name}", f"are locked out of {name}"),
    )


_DIRECTORY, _QUICKSIGHT, _APPSTREAM = _service("the directory", "into "), _service("QuickSight"), _service("AppStream")


def _becomes(role: str, *, adopted: bool = False) -> _Verb:
    role = role if re.fullmatch("[A-Z_]{1,40}", role) else "something else in QuickSight"
    is_, are = ("is or ", "are or ") if adopted else ("", "")
    return _Verb(f"{is_}becomes {role}", f"{are}become {role}")


def _keeps(services: tuple[str, ...]) -> _Verb:
    kept = " and ".join(services)
    return _Verb(f"leaves the directory, but keeps {kept}", f"leave the directory, but keep {kept}")


_ORDER = [
    _JOINS,
    _JOINS_OR_NOT,
    _LEAVES,
    *map(_keeps, (("QuickSight",), ("AppStream",), ("QuickSight", "AppStream"))),
    *(_becomes(role, adopted=adopted) for role in ADMIN_ROLES for adopted in (False, True)),
    _ADMIN_GROUP,
    _REPLACED,
    *_DIRECTORY,
    *_QUICKSIGHT,
    *_APPSTREAM,
    _ADDED,
    _ADDED_OR_NOT,
    _REMOVED,
    _ANEW,
]


def _verbs(person: Person, admins: Collection[str]) -> Iterator[_Verb]:
    """Say what one person does."""
    if person.leaves:
        yield _LEAVES
        return
    said = [*_roles(person.quicksight)]
    if any(_into_admins(cell, admins) for cell in person.groups.values()):
        said.append(_ADMIN_GROUP)
    if person.joins:
        yield _JOINS_OR_NOT if person.adopted else _JOINS
    else:
        said += [*_accounts(person), *_memberships(person, admins)]
        if person.touched and not said:
            said = [_OTHERWISE]
    yield from said


def _roles(quicksight: Cell) -> Iterator[_Verb]:
    for account in quicksight.accounts:
        if account.after and account.before != account.after and (account.before or account.after in ADMIN_ROLES):
            yield _becomes(account.after, adopted=account.adopted)


def _into_admins(group: Cell, admins: Collection[str]) -> bool:
    return any(account.has and account.urn in admins for account in group.accounts)


def _accounts(person: Person) -> Iterator[_Verb]:
    """Say what somebody gets into or is locked out of who was there and stays."""
    if any(cell.replaced for cell in person.accounts):
        yield _REPLACED
    if person.keeps:
        yield _keeps(person.keeps)
    for service, cell in zip((_DIRECTORY, _QUICKSIGHT, _APPSTREAM), person.accounts, strict=True):
        if cell.gains and not cell.loses:
            yield service.gets_another if cell.had else service.gets_or_keeps if cell.adopted else service.gets
        elif cell.loses and not cell.gains and not (person.keeps and cell is person.directory):
            yield service.loses_one if cell.has else service.locked_out


def _memberships(person: Person, admins: Collection[str]) -> Iterator[_Verb]:
    """Say the same of groups."""
    groups = person.groups.values()
    gained = [cell for cell in groups if cell.gains and not cell.loses and not _into_admins(cell, admins)]
    if any(not cell.adopted for cell in gained):
        yield _ADDED
    if any(cell.adopted for cell in gained):
        yield _ADDED_OR_NOT
    if any(cell.loses and not cell.gains for cell in groups):
        yield _REMOVED
    replaced = any(cell.replaced for cell in person.accounts)
    if not replaced and any(cell.replaced for cell in groups):
        yield _ANEW


def _groups(plan: Plan, admins: Collection[str]) -> Iterator[str]:
    noun, changed = KINDS["Group"], plan.changed("Group")
    become = sum(each.urn in admins for each in changed)
    if become:
        yield _count(become, f"{noun.noun} becomes admin-like", f"{noun.plural} become admin-like")
    for action in Action:
        count = sum(each.action is action and each.urn not in admins for each in changed)
        if count and action not in {Action.FORGET, Action.IMPORT}:
            yield _count(count, f"{noun.noun} is {action.word}", f"{noun.plural} are {action.word}")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
