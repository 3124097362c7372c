"""Outcomes → what readers call each resource, and which resource an id means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from review.build import KINDS, outcomes
from review.steps import STORE, UNKNOWN, group, membership, state, step, urn, user

from pulumi_identity.review.identities import group_accounts
from pulumi_identity.review.names import End, Names, name_resources
from pulumi_identity.review.places import find_places

if TYPE_CHECKING:
    from pulumi_identity.review.outcomes import Outcome


def name(ours: list[Outcome]) -> Names:
    places = find_places(ours)
    return name_resources(ours, places, group_accounts(ours, places))


def quicksight(user_name: str, **inputs: Any) -> Any:
    return state({"user_name": user_name, "user_role": "READER"} | inputs)


@pytest.mark.parametrize(
    ("resources", "labels"),
    [
        ([("Group", "crew", group("crew"))], ["crew"]),
        ([("Group", "crew", group("Night Crew"))], ["crew (Night Crew)"]),
        ([("IdentityStoreUser", "jo", user("jo@example.com"))], ["jo"]),
        ([("IdentityStoreUser", "jo", user("jo.doe@example.com"))], ["jo (jo.doe@example.com)"]),
        ([("IdentityStoreUser", "jo-doe", user("doe.jo@example.com"))], ["jo-doe"]),
        ([("IdentityStoreUser", "staff-jo", user("jo"))], ["staff-jo (jo)"]),
        ([("IdentityStoreUser", "odd)", user("jo"))], ["odd) (jo)"]),
        ([("IdentityStoreUser", "jo", user(UNKNOWN))], ["jo"]),
        (
            [("Group", "a", group("a", region="x")), ("Group", "b", group("b", region="y"))],
            ["a (region x)", "b (region y)"],
        ),
        # One name of two people.
        (
            [
                ("IdentityStoreUser", "jo", user("jo", emails=[{"value": "jo@x"}])),
                ("QuickSightUser", "jo", quicksight("jo", email="jo@y")),
            ],
            ["jo (jo@x)", "jo (jo@y)"],
        ),
        # One name of one person.
        ([("IdentityStoreUser", "jo", user("jo")), ("QuickSightUser", "jo", quicksight("jo"))], ["jo", "jo"]),
    ],
)
def test_a_label(resources: list[tuple[str, str, Any]], labels: list[str]) -> None:
    ours = outcomes(*(step("same", kind, name_, made, made) for kind, name_, made in resources))
    assert [name(ours).labels[outcome.urn] for outcome in ours] == labels


MEMBER = KINDS["GroupMembership"].references["member_id"]
JO, CREW = urn("IdentityStoreUser", "jo"), urn("Group", "crew")
KNOWN = [
    step("same", "IdentityStoreUser", "jo", user("jo"), user("jo")),
    step("create", "IdentityStoreUser", "new", None, state({"user_name": "New"})),
]


@pytest.mark.parametrize(
    ("member", "sources", "end"),
    [
        ("id-of-jo", [], End("jo", JO, certain=True, name="jo")),
        (f"{STORE}/id-of-jo", [], End("jo", JO, certain=True, name="jo")),
        ("9067", [], End("9067", "9067", certain=True)),
        (UNKNOWN, [], End("an unknown user", "? user", certain=False)),
        ("[secret]", [], End("a secret user", "? user", certain=False)),
        (UNKNOWN, [JO], End("jo", JO, certain=False, name="jo")),
        (UNKNOWN, [urn("IdentityStoreUser", "new")],
         End("new", urn("IdentityStoreUser", "new"), certain=True, name="New")),
        (UNKNOWN, [CREW], End("an unknown user", "? user", certain=False)),
        (UNKNOWN, [JO, urn("IdentityStoreUser", "new")], End("an unknown user", "? user", certain=False)),
        ("9067", [urn("IdentityStoreUser", "hidden")],
         End("hidden", urn("IdentityStoreUser", "hidden"), certain=True, name="hidden")),
    ],
)  # fmt: skip
def test_the_member_of_a_membership(member: str, sources: list[str], end: End) -> None:
    made = membership(member, "g", propertyDependencies={"member_id": sources})
    ours = outcomes(*KNOWN, step("create", "GroupMembership", "m", None, made))
    assert name(ours).resolve(MEMBER, "member_id", ours[-1].state_after) == end


def test_a_membership_without_a_member_names_none() -> None:
    ours = outcomes(step("create", "GroupMembership", "m", None, state({"group_id": "g"})))
    assert name(ours).resolve(MEMBER, "member_id", ours[0].state_after) is None
    assert name(ours).resolve(MEMBER, "member_id", None) is None


def test_of_two_resources_that_are_one_the_managed_one_gives_the_name() -> None:
    read = step("read", "IdentityStoreUser", "a", None, user("jo") | {"external": True})
    ours = outcomes(read, step("same", "IdentityStoreUser", "b", user("jo"), user("jo")))
    assert name(ours).urns == {("IdentityStoreUser", "id-of-jo"): urn("IdentityStoreUser", "b")}
