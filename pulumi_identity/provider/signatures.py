"""What `help`, `inspect` and the generated stub show of a resource: its parameters, their types and sentences.

Nothing here runs in a program: all of it is computed when it is first read.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from collections.abc import Awaitable, Mapping, Sequence
from functools import cache
from inspect import Parameter, Signature
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, ForwardRef, Literal, NotRequired, Union, get_args, get_origin
from typing import get_type_hints as hints_of

from pulumi import Output
from typing_extensions import ReadOnly, is_typeddict

from .kinds import SETTINGS

if TYPE_CHECKING:
    from .schema import Field

POSITIONAL = {
    "resource_name": "The resource's name in Pulumi's state, unique among the program's resources of this class.",
    "opts": "Pulumi's options of the resource.",
}
"""The arguments that every Pulumi resource takes by position → their sentences."""


class ConstructorSignature:
    """The class attribute that `inspect.signature` reads."""

    def __get__(self, obj: object, owner: type[Any]) -> Signature:
        """Return the signature, unless a subclass has a constructor of its own."""
        declaring = next(parent for parent in owner.__mro__ if "__init__" in vars(parent))
        if vars(declaring).get("__signature__") is not self:
            raise AttributeError(owner.__name__)
        resource: Any = owner  # mypy takes no class for hashable
        return signature(resource)


@cache
def signature(resource: Any) -> Signature:
    """Return the constructor's signature: required arguments, then optional ones, then the settings."""
    fields = resource._kind.schema.inputs  # noqa: SLF001  (kept out of the attributes that an editor lists)
    ordered = sorted(fields, key=lambda name: (name in SETTINGS, not fields[name].must_be_given))
    return Signature(
        [
            Parameter("resource_name", Parameter.POSITIONAL_OR_KEYWORD, annotation="str"),
            Parameter("opts", Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation="ResourceOptions | None"),
            *(_parameter(name, fields[name]) for name in ordered),
        ],
        return_annotation=None,
    )


def _parameter(name: str, field: Field) -> Parameter:
    default = Parameter.empty if field.must_be_given else None
    text = f"Input[{input_type(field.hint)}]"
    if field.listed:
        resource = field.listed.owner.__name__
        text += f" | Sequence[{f'Input[str] | {resource}' if field.listed.is_name else resource}]"
    if default is None and not text.endswith(" | None]"):
        text += " | None"
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=text)


@cache
def sentences(owner: type[Any]) -> Mapping[str, str]:
    """Return the sentence under each declaration of a class; none if its source is not there."""
    try:
        source = inspect.getsource(owner)
    except (OSError, TypeError):
        return {}
    body = ast.parse(textwrap.dedent(source)).body[0].body  # type: ignore[attr-defined]  # it is a class
    return {
        node.target.id: " ".join(ast.literal_eval(after.value).split())
        for node, after in pairwise(body)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(after, ast.Expr)
    }


# Types, as a program writes them


def input_type(hint: Any) -> str:
    """Return the type that an argument takes."""
    return _type(hint, output=False)


def output_type(hint: Any) -> str:
    """Return the type that an output has once it is known."""
    return _type(hint, output=True)


def typed_dict_fields(hint: Any) -> dict[str, Any]:
    """Return the fields of a TypedDict with their types; those that may be left out are NotRequired."""
    # Pulumi's own `Input` refers to its `Output[T]` by name.
    fields = hints_of(hint, localns={"Output": Output, "T": Any}, include_extras=True)
    return fields if hint.__total__ else {name: NotRequired[field] for name, field in fields.items()}


def has_output_form(hint: Any) -> bool:
    """Return whether a TypedDict takes outputs, so that what is read back has a type of its own."""
    return any(input_type(field) != output_type(field) for field in typed_dict_fields(hint).values())


def _type(hint: Any, *, output: bool) -> str:  # noqa: PLR0911  (one for each form of a type)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated or (origin is ReadOnly and output):
        return _type(args[0], output=output)
    if origin in {NotRequired, ReadOnly}:
        return f"{'ReadOnly' if origin is ReadOnly else 'NotRequired'}[{_type(args[0], output=output)}]"
    if origin in {Union, types.UnionType}:
        known = [arg for arg in args if get_origin(arg) not in {Awaitable, Output} and not isinstance(arg, ForwardRef)]
        union = " | ".join(_type(arg, output=output) for arg in known)
        return union if output or len(known) == len(args) else f"Input[{union}]"
    if origin is Literal:
        words = ", ".join(f'"{word}"' for word in args)
        return f"Literal[{words}]"
    if origin in {Sequence, list}:
        item = _type(args[0], output=output)
        return f"list[{item}]" if output else f"Sequence[{_input(item)}]"
    if origin is Mapping:
        key, value = (_type(arg, output=output) for arg in args)
        return f"dict[{key}, {value}]" if output else f"Mapping[{key}, {_input(value)}]"
    if is_typeddict(hint):
        return f"{hint.__name__}Output" if output and has_output_form(hint) else str(hint.__name__)
    return "None" if hint is type(None) else str(hint.__name__)


def _input(text: str) -> str:
    return text if text == "Any" or text.startswith("Input[") else f"Input[{text}]"
