"""Each rule finds what it is for, and not what only looks like it."""

from __future__ import annotations

from typing import Any

import pytest
from review.steps import UNKNOWN, group, membership, preview, state, step, urn, user

from pulumi_identity.review import Limits, review


def dangers(*steps: dict[str, Any], limits: Limits | None = None, **others: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for danger in review(preview(*steps, **others), limits=limits or Limits(max_deleted=100)).dangers:
        assert danger.why.endswith(".")
        assert danger.why.count(".") == 1
        found.setdefault(danger.rule, []).append(danger.sentence(str))
    return found


def quicksight(op: str, old: str | None, new: str | None) -> dict[str, Any]:
    states = [state({"user_name": "jo", "user_role": role}) if role else None for role in (old, new)]
    return step(op, "QuickSightUser", "jo", *states)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("READER", "ADMIN", ["jo: READER → ADMIN"]),
        ("ADMIN", "ADMIN_PRO", ["jo: ADMIN → ADMIN_PRO"]),
        (None, "ADMIN", ["jo: new, ADMIN"]),
        ("ADMIN_PRO", "ADMIN", None),
        ("ADMIN", "READER", None),
        ("READER", "AUTHOR", None),
    ],
)
def test_becoming_an_admin(old: str | None, new: str, said: list[str] | None) -> None:
    assert dangers(quicksight("update" if old else "create", old, new)).get("becomes-admin") == said


def test_a_deleted_person_and_group_but_not_a_membership() -> None:
    found = dangers(
        step("delete", "IdentityStoreUser", "jo", user("jo")),
        step("delete", "Group", "crew", group("crew")),
        step("delete", "GroupMembership", "jo-crew", membership("id-of-jo", "id-of-crew")),
        step("delete", "AppStreamUser", "jo", state({"user_name": "jo@example.com"})),
    )
    assert found == {"deleted": ["jo, user", "crew, group", "jo, AppStream user"]}


def test_a_replaced_person_with_what_forces_it() -> None:
    replaced = step("replace", "IdentityStoreUser", "jo", user("jo"), user("j"), replaceReasons=["user_name", "x"])
    assert dangers(replaced) == {"replaced": ["jo (j), user, forced by user_name, x"]}


def test_the_pieces_of_a_replacement_are_one() -> None:
    pieces = [
        step("delete-replaced", "IdentityStoreUser", "jo", user("jo")),
        step("replace", "IdentityStoreUser", "jo", user("jo"), user("jo"), replaceReasons=["user_name"]),
        step("create-replacement", "IdentityStoreUser", "jo", user("jo"), user("jo")),
    ]
    assert dangers(*pieces) == {"replaced": ["jo, user, forced by user_name"]}


ADDED = step("create", "GroupMembership", "m", None, membership("id-of-jo", "id-of-AWS-Admins"))
EXISTING = [step("same", "IdentityStoreUser", "jo", user("jo"), user("jo"))]


@pytest.mark.parametrize(
    ("patterns", "found"), [((), True), (("aws-*",), True), (("*OWNERS*",), False), (("the-crew",), True)]
)
def test_an_admin_like_group_by_either_name(patterns: tuple[str, ...], found: bool) -> None:
    limits = Limits(admin_groups=patterns) if patterns else Limits()
    crew = step("same", "Group", "the-crew", group("AWS-Admins"), group("AWS-Admins"))
    assert ("admin-group-gains" in dangers(*EXISTING, crew, ADDED, limits=limits)) is found


def test_a_group_that_is_renamed_into_an_admin_group() -> None:
    renamed = step("update", "Group", "crew", group("crew"), group("Admins"))
    assert dangers(renamed)["admin-group-gains"] == ["all members of crew, which becomes Admins"]


def test_a_membership_made_anew_gains_nobody() -> None:
    old = membership("id-of-jo", "id-of-AWS-Admins")
    anew = step("replace", "GroupMembership", "m", old, old)
    crew = step("same", "Group", "admins", group("AWS-Admins"), group("AWS-Admins"))
    assert dangers(*EXISTING, crew, anew) == {}


