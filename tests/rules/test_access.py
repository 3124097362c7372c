"""Profile and role of each resource: kept in state, used by each later command, and changed without a write to AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.client import BaseClient
from contract.examples import APPSTREAM, USER
from contract.host import Host, Refused, new_command, wire

from pulumi_identity import AlreadyExists, AppStreamUser, Conflict, Denied, NotFound
from pulumi_identity.aws.session import session
from pulumi_identity.provider import ownership
from pulumi_identity.provider.declare import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

ACCOUNT, OTHER = "123456789012", "222222222222"
ROLE = f"arn:aws:iam::{OTHER}:role/People"
ASSUME_ROLE = {"external_id": "people-1", "session_name": "pulumi-people", "duration": 900}


@pytest.fixture
def profiles(
    aws: Emulator, client: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """The accounts of the profiles `own`, `same` and `other`."""
    keys = client("sts").assume_role(RoleArn=ROLE, RoleSessionName="other")["Credentials"]
    own = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = made-up\n"
    other = f"aws_access_key_id = {keys['AccessKeyId']}\naws_secret_access_key = {keys['SecretAccessKey']}\n"
    other += f"aws_session_token = {keys['SessionToken']}\n"
    path = tmp_path / "credentials"
    path.write_text(f"[own]\n{own}[same]\n{own}region = eu-west-1\n[other]\n{other}", encoding="utf-8")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(path))
    aws.calls.clear()
    return {"own": ACCOUNT, "same": ACCOUNT, "other": OTHER}


def accounts(aws: Emulator) -> set[str]:
    """Return the accounts that received calls since the last time, except calls to STS."""
    asked = {call.account for call in aws.calls if call.service != "sts"}
    aws.calls.clear()
    return asked


@pytest.mark.parametrize("example", [USER, APPSTREAM], ids=str)
def test_each_step_uses_the_profile_in_state(example: Any, aws: Emulator, profiles: dict[str, str]) -> None:
    host = Host(example.resource)
    said = example.program | {"profile": "other"}
    host.up(said)
    assert accounts(aws) == {OTHER}
    assert host.refresh()
    assert accounts(aws) == {OTHER}
    assert host.preview(said) == ("same", [])
    host.destroy()
    assert accounts(aws) == {OTHER}


@pytest.mark.parametrize(("profile", "caller"), [("own", ACCOUNT), ("other", OTHER)])
def test_the_profile_assumes_the_role(user: Person, aws: Emulator, profiles: Any, profile: str, caller: str) -> None:
    role = "arn:aws:iam::333333333333:role/People"
    user.up(profile=profile, role_arn=role)
    assert {call.account for call in aws.calls if call.operation == "AssumeRole"} == {caller}
    assert {call.account for call in aws.calls if call.operation == "CreateUser"} == {"333333333333"}


def test_a_role_is_assumed_with_its_options(user: Person, profiles: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[dict[str, Any]] = []
    call = BaseClient._make_api_call

    def record(client: Any, operation: str, request: dict[str, Any]) -> Any:
        if operation == "AssumeRole":
            requests.append(request)
        return call(client, operation, request)

    monkeypatch.setattr(BaseClient, "_make_api_call", record)
    user.up(role_arn=ROLE)
    user.up(assume_role=ASSUME_ROLE)
    assert requests == [
        {"RoleArn": ROLE, "RoleSessionName": "pulumi-identity"},
        {"RoleArn": ROLE, "RoleSessionName": "pulumi-people", "ExternalId": "people-1", "DurationSeconds": 900},
    ]
    assert user.host.outputs["assume_role"] == ASSUME_ROLE
    assert user.host.refresh()
    assert user.preview() == ("same", [])
    assert "SecretAccessKey" not in repr(user.host.outputs)


@pytest.mark.parametrize("who", ["user", "viewer"])
def test_other_credentials_of_the_same_account_change_nothing_in_aws(
    who: str, aws: Emulator, profiles: Any, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    person.up(profile="own")
    id_, state = person.host.id, person.host.outputs
    aws.calls.clear()
    assert person.preview(profile="same") == ("update", ["profile"])
    assert person.up(profile="same") == "update"
    assert person.preview(profile=None) == ("update", ["profile"])
    assert person.up(profile=None) == "update"
    operations = {call.operation for call in aws.calls}
    assert not [name for name in operations if not name.startswith(("Describe", "List", "Get", "AssumeRole"))]
    assert person.host.id == id_
    assert person.host.outputs == {name: value for name, value in state.items() if name != "profile"}


@pytest.mark.parametrize("who", ["user", "viewer"])
def test_a_profile_of_another_account_is_refused(who: str, profiles: Any, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    person.up()
    assert person.preview(profile="other") == ("update", ["profile"])
    with pytest.raises((NotFound, Denied)):
        person.up(profile="other")
    assert "profile" not in person.host.outputs
    assert person.host.refresh()


def test_a_missing_profile_is_one_line(user: Person, profiles: Any) -> None:
    with pytest.raises(Denied) as caught:
        user.up(profile="absent")
    assert str(caught.value) == (
        "creating IAM Identity Center User (d-1234567890/jo): ProfileNotFound: The config profile (absent) could not be"
        " found — set `profile` or AWS_PROFILE to a profile in the AWS configuration of this machine"
    )


def test_the_region_of_the_profile_comes_last(viewer: Person, profiles: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")
    with pytest.raises(Refused):
        viewer.preview(profile="own")
    viewer.up(profile="same")
    assert viewer.host.outputs["region"] == "eu-west-1"


def test_assume_role_needs_a_role(user: Person, profiles: Any) -> None:
    with pytest.raises(Refused) as refused:
        user.preview(assume_role=ASSUME_ROLE)
    assert refused.value.failures.keys() == {"assume_role"}
    assert "set `role_arn`" in refused.value.failures["assume_role"]


def test_two_profiles_have_people_of_the_same_name(aws: Emulator, profiles: Any) -> None:
    """AppStream's physical ids contain no account."""
    program, hosts = APPSTREAM.program, {name: Host(APPSTREAM.resource) for name in ("own", "other")}
    for name, host in hosts.items():
        host.up(program | {"profile": name})
    for changed in (["own", "other"], ["other"]):
        new_command()
        for name in changed:
            new = hosts[name]._check(program | {"profile": name, "enabled": len(changed) == 1})
            hosts[name].outputs = wire(hosts[name].provider.update(hosts[name].id, hosts[name].outputs, new).outs)
    hosts["own"].provider.delete(hosts["own"].id, hosts["own"].outputs)  # in the run that updates the other one
    assert not hosts["own"].refresh()
    assert hosts["other"].refresh()


