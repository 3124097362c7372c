"""The command `pulumi-identity emulator`, as a process of its own."""

import inspect
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest
from emulator.asking import REGION, STORE, Store, raw_client, refused
from typer.testing import CliRunner

from pulumi_identity.emulator import Emulator

COMMAND = [sys.executable, "-c", "from pulumi_identity.cli import main; main()"]
OPTION = re.compile(r"--[a-z-]+")
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _importable(_bare_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def emulator(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    command = [*COMMAND, "emulator", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_listens_when_it_says_so_and_ends_when_it_is_told_to(number: signal.Signals) -> None:
    with emulator() as (process, url):
        assert url.startswith("http://127.0.0.1:")
        Store(raw_client("identitystore", REGION, url)).user()
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out) == (0, "")
        assert "Traceback" not in err


def test_it_leaves_as_it_came_within_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    from pulumi_identity import cli

    class Told(Emulator):
        def __enter__(self) -> Self:
            super().__enter__()
            signal.raise_signal(signal.SIGTERM)
            return self

    monkeypatch.setattr("pulumi_identity.emulator.Emulator", Told)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    done = CliRunner().invoke(cli.app, ["emulator", "--port", "0"])
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert done.stdout.startswith("http://127.0.0.1:")
    with Emulator() as other:
        port = other.url.rpartition(":")[2]
        done = CliRunner().invoke(cli.app, ["emulator", "--port", port])
    assert (done.exit_code, done.stdout, "already in use" in done.stderr) == (1, "", True)
    assert {number: signal.getsignal(number) for number in before} == before


def test_its_options(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    options = ["--identity-store", STORE, "--identity-store", "d-0000000001", "--identity-region", "eu-west-1"]
    limits = ["--rate", "3", "--latency-ms", "30", "--log", str(log), "--seed", "7"]
    with emulator(*options, *limits) as (_, url):
        client = raw_client("identitystore", REGION, url)
        answers = [client.list_users(IdentityStoreId=store) for store in (STORE, "d-0000000001")]
        with refused("ResourceNotFoundException", ResourceType="IDENTITY_STORE"):
            client.list_users(IdentityStoreId="d-0000000002")
        with refused("ThrottlingException"):
            while True:
                client.list_users(IdentityStoreId=STORE)
        with refused("AccessDeniedException") as refusal:
            raw_client("quicksight", REGION, url).list_users(AwsAccountId="123456789012", Namespace="default")
        assert "eu-west-1" in refusal.message
    with Emulator(seed=7) as aws:
        client = raw_client("identitystore", REGION, aws.url)
        answer = client.list_users(IdentityStoreId=STORE)
    assert answer["ResponseMetadata"]["RequestId"] == answers[0]["ResponseMetadata"]["RequestId"]
    calls = [json.loads(line) for line in log.read_text().splitlines()]
    assert calls[0]["operation"] == "ListUsers"
    assert all(call["ms"] >= 30 for call in calls)


def test_options_for_other_accounts() -> None:
    options = ["--namespace", "other", "--active-directory", "--disabled-user", "jo", "--quicksight-identity-center"]
    delays = ["--appstream-visible-after", "60", "--role-delay", "60"]
    limits = ["--quicksight-rate", "0.1", "--appstream-rate", "0.1", "--throttle-answer", "bare"]
    with emulator(*options, *delays, *limits) as (_, url):
        store = Store(raw_client("identitystore", REGION, url))
        assert store.describe_user(UserId=store.user("jo"))["UserStatus"] == "DISABLED"
        with refused("ValidationException") as refusal:
            store.list_users()
        assert refusal.message == "Filter is required"
        quicksight = raw_client("quicksight", REGION, url)
        call = {"AwsAccountId": "123456789012", "Namespace": "other", "UserName": "jo"}
        with refused("AccessDeniedException") as refusal:
            quicksight.delete_user(**call)
        assert "managed by IAM Identity Center" in refusal.message
        with refused("ThrottlingException") as refusal:
            quicksight.delete_user(**call)
        assert refusal.message == ""
        appstream = raw_client("appstream", REGION, url)
        appstream.create_user(UserName="jo@example.org", AuthenticationType="USERPOOL")
        with refused("ThrottlingException"):
            appstream.describe_users(AuthenticationType="USERPOOL")


def test_help_names_the_account_and_the_services() -> None:
    text = " ".join(run("emulator", "--help").stdout.split())
    for service in ("123456789012", "identitystore", "quicksight", "appstream", "sso-admin"):
        assert service in text


def test_the_page_describes_every_option() -> None:
    from pulumi_identity.commands.emulator import emulator as command

    page = (ROOT / "docs" / "emulator.md").read_text(encoding="utf-8")
    described = {option for line in page.splitlines() if line.startswith("| `--") for option in OPTION.findall(line)}
    general = {"--host", "--port", "--latency-ms", "--log", "--seed"}
    options = {f"--{name.replace('_', '-')}" for name in inspect.signature(command).parameters}
    assert described == options - general


def test_an_occupied_port_is_one_clear_line() -> None:
    with emulator() as (_, url):
        port = url.rpartition(":")[2]
        done = run("emulator", "--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"starting the emulator on 127.0.0.1:{port}: Address already in use — choose another --port or --host\n"
    )


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["--identity-store", "d-nothex"], "'d-nothex' is not an identity store id"),
        (["--identity-region", "Mars"], "'Mars' is not a region"),
        (["--throttle-answer", "loud"], "'loud' is not a valid ThrottleAnswer"),
        (["--host", "no.such.host.invalid"], "on no.such.host.invalid:0"),
    ],
)
def test_what_cannot_be_is_one_clear_line(arguments: list[str], cause: str) -> None:
    done = run("emulator", "--port", "0", *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert cause in done.stderr


def test_a_log_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    log = tmp_path / "missing" / "calls.jsonl"
    done = run("emulator", "--port", "0", "--log", str(log))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"starting the emulator on {log}: No such file or directory" in done.stderr


def without(tmp_path: Path, module: str) -> None:
    """Let `module` be missing in the processes that follow."""
    hidden = f"import sys\nsys.modules[{module!r}] = None\n"
    (tmp_path / "sitecustomize.py").write_text(hidden)
    os.environ["PYTHONPATH"] = os.pathsep.join([str(tmp_path), str(ROOT)])


@pytest.mark.parametrize(
    ("module", "extra", "arguments"), [("moto", "emulator", ["emulator"]), ("typer", "cli", ["--help"])]
)
def test_what_is_not_installed_is_one_line(tmp_path: Path, module: str, extra: str, arguments: list[str]) -> None:
    without(tmp_path, module)
    done = run(*arguments)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"pip install 'pulumi-identity[{extra}]'" in done.stderr


def test_help_needs_neither_moto_nor_boto3() -> None:
    check = "import pulumi_identity.cli, sys; print([m for m in ('moto', 'boto3', 'pulumi') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("[]", "['pulumi']")


def test_the_aws_cli_is_a_user_too() -> None:
    aws = Path(sys.executable).with_name("aws")

    def ask(*arguments: str) -> dict[str, object]:
        command = [str(aws), "--endpoint-url", url, "--region", REGION, "--output", "json", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout or "{}"))

    with emulator() as (_, url):
        store = ["--identity-store-id", STORE]
        name = ["--name", "GivenName=Jo,FamilyName=Do", "--emails", "Value=jo@example.org,Primary=true"]
        created = ask("identitystore", "create-user", *store, "--user-name", "jo", "--display-name", "Jo", *name)
        operations = json.dumps([{"AttributePath": "title", "AttributeValue": "Engineer"}])
        user = ["--user-id", str(created["UserId"])]
        ask("identitystore", "update-user", *store, *user, "--operations", operations)
        found = ask("identitystore", "describe-user", *store, *user)
        assert (found["UserName"], found["Title"]) == ("jo", "Engineer")
        pool = ["--authentication-type", "USERPOOL"]
        ask("appstream", "create-user", "--user-name", "jo@example.org", *pool)
        (listed,) = ask("appstream", "describe-users", *pool)["Users"]  # type: ignore[misc]
        assert listed["UserName"] == "jo@example.org"
        ask("appstream", "create-stack", "--name", "desktop")
        (stack,) = ask("appstream", "describe-stacks", "--names", "desktop")["Stacks"]  # type: ignore[misc]
        assert stack["Name"] == "desktop"
        (instance,) = ask("sso-admin", "list-instances")["Instances"]  # type: ignore[misc]
        assert instance["IdentityStoreId"] == STORE
        arguments = ["--aws-account-id", "123456789012", "--namespace", "default"]
        registration = ["--identity-type", "IAM", "--iam-arn", "arn:aws:iam::123456789012:role/R"]
        person = ["--session-name", "se", "--email", "a@b", "--user-role", "READER"]
        ask("quicksight", "register-user", *arguments, *registration, *person)
        described = ask("quicksight", "describe-user", *arguments, "--user-name", "R/se")
        assert described["User"]["UserName"] == "R/se"  # type: ignore[index]
