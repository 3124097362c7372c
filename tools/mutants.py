"""Change one declaration of the resources at a time, and list the changes that no test detects.

    python -m tools.mutants [Resource …]

For each property, the mutants remove it, and drop, add or flip each flag. For each resource, they add a property that
AWS doesn't know, and change the attributes of the kind that the contract reads. Exits with 1 if a mutant survives.

Each mutant runs in a fork of a process that has imported everything except the package. The fork imports the
package with one module replaced, and runs the tests that should fail, until one does.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import importlib
import itertools
import os
import shlex
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

ROOT = Path(__file__).parents[1]
PACKAGE = "pulumi_identity"
FAST_TESTS = ["tests/contract/test_declarations.py"]
SLOW_TESTS = ["tests/contract/test_contract.py", "tests/state/test_contract.py"]
"""The tests that should fail. The slow tests run if all fast tests pass."""
OPTIONS = shlex.split(
    "-x -q --tb=no --assert=plain --timeout=60 -p no:cacheprovider -p no:xdist -k 'not golden_state_is'"
)
"""Stop at the first failure, without output. The deselected test needs the engine."""
SIDE_BY_SIDE = 2

ADDED = {"config": "invented", "default": "x"} | dict.fromkeys(
    ("replaces", "computed_default", "write_only", "secret"), True
)
"""Flag → the value to add to a property without the flag."""
FLAGS = {"prop": ("default", "config", "replaces", "computed_default", "write_only"), "computed": ("secret",)}
INVENTED = ("invented: Prop[str | None] = prop(default=None)", "invented: Computed[str | None] = computed()")
ATTRIBUTES = {"own_properties", "id_properties"}
"""Attributes of a kind that the contract reads."""


@dataclass(frozen=True)
class Mutant:
    """A module of the package with one change."""

    resource: str
    change: str
    module: str
    source: str

    def __str__(self) -> str:
        return f"{self.resource}{self.change}"


# Mutants


def mutants() -> Iterator[Mutant]:
    """Yield the mutants of each class that declares properties, or attributes that the contract reads."""
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for index, node in enumerate(tree.body):
            if isinstance(node, ast.ClassDef):
                for change, body in _changed_bodies(node):
                    lines = [*tree.body[:index], _with(node, body=body), *tree.body[index + 1 :]]
                    yield Mutant(node.name, change, module, ast.unparse(_with(tree, body=lines)))


def _changed_bodies(node: ast.ClassDef) -> Iterator[tuple[str, list[ast.stmt]]]:
    """Yield each change of a class: its description, and the changed body."""
    declares = False
    for index, line in enumerate(node.body):
        before, after = node.body[:index], node.body[index + 1 :]
        if isinstance(line, ast.AnnAssign) and _flags_of(line.value):
            declares = True
            yield f".{ast.unparse(line.target)}: removed", [*before, *after] or [ast.Pass()]
            for change, call in _changed_calls(line.value):
                yield f".{ast.unparse(line.target)}: {change}", [*before, _with(line, value=call), *after]
        elif isinstance(line, ast.Assign | ast.AnnAssign) and line.value:
            target = line.target if isinstance(line, ast.AnnAssign) else line.targets[0]
            if ast.unparse(target) in ATTRIBUTES:
                for change, value in _changed_values(line.value):
                    yield f", {ast.unparse(target)}: {change}", [*before, _with(line, value=value), *after]
    if declares:
        for declaration in INVENTED:
            yield f": with `{declaration}`", [*node.body, *ast.parse(declaration).body]


def _flags_of(value: ast.expr | None) -> Sequence[str]:
    """Return the flags that a property's declaration can have, or none if the value declares no property."""
    return FLAGS.get(ast.unparse(value.func), ()) if isinstance(value, ast.Call) else ()


def _changed_calls(call: Any) -> Iterator[tuple[str, ast.expr]]:
    """Yield the declaration of a property with each flag dropped, added or changed."""
    for flag in _flags_of(call):
        others = [keyword for keyword in call.keywords if keyword.arg != flag]
        value = next((keyword.value.value for keyword in call.keywords if keyword.arg == flag), None)
        if len(others) < len(call.keywords):
            yield f"without {flag}={value!r}", _with(call, keywords=others)
        if not value or flag == "default":
            other: Any = not value if isinstance(value, bool) else ADDED[flag]
            added = ast.keyword(flag, ast.Constant(other))
            yield f"with {flag}={other!r}", _with(call, keywords=[*others, added])


