"""Changes → changes that know which other resource is the same entity in AWS."""

from __future__ import annotations

import pytest
from review.build import change, member, outcomes

from pulumi_identity.review import Action, Change
from pulumi_identity.review.places import find_places
from pulumi_identity.review.twins import link_twins, merge_renamed

PLACES = find_places(outcomes())
JO = {"identity_store_id": "d-1", "user_name": "jo"}
ANN = JO | {"user_name": "ann"}


def jo(name: str, action: Action = Action.SAME, *, adopt: bool = False, **others: object) -> Change:
    after = None if action is Action.DELETE else JO | ({"adopt": True} if adopt else {})
    before = None if action.begins else JO
    return change("IdentityStoreUser", name, action, **{"before": before, "after": after} | others)


@pytest.mark.parametrize(
    ("changes", "twins"),
    [
        ([jo("a")], {}),
        ([jo("a"), jo("b")], {}),
        ([jo("a", Action.CREATE), jo("b")], {"a": "b"}),
        ([jo("a", Action.CREATE), jo("b", Action.DELETE)], {"a": "b"}),
        ([jo("a"), jo("b", Action.DELETE)], {"a": "b"}),
        ([jo("a", Action.CREATE), jo("b"), jo("c", Action.DELETE)], {"a": "c", "b": "c"}),
        ([jo("a", Action.CREATE, before=JO)], {"a": "a"}),
        ([jo("a", Action.REPLACE)], {}),
        # A user who gets another name in place leaves the old name to others, and stays the same user.
        ([jo("a", Action.CREATE), jo("b", Action.UPDATE, after=ANN)], {}),
        ([jo("a", Action.CREATE), jo("b", Action.REPLACE, after=ANN)], {}),
        ([jo("a", Action.UPDATE, before=ANN), jo("b", Action.DELETE)], {}),
        ([jo("a", Action.UPDATE, after=ANN), jo("b", Action.DELETE)], {"a": "b"}),
        ([member("m", Action.CREATE), member("n", Action.DELETE)], {"m": "n"}),
        ([member("m"), member("n", Action.DELETE)], {"m": "n"}),
        ([member("m", Action.CREATE), member("n", Action.DELETE, group="other")], {}),
        # Memberships of one user under two names.
        (
            [
                jo("a", Action.DELETE),
                jo("b", Action.ADOPT, adopt=True),
                member("m", Action.CREATE, user="b"),
                member("n", Action.DELETE, user="a"),
            ],
            {"b": "a", "m": "n"},
        ),
        # A new user of the same name is another one, and so are the memberships.
        ([jo("jo", Action.REPLACE), member("m", Action.CREATE), member("n", Action.DELETE)], {}),
    ],
)
def test_twins(changes: list[Change], twins: dict[str, str]) -> None:
    linked = link_twins(changes, PLACES)
    assert {entry.name: entry.twin.name for entry in linked if entry.twin} == twins
    assert [entry.urn for entry in linked] == [entry.urn for entry in changes]


@pytest.mark.parametrize(
    ("changes", "merged"),
    [
        ([jo("a", Action.ADOPT, adopt=True), jo("b", Action.DELETE)], [("a", Action.SAME)]),
        ([jo("a", Action.ADOPT, adopt=True), jo("b", Action.DELETE, before=JO | {"title": "x"})], [("a", Action.SAME)]),
        ([jo("a", Action.ADOPT, after=JO | {"adopt": True, "title": "x"}), jo("b", Action.DELETE)],
         [("a", Action.UPDATE)]),
        ([jo("a", Action.CREATE), jo("b", Action.DELETE)], [("a", Action.CREATE), ("b", Action.DELETE)]),
        ([jo("a"), jo("b", Action.DELETE)], [("a", Action.SAME)]),
        ([jo("a", managed=False), jo("b", Action.DELETE)], [("a", Action.SAME), ("b", Action.DELETE)]),
        ([jo("a", targeted=False), jo("b", Action.DELETE)], [("a", Action.SAME), ("b", Action.DELETE)]),
        ([jo("a", Action.ADOPT, adopt=True), jo("b", Action.REPLACE)], [("a", Action.ADOPT), ("b", Action.REPLACE)]),
        ([member("m", Action.CREATE), member("n", Action.DELETE)], [("m", Action.SAME)]),
        ([member("m"), member("n", Action.DELETE)], [("m", Action.SAME)]),
    ],
)  # fmt: skip
def test_a_renamed_resource_is_one(changes: list[Change], merged: list[tuple[str, Action]]) -> None:
    assert [(entry.name, entry.action) for entry in merge_renamed(link_twins(changes, PLACES))] == merged


def test_a_renamed_membership_has_its_ends_before_and_after() -> None:
    (merged,) = merge_renamed(link_twins([member("m", Action.CREATE), member("n", Action.DELETE)], PLACES))
    assert [pair.before == pair.after for pair in merged.references.values()] == [True, True]
    assert merged.twin is None
