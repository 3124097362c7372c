"""Errors in a constructor's arguments, raised at the line of the program that passes them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pulumi import Archive, Asset, Output, Resource, ResourceOptions
from pulumi._types import is_input_type
from pulumi.output import Unknown

from .failures import did_you_mean, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .schema import Schema

_TAKEN = (str, int, float, type(None), Output, Unknown, Resource, Asset, Archive)
"""The types that Pulumi serializes as they are. It looks into lists and dicts; the rest fails with a traceback that
shows the value."""
_NO_LISTS = (bytes, bytearray, memoryview, range)
"""Sequences that Pulumi does not accept as lists."""
_ANYTHING = "must be a type that Pulumi accepts: a string, a number, a boolean, a list or a dict"


def call_error(resource: str, schema: Schema, resource_name: Any, opts: Any) -> str | None:
    """Return the error in the two arguments that every Pulumi resource takes by position, or None."""
    if not isinstance(resource_name, str) or not resource_name:
        problem = f"{resource}: the first argument must be the resource's name"
    elif opts is not None and not isinstance(opts, ResourceOptions):
        passed = f"the class {opts.__name__}" if isinstance(opts, type) else f"a {type(opts).__name__}"
        problem = f"{resource}({resource_name!r}): the second argument must be ResourceOptions, not {passed}"
    else:
        return None
    required = [f"{name}=…" for name, field in schema.inputs.items() if field.must_be_given]
    example = ", ".join(['"name"', *required])
    return f"{problem}; write {resource}({example})"


def input_errors(schema: Schema, inputs: Mapping[str, Any]) -> Iterator[str]:
    """Yield the errors in the other arguments, without values. Pulumi would fail with a traceback of its own."""
    for name in sorted(inputs.keys() - schema.inputs.keys()):
        yield f"there is no argument {name!r}{did_you_mean(name, schema.inputs)}"
    for name, value in inputs.items():
        for at, problem, expected in _foreign(value):
            path = path_of(name, schema.inputs[name].hint, at)
            failures = [] if expected else schema.validate({name: value})[1]
            reasons = [failure.reason for failure in failures if failure.path == path]
            yield f"{path} {problem}; it {expected or ' and '.join(reasons) or _ANYTHING}"


def missing_arguments(schema: Schema, given: Mapping[str, Any], *, transformed: bool) -> str | None:
    """Return an error that names every required input without a value, or None.

    A program with transforms may configure resources in one of them. `check` runs after it.
    """
    fields = schema.inputs
    missing = [name for name in schema.required if given[name] is None and not (transformed and fields[name].config)]
    if not missing:
        return None
    keys = {name: schema.inputs[name].config for name in missing if schema.inputs[name].config}
    configurable = [
        f"for {name}, you can run `pulumi config set identity:{key} …` instead" for name, key in keys.items()
    ]
    return "; ".join([f"missing {', '.join(missing)}", *configurable])


def _foreign(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield each part of a value that Pulumi doesn't accept: the place, the problem, and the expected type or ""."""
    if isinstance(value, _TAKEN):
        return
    if isinstance(value, Mapping):
        for key in value:  # as Pulumi goes through it: one of its own dicts may have a property `items`
            if isinstance(key, str):
                yield from _foreign(value[key], (*at, key))
            else:
                yield at, f"has a key of type {type(key).__name__}", "must be a string"
    elif isinstance(value, Sequence) and not isinstance(value, _NO_LISTS):
        for index, item in enumerate(value):
            yield from _foreign(item, (*at, index))
    elif not (inspect.isawaitable(value) or is_input_type(type(value))):
        yield at, f"is of type {type(value).__name__}", ""
