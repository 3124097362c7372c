"""No test ends early: a case that doesn't apply is filtered out of the parameters."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS = Path(__file__).parents[1]


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the syntax inside a function, without the functions that it defines."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from own_nodes(child)


def early_ends(source: str) -> list[str]:
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return [
        f"{function.name}, line {node.lineno}"
        for function in functions
        if function.name.startswith("test_")
        for node in own_nodes(function)
        if isinstance(node, ast.Return | ast.Continue)
    ]


def test_no_test_returns_or_continues() -> None:
    ends = {path.name: early_ends(path.read_text(encoding="utf-8")) for path in TESTS.rglob("test_*.py")}
    assert {name: lines for name, lines in ends.items() if lines} == {}


def test_an_early_end_is_seen() -> None:
    source = "def test_x(y):\n    def f():\n        return 1\n    if y:\n        return\n    assert f()\n"
    assert early_ends(source) == ["test_x, line 5"]
