"""Previews that somebody has damaged are reviewed or refused; none ends in a traceback."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from review.make_previews import PREVIEWS
from review.steps import UNKNOWN

from pulumi_identity.review import RENDERERS, NotAPreviewError, review

if TYPE_CHECKING:
    from collections.abc import Iterator

VALUES: list[Any] = [None, 1, True, "x", "", [], {}, [1], {"a": None}, UNKNOWN, "[secret]", [{"value": 3}], [[]], 1.5]


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in steps:
        yield (*path, step)
        yield from paths(item, (*path, step))


@pytest.mark.parametrize("name", ["changed", "changed-events", "failed", "sets", "sets-events"])
def test_any_value_anywhere(name: str) -> None:
    text = (PREVIEWS / f"{name}.json").read_text(encoding="utf-8")
    events = name.endswith("events")
    document = [json.loads(line) for line in text.splitlines()] if events else json.loads(text)
    places, chance, outcomes = list(paths(document)), random.Random(name), set()
    refusals: list[str] = []
    for _ in range(60):
        damaged = copy.deepcopy(document)
        *way, last = chance.choice(places)
        at = damaged
        for step in way:
            at = at[step]
        at[last] = chance.choice(VALUES)
        try:
            found = review("\n".join(map(json.dumps, damaged)) if events else json.dumps(damaged))
        except NotAPreviewError as error:
            outcomes.add("refused")
            refusals.append(str(error))
        else:
            outcomes.add("reviewed")
            assert all(write(found) for write in RENDERERS.values())
    assert outcomes == {"refused", "reviewed"}
    assert not any("\n" in refusal for refusal in refusals)
