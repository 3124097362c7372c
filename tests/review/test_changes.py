"""Outcomes and names → changes, for readers."""

from __future__ import annotations

from typing import Any

import pytest
from review.build import outcomes
from review.steps import UNKNOWN, group, membership, preview, state, step, user

from pulumi_identity.review import Action, Change, Mark
from pulumi_identity.review.changes import describe_changes, describe_others
from pulumi_identity.review.identities import group_accounts
from pulumi_identity.review.names import name_resources
from pulumi_identity.review.outcomes import combine_steps
from pulumi_identity.review.places import find_places
from pulumi_identity.review.preview import read_preview


def describe(*steps: dict[str, Any]) -> list[Change]:
    ours = outcomes(*steps)
    places = find_places(ours)
    persons = group_accounts(ours, places)
    return describe_changes(ours, name_resources(ours, places, persons), places, persons)


def jo(op: str, before: Any = None, after: Any = None, **others: Any) -> dict[str, Any]:
    return step(op, "IdentityStoreUser", "jo", before, after, **others)


TITLED = user("jo", title="Dr")
SECRET = user("jo", title="[secret]")
DETAILED = {"detailedDiff": {"title": {"kind": "update"}, "__provider": {"kind": "update"}}}


@pytest.mark.parametrize(
    ("one", "differences"),
    [
        (jo("same", user("jo"), TITLED), []),
        # A heading says where all resources are.
        (jo("create", None, TITLED), [("title", Mark.ABSENT, "Dr"), ("user_name", Mark.ABSENT, "jo")]),
        (jo("update", user("jo"), TITLED), [("title", Mark.ABSENT, "Dr")]),
        (jo("delete", TITLED), [("user_name", "jo", Mark.ABSENT)]),
        (jo("delete", TITLED | {"retainOnDelete": True}), []),
        (jo("update", SECRET, SECRET, **DETAILED), [("title", Mark.SECRET, Mark.SECRET)]),
        (jo("update", SECRET, TITLED, **DETAILED), [("title", Mark.SECRET, "Dr")]),
        (jo("update", user("jo", adopt=True), user("jo")), []),
        (jo("update", user("jo"), user("jo", adopt=True)), []),
        (jo("update", user("jo"), user("jo", adopt="externally-managed")),
         [("adopt", Mark.ABSENT, "externally-managed")]),
        (jo("replace", user("jo"), user("jo", adopt=True)), [("adopt", Mark.ABSENT, True)]),
        (step("create", "AppStreamUser", "a", None, state({"user_name": "a", "authentication_type": "USERPOOL"})),
         [("user_name", Mark.ABSENT, "a")]),
        (step("delete", "GroupMembership", "m", membership("a", "b")), []),
    ],
)  # fmt: skip
def test_the_differences(one: dict[str, Any], differences: list[tuple[str, Any, Any]]) -> None:
    (change,) = describe(one)
    assert [(entry.path, entry.before, entry.after) for entry in change.differences] == differences


@pytest.mark.parametrize(
    ("state_", "program", "drift"),
    [
        (user("jo"), user("jo"), [("title", Mark.ABSENT, "Dr", Mark.ABSENT)]),
        (user("jo"), TITLED, [("title", Mark.ABSENT, "Dr", "Dr")]),
        (TITLED, TITLED, []),
        (user("jo", title="Dr", adopt=True), TITLED, []),
    ],
)
def test_the_drift(state_: Any, program: Any, drift: list[tuple[str, Any, Any, Any]]) -> None:
    (change,) = describe(jo("refresh", state_, TITLED), jo("update", TITLED, program))
    assert [(drifted.path, drifted.recorded, drifted.before, drifted.after) for drifted in change.drift] == drift


CREW = step("same", "Group", "crew", group("crew"), group("crew"))
JO = jo("same", user("jo"), user("jo"))


@pytest.mark.parametrize(
    ("steps", "before", "after", "label"),
    [
        ([JO, CREW], None, membership("id-of-jo", "id-of-crew"), "jo → crew"),
        ([JO, CREW], membership("id-of-jo", "id-of-crew"), None, "jo → crew"),
        ([JO], None, membership("id-of-jo", "9067"), "m (jo → 9067)"),
        ([CREW], None, membership(UNKNOWN, "id-of-crew"), "m (an unknown user → crew)"),
        ([], None, state({"group_id": "g"}), "m"),
    ],
)
def test_the_label_of_a_membership(steps: list[dict[str, Any]], before: Any, after: Any, label: str) -> None:
    change = describe(*steps, step("update", "GroupMembership", "m", before, after))[-1]
    assert change.label == label


@pytest.mark.parametrize(
    ("one", "attribute", "value"),
    [
        (jo("update", user("jo"), user("jo", title=UNKNOWN)), "unknown", ("title",)),
        (jo("replace", user("jo"), user("j"), replaceReasons=["user_name"]), "forced_by", ("user_name",)),
        (jo("update", user("jo"), user("j"), replaceReasons=["user_name"]), "forced_by", ()),
        (jo("same", user("jo") | {"protect": True}, user("jo") | {"protect": True}), "protected", True),
        (jo("same", user("jo") | {"protect": True}, user("jo") | {"protect": True}), "unprotected", False),
        (jo("same", user("jo") | {"protect": True}, user("jo")), "unprotected", True),
        (jo("same", user("jo", external_ids=[{"issuer": "idp"}]), user("jo")), "managed_by", "idp"),
        (jo("same", user("jo", external_ids=[1]), user("jo")), "managed_by", None),
        (jo("create", None, user("jo", adopt="externally-managed")), "overrides", True),
        (jo("create", None, user("jo", adopt=True)), "overrides", False),
        (jo("create", None, user("jo", adopt=True)), "may_exist", True),
        (jo("create", None, user("jo")), "may_exist", False),
        (jo("read", None, user("jo") | {"external": True}), "managed", False),
        (jo("create", None, user("jo")), "uses_existing", False),
        (jo("create", None, user("jo", adopt=True)), "uses_existing", True),
        (step("create", "GroupMembership", "m", None, membership("a", "b")), "uses_existing", True),
    ],
)
def test_what_a_change_says(one: dict[str, Any], attribute: str, value: object) -> None:
    (change,) = describe(one)
    assert getattr(change, attribute) == value


@pytest.mark.parametrize(
    ("op", "custom", "described"),
    [("create", True, [Action.CREATE]), ("same", True, []), ("create", False, []), ("delete", True, [Action.DELETE])],
)
def test_changes_of_other_providers(op: str, custom: bool, described: list[Action]) -> None:
    made = state({"x": 1}, custom=custom)
    one = step(op, "aws:s3/bucket:Bucket", "b", made, None if op == "delete" else made)
    one = {key: value for key, value in one.items() if key != "oldState" or op != "create"}
    found = describe_others(combine_steps(read_preview(preview(one, JO))))
    assert [(other.type, other.action) for other in found] == [("aws:s3/bucket:Bucket", action) for action in described]
