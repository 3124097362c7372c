"""Write the generated code: public names, the `_output` forms of the lookups, and shared parts of docstrings.

It reads the source and does not import the package, so it also runs while the generated code is out of date.
`make docs` runs it. A test compares its result with the files.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.lookup_docstrings import complete, of_output_form, parse, source

PACKAGE = Path(__file__).parents[1] / "pulumi_identity"
RESOURCES, LOOKUPS = PACKAGE / "resources", PACKAGE / "lookups"
WIDTH = 120  # ruff's line length: generated code must pass its formatter

OUTPUT_FORMS = '''\
"""The `_output` forms of the lookups: they take and return outputs. Written by tools/exports.py.

A lookup runs when its arguments are known. Its output is unknown in a preview while an argument is unknown, and
secret if an argument or the result is. `opts` are Pulumi's options. Only `depends_on` has an effect: the lookup waits
until those resources exist, and its output is unknown in a preview that creates them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._invoke import on_outputs
'''

RESOURCE_CLASSES = '''\
"""The resources, in one module or folder for each service. Written by tools/exports.py."""
'''

LOOKUP_FUNCTIONS = '''\
"""Look up users, groups and memberships that the program does not manage: `get_x`, and `get_x_output` for outputs.

Written by tools/exports.py.
"""
'''

PUBLIC_NAMES = '''\
"""People and groups in AWS as Pulumi resources: QuickSight, IAM Identity Center's identity store, AppStream 2.0.

Written by tools/exports.py.
"""

from typing import TYPE_CHECKING, Any
'''

LAZY_LOOKUPS = '''

def __getattr__(name: str) -> Any:
    """Import the lookups and the types of values when one is first used: most programs use none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import types  # noqa: PLC0415

    if name in types.__all__:
        return getattr(types, name)
    from . import lookups  # noqa: PLC0415

    globals().update((public, getattr(lookups, public)) for public in lookups.__all__ if public in __all__)
    return globals()[name]


def __dir__() -> list[str]:
    """List the lookups and the types too, before they are imported."""
    return sorted({*globals(), *__all__})
'''

STANDARD = {"Mapping": "collections.abc", "Sequence": "collections.abc", "datetime": "datetime"}
OURS = {"ExternalId": "pulumi_identity.resources.identitystore.types"}
"""Name in signatures that another module defines → that module."""
KNOWN_EVERYWHERE = {"None", "bool", "dict", "int", "str", "tuple"}


def written() -> dict[Path, str]:
    """Return the text of each generated module, and of each module with generated docstrings."""
    return {
        PACKAGE / "__init__.py": _text(_public_names()),
        RESOURCES / "__init__.py": _text(_resource_classes()),
        LOOKUPS / "__init__.py": _text(_lookup_functions()),
        LOOKUPS / "_outputs.py": _text(_output_forms()),
        **{path: _with_docstrings(path) for path in _public_modules()},
    }


def _public_names() -> Iterator[str]:
    errors = [node.name for node in _tree(PACKAGE / "errors.py") if isinstance(node, ast.ClassDef) and _is_error(node)]
    resources = [name for _, name in _resources()]
    types = sorted(_types())
    lookups = [form for _, plain in _lookups() for form in (plain.name, f"{plain.name}_output")]
    yield PUBLIC_NAMES
    yield from _import(".errors", errors)
    yield from _import(".resources", resources)
    yield from ("", "if TYPE_CHECKING:")
    yield from _import(".lookups", lookups, "    ")
    yield from _import(".types", types, "    ")
    yield from ("", *_all([*errors, *resources, *types, *lookups]), LAZY_LOOKUPS.rstrip())


def _resource_classes() -> Iterator[str]:
    modules: dict[str, list[str]] = defaultdict(list)
    for module, name in _resources():
        modules[module].append(name)
    yield RESOURCE_CLASSES
    for module, names in sorted(modules.items()):
        yield from _import(module, names)
    yield from ("", *_all([name for names in modules.values() for name in names]))


def _lookup_functions() -> Iterator[str]:
    modules: dict[str, list[str]] = defaultdict(list)
    for path in _public_modules():
        for node in _tree(path):
            if isinstance(node, ast.ClassDef) or _is_lookup(node):
                modules[f".{path.stem}"].append(node.name)  # type: ignore[attr-defined]  # a class or a function
    modules["._outputs"] = [f"{plain.name}_output" for _, plain in _lookups()]
    yield LOOKUP_FUNCTIONS
    for module, names in sorted(modules.items()):
        yield from _import(module, names)
    yield from ("", *_all([name for names in modules.values() for name in names]))


def _output_forms() -> Iterator[str]:
    found = list(_lookups())
    yield OUTPUT_FORMS.rstrip()
    yield from _imports_of_output_forms(found)
    for _, plain in found:
        yield from ("", "", f"def {plain.name}_output(")
        for argument in plain.args.args:
            yield f"    {argument.arg}: {_input(argument)},"
        yield "    *,"
        for argument in plain.args.kwonlyargs:
            yield f"    {argument.arg}: {_input(argument)} = None,"
        yield "    opts: InvokeOutputOptions | None = None,"
        yield f") -> Output[{_annotation(plain)}]:"
        docstring = complete(parse(ast.get_docstring(plain) or ""), _arguments(plain))
        yield source(of_output_form(plain.name, docstring, secret=_is_secret(plain)))
        yield f"    return on_outputs({plain.name}, locals())"


def _imports_of_output_forms(found: list[tuple[str, ast.FunctionDef]]) -> Iterator[str]:
    functions: dict[str, list[str]] = defaultdict(list)
    types: dict[str, set[str]] = defaultdict(set)
    for module, plain in found:
        functions[f".{module}"].append(plain.name)
        hints = [
            _annotation(plain),
            *(ast.unparse(node) for node in ast.walk(plain.args) if isinstance(node, ast.expr)),
        ]
        for name in set(re.findall(r"\w+", " ".join(hints))) - KNOWN_EVERYWHERE:
            types[STANDARD.get(name) or OURS.get(name) or f".{module}"].add(name)
    standard = {module: types.pop(module) for module in set(STANDARD.values())}
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


def _with_docstrings(path: Path) -> str:
    """Return a module's text with complete docstrings of its lookups."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for plain in reversed([node for node in _tree(path) if isinstance(node, ast.FunctionDef) and _is_lookup(node)]):
        written_docstring = plain.body[0]
        complete_docstring = complete(parse(ast.get_docstring(plain) or ""), _arguments(plain))
        lines[written_docstring.lineno - 1 : written_docstring.end_lineno] = source(complete_docstring).splitlines()
    return _text(lines)


