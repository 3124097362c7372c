"""From the JSON of a preview that renames a person in place to its review, in every form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from review.steps import group, membership, preview, state, step, urn, user

from pulumi_identity.review import RENDERERS, Action, Review, Thresholds, review

CREW = step("same", "Group", "crew", group("crew"), group("crew"))


def renamed(old: str, new: str, *, was: str = "", **inputs: Any) -> dict[str, Any]:
    """The step that renames a user in place, under another name in the program if `was` gives the old one."""
    before = user(old) | ({"urn": urn("IdentityStoreUser", was)} if was else {})
    after = state(user(new)["inputs"] | inputs)
    return step("update", "IdentityStoreUser", new if was else old, before, after)


def find(*steps: dict[str, Any]) -> Review:
    return review(preview(*steps), limits=Thresholds(max_deleted=100))


def actions(found: Review) -> dict[str, Action]:
    return {resource.label: resource.action for resource in found.plan.resources}


def rules(found: Review) -> list[str]:
    return [danger.rule for danger in found.dangers]


@pytest.mark.parametrize(
    ("steps", "headline"),
    [
        ([renamed("jo.doe", "jo.smith")], "1 person gets a new user name"),
        ([renamed("ann", "bob"), renamed("jo", "ann")], "2 people get a new user name"),
        ([renamed("jo", "Jo")], "1 person gets a new user name"),
        ([renamed("jo.doe", "jo.smith", was="jo.doe")],
         "1 person gets a new user name, 1 resource gets a new name in state"),
        ([renamed("jo.doe", "jo.smith", title="Lead")], "1 person gets a new user name"),
        ([renamed("jo.doe", "jo.smith"), CREW,
          step("create", "GroupMembership", "m", None, membership("id-of-jo.doe", "id-of-crew"))],
         "1 person is added to groups, 1 gets a new user name"),
    ],
)  # fmt: skip
def test_the_headline(steps: list[dict[str, Any]], headline: str) -> None:
    assert find(*steps).headline == headline


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        ("text", ["  ~ jo.doe (jo.smith) is updated\n      user_name: jo.doe → jo.smith\n"]),
        ("markdown", ["- **~** `jo.doe (jo.smith)` is updated\n  - `user_name`: `jo.doe` → `jo.smith`\n"]),
        ("html", ['jo.<wbr>doe (jo.<wbr>smith) <span class="soft">gets a new user name</span></th>',
                  "<code>user_name</code> <del><code>jo.doe</code></del> → <ins><code>jo.smith</code></ins>"]),
        ("json", ['"path": "user_name",\n          "old": "jo.doe",\n          "new": "jo.smith"']),
    ],
)  # fmt: skip
def test_a_rename_in_each_form(form: str, lines: list[str]) -> None:
    found = find(renamed("jo.doe", "jo.smith"))
    assert found.dangers == ()
    assert [line for line in lines if line not in RENDERERS[form](found)] == []


def test_a_name_that_passes_from_one_person_to_the_next() -> None:
    found = find(renamed("ann", "bob"), renamed("jo", "ann"))
    assert actions(found) == {"ann (bob)": Action.UPDATE, "jo (ann)": Action.UPDATE}
    assert [person.label for person in found.matrix.people] == ["ann (bob)", "jo (ann)"]
    assert found.dangers == ()


def test_a_new_person_with_the_old_name_of_another_is_another_person() -> None:
    new = step("create", "IdentityStoreUser", "new", None, state(user("jo")["inputs"]))
    for steps in ([renamed("jo", "ann"), new], [new, renamed("jo", "ann")]):
        found = find(*steps)
        assert [(person.label, person.joins) for person in found.matrix.people] == [
            ("jo (ann)", False),
            ("new (jo)", True),
        ]
        assert found.headline == "1 person joins, 1 gets a new user name"


def test_a_person_who_leaves_her_name_to_another_is_deleted() -> None:
    """The deletion must stay in the review: the two resources are two people."""
    found = find(renamed("jo", "ann"), step("delete", "IdentityStoreUser", "ann", user("ann")))
    assert actions(found) == {"ann": Action.DELETE, "jo (ann)": Action.UPDATE}
    assert rules(found) == ["not-free-yet", "deleted"]
    assert found.headline == "1 person leaves, 1 gets a new user name"


def test_a_deleted_resource_of_the_renamed_person_is_the_same_entity() -> None:
    other = step("delete", "IdentityStoreUser", "other", user("jo"))
    found = find(renamed("jo", "ann"), other)
    assert [danger.write_sentence(str) for danger in found.dangers if danger.rule == "same-in-aws"] == [
        "jo (ann), user: jo is updated, other is deleted"
    ]


def test_a_membership_gets_another_name_together_with_its_member() -> None:
    joined = membership("id-of-jo.doe", "id-of-crew")
    found = find(
        CREW,
        renamed("jo.doe", "jo.smith", was="jo.doe"),
        step("create", "GroupMembership", "jo.smith-crew", None, joined),
        step("delete", "GroupMembership", "jo.doe-crew", joined),
    )
    assert found.headline == "1 person gets a new user name, 2 resources get a new name in state"
    assert found.dangers == ()


NEW = state(user("jo.smith", emails=[{"value": "jo@example.com"}])["inputs"])
OLD = user("jo.doe", emails=[{"value": "JO@example.com"}])
TWO_NAMES = (
    step("create", "IdentityStoreUser", "jo.smith", None, NEW),
    step("delete", "IdentityStoreUser", "jo.doe", OLD),
)
ALIAS = 'aliases=[pulumi.Alias(name="jo.doe")]'


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("text", f"add {ALIAS} to jo.smith\n"),
        ("markdown", f"the same `emails[0].value`, `jo@example.com`: add `{ALIAS}` to `jo.smith`\n"),
        ("html", "add <code>aliases=[pulumi.Alias(name=&#34;jo.doe&#34;)]</code> to <code>jo.smith</code></li>"),
        ("json", json.dumps(f"add {ALIAS} to jo.smith")[1:-1]),
    ],
)
def test_the_alias_that_makes_a_rename_in_each_form(form: str, line: str) -> None:
    found = find(*TWO_NAMES)
    assert rules(found) == ["probably-renamed", "deleted"]
    shown = RENDERERS[form](found)
    assert line in shown
    assert "Probably the same person: add an alias" in shown


def test_an_adopted_leaver_with_another_name_in_the_program() -> None:
    """The same user name can be another person's: what differs is for the reviewer to see."""
    adopting = {"adopt": True, "display_name": "Joan Roe"}
    taken = step("create", "IdentityStoreUser", "joan", None, state(user("jo")["inputs"] | adopting))
    left = step("delete", "IdentityStoreUser", "jo-doe", user("jo", display_name="Jo Doe"))
    found = find(taken, left)
    assert [(danger.rule, danger.write_sentence(str)) for danger in found.dangers] == [
        ("takes-over", "joan (jo) adopts the user of jo-doe (jo), with a new display_name")
    ]


