"""The review as JSON, for other programs. Its shape has a version: a change that breaks readers raises it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._values import Mark

if TYPE_CHECKING:
    from ._people import Cell, Person
    from ._plan import Resource
    from ._review import Review

VERSION = 1


def render(review: Review) -> str:
    """Write one object. What is unknown, secret or not set is `{"mark": "unknown" | "secret" | "absent"}`."""
    plan = review.plan
    document = {
        "version": VERSION,
        "title": review.title,
        "headline": review.headline,
        "stack": plan.stack,
        "where": dict(plan.where),
        "places": {kind: dict(place) for kind, place in plan.places.items() if place},
        "failed": plan.failed,
        "diagnostics": [{"severity": each.severity, "message": each.message.strip()} for each in plan.diagnostics],
        "dangers": [
            {"rule": each.rule, "title": each.title, "why": each.why, "urn": each.urn, "text": each.sentence(str)}
            for each in review.dangers
        ],
        "changes": [_change(each) for each in plan.changed()],
        "drift": [
            {
                "urn": each.urn,
                "label": each.label,
                "gone": each.gone,
                "properties": [_drift(drift) for drift in each.drift],
            }
            for each in plan.resources
            if each.drift or each.gone
        ],
        "notes": list(review.notes),
        "others": [
            {"urn": each.urn, "type": each.kind, "name": each.name, "action": each.action.name.lower()}
            for each in plan.others
        ],
        "people": [_person(person, review) for person in review.matrix.people],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _change(each: Resource) -> dict[str, Any]:
    return {
        "urn": each.urn,
        "kind": each.kind,
        "name": each.name,
        "label": each.label,
        "action": each.action.name.lower(),
        "properties": [
            {"path": found.path, "old": _value(found.old), "new": _value(found.new)} for found in each.differences
        ],
        "forced_by": list(each.forced_by),
        "unknown": list(each.unknown),
        "same_as": each.twin.urn if each.twin else None,
        "protected": each.protected,
        "unprotected": each.unprotected,
        "managed_by": each.managed_by,
    }


def _drift(drift: Any) -> dict[str, Any]:
    return {"path": drift.path} | {name: _value(getattr(drift, name)) for name in ("state", "aws", "program")}


def _person(person: Person, review: Review) -> dict[str, Any]:
    return {
        "label": person.label,
        "directory": _cell(person.directory),
        "quicksight": _cell(person.quicksight),
        "appstream": _cell(person.appstream),
        "groups": {review.matrix.groups[key]: _cell(cell) for key, cell in person.groups.items()},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"before": cell.before, "after": cell.after, "replaced": cell.replaced, "may_exist": cell.adopted}


def _value(value: Any) -> Any:
    if isinstance(value, Mark):
        return {"mark": value.name.lower()}
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_value(item) for item in value]
    return value
