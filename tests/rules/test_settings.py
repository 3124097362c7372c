"""Region and role of each resource: resolved once, kept in state, and good for several accounts in one program."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from contract.examples import APPSTREAM, QUICKSIGHT, USER
from contract.host import Host, Refused

from pulumi_identity import Denied, IdentityError, NotFound, Rejected, Unavailable
from pulumi_identity.aws import retries

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

OTHER = "222222222222"
ROLE = f"arn:aws:iam::{OTHER}:role/People"
STORE = "d-1234567890"


def test_two_accounts_and_two_regions_at_once(aws: Emulator, new_run: Callable[[], None]) -> None:
    lives: dict[tuple[str, str], dict[str, Any]] = {
        ("123456789012", "us-east-1"): {},
        ("123456789012", "eu-central-1"): {"region": "eu-central-1"},
        (OTHER, "us-east-1"): {"role_arn": ROLE},
        (OTHER, "eu-central-1"): {"role_arn": ROLE, "region": "eu-central-1"},
    }
    for number, ((account, region), settings) in enumerate(lives.items()):
        aws.calls.clear()
        said = settings | {"identity_store_id": f"d-123456789{number}"}
        host = Host(USER.resource)
        host.up(USER.program | said)
        assert host.outputs["region"] == region
        assert host.refresh()
        assert host.preview(USER.program | said) == ("same", [])
        host.up(USER.program | said | {"title": "Dr"})
        host.destroy()
        asked = {(call.account, call.region) for call in aws.calls if call.service == "identitystore"}
        assert asked == {(account, region)}


def test_a_role_is_assumed_once(aws: Emulator, new_run: Callable[[], None]) -> None:
    for name in ("a@example.com", "b@example.com"):
        Host(APPSTREAM.resource).up({"user_name": name, "role_arn": ROLE})
    assert aws.calls.count("sts", "AssumeRole") == 1


def test_a_roles_credentials_are_renewed(aws: Emulator, new_run: Callable[[], None], monkeypatch: Any) -> None:
    host = Host(APPSTREAM.resource)
    host.up(APPSTREAM.program | {"role_arn": ROLE})
    host.refresh()
    before = aws.calls.count("sts", "AssumeRole")
    assert host.refresh()
    assert aws.calls.count("sts", "AssumeRole") == before
    later = datetime.now(UTC) + timedelta(hours=2)
    monkeypatch.setattr("botocore.credentials._local_now", lambda: later)  # by which cached ones are old
    monkeypatch.setattr("botocore.credentials.RefreshableCredentials._seconds_remaining", lambda _: 1)
    host.up(APPSTREAM.program | {"role_arn": ROLE, "enabled": False})
    assert aws.calls.count("sts", "AssumeRole") > before


def test_quicksight_is_asked_in_the_roles_account(aws: Emulator, new_run: Callable[[], None]) -> None:
    host = Host(QUICKSIGHT.resource)
    said = {name: value for name, value in QUICKSIGHT.program.items() if name != "aws_account_id"}
    host.up(said | {"role_arn": ROLE})
    assert host.outputs["aws_account_id"] == OTHER
    assert host.id == f"arn:aws:quicksight:us-east-1:{OTHER}:user/default/jo"
    assert host.refresh()
    assert host.preview(said | {"role_arn": ROLE}) == ("same", [])


def test_a_role_that_may_not_be_assumed(user: Person, new_run: Callable[[], None], monkeypatch: Any) -> None:
    def refuse(_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not authorized"}}, "AssumeRole")

    monkeypatch.setattr("botocore.credentials.AssumeRoleCredentialFetcher.fetch_credentials", refuse)
    with pytest.raises(Denied, match=r"creating IAM Identity Center User .* AccessDenied: .* role_arn"):
        user.up(role_arn=ROLE)


def test_another_role_of_the_same_account_changes_nothing_in_aws(
    user: Person, aws: Emulator, new_run: Callable[[], None]
) -> None:
    user.up(role_arn=ROLE)
    aws.calls.clear()
    assert user.preview(role_arn=ROLE + "2") == ("update", ["role_arn"])
    user.up(role_arn=ROLE + "2")
    assert not [call for call in aws.calls if call.operation == "UpdateUser"]
    assert user.host.outputs["role_arn"] == ROLE + "2"
    assert user.host.refresh()


@pytest.mark.parametrize("who", ["user", "viewer"])
def test_a_role_of_another_account_is_refused(
    who: str, new_run: Callable[[], None], request: pytest.FixtureRequest
) -> None:
    """State would go on to name somebody whom the new role can't see."""
    person: Person = request.getfixturevalue(who)
    person.up()
    with pytest.raises((NotFound, Denied)):
        person.up(role_arn=ROLE)
    assert "role_arn" not in person.host.outputs
    assert person.host.refresh()


