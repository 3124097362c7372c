"""Errors in a resource's options: those that dynamic resources can't have, and names that are not properties.

Pulumi drops such options without a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints
from weakref import WeakSet

import pulumi
from pulumi.runtime._callbacks import _CallbackServicer
from pulumi.runtime.settings import get_root_resource
from typing_extensions import is_typeddict

from pulumi_identity.aws import process

from .failures import did_you_mean
from .value_types import alternatives, plain

if TYPE_CHECKING:
    from pulumi import Resource, ResourceOptions

    from .schema import Schema

_REMEDY = (
    "set region=…, role_arn=… or profile=… on the resource, or for several resources in `with settings(…):` of"
    " pulumi_identity; for all, run `pulumi config set identity:roleArn …`"
)
_AWS_PACKAGES = ("aws", "aws-native", "pulumi-python")
"""The packages whose providers select an account or a region. A provider of another package concerns other children."""
_PATHS = ("ignore_changes", "replace_on_changes")
"""Options that take paths of inputs."""
_ANY = "*"
_OF_PULUMI = (_ANY, "__provider")
"""Names in these options that are not properties."""
_INDEX = "[]"
"""The name of a step into a list."""
_STEP = re.compile(r'\.?([^.\[\]"]+)|\[(\*)\]|\["((?:[^"\\]|\\.)+)"\]|\[\d+\]')
"""A step of a path such as `name.given_name`, `emails[0].value`, `photos[*]` or `tags["team"]`."""


def option_errors(schema: Schema, opts: ResourceOptions) -> Iterator[str]:
    """Yield the errors in the options that a program passes to a resource.

    Args:
        schema: The schema of the resource.
        opts: The options.

    Yields:
        The errors, each with its remedy.
    """
    if opts.import_:
        yield (
            "Pulumi can't import dynamic resources with import_ — set adopt=True to adopt an existing entity, "
            "or run `pulumi-identity import` for a whole directory (docs/import.md)"
        )
    for option in ("provider", "providers"):
        if getattr(opts, option):
            yield f"{option}= has no effect, because dynamic resources have no provider instances — {_REMEDY}"
    for option in (*_PATHS, "additional_secret_outputs"):
        names: Any = getattr(opts, option) or ()
        if isinstance(names, str) or not isinstance(names, Iterable):
            yield f"{option} must be a list of names, such as [{_example(schema)!r}]"
            continue
        known = _wrong_input if option in _PATHS else _wrong_output
        yield from (f"{option}: {problem}" for name in names if (problem := known(schema, name)))


def warn_of_parent(parent: Resource) -> None:
    """Log one warning for each parent with AWS providers: its children of this package don't use them.

    Args:
        parent: The parent of a resource.
    """
    packages = [package for package in _AWS_PACKAGES if parent.get_provider(f"{package}:index:Any")]
    warned = process.get(WarnedParents).resources
    if not packages or parent in warned:
        return
    warned.add(parent)
    pulumi.log.warn(
        f"the resources of pulumi_identity in {parent.pulumi_resource_name!r} don't use its provider for"
        f" {' and '.join(packages)}, because dynamic resources have no provider instances — {_REMEDY}",
        resource=parent,
    )


def has_transformations(opts: ResourceOptions) -> bool:
    """Return whether functions of the program change a resource's properties before Pulumi's constructor sends them."""
    parent = opts.parent or get_root_resource()
    return bool(opts.transformations or (parent and parent._transformations))  # noqa: SLF001  (Pulumi has no other)


def has_transforms(opts: ResourceOptions) -> bool:
    """Return whether functions of the program may change a resource's properties, in the program or in the engine.

    The engine calls them through a server in the program's process. Pulumi's settings don't refer to it reliably.
    """
    return has_transformations(opts) or bool(opts.transforms or _CallbackServicer._servicers)  # noqa: SLF001


class WarnedParents:
    """The parents of the program that `warn_of_parent` has logged a warning for."""

    def __init__(self) -> None:
        self.resources: WeakSet[Resource] = WeakSet()


def _wrong_input(schema: Schema, path: Any) -> str:
    """Return why a path is not the path of an input, or ""."""
    steps = _steps(path)
    if not steps:
        return f"{path!r} is not a path such as 'name.given_name', 'emails[0].value' or 'tags[\"team\"]'"
    (_, name), *inner = steps
    if name in _OF_PULUMI:
        return ""
    if name in schema.outputs:
        return f"{name!r} is an output, which the program can't change"
    if name not in schema.inputs:
        return f"there is no property {path!r}{did_you_mean(name, schema.inputs)}"
    hints, at = [schema.inputs[name].hint], name
    for text, step in inner:
        parts = [part for hint in hints for part in _parts(hint)]
        hints = [hint for key, hint in parts if _ANY in (key, step) or key == step]
        if not hints:
            keys = [key for key, _ in parts]
            return f"there is no property {path!r}{did_you_mean(step, keys, prefix=f'{at}.')}"
        at += text
    return ""


def _wrong_output(schema: Schema, name: Any) -> str:
    """Return why a name is not a property, or "". Pulumi encrypts whole properties only."""
    known = schema.inputs.keys() | schema.outputs
    if name in known:
        return ""
    if name == _ANY:
        return f"{name!r} has no effect here; name each property"
    steps = _steps(name)
    if steps and steps[0][1] in known:
        return f"Pulumi can only encrypt whole properties; write {steps[0][1]!r} instead of {name!r}"
    return f"there is no property {name!r}{did_you_mean(str(name), known)}"


def _steps(path: Any) -> list[tuple[str, str]]:
    """Return the steps of a path, each as written and by its name; an empty list for anything else."""
    steps = list(_STEP.finditer(path)) if isinstance(path, str) else []
    if "".join(step.group() for step in steps) != path or path.startswith("."):
        return []
    return [(step.group(), next(filter(None, step.groups()), _INDEX)) for step in steps]


def _parts(hint: Any) -> Iterator[tuple[str, Any]]:
    """Yield the keys that a value of a type can have, each with the type of its value."""
    for alternative in alternatives(plain(hint)):
        if is_typeddict(alternative):
            yield from get_type_hints(alternative).items()
        elif get_origin(alternative) is list:
            yield _INDEX, get_args(alternative)[-1]
        elif get_origin(alternative) is dict:
            yield _ANY, get_args(alternative)[-1]
        elif alternative is Any:
            yield _ANY, Any


def _example(schema: Schema) -> str:
    return next(iter(schema.inputs))
