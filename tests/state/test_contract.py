"""What state remembers outlives releases: tokens, ids, pickles and whole states that were written once.

Nothing here follows from the code, and nothing is ever made anew: where a test fails, the code is wrong, or
needs a migration.
"""

from __future__ import annotations

import base64
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from contract.host import Host, provider_of, wire
from pulumi.dynamic.dynamic import serialize_provider

import pulumi_identity
from pulumi_identity import _state
from pulumi_identity.provider.declare import kind_of
from pulumi_identity.provider.registry import KINDS
from pulumi_identity.provider.sets import MEMBERSHIPS, STRANGERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

    from pulumi_identity.emulator import Emulator

GOLDEN = sorted((Path(__file__).parent / "golden").iterdir())
"""A folder for each version that changed what state holds: a program, and the state that it left."""

PICKLES = {
    "AppStreamUser": "gASVOwAAAAAAAACMFnB1bHVtaV9pZGVudGl0eS5fc3RhdGWUjAhwcm92aWRlcpSTlIwNQXBwU3RyZWFtVXNlcpSFlFKULg==",
    "AppStreamUserStackAssociation": (
        "gASVSwAAAAAAAACMFnB1bHVtaV9pZGVudGl0eS5fc3RhdGWUjAhwcm92aWRlcpSTlIwdQXBwU3RyZWFtVXNlclN0YWNrQXNzb2NpYXRpb26UhZRSlC4="
    ),
    "Group": "gASVMwAAAAAAAACMFnB1bHVtaV9pZGVudGl0eS5fc3RhdGWUjAhwcm92aWRlcpSTlIwFR3JvdXCUhZRSlC4=",
    "GroupMembers": ("gASVOgAAAAAAAACMFnB1bHVtaV9pZGVudGl0eS5fc3RhdGWUjAhwcm92aWRlcpSTlIwMR3JvdXBNZW1iZXJzlIWUUpQu"),
    "GroupMembership": (
        "gASVPQAAAAAAAACMFnB1bHVtaV9pZGVudGl0eS5fc3RhdGWUjAhwcm92aWRlcpSTlIwPR3JvdXBNZW1iZXJzaGlwlIWUUpQu"
    ),
    "IdentityStoreUser": (
        "gASVPwAAAAAAAACMFnB1bHVtaV9pZGVudGl0eS5fc3RhdGWUjAhwcm92aWRlcpSTlIwRSWRlbnRpdHlTdG9yZVVzZXKUhZRSlC4="
    ),
    "QuickSightGroup": (
        "gASVPQAAAAAAAACMFnB1bHVtaV9pZGVudGl0eS5fc3RhdGWUjAhwcm92aWRlcpSTlIwPUXVpY2tTaWdodEdyb3VwlIWUUpQu"
    ),
    "QuickSightGroupMembers": (
        "gASVRAAAAAAAAACMFnB1bHVtaV9pZGVudGl0eS5fc3RhdGWUjAhwcm92aWRlcpSTlIwWUXVpY2tTaWdodEdyb3VwTWVtYmVyc5SFlFKULg=="
    ),
    "QuickSightUser": (
        "gASVPAAAAAAAAACMFnB1bHVtaV9pZGVudGl0eS5fc3RhdGWUjAhwcm92aWRlcpSTlIwOUXVpY2tTaWdodFVzZXKUhZRSlC4="
    ),
}

TOKENS = {
    "AppStreamUser": "pulumi-python:dynamic/identity:AppStreamUser",
    "AppStreamUserStackAssociation": "pulumi-python:dynamic/identity:AppStreamUserStackAssociation",
    "Group": "pulumi-python:dynamic/identity:Group",
    "GroupMembers": "pulumi-python:dynamic/identity:GroupMembers",
    "GroupMembership": "pulumi-python:dynamic/identity:GroupMembership",
    "IdentityStoreUser": "pulumi-python:dynamic/identity:IdentityStoreUser",
    "QuickSightGroup": "pulumi-python:dynamic/identity:QuickSightGroup",
    "QuickSightGroupMembers": "pulumi-python:dynamic/identity:QuickSightGroupMembers",
    "QuickSightUser": "pulumi-python:dynamic/identity:QuickSightUser",
}

