"""The credentials of a lookup: from its arguments, from `settings`, or from the current environment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pulumi
import pytest

from pulumi_identity import Denied, get_appstream_users, get_appstream_users_output, get_identity_stores, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator

ACCOUNT, OTHER = "123456789012", "222222222222"
ROLE = f"arn:aws:iam::{OTHER}:role/People"


@pytest.fixture
def keys(aws: Emulator, client: Callable[[str], Any]) -> dict[str, str]:
    """The environment variables with credentials of the other account."""
    keys = client("sts").assume_role(RoleArn=ROLE, RoleSessionName="other")["Credentials"]
    aws.calls.clear()
    return {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }


@pytest.fixture
def profiles(keys: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A credentials file with the profile `other`."""
    path = tmp_path / "credentials"
    path.write_text("\n".join(["[other]", *(f"{name.lower()} = {value}" for name, value in keys.items())]))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(path))
    return path


def accounts(aws: Emulator) -> list[str]:
    """Return the accounts whose user pool was read since the last time."""
    asked = [call.account for call in aws.calls if call.service == "appstream"]
    aws.calls.clear()
    return asked


def test_a_change_of_the_environment_is_seen(
    aws: Emulator, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    get_appstream_users()
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    get_appstream_users()
    assert accounts(aws) == [ACCOUNT, OTHER]


def test_a_change_of_the_credentials_file_is_seen(
    aws: Emulator, profiles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    with pytest.raises(Denied, match="NoCredentialsError"):
        get_appstream_users()
    profiles.write_text(profiles.read_text().replace("[other]", "[default]"))
    get_appstream_users()
    assert accounts(aws) == [OTHER]


def test_arguments_override_settings(aws: Emulator, profiles: Path) -> None:
    get_appstream_users(profile="other")
    with settings(profile="other"):
        get_appstream_users(region="eu-west-1")
        get_appstream_users(role_arn="arn:aws:iam::333333333333:role/People")
        with settings(profile="missing"):
            get_appstream_users(profile="other", region="eu-central-1")
    get_appstream_users()
    assert accounts(aws) == [OTHER, OTHER, "333333333333", OTHER, ACCOUNT]


def test_settings_may_be_outputs_for_the_form_that_takes_them(aws: Emulator, profiles: Path) -> None:
    async def ask() -> None:
        with settings(profile=pulumi.Output.from_input("other")):
            with pytest.raises(TypeError, match=r"profile is an output — use get_appstream_users_output\(\)"):
                get_appstream_users()
            users = get_appstream_users_output()
        await users.future()

    asyncio.run(ask())
    assert accounts(aws) == [OTHER]


def test_a_role_with_options(aws: Emulator) -> None:
    get_appstream_users(role_arn=ROLE, assume_role={"session_name": "reader", "duration": 900})
    assert accounts(aws) == [OTHER]


def test_a_missing_profile_is_one_line(aws: Emulator) -> None:
    with pytest.raises(Denied) as caught:
        get_identity_stores(profile="absent")
    assert str(caught.value).startswith("looking up Identity Stores: ProfileNotFound: ")
    assert "set `profile` or AWS_PROFILE to a profile in the AWS configuration" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"assume_role": {"duration": 900}}, "assume_role needs a role: set `role_arn`, or run `pulumi config set "),
        ({"role_arn": ROLE, "assume_role": {"duration": 1}}, "assume_role.duration must be 900 to 43200 seconds"),
        ({"role_arn": ROLE, "assume_role": {"session_name": "a b"}}, "assume_role.session_name must be a session name"),
        ({"role_arn": ROLE, "assume_role": {"externalId": "x"}}, "assume_role.externalId is not a known property; did"),
        ({"role_arn": ROLE, "assume_role": {}}, "assume_role must not be empty"),
    ],
)
def test_wrong_options_of_a_role(arguments: dict[str, Any], said: str, aws: Emulator) -> None:
    with pytest.raises(TypeError) as caught:
        get_appstream_users(**arguments)
    assert str(caught.value).startswith(f"get_appstream_users(): {said}")
    assert not aws.calls
