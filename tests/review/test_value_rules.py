"""Changes → dangers of unique values: the same value twice, a hand-over that AWS refuses, a person under two names."""

from __future__ import annotations

from typing import Any

import pytest
from review.build import change, plan

from pulumi_identity.review import RULES, Action, Change, Difference, Mark, Thresholds, value_rules
from pulumi_identity.review.dangers import find_dangers
from pulumi_identity.review.people import build_matrix

A = Action
USER = "IdentityStoreUser"
STORE = "d-1234567890"
OURS = {rule.name for rule in RULES if rule.find.__module__ == value_rules.__name__}


def find(*changes: Change, **fields: Any) -> list[tuple[str, str]]:
    """Return the dangers of the rules for values, each as its rule and its sentence."""
    made = plan(*changes, **fields)
    dangers = find_dangers(made, build_matrix(made), Thresholds(max_deleted=100))
    return [(danger.rule, danger.write_sentence(str)) for danger in dangers if danger.rule in OURS]


def state(name: Any, email: Any = None, **others: Any) -> dict[str, Any]:
    emails = {"emails": [{"value": email}]} if email else {}
    return {"identity_store_id": STORE, "user_name": name} | emails | others


def user(name: str, before: Any, after: Any, action: Action | None = None, **others: Any) -> Change:
    """A user, with its state before and after. The states decide the action unless it is given."""
    if action is None:
        action = A.CREATE if before is None else A.DELETE if after is None else A.UPDATE
    return change(USER, name, action, **{"before": before, "after": after} | others)


def renamed(name: str, before: str, after: str) -> Change:
    return user(name, state(before), state(after))


def moved(name: str, before: str, after: str) -> Change:
    """A user whose e-mail address changes."""
    return user(name, state(name, before), state(name, after))


def kept(name: str, email: Any = None, **others: Any) -> Change:
    return user(name, state(name, email), state(name, email), A.SAME, **others)


def joins(name: str, email: Any = None, **others: Any) -> Change:
    return user(name, None, state(name, email, **others), A.ADOPT if "adopt" in others else A.CREATE)


def leaves(name: str, email: Any = None, **others: Any) -> Change:
    return user(name, state(name, email), None, **others)


def desktop(name: str, **inputs: Any) -> Change:
    after = {"user_name": "jo@example.com"} | inputs
    return change("AppStreamUser", name, A.CREATE, before=None, after=after)


def crew(name: str, before: str | None, after: str | None) -> Change:
    states = [text and {"identity_store_id": STORE, "display_name": text} for text in (before, after)]
    action = A.CREATE if before is None else A.DELETE if after is None else A.UPDATE
    return change("Group", name, action, before=states[0], after=states[1])


def account(before: str, after: str, action: Action = A.UPDATE) -> Change:
    states = [{"user_name": "jo", "user_role": role} for role in (before, after)]
    return change("QuickSightUser", "jo", action, before=states[0], after=states[1])


def describe(new: Change, old: Change, shared: str, alias: str) -> str:
    return f"{new.label} is {new.action.word}, {old.label} is deleted, {shared}: add aliases={alias} to {new.name}"


