"""The command `pulumi-identity import`."""

from __future__ import annotations

import io
import json
import re
import signal
from typing import TYPE_CHECKING

import botocore.session
import pytest
from importer.directories import ACCOUNT, STORE, person
from typer.testing import CliRunner

from pulumi_identity.aws import process
from pulumi_identity.cli import app
from pulumi_identity.importer import Selection, relations, show_progress
from pulumi_identity.importer.writer import open_private

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
        "QuickSight groups: 0 read",
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
        f"# Move {out} into the folder of the program, and run the commands there.",
        f"# Set the configuration of the stack: {config}",
        "# Add to the program: import new",
        "pulumi import --file new/import.json --generate-code=false --protect=false --yes",
        "pulumi preview --refresh --expect-no-changes",
        f"# Don't commit new/import.json and {export}: they contain personal data.",
    ]


def test_nothing_to_import_is_success(aws: Emulator, tmp_path: Path) -> None:
    done = run("--appstream", "--out", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1] == "nothing to import; nothing was written"


def test_what_could_not_be_imported_is_told_and_the_rest_is_written(aws: Emulator, tmp_path: Path) -> None:
    aws.identitystore.seed_users(STORE, [person("ann"), {"UserName": "jo", "DisplayName": "Jo"}])
    done = run("--identity-store", STORE, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert f"importing IAM Identity Center User ({STORE}/jo): name is required — set it" in done.stderr
    assert (tmp_path / "out" / "import.json").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "importing: no directory is selected — set --identity-store, --quicksight or --appstream"),
        (["--quicksight", ACCOUNT, "--region", "eu-west-1"], 1, "your identity region is us-east-1"),
        (["--identity-store", "foo"], 2, "importing: --identity-store must be an id such as d-1234567890, not foo"),
        (["--identity-store", ""], 2, "--identity-store must be an id such as d-1234567890, not ''"),
        (["--quicksight", "abc"], 2, "importing: --quicksight must be a 12-digit AWS account id, not abc"),
        (["--quicksight", ""], 2, "importing: --quicksight must be a 12-digit AWS account id, not ''"),
        (["--quicksight", f"{ACCOUNT}/a/b"], 2, "--quicksight must be a namespace of 1 to 64 letters"),
        (["--quicksight", f"{ACCOUNT}/"], 2, "--quicksight must be a namespace of 1 to 64 letters"),
        (
            ["--appstream", "--region", "bogus!"],
            2,
            "importing: --region must be a region such as us-east-1, not 'bogus!'",
        ),
        (["--appstream", "--role-arn", "x"], 2, "importing: --role-arn must be an ARN such as arn:aws:iam::"),
        (["--appstream", "--stack-export", "{no file}"], 1, "reading {no file}: No such file or directory — run"),
        (["--appstream", "--stack-export", "{no export}"], 1, "not a stack export — run `pulumi stack"),
        (["--appstream", "--out", "{full}"], 1, "it already exists — choose another --out"),
        (["--appstream", "--out", "{no export}"], 1, "it already exists — choose another --out"),
        (["--appstream", "--out", "{no export}/out"], 1, "writing {no export}/out: File exists — choose another --out"),
    ],
)
def test_an_error_is_one_line(aws: Emulator, tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    paths = {"no file": str(tmp_path / "none"), "no export": str(tmp_path / "export"), "full": str(tmp_path)}
    (tmp_path / "export").write_text("[]")
    done = run("--out", tmp_path / "out", *(argument.format(**paths) for argument in arguments))
    assert (done.exit_code, done.stdout) == (code, "")
    (line,) = done.stderr.splitlines()
    assert said.format(**paths) in line
    assert not aws.calls or code == 1


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    done = run(
        "--out", tmp_path / "out", "--identity-store", "foo", "--quicksight", "/", "--region", "", "--role-arn", ""
    )
    assert done.exit_code == 2
    assert [line.split()[1] for line in done.stderr.splitlines()] == [
        "--identity-store",
        "--quicksight",
        "--quicksight",
        "--region",
        "--role-arn",
    ]


def test_what_aws_takes_is_no_mistake() -> None:
    store = f"arn:aws:identitystore::{ACCOUNT}:identitystore/{STORE}"
    role = "arn:aws-us-gov:iam::123456789012:role/a/path/Reader"
    botocores = botocore.session.get_session()
    regions = [
        region
        for partition in botocores.get_available_partitions()
        for region in botocores.get_available_regions("sts", partition)
    ]
    assert len(regions) > 30
    for region in regions:
        values = {"--identity-store": store, "--quicksight": ACCOUNT}
        assert not list(Selection(values=values, region=region, role_arn=role).errors())


@pytest.mark.parametrize(
    ("unset", "set_", "said"),
    [
        (["AWS_REGION"], {}, "for `pulumi-identity import`, pass --region"),
        (["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], {}, "NoCredentialsError: .* — set AWS_PROFILE"),
        ([], {"AWS_PROFILE": "absent"}, "set `profile` or AWS_PROFILE to a profile in the AWS configuration"),
    ],
)
def test_what_the_environment_lacks_is_one_line(
    aws: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unset: list[str], set_: dict[str, str], said: str
) -> None:
    monkeypatch.setattr(process, "current", process.Process())
    for name in unset:
        monkeypatch.delenv(name)
    for name, value in set_.items():
        monkeypatch.setenv(name, value)
    done = run("--appstream", "--out", tmp_path / "out")
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert re.search(said, line)


@pytest.mark.parametrize(
    "export",
    [
        "{",
        "[]",
        '{"deployment": null}',
        '{"deployment": {"resources": 5}}',
        '{"deployment": {"resources": [1]}}',
        '{"deployment": {"resources": [{"urn": "x", "type": "y"}]}}',
        '{"deployment": {"resources": [{"urn": "a::b::c::d"}]}}',
        "\0",
    ],
)
def test_what_is_no_export_is_told(tmp_path: Path, export: str) -> None:
    (tmp_path / "stack.json").write_text(export)
    done = run("--appstream", "--out", tmp_path / "out", "--stack-export", tmp_path / "stack.json")
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"reading {tmp_path}/stack.json: not a stack export — run `pulumi stack")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_stopped_leaves_nothing(
    aws: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    aws.identitystore.seed_users(STORE, [person("jo")])
    monkeypatch.setattr(relations.Relations, "read", lambda *_: signal.raise_signal(number))
    aws.identitystore.seed_groups(STORE, [{"DisplayName": "Admins"}])
    as_found = signal.getsignal(number)  # ignored, where the tests run in the background of a shell
    before = signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL
    signal.signal(number, before)
    try:
        done = run("--identity-store", STORE, "--out", tmp_path / "out")
        assert (done.exit_code, done.stdout) == (130, "")
        assert done.stderr.splitlines()[-1] == "importing: interrupted; nothing was written"
        assert list(tmp_path.iterdir()) == []
        assert signal.getsignal(number) is before
    finally:
        signal.signal(number, as_found)


def test_a_terminal_has_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    with show_progress(terminal) as progress:
        progress("people", 100, None)
        progress("people", 250, 250)
    assert "people" in terminal.getvalue()
    assert "250/250" in terminal.getvalue()
    assert "\x1b[" in terminal.getvalue()


def test_without_a_terminal_a_line_now_and_then() -> None:
    stream = io.StringIO()
    with show_progress(stream) as progress:
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


def test_files_with_personal_data_are_private(aws: Emulator, tmp_path: Path) -> None:
    """Also where `--force` writes over a file that others could read."""
    aws.identitystore.seed_users(STORE, [person("jo")])
    arguments = ("--identity-store", STORE, "--out", tmp_path / "out")
    for force in ((), ("--force",)):
        assert run(*arguments, *force).exit_code == 0
        for path in (tmp_path / "out" / "import.json", tmp_path / "out" / "out" / "people.py"):
            assert path.stat().st_mode & 0o777 == 0o600
            path.chmod(0o644)


def test_an_existing_file_becomes_private_before_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "import.json"
    path.write_text("something longer than the new text")
    path.chmod(0o644)
    with open_private(path) as file:
        assert path.stat().st_mode & 0o777 == 0o600
        file.write("short")
    assert path.read_text() == "short"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--identity-store", "\x1b[31m\x9b", "--out", "x"),
        ("--appstream", "--region", "x\x1b]0;title\x07", "--out", "x"),
        ("--appstream", "--out", "x", "--stack-export", "/nowhere/\x1b[31m\x07"),
        ("--\x1b[31m\x07",),
    ],
    ids=["value", "region", "path", "option"],
)
def test_an_option_reaches_no_terminal_as_it_is(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["import", *arguments], color=True)
    assert done.exit_code
    assert not set("\x1b\x07\x9b") & set(done.output.replace("\x1b[0m", ""))
