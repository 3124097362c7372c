"""docs/review.md names every option and every rule, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

from review.make_previews import PREVIEWS
from typer.main import get_command

from pulumi_identity.cli import app
from pulumi_identity.review import MAX_DELETED, RULES

DOC = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")


def test_every_option_is_documented() -> None:
    command = get_command(app).commands["review"]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    assert options <= set(re.findall(r"--[a-z-]+", DOC))


def test_every_rule_is_documented_in_its_order() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \|", DOC.partition("## Dangers")[2], re.MULTILINE) == [
        rule.name for rule in RULES
    ]
    assert f"more than {MAX_DELETED} %" in DOC


def test_the_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", DOC, re.DOTALL)
    names = {"text": (PREVIEWS / "changed.json").read_text(encoding="utf-8")}
    exec(example, names)
    assert names["page"].startswith("<!doctype html>")
