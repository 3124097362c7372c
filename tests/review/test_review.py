"""From the JSON of a preview to its review, through all passes."""

from __future__ import annotations

from typing import Any

import pytest
from review.steps import STORE, group, membership, preview, state, step, urn, user

from pulumi_identity.review import Action, Review, review


def same(kind: str, name: str, made: Any) -> dict[str, Any]:
    return step("same", kind, name, made, made)


def rows(found: Review) -> dict[str, tuple[Any, ...]]:
    return {
        person.label: tuple((cell.before, cell.after) for cell in person.accounts.values())
        for person in found.matrix.people
    }


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
    assert [change.label for change in found.plan.changed] == ["m (9067-made-up → crew)"]
    assert found.headline == "1 person is added to groups", "who has an id is there already"


def test_a_user_name_makes_nobody_of_another_address_the_same_person() -> None:
    account = state({"user_name": "alex", "email": "alex@b.example", "user_role": "ADMIN"})
    found = review(
        preview(
            same("IdentityStoreUser", "alex", user("alex", emails=[{"value": "alex@example.com"}])),
            same("QuickSightUser", "alex", account),
        )
    )
    assert rows(found) == {
        "alex (alex@example.com)": (("user", "user"), (None, None), (None, None)),
        "alex (alex@b.example)": ((None, None), ("ADMIN", "ADMIN"), (None, None)),
    }


def inhabitant(op: str, name: str, namespace: str, old: str | None, new: str | None) -> dict[str, Any]:
    known = {"user_name": "jo", "email": "jo@example.com", "namespace": namespace}
    before, after = (state(known | {"user_role": role}) if role else None for role in (old, new))
    return step(op, "QuickSightUser", name, before, after)


@pytest.mark.parametrize(
    ("op", "old", "new", "said"),
    [
        ("delete", "READER", None, "1 person loses one of several QuickSight accounts"),
        ("create", None, "READER", "1 person gets another QuickSight account"),
        ("create", None, "ADMIN", "1 person becomes ADMIN, 1 gets another QuickSight account"),
        ("update", "READER", "ADMIN", "1 person becomes ADMIN"),
    ],
)
def test_each_of_several_accounts_counts(op: str, old: str | None, new: str | None, said: str) -> None:
    """Another account of the same role hides nothing."""
    for role in ("READER", "ADMIN"):
        found = review(preview(inhabitant("same", "a", "default", role, role), inhabitant(op, "b", "sales", old, new)))
        assert found.headline == said
        (person,) = found.matrix.people
        assert person.changes


def test_what_is_in_several_places_says_where_it_is() -> None:
    found = review(
        preview(
            inhabitant("same", "a", "default", "READER", "READER"),
            inhabitant("delete", "b", "sales", "READER", None),
            same("AppStreamUser", "jo", state({"user_name": "jo@example.com", "region": "eu-central-1"})),
            same("Group", "crew", group("crew", region="us-east-1")),
            same("Group", "other", group("crew", region="us-east-1")),
        )
    )
    assert [change.label for change in found.plan.resources] == [
        "crew",
        "other (crew)",
        "a (jo, namespace default)",
        "b (jo, namespace sales)",
        "jo",
    ]
    assert found.plan.where == {"identity_store_id": STORE}
    assert {kind: place for kind, place in found.plan.places.items() if place} == {
        "Group": {"region": "us-east-1"},
        "AppStreamUser": {"region": "eu-central-1"},
    }


def test_a_role_is_where_all_is_only_if_all_have_it() -> None:
    role = {"role_arn": "arn:aws:iam::123456789012:role/people"}
    both = [same("IdentityStoreUser", name, user(name, **more)) for name, more in (("ann", role), ("bo", {}))]
    assert review(preview(both[0])).plan.where == {"identity_store_id": STORE} | role
    found = review(preview(*both))
    assert found.plan.where == {"identity_store_id": STORE}
    assert [change.label for change in found.plan.resources] == [f"ann (role {role['role_arn']})", "bo"]


def test_the_same_name_in_two_components() -> None:
    made = [same("Group", "crew", group(name)) for name in ("crew", "CREW")]
    for resource, around in zip(made, ("acme:Team", "acme:Dept"), strict=True):
        resource["urn"] = resource["urn"].replace("::pulumi-python", f"::{around}$pulumi-python")
    labels = [change.label for change in review(preview(*made)).plan.resources]
    assert labels == ["crew (in acme:Dept)", "crew (in acme:Team)"]


def test_what_is_read_is_there_before_and_after() -> None:
    read = {"external": True, "id": f"{STORE}/id-of-jo", "inputs": {}}
    first = step("read", "IdentityStoreUser", "jo", None, read)
    last = step("discard", "IdentityStoreUser", "jo", user("jo") | read | {"inputs": user("jo")["inputs"]})
    refreshed = step("refresh", "IdentityStoreUser", "jo", last["oldState"], last["oldState"])
    for steps in ([first], [refreshed, last], [refreshed, first | {"oldState": last["oldState"]}]):
        found = review(preview(*steps))
        assert found.headline == "Nothing changes"
        assert rows(found)["jo"][0] == ("user", "user")


