"""From the JSON of a preview to its dangers, through all passes."""

from __future__ import annotations

from typing import Any

import pytest
from review.steps import STORE, UNKNOWN, group, membership, preview, state, step, urn, user

from pulumi_identity.review import Thresholds, review


def dangers(*steps: dict[str, Any], limits: Thresholds | None = None, **others: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for danger in review(preview(*steps, **others), limits=limits or Thresholds(max_deleted=100)).dangers:
        assert danger.why.endswith(".")
        found.setdefault(danger.rule, []).append(danger.write_sentence(str))
    return found


def quicksight(op: str, old: str | None, new: str | None) -> dict[str, Any]:
    states = [state({"user_name": "jo", "user_role": role}) if role else None for role in (old, new)]
    return step(op, "QuickSightUser", "jo", *states)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("READER", "ADMIN", ["jo: READER → ADMIN"]),
        ("ADMIN", "ADMIN_PRO", ["jo: ADMIN → ADMIN_PRO"]),
        (None, "ADMIN", ["jo: created as ADMIN"]),
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
    assert found == {"deleted": ["jo, user", "crew, group", "jo (jo@example.com), AppStream user"]}


def test_a_replaced_person_with_what_forces_it() -> None:
    replaced = step("replace", "IdentityStoreUser", "jo", user("jo"), user("j"), replaceReasons=["user_name", "x"])
    assert dangers(replaced) == {"replaced": ["jo (j), user, forced by user_name: jo → j, x"]}
    adopting = step(
        "replace", "IdentityStoreUser", "jo", user("jo"), user("j", adopt=True), replaceReasons=["user_name"]
    )
    assert dangers(adopting)["replaced"] == [
        "jo (j), user, forced by user_name: jo → j; the new one is created or adopted"
    ]


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
    limits = Thresholds(admin_groups=patterns) if patterns else Thresholds()
    crew = step("same", "Group", "the-crew", group("AWS-Admins"), group("AWS-Admins"))
    assert ("admin-group-gains" in dangers(*EXISTING, crew, ADDED, limits=limits)) is found


def test_a_group_that_is_renamed_into_an_admin_group() -> None:
    renamed = step("update", "Group", "crew", group("crew"), group("Admins"))
    assert dangers(renamed)["admin-group-gains"] == ["all members of crew, which is renamed to Admins"]
    assert review(preview(renamed)).headline == "1 group becomes admin-like"


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
    assert dangers(*many(deleted, 10 - deleted), limits=Thresholds()).get("many-deleted") == said
    assert "many-deleted" not in dangers(*many(deleted, 10 - deleted), limits=Thresholds(max_deleted=40))


def test_a_share_of_what_is_not_shown_is_a_lower_bound() -> None:
    found = dangers(*many(4, 0), limits=Thresholds(), changeSummary={"same": 6})
    assert found["many-deleted"] == ["4 of 10 users, at least 40 %"]
    assert "many-deleted" not in dangers(*many(4, 0), limits=Thresholds(), changeSummary={"same": 60})


def test_one_is_not_much_and_what_is_only_read_is_not_at_stake() -> None:
    assert "many-deleted" not in dangers(*many(1, 0), limits=Thresholds())
    seen = [
        step("read", "IdentityStoreUser", f"s{n}", None, {"external": True, "id": f"{STORE}/{n}"}) for n in range(9)
    ]
    assert dangers(*many(2, 1), *seen, limits=Thresholds())["many-deleted"] == ["2 of 3 users, 67 %"]


def test_what_is_protected_or_belongs_to_an_identity_provider() -> None:
    owned = user("scim")
    owned["outputs"]["external_ids"] = [{"issuer": "https://idp", "id": "1"}]
    found = dangers(
        step("update", "Group", "crew", group("crew") | {"protect": True}, group("crew2") | {"protect": True}),
        step("same", "IdentityStoreUser", "scim", owned, owned),
        step("create", "GroupMembership", "m", None, membership("id-of-scim", "id-of-crew")),
    )
    assert found == {
        "protected": ["crew (crew2), group, is updated"],
        "externally-managed": ["scim → crew (crew2), membership, is created; managed by https://idp"],
    }


def test_an_unknown_value_where_it_decides_access() -> None:
    made = state({"user_name": "jo@example.com", "enabled": UNKNOWN, "first_name": UNKNOWN})
    assert dangers(step("create", "AppStreamUser", "jo", None, made)) == {
        "unknown-access": ["enabled of jo, AppStream user"]
    }


def test_another_way_to_sign_in_as_somebody() -> None:
    before, after = ([{"value": f"{name}@example.com", "type": kind}] for name, kind in (("jo", "a"), ("eve", "b")))
    outside = {"user_name": "jo", "external_login_id": "jo"}
    found = dangers(
        step("update", "IdentityStoreUser", "jo", user("jo", emails=before), user("jo", emails=after)),
        step("update", "IdentityStoreUser", "al", user("al", emails=before), user("al", title="Dr")),
        step("create", "IdentityStoreUser", "ann", None, user("ann", emails=after)),
        step("update", "QuickSightUser", "jo", state(outside), state(outside | {"external_login_id": "eve"})),
    )
    assert found["another-login"] == [
        "jo, user: emails[0].value, jo@example.com → eve@example.com",
        "jo, QuickSight user: external_login_id, jo → eve",
    ]


def test_whose_id_is_not_known_is_no_mystery_for_somebody_new() -> None:
    depends = {"member_id": [urn("IdentityStoreUser", "jo")], "group_id": [urn("Group", "crew")]}
    member = step("create", "GroupMembership", "m", None, membership(UNKNOWN, UNKNOWN, propertyDependencies=depends))
    created = [
        step("create", "IdentityStoreUser", "jo", None, state({"user_name": "jo"})),
        step("create", "Group", "crew", None, state({"display_name": "crew"})),
    ]
    found = review(preview(*created, member))
    assert [change.label for change in found.plan.changed if change.kind.references] == ["jo → crew"]
    assert found.dangers == ()
    # That an existing user's is not known is one: the program may be about to choose somebody else.
    there = [step("same", "IdentityStoreUser", "jo", user("jo"), user("jo")), created[1]]
    assert list(dangers(*there, member)) == ["unknown-access"]


def test_what_stays_in_aws_is_forgotten_and_not_deleted() -> None:
    found = review(preview(step("delete", "IdentityStoreUser", "jo", user("jo") | {"retainOnDelete": True})))
    assert [danger.rule for danger in found.dangers] == ["forgotten"]
    assert found.headline == "1 resource stays in AWS but is no longer managed"


def test_a_failed_preview_is_a_danger() -> None:
    said = {"severity": "error", "message": "error: boom"}
    assert dangers(diagnostics=[said]) == {"preview-failed": ["The preview ended with errors"]}


def test_braces_in_names_are_only_braces() -> None:
    assert dangers(step("delete", "IdentityStoreUser", "{who.x}", user("{0}"))) == {"deleted": ["{who.x} ({0}), user"]}


ADOPTED = step("create", "QuickSightUser", "jo", None, state({"user_name": "jo", "user_role": "ADMIN", "adopt": True}))


def test_who_may_be_there_already_may_be_an_admin_already() -> None:
    assert dangers(ADOPTED) == {"becomes-admin": ["jo: created or adopted as ADMIN"]}


@pytest.mark.parametrize("program", ["READER", "ADMIN"])
def test_a_role_given_by_hand_is_a_danger_where_it_stays(program: str) -> None:
    was, is_, says = (
        state({"user_name": "jo", "user_role": role}, {"arn": "a"}) for role in ("READER", "ADMIN", program)
    )
    decided = step("same" if program == "ADMIN" else "update", "QuickSightUser", "jo", is_, says)
    found = dangers(step("refresh", "QuickSightUser", "jo", was, was), decided)
    assert found == (
        {"becomes-admin": ["jo: READER → ADMIN, already set in AWS outside Pulumi"]}
        if program == "ADMIN"
        else {"may-be-refused": ["jo, QuickSight user: user_role, ADMIN → READER"]}
    )


def test_a_secret_where_it_decides_access() -> None:
    old, new = (state({"user_name": "jo", "user_role": role, "email": "[secret]"}) for role in ("READER", "[secret]"))
    assert dangers(step("update", "QuickSightUser", "jo", old, new)) == {
        "unknown-access": ["user_role of jo, QuickSight user"]
    }


@pytest.mark.parametrize(
    ("hidden", "label"), [("group_id", "jo → a secret group"), ("member_id", "a secret user → jo")]
)
def test_a_membership_of_somebody_secret(hidden: str, label: str) -> None:
    made = membership("id-of-jo", "id-of-jo")
    made["inputs"][hidden] = "[secret]"
    jo = step("same", "Group", "jo", group("jo"), group("jo"))
    assert dangers(*EXISTING, jo, step("create", "GroupMembership", "m", None, made)) == {
        "unknown-access": [f"{hidden} of m ({label}), membership"]
    }


def test_a_group_of_which_there_is_only_an_id() -> None:
    """Nobody can tell whether it is an admins' one; the program's name for the membership may."""
    found = dangers(
        *EXISTING, step("create", "GroupMembership", "jo-admins", None, membership("id-of-jo", "9067-made-up"))
    )
    assert found == {
        "admin-group-gains": ["jo → 9067-made-up"],
        "unknown-access": ["jo-admins (jo → 9067-made-up): the preview has only the id of the group, not its name"],
    }


def test_a_group_that_is_read_for_the_first_time() -> None:
    seen = step("read", "Group", "everyone", None, {"external": True, "id": f"{STORE}/9067", "inputs": {}})
    joins = step("create", "GroupMembership", "m", None, membership("id-of-jo", "9067"))
    assert dangers(*EXISTING, seen, joins) == {
        "unknown-access": ["jo → everyone: the preview has only the id of the group, not its name"]
    }


def test_what_is_deleted_with_another_resource_stays_in_aws() -> None:
    """The engine only forgets it; with a user, AWS deletes the memberships alone."""
    jo = urn("IdentityStoreUser", "jo")
    reader = state({"user_name": "jo", "user_role": "READER"}, deletedWith=jo)
    in_crew = membership("id-of-jo", "id-of-crew", deletedWith=jo)
    gone = [
        step("delete", "IdentityStoreUser", "jo", user("jo")),
        step("delete", "GroupMembership", "m", in_crew),
        step("delete", "QuickSightUser", "jo", reader),
    ]
    found = review(preview(CREW, *gone))
    assert found.headline.startswith("1 person leaves the directory but keeps QuickSight, 1 is removed from groups")
    assert [danger.rule for danger in found.dangers] == ["deleted", "keeps-access", "forgotten"]


CREW = step("same", "Group", "crew", group("crew"), group("crew"))
MEMBER = membership("id-of-jo", "id-of-crew")
RENAMED = "Nothing changes in AWS, 1 resource gets a new name in state"


def test_a_membership_under_another_name_is_the_same() -> None:
    renamed = [step("create", "GroupMembership", "new", None, MEMBER), step("delete", "GroupMembership", "old", MEMBER)]
    found = review(preview(*EXISTING, CREW, *renamed))
    assert (found.headline, found.dangers) == (RENAMED, ())


def test_a_membership_that_is_there_twice_stays_with_one_of_them() -> None:
    twice = [
        step("same", "GroupMembership", "new", MEMBER, MEMBER),
        step("delete", "GroupMembership", "old", MEMBER),
    ]
    assert dangers(*EXISTING, CREW, *twice) == {
        "same-in-aws": ["jo → crew, membership: new is unchanged, old is deleted"]
    }
    assert review(preview(*EXISTING, CREW, *twice)).headline == "Nothing changes"


def test_a_membership_with_an_alias_is_the_same() -> None:
    was = MEMBER | {"urn": urn("GroupMembership", "old")}
    renamed = [step("refresh", "GroupMembership", "old", was, was), step("same", "GroupMembership", "new", was, MEMBER)]
    found = review(preview(*renamed))
    assert (found.headline, found.dangers) == (RENAMED, ())
    assert not found.changes


def test_memberships_that_move_up_a_list_stay() -> None:
    people = [step("same", "IdentityStoreUser", name, user(name), user(name)) for name in ("ann", "bo", "cy")]
    ann, bo, cy = (membership(f"id-of-{name}", "id-of-crew") for name in ("ann", "bo", "cy"))
    moved = [
        step("replace", "GroupMembership", "0", ann, bo, replaceReasons=["member_id"]),
        step("replace", "GroupMembership", "1", bo, cy, replaceReasons=["member_id"]),
        step("delete", "GroupMembership", "2", cy),
    ]
    assert dangers(*people, CREW, *moved) == {}
    found = review(preview(*people, CREW, *moved))
    assert found.headline == "1 person is removed from groups, 2 are briefly out of groups"


@pytest.mark.parametrize(
    ("adopt", "headline", "rules"),
    [(True, RENAMED, []), (None, "1 person is replaced", ["probably-renamed", "deleted"])],
)
def test_a_person_under_another_name_is_the_same_or_in_the_way(adopt: Any, headline: str, rules: list[str]) -> None:
    made = {"identity_store_id": STORE, "user_name": "jo"} | ({"adopt": adopt} if adopt else {})
    renamed = [
        step("create", "IdentityStoreUser", "jo-doe", None, state(made)),
        step("delete", "IdentityStoreUser", "jo", user("jo")),
    ]
    found = review(preview(*renamed), limits=Thresholds(max_deleted=100))
    assert found.headline == headline
    assert [danger.rule for danger in found.dangers] == rules


def test_what_exists_under_another_name_and_stays() -> None:
    made = state({"identity_store_id": STORE, "user_name": "jo", "adopt": True})
    found = review(preview(*EXISTING, step("create", "IdentityStoreUser", "twin", None, made)))
    assert [danger.write_sentence(str) for danger in found.dangers] == [
        "twin (jo), user: twin is created or adopted, jo is unchanged"
    ]
    assert "join" not in found.headline


def test_who_was_only_read_is_in_the_way_unless_taken_over() -> None:
    seen = user("jo") | {"external": True}
    for adopt, said in (({}, {"same-in-aws": ["jo, user: jo is created, jo is read only"]}), ({"adopt": True}, {})):
        new = state({"identity_store_id": STORE, "user_name": "jo"} | adopt)
        assert dangers(step("replace", "IdentityStoreUser", "jo", seen, new)) == said


def test_who_is_only_read_from_now_on_is_forgotten() -> None:
    found = review(preview(step("read", "IdentityStoreUser", "jo", user("jo"), {"external": True})))
    assert [danger.rule for danger in found.dangers] == ["forgotten"]
    assert found.headline == "1 resource stays in AWS but is no longer managed"


def test_who_is_replaced_and_retained_stays() -> None:
    old = user("jo") | {"retainOnDelete": True}
    found = dangers(step("replace", "IdentityStoreUser", "jo", old, user("j"), replaceReasons=["user_name"]))
    assert found == {"forgotten": ["jo (j), user, forced by user_name: jo → j; replaced (the old one stays in AWS)"]}


def test_protection_that_ends() -> None:
    found = review(preview(step("same", "IdentityStoreUser", "jo", user("jo") | {"protect": True}, user("jo"))))
    assert [danger.write_sentence(str) for danger in found.dangers] == ["jo, user, loses its protection"]
    assert found.headline == "Nothing changes"


def test_who_leaves_the_directory_but_not_everything() -> None:
    reader = state({"user_name": "jo", "user_role": "READER"}, {"arn": "a"})
    leaving = step("delete", "IdentityStoreUser", "jo", user("jo"))
    found = review(preview(leaving, step("same", "QuickSightUser", "jo", reader, reader)))
    assert [danger.write_sentence(str) for danger in found.dangers] == ["jo, user", "jo keeps QuickSight"]
    assert found.headline == "1 person leaves the directory but keeps QuickSight"


@pytest.mark.parametrize("adopt", [True, "externally-managed"])
def test_taking_over_from_an_identity_provider(adopt: Any) -> None:
    made = state({"identity_store_id": STORE, "user_name": "jo", "adopt": adopt})
    joins = step("create", "GroupMembership", "m", None, membership("id-of-jo", "id-of-crew"))
    joins["newState"]["inputs"]["member_id"] = UNKNOWN
    joins["newState"]["propertyDependencies"] = {"member_id": [urn("IdentityStoreUser", "jo")]}
    found = dangers(CREW, step("create", "IdentityStoreUser", "jo", None, made), joins)
    said = [
        "jo, user, is created or adopted, even if an identity provider manages it",
        "jo → crew, membership, is created or adopted, even if an identity provider manages it",
    ]
    assert found == ({} if adopt is True else {"externally-managed": said})
