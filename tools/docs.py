"""The generated parts of the documents, made from the code that they describe. `make docs` writes them in place."""

import ast
import inspect
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pulumi_identity
from pulumi_identity import _errors
from pulumi_identity._declare import Computed, Resource
from pulumi_identity._schema import Field, plain

ROOT = Path(__file__).parents[1]

RESOURCES: list[type[Resource]] = [
    pulumi_identity.QuickSightUser,
    pulumi_identity.IdentityStoreUser,
    pulumi_identity.Group,
    pulumi_identity.GroupMembership,
    pulumi_identity.AppStreamUser,
]


def summary() -> str:
    """Return the table of resources: what replaces, what updates in place, and the physical id."""
    rows = ["| resource | changed in place | replaces | id |", "|---|---|---|---|"]
    for resource in RESOURCES:
        fields = _own(resource)
        replaces = ", ".join(f"`{name}`" for name, field in fields.items() if field.replaces)
        updates = ", ".join(f"`{name}`" for name, field in fields.items() if not field.replaces)
        if len(fields) > 15:  # noqa: PLR2004  (too many to be read in a table)
            updates = "everything else"
        rows.append(f"| `{resource.__name__}` | {updates or '—'} | {replaces} | `{resource.provider_type.id_format}` |")
    return "\n".join(rows)


def reference() -> str:
    """Return a section for each resource: what it does to the person, and a row for each property."""
    return "\n\n".join(_section(resource) for resource in RESOURCES)


def errors() -> str:
    """Return the table of AWS's error codes: the class that is raised, and the advice."""
    rows = ["| service | AWS's code | raises | advice |", "|---|---|---|---|"]
    for service, codes in _errors.ADVICE.items():
        for code, advice in sorted(codes.items()):
            remedy = _cell(advice.remedy) if advice.remedy else "AWS's message says it"
            rows.append(f"| {service} | `{code}` | `{advice.raises.__name__}` | {remedy} |")
    return "\n".join(rows)


def calls() -> str:
    """Return the table of what each write costs in calls of AWS, counted by the emulator in a process of its own."""
    counted = subprocess.run(
        [sys.executable, "-m", "benchmarks.writes"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return counted.stdout.strip()


def _section(resource: type[Resource]) -> str:
    said = inspect.getdoc(resource) or ""
    text, _, example = said.partition("\n\n    ")
    parts = [f"## {resource.__name__}", text]
    if example:
        code = inspect.cleandoc("    " + example)
        parts.append(f"```python\n{code}\n```")
    sentences = _sentences(resource) | _sentences(Resource)
    inputs = ["| input | type | | meaning |", "|---|---|---|---|"]
    outputs = ["| output | meaning |", "|---|---|"]
    for name, declared in resource.properties.items():
        if isinstance(declared, Computed):
            secret = " **Secret.**" if declared.flags["secret"] else ""
            outputs.append(f"| `{name}` | {_cell(sentences[name])}{secret} |")
        else:
            field = resource.provider_type.schema.inputs[name]
            inputs.append(f"| `{name}` | {_words(plain(field.hint))} | {_flags(field)} | {_cell(sentences[name])} |")
    return "\n\n".join([*parts, "\n".join(inputs), "\n".join(outputs)])


def _own(resource: type[Resource]) -> dict[str, Field]:
    inputs = resource.provider_type.schema.inputs
    return {name: field for name, field in inputs.items() if name not in Resource.__annotations__}


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


def _sentences(owner: type[Any]) -> dict[str, str]:
    """Return the sentence that stands under each declaration of a class."""
    body = ast.parse(inspect.getsource(owner)).body[0].body  # type: ignore[attr-defined]  # it is a class
    return {
        node.target.id: " ".join(ast.literal_eval(after.value).split())
        for node, after in pairwise(body)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(after, ast.Expr)
    }


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write({"summary": summary, "reference": reference, "errors": errors}[sys.argv[1]]())