def test_a_person_adopted_under_a_name_in_other_letters_stays() -> None:
    taken = step("create", "IdentityStoreUser", "new", None, state(user("Jo")["inputs"] | {"adopt": True}))
    found = find(taken, step("delete", "IdentityStoreUser", "old", user("jo")))
    assert actions(found) == {"new (Jo)": Action.UPDATE}
    assert "leaves" not in found.headline


@pytest.mark.parametrize("form", RENDERERS)
def test_no_secret_shows(form: str) -> None:
    hidden = {"emails": [{"value": "[secret]"}], "user_name": "[secret]"}
    steps = [step("create", "IdentityStoreUser", name, None, state(user(name)["inputs"] | hidden)) for name in "ab"]
    gone = step("delete", "IdentityStoreUser", "c", user("c", emails=[{"value": "[secret]"}]))
    assert "[secret]" not in "".join(danger.write_sentence(str) for danger in find(*steps, gone).dangers)
    assert "same value" not in RENDERERS[form](find(*steps, gone)).lower()


NEW_NAME = step("same", "IdentityStoreUser", "new", user("jo"), user("jo"))
OLD_NAME = step("refresh", "IdentityStoreUser", "old", user("jo"), user("jo"))
DELETED = step("delete", "IdentityStoreUser", "old", user("jo"))


@pytest.mark.parametrize(
    ("steps", "headline", "rules_"),
    [
        ([NEW_NAME, DELETED], "Nothing changes", ["same-in-aws"]),
        ([NEW_NAME, OLD_NAME, DELETED], "Part of the stack only: 1 person leaves", ["same-in-aws", "deleted"]),
    ],
)
def test_a_target_deletes_a_person_who_has_another_name_in_the_program(
    steps: list[dict[str, Any]], headline: str, rules_: list[str]
) -> None:
    """With `--target`, the engine asks the provider nothing about the resource under the new name."""
    found = find(*steps)
    assert (found.headline, rules(found)) == (headline, rules_)


def test_a_target_ends_the_access_that_a_membership_under_another_name_gives() -> None:
    joined = membership("id-of-jo", "id-of-crew")
    old = step("refresh", "GroupMembership", "old", joined, joined)
    new = step("same", "GroupMembership", "new", joined, joined)
    jo = step("same", "IdentityStoreUser", "jo", user("jo"), user("jo"))
    found = find(CREW, jo, new, old, step("delete", "GroupMembership", "old", joined))
    assert found.headline == "Part of the stack only: 1 person is removed from groups"
