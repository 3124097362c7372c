"""Changes → the matrix: one row a person, with what the person has before and after."""

from __future__ import annotations

from typing import Any

import pytest
from review.build import change, end, member, plan
from review.steps import urn

from pulumi_identity.review import Account, Action, Cell, Change, End, Mark, Person
from pulumi_identity.review.changes import Pair
from pulumi_identity.review.people import build_matrix

A = Action
JO = urn("IdentityStoreUser", "jo")
CREW = change("Group", "crew")


def user(action: Action = A.SAME, **others: Any) -> Change:
    return change("IdentityStoreUser", "jo", action, **others)


def quicksight(action: Action, before: Any, after: Any, *, name: str = "q", **others: Any) -> Change:
    states = [None if role is None else {"user_role": role} for role in (before, after)]
    made = {"before": states[0], "after": states[1], "person": JO} | others
    return change("QuickSightUser", name, action, **made)


def appstream(before: Any, after: Any) -> Change:
    return change("AppStreamUser", "a", A.UPDATE, person=JO, before=before, after=after)


def show_cells(person: Person) -> dict[str, tuple[str | None, str | None]]:
    """What the cells of a person have that are not empty, without the parts of URNs that are the same for all."""
    cells = {**person.accounts, **{key.rpartition("::")[2]: cell for key, cell in person.groups.items()}}
    return {key: (cell.before, cell.after) for key, cell in cells.items() if cell.accounts}


@pytest.mark.parametrize(
    ("changes", "cells"),
    [
        ([user()], {"IdentityStoreUser": ("user", "user")}),
        ([user(A.CREATE)], {"IdentityStoreUser": (None, "user")}),
        ([user(A.DELETE)], {"IdentityStoreUser": ("user", None)}),
        ([quicksight(A.UPDATE, "READER", "ADMIN")], {"QuickSightUser": ("READER", "ADMIN")}),
        ([quicksight(A.UPDATE, "READER", Mark.UNKNOWN)], {"QuickSightUser": ("READER", "(unknown)")}),
        ([quicksight(A.SAME, "B", "B"), quicksight(A.CREATE, None, "A", name="r")], {"QuickSightUser": ("B", "A, B")}),
        ([appstream({}, {"enabled": False})], {"AppStreamUser": ("enabled", "disabled")}),
        ([appstream({"enabled": True}, {"enabled": Mark.SECRET})], {"AppStreamUser": ("enabled", "[secret]")}),
        ([user(), member("m")], {"IdentityStoreUser": ("user", "user"), "crew": ("member", "member")}),
        ([member("m", A.CREATE)], {"crew": (None, "member")}),
        ([member("m", A.DELETE)], {"crew": ("member", None)}),
        # An entity that exists as another resource and stays is not new.
        ([quicksight(A.CREATE, None, "A", twin=quicksight(A.SAME, "A", "A"))], {"QuickSightUser": ("A", "A")}),
        ([quicksight(A.CREATE, None, "A", twin=quicksight(A.DELETE, "A", None))], {"QuickSightUser": (None, "A")}),
        # What is only read ends with its twin.
        ([user(managed=False, twin=user(A.DELETE))], {"IdentityStoreUser": ("user", None)}),
    ],
)
def test_what_a_person_has(changes: list[Change], cells: dict[str, Any]) -> None:
    (person,) = build_matrix(plan(CREW, *changes)).people
    assert show_cells(person) == cells


@pytest.mark.parametrize(
    ("changes", "true"),
    [
        ([user()], set()),
        ([user(A.CREATE)], {"joins", "changes", "touched"}),
        ([user(A.ADOPT)], {"joins", "changes", "touched", "may_exist"}),
        ([user(A.DELETE)], {"leaves", "changes", "touched"}),
        ([user(A.UPDATE)], {"touched"}),
        ([user(A.FORGET)], set()),
        ([user(A.REPLACE)], {"changes", "touched"}),
        ([user(), member("m", A.CREATE)], {"changes"}),
        ([user(A.DELETE), quicksight(A.SAME, "A", "A")], {"keeps", "changes", "touched"}),
        ([user(A.DELETE), quicksight(A.DELETE, "A", None)], {"leaves", "changes", "touched"}),
    ],
)
def test_what_happens_to_a_person(changes: list[Change], true: set[str]) -> None:
    (person,) = build_matrix(plan(CREW, *changes)).people
    verbs = ("joins", "leaves", "keeps", "changes", "touched", "may_exist")
    assert {verb for verb in verbs if getattr(person, verb)} == true


@pytest.mark.parametrize(
    ("accounts", "true"),
    [
        ([(None, "ADMIN")], {"has", "gains", "changes"}),
        ([("ADMIN", None)], {"had", "loses", "changes"}),
        ([("ADMIN", "ADMIN")], {"had", "has"}),
        ([("READER", "ADMIN")], {"had", "has", "changes"}),
        ([("enabled", "disabled")], {"had", "loses", "changes"}),
        ([(None, "disabled")], {"changes"}),
        ([("disabled", "enabled")], {"has", "gains", "changes"}),
        ([("A", None), (None, "A")], {"had", "has", "gains", "loses", "replaced", "changes"}),
        ([("A", "A"), (None, "B")], {"had", "has", "gains", "changes"}),
        ([], set()),
    ],
)
def test_what_a_cell_says(accounts: list[tuple[str | None, str | None]], true: set[str]) -> None:
    locked_out = frozenset({"disabled"})
    cell = Cell(tuple(Account(urn="", before=before, after=after, locked_out=locked_out) for before, after in accounts))
    verbs = ("had", "has", "gains", "loses", "replaced", "changes")
    assert {verb for verb in verbs if getattr(cell, verb)} == true


UNNAMED = End("an unknown user", "? user", certain=False)
STRANGER = End("9067", "9067", certain=True)


@pytest.mark.parametrize(
    ("changes", "labels"),
    [
        ([user(), quicksight(A.SAME, "A", "A")], ["jo"]),
        ([user(), quicksight(A.SAME, "A", "A", person="q")], ["jo", "q"]),
        ([user(), quicksight(A.SAME, "A", "A", person="q", label="jo")], ["jo (QuickSight user)", "jo (user)"]),
        # Who changes comes first.
        ([user(), quicksight(A.UPDATE, "A", "B", person="q")], ["q", "jo"]),
        ([member("m", references={"member_id": Pair(None, STRANGER),
                                  "group_id": Pair(None, end("Group", "crew"))})], ["9067"]),
        ([member("m", references={"member_id": Pair(None, UNNAMED),
                                  "group_id": Pair(None, end("Group", "crew"))})], ["m: an unknown user"]),
    ],
)  # fmt: skip
def test_the_rows(changes: list[Change], labels: list[str]) -> None:
    matrix = build_matrix(plan(CREW, *changes))
    assert [person.label for person in matrix.people] == labels
    assert [person.label for person in matrix.people if not person.known] == [
        label for label in labels if "unknown" in label
    ]


def test_a_membership_that_moves_to_another_group_is_in_two_cells() -> None:
    ends = {"member_id": Pair(*[end("IdentityStoreUser", "jo")] * 2)}
    ends["group_id"] = Pair(end("Group", "crew"), end("Group", "other"))
    matrix = build_matrix(plan(user(), CREW, member("m", A.REPLACE, references=ends)))
    assert show_cells(matrix.people[0])["crew"] == ("member", None)
    assert show_cells(matrix.people[0])["other"] == (None, "member")
    assert [*matrix.groups.values()] == ["crew", "other"]
