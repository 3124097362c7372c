"""The commands `pulumi-identity check` and `pulumi-identity schema`, for files of people and groups."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pulumi_identity.errors import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pulumi_identity.directory import Company, Problem


class Format(StrEnum):
    """The format of the problems."""

    TEXT = "text"
    GITHUB = "github"
    JSON = "json"


def check(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="YAML, JSON or CSV files, or folders. - reads standard input."),
    ],
    *,
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option(help="Format: text, json, or github for annotations in a pull request.")
    ] = Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Also exit with code 2 on warnings.")] = False,
) -> None:
    """Check files of people and groups as one directory. Needs neither Pulumi nor AWS.

    Exits with code 2 if there are errors. The problems are sorted by file and line.
    """
    from pulumi_identity.directory import DirectoryError, load  # noqa: PLC0415 - only this command needs it

    company: Company | None
    try:
        company = load(*files)
        problems = company.warnings
    except DirectoryError as error:
        company, problems = None, error.problems
    if format is Format.JSON:
        typer.echo(json.dumps(_as_json(company, problems), indent=2, ensure_ascii=False))
    else:
        for problem in problems:
            typer.echo(problem.as_github() if format is Format.GITHUB else str(problem))
        typer.echo(visible(_summary(company, problems)), err=True)
    if company is None or (strict and problems):
        raise typer.Exit(2)


def schema() -> None:
    """Print the JSON Schema of files of people and groups, for completion and checks in editors."""
    path = Path(__file__).parents[1] / "directory" / "schema.json"
    typer.echo(path.read_text(encoding="utf-8"), nl=False)


def _as_json(company: "Company | None", problems: "Sequence[Problem]") -> dict[str, object]:
    return {
        "valid": company is not None,
        "people": len(company.people) if company else None,
        "groups": len(company.groups) if company else None,
        "problems": [problem.as_json() for problem in problems],
    }


def _summary(company: "Company | None", problems: "Sequence[Problem]") -> str:
    if company:
        people, groups = _counted(len(company.people), "person", "people"), _counted(len(company.groups), "group")
        warnings = f", with {_counted(len(problems), 'warning')}" if problems else ""
        return f"{people} and {groups} are valid{warnings}"
    errors = [problem for problem in problems if problem.severity == "error"]
    return f"found {_counted(len(errors), 'error')}"


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
