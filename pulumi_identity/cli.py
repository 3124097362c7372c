"""The command `pulumi-identity`.

Each command imports its modules when it runs. So `--help` is fast, and a command needs only its own extra.
"""

import sys
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Annotated

try:
    import typer
except ModuleNotFoundError:
    sys.exit("pulumi-identity: typer is not installed — run `pip install 'pulumi-identity[cli]'`")

from pulumi_identity.commands.check import check, schema
from pulumi_identity.commands.emulator import emulator
from pulumi_identity.commands.importing import import_directory
from pulumi_identity.commands.terminal import Command, Group, fail
from pulumi_identity.commands.unmanaged import unmanaged
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
app.command("import", cls=Command)(import_directory)
app.command(cls=Command)(unmanaged)
app.command(cls=Command)(check)
app.command(cls=Command)(schema)


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


def main() -> None:
    """Run the command line."""
    app()
