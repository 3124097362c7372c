"""The log of AWS calls has a line for each attempt, and no value of a request or a response."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from contract.host import Host
from rules.test_incomplete_answers import spoilt

from pulumi_identity import AlreadyExists, Group, IdentityError, NotFound, get_user
from pulumi_identity.aws import process
from pulumi_identity.aws.retries import UNANSWERED

if TYPE_CHECKING:
    from pathlib import Path

    from rules.admins import Admins
    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

FIELDS = ["time", "service", "operation", "kind", "status", "code", "seconds", "attempt", "request_id"]


class Log:
    """The file of the log."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines since the last call."""
        text = self.file.read_text("utf-8") if self.file.exists() else ""
        self.file.unlink(missing_ok=True)
        return [json.loads(line) for line in text.splitlines()]

    def facts(self, *names: str) -> list[tuple[Any, ...]]:
        """Return some fields of the lines since the last call."""
        return [tuple(line[name] for name in names) for line in self.lines()]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    """A log, switched on."""
    monkeypatch.setenv("PULUMI_IDENTITY_LOG", str(tmp_path / "calls.jsonl"))
    return Log(tmp_path / "calls.jsonl")


def test_a_line_names_the_call_and_no_value(user: Person, log: Log) -> None:
    user.up(title="Engineer")
    text = log.file.read_text("utf-8")
    assert not [value for value in ("Engineer", "Doe", "d-1234567890", user.host.id.split("/")[1]) if value in text]
    assert log.file.stat().st_mode & 0o777 == 0o600
    (line,) = log.lines()
    assert list(line) == FIELDS
    assert [line[name] for name in FIELDS[1:6]] == ["identitystore", "CreateUser", "IdentityStoreUser", 200, None]
    assert 0 < line["seconds"] < 10
    assert line["attempt"] == 1
    assert len(line["request_id"]) == 36
    assert line["time"].endswith("+00:00")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("fault", "status", "code", "has_id"),
    [
        ("throttle", 400, "ThrottlingException", True),
        ("reset", None, "ConnectionClosedError", False),
    ],
)
def test_each_attempt_has_a_line(
    fault: str, status: int | None, code: str, has_id: bool, user: Person, aws: Emulator, log: Log
) -> None:
    user.up()
    log.lines()
    aws.faults.add(service="identitystore", operation="UpdateUser", fault=fault)
    user.up(title="Dr")
    lines = log.lines()
    assert [(line["attempt"], line["status"], line["code"]) for line in lines] == [(1, status, code), (2, 200, None)]
    assert [line["request_id"] is not None for line in lines] == [has_id, True]


@pytest.mark.parametrize("code", ["EndpointConnectionError", "ReadTimeoutError"])
def test_a_call_without_an_answer_has_a_line(
    code: str, aws: Emulator, log: Log, new_run: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "current", process.Process(process.Pauses().scaled(100)))
    if code == "ReadTimeoutError":
        aws.faults.add(service="identitystore", operation="GetUserId", fault="hang", times="always")
    else:
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(IdentityError) as caught:
        get_user(identity_store_id="d-1234567890", user_name="jo")
    assert caught.value.code == code
    assert caught.value.request_id == ""
    assert log.facts("attempt", "status", "code", "request_id") == [
        (attempt, None, code, None) for attempt in range(1, UNANSWERED + 1)
    ]


def test_a_body_that_is_not_valid_has_a_line(user: Person, aws: Emulator, log: Log) -> None:
    """botocore's parser raises for some bodies, and then reports no response."""
    user.up()
    aws.faults.fail("identitystore", "ListUsers", "AccessDeniedException", times=100)
    log.lines()
    with spoilt("identitystore", ("DescribeUser",), lambda _: b"[]"), pytest.raises(IdentityError) as caught:
        user.host.refresh()
    line = log.lines()[-1]
    assert [line[name] for name in ("operation", "status", "code")] == ["DescribeUser", 200, caught.value.code]
    assert line["request_id"]


def test_a_role_has_its_line(user: Person, aws: Emulator, log: Log) -> None:
    user.up(role_arn="arn:aws:iam::123456789012:role/directory")
    assert log.facts("service", "operation", "kind") == [
        ("sts", "AssumeRole", "IdentityStoreUser"),
        ("identitystore", "CreateUser", "IdentityStoreUser"),
    ]


