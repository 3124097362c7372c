"""The command `pulumi-identity`, before any of its commands."""

from __future__ import annotations

import tomllib
from pathlib import Path

from typer.testing import CliRunner

from pulumi_identity.cli import app

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_it_tells_its_version() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"pulumi-identity {PROJECT['version']}\n")


def test_help_names_every_command() -> None:
    done = CliRunner().invoke(app, ["--help"])
    assert done.exit_code == 0
    for command in ("emulator", "review", "import", "--version"):
        assert command in done.stdout
