"""Previews of the real engine render to the committed goldens, and to the lines in `lines.yaml`.

`make_previews.py` writes the previews and the goldens. Three previews have whole goldens. For each other preview,
`lines.yaml` has the lines that it is about.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from review.make_previews import CONSTANT, GOLDEN, GOLDENS, ISSUER, PREVIEWS, preview_of, rendered

from pulumi_identity.review import RENDERERS, RULES, Action, review

NAMES = [path.stem for path in sorted(PREVIEWS.glob("*.json"))]


@pytest.mark.parametrize("file", GOLDENS)
def test_it_renders_to_the_golden(file: str) -> None:
    assert rendered(file.partition(".")[0], GOLDENS[file]) == (GOLDEN / file).read_text(encoding="utf-8")


def test_the_goldens_are_these_and_no_others() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(GOLDENS)


# Single lines

LINES: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "lines.yaml").read_text(encoding="utf-8"))
TABLE = [(name, format_, text) for name, formats in LINES.items() for format_, text in formats.items()]


def lines(name: str, format_: str) -> list[str]:
    """Return the lines of a rendered preview; those of an HTML page as a reader sees them, a table's row in one."""
    text = rendered(name, format_)
    if format_ == "html":
        text = re.sub(r'<span class="unseen">.*?</span>', "", text.partition("<main>")[2])
        text = re.sub(r"</t[hd]>", " | ", text).replace("</dt>", ": ")
        text = re.sub(r"</(h\d|p|li|tr|pre|caption|div|dl)>", "\n", text)
        text = unescape(re.sub(r"<[^>]+>", "", text))
    return [" ".join(line.split()) for line in text.splitlines()]


@pytest.mark.parametrize(("name", "format_", "wanted"), TABLE, ids=["-".join(row[:2]) for row in TABLE])
def test_it_renders_to_these_lines(name: str, format_: str, wanted: str) -> None:
    shown = lines(name, format_)
    assert [line for line in wanted.splitlines() if line not in shown] == []


def test_every_preview_has_a_golden_or_lines_in_every_format() -> None:
    tested = {row[:2] for row in TABLE} | {(file.partition(".")[0], format_) for file, format_ in GOLDENS.items()}
    compared = {("renamed-events", format_) for format_ in RENDERERS}  # with `renamed`, below
    assert tested | compared == {(name, format_) for name in NAMES for format_ in RENDERERS}


@pytest.mark.parametrize("format_", ["markdown", "text", "html"])
@pytest.mark.parametrize("name", NAMES)
def test_every_format_shows_what_json_has(name: str, format_: str) -> None:
    document = json.loads(rendered(name, "json"))
    shown = _unquoted("\n".join(lines(name, format_)))
    assert [text for text in _texts(document) if _unquoted(text) not in shown] == []


def _texts(document: dict[str, Any]) -> list[str]:
    """Return what every format shows: the headline, the notes, each danger, and each change with its properties."""
    dangers = [text for danger in document["dangers"] for text in (danger["title"], danger["why"], danger["text"])]
    properties = [
        (change["label"], *(item["path"] for item in change["properties"]), *change["forced_by"])
        for change in document["changes"]
    ]
    others = [other["name"] for other in document["others"]]
    return [document["headline"], *dangers, *sum(properties, ()), *others, *document["notes"]]


def _unquoted(text: str) -> str:
    return re.sub(r"[`\\]", "", text)


# What must never show


@pytest.mark.parametrize("format_", RENDERERS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_internal_and_no_secret_shows(name: str, format_: str) -> None:
    shown = rendered(name, format_)
    internal = ("__provider", "__resolved", "gASV", "pulumi:providers", "made-up secret", "invitation", "04da6b54")
    assert [text for text in internal if text in shown] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_id_shows_where_a_name_is_known(name: str) -> None:
    uuid = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
    for format_ in RENDERERS:
        assert not uuid.search(rendered(name, format_))


@pytest.mark.parametrize("name", NAMES)
def test_a_committed_preview_is_of_no_machine_and_no_moment(name: str) -> None:
    text = preview_of(name)
    volatile = r'sourcePosition|"created"|"modified"|"timestamp"|"duration|/(home|root|tmp)/|127\.0\.0\.1'
    assert not re.search(volatile, text)
    assert set(re.findall(r'"__provider": "(.*?)"', text)) == {CONSTANT["__provider"]}


# What single previews are about


@pytest.mark.parametrize("format_", RENDERERS)
def test_the_form_of_events_renders_to_the_same(format_: str) -> None:
    assert rendered("renamed-events", format_) == rendered("renamed", format_)


@pytest.mark.parametrize(("name", "more"), [("changed", set()), ("renamed", set()), ("sets", {"unknown-access"})])
def test_the_same_is_found_in_the_form_of_events(name: str, more: set[str]) -> None:
    """Events lack only which resource an unknown id comes from."""
    whole, events = review(preview_of(name)), review(preview_of(f"{name}-events"))
    facts = [
        {resource.urn: (resource.action, resource.drift, resource.gone) for resource in found.plan.resources}
        for found in (whole, events)
    ]
    assert facts[0] == facts[1]
    assert {danger.rule for danger in events.dangers} == {danger.rule for danger in whole.dangers} | more


def test_drift_has_the_values_of_state_aws_and_the_program() -> None:
    found = review(preview_of("changed"))
    drift = {resource.name: resource for resource in found.plan.resources if resource.drift or resource.gone}
    assert set(drift) == {"readers", "cleo"}
    (one,) = drift["readers"].drift
    assert (one.path, one.recorded, one.before, one.after) == (
        "description",
        "May look",
        "May look and touch",
        "May look",
    )
    assert drift["cleo"].gone
    assert drift["cleo"].kind.name == "AppStreamUser"


HAND_WRITTEN = {
    "keeps-access", "same-value", "probably-renamed", "takes-over", "swapped", "not-free-yet", "may-be-refused",
}  # fmt: skip
"""The rules whose tests use previews written by hand."""


def test_every_rule_has_found_something() -> None:
    found = {danger.rule for name in NAMES for danger in review(preview_of(name)).dangers}
    assert found | HAND_WRITTEN == {rule.name for rule in RULES}
    assert ISSUER in rendered("changed", "markdown")


@pytest.mark.parametrize("name", ["renamed", "renamed-events"])
def test_an_alias_loses_no_resource(name: str) -> None:
    found = review(preview_of(name))
    (kay,) = (resource for resource in found.plan.resources if resource.name == "kay")
    assert (kay.action, kay.before and kay.before["user_name"]) == (Action.SAME, "kai@example.com")
    assert not any(resource.gone or resource.drift for resource in found.plan.resources)
    assert found.plan.stale == 0


def test_only_the_preview_of_a_part_is_one() -> None:
    assert {name for name in NAMES if review(preview_of(name)).plan.stale} == {"part"}
