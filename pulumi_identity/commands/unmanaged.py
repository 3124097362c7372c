"""The command `pulumi-identity unmanaged`."""

import json
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pulumi_identity.commands.directories import (
    Exclude,
    ExternallyManaged,
    Include,
    Region,
    RoleArn,
    selection_of,
    with_options_of_kinds,
)
from pulumi_identity.commands.terminal import fail, on_signals
from pulumi_identity.errors import IdentityError, visible


class Format(StrEnum):
    """The format of the list."""

    TEXT = "text"
    JSON = "json"


@with_options_of_kinds(reads_more=False)
def unmanaged(
    *,
    stack_export: Annotated[
        list[Path],
        typer.Option(metavar="FILE", help="File from `pulumi stack export --file FILE`. Repeatable."),
    ],
    include: Include = None,
    exclude: Exclude = None,
    externally_managed: ExternallyManaged = False,
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option(help="Format: text, with a line for each, or json.")
    ] = Format.TEXT,
    region: Region = None,
    role_arn: RoleArn = None,
    **of_kinds: str | bool | None,
) -> None:
    """List users, groups, and members of managed groups that no resource manages.

    Reads AWS with one call for each 100 users and at least one for each managed group. Changes nothing.
    Exits with code 2 if the list is not empty, and with code 1 if reading fails.
    """
    from pulumi_identity import importer  # noqa: PLC0415

    selection = selection_of(
        of_kinds,
        "listing",
        1,
        include=include,
        exclude=exclude,
        externally_managed=externally_managed,
        region=region,
        role_arn=role_arn,
    )
    try:
        with on_signals(signal.default_int_handler, signal.SIGTERM), importer.show_progress(sys.stderr) as progress:
            findings = importer.find_unmanaged(selection, stack_export, progress)
    except KeyboardInterrupt:
        fail("listing: interrupted", code=130)
    except (IdentityError, ValueError) as error:
        fail(str(error))
    if format is Format.JSON:
        typer.echo(json.dumps(findings.as_json(), indent=2))
    else:
        for line in findings.lines():
            typer.echo(visible(line))
    for line in findings.summary_lines():
        typer.echo(visible(line), err=True)
    if findings:
        raise typer.Exit(2)
    if findings.problems:
        raise typer.Exit(1)
