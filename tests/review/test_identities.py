"""Outcomes → which accounts belong to one person."""

from __future__ import annotations

from typing import Any

import pytest
from review.build import outcomes
from review.steps import state, step, urn, user

from pulumi_identity.review.identities import group_accounts
from pulumi_identity.review.places import find_places

Account = tuple[str, str, Any]


def directory(name: str, *addresses: str) -> Account:
    return "IdentityStoreUser", name, user(name, emails=[{"value": address} for address in addresses])


def quicksight(name: str, user_name: str, address: str = "", **inputs: Any) -> Account:
    return "QuickSightUser", name, state({"user_name": user_name, "email": address, "user_role": "READER"} | inputs)


def appstream(name: str, address: str) -> Account:
    return "AppStreamUser", name, state({"user_name": address})


@pytest.mark.parametrize(
    ("accounts", "people"),
    [
        ([directory("jo", "jo@x"), quicksight("q", "other", "JO@X")], ["jo q"]),
        ([directory("jo"), quicksight("q", "Jo", "jo@x")], ["jo q"]),
        ([directory("jo", "jo@x"), quicksight("q", "jo")], ["jo q"]),
        ([directory("jo", "jo@x"), quicksight("q", "jo", "jo@y")], ["jo", "q"]),
        ([directory("jo", "team@x"), directory("max", "team@x"), quicksight("q", "q", "team@x")], ["jo", "max", "q"]),
        ([quicksight("q", "q", "jo@x"), appstream("a", "jo@x")], ["a q"]),
        ([quicksight("q", "q", "m@x"), appstream("a", "m@x"), directory("m", "m@x")], ["a m q"]),
        ([quicksight("q", "q", "jo@x"), quicksight("r", "r", "jo@x")], ["q", "r"]),
        ([quicksight("q", "q", "jo@x", namespace="x"), quicksight("r", "r", "jo@x", namespace="y")], ["q r"]),
        ([directory("jo", "jo@x"), quicksight("q", "q", "jo@x"), quicksight("r", "r", "jo@x")], ["jo q r"]),
        # Two resources that are one user of the directory, and the same account twice in AppStream.
        ([("IdentityStoreUser", "a", user("jo")), ("IdentityStoreUser", "b", user("jo"))], ["a b"]),
        ([appstream("a", "jo@x"), appstream("b", "jo@x")], ["a b"]),
        ([("Group", "crew", state({"display_name": "crew"}))], []),
    ],
)
def test_whose_an_account_is(accounts: list[Account], people: list[str]) -> None:
    ours = outcomes(*(step("same", kind, name, made, made) for kind, name, made in accounts))
    found: dict[str, list[str]] = {}
    for key, owner in group_accounts(ours, find_places(ours)).items():
        found.setdefault(owner, []).append(key.rpartition("::")[2])
    assert sorted(" ".join(sorted(names)) for names in found.values()) == people


def test_the_key_of_a_person_of_the_directory_is_the_user() -> None:
    kind, name, made = directory("jo", "jo@x")
    ours = outcomes(
        step("same", "AppStreamUser", "a", *[state({"user_name": "jo@x"})] * 2), step("same", kind, name, made)
    )
    assert set(group_accounts(ours, find_places(ours)).values()) == {urn(kind, name)}
