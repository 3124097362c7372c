"""The command `pulumi-identity import`."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from adopt.directories import ACCOUNT, STORE, person
from typer.testing import CliRunner

from pulumi_identity.adopt import showing
from pulumi_identity.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from pulumi_identity.emulator import Emulator


def run(*arguments: object) -> Result:
    """Run the command; what is unexpected is raised."""
    return CliRunner().invoke(app, ["import", *map(str, arguments)], catch_exceptions=False)


def test_it_tells_what_it_did_and_how_to_go_on(aws: Emulator, tmp_path: Path) -> None:
    aws.identitystore.seed_users(STORE, [person("jo"), person("ann")])
    aws.quicksight.namespaces.add("other")
    aws.quicksight.seed_users(["jo"], ACCOUNT, "other")
    done = run(
        *("--identity-store", STORE, "--quicksight", f"{ACCOUNT}/other", "--appstream", "--exclude", "ann"),
        *("--out", tmp_path / "my people"),
    )
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"cd '{tmp_path}/my people'",
        "pulumi stack init people",
        "pulumi import --file import.json --generate-code=false --protect=false --yes",
        "pulumi preview --refresh --expect-no-changes",
    ]
    assert done.stderr.splitlines() == [
        "people: 2 read",
        "groups: 0 read",
        "QuickSight users: 1 read",
        "AppStream users: 0 read",
        "people: 1 to import; left out: 1 by --include or --exclude",
        "quicksight: 1 to import",
    ]
    assert (tmp_path / "my people" / "Pulumi.yaml").read_text().splitlines() == [
        'name: "my-people"',
        "runtime: python",
        "description: People and groups in AWS",
        "config:",
        f'  identity:identityStoreId: "{STORE}"',
        f'  identity:awsAccountId: "{ACCOUNT}"',
        '  identity:namespace: "other"',
        '  identity:region: "us-east-1"',
    ]


def test_into_a_stack(aws: Emulator, tmp_path: Path) -> None:
    aws.identitystore.seed_users(STORE, [person("jo")])
    export = tmp_path / "stack.json"
    export.write_text(json.dumps({"version": 3, "deployment": {}}))
    out = tmp_path / "new"
    done = run("--identity-store", STORE, "--out", out, "--stack-export", export)
    assert done.exit_code == 0
    config = f"identity:identityStoreId {STORE}, identity:region us-east-1"
    assert done.stdout.splitlines() == [
        f"# In your program's folder, with the stack selected, whose configuration must be: {config}",
        "# Add to the program: import new",
        f"cp -r {out}/new .",
        f"pulumi import --file {out}/import.json --generate-code=false --protect=false --yes",
        "pulumi preview --refresh --expect-no-changes",
    ]


def test_nothing_to_import_is_success(aws: Emulator, tmp_path: Path) -> None:
    done = run("--appstream", "--out", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1] == "nothing to import; nothing was written"


def test_what_could_not_be_imported_is_told_and_the_rest_is_written(aws: Emulator, tmp_path: Path) -> None:
    aws.identitystore.seed_users(STORE, [person("ann"), {"UserName": "jo", "DisplayName": "Jo"}])
    done = run("--identity-store", STORE, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == f"importing IAM Identity Center User ({STORE}/jo): name is required"
    assert (tmp_path / "out" / "import.json").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "importing: nothing is asked for; give --identity-store, --quicksight or --appstream"),
        (["--quicksight", ACCOUNT, "--region", "eu-west-1"], 1, "your identity region is us-east-1"),
        (["--identity-store", STORE, "--region", "nowhere!"], 1, "write the region as `us-east-1`"),
        (["--appstream", "--stack-export", "{no file}"], 1, "importing: No such file or directory: {no file}"),
        (["--appstream", "--stack-export", "{no export}"], 1, "it is no stack export — make one with `pulumi stack"),
        (["--appstream", "--out", "{full}"], 1, "it exists already — choose another --out"),
        (["--appstream", "--out", "{no export}"], 1, "it exists already — choose another --out"),
    ],
)
def test_an_error_is_one_line(aws: Emulator, tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    paths = {"no file": str(tmp_path / "none"), "no export": str(tmp_path / "export"), "full": str(tmp_path)}
    (tmp_path / "export").write_text("[]")
    done = run("--out", tmp_path / "out", *(argument.format(**paths) for argument in arguments))
    assert (done.exit_code, done.stdout) == (code, "")
    (line,) = done.stderr.splitlines()
    assert said.format(**paths) in line


def test_a_terminal_has_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    with showing(terminal) as progress:
        progress("people", 100, None)
        progress("people", 250, 250)
    assert "people" in terminal.getvalue()
    assert "250/250" in terminal.getvalue()
    assert "\x1b[" in terminal.getvalue()


def test_without_a_terminal_a_line_now_and_then() -> None:
    stream = io.StringIO()
    with showing(stream) as progress:
        for done in range(100, 2500, 100):
            progress("people", done, None)
        progress("people", 2450, 2450)
        progress("members of groups", 1000, 1500)
    assert stream.getvalue().splitlines() == [
        "people: 1,000 read",
        "people: 2,000 read",
        "people: 2,450 read",
        "members of groups: 1,000 of 1,500 read",
    ]
