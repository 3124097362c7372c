"""Write what type checkers and editors read: the stub of the resources, types of values, and a file's JSON Schema.

`make docs` runs it after tools/exports.py; a test compares what it would write with what is there.
"""

import inspect
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from typing_extensions import is_typeddict

import pulumi_identity
from pulumi_identity.directory import json_schema
from pulumi_identity.provider import signatures
from pulumi_identity.provider.declare import Prop, Resource, kind_of
from pulumi_identity.provider.registry import KINDS

PACKAGE = Path(__file__).parents[1] / "pulumi_identity"

TYPES = '''\
"""The types of values: what arguments take, what outputs hold, and all arguments of a resource as a dict.

Written by tools/stubs.py.
"""

from __future__ import annotations

'''

STUB = '''\
# ruff: noqa: A002, E501, PYI021
"""The resources as type checkers and editors see them. Written by tools/stubs.py."""

'''

ORIGINS = {
    "Any": "typing",
    "Input": "pulumi",
    "Literal": "typing",
    "Mapping": "collections.abc",
    "NotRequired": "typing",
    "Output": "pulumi",
    "ReadOnly": "typing_extensions",
    "ResourceOptions": "pulumi",
    "Self": "typing",
    "Sequence": "collections.abc",
    "TypedDict": "typing_extensions",
    "UserRole": "pulumi_identity.aws.quicksight_roles",
}
"""Names that the generated modules import → where they are from."""


def written() -> dict[Path, str]:
    """Return what each generated module must hold."""
    types, stub = PACKAGE / "types.py", PACKAGE / "resources" / "__init__.pyi"
    schema = PACKAGE / "directory" / "schema.json"
    return {types: _formatted(types, _types()), stub: _formatted(stub, _stub()), schema: json_schema.text()}


def _names() -> list[str]:
    """Return the public names of the module of types."""
    forms = {hint.__name__: f"{hint.__name__}Output" for hint in _typed_dicts() if signatures.has_output_form(hint)}
    dicts = [hint.__name__ for hint in _typed_dicts()]
    return sorted(["UserRole", *dicts, *forms.values(), *(f"{resource.__name__}Args" for resource in _resources())])


def _types() -> str:
    dicts = _typed_dicts()
    two_forms = [hint for hint in dicts if signatures.has_output_form(hint)]
    lines = [f"__all__ = {_names()!r}"]
    for hint in dicts:
        fields = {name: signatures.input_type(field) for name, field in signatures.typed_dict_fields(hint).items()}
        lines += _typed_dict(hint.__name__, inspect.getdoc(hint) or "", fields)
    for hint in two_forms:
        fields = {name: signatures.output_type(field) for name, field in signatures.typed_dict_fields(hint).items()}
        lines += _typed_dict(f"{hint.__name__}Output", f"`{hint.__name__}`, as an output holds it.", fields)
    for resource in _resources():
        fields = {
            name: str(parameter.annotation)
            if parameter.default is parameter.empty
            else f"NotRequired[{parameter.annotation}]"
            for name, parameter in _arguments(resource).items()
        }
        name = resource.__name__
        lines += _typed_dict(f"{name}Args", f"The arguments of `{name}`, for `{name}(name, **arguments)`.", fields)
    body = "\n".join(lines)
    inputs = [field for resource in _resources() for field in kind_of(resource).schema.inputs.values()]
    members = sorted({field.listed.owner.__name__ for field in inputs if field.listed})
    return f"{TYPES}{_imports(body)}\nfrom pulumi_identity.resources import {', '.join(members)}\n\n{body}\n"


def _typed_dict(name: str, doc: str, fields: dict[str, str]) -> Iterator[str]:
    yield f"\n\nclass {name}(TypedDict):"
    yield f'    """{doc}"""\n'
    yield from (f"    {field}: {text}" for field, text in fields.items())


