"""Outcomes → where all of them, or all of a kind, are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from review.build import KINDS, outcomes
from review.steps import STORE, UNKNOWN, group, state, step, user

from pulumi_identity.review.places import find_places

if TYPE_CHECKING:
    from pulumi_identity.review.outcomes import Outcome


def existing(kind: str, *states: Any) -> list[dict[str, Any]]:
    return [step("same", kind, f"{kind}{number}", one, one) for number, one in enumerate(states)]


EUROPE, AMERICA = {"region": "eu-west-1"}, {"region": "us-east-1"}
ROLE = {"role_arn": "arn:aws:iam::123456789012:role/people"}
READ = user("bo") | {"external": True}


@pytest.mark.parametrize(
    ("steps", "shared", "by_kind"),
    [
        ([], {}, {}),
        (existing("Group", group("a")), {"identity_store_id": STORE}, {}),
        (existing("Group", group("a", **EUROPE), group("b", **EUROPE)), {"identity_store_id": STORE} | EUROPE, {}),
        (existing("Group", group("a", **EUROPE), group("b", **AMERICA)), {"identity_store_id": STORE}, {}),
        # A region that is missing is one that AWS decides; a role that is missing is no role.
        (existing("Group", group("a", **EUROPE), group("b")), {"identity_store_id": STORE} | EUROPE, {}),
        (existing("Group", group("a", **ROLE), group("b")), {"identity_store_id": STORE}, {}),
        (existing("IdentityStoreUser", user("a", **ROLE), READ), {"identity_store_id": STORE} | ROLE, {}),
        (
            [*existing("Group", group("a", **EUROPE)), *existing("IdentityStoreUser", user("a", **AMERICA))],
            {"identity_store_id": STORE},
            {"Group": EUROPE, "IdentityStoreUser": AMERICA},
        ),
        (existing("Group", group("a", region=UNKNOWN)), {"identity_store_id": STORE}, {}),
    ],
)
def test_where_resources_are(steps: list[dict[str, Any]], shared: dict[str, str], by_kind: dict[str, Any]) -> None:
    steps = [entry | {"op": "read"} if entry["oldState"].get("external") else entry for entry in steps]
    found = find_places(outcomes(*steps))
    assert found.shared == shared
    assert {kind: place for kind, place in found.by_kind.items() if place} == by_kind


def two_regions() -> list[Outcome]:
    return outcomes(*existing("Group", group("a", **EUROPE), group("b", **AMERICA)))


def test_what_differs_is_listed_in_the_words_of_readers() -> None:
    ours = two_regions()
    places = find_places(ours)
    assert [list(places.list_differing(outcome)) for outcome in ours] == [["region eu-west-1"], ["region us-east-1"]]


@pytest.mark.parametrize(
    ("kind", "state_", "identity"),
    [
        ("Group", {"display_name": "a"}, ("Group", STORE, "a")),
        ("Group", {"display_name": "a", "identity_store_id": "d-1"}, ("Group", "d-1", "a")),
        ("Group", {"display_name": 1}, None),
        ("Group", {"display_name": "a", "identity_store_id": ["d-1"]}, None),
        ("Group", {}, None),
        ("Group", None, None),
        ("GroupMembership", {"identity_store_id": "d-1"}, None),
        ("QuickSightUser", {"user_name": "a", "namespace": "sales"}, ("QuickSightUser", None, "sales", "a")),
    ],
)
def test_the_identity_of_an_entity(kind: str, state_: Any, identity: Any) -> None:
    assert find_places(two_regions()).identify(KINDS[kind], state_) == identity


def test_an_unknown_place_is_no_other_place() -> None:
    (one,) = outcomes(step("create", "Group", "a", None, state({"display_name": "a", "region": UNKNOWN})))
    assert list(find_places([one]).list_differing(one)) == []