def test_a_membership_that_is_read_is_there_before_and_after() -> None:
    seen = membership("id-of-jo", "id-of-crew")
    old = {"external": True, "id": f"{STORE}/m", "inputs": {}, "outputs": seen["inputs"]}
    new = {"external": True, "id": f"{STORE}/m", "inputs": {}}
    found = review(preview(CREW, same("IdentityStoreUser", "jo", JO), step("read", "GroupMembership", "m", old, new)))
    assert found.headline == "Nothing changes"


def test_what_was_read_of_another_one_tells_nothing() -> None:
    old, new = ({"external": True, "id": f"{STORE}/id-of-{name}", "inputs": {}} for name in ("jo", "max"))
    found = review(preview(step("read", "IdentityStoreUser", "seen", old | {"outputs": user("jo")["outputs"]}, new)))
    assert [change.label for change in found.plan.resources] == ["seen"]


def test_who_gives_way_to_another_one_who_is_only_read_is_deleted() -> None:
    new = {"external": True, "id": f"{STORE}/id-of-max", "inputs": {}}
    found = review(preview(step("replace", "IdentityStoreUser", "jo", user("jo"), new)))
    assert [(danger.rule, danger.write_sentence(str)) for danger in found.dangers] == [("deleted", "jo, user")]
    events = step(
        "read-replacement", "IdentityStoreUser", "jo", user("jo"), {key: new[key] for key in ("id", "inputs")}
    )
    for reviewed in (found, review(preview(events, step("replace", "IdentityStoreUser", "jo", user("jo"), {})))):
        assert reviewed.headline == "1 person leaves"


def test_one_person_who_is_read_and_managed_has_one_row_under_the_name_that_is_managed() -> None:
    read = {"external": True, "inputs": {}}
    seen = step("read", "IdentityStoreUser", "a-guest", user("jo") | {"external": True}, read)
    member = same("GroupMembership", "m", membership("id-of-jo", "id-of-crew"))
    found = review(preview(seen, same("IdentityStoreUser", "jo", user("jo")), member))
    assert len(found.matrix.people) == 1
    assert [change.label for change in found.plan.resources if change.references] == ["m (jo → id-of-crew)"]


@pytest.mark.parametrize("retained", [False, True])
@pytest.mark.parametrize(("kind", "name"), [("IdentityStoreUser", "jo"), ("Group", "crew")])
def test_a_membership_ends_with_its_user_and_its_group(kind: str, name: str, retained: bool) -> None:
    """The engine doesn't say so of one that has their ids as text, or is to be left in AWS."""
    both = {"IdentityStoreUser": ("jo", user("jo")), "Group": ("crew", group("crew"))}
    steps = [same(owner, *made) for owner, made in both.items() if owner != kind]
    made = membership("id-of-jo", "id-of-crew", retainOnDelete=retained)
    left_alone = step("delete", "GroupMembership", "m", made) if retained else same("GroupMembership", "m", made)
    found = review(preview(*steps, step("delete", kind, name, both[kind][1]), left_alone))
    said = {"jo": "1 person leaves", "crew": "1 person is removed from groups, 1 group is deleted"}
    assert found.headline == said[name]
    assert [change.action for change in found.plan.changed if change.kind.references] == [Action.DELETE]


@pytest.mark.parametrize("kind", ["QuickSightUser", "AppStreamUser"])
def test_an_account_under_another_name_is_the_same_person_s(kind: str) -> None:
    jo = state({"user_name": "jo@example.com", "user_role": "READER"})
    found = review(preview(step("create", kind, "new", None, jo), step("delete", kind, "old", jo)))
    assert (found.headline, len(found.matrix.people)) == ("1 person is replaced", 1)


def test_an_import_makes_nobody_join() -> None:
    found = review(preview(step("import", "IdentityStoreUser", "jo", None, user("jo"))))
    assert found.headline == "1 resource is imported"


def test_what_a_broken_off_update_has_deleted_is_created() -> None:
    pending = user("jo") | {"pendingReplacement": True}
    found = review(
        preview(
            step("refresh", "IdentityStoreUser", "jo", pending, pending),
            step("replace", "IdentityStoreUser", "jo", pending, user("jo")),
        )
    )
    assert (found.headline, found.dangers) == ("1 person joins", ())


@pytest.mark.parametrize(
    ("others", "action"),
    [
        ({}, Action.DELETE),
        ({"changeSummary": {"same": 5}}, Action.DELETE),
        ({"diagnostics": [{"severity": "error", "message": "boom"}]}, Action.SAME),
    ],
)
def test_what_is_deleted_with_whom_it_needs_has_no_step_and_is_told(others: dict[str, Any], action: Action) -> None:
    jo = user("jo") | {"urn": urn("IdentityStoreUser", "jo")}
    member = membership("id-of-jo", "id-of-crew", propertyDependencies={"member_id": [jo["urn"]], "group_id": []})
    found = review(
        preview(
            step("refresh", "IdentityStoreUser", "jo", jo, jo),
            step("refresh", "GroupMembership", "m", member, member),
            step("replace", "IdentityStoreUser", "jo", jo, user("j"), replaceReasons=["user_name"]),
            **others,
        )
    )
    memberships = [change for change in found.plan.resources if change.kind.references]
    assert [(change.action, change.gone) for change in memberships] == [(action, False)]
    assert ("1 is removed from groups" in found.headline) is (action is Action.DELETE)