def _changed_values(value: Any) -> Iterator[tuple[str, ast.expr]]:
    """Yield an attribute's value with another text, or with each element removed in turn."""
    if isinstance(value, ast.Constant):
        yield "another", ast.Constant("DescribeUser")
    elif isinstance(value, ast.Call):  # frozenset({…})
        for change, elements in _changed_values(value.args[0]):
            yield change, _with(value, args=[elements])
    elif isinstance(value, ast.Dict):
        for index, key in enumerate(value.keys):
            keys, values = [[*items[:index], *items[index + 1 :]] for items in (value.keys, value.values)]
            yield f"without {ast.unparse(key)}" if key else "without", ast.Dict(keys, values)
    elif isinstance(value, ast.Set):
        for element in value.elts:
            rest = [other for other in value.elts if other is not element]
            yield f"without {ast.unparse(element)}", ast.Set(rest)


def _with(node: Any, **changes: Any) -> Any:
    """Return a copy of a syntax node with other fields."""
    changed = copy.copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed


# Runs


class _Replaced(MetaPathFinder):
    """Import one module from another file."""

    def __init__(self, module: str, path: Path) -> None:
        self._module, self._path = module, path

    def find_spec(self, fullname: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:  # noqa: ARG002
        """Return the other file for the module, and None for all other modules."""
        return spec_from_file_location(fullname, self._path) if fullname == self._module else None


class _Failure:
    """Remember the first test that fails, or the module that can't be imported."""

    name = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.name = self.name or report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.name = self.name or f"the import of {report.nodeid}"


def _fork(work: Callable[[], str], result: Path) -> int:
    """Start a process that writes the result of a function to a file, and return the process id."""
    child = os.fork()
    if child:
        return child
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        result.write_text(work(), encoding="utf-8")
    except BaseException:  # noqa: BLE001  (the child must never continue with the parent's code)
        traceback.print_exc()
    finally:
        os._exit(0)


def _failing_test(mutant: Mutant, folder: Path, tests: list[str]) -> str:
    """Return the first test that detects a mutant."""
    path = folder / f"{os.getpid()}.py"
    path.write_text(mutant.source, encoding="utf-8")
    sys.meta_path.insert(0, _Replaced(mutant.module, path))
    return _run(tests)


def _run(tests: list[str]) -> str:
    failure = _Failure()
    code = pytest.main([*OPTIONS, *tests], plugins=[failure])
    return failure.name or ("" if code == pytest.ExitCode.OK else f"pytest's exit code {code}")


def _imported_by_tests() -> str:
    """Run the tests without a mutant, and return the modules of other packages that they import, one per line."""
    failure = _run([*FAST_TESTS, *SLOW_TESTS])
    modules = [
        name for name, module in sys.modules.items() if "/site-packages/" in str(getattr(module, "__file__", ""))
    ]
    return "\n".join([failure, *modules])


def _import_packages(folder: Path) -> None:
    """Import the modules that the tests import, so that no mutant spends time on it."""
    result = folder / "modules"
    os.waitpid(_fork(_imported_by_tests, result), 0)
    failure, *modules = result.read_text(encoding="utf-8").split("\n")
    if failure:
        sys.exit(f"A test fails without a mutant: {failure} — fix it first")
    for module in modules:
        importlib.import_module(module)
    gc.freeze()  # pytest collects garbage three times per run


def _killers(chosen: list[Mutant], folder: Path) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant with the test that detects it, in the order in which the runs end."""
    waiting = [(mutant, FAST_TESTS) for mutant in reversed(chosen)]
    running: dict[int, tuple[Mutant, list[str], Path]] = {}
    number = itertools.count()
    while waiting or running:
        while waiting and len(running) < SIDE_BY_SIDE:
            mutant, tests = waiting.pop()
            result = folder / f"result-{next(number)}"
            running[_fork(partial(_failing_test, mutant, folder, tests), result)] = (mutant, tests, result)
        child, _ = os.wait()
        mutant, tests, result = running.pop(child)
        if not result.exists():
            sys.exit(f"{mutant}: the process ended without a result")
        killer = result.read_text(encoding="utf-8")
        if killer or tests is SLOW_TESTS:
            yield mutant, killer
        else:
            waiting.append((mutant, SLOW_TESTS))


def main() -> int:
    """Test the mutants, print the test that detects each, and list the survivors."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description="Find changes that no test detects.")
    parser.add_argument("resources", nargs="*", metavar="Resource", help="resource classes to change (default: all)")
    arguments = parser.parse_args()

    began = time.monotonic()
    os.chdir(ROOT)
    chosen = [mutant for mutant in mutants() if not arguments.resources or mutant.resource in arguments.resources]
    survivors = []
    with tempfile.TemporaryDirectory() as name:
        _import_packages(Path(name))
        for mutant, killer in _killers(chosen, Path(name)):
            print(f"{mutant} — {killer.rpartition('::')[2] or 'SURVIVES'}", flush=True)
            if not killer:
                survivors.append(mutant)
    print(f"\n{len(chosen)} mutants, {len(survivors)} survivors, in {time.monotonic() - began:.0f} s")
    for mutant in survivors:
        print(f"- {mutant}")
    return int(bool(survivors))


if __name__ == "__main__":
    sys.exit(main())