OWN_ROLE = f"arn:aws:iam::{ACCOUNT}:role/People"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"profile": "own"}, {"profile": "same", "region": "us-east-1"}),
        ({"profile": "own"}, {"role_arn": OWN_ROLE}),
        ({"role_arn": OWN_ROLE}, {}),
        ({}, {"profile": "own"}),
        ({"role_arn": OWN_ROLE}, {"role_arn": OWN_ROLE + "2"}),
    ],
    ids=str,
)
@pytest.mark.parametrize("adopt", [True, False])
def test_a_renamed_resource_with_other_settings_of_the_account_keeps_the_user(
    before: dict[str, str], after: dict[str, str], profiles: Any, *, adopt: bool
) -> None:
    """AppStream's physical ids name no account, and two settings can mean one account."""
    old, new = Host(APPSTREAM.resource), Host(APPSTREAM.resource)
    old.up(APPSTREAM.program | before)
    new_command()
    program = APPSTREAM.program | after
    if adopt:
        new.up(program | {"adopt": True})
        old.provider.delete(old.id, wire(old.outputs))
        assert new.refresh()
    else:
        with pytest.raises(AlreadyExists):
            new.up(program)
        with pytest.raises(Conflict, match="refusing to delete"):
            old.provider.delete(old.id, wire(old.outputs))
    assert old.refresh()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"profile": "own"}, {"profile": "other"}, False),
        ({"profile": "own"}, {"profile": "own"}, True),
        ({"profile": "own"}, {}, True),
        ({"profile": "own", "role_arn": ROLE}, {"profile": "other", "role_arn": ROLE}, True),
    ],
)
def test_the_role_or_else_the_profile_stands_for_the_account(
    one: dict[str, str], other: dict[str, str], same: bool
) -> None:
    """A check does not look up AppStream's account."""
    new_command()
    kind, user = kind_of(AppStreamUser), {"user_name": "jo@example.com", "region": "us-east-1"}
    ownership.declare(kind, {}, user | one)
    assert ownership.may_create(kind, user | other) is same


# The environment


def test_a_session_belongs_to_the_environment(aws: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "credentials"
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(path))
    sessions = [session(None, None)]
    assert session("us-east-1", None) is sessions[0]
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_STS", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "other"))
        sessions.append(session(None, None))
    path.touch()
    sessions.append(session(None, None))
    assert len({*map(id, sessions)}) == len(sessions)
    assert session(None, None) is sessions[-1]
