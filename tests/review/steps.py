"""Previews written by hand, for what the engine can't easily be made to say."""

from __future__ import annotations

import json
from typing import Any

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
STORE = "d-1234567890"


def urn(kind: str, name: str) -> str:
    token = kind if ":" in kind else f"pulumi-python:dynamic/identity:{kind}"
    return f"urn:pulumi:test::people::{token}::{name}"


def state(inputs: dict[str, Any] | None, outputs: dict[str, Any] | None = None, **others: Any) -> dict[str, Any] | None:
    if inputs is None:
        return None
    kept = {**inputs, **outputs, "__resolved": []} if outputs else {}
    return {"custom": True, "inputs": inputs, "outputs": kept} | others


def step(op: str, kind: str, name: str, old: Any = None, new: Any = None, **others: Any) -> dict[str, Any]:
    made = {"op": op, "urn": urn(kind, name), "oldState": old, "newState": new} | others
    return {key: value for key, value in made.items() if value is not None}


def user(name: str, **inputs: Any) -> dict[str, Any]:
    """A user that exists, as state has it."""
    made = state({"identity_store_id": STORE, "user_name": name} | inputs, {"user_id": f"id-of-{name}"})
    assert made
    return made


def group(name: str, **inputs: Any) -> dict[str, Any]:
    """A group that exists, as state has it."""
    made = state({"identity_store_id": STORE, "display_name": name} | inputs, {"group_id": f"id-of-{name}"})
    assert made
    return made


def membership(member: str, into: str, **others: Any) -> dict[str, Any]:
    made = state({"identity_store_id": STORE, "member_id": member, "group_id": into}, **others)
    assert made
    return made


def preview(*steps: dict[str, Any], **others: Any) -> str:
    return json.dumps({"steps": steps, "changeSummary": {}} | others)
