"""The command `pulumi-identity`.

Each command imports its modules when it runs. So `--help` is fast, and a command needs only its own extra.
"""

import inspect
import signal
import sys
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

from pulumi_identity.errors import visible
from pulumi_identity.provider import registry
from pulumi_identity.provider.traits import ImportOption, ReadOption

try:
    import typer
except ModuleNotFoundError:
    sys.exit("pulumi-identity: typer is not installed — run `pip install 'pulumi-identity[cli]'`")

from pulumi_identity.commands.emulator import emulator
from pulumi_identity.commands.terminal import Command, Group, fail, on_signals
from pulumi_identity.commands.verify import verify_aws


class Format(StrEnum):
    """The format of a review."""

    MARKDOWN = "markdown"
    TEXT = "text"
    JSON = "json"
    HTML = "html"


class FailOn(StrEnum):
    """The findings for which a review exits with code 2."""

    NEVER = "never"
    DANGER = "danger"
    CHANGE = "change"


app = typer.Typer(
    name="pulumi-identity",
    cls=Group,
    help="Tools for Pulumi programs that manage people and groups in AWS.",
    no_args_is_help=True,
    add_completion=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"pulumi-identity {metadata.version('pulumi-identity')}")
        raise typer.Exit


@app.callback()
def _commands(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options before a command."""


app.command(cls=Command)(emulator)
app.command(cls=Command)(verify_aws)


@app.command(cls=Command)
def review(
    preview: Annotated[
        Path | None,
        typer.Argument(help="File with the output of `pulumi preview --json`. Default: standard input."),
    ] = None,
    *,
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option(help="Format: markdown for a comment, html for a page, text, or json.")
    ] = Format.MARKDOWN,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with code 2 on a danger, or on any change. A failed preview is a danger.")
    ] = FailOn.NEVER,
    title: Annotated[str | None, typer.Option(help="Heading of the review.")] = None,
    admin_group: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN",
            help="Groups whose new members are a danger. * and ? are wildcards. Repeatable.",
            show_default="*admin*, *root*, *owner*, …",
        ),
    ] = None,
    max_deleted: Annotated[
        int,
        typer.Option(
            min=0,
            max=100,
            help="Percentage of a kind, or of a group's members, that can be deleted or removed before it is a danger.",
        ),
    ] = 30,
) -> None:
    """Review a preview: who gains access, who loses it, and who becomes an admin.

    pulumi preview --json --refresh --show-sames | pulumi-identity review
    """
    from pulumi_identity import review as reviewing  # noqa: PLC0415 - only this command needs it

    if preview is None and sys.stdin.isatty():
        remedy = "run `pulumi preview --json --refresh --show-sames | pulumi-identity review`"
        fail(f"reading the preview: standard input is a terminal — {remedy}", code=2)
    try:
        text = (sys.stdin.buffer.read() if preview is None else preview.read_bytes()).decode("utf-8-sig")
    except OSError as error:
        fail(f"reading the preview from {preview}: {error.strerror} — choose another file")
    except UnicodeDecodeError as error:
        fail(f"reading the preview: byte {error.start:,} is not UTF-8 — give the output of `pulumi preview --json`")
    limits = reviewing.Thresholds(admin_groups=tuple(admin_group or reviewing.ADMIN_GROUPS), max_deleted=max_deleted)
    try:
        found = reviewing.review(text, title=title or reviewing.TITLE, limits=limits)
    except reviewing.NotAPreviewError as error:
        fail(str(error))
    typer.echo(reviewing.RENDERERS[format.value](found).encode(), nl=False)
    if (fail_on is not FailOn.NEVER and found.dangers) or (fail_on is FailOn.CHANGE and found.changes):
        raise typer.Exit(2)


def _import_directory(
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the program and import.json.")],
    include: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN",
            help="Import only matching names, display names and e-mail addresses (*, ?, […]). Repeatable.",
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN", help="Leave out matching names, display names and e-mail addresses. Repeatable."
        ),
    ] = None,
    externally_managed: Annotated[
        bool,
        typer.Option("--externally-managed", help="Also import entities that SCIM manages."),
    ] = False,
    stack_export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Leave out resources in this file from `pulumi stack export --file FILE`."),
    ] = None,
    region: Annotated[
        str | None, typer.Option(metavar="REGION", help="AWS region. Default: AWS_REGION or the region of the profile.")
    ] = None,
    role_arn: Annotated[str | None, typer.Option(metavar="ARN", help="IAM role to assume for every call.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write into a folder that is not empty.")] = False,
    **of_kinds: str | bool | None,
) -> None:
    """Import an existing directory: write a program that declares it, and a file for `pulumi import`.

    Reads AWS with one call for each 100 people. Changes nothing in AWS. Prints the next commands.
    Exits with code 1 if reading or writing fails, or if an entity can't be imported.
    """
    from pulumi_identity import importer  # noqa: PLC0415
    from pulumi_identity.errors import IdentityError  # noqa: PLC0415

    given = {_flag(name): value for name, value in of_kinds.items() if value is not None and value is not False}
    flags = [option.flag for option in registry.import_options()]
    values = {flag: value if isinstance(value, str) else "" for flag in flags if (value := given.get(flag)) is not None}
    if not values:
        fail(f"importing: no directory is selected — set {', '.join(flags[:-1])} or {flags[-1]}", code=2)
    selection = importer.Selection(
        values=values,
        read_more=frozenset(given.keys() - values.keys()),
        include=tuple(include or ()),
        exclude=tuple(exclude or ()),
        externally_managed=externally_managed,
        region=region,
        role_arn=role_arn,
    )
    if errors := list(selection.errors()):
        fail("\n".join(errors), code=2)
    try:
        with on_signals(signal.default_int_handler, signal.SIGTERM), importer.show_progress(sys.stderr) as progress:
            summary = importer.import_directory(out, selection, export=stack_export, force=force, progress=progress)
    except KeyboardInterrupt:
        fail("importing: interrupted; nothing was written", code=130)
    except OSError as error:
        fail(f"writing {out}: {error.strerror} — choose another --out" if error.strerror else str(error))
    except (IdentityError, ValueError) as error:
        fail(str(error))
    for line in importer.summary_lines(summary):
        typer.echo(visible(line), err=True)
    if not summary.imported:
        typer.echo("nothing to import; nothing was written", err=True)
    else:
        for line in importer.next_steps(out, summary, stack_export):
            typer.echo(visible(line))
    if summary.problems:
        raise typer.Exit(1)


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


def _with_options_of_kinds(command: Callable[..., None]) -> Callable[..., None]:
    """Replace `**of_kinds` in a command's signature with the options that kinds declare."""
    signature = inspect.signature(command)
    own = [parameter for name, parameter in signature.parameters.items() if name != "of_kinds"]
    names = [parameter.name for parameter in own]
    selecting, reading = (
        [_option(option) for option in found] for found in (registry.import_options(), registry.read_options())
    )
    after = names.index("stack_export")
    parameters = [own[0], *selecting, *own[1:after], *reading, *own[after:]]

    @wraps(command)
    def with_options(**given: Any) -> None:
        command(**given)

    with_options.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # for typer
    with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_options


app.command("import", cls=Command)(_with_options_of_kinds(_import_directory))


def main() -> None:
    """Run the command line."""
    app()
