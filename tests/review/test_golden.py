"""Previews that the real engine made render to what is committed; `make_previews.py` makes both."""

from __future__ import annotations

import re

import pytest
from review.make_previews import GOLDEN, ISSUER, PREVIEWS, SUFFIXES

from pulumi_identity.review import RENDERERS, RULES, Action, review

NAMES = [path.stem for path in sorted(PREVIEWS.glob("*.json"))]


def rendered(name: str, as_: str) -> str:
    return RENDERERS[as_](review((PREVIEWS / f"{name}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("as_", RENDERERS)
@pytest.mark.parametrize("name", NAMES)
def test_it_renders_to_what_is_committed(name: str, as_: str) -> None:
    assert rendered(name, as_) == (GOLDEN / f"{name}.{SUFFIXES[as_]}").read_text(encoding="utf-8")


def test_every_preview_has_its_golden_files_and_no_others() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{n}.{suffix}" for n in NAMES for suffix in SUFFIXES.values()}


@pytest.mark.parametrize("as_", RENDERERS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_internal_and_no_secret_shows(name: str, as_: str) -> None:
    shown = rendered(name, as_)
    for hidden in ("__provider", "__resolved", "gASV", "pulumi:providers", "made-up secret", "invitation"):
        assert hidden not in shown, hidden
    assert "04da6b54" not in shown


@pytest.mark.parametrize("name", NAMES)
def test_no_id_shows_where_a_name_is_known(name: str) -> None:
    uuid = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
    for as_ in RENDERERS:
        assert not uuid.search(rendered(name, as_))


def test_the_committed_previews_are_of_no_machine() -> None:
    for path in PREVIEWS.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"sourcePosition|\"created\"|/(home|root|tmp)/|127\.0\.0\.1", text), path.name


@pytest.mark.parametrize("name", ["changed", "renamed"])
def test_the_same_is_found_in_the_form_of_events(name: str) -> None:
    """Events lack only which resource an unknown id comes from."""
    whole, events = (review((PREVIEWS / f"{each}.json").read_text()) for each in (name, f"{name}-events"))
    assert [(each.urn, each.action, each.drift, each.gone) for each in events.plan.resources] == [
        (each.urn, each.action, each.drift, each.gone) for each in sorted(whole.plan.resources, key=_like(events))
    ]
    assert {each.rule for each in events.dangers} == {each.rule for each in whole.dangers}


def _like(other: object) -> object:
    order = [each.urn for each in other.plan.resources]  # type: ignore[attr-defined]
    return lambda each: order.index(each.urn)


def test_drift_is_told_with_what_state_aws_and_the_program_say() -> None:
    found = review((PREVIEWS / "changed.json").read_text())
    drift = {each.name: each for each in found.plan.resources if each.drift or each.gone}
    assert set(drift) == {"readers", "cleo"}
    (one,) = drift["readers"].drift
    assert (one.path, one.state, one.aws, one.program) == ("description", "May look", "May look and touch", "May look")
    assert drift["cleo"].gone
    assert drift["cleo"].kind == "AppStreamUser"


def test_every_rule_has_found_something() -> None:
    found = {danger.rule for name in NAMES for danger in review((PREVIEWS / f"{name}.json").read_text()).dangers}
    assert found == {rule.name for rule in RULES} - {"keeps-access"}
    assert ISSUER in rendered("changed", "markdown")


def test_nobody_is_lost_or_gone_by_an_alias() -> None:
    for name in ("renamed", "renamed-events"):
        found = review((PREVIEWS / f"{name}.json").read_text())
        (kay,) = (each for each in found.plan.resources if each.name == "kay")
        assert (kay.action, kay.before and kay.before["user_name"]) == (Action.SAME, "kai@example.com")
        assert not any(each.gone or each.drift for each in found.plan.resources)
        assert found.plan.stale == 0


def test_only_the_preview_of_a_part_is_one() -> None:
    stale = {name for name in NAMES if review((PREVIEWS / f"{name}.json").read_text()).plan.stale}
    assert stale == {"part"}