def test_a_preview_of_a_part_says_so() -> None:
    refreshed = step("refresh", "Group", "crew", group("crew"), group("crew"))
    found = review(preview(refreshed, CREW, same("Group", "other", group("other"))))
    assert found.headline == "Part of the stack only: nothing changes"
    assert [note.partition(":")[0] for note in found.notes] == [
        "The preview covers only part of the stack, as with --target or --exclude"
    ]


def test_properties_that_aws_never_tells_do_not_drift() -> None:
    was, now = user("jo"), user("jo", adopt=True)
    refreshed = step("refresh", "IdentityStoreUser", "jo", was, was)
    assert review(preview(refreshed, step("same", "IdentityStoreUser", "jo", now, was))).headline == "Nothing changes"


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
        ([step("update", "IdentityStoreUser", "jo", JO, user("jo", title="x"))], "1 person has other changes"),
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
        ([step("create", "IdentityStoreUser", "jo", None, state({"user_name": "jo", "adopt": True}))],
         "1 person is created or adopted"),
        ([same("IdentityStoreUser", "jo", JO), step("create", "AppStreamUser", "jo", None, desktop(adopt=True))],
         "1 person gets AppStream or already has it"),
        ([step("create", "Group", "g", None, group("g", adopt=True))], "1 group is created or adopted"),
        ([same("IdentityStoreUser", "jo", JO),
          step("replace", "Group", "crew", group("crew"), group("crew"), replaceReasons=["identity_store_id"]),
          step("replace", "GroupMembership", "m", membership("id-of-jo", "id-of-crew"),
               membership("id-of-jo", "id-of-crew"))],
         "1 person is briefly out of groups, 1 group is replaced"),
        ([step("create", "Group", "g", None, group("g")), step("delete", "Group", "h", group("h"))],
         "1 group is created, 1 group is deleted"),
        ([step("create", "aws:s3/bucket:Bucket", "b", None, state({"x": 1}))],
         "1 other resource changes"),
    ],
)  # fmt: skip
def test_the_headline(steps: list[dict[str, Any]], said: str) -> None:
    assert review(preview(*steps)).headline == said


def test_what_a_preview_with_target_leaves_out_is_nobody() -> None:
    """The engine calls it the same, and tells no more of it than its name."""
    left_out = {"custom": True}
    found = review(
        preview(
            same("IdentityStoreUser", "ann", left_out | {"id": "", "inputs": {}, "outputs": {}}),
            same("QuickSightUser", "ann", left_out),
            step("create", "IdentityStoreUser", "jo", None, user("jo")),
        )
    )
    assert list(rows(found)) == ["jo"]
    assert found.headline == "Part of the stack only: 1 person joins"
    rest = "2 resources are new and left out"
    assert found.notes == (f"The preview covers only part of the stack, as with --target or --exclude: {rest}.",)


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("ADMIN", "READER", True),
        ("AUTHOR", "READER_PRO", True),
        ("READER_PRO", "READER", False),
        ("READER", "ADMIN", False),
        (None, "READER", False),
    ],
)
def test_a_step_down_to_a_reader_may_be_refused(old: str | None, new: str, refused: bool) -> None:
    states = [state({"user_name": "jo"} | ({"user_role": role} if role else {})) for role in (old, new)]
    found = review(preview(step("update", "QuickSightUser", "jo", *states)))
    reasons = [danger.why for danger in found.dangers if danger.rule == "may-be-refused"]
    assert len(reasons) == refused
    remedies = ("Keep the role", 'replace_on_changes=["user_role"]', "without an owner", "--continue-on-error")
    assert all(remedy in why for why in reasons for remedy in remedies)


def test_the_headline_of_several() -> None:
    joining = [step("create", "IdentityStoreUser", n, None, state({"user_name": n})) for n in ("ann", "bo")]
    roles = [state({"user_name": "max", "user_role": role}) for role in ("READER", "ADMIN")]
    leaving = step("delete", "IdentityStoreUser", "jo", JO)
    found = review(preview(*joining, leaving, step("update", "QuickSightUser", "max", *roles)))
    assert found.headline == "1 person becomes ADMIN, 1 leaves, 2 join"


def test_unchanged_and_internal_steps_are_no_change() -> None:
    provider = step("create", "pulumi:providers:pulumi-python", "default", None, state({"x": 1}))
    stack = step("create", "pulumi:pulumi:Stack", "people-test", None, {"inputs": {}})
    component = step("create", "acme:people:Team", "data", None, {"inputs": {}})
    found = review(preview(provider, stack, component, same("Group", "crew", group("crew"))))
    assert not found.changes
    assert found.plan.stack == "people/test"
    assert found.plan.others == ()
