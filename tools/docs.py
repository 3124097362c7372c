"""Generate parts of the documents from the code that they describe. `make docs` writes them in place."""

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pulumi_identity
from pulumi_identity._advice import ADVICE, AGAIN, AGAIN_ANYWAY, advise
from pulumi_identity.provider.declare import Resource
from pulumi_identity.provider.kinds import SETTINGS, Kind
from pulumi_identity.provider.registry import KINDS, import_options, importable
from pulumi_identity.provider.schema import Field
from pulumi_identity.provider.signatures import sentences
from pulumi_identity.provider.value_types import plain

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "resources"
"""A folder for each resource, named after its class. It has a program for each way to use the resource."""

SERVICE_NAMES = {
    "identitystore": "IAM Identity Center",
    "quicksight": "QuickSight",
    "appstream": "AppStream",
    "any": "Every service",
}


def summary() -> str:
    """Return the table of resources: the properties that replace, those that update in place, and the physical id."""
    rows = ["| resource | updated in place | replaces | id |", "|---|---|---|---|"]
    for kind in KINDS.values():
        fields = {name: field for name, field in kind.schema.inputs.items() if name not in SETTINGS or field.replaces}
        replaces = ", ".join(f"`{name}`" for name, field in fields.items() if field.replaces)
        updates = ", ".join(f"`{name}`" for name, field in fields.items() if not field.replaces)
        if len(fields) > 15:  # noqa: PLR2004  (too many for a table cell)
            updates = "everything else"
        rows.append(f"| `{kind.name}` | {updates or '—'} | {replaces} | `{kind.id_format}` |")
    return "\n".join(rows)


def reference() -> str:
    """Return a section for each resource: its effect on the person, its examples, and a row for each property."""
    return "\n\n".join(map(_section, KINDS.values()))


def settings() -> str:
    """Return the table of the settings that every resource takes."""
    shared: Any = Resource  # mypy takes no class for hashable
    documented = sentences(shared)
    fields = next(iter(KINDS.values())).schema.inputs
    rows = ["| setting | type | meaning |", "|---|---|---|"]
    rows += [
        f"| `{name}` | {_words(plain(fields[name].hint))} | {_cell(sentence)} |"
        for name, sentence in documented.items()
        if name in SETTINGS
    ]
    return "\n".join(rows)


def errors() -> str:
    """Return a table for each service: each error's code, its meaning, the class that is raised, and the remedy."""
    parts = []
    for service, codes in ADVICE.items():
        rows = ["| code | meaning | class | remedy |", "|---|---|---|---|"]
        for code, advice in sorted(codes.items(), key=lambda item: item[0].split()[::-1]):
            doing, _, name = code.partition(" ") if code[0].islower() else ("", "", code)
            cell = f"`{name}`{f', {doing}' if doing else ''}"
            remedy = _cell(advise(service, doing, [name]).remedy or "follow AWS's message")
            rows.append(f"| {cell} | {advice.meaning} | `{advice.raises.__name__}` | {remedy} |")
        parts.append("\n".join([f"### {SERVICE_NAMES[service]}", "", *rows]))
    return "\n\n".join(parts)


def unavailable() -> str:
    """Return the table of what to do after `Unavailable`, by action."""
    rows = ["| the error begins with | what to do |", "|---|---|"]
    rows += [f"| `{doing}` | {remedy} |" for doing, remedy in AGAIN.items()]
    return "\n".join([*rows, f"| another action | {AGAIN_ANYWAY} |"])


def import_permissions() -> str:
    """Return the table of the IAM actions that each option of an import needs."""
    rows = ["| for | permissions |", "|---|---|"]
    for option in import_options():
        kinds = [(kind, import_) for kind, import_ in importable() if import_.option is option]
        actions = dict.fromkeys(f"`{kind.service}:{name}`" for kind, _ in kinds for name in _listing_operations(kind))
        text = ", ".join(actions)
        for kind, more in ((kind, more) for kind, import_ in kinds for more in import_.more if more.operations):
            text += f"; with `{more.flag}` also " + ", ".join(f"`{kind.service}:{name}`" for name in more.operations)
        rows.append(f"| `{option.flag}` | {text} |")
    return "\n".join([*rows, "| `--role-arn` | `sts:AssumeRole` |"])


def calls() -> str:
    """Return the table of AWS calls for each write. The emulator counts them in a process of its own."""
    counted = subprocess.run(
        [sys.executable, "-m", "benchmarks.writes"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return counted.stdout.strip()


def _section(kind: Kind) -> str:
    resource: Any = getattr(pulumi_identity, kind.name)
    text, _, example = (inspect.getdoc(resource) or "").partition("\n\n    ")
    parts = [f"## {kind.name}", text, _permissions(kind)]
    if example:
        code = inspect.cleandoc("    " + example)
        parts.append(f"```python\n{code}\n```")
    parts += map(_example, sorted((EXAMPLES / kind.name).glob("*.py")))
    documented = sentences(resource)
    inputs = ["| input | type | | meaning |", "|---|---|---|---|"]
    outputs = ["| output | meaning |", "|---|---|"]
    for name in kind.properties:
        if name not in documented:  # a setting, as every resource has it
            continue
        if field := kind.schema.inputs.get(name):
            inputs.append(f"| `{name}` | {_words(plain(field.hint))} | {_flags(field)} | {_cell(documented[name])} |")
        else:
            secret = " **Secret.**" if name in kind.secrets else ""
            outputs.append(f"| `{name}` | {_cell(documented[name])}{secret} |")
    return "\n\n".join([*parts, "\n".join(inputs), "\n".join(outputs)])


def _example(path: Path) -> str:
    """Return a program as a sentence, from its docstring, and a block of code."""
    source = path.read_text(encoding="utf-8")
    module = ast.parse(source)
    code = "".join(source.splitlines(keepends=True)[module.body[0].end_lineno :])
    return f"{ast.get_docstring(module)}\n\n```python\n{code.strip()}\n```"


def _permissions(kind: Kind) -> str:
    """Return the IAM actions that a kind needs, always and under a condition."""
    conditional = {name for operations in kind.conditional_actions.values() for name in operations}
    always = [name for name in kind.operations if name not in conditional]
    text = f"IAM: {_actions(kind, always)}"
    for condition, operations in kind.conditional_actions.items():
        text += f"; {condition} also {_actions(kind, operations)}"
    return f"{text}."


def _listing_operations(kind: Kind) -> tuple[str, ...]:
    """Return the operations that list a kind: those called so, or all that read it."""
    reading = kind.actions["read"]
    return tuple(name for name in reading if name.startswith("List")) or reading


def _actions(kind: Kind, operations: Iterable[str]) -> str:
    return f"{kind.service}:{', '.join(operations)}"


def _flags(field: Field) -> str:
    required = "required" if field.required else ""
    return ", ".join(filter(None, [required, "replaces" if field.replaces else ""]))


def _words(hint: Any) -> str:
    """Return a type in words: `str`, `list of Email`, the values of a Literal."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _words(args[0])
    if origin is Union:
        return " or ".join(_words(arg) for arg in args if arg is not type(None))
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in args)
    if origin is list:
        return f"list of {_words(args[0])}"
    return "dict" if origin is dict else str(hint.__name__)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write({"summary": summary, "reference": reference, "errors": errors}[sys.argv[1]]())