def test_all_writes_of_a_set_name_its_kind(admins: Admins, log: Log) -> None:
    admins.up("ann", "bob", "eve")
    facts = log.facts("operation", "kind")
    assert facts.count(("CreateGroupMembership", "GroupMembers")) == 3
    assert {kind for _, kind in facts} == {"GroupMembers"}


def test_a_conflict_has_a_request_id(group: Person, log: Log) -> None:
    group.up()
    with pytest.raises(AlreadyExists) as caught:
        Host(Group).up(group.said)
    assert (caught.value.code, caught.value.operation) == ("ConflictException", "CreateGroup")
    ids = [id_ for (code, id_) in log.facts("code", "request_id") if code == "ConflictException"]
    assert ids[-1] == caught.value.request_id, "the create waits for a resource that may give the name up"


def test_an_error_about_several_members_has_one_request_id(admins: Admins, log: Log) -> None:
    """The log has the ids of all its requests."""
    admins.aws.faults.fail("identitystore", "CreateGroupMembership", "ValidationException", times=3)
    with pytest.raises(IdentityError) as caught:
        admins.up("ann", "bob", "eve")
    ids = [id_ for (code, id_) in log.facts("code", "request_id") if code == "ValidationException"]
    assert len(set(ids)) == 3
    assert [id_ for id_ in ids if id_ in str(caught.value)] == [caught.value.request_id]


def test_a_lookup_has_no_kind(user: Person, log: Log) -> None:
    with pytest.raises(NotFound) as caught:
        get_user(identity_store_id="d-1234567890", user_name="jo")
    (line,) = log.lines()
    assert [line[name] for name in ("operation", "kind", "status", "code")] == [
        "GetUserId",
        None,
        400,
        "ResourceNotFoundException",
    ]
    assert caught.value.request_id == line["request_id"]


def test_a_relative_file_is_in_the_projects_folder(
    user: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pulumi starts programs and hosts in the folder `main` of the project."""
    (tmp_path / "Pulumi.yaml").touch()
    (tmp_path / "src").mkdir()
    monkeypatch.chdir(tmp_path / "src")
    monkeypatch.setenv("PULUMI_IDENTITY_LOG", "calls.jsonl")
    user.up()
    assert len(Log(tmp_path / "calls.jsonl").lines()) == 1
    (tmp_path / "Pulumi.yaml").unlink()
    user.up(title="Dr")
    assert len(Log(tmp_path / "src" / "calls.jsonl").lines()) == 1


@pytest.mark.parametrize("path", ["missing/calls.jsonl", "calls.jsonl"], ids=["no folder", "no current folder"])
def test_a_file_that_cannot_be_opened_is_one_warning(
    path: str, admins: Admins, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "current").mkdir()
    monkeypatch.chdir(tmp_path / "current")
    if path == "calls.jsonl":
        (tmp_path / "current").rmdir()
    monkeypatch.setenv("PULUMI_IDENTITY_LOG", path)
    admins.up("ann", "bob")
    assert admins.members() == ["ann", "bob"]
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        f"PULUMI_IDENTITY_LOG: AWS calls are not logged: No such file or directory — check the path {path}"
    ]


@pytest.mark.timeout(60)
def test_a_pipe_without_a_reader_is_one_warning(
    user: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """To wait for a reader would stop the run."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    monkeypatch.setenv("PULUMI_IDENTITY_LOG", str(path))
    assert user.up() == "create"
    assert len(caplog.messages) == 1
    assert caplog.messages[0].endswith(f"— check the path {path}")


def test_the_logger_has_the_lines(user: Person, caplog: pytest.LogCaptureFixture) -> None:
    user.up()
    assert not caplog.records, "the calls are silent without a level"
    caplog.set_level(logging.DEBUG, "pulumi_identity.aws")
    user.up(title="Dr")
    (record,) = [record for record in caplog.records if record.name == "pulumi_identity.aws"]
    assert json.loads(record.getMessage())["operation"] == "UpdateUser"


def test_processes_append_whole_lines(aws: Emulator, log: Log) -> None:
    program = """
from pulumi_identity.aws.session import session
client = session("us-east-1", None).client("identitystore")
for _ in range(40):
    client.list_users(IdentityStoreId="d-1234567890")
"""
    running = [subprocess.Popen([sys.executable, "-c", program], env=os.environ) for _ in range(3)]
    assert [done.wait(60) for done in running] == [0, 0, 0]
    assert len({line["request_id"] for line in log.lines()}) == 120