IDS: list[tuple[str, str, dict[str, str]]] = [
    (
        "QuickSightUser",
        "arn:aws:quicksight:us-east-1:123456789012:user/default/Role/jo/x@example.com",
        {
            "arn": "arn:aws:quicksight:us-east-1:123456789012:user/default/Role/jo/x@example.com",
            "region": "us-east-1",
            "aws_account_id": "123456789012",
            "namespace": "default",
            "user_name": "Role/jo/x@example.com",
        },
    ),
    (
        "QuickSightGroup",
        "arn:aws:quicksight:us-east-1:123456789012:group/default/Sales/EMEA",
        {
            "arn": "arn:aws:quicksight:us-east-1:123456789012:group/default/Sales/EMEA",
            "region": "us-east-1",
            "aws_account_id": "123456789012",
            "namespace": "default",
            "group_name": "Sales/EMEA",
        },
    ),
    (
        "QuickSightGroupMembers",
        "arn:aws:quicksight:us-east-1:123456789012:group/default/Sales/members/members",
        {
            "region": "us-east-1",
            "aws_account_id": "123456789012",
            "namespace": "default",
            "group_name": "Sales/members",
        },
    ),
    (
        "IdentityStoreUser",
        "d-1234567890/1234567890-906a1b2c-1111-70ab-cdef-0123456789ab",
        {
            "identity_store_id": "d-1234567890",
            "user_id": "1234567890-906a1b2c-1111-70ab-cdef-0123456789ab",
            "user_arn": "arn:aws:identitystore:::user/1234567890-906a1b2c-1111-70ab-cdef-0123456789ab",
        },
    ),
    (
        "Group",
        "d-1234567890/906a1b2c-2222-70ab-cdef-0123456789ab",
        {
            "identity_store_id": "d-1234567890",
            "group_id": "906a1b2c-2222-70ab-cdef-0123456789ab",
            "group_arn": "arn:aws:identitystore:::group/906a1b2c-2222-70ab-cdef-0123456789ab",
        },
    ),
    (
        "GroupMembership",
        "d-1234567890/906a1b2c-3333-70ab-cdef-0123456789ab",
        {
            "identity_store_id": "d-1234567890",
            "membership_id": "906a1b2c-3333-70ab-cdef-0123456789ab",
            "membership_arn": "arn:aws:identitystore:::membership/906a1b2c-3333-70ab-cdef-0123456789ab",
        },
    ),
    (
        "GroupMembers",
        "d-1234567890/906a1b2c-2222-70ab-cdef-0123456789ab/members",
        {"identity_store_id": "d-1234567890", "group_id": "906a1b2c-2222-70ab-cdef-0123456789ab"},
    ),
    ("AppStreamUser", "a/b@example.com/USERPOOL", {"user_name": "a/b@example.com", "authentication_type": "USERPOOL"}),
    (
        "AppStreamUserStackAssociation",
        "desk.top/a/b@example.com/USERPOOL",
        {"stack_name": "desk.top", "user_name": "a/b@example.com", "authentication_type": "USERPOOL"},
    ),
]

each = pytest.mark.parametrize("name", PICKLES)


def resource_of(token: str) -> Any:
    """Return the class behind a type token."""
    return getattr(pulumi_identity, token.rpartition(":")[2])


@each
def test_a_pickle_is_these_bytes(name: str) -> None:
    assert serialize_provider(provider_of(getattr(pulumi_identity, name))) == PICKLES[name]


@each
def test_the_pickle_in_state_is_a_reference_to_one_frozen_function(name: str) -> None:
    assert isinstance(pickle.loads(base64.b64decode(PICKLES[name])), type(provider_of(getattr(pulumi_identity, name))))
    assert b"pulumi_identity._state" in base64.b64decode(PICKLES[name])


