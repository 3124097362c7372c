"""The command `pulumi-identity import`."""

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
    """The form of the written people and groups."""

    PYTHON = "python"
    YAML = "yaml"


@with_options_of_kinds(reads_more=True)
def import_directory(
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the program and import.json.")],
    include: Include = None,
    exclude: Exclude = None,
    externally_managed: ExternallyManaged = False,
    memberships: Annotated[
        bool,
        typer.Option(
            "--memberships",
            help="Write a resource for each membership, instead of one for all members of a group.",
        ),
    ] = False,
    format_: Annotated[
        Format,
        typer.Option(
            "--format", help="python: a resource for each person. yaml: people.yaml, and a program that reads it."
        ),
    ] = Format.PYTHON,
    stack_export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Leave out resources in this file from `pulumi stack export --file FILE`."),
    ] = None,
    region: Region = None,
    role_arn: RoleArn = None,
    force: Annotated[bool, typer.Option("--force", help="Write into a folder that is not empty.")] = False,
    **of_kinds: str | bool | None,
) -> None:
    """Import an existing directory: write a program that declares it, and a file for `pulumi import`.

    Reads AWS with one call for each 100 people. Changes nothing in AWS. Prints the next commands.
    Exits with code 1 if reading or writing fails, or if an entity can't be imported.
    """
    from pulumi_identity import importer  # noqa: PLC0415

    selection = selection_of(
        of_kinds,
        "importing",
        2,
        include=include,
        exclude=exclude,
        externally_managed=externally_managed,
        memberships=memberships,
        region=region,
        role_arn=role_arn,
    )
    try:
        with on_signals(signal.default_int_handler, signal.SIGTERM), importer.show_progress(sys.stderr) as progress:
            summary = importer.import_directory(
                out,
                selection,
                export=stack_export,
                people_file=format_ is Format.YAML,
                force=force,
                progress=progress,
            )
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
