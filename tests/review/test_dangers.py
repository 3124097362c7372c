"""Changes and people → dangers: what each rule finds, and what only looks like it."""

from __future__ import annotations

from typing import Any

import pytest
from review.build import change, end, member, plan

from pulumi_identity.review import RULES, Action, Change, Danger, Difference, Drift, End, Mark, Thresholds, dangers
from pulumi_identity.review.changes import Pair
from pulumi_identity.review.dangers import find_dangers
from pulumi_identity.review.people import build_matrix

A = Action
ADMINS, CREW = change("Group", "admins"), change("Group", "crew")


def find(*changes: Change, limits: Thresholds | None = None, **fields: Any) -> list[tuple[str, str]]:
    made = plan(*changes, **fields)
    found = find_dangers(made, build_matrix(made), limits or Thresholds(max_deleted=100))
    return [(danger.rule, danger.write_sentence(str)) for danger in found]


def jo(action: Action, **others: Any) -> Change:
    return change("IdentityStoreUser", "jo", action, **others)


def quicksight(action: Action, before: Any, after: Any, **others: Any) -> Change:
    states = [None if role is None else {"user_name": "jo", "user_role": role} for role in (before, after)]
    return change("QuickSightUser", "jo", action, **{"before": states[0], "after": states[1]} | others)


def drifted(recorded: str, live: str, program: str) -> Change:
    drift = (Drift("user_role", recorded, live, program),)
    return quicksight(A.SAME if live == program else A.UPDATE, live, program, drift=drift)


def named(before: str, after: str) -> Change:
    return change("Group", "g", A.UPDATE, before={"display_name": before}, after={"display_name": after})


def updated(path: str, before: Any, after: Any, action: Action = A.UPDATE) -> Change:
    return jo(action, differences=(Difference(path, before, after),))


def into(group: End, name: str = "m") -> Change:
    ends = {"member_id": Pair(None, end("IdentityStoreUser", "jo")), "group_id": Pair(None, group)}
    return member(name, A.CREATE, references=ends)


ROWS = [
    ([quicksight(A.UPDATE, "READER", "ADMIN")], ("becomes-admin", "jo: READER → ADMIN")),
    ([quicksight(A.UPDATE, "ADMIN", "ADMIN_PRO")], ("becomes-admin", "jo: ADMIN → ADMIN_PRO")),
    ([quicksight(A.UPDATE, "ADMIN_PRO", "ADMIN")], None),
    (
        [quicksight(A.UPDATE, "ADMIN", "READER_PRO")],
        ("may-be-refused", "jo, QuickSight user: user_role, ADMIN → READER_PRO"),
    ),
    ([quicksight(A.SAME, "ADMIN", "ADMIN")], None),
    ([quicksight(A.CREATE, None, "ADMIN")], ("becomes-admin", "jo: created as ADMIN")),
    ([quicksight(A.ADOPT, None, "ADMIN")], ("becomes-admin", "jo: created or adopted as ADMIN")),
    ([drifted("READER", "ADMIN", "ADMIN")], ("becomes-admin", "jo: READER → ADMIN, already set in AWS outside Pulumi")),
    ([drifted("READER", "ADMIN", "READER")], ("may-be-refused", "jo, QuickSight user: user_role, ADMIN → READER")),
    ([ADMINS, member("m", A.CREATE, group="admins")], ("admin-group-gains", "jo → admins")),
    ([ADMINS, member("m", A.ADOPT, group="admins")], ("admin-group-gains", "jo → admins (may already be a member)")),
    ([ADMINS, member("m", A.REPLACE, group="admins")], None),
    ([ADMINS, member("m", A.DELETE, group="admins")], None),
    ([CREW, member("m", A.CREATE)], None),
    ([into(end("Group", "x"), "jo-admins")], ("admin-group-gains", "jo → x")),
    ([named("crew", "Admins")], ("admin-group-gains", "all members of crew, which is renamed to Admins")),
    ([named("Admins", "crew")], None),
    ([jo(A.UPDATE, unknown=("emails[0].value",))], ("unknown-access", "emails[0].value of jo, user")),
    ([jo(A.UPDATE, unknown=("title",))], None),
    ([jo(A.SAME, unknown=("user_name",))], None),
    ([updated("user_name", "jo", Mark.SECRET)], ("unknown-access", "user_name of jo, user")),
    ([updated("title", "x", Mark.SECRET)], None),
    (
        [into(End("9067", "9067", certain=True))],
        ("unknown-access", "m: the preview has only the id of the group, not its name"),
    ),
    ([updated("emails[0].value", "a@x", "b@x")], ("another-login", "jo, user: emails[0].value, a@x → b@x")),
    ([updated("emails[0].value", "a@x", Mark.ABSENT)], None),
    ([updated("emails[0].value", Mark.ABSENT, "b@x", A.CREATE)], None),
    ([updated("emails[1].value", "a@x", "b@x")], None),
    ([member("m", twin=member("n", A.DELETE))], ("same-in-aws", "m, membership: m is unchanged, n is deleted")),
    ([jo(A.CREATE, twin=jo(A.SAME))], ("same-in-aws", "jo, user: jo is created, jo is read only")),
    ([jo(A.ADOPT, after={"adopt": True}, twin=jo(A.DELETE))], None),
    ([jo(A.SAME, managed=False, twin=jo(A.UPDATE))], None),
    ([jo(A.DELETE)], ("deleted", "jo, user")),
    ([change("Group", "crew", A.DELETE)], ("deleted", "crew, group")),
    ([member("m", A.DELETE)], None),
    ([jo(A.REPLACE, forced_by=("x", "y"))], ("replaced", "jo, user, forced by x, y")),
    (
        [jo(A.REPLACE, forced_by=("x",), differences=(Difference("x", 1, 2),))],
        ("replaced", "jo, user, forced by x: 1 → 2"),
    ),
    ([jo(A.REPLACE, after={"adopt": True})], ("replaced", "jo, user; the new one is created or adopted")),
    ([member("m", A.REPLACE)], None),
    ([jo(A.FORGET)], ("forgotten", "jo, user")),
    ([jo(A.SUPERSEDE)], ("forgotten", "jo, user; replaced (the old one stays in AWS)")),
    ([member("m", A.FORGET)], ("forgotten", "m, membership")),
    ([jo(A.UPDATE, protected=True)], ("protected", "jo, user, is updated")),
    ([jo(A.SAME, protected=True)], None),
    ([jo(A.SAME, unprotected=True)], ("protected", "jo, user, loses its protection")),
    ([jo(A.UPDATE, managed_by="idp")], ("externally-managed", "jo, user, is updated; managed by idp")),
    ([jo(A.SAME, managed_by="idp")], None),
    (
        [jo(A.SAME, managed_by="idp"), CREW, member("m", A.CREATE)],
        ("externally-managed", "m, membership, is created; managed by idp"),
    ),
    (
        [jo(A.UPDATE, overrides=True)],
        ("externally-managed", "jo, user, is updated, even if an identity provider manages it"),
    ),
]


