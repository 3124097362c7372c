"""The matrix puts what belongs to one person into one row, and the headline counts people."""

from __future__ import annotations

from typing import Any

import pytest
from review.steps import group, membership, preview, state, step, user

from pulumi_identity.review import Review, review


def same(kind: str, name: str, made: Any) -> dict[str, Any]:
    return step("same", kind, name, made, made)


def rows(found: Review) -> dict[str, tuple[Any, ...]]:
    return {
        person.label: tuple(
            (cell.before, cell.after) for cell in (person.directory, person.quicksight, person.appstream)
        )
        for person in found.matrix.people
    }


def test_services_meet_by_user_name_then_by_address() -> None:
    found = review(
        preview(
            same("IdentityStoreUser", "jo", user("jo", emails=[{"value": "Jo@Example.com"}])),
            same("IdentityStoreUser", "max", user("max")),
            same("QuickSightUser", "one", state({"user_name": "max", "user_role": "READER", "email": "m@example.com"})),
            same("AppStreamUser", "two", state({"user_name": "jo@example.com"})),
            same("AppStreamUser", "three", state({"user_name": "m@example.com", "enabled": False})),
        )
    )
    assert rows(found) == {
        "jo": (("user", "user"), (None, None), ("enabled", "enabled")),
        "max": (("user", "user"), ("READER", "READER"), ("disabled", "disabled")),
    }


def test_a_shared_address_gives_nobody_anothers_access() -> None:
    team = [{"value": "team@example.com"}]
    found = review(
        preview(
            same("IdentityStoreUser", "jo", user("jo", emails=team)),
            same("IdentityStoreUser", "max", user("max", emails=team)),
            same("QuickSightUser", "q", state({"user_name": "q", "email": "team@example.com", "user_role": "ADMIN"})),
        )
    )
    assert rows(found)["q"][1] == ("ADMIN", "ADMIN")
    assert rows(found)["jo"][1] == rows(found)["max"][1] == (None, None)


def test_two_accounts_of_one_person_share_a_row() -> None:
    accounts = [
        same("QuickSightUser", f"q{n}", state({"user_name": "jo", "user_role": role, "email": "jo@example.com"}))
        for n, role in enumerate(("READER", "ADMIN"))
    ]
    assert rows(review(preview(same("IdentityStoreUser", "jo", user("jo")), *accounts)))["jo"][1][1] == "ADMIN, READER"


def test_a_membership_of_somebody_not_shown_has_a_row() -> None:
    found = review(
        preview(
            same("Group", "crew", group("crew")),
            step("create", "GroupMembership", "m", None, membership("9067-made-up", "id-of-crew")),
        )
    )
    assert [person.label for person in found.matrix.people] == ["9067-made-up"]
    assert [each.label for each in found.plan.changed()] == ["9067-made-up → crew"]


JO = user("jo")
CREW = same("Group", "crew", group("crew"))


def desktop(**inputs: Any) -> Any:
    return state({"user_name": "jo"} | inputs)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([], "Nothing changes"),
        ([step("create", "IdentityStoreUser", "jo", None, state({"user_name": "jo"}))], "1 person joins"),
        ([step("delete", "IdentityStoreUser", "jo", JO)], "1 person leaves"),
        ([step("update", "IdentityStoreUser", "jo", JO, user("jo", title="x"))], "1 person changes in other ways"),
        ([step("replace", "IdentityStoreUser", "jo", JO, JO)], "1 person is replaced"),
        (
            [step("update", "AppStreamUser", "jo", desktop(enabled=True), desktop(enabled=False))],
            "1 person is locked out of AppStream",
        ),
        (
            [same("IdentityStoreUser", "jo", JO), step("create", "AppStreamUser", "jo", None, desktop())],
            "1 person gets AppStream",
        ),
        (
            [
                same("IdentityStoreUser", "jo", JO),
                CREW,
                step("create", "GroupMembership", "m", None, membership("id-of-jo", "id-of-crew")),
            ],
            "1 person is added to groups",
        ),
        ([step("create", "Group", "g", None, group("g")), step("delete", "Group", "h", group("h"))],
         "1 group is created, 1 group is deleted"),
        ([step("create", "aws:s3/bucket:Bucket", "b", None, state({"x": 1}))],
         "1 resource of another provider changes"),
    ],
)  # fmt: skip
def test_the_headline(steps: list[dict[str, Any]], said: str) -> None:
    assert review(preview(*steps)).headline == said


def test_the_headline_of_several() -> None:
    joining = [step("create", "IdentityStoreUser", n, None, state({"user_name": n})) for n in ("ann", "bo")]
    roles = [state({"user_name": "max", "user_role": role}) for role in ("READER", "ADMIN")]
    leaving = step("delete", "IdentityStoreUser", "jo", JO)
    found = review(preview(*joining, leaving, step("update", "QuickSightUser", "max", *roles)))
    assert found.headline == "2 people join, 1 leaves, 1 becomes ADMIN"


def test_unchanged_and_internal_steps_are_no_change() -> None:
    provider = step("create", "pulumi:providers:pulumi-python", "default", None, state({"x": 1}))
    stack = step("create", "pulumi:pulumi:Stack", "people-test", None, {"inputs": {}})
    component = step("create", "acme:people:Team", "data", None, {"inputs": {}})
    found = review(preview(provider, stack, component, same("Group", "crew", group("crew"))))
    assert not found.changes
    assert found.plan.stack == "people/test"
    assert found.plan.others == ()
