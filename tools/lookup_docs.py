"""The generated parts of docs/lookups.md, made from the code that they describe. `make docs` writes them in place."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from types import ModuleType
from typing import Any

from pulumi_identity.lookups import appstream, identitystore, memberships, quicksight, stores
from pulumi_identity.lookups._invoke import LOOKUPS, Lookup
from pulumi_identity.provider.kinds import KINDS

MODULES: dict[str, ModuleType] = {
    "IAM Identity Center": identitystore,
    "Memberships in IAM Identity Center": memberships,
    "Identity stores": stores,
    "QuickSight": quicksight,
    "AppStream 2.0": appstream,
}


def operations() -> str:
    """Return the table of the API's operations: what does each here, and what IAM must allow."""
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
    rows = ["| API operation | here | as outputs | IAM action |", "|---|---|---|---|"]
    for action in sorted(here):
        operation = action.partition(":")[2]
        rows.append(f"| {operation} | {', '.join(here[action])} | {', '.join(outputs[action])} | `{action}` |")
    return "\n".join(rows)


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
    text, _, example = (inspect.getdoc(lookup.ask) or "").partition("\n\n    ")
    yield text
    if example:
        yield f"```python\n{inspect.cleandoc('    ' + example)}\n```"
    (result,) = re.findall(r"\w+Result|Listed\w+|dict.*", str(signature.return_annotation))
    answer = _members(getattr(module, result)) if hasattr(module, result) else f"`{result}`"
    many = "a tuple of " if str(signature.return_annotation).startswith("tuple") else ""
    secret = " **A secret.**" if lookup.secret else ""
    yield f"Answers {many}{answer}.{secret} IAM: {', '.join(f'`{action}`' for action in lookup.actions)}."


def _argument(parameter: inspect.Parameter) -> str:
    return parameter.name if parameter.default is parameter.empty else f"{parameter.name}=None"


def _members(result: Any) -> str:
    return f"`{result.__name__}`: " + ", ".join(f"`{field.name}`" for field in fields(result))
