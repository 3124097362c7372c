"""A plan and its people → one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from review.build import change, member, plan
from review.steps import urn

from pulumi_identity.review import Action, Change
from pulumi_identity.review.headline import write_headline
from pulumi_identity.review.people import build_matrix
from pulumi_identity.review.preview import Diagnostic

A = Action
ERROR = Diagnostic(severity="error", message="boom")
WARNING = Diagnostic(severity="warning", message="hm")


def user(name: str, action: Action = A.SAME, **others: Any) -> Change:
    return change("IdentityStoreUser", name, action, **others)


def quicksight(name: str, before: str | None, after: str | None, action: Action = A.UPDATE, **others: Any) -> Change:
    """An account of the person of that name in the directory."""
    states = [None if role is None else {"user_name": name, "user_role": role} for role in (before, after)]
    person = urn("IdentityStoreUser", name)
    return change(
        "QuickSightUser", name, action, **{"before": states[0], "after": states[1], "person": person} | others
    )


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ([], "Nothing changes"),
        ([user("jo")], "Nothing changes"),
        ([user("jo", A.CREATE)], "1 person joins"),
        ([user("jo", A.CREATE), user("ann", A.CREATE)], "2 people join"),
        ([user("jo", A.CREATE), user("ann", A.DELETE)], "1 person leaves, 1 joins"),
        ([user("jo", A.ADOPT)], "1 person is created or adopted"),
        ([user("jo", A.REPLACE)], "1 person is replaced"),
        ([user("jo", A.UPDATE)], "1 person has other changes"),
        ([user("jo", A.UPDATE, before={"user_name": "al"})], "1 person gets a new user name"),
        ([user("jo", A.REPLACE, before={"user_name": "al"})], "1 person is replaced"),
        ([user("jo", A.FORGET)], "1 resource stays in AWS but is no longer managed"),
        ([user("jo", A.IMPORT, before={"user_name": "jo"})], "1 resource is imported"),
        ([user("jo", gone=True)], "1 resource was changed outside Pulumi"),
        ([quicksight("jo", "READER", "ADMIN")], "1 person becomes ADMIN"),
        ([quicksight("jo", "READER", "AUTHOR")], "1 person becomes AUTHOR"),
        ([quicksight("jo", "READER", "<b>")], "1 person gets an unknown role in QuickSight"),
        ([quicksight("jo", "READER", "AUTHOR"), quicksight("ann", "READER", "ADMIN_PRO")],
         "1 person becomes ADMIN_PRO, 1 becomes AUTHOR"),
        ([user("jo"), quicksight("jo", None, "ADMIN", A.ADOPT)],
         "1 person is or becomes ADMIN, 1 gets QuickSight or already has it"),
        ([user("jo"), quicksight("jo", "READER", None, A.DELETE)], "1 person is locked out of QuickSight"),
        ([user("jo", A.DELETE), quicksight("jo", "READER", "READER", A.SAME)],
         "1 person leaves the directory but keeps QuickSight"),
        ([user("jo"), member("m", A.CREATE)], "1 person is added to groups"),
        ([user("jo"), member("m", A.ADOPT)], "1 person is added to groups or stays in them"),
        ([user("jo"), member("m", A.DELETE)], "1 person is removed from groups"),
        ([user("jo"), member("m", A.REPLACE)], "1 person is briefly out of groups"),
        ([user("jo"), member("admin", A.CREATE)], "1 person is added to an admin-like group"),
        ([change("Group", "crew", A.CREATE), change("Group", "old", A.DELETE)],
         "1 group is created, 1 group is deleted"),
        ([change("Group", "admin", A.UPDATE), change("Group", "crew", A.UPDATE)],
         "1 group becomes admin-like, 1 group is updated"),
    ],
)  # fmt: skip
def test_the_headline(changes: list[Change], headline: str) -> None:
    admins = {resource.urn for resource in changes if resource.name == "admin"}
    made = plan(*changes)
    assert write_headline(made, build_matrix(made), admins) == headline


FOUR = [quicksight("max", "READER", "ADMIN"), user("ann", A.DELETE), user("bo", A.REPLACE), user("jo", A.CREATE)]
SIX = [*FOUR, change("Group", "crew", A.CREATE), user("al", A.UPDATE)]


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        (FOUR, ""),
        (SIX[:-1], ", and 1 more kind of change"),
        (SIX, ", and 2 more kinds of change"),
    ],
)
def test_a_headline_has_the_four_most_important_clauses(changes: list[Change], end: str) -> None:
    made = plan(*changes)
    headline = write_headline(made, build_matrix(made), ())
    assert headline == f"1 person becomes ADMIN, 1 leaves, 1 is replaced, 1 joins{end}"


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ([user("jo", renamed=True)], "Nothing changes in AWS, 1 resource gets a new name in state"),
        ([user("jo", renamed=True), user("ann", renamed=True), user("al", A.DELETE)],
         "1 person leaves, 2 resources get a new name in state"),
    ],
)  # fmt: skip
def test_new_names_in_state(changes: list[Change], headline: str) -> None:
    made = plan(*changes)
    assert write_headline(made, build_matrix(made), ()) == headline


@pytest.mark.parametrize(
    ("fields", "headline"),
    [
        ({"stale": 1}, "Part of the stack only: 1 person joins"),
        ({"skipped": 1}, "Part of the stack only: 1 person joins"),
        ({"failed": True, "diagnostics": (ERROR, WARNING)},
         "The preview failed with 1 error, so this headline is incomplete: 1 person joins"),
        ({"failed": True, "diagnostics": (ERROR, ERROR), "stale": 1},
         "The preview failed with 2 errors, so this headline is incomplete: part of the stack only: 1 person joins"),
    ],
)  # fmt: skip
def test_what_a_headline_does_not_cover(fields: dict[str, Any], headline: str) -> None:
    made = plan(user("jo", A.CREATE), **fields)
    assert write_headline(made, build_matrix(made), ()) == headline
