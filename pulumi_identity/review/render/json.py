"""Write a review as JSON, for other programs. A breaking change of its shape increases its version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pulumi_identity.review.people import get_columns
from pulumi_identity.review.values import Mark

if TYPE_CHECKING:
    from pulumi_identity.review.changes import Change, Drift
    from pulumi_identity.review.people import Cell, Person
    from pulumi_identity.review.review import Review

VERSION = 1


def render(review: Review) -> str:
    """Write one JSON object.

    Unknown, secret and absent values are `{"mark": "unknown" | "secret" | "absent"}`.

    Args:
        review: The review.

    Returns:
        The JSON text.
    """
    plan = review.plan
    document = {
        "version": VERSION,
        "title": review.title,
        "headline": review.headline,
        "stack": plan.stack,
        "where": dict(plan.where),
        "places": {kind: dict(place) for kind, place in plan.places.items() if place},
        "failed": plan.failed,
        "diagnostics": [{"severity": entry.severity, "message": entry.message.strip()} for entry in plan.diagnostics],
        "dangers": [
            {
                "rule": danger.rule,
                "title": danger.title,
                "why": danger.why,
                "urn": danger.urn,
                "text": danger.write_sentence(str),
            }
            for danger in review.dangers
        ],
        "changes": [_convert_change(change) for change in plan.changed],
        "drift": [
            {
                "urn": change.urn,
                "label": change.label,
                "gone": change.gone,
                "added": change.added,
                "properties": [_convert_drift(drift) for drift in change.drift],
            }
            for change in plan.resources
            if change.drifted
        ],
        "notes": list(review.notes),
        "others": [
            {"urn": other.urn, "type": other.type, "name": other.name, "action": other.action.name.lower()}
            for other in plan.others
        ],
        "people": [_convert_person(person, review) for person in review.matrix.people],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _convert_change(change: Change) -> dict[str, Any]:
    return {
        "urn": change.urn,
        "kind": change.kind.name,
        "name": change.name,
        "label": change.label,
        "action": change.action.name.lower(),
        "properties": [
            {
                "path": difference.path,
                "old": _convert_value(difference.before),
                "new": _convert_value(difference.after),
            }
            for difference in change.differences
        ],
        "forced_by": list(change.forced_by),
        "unknown": list(change.unknown),
        "same_as": change.twin.urn if change.twin else None,
        "protected": change.protected,
        "unprotected": change.unprotected,
        "managed_by": change.managed_by,
    }


def _convert_drift(drift: Drift) -> dict[str, Any]:
    values = {"state": drift.recorded, "aws": drift.before, "program": drift.after}
    return {"path": drift.path} | {name: _convert_value(value) for name, value in values.items()}


def _convert_person(person: Person, review: Review) -> dict[str, Any]:
    accounts = {column.key: _convert_cell(person.accounts[kind]) for kind, column in get_columns().items()}
    groups = {review.matrix.groups[key]: _convert_cell(cell) for key, cell in person.groups.items()}
    return {"label": person.label, **accounts, "groups": groups}


def _convert_cell(cell: Cell) -> dict[str, Any]:
    return {"before": cell.before, "after": cell.after, "replaced": cell.replaced, "may_exist": cell.may_exist}


def _convert_value(value: Any) -> Any:
    if isinstance(value, Mark):
        return {"mark": value.name.lower()}
    if isinstance(value, dict):
        return {key: _convert_value(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_convert_value(item) for item in value]
    return value
