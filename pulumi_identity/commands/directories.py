"""The options of commands that read directories: the directories, the entities, and the access to AWS."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from pulumi_identity.commands.terminal import fail
from pulumi_identity.provider import registry
from pulumi_identity.provider.traits import ImportOption, ReadOption

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi_identity.importer import Selection

Include: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATTERN",
        help="Select only matching names, display names and e-mail addresses (*, ?, […]). Repeatable.",
    ),
]
Exclude: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Leave out matching names, display names and e-mail addresses. Repeatable."),
]
ExternallyManaged: TypeAlias = Annotated[
    bool, typer.Option("--externally-managed", help="Also select entities that SCIM manages.")
]
Region: TypeAlias = Annotated[
    str | None, typer.Option(metavar="REGION", help="AWS region. Default: AWS_REGION or the region of the profile.")
]
RoleArn: TypeAlias = Annotated[str | None, typer.Option(metavar="ARN", help="IAM role to assume for every call.")]


def with_options_of_kinds(*, reads_more: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Replace `**of_kinds` in a command's signature with the options that kinds declare.

    Args:
        reads_more: Whether the command has the options for reading more of each entity.

    Returns:
        The decorator.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command, eval_str=True)
        own = [parameter for name, parameter in signature.parameters.items() if name != "of_kinds"]
        after = [parameter.name for parameter in own].index("externally_managed") + 1
        selecting = map(_option, registry.import_options())
        reading = map(_option, registry.read_options() if reads_more else ())
        parameters = [own[0], *selecting, *own[1:after], *reading, *own[after:]]

        @wraps(command)
        def with_options(**given: Any) -> None:
            command(**given)

        with_options.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # for typer
        with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return with_options

    return decorate


def selection_of(
    of_kinds: Mapping[str, str | bool | None],
    doing: str,
    code: int,
    *,
    include: list[str] | None,
    exclude: list[str] | None,
    **more: Any,
) -> Selection:
    """Return the selection of a command line, or end the command if an option is missing or invalid.

    Args:
        of_kinds: Parameter → value of the options that kinds declare.
        doing: The action, as a verb in -ing.
        code: The exit code for an invalid command line.
        include: Patterns of entities to select.
        exclude: Patterns of entities to leave out.
        more: Other attributes of the selection.

    Returns:
        The selection.
    """
    from pulumi_identity.importer import Selection  # noqa: PLC0415  (slow, and not for --help)

    given = {_flag(name): value for name, value in of_kinds.items() if value is not None and value is not False}
    flags = [option.flag for option in registry.import_options()]
    values = {flag: value if isinstance(value, str) else "" for flag in flags if (value := given.get(flag)) is not None}
    if not values:
        fail(f"{doing}: no directory is selected — set {', '.join(flags[:-1])} or {flags[-1]}", code)
    selection = Selection(
        values=values,
        read_more=frozenset(given.keys() - values.keys()),
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        **more,
    )
    if errors := list(selection.errors()):
        fail("\n".join(f"{doing}: {error}" for error in errors), code)
    return selection


def _flag(parameter: str) -> str:
    return f"--{parameter.replace('_', '-')}"


def _option(option: ImportOption | ReadOption) -> inspect.Parameter:
    """Return the parameter from which typer builds an option of a kind."""
    if isinstance(option, ImportOption) and option.parts:
        hint: Any = Annotated[str | None, typer.Option(option.flag, metavar=option.metavar, help=option.help)]
        default: Any = None
    else:
        hint, default = Annotated[bool, typer.Option(option.flag, help=option.help)], False
    name = option.flag.removeprefix("--").replace("-", "_")
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)
