"""Write the `_output` forms of the lookups from the signatures of the plain ones.

It reads the source and imports nothing of the package, so that it also works while what it writes doesn't fit yet.
`make docs` runs it; a test compares what it would write with what is there.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "pulumi_identity" / "lookups"
WRITTEN = PACKAGE / "_outputs.py"

HEAD = '''"""The `_output` forms of the lookups: the same functions for outputs. Written by tools/lookups.py.

They take `Input`s, look up once those are known, and answer an `Output`: unknown in a preview as long as an argument
is, secret where an argument or the answer is. `opts` is what Pulumi's own functions take; of it, `depends_on` counts:
the lookup waits until those resources are made, and is unknown in a preview that would make them.
"""

from __future__ import annotations
'''

STANDARD = {"Mapping": "collections.abc", "Sequence": "collections.abc", "datetime": "datetime"}
OURS = {"ExternalId": "pulumi_identity.identitystore"}
"""Names in signatures that are not of the module itself → where they are from."""
KNOWN_EVERYWHERE = {"None", "bool", "dict", "int", "str", "tuple"}


def lookups() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield (module, plain form) of each lookup, in the order of the files."""
    for path in sorted(PACKAGE.glob("[!_]*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(
                "lookup(" in ast.unparse(each) for each in node.decorator_list
            ):
                yield path.stem, node


def output_forms() -> Iterator[str]:
    """Yield the lines of the module that holds the `_output` forms."""
    found = list(lookups())
    yield HEAD
    yield from _imports(found)
    for _, plain in found:
        yield from ("", "", f"def {plain.name}_output(")
        required = plain.args.args
        for argument in required:
            yield f"    {argument.arg}: {_input(argument)},"
        yield "    *,"
        for argument in plain.args.kwonlyargs:
            yield f"    {argument.arg}: {_input(argument)} = None,"
        yield "    opts: InvokeOutputOptions | None = None,"
        yield f") -> Output[{_annotation(plain)}]:"
        yield f'    """Do what `{plain.name}` does, once the arguments are known."""'
        yield f"    return on_outputs({plain.name}, locals())"


def _imports(found: list[tuple[str, ast.FunctionDef]]) -> Iterator[str]:
    functions: dict[str, list[str]] = defaultdict(list)
    types: dict[str, set[str]] = defaultdict(set)
    for module, plain in found:
        functions[f".{module}"].append(plain.name)
        hints = [
            _annotation(plain),
            *(ast.unparse(each) for each in ast.walk(plain.args) if isinstance(each, ast.expr)),
        ]
        for name in set(re.findall(r"\w+", " ".join(hints))) - KNOWN_EVERYWHERE:
            types[STANDARD.get(name) or OURS.get(name) or f".{module}"].add(name)
    standard = {module: types.pop(module) for module in set(STANDARD.values())}
    yield from ("from typing import TYPE_CHECKING", "", "from ._invoke import on_outputs")
    for module, names in sorted(functions.items()):
        yield from _import(module, names)
    yield from ("", "if TYPE_CHECKING:")
    for module, type_names in sorted(standard.items()):
        yield from _import(module, type_names, "    ")
    yield from ("", "    from pulumi import Input, InvokeOutputOptions, Output", "")
    for module in sorted(OURS.values()):
        yield from _import(module, types.pop(module), "    ")
    yield ""
    for module, type_names in sorted(types.items()):
        yield from _import(module, type_names, "    ")


def _import(module: str, names: list[str] | set[str], indent: str = "") -> Iterator[str]:
    line = f"{indent}from {module} import {', '.join(sorted(names))}"
    if len(line) <= 120:  # noqa: PLR2004  (ruff's line length: what is written here must pass its formatter)
        yield line
        return
    yield f"{indent}from {module} import ("
    yield from (f"{indent}    {name}," for name in sorted(names))
    yield f"{indent})"


def _annotation(plain: ast.FunctionDef) -> str:
    assert plain.returns is not None, f"{plain.name} doesn't say what it returns"  # noqa: S101  (a mistake of ours)
    return ast.unparse(plain.returns)


def _input(argument: ast.arg) -> str:
    """Return the type that takes an output wherever the plain form takes a value: inside of lists and dicts too."""
    assert argument.annotation is not None, f"{argument.arg} has no type"  # noqa: S101  (a mistake of ours)
    hint = ast.unparse(argument.annotation)
    inner = re.sub(r"(Sequence\[|Mapping\[\w+, )(\w+)\]", r"\1Input[\2]]", hint)
    return f"Input[{inner}]"


if __name__ == "__main__":
    WRITTEN.write_text("\n".join(output_forms()) + "\n", encoding="utf-8")