def test_no_credential_is_in_state(user: Person, new_run: Callable[[], None]) -> None:
    user.up(role_arn=ROLE)
    for secret in ("made-up", "AKIAIOSFODNN7EXAMPLE", "ASIA"):
        assert secret not in repr(user.host.outputs)


def test_without_any_region_the_preview_of_a_new_resource_fails(
    user: Person, group: Person, new_run: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    group.up()
    monkeypatch.delenv("AWS_REGION")
    new_run()
    with pytest.raises(Refused) as refused:
        user.preview()
    (reason,) = refused.value.failures.values()
    assert "set `region` or AWS_REGION, or run `pulumi config set identity:region" in reason
    assert group.up(description="The region is in state") == "update"


def test_without_any_credentials_the_error_says_what_to_set(
    user: Person, new_run: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    with pytest.raises(Denied, match=r"NoCredentialsError: .* set AWS_PROFILE"):
        user.up()


@pytest.mark.parametrize("who", ["user", "reader", "viewer"])
def test_a_preview_asks_for_no_credentials(
    who: str, new_run: Callable[[], None], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    person: Person = request.getfixturevalue(who)
    person.up()
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    new_run()
    assert person.preview() == ("same", [])


def test_a_profile_that_does_not_exist(
    user: Person, new_run: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(Denied, match="set `profile` or AWS_PROFILE to a profile in the AWS configuration"):
        user.up()


def test_nobody_listens(user: Person, new_run: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped region shall not cost each resource the minutes that a busy AWS is worth."""
    pauses: list[float] = []
    monkeypatch.setattr("botocore.endpoint.time.sleep", pauses.append)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(Unavailable, match=r"EndpointConnectionError: .* — check `region`, the network"):
        user.up()
    assert len(pauses) == retries.UNANSWERED - 1


@pytest.mark.parametrize(
    ("url", "said", "raises"),
    [("127.0.0.1:4599", "127.0.0.1:4599", Rejected), ("ftp://127.0.0.1", "scheme ftp", Unavailable)],
    ids=["no scheme", "another scheme"],
)
def test_an_endpoint_that_is_none(
    user: Person,
    new_run: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    said: str,
    raises: type[IdentityError],
) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    with pytest.raises(raises, match=f"{said}.* — .*AWS_ENDPOINT_URL"):
        user.up()


# QuickSight's identity region


@pytest.mark.parametrize("doing", ["creating", "reading", "updating", "deleting"])
def test_another_region_than_quicksights_names_the_right_one(reader: Person, aws: Emulator, doing: str) -> None:
    if doing == "creating":
        attempt: Callable[[], Any] = lambda: reader.up(region="eu-west-1")  # noqa: E731
    else:
        reader.up()
        aws.quicksight.identity_region = "ap-south-1"
        attempts = {
            "reading": reader.host.refresh,
            "updating": lambda: reader.up(user_role="AUTHOR"),
            "deleting": reader.host.destroy,
        }
        attempt = attempts[doing]
    right = aws.quicksight.identity_region
    with pytest.raises(Denied) as caught:
        attempt()
    said = str(caught.value)
    assert said.startswith(f"{doing} QuickSight User (")
    assert f'— set region="{right}" on the QuickSight resources' in said


# Roles of QuickSight users


@pytest.mark.parametrize(
    ("before", "after"), [("READER", "AUTHOR"), ("AUTHOR", "ADMIN_PRO"), ("ADMIN", "AUTHOR"), ("READER", "READER_PRO")]
)
def test_a_role_changes_in_place(reader: Person, before: str, after: str) -> None:
    reader.up(user_role=before)
    made = reader.host.id
    assert reader.preview(user_role=after) == ("update", ["user_role"])
    reader.up(user_role=after)
    assert (reader.host.id, reader.live()["Role"]) == (made, after)


def test_a_step_down_that_aws_refuses_says_what_a_replacement_costs(reader: Person) -> None:
    reader.up(user_role="AUTHOR")
    assert reader.preview(user_role="READER") == ("update", ["user_role"]), "nobody is replaced unasked"
    with pytest.raises(Rejected) as caught:
        reader.up(user_role="READER")
    said = str(caught.value)
    assert said.startswith("updating QuickSight User (123456789012/default/jo): InvalidParameterValueException: ")
    assert "dashboards and analyses without an owner" in said
    assert 'replace_on_changes=["user_role"]' in said
    assert "\n" not in said
    assert reader.live()["Role"] == "AUTHOR"


def test_another_refusal_says_nothing_of_roles(reader: Person, aws: Emulator) -> None:
    reader.up()
    aws.faults.fail("quicksight", "UpdateUser", "InvalidParameterValueException", message="not this")
    with pytest.raises(Rejected) as caught:
        reader.up(email="new@example.com")
    assert "replace_on_changes" not in str(caught.value)