@pytest.mark.parametrize(("changes", "danger"), ROWS)
def test_what_a_rule_finds(changes: list[Change], danger: tuple[str, str] | None) -> None:
    assert find(*changes) == ([danger] if danger else [])


@pytest.mark.parametrize(
    ("deleted", "kept", "hidden", "limit", "danger"),
    [
        (3, 7, 0, 30, None),
        (4, 6, 0, 30, "4 of 10 users, 40 %"),
        (4, 6, 0, 40, None),
        (1, 0, 0, 30, None),
        (4, 0, 6, 30, "4 of 10 users, at least 40 %"),
        (4, 0, 60, 30, None),
    ],
)
def test_mass_deletion(deleted: int, kept: int, hidden: int, limit: int, danger: str | None) -> None:
    actions = [A.DELETE] * deleted + [A.SAME] * kept
    users = [change("IdentityStoreUser", f"u{number}", action) for number, action in enumerate(actions)]
    found = find(*users, limits=Thresholds(max_deleted=limit), hidden=hidden)
    assert [text for rule, text in found if rule == "many-deleted"] == ([danger] if danger else [])


def test_kept_access() -> None:
    account = quicksight(A.SAME, "READER", "READER", person=jo(A.DELETE).urn)
    assert find(jo(A.DELETE), account) == [("deleted", "jo, user"), ("keeps-access", "jo keeps QuickSight")]


def test_a_failed_preview() -> None:
    assert find(failed=True) == [("preview-failed", "The preview ended with errors")]


def test_every_rule_has_a_row_or_a_test() -> None:
    tested = {danger[0] for _, danger in ROWS if danger} | {"many-deleted", "keeps-access", "preview-failed"}
    assert tested >= {rule.name for rule in RULES if rule.find.__module__ == dangers.__name__}


@pytest.mark.parametrize(
    ("text", "values", "parts", "sentence"),
    [
        ("nothing", {}, [("nothing", None)], "nothing"),
        ("{who}, user", {"who": "{jo}"}, [("", "{jo}"), (", user", None)], "<{jo}>, user"),
        ("{a} → {b}", {"a": "1", "b": "2"}, [("", "1"), (" → ", "2")], "<1> → <2>"),
    ],
)
def test_a_sentence(text: str, values: dict[str, str], parts: list[Any], sentence: str) -> None:
    danger = Danger(rule="r", title="t", why="w.", urn="", text=text, values=values)
    assert danger.parts == parts
    assert danger.write_sentence("<{}>".format) == sentence