def _stub() -> str:
    names = [resource.__name__ for resource in _resources()]
    body = "\n".join(
        [f"__all__ = {sorted(names)!r}", *(line for resource in _resources() for line in _class(resource))]
    )
    ours = sorted(name for name in _names() if re.search(rf"\b{name}\b", body))
    imports = (
        f"{_imports(body)}\nfrom pulumi.dynamic import Resource\nfrom pulumi_identity.types import {', '.join(ours)}"
    )
    return f"{STUB}{imports}\n\n{body}\n"


def _class(resource: Any) -> Iterator[str]:
    doc, arguments = inspect.getdoc(resource) or "", _arguments(resource)
    sentences = signatures.POSITIONAL | {name: _sentence(resource, name) for name in arguments}
    yield f"\nclass {resource.__name__}(Resource):"
    yield from _docstring([doc], "    ")
    yield "    def __init__(self, resource_name: str, opts: ResourceOptions | None = None, *,"
    for name, parameter in arguments.items():
        default = "" if parameter.default is parameter.empty else " = None"
        yield f"        {name}: {parameter.annotation}{default},"
    yield "    ) -> None:"
    # Editors show the line of the argument that is being typed: each sentence is one line.
    yield from _docstring([doc, "", "Args:", *(f"    {name}: {text}" for name, text in sentences.items())], "        ")
    for name in kind_of(resource).properties:
        declared: Prop[Any] = inspect.getattr_static(resource, name)
        yield "    @property"
        yield f"    def {name}(self) -> Output[{signatures.output_type(declared.hint)}]:"
        yield from _docstring([_sentence(resource, name)], "        ")
    yield "    @classmethod"
    yield f"    def get{inspect.signature(Resource.__dict__['get'].__func__)}:".replace("'", "")
    yield from _docstring([inspect.getdoc(Resource.get) or ""], "        ")


def _resources() -> list[Any]:
    return [getattr(pulumi_identity, name) for name in sorted(KINDS)]


def _arguments(resource: Any) -> dict[str, inspect.Parameter]:
    parameters = inspect.signature(resource).parameters
    return {name: parameter for name, parameter in parameters.items() if name not in signatures.POSITIONAL}


def _sentence(resource: Any, name: str) -> str:
    return inspect.getdoc(inspect.getattr_static(resource, name)) or ""


def _typed_dicts() -> list[Any]:
    """Return every TypedDict in a property's type, by name."""
    hints = [
        inspect.getattr_static(resource, name).hint
        for resource in _resources()
        for name in kind_of(resource).properties
    ]
    found = {hint.__name__: hint for hint in _parts(hints) if is_typeddict(hint)}
    return [found[name] for name in sorted(found)]


def _parts(hints: Iterable[Any]) -> Iterator[Any]:
    for hint in hints:
        yield hint
        yield from _parts(get_args(hint))


def _docstring(lines: list[str], indent: str) -> Iterator[str]:
    text = "\n".join(lines)
    multiline = "\n" in text
    yield textwrap.indent(f'"""{text}' + ('\n"""' if multiline else '"""'), indent)


def _imports(body: str) -> str:
    used = [name for name in ORIGINS if re.search(rf"\b{name}\b", body)]
    modules = sorted({ORIGINS[name] for name in used})
    return "\n".join(
        f"from {module} import {', '.join(name for name in used if ORIGINS[name] == module)}" for module in modules
    )


def _formatted(path: Path, text: str) -> str:
    """Sort the imports and format the text as `make lint` wants it."""
    ruff, name = Path(sys.executable).with_name("ruff"), ["--stdin-filename", str(path), "-"]
    for command in (["check", "--quiet", "--select", "I,RUF022", "--fix"], ["format"]):
        text = subprocess.run([ruff, *command, *name], input=text, capture_output=True, check=True, text=True).stdout
    return text


if __name__ == "__main__":
    for written_path, written_text in written().items():
        written_path.write_text(written_text, encoding="utf-8")
