"""Errors in a lookup's arguments name the parameter and never the value. No AWS call is made."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from lookups.examples import EXAMPLES, STORE, Directory

import pulumi_identity
from pulumi_identity.lookups._invoke import LOOKUPS

if TYPE_CHECKING:
    from pulumi_identity.emulator import Emulator

IN_STORE = {"identity_store_id": STORE}
ID = "906a1b2c-1111-70ab-cdef-0123456789ab"
PROVISIONED_AS = 'external_id must be a dict of strings, {"issuer": …, "id": …}'
FILTERED_BY = 'filters must be a dict of strings, {"user_name": …}'


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("get_users", {"filters": [("user_name", "jo")]}, FILTERED_BY),
        ("get_users", {"filters": "jo"}, FILTERED_BY),
        ("get_users", {"filters": {"user_name": 7}}, FILTERED_BY),
        ("get_users", {"filters": {"userName": "jo"}}, FILTERED_BY),
        ("get_users", {"filters": {"UserName": "jo"}}, FILTERED_BY),
        ("get_users", {"filters": {"title": "Engineer"}}, FILTERED_BY),
        ("get_groups", {"filters": {"displayName": "jo"}}, 'filters must be a dict of strings, {"display_name": …}'),
        ("get_user", {"external_id": {"Issuer": "jo", "Id": "jo"}}, PROVISIONED_AS),
        ("get_user", {"external_id": {"issuer": "jo", "id": "jo", "more": "jo"}}, PROVISIONED_AS),
        ("get_user", {"external_id": ("jo", "jo")}, PROVISIONED_AS),
        ("get_user", {"user_name": "jo", "extensions": "jo"}, "extensions must be a list of strings"),
        ("get_user", {"user_id": 7}, "user_id must be a string"),
        ("get_user", {"user_name": "jo", "region": 7}, "region must be a string"),
        ("is_member_in_groups", {"member_id": ID, "group_ids": None}, "group_ids must be a list of strings"),
        ("is_member_in_groups", {"member_id": ID, "group_ids": ID}, "group_ids must be a list of strings"),
        ("is_member_in_groups", {"member_id": ID, "group_ids": [7]}, "group_ids must be a list of strings"),
        ("get_quicksight_user", {"user_name": None}, "user_name must be a string"),
        ("get_appstream_user", {"user_name": None}, "user_name must be a string"),
        (
            "get_session_embed_url",
            {"session_lifetime_in_minutes": "abc"},
            "session_lifetime_in_minutes must be a whole number",
        ),
        (
            "get_session_embed_url",
            {"session_lifetime_in_minutes": 15.5},
            "session_lifetime_in_minutes must be a whole number",
        ),
        (
            "get_identity_context",
            {"user_name": "jo", "session_expires_at": 7},
            "session_expires_at must be a datetime or a string",
        ),
    ],
)
def test_a_wrong_type(name: str, arguments: dict[str, Any], said: str, aws: Emulator) -> None:
    where = IN_STORE if LOOKUPS[name].service == "identitystore" else {}
    with pytest.raises(TypeError) as raised:
        getattr(pulumi_identity, name)(**arguments, **where)
    assert str(raised.value) == f"{name}(): {said}"
    assert raised.value.__context__ is None  # pydantic's error contains the value
    assert not aws.calls


@pytest.mark.parametrize("name", LOOKUPS)
def test_each_argument_of_each_lookup_is_checked(name: str, directory: Directory, aws: Emulator) -> None:
    arguments = EXAMPLES[name].filled(directory)
    for argument in inspect.signature(LOOKUPS[name].ask).parameters:
        with pytest.raises(TypeError, match=rf"^{name}\(\): {argument} must be a "):
            getattr(pulumi_identity, name)(**arguments | {argument: object()})
    assert not aws.calls


def test_arguments_that_there_are_not_are_answered_with_those_there_are() -> None:
    with pytest.raises(TypeError) as raised:
        pulumi_identity.get_group("Admins")  # type: ignore[call-arg, misc]
    names = "group_id, display_name, external_id, identity_store_id, region, role_arn, profile, assume_role"
    assert str(raised.value) == f"get_group(): too many positional arguments — its arguments are {names}"


def test_the_form_for_outputs_is_told_the_same(aws: Emulator) -> None:
    async def ask() -> None:
        await pulumi_identity.get_user_output(user_id=pulumi.Output.secret(7), **IN_STORE).future()  # type: ignore[arg-type]

    with pytest.raises(TypeError, match=r"^get_user\(\): user_id must be a string$"):
        asyncio.run(ask())


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("get_user", {"user_name": ...}, "user_name is"),
        ("get_users", {"filters": {"user_name": ...}}, "filters contains"),
        ("get_user", {"external_id": {"issuer": ..., "id": "x"}}, "external_id contains"),
        ("is_member_in_groups", {"member_id": ID, "group_ids": [ID, ...]}, "group_ids contains"),
        ("is_member_in_groups", {"member_id": ID, "group_ids": (ID, ...)}, "group_ids contains"),
    ],
)
def test_the_plain_form_takes_no_outputs(name: str, arguments: dict[str, Any], said: str, aws: Emulator) -> None:
    async def ask() -> None:
        getattr(pulumi_identity, name)(**_with_output(arguments), **IN_STORE)

    with pytest.raises(TypeError) as raised:
        asyncio.run(ask())
    assert str(raised.value) == f"{name}(): {said} an output — use {name}_output()"
    assert not aws.calls


def _with_output(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_output(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_with_output, value))
    return pulumi.Output.from_input("jo") if value is ... else value


def test_outputs_may_stand_within_the_form_for_outputs(directory: Directory) -> None:
    async def ask() -> Any:
        filters: Any = {"user_name": pulumi.Output.from_input("jo")}
        users = await pulumi_identity.get_users_output(filters=filters, **IN_STORE).future()  # type: ignore[arg-type]
        groups = (pulumi.Output.from_input(directory["admins"]),)
        return users, await pulumi_identity.is_member_in_groups_output(directory["jo"], groups, **IN_STORE).future()  # type: ignore[arg-type]

    users, member = asyncio.run(ask())
    assert [user.user_name for user in users] == ["jo"]
    assert member == {directory["admins"]: True}


def test_importing_makes_no_validators() -> None:
    check = "import pulumi_identity.lookups, sys; print('pydantic.type_adapter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