ADOPT = {"adopt": True}
SAME_VALUE: list[tuple[list[Change], list[str]]] = [
    ([joins("a", "x@example.com"), kept("b", "x@example.com")],
     ["a and b, users: emails[0].value x@example.com"]),
    ([joins("a", "X@example.com"), kept("b", "x@EXAMPLE.com")],
     ["a and b, users: emails[0].value X@example.com"]),
    ([user("a", None, state("jo")), user("b", None, state("Jo"))], ["b and a, users: user_name Jo"]),
    ([crew("a", None, "Crew"), crew("b", "Ops", "crew")], ["b and a, groups: display_name crew"]),
    ([moved("a", "a@example.com", "x@example.com"), kept("b", "x@example.com")],
     ["a and b, users: emails[0].value x@example.com"]),
    ([joins("a", "x@example.com"), kept("b", "x@example.com", managed=False)],
     ["a and b, users: emails[0].value x@example.com"]),
    ([joins("a", "x@example.com"), user("b", state("b", "x@example.com"), state("b", "x@example.com"), A.FORGET)],
     ["a and b, users: emails[0].value x@example.com"]),
    ([desktop("a", region="eu-west-1"), desktop("b", region="eu-west-1")],
     ["b and a, AppStream users: user_name jo@example.com"]),
    # Three resources, and two values of one pair.
    ([joins("a", "x@example.com"), joins("b", "x@example.com"), joins("c", "x@example.com")],
     ["b and a, users: emails[0].value x@example.com", "c and a, users: emails[0].value x@example.com"]),
    ([user("a", None, state("jo", "x@example.com")), user("b", None, state("jo", "x@example.com"))],
     ["b and a, users: emails[0].value x@example.com", "b and a, users: user_name jo"]),
]  # fmt: skip
TEAM = f"urn:pulumi:s::p::acme:people:Team$pulumi-python:dynamic/identity:{USER}::a"
RENAMED: list[tuple[Change, Change, str, str]] = [
    # A new resource, a deleted one, what they share, and the argument that makes them one.
    (joins("jo.smith", "jo@example.com"), leaves("jo.doe", "jo@example.com"),
     "users with the same emails[0].value, jo@example.com", '[pulumi.Alias(name="jo.doe")]'),
    (user("new", None, state("jo")), user("old", state("Jo"), None),
     "users with the same user_name, jo", '[pulumi.Alias(name="old")]'),
    (joins("jo@new.example", display_name="Jo Doe"),
     user("jo@old.example", state("jo@old.example", display_name="jo doe"), None),
     "users with the same display_name, Jo Doe", '[pulumi.Alias(name="jo@old.example")]'),
    (joins("b", "x@example.com", **ADOPT), leaves("a", "x@example.com"),
     "users with the same emails[0].value, x@example.com", '[pulumi.Alias(name="a")]'),
    (joins("b", "x@example.com"), leaves("a", "x@example.com", urn=TEAM),
     "users with the same emails[0].value, x@example.com", f'["{TEAM}"]'),
    (crew("b", None, "Crew"), crew("a", "Crew", None),
     "groups with the same display_name, Crew", '[pulumi.Alias(name="a")]'),
]  # fmt: skip
OTHER: list[tuple[str, list[Change], list[str]]] = [
    ("takes-over", [joins("jo", **ADOPT), renamed("first", "jo", "jo2")],
     ["jo is created or adopted, and takes user_name jo from first"]),
    ("takes-over", [joins("jo", "x@example.com", **ADOPT), moved("b", "x@example.com", "y@example.com")],
     ["jo is created or adopted, and takes emails[0].value x@example.com from b"]),
    ("takes-over", [user("jo", state("ann"), state("jo", **ADOPT), A.REPLACE), renamed("first", "jo", "jo2")],
     ["jo is replaced, and takes user_name jo from first"]),
    ("swapped", [moved("a", "x@example.com", "y@example.com"), moved("b", "y@example.com", "x@example.com")],
     ["a, user: takes emails[0].value y@example.com from b", "b, user: takes emails[0].value x@example.com from a"]),
    ("swapped", [renamed("a", "1", "2"), renamed("b", "2", "3"), renamed("c", "3", "1")],
     ["a, user: takes user_name 2 from b", "b, user: takes user_name 3 from c", "c, user: takes user_name 1 from a"]),
    ("swapped", [user("a", state("1", "x@example.com"), state("2", "z@example.com")),
                 user("b", state("2", "y@example.com"), state("3", "x@example.com"))],
     ["a, user: takes user_name 2 from b", "b, user: takes emails[0].value x@example.com from a"]),
    ("swapped", [crew("a", "A", "B"), crew("b", "B", "a")],
     ["a, group: takes display_name B from b", "b, group: takes display_name a from a"]),
    ("not-free-yet", [renamed("jo", "jo", "ann"), leaves("ann")],
     ["jo, user: takes user_name ann from ann, which is deleted"]),
    ("not-free-yet", [moved("a", "x@example.com", "y@example.com"), leaves("b", "y@example.com")],
     ["a, user: takes emails[0].value y@example.com from b, which is deleted"]),
    ("may-be-refused", [account("AUTHOR", "READER")], ["jo, QuickSight user: user_role, AUTHOR → READER"]),
]  # fmt: skip
ROWS = [
    *(("same-value", changes, texts) for changes, texts in SAME_VALUE),
    *(("probably-renamed", [new, old], [describe(new, old, shared, alias)]) for new, old, shared, alias in RENAMED),
    *OTHER,
]


