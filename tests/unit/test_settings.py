"""Defaults for the resources of a block: `with settings(…)`, without AWS."""

from __future__ import annotations

import asyncio
import json
from contextvars import copy_context
from threading import Thread
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from pulumi.dynamic import Resource as DynamicResource

from pulumi_identity import Group, IdentityStoreUser, settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROLE, OTHER = ("arn:aws:iam::123456789012:role/" + name for name in ("People", "Other"))
STORE = "d-1234567890"


@pytest.fixture
def created(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """Resource name → the settings that its constructor passes to Pulumi."""
    sent: dict[str, dict[str, Any]] = {}

    def record(_resource: object, _provider: object, name: str, props: dict[str, Any], _opts: object) -> None:
        names = {"region", "role_arn", "profile", "assume_role", "identity_store_id"}
        sent[name] = {name: props[name] for name in names & props.keys() if props[name] is not None}

    monkeypatch.setattr(DynamicResource, "__init__", record)
    return sent


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set Pulumi configuration."""

    def configure(**values: str) -> None:
        monkeypatch.setenv("PULUMI_CONFIG", json.dumps({f"identity:{key}": value for key, value in values.items()}))

    return configure


def group(name: str, **more: Any) -> None:
    Group(name, display_name=name, **more)


def test_arguments_win_then_the_innermost_settings_then_configuration(
    created: dict[str, dict[str, Any]], configured: Callable[..., None]
) -> None:
    configured(identityStoreId=STORE, region="us-east-1", roleArn=ROLE, assumeRole='{"sessionName": "configured"}')
    with settings(region="eu-west-1", role_arn=OTHER, profile="outer"):
        with settings(profile="inner", assume_role={"external_id": "inner"}):
            group("inner")
            group("own", profile="own", assume_role={"duration": 900}, region="eu-north-1")
        group("outer")
    group("after")
    outer = {"identity_store_id": STORE, "region": "eu-west-1", "role_arn": OTHER}
    named = {"assume_role": {"session_name": "configured"}}
    assert created == {
        "inner": outer | {"profile": "inner", "assume_role": {"external_id": "inner"}},
        "own": outer | {"profile": "own", "assume_role": {"duration": 900}, "region": "eu-north-1"},
        "outer": outer | named | {"profile": "outer"},
        "after": {"identity_store_id": STORE, "region": "us-east-1", "role_arn": ROLE} | named,
    }


def test_they_end_with_an_error(created: dict[str, dict[str, Any]]) -> None:
    with pytest.raises(ZeroDivisionError), settings(identity_store_id=STORE):
        _ = 1 / 0
    with pytest.raises(TypeError, match="missing identity_store_id"):
        group("after")
    assert not created


def test_a_read_takes_how_to_reach_it_only(created: dict[str, dict[str, Any]]) -> None:
    with settings(role_arn=ROLE, profile="people", assume_role={"external_id": "xy"}, identity_store_id=STORE):
        IdentityStoreUser.get("jo", "d-1234567890/906a1b2c-1111-70ab-cdef-0123456789ab")
        IdentityStoreUser.get("ann", "d-1234567890/906a1b2c-2222-70ab-cdef-0123456789ab", profile="own")
    assert created["jo"] == {"role_arn": ROLE, "profile": "people", "assume_role": {"external_id": "xy"}}
    assert created["ann"] == created["jo"] | {"profile": "own"}


def test_concurrent_tasks_and_threads_have_their_own(created: dict[str, dict[str, Any]]) -> None:
    async def create(name: str) -> None:
        with settings(profile=name):
            await asyncio.sleep(0)
            group(name)
            await asyncio.to_thread(group, f"{name}-thread")

    async def both() -> None:
        with settings(identity_store_id=STORE):
            await asyncio.gather(create("a"), create("b"))
            group("neither")
            thread = Thread(target=copy_context().run, args=(group, "copied"))
            thread.start()
            thread.join()

    asyncio.run(both())
    assert {name: sent.get("profile") for name, sent in created.items()} == {
        "a": "a",
        "b": "b",
        "a-thread": "a",
        "b-thread": "b",
        "neither": None,
        "copied": None,
    }


def test_outputs_are_values_and_apply_stays_in_the_block(created: dict[str, dict[str, Any]]) -> None:
    async def create() -> None:
        store = pulumi.Output.from_input(STORE)
        with settings(identity_store_id=store, role_arn=store.apply(lambda _: ROLE)):
            in_block = store.apply(group)
        await in_block.future()
        assert await created[STORE]["identity_store_id"].future() == STORE
        assert await created[STORE]["role_arn"].future() == ROLE

    asyncio.run(create())


def test_a_secret_in_the_configured_object_stays_one(
    created: dict[str, dict[str, Any]], configured: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    configured(identityStoreId=STORE, roleArn=ROLE, assumeRole='{"external_id": "hidden"}')
    monkeypatch.setattr("pulumi_identity.provider.settings.is_config_secret", "identity:assumeRole".__eq__)

    async def create() -> bool:
        group("admins")
        return bool(await created["admins"]["assume_role"].is_secret())

    assert asyncio.run(create())


def test_a_configured_text_in_place_of_the_object(configured: Callable[..., None]) -> None:
    configured(identityStoreId=STORE, assumeRole="hidden")
    with pytest.raises(TypeError) as caught:
        group("admins")
    assert str(caught.value) == (
        "identity:assumeRole must be an object — run `pulumi config rm identity:assumeRole`, then `pulumi config set"
        " --path identity:assumeRole.external_id …`"
    )
