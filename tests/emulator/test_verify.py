"""The command `pulumi-identity verify-aws`, against the emulator."""

from __future__ import annotations

import signal
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from emulator.asking import ACCOUNT, REGION, STORE, raw_client
from typer.testing import CliRunner

from pulumi_identity.cli import app
from pulumi_identity.commands import verify
from pulumi_identity.emulator import Emulator
from pulumi_identity.facts import FACTS, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

EVERYTHING = ["--identity-store", STORE, "--quicksight", ACCOUNT, "--appstream"]


@pytest.fixture
def aws(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    with Emulator(port=port, identity_stores=[STORE]) as emulator:
        monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
        verify._client.cache_clear()
        yield emulator


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["verify-aws", *arguments])


def left(aws: Emulator) -> list[object]:
    """Return what is left in the account."""
    store = raw_client("identitystore", REGION, aws.url)
    quicksight = raw_client("quicksight", REGION, aws.url)
    appstream = raw_client("appstream", REGION, aws.url)
    place = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
    return [
        *store.list_users(IdentityStoreId=STORE)["Users"],
        *store.list_groups(IdentityStoreId=STORE)["Groups"],
        *quicksight.list_users(**place)["UserList"],
        *quicksight.list_groups(**place)["GroupList"],
        *appstream.describe_users(AuthenticationType="USERPOOL")["Users"],
        *appstream.describe_stacks().get("Stacks", []),
    ]


def test_every_fact_holds_or_is_skipped_by_name(aws: Emulator) -> None:
    done = run("--yes-create-entities", *EVERYTHING, "--iam-role", f"arn:aws:iam::{ACCOUNT}:role/Analyst")
    lines = done.stdout.splitlines()
    signs = Counter(line[0] for line in lines[:-1])
    skipped = [fact for fact in FACTS if fact.mode not in (Mode.ORDINARY, Mode.IAM_ROLE)]
    assert (done.exit_code, signs) == (0, {"✓": len(FACTS) - len(skipped), "-": len(skipped)}), done.stdout
    for fact in skipped:
        assert any(line.startswith(f"- {fact.name}:") and line.endswith(fact.mode.value) for line in lines)
    assert lines[-1] == f"{signs['✓']} facts hold, 0 do not hold, {len(skipped)} were skipped"
    assert left(aws) == []


def test_it_says_what_it_creates_and_needs_the_flag(aws: Emulator) -> None:
    done = run(*EVERYTHING)
    assert (done.exit_code, done.stdout) == (1, "")
    for words in ("begin with verify-", STORE, "authors", "AppStream", "--yes-create-entities"):
        assert words in done.stderr
    assert list(aws.calls) == []


def test_services_that_are_not_selected_are_skipped(aws: Emulator) -> None:
    done = run("--yes-create-entities", "--appstream")
    assert done.exit_code == 0
    assert {call.service for call in aws.calls} == {"appstream"}
    assert "- identitystore/rename-in-place" in done.stdout
    assert "--identity-store is not set" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [([], "nothing is selected"), (["--appstream", "--region", ""], "no region is set")],
)
def test_what_is_missing_is_one_line(monkeypatch: pytest.MonkeyPatch, arguments: list[str], cause: str) -> None:
    monkeypatch.delenv("AWS_REGION")
    done = run("--yes-create-entities", *arguments)
    assert (done.exit_code, done.stderr.count("\n"), cause in done.stderr) == (1, 1, True)


def test_a_fact_that_does_not_hold(aws: Emulator) -> None:
    aws.faults.fail("appstream", "BatchAssociateUserStack", "OperationNotPermittedException", message="because")
    done = run("--yes-create-entities", "--appstream")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert done.exit_code == 2
    assert line.startswith("✗ appstream/associations-fail-one-by-one")
    assert "because" in line
    assert left(aws) == []


def test_an_unexpected_answer(aws: Emulator) -> None:
    aws.quicksight.edition = "STANDARD"
    done = run("--yes-create-entities", "--quicksight", ACCOUNT)
    assert done.exit_code == 2
    (line,) = [line for line in done.stdout.splitlines() if "code-of-sessions-for-readers" in line]
    assert "expected error InvalidParameterValueException, got error UnsupportedUserEditionException" in line
    assert left(aws) == []


def test_denied_calls_prove_nothing(aws: Emulator) -> None:
    aws.faults.fail("appstream", "CreateUser", "AccessDeniedException", times=1000)
    done = run("--yes-create-entities", "--appstream")
    (line,) = [line for line in done.stdout.splitlines() if "users-show-within-minutes" in line]
    assert line.startswith("- ")
    assert "AccessDeniedException" in line


def test_a_lost_answer_leaves_nothing(aws: Emulator) -> None:
    aws.faults.drop("identitystore", "CreateUser", times=15)
    run("--yes-create-entities", "--identity-store", STORE)
    assert aws.calls.count("identitystore", "CreateUser") > 15
    assert left(aws) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_nothing(aws: Emulator, number: signal.Signals) -> None:
    aws.faults.before("identitystore", "UpdateUser", lambda: signal.raise_signal(number))
    done = run("--yes-create-entities", "--identity-store", STORE)
    assert (done.exit_code, "interrupted" in done.stderr) == (130, True)
    assert aws.calls.count("identitystore", "CreateUser") == 1
    assert left(aws) == []


def test_what_can_not_be_deleted_is_named(aws: Emulator) -> None:
    aws.faults.fail("appstream", "DeleteUser", "OperationNotPermittedException", message="no", times=3)
    done = run("--yes-create-entities", "--appstream")
    (user,) = left(aws)
    assert done.exit_code == 1
    assert f"AppStream user {user['UserName']} is left" in done.stderr  # type: ignore[index]