@pytest.mark.parametrize(("rule", "changes", "texts"), ROWS)
def test_a_danger(rule: str, changes: list[Change], texts: list[str]) -> None:
    assert find(*changes) == [(rule, text) for text in texts]


def test_people_of_a_file_are_renamed_in_the_file() -> None:
    place = f"urn:pulumi:s::p::identity:index:Directory$pulumi-python:dynamic/identity:{USER}::company-"
    new, old = user("b", None, state("jo"), urn=f"{place}b"), user("a", state("jo"), None, urn=f"{place}a")
    ((_, text),) = find(new, old)
    assert text.endswith("users with the same user_name, jo: add both keys to `moved` in the file")


@pytest.mark.parametrize(("rule", "changes", "texts"), ROWS)
def test_the_order_of_resources_finds_the_same_dangers(rule: str, changes: list[Change], texts: list[str]) -> None:
    assert [name for name, _ in find(*reversed(changes))] == [rule] * len(texts)


def test_every_rule_for_values_has_a_row() -> None:
    assert {rule for rule, *_ in ROWS} == OURS


SEEN = user("seen", state("jo"), state("jo"), A.SAME, managed=False)
SECRET, UNKNOWN = Mark.SECRET, Mark.UNKNOWN


@pytest.mark.parametrize(
    "changes",
    [
        # Values that are handed on in place, along a chain.
        [renamed("ann", "ann", "bob"), renamed("jo", "jo", "ann")],
        [moved("a", "1@example.com", "2@example.com"), moved("b", "2@example.com", "3@example.com")],
        # One entity.
        [renamed("jo", "Jo", "jo")],
        [kept("jo", "x@example.com"), kept("twin", "x@example.com")],
        [renamed("jo", "jo", "ann"), SEEN, user("new", None, state("jo"))],
        [user("jo", state("jo"), state("jo"), A.REPLACE)],
        [joins("jo")],
        [leaves("jo")],
        # Other places.
        [user("a", None, state("jo")), user("b", None, state("jo", identity_store_id="d-0987654321"))],
        [desktop("a", region="eu-west-1"), desktop("b", region="us-east-1")],
        [desktop("a", role_arn="arn:aws:iam::1:role/a"), desktop("b", role_arn="arn:aws:iam::2:role/a")],
        [crew("jo", None, "jo"), joins("jo")],
        # Values that the preview does not show.
        [joins("a", SECRET), joins("b", SECRET)],
        [joins("a", UNKNOWN), joins("b", UNKNOWN)],
        [user(name, None, state("jo", identity_store_id=UNKNOWN)) for name in "ab"],
        [joins("a", SECRET), leaves("b", SECRET)],
        [user("a", None, {"user_name": SECRET, "emails": SECRET}), user("b", {"emails": [SECRET]}, None)],
        [moved("a", "x@example.com", SECRET), moved("b", SECRET, "x@example.com")],
        # A role that AWS does not refuse.
        [account("READER", "AUTHOR")],
        [account("AUTHOR", "READER", A.REPLACE)],
    ],
)  # fmt: skip
def test_no_danger(changes: list[Change]) -> None:
    assert find(*changes) == []


def test_shared_places_are_the_place_of_a_resource_that_does_not_set_one() -> None:
    new, old = desktop("a"), desktop("b", region="eu-west-1")
    assert find(new, old) == []
    assert find(new, old, where={"region": "eu-west-1"}) == [
        ("same-value", "b and a, AppStream users: user_name jo@example.com")
    ]


@pytest.mark.parametrize(
    ("adopted_from", "paths", "text"),
    [
        ("old", ("display_name", "title"), "jo adopts the user of old, with a new display_name, title"),
        ("old", (), None),
        ("", ("title",), None),
    ],
)
def test_an_adopted_person_with_other_values(adopted_from: str, paths: tuple[str, ...], text: str | None) -> None:
    differences = tuple(Difference(path, "a", "b") for path in paths)
    adopted = user("jo", state("jo"), state("jo"), adopted_from=adopted_from, differences=differences)
    assert find(adopted) == ([("takes-over", text)] if text else [])


def test_a_large_rotation_is_found_in_one_pass() -> None:
    count = 5_000
    rotated = [renamed(f"u{number}", f"n{number}", f"n{(number + 1) % count}") for number in range(count)]
    assert len(find(*rotated)) == count
    assert find(*rotated[:-1]) == []
