"""The generated parts of docs/lookups.md. `make docs` writes them into the page."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import ModuleType
from typing import Any

from pulumi_identity.lookups import appstream, groups, memberships, quicksight, quicksight_groups, stores, users
from pulumi_identity.lookups._invoke import LOOKUPS, Lookup
from pulumi_identity.provider.registry import KINDS
from tools.lookup_docstrings import ERRORS, SHARED, parse

MODULES: dict[str, ModuleType] = {
    "Users of IAM Identity Center": users,
    "Groups of IAM Identity Center": groups,
    "Memberships in IAM Identity Center": memberships,
    "Identity stores": stores,
    "QuickSight": quicksight,
    "Groups of QuickSight": quicksight_groups,
    "AppStream 2.0": appstream,
}


def operations() -> str:
    """Return the table of the API's operations: the resource or lookup for each, and its IAM action."""
    here: dict[str, list[str]] = defaultdict(list)
    outputs: dict[str, list[str]] = defaultdict(list)
    for kind in KINDS.values():
        for operation in kind.operations:
            action = f"{kind.service}:{operation}"
            here[action].append(f"[`{kind.name}`](resources.md#{kind.name.lower()})")
            outputs[action] = ["its properties"]
    for lookup in LOOKUPS.values():
        for action in lookup.actions:
            here[action].append(f"[`{lookup.name}`](#{lookup.name})")
            outputs[action].append(f"`{lookup.name}_output`")
    rows = ["| API operation | resource or lookup | as outputs | IAM action |", "|---|---|---|---|"]
    for action in sorted(here):
        operation = action.partition(":")[2]
        rows.append(f"| {operation} | {', '.join(here[action])} | {', '.join(outputs[action])} | `{action}` |")
    return "\n".join(rows)


def shared_arguments() -> str:
    """Return the table of the arguments that several lookups share."""
    rows = ["| argument | meaning |", "|---|---|"]
    return "\n".join([*rows, *(f"| `{name}` | {text} |" for name, text in SHARED.items())])


def shared_errors() -> str:
    """Return the list of the errors that every lookup can raise."""
    return _listed(ERRORS)


def reference() -> str:
    """Return a section for each lookup, by service."""
    return "\n\n".join(part for service, module in MODULES.items() for part in _service(service, module))


def _service(service: str, module: ModuleType) -> Iterator[str]:
    yield f"## {service}"
    yield (inspect.getdoc(module) or "").partition("\n\n")[2]
    for lookup in LOOKUPS.values():
        if lookup.ask.__module__ == module.__name__:
            yield from _section(lookup, module)


def _section(lookup: Lookup, module: ModuleType) -> Iterator[str]:
    yield f"### {lookup.name}"
    signature = inspect.signature(lookup.ask)
    arguments = ", ".join(_argument(parameter) for parameter in signature.parameters.values())
    yield f"`{lookup.name}({arguments})`, `{lookup.name}_output(…)`"
    docstring = parse(lookup.ask.__doc__ or "")
    yield docstring.prose
    if docstring.example:
        yield f"```python\n{docstring.example}\n```"
    if own := _listed({name: text for name, text in docstring.arguments.items() if name not in SHARED}):
        yield own
    if own := _listed({name: text for name, text in docstring.raises.items() if name not in ERRORS}):
        yield f"Raises:\n\n{own}"
    (result,) = re.findall(r"\w+Result|Listed\w+|dict.*", str(signature.return_annotation))
    answer = _members(getattr(module, result)) if hasattr(module, result) else f"`{result}`"
    many = "a tuple of " if str(signature.return_annotation).startswith("tuple") else ""
    secret = " **Secret.**" if lookup.secret else ""
    yield f"Returns: {docstring.returns}{secret} Type: {many}{answer}."
    yield f"IAM: {', '.join(f'`{action}`' for action in lookup.actions)}."


def _listed(entries: Mapping[str, str]) -> str:
    return "\n".join(f"- `{name}`: {text}" for name, text in entries.items())


def _argument(parameter: inspect.Parameter) -> str:
    return parameter.name if parameter.default is parameter.empty else f"{parameter.name}=None"


def _members(result: Any) -> str:
    members = ", ".join(f"`{field.name}`" for field in fields(result))
    return f"`{result.__name__}` ({members})"