@each
def test_a_token_is_these_words(name: str) -> None:
    assert f"pulumi-python:{vars(resource_of(TOKENS[name]))['_resource_type_name']}" == TOKENS[name]


@pytest.mark.parametrize(("name", "id_", "known"), IDS, ids=[name for name, _, _ in IDS])
def test_an_id_tells_these_properties(name: str, id_: str, known: dict[str, str]) -> None:
    assert kind_of(getattr(pulumi_identity, name)).parse_id(id_, "us-east-1") == known


@each
def test_a_provider_holds_nothing(name: str) -> None:
    """Whatever it held would be pickled, and grow with each pickling until the program dies."""
    provider = provider_of(getattr(pulumi_identity, name))
    serialize_provider(provider)
    provider.check({}, {})
    assert vars(provider) == {}


def resources_of(folder: Path) -> list[dict[str, Any]]:
    """Return every resource of a golden state."""
    state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
    return [resource for resource in state["deployment"]["resources"] if "/identity:" in resource["type"]]


def states() -> list[dict[str, Any]]:
    """Return every resource of every golden state."""
    return [resource for folder in GOLDEN for resource in resources_of(folder)]


def plain(value: Any) -> Any:
    """Return a value of an exported state without the wrapping of secrets."""
    if isinstance(value, dict):
        return json.loads(value["plaintext"]) if "plaintext" in value else {key: plain(v) for key, v in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def test_the_list_of_what_was_resolved_has_this_key() -> None:
    assert _state.RESOLVED == "__resolved"
    assert _state.DIRECTORY == "identity:index:Directory"
    assert all("__resolved" in stored["outputs"] for stored in states())


def test_the_keys_of_a_set_are_these_words() -> None:
    assert (STRANGERS, MEMBERSHIPS) == ("__strangers", "__memberships")


def test_every_resource_is_frozen() -> None:
    assert PICKLES.keys() == TOKENS.keys() == {name for name, _, _ in IDS} == KINDS.keys()


def test_the_golden_states_have_every_resource() -> None:
    assert {each["type"] for each in states()} == set(TOKENS.values())


@pytest.mark.parametrize("stored", states(), ids=lambda stored: stored["urn"].rpartition("::")[2])
def test_what_was_stored_is_still_no_change(stored: dict[str, Any]) -> None:
    """By today's check and diff, without AWS."""
    provider = pickle.loads(base64.b64decode(stored["inputs"]["__provider"]))
    inputs, outputs = wire(plain(stored["inputs"])), wire(plain(stored["outputs"]))
    checked = provider.check(inputs, inputs)
    assert not checked.failures
    assert provider.diff(stored["id"], outputs, wire(checked.inputs)).changes is False


ACCESS = {
    "region": "us-east-1",
    "role_arn": "arn:aws:iam::222222222222:role/People",
    "profile": "people",
    "assume_role": {"external_id": "people-1", "session_name": "pulumi-people", "duration": 900.0},
}
"""The settings as the engine stores them."""


@pytest.mark.parametrize("stored", states(), ids=lambda stored: stored["urn"].rpartition("::")[2])
def test_settings_are_stored_under_these_names(stored: dict[str, Any]) -> None:
    provider = pickle.loads(base64.b64decode(stored["inputs"]["__provider"]))
    inputs, outputs = (wire(plain(stored[key])) | ACCESS for key in ("inputs", "outputs"))
    checked = provider.check(inputs, inputs)
    assert not checked.failures
    assert provider.diff(stored["id"], outputs, wire(checked.inputs)).changes is False
    assert ACCESS.items() <= wire(checked.inputs).items()


@pytest.mark.parametrize("stored", states(), ids=lambda stored: stored["urn"].rpartition("::")[2])
def test_a_state_without_settings_gains_none(stored: dict[str, Any]) -> None:
    inputs = wire(plain(stored["inputs"]))
    checked = pickle.loads(base64.b64decode(stored["inputs"]["__provider"])).check(inputs, inputs)
    assert not {"profile", "assume_role"} & (checked.inputs.keys() | stored["outputs"].keys())


UNPICKLE = """
import base64, json, pickle, sys
for stored in json.load(sys.stdin):
    provider = pickle.loads(base64.b64decode(stored["inputs"]["__provider"]))
    checked = provider.check(stored["inputs"], stored["inputs"])
    changes = provider.diff(stored["id"], stored["outputs"], checked.inputs).changes
    print(stored["type"], [failure.reason for failure in checked.failures], changes)
"""


@pytest.mark.parametrize("token", sorted({resource["type"] for resource in states()}))
def test_a_process_that_has_imported_nothing_unpickles_stored_providers(token: str) -> None:
    """The engine's host is such a process while it destroys or refreshes."""
    stored = [plain(resource) for resource in states() if resource["type"] == token]
    command = [sys.executable, "-c", UNPICKLE]
    done = subprocess.run(command, input=json.dumps(stored), capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{token} [] False"] * len(stored)


def rebuilt(aws: Emulator, text: str) -> str:
    """Have AWS be as a state says, and return that state with the ids that AWS has chosen this time."""
    for stored in json.loads(text)["deployment"]["resources"]:
        if "/identity:" not in stored["type"]:
            continue
        # What earlier ones are called by now is in the text already.
        now = next(each for each in json.loads(text)["deployment"]["resources"] if each["urn"] == stored["urn"])
        host = Host(resource_of(now["type"]))
        host.up({name: value for name, value in plain(now["inputs"]).items() if name != "__provider"})
        text = text.replace(now["id"], host.id)
        for name, value in plain(now["outputs"]).items():
            if isinstance(value, str) and name in host.kind.schema.outputs and value != host.outputs[name]:
                text = text.replace(json.dumps(value)[1:-1], host.outputs[name])
        for member, membership in plain(now["outputs"]).get("__memberships", {}).items():
            text = text.replace(f'"{membership}"', f'"{host.outputs["__memberships"][member]}"')
    return text


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_a_golden_state_is_refreshed_previewed_and_destroyed(
    stack: Stack, aws: Emulator, client: Callable[[str], Any], folder: Path
) -> None:
    client("appstream").create_stack(Name="desktop")  # another provider's
    state = json.loads(rebuilt(aws, (folder / "state.json").read_text(encoding="utf-8")))
    settings = (stack.folder / "Pulumi.test.yaml").read_text(encoding="utf-8")
    salt = settings.partition("encryptionsalt: ")[2].split()[0]
    state["deployment"]["secrets_providers"] = {"type": "passphrase", "state": {"salt": salt}}
    (stack.folder / "state.json").write_text(json.dumps(state), encoding="utf-8")
    stack.run("stack", "import", "--file", "state.json")
    imported = stack.state()
    stack.run("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    assert {name: each["outputs"].keys() for name, each in stack.state().items()} == {
        name: each["outputs"].keys() for name, each in imported.items()
    }
    secret = stack.state()["reader"]["outputs"]["user_invitation_url"]
    assert "ciphertext" in secret, "a refresh keeps the secret one"

    (stack.folder / "__main__.py").write_text((folder / "__main__.py").read_text(encoding="utf-8"), encoding="utf-8")
    assert stack.preview("--expect-no-changes").ops() == {}

    (stack.folder / "__main__.py").unlink()
    stack.destroy()
    assert stack.state() == {}
    assert client("identitystore").list_users(IdentityStoreId="d-1234567890")["Users"] == []
    quicksight = {"AwsAccountId": "123456789012", "Namespace": "default"}
    assert client("quicksight").list_users(**quicksight)["UserList"] == []
    assert client("quicksight").list_groups(**quicksight)["GroupList"] == []
    assert client("appstream").describe_users(AuthenticationType="USERPOOL")["Users"] == []
    assert client("appstream").describe_user_stack_associations(StackName="desktop")["UserStackAssociations"] == []