# The source


def _tree(path: Path) -> list[ast.stmt]:
    return ast.parse(path.read_text(encoding="utf-8")).body


def _resources() -> Iterator[tuple[str, str]]:
    """Yield (module, class) of each resource: a class that is declared with a kind."""
    for path in sorted(RESOURCES.rglob("[!_]*.py")):
        module = ".".join(["", *path.relative_to(RESOURCES).with_suffix("").parts])
        for node in _tree(path):
            if isinstance(node, ast.ClassDef) and any(keyword.arg == "kind" for keyword in node.keywords):
                yield module, node.name


def _types() -> Iterator[str]:
    """Yield the names that tools/stubs.py gives to the types of values."""
    yield "UserRole"
    yield from (f"{name}Args" for _, name in _resources())
    for path in RESOURCES.rglob("[!_]*.py"):
        for node in _tree(path):
            if isinstance(node, ast.ClassDef) and any(ast.unparse(parent) == "TypedDict" for parent in node.bases):
                yield node.name
                if "Input[" in ast.unparse(node):
                    yield f"{node.name}Output"


def _lookups() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield (module, plain form) of each lookup."""
    for path in _public_modules():
        yield from ((path.stem, node) for node in _tree(path) if isinstance(node, ast.FunctionDef) and _is_lookup(node))


def _public_modules() -> list[Path]:
    return sorted(LOOKUPS.glob("[!_]*.py"))


def _is_lookup(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        "lookup(" in ast.unparse(decorator) for decorator in node.decorator_list
    )


def _is_secret(plain: ast.FunctionDef) -> bool:
    return any("secret=True" in ast.unparse(decorator) for decorator in plain.decorator_list)


def _arguments(plain: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in (*plain.args.args, *plain.args.kwonlyargs)]


def _is_error(node: ast.ClassDef) -> bool:
    return any(ast.unparse(parent) in {"RunError", "IdentityError"} for parent in node.bases)


# The text


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _import(module: str, names: Iterable[str], indent: str = "") -> Iterator[str]:
    ordered = sorted(set(names), key=_rank)
    line = f"{indent}from {module} import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        yield line
        return
    yield f"{indent}from {module} import ("
    yield from (f"{indent}    {name}," for name in ordered)
    yield f"{indent})"


def _rank(name: str) -> tuple[bool, str]:
    """Put classes before functions, as ruff does."""
    return name[0].islower(), name


def _all(names: Iterable[str]) -> Iterator[str]:
    ordered = sorted(set(names), key=_rank)
    quoted = ", ".join(f'"{name}"' for name in ordered)
    line = f"__all__ = [{quoted}]"
    if len(line) <= WIDTH:
        yield line
        return
    yield "__all__ = ["
    yield from (f'    "{name}",' for name in ordered)
    yield "]"


def _annotation(plain: ast.FunctionDef) -> str:
    assert plain.returns is not None, f"{plain.name} has no return type"  # noqa: S101  (an error in this package)
    return ast.unparse(plain.returns)


def _input(argument: ast.arg) -> str:
    """Return the type that accepts an output in place of each value, also within lists and dicts."""
    assert argument.annotation is not None, f"{argument.arg} has no type"  # noqa: S101  (an error in this package)
    hint = ast.unparse(argument.annotation)
    inner = re.sub(r"(Sequence\[|Mapping\[\w+, )(\w+)\]", r"\1Input[\2]]", hint)
    return f"Input[{inner}]"


if __name__ == "__main__":
    for written_path, written_text in written().items():
        written_path.write_text(written_text, encoding="utf-8")