def many(deleted: int, kept: int) -> list[dict[str, Any]]:
    made = [(f"u{number}", user(f"u{number}")) for number in range(deleted + kept)]
    return [
        step("delete", "IdentityStoreUser", name, old)
        if number < deleted
        else step("same", "IdentityStoreUser", name, old, old)
        for number, (name, old) in enumerate(made)
    ]


@pytest.mark.parametrize(("deleted", "said"), [(3, None), (4, ["4 of 10 users, 40 %"])])
def test_more_than_a_share_of_a_kind(deleted: int, said: list[str] | None) -> None:
    assert dangers(*many(deleted, 10 - deleted), limits=Limits()).get("many-deleted") == said
    assert "many-deleted" not in dangers(*many(deleted, 10 - deleted), limits=Limits(max_deleted=40))


def test_a_share_of_what_is_not_shown_is_a_lower_bound() -> None:
    found = dangers(*many(4, 0), limits=Limits(), changeSummary={"same": 6})
    assert found["many-deleted"] == ["4 of 10 users, at least 40 %"]
    assert "many-deleted" not in dangers(*many(4, 0), limits=Limits(), changeSummary={"same": 60})


def test_what_is_protected_or_belongs_to_an_identity_provider() -> None:
    owned = user("scim")
    owned["outputs"]["external_ids"] = [{"issuer": "https://idp", "id": "1"}]
    found = dangers(
        step("update", "Group", "crew", group("crew") | {"protect": True}, group("crew2")),
        step("same", "IdentityStoreUser", "scim", owned, owned),
        step("create", "GroupMembership", "m", None, membership("id-of-scim", "id-of-crew")),
    )
    assert found == {
        "protected": ["crew (crew2), group, is changed"],
        "externally-managed": ["scim → crew (crew2), membership, is created; managed by https://idp"],
    }


def test_an_unknown_value_where_it_decides_access() -> None:
    made = state({"user_name": "jo@example.com", "enabled": UNKNOWN, "first_name": UNKNOWN})
    assert dangers(step("create", "AppStreamUser", "jo", None, made)) == {
        "unknown-access": ["enabled of jo, AppStream user"]
    }


def test_whose_id_is_not_known_is_no_mystery_for_somebody_new() -> None:
    depends = {"member_id": [urn("IdentityStoreUser", "jo")], "group_id": [urn("Group", "crew")]}
    member = step("create", "GroupMembership", "m", None, membership(UNKNOWN, UNKNOWN, propertyDependencies=depends))
    created = [
        step("create", "IdentityStoreUser", "jo", None, state({"user_name": "jo"})),
        step("create", "Group", "crew", None, state({"display_name": "crew"})),
    ]
    found = review(preview(*created, member))
    assert [each.label for each in found.plan.changed("GroupMembership")] == ["jo → crew"]
    assert found.dangers == ()
    # That an existing user's is not known is one: the program may be about to choose somebody else.
    there = [step("same", "IdentityStoreUser", "jo", user("jo"), user("jo")), created[1]]
    assert list(dangers(*there, member)) == ["unknown-access"]


def test_what_stays_in_aws_is_forgotten_and_not_deleted() -> None:
    found = review(preview(step("delete", "IdentityStoreUser", "jo", user("jo") | {"retainOnDelete": True})))
    assert [danger.rule for danger in found.dangers] == ["forgotten"]
    assert found.headline == "1 resource is forgotten, but stays"


def test_a_failed_preview_is_a_danger() -> None:
    said = {"severity": "error", "message": "error: boom"}
    assert dangers(diagnostics=[said]) == {"preview-failed": ["The preview ended with errors"]}


def test_braces_in_names_are_only_braces() -> None:
    assert dangers(step("delete", "IdentityStoreUser", "{who.x}", user("{0}"))) == {"deleted": ["{who.x} ({0}), user"]}
