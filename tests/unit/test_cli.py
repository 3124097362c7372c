"""The command `pulumi-identity`, before any of its commands."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pulumi_identity.cli import app

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_it_tells_its_version() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"pulumi-identity {PROJECT['version']}\n")


def test_a_review_does_not_wait_for_somebody_to_type_a_preview() -> None:
    theirs, terminal = os.openpty()
    command = [sys.executable, "-c", "from pulumi_identity.cli import main; main()", "review"]
    done = subprocess.run(command, stdin=terminal, capture_output=True, text=True, timeout=60, check=False)
    os.close(theirs)
    os.close(terminal)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("reading the preview: standard input is a terminal — run `pulumi preview --json")


@pytest.mark.parametrize("command", [[], ["emulator"], ["review"], ["import"], ["unmanaged"]])
def test_help_shows_no_type_for_flags(command: list[str]) -> None:
    done = CliRunner().invoke(app, [*command, "--help"])
    assert done.exit_code == 0
    assert "--help" in done.stdout
    assert "bool" not in done.stdout.lower()


def test_help_names_every_command() -> None:
    done = CliRunner().invoke(app, ["--help"])
    assert done.exit_code == 0
    for command in ("emulator", "review", "import", "unmanaged", "check", "schema", "--version"):
        assert command in done.stdout
