"""Steps → one outcome per resource."""

from __future__ import annotations

from typing import Any

import pytest
from review.build import outcomes
from review.steps import UNKNOWN, group, preview, state, step, urn, user

from pulumi_identity.review import Action, Mark, NotAPreviewError
from pulumi_identity.review.outcomes import combine_steps, select_ours
from pulumi_identity.review.preview import read_preview

JO, READ = user("jo"), user("jo") | {"external": True}
ADOPTING = user("jo", adopt=True)
RETAINED = JO | {"retainOnDelete": True}
DELETED = JO | {"pendingReplacement": True}


def jo(op: str, old: Any = None, new: Any = None, **others: Any) -> dict[str, Any]:
    return step(op, "IdentityStoreUser", "jo", old, new, **others)


@pytest.mark.parametrize(
    ("steps", "action"),
    [
        ([jo("create", None, JO)], Action.CREATE),
        ([jo("create", None, ADOPTING)], Action.ADOPT),
        ([jo("update", JO, JO)], Action.UPDATE),
        ([jo("delete", JO)], Action.DELETE),
        ([jo("delete", RETAINED)], Action.FORGET),
        ([jo("replace", JO, JO)], Action.REPLACE),
        ([jo("replace", RETAINED, JO)], Action.SUPERSEDE),
        ([jo("replace", READ, JO)], Action.CREATE),
        ([jo("replace", None, JO)], Action.CREATE),
        ([jo("replace", READ, ADOPTING)], Action.ADOPT),
        ([jo("replace", JO, READ)], Action.DELETE),
        ([jo("delete-replaced", JO), jo("replace", JO, JO), jo("create-replacement", JO, JO)], Action.REPLACE),
        ([jo("import", None, JO)], Action.IMPORT),
        ([jo("read", None, READ)], Action.SAME),
        ([jo("read", JO, READ)], Action.FORGET),
        ([jo("discard", READ)], Action.SAME),
        ([jo("refresh", JO, JO), jo("same", JO, JO)], Action.SAME),
        ([jo("refresh", DELETED, DELETED), jo("replace", DELETED, JO)], Action.CREATE),
        ([jo("read-replacement", JO, READ), jo("replace", JO, {})], Action.DELETE),
    ],
)
def test_the_action(steps: list[dict[str, Any]], action: Action) -> None:
    (found,) = outcomes(*steps)
    assert found.action is action


@pytest.mark.parametrize(
    ("steps", "before", "after"),
    [
        ([jo("create", None, JO)], False, True),
        ([jo("delete", JO)], True, False),
        ([jo("delete", RETAINED)], True, True),
        ([jo("import", None, JO)], True, True),
        ([jo("discard", READ)], True, True),
        ([jo("refresh", DELETED, DELETED), jo("replace", DELETED, JO)], False, True),
    ],
)
def test_what_exists_before_and_after(steps: list[dict[str, Any]], before: bool, after: bool) -> None:
    (found,) = outcomes(*steps)
    assert (found.before is not None, found.after is not None) == (before, after)


@pytest.mark.parametrize(
    ("op", "after"), [("update", {"title": Mark.UNKNOWN, "user_id": "id-of-jo"}), ("replace", {"title": Mark.UNKNOWN})]
)
def test_what_aws_computed_stays_through_an_update_only(op: str, after: dict[str, Any]) -> None:
    (found,) = outcomes(jo(op, JO, state({"title": UNKNOWN})))
    assert found.after == after


@pytest.mark.parametrize(
    ("steps", "attributes"),
    [
        ([jo("same", JO, JO)], {"stale"}),
        ([jo("create", None, JO)], set()),
        ([jo("refresh", JO, JO), jo("same", JO, JO)], set()),
        ([jo("refresh", JO), jo("create", None, JO)], {"gone"}),
        ([jo("refresh", DELETED), jo("create", None, JO)], set()),
    ],
)
def test_what_a_refresh_says(steps: list[dict[str, Any]], attributes: set[str]) -> None:
    (found,) = outcomes(*steps)
    assert {name for name in ("stale", "gone") if getattr(found, name)} == attributes


@pytest.mark.parametrize(("owner", "action"), [("delete", Action.FORGET), ("same", Action.DELETE)])
def test_a_resource_is_forgotten_if_what_it_is_deleted_with_is_deleted(owner: str, action: Action) -> None:
    crew = group("crew") | {"deletedWith": urn("IdentityStoreUser", "jo")}
    found = outcomes(jo(owner, JO, None if owner == "delete" else JO), step("delete", "Group", "crew", crew))
    assert [outcome.action for outcome in found if outcome.name == "crew"] == [action]


def test_steps_under_an_alias_are_of_one_resource() -> None:
    old = JO | {"urn": urn("IdentityStoreUser", "old")}
    refresh = step("refresh", "IdentityStoreUser", "old", old, old)
    (found,) = outcomes(refresh, jo("same", old, JO))
    assert (found.name, found.refreshed) == ("jo", True)


def test_ours_are_in_the_order_of_kinds_and_others_are_no_kind() -> None:
    steps = [step("create", kind, "x", None, JO) for kind in ("aws:s3/bucket:Bucket", "AppStreamUser", "Group")]
    found = combine_steps(read_preview(preview(*steps)))
    assert [outcome.kind and outcome.kind.name for outcome in found] == [None, "AppStreamUser", "Group"]
    assert [outcome.kind and outcome.kind.name for outcome in select_ours(found)] == ["Group", "AppStreamUser"]


def test_an_operation_that_is_not_known_is_refused() -> None:
    with pytest.raises(NotAPreviewError, match="'hide'"):
        outcomes(jo("hide", JO, JO))


@pytest.mark.parametrize(
    ("kind", "needs", "others", "action", "exists"),
    [
        ("Group", True, {}, Action.DELETE, True),
        ("Group", True, {"changeSummary": {"same": 5}}, Action.SAME, True),
        ("GroupMembership", True, {"changeSummary": {"same": 5}}, Action.DELETE, True),
        ("Group", False, {}, Action.SAME, False),
        ("Group", False, {"changeSummary": {"same": 5}}, Action.SAME, True),
        ("Group", True, {"diagnostics": [{"severity": "error", "message": "boom"}]}, Action.SAME, True),
    ],
)
def test_a_resource_with_a_refresh_only(
    kind: str, needs: bool, others: dict[str, Any], action: Action, exists: bool
) -> None:
    owner = JO | {"urn": urn("IdentityStoreUser", "jo")}
    depends = {"propertyDependencies": {"x": [owner["urn"]]}} if needs else {}
    made = state({"x": 1}, {"y": 1}, **depends)
    found = outcomes(jo("replace", owner, JO), step("refresh", kind, "r", made, made), **others)
    assert [(entry.action, entry.before is not None) for entry in found if entry.name == "r"] == [(action, exists)]
