"""JSON → steps, in both forms."""

from __future__ import annotations

import json
from typing import Any

import pytest
from review.steps import preview, state, step, urn

from pulumi_identity.review.preview import Preview, Step, read_preview

STACK_URN = "urn:pulumi:prod::people::pulumi:pulumi:Stack::people-prod"
JO = state({"user_name": "jo"})


def events(*documents: dict[str, Any], result: str = "succeeded", **summary: Any) -> str:
    end = {"summaryEvent": {"result": result, "resourceChanges": {}, "isPreview": True} | summary}
    return "\n".join(json.dumps({"sequence": number} | event) for number, event in enumerate([*documents, end]))


def read_step(**fields: Any) -> Step:
    (found,) = read_preview(preview({"op": "same", "urn": urn("Group", "crew")} | fields)).steps
    return found


@pytest.mark.parametrize("form", ["object", "events"])
def test_both_forms_have_the_same_steps(form: str) -> None:
    if form == "object":
        text = preview(step("replace", "Group", "crew", JO, JO, replaceReasons=["x"]), changeSummary={"same": 2})
    else:
        metadata = {"op": "replace", "urn": urn("Group", "crew"), "old": JO, "new": JO, "keys": ["x"]}
        text = events({"resourcePreEvent": {"metadata": metadata}}, resourceChanges={"same": 2})
    found = read_preview(text)
    (one,) = found.steps
    assert (one.op, one.name, one.type) == ("replace", "crew", "pulumi-python:dynamic/identity:Group")
    assert one.before == one.after
    assert one.before
    assert (one.before.inputs, one.forces) == ({"user_name": "jo"}, ("x",))
    assert (found.failed, found.hidden) == (False, 2)


@pytest.mark.parametrize(
    ("fields", "attribute", "value"),
    [
        ({"urn": "urn:pulumi:a::b::acme:Team$acme:Crew$aws:T::c::d"}, "components", "acme:Team$acme:Crew"),
        ({"urn": "urn:pulumi:a::b::acme:Team$aws:T::c::d"}, "type", "aws:T"),
        ({"urn": "urn:pulumi:a::b::aws:T::c::d"}, "name", "c::d"),
        ({"urn": STACK_URN}, "internal", True),
        ({"urn": "urn:pulumi:a::b::pulumi:providers:aws::c"}, "internal", True),
        ({}, "internal", False),
        ({"oldState": {"custom": True}}, "skipped", True),
        ({"oldState": {"custom": True, "id": "x"}}, "skipped", False),
        ({"oldState": {"custom": True}, "op": "create"}, "skipped", False),
        ({"oldState": {"custom": False}}, "skipped", False),
    ],
)
def test_what_a_step_says(fields: dict[str, Any], attribute: str, value: object) -> None:
    assert getattr(read_step(**fields), attribute) == value


@pytest.mark.parametrize(
    ("document", "attribute", "value"),
    [
        ({"steps": [{"op": "same", "urn": STACK_URN}]}, "stack", "people/prod"),
        ({"steps": []}, "stack", ""),
        ({"steps": None, "changeSummary": {"same": 3}}, "hidden", 3),
        ({"steps": [{"op": "same", "urn": urn("Group", "crew")}], "changeSummary": {"same": 3}}, "hidden", 2),
        ({"steps": [{"op": "same", "urn": STACK_URN}], "changeSummary": {"same": 1}}, "hidden", 0),
        ({"steps": [{"op": "same", "urn": STACK_URN, "oldState": {"custom": True}}]}, "skipped", 1),
        ({"diagnostics": [{"severity": "error", "message": "boom"}]}, "failed", True),
        ({"diagnostics": [{"severity": "warning", "message": "hm"}]}, "failed", False),
    ],
)
def test_what_a_preview_says(document: dict[str, Any], attribute: str, value: object) -> None:
    assert getattr(read_preview(json.dumps(document)), attribute) == value


@pytest.mark.parametrize(
    ("severities", "failed", "selected"),
    [
        (["error", "warning", "info", "info#err"], True, ["error", "warning", "info#err"]),
        (["warning", "info", "info#err"], False, ["warning"]),
    ],
)
def test_which_diagnostics_matter(severities: list[str], failed: bool, selected: list[str]) -> None:
    diagnostics = [{"severity": severity, "message": severity} for severity in severities]
    found = Preview.model_validate({"diagnostics": diagnostics, "failed": failed}).select_diagnostics()
    assert [entry.severity for entry in found] == selected


def test_what_a_refresh_found_is_in_events_only() -> None:
    metadata = {"op": "refresh", "urn": urn("Group", "crew"), "old": JO, "new": None}
    found = read_preview(events({"resOutputsEvent": {"metadata": metadata}}, result="failed"))
    assert (found.live, found.failed) == ({urn("Group", "crew"): None}, True)
