"""Python source says the value it was made of, and formatters leave it as it is."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pulumi_identity.importer.python_source import Code, call, literal

RUFF = Path(sys.executable).with_name("ruff")

STRINGS = [
    "",
    "plain",
    "it's",
    'a "b"',
    """'"both"'""",
    "'" * 3 + '"' * 2,
    "back\\slash\\",
    "tab\tline\nreturn\rnul\0",
    "\u202eright to left\u202c",
    "\u00a0\u3000",
    "e\u0301 combining",
    "山田太郎",
    "\U0001f600",
    "\ud800",
]

VALUES: list[Any] = [
    *STRINGS,
    True,
    3,
    ["a"],
    {"key": "value"},
    [{"value": "jo@example.com", "type": "work", "primary": True}],
    [{"street_address": "x" * 40, "locality": "Zürich", "country": "Switzerland", "postal_code": "8000"}],
    {"aws:identitystore:enterprise": {f"key{number}": "v" * number for number in range(9)}},
    {"山" * 20: "田" * 21},
    ["x" * 200],
    *({"k": "x" * length} for length in range(60, 80)),
    *({"k": "山" * length} for length in range(30, 40)),
]


@pytest.mark.parametrize("value", VALUES)
def test_source_says_the_value(value: Any) -> None:
    for depth in (0, 1, 5):
        assert ast.literal_eval(literal(value, 0, depth).replace("\n", " ")) == value


def test_an_expression_stands_as_it_is() -> None:
    assert call("F", "n", {"a": Code("x.y")}) == 'F(\n    "n",\n    a=x.y,\n)'


@pytest.mark.parametrize("width", [88, 120])
def test_formatters_leave_it_as_it_is(tmp_path: Path, width: int) -> None:
    values = [value for value in VALUES if value != "\ud800"]  # which no file can hold unescaped, nor formatters read
    calls = [call("resource", "name", {"argument": value}, ["why"]) for value in values]
    program = tmp_path / "program.py"
    program.write_text("\n\n".join(calls) + "\n", encoding="utf-8")
    done = subprocess.run(
        [str(RUFF), "format", "--isolated", "--diff", f"--line-length={width}", str(program)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
