"""Options that Pulumi would drop without a message: providers, and names that are not properties."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from contract.examples import QUICKSIGHT, USER
from pulumi import ResourceOptions
from pulumi.dynamic import Resource as DynamicResource

from pulumi_identity import IdentityStoreUser, QuickSightUser


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the resources that the engine would register."""
    names: list[str] = []
    monkeypatch.setattr(DynamicResource, "__init__", lambda _self, _provider, name, _props, _opts: names.append(name))
    return names


WRONG = {
    "displayName": "there is no property 'displayName'; did you mean 'display_name'?",
    "titel": "there is no property 'titel'; did you mean 'title'?",
    "zzz": "there is no property 'zzz'",
    "name.middleName": "there is no property 'name.middleName'; did you mean 'name.middle_name'?",
    "emails[0].Value": "there is no property 'emails[0].Value'; did you mean 'emails[0].value'?",
    "emails.value": "there is no property 'emails.value'",
    "title.text": "there is no property 'title.text'",
    "user_id": "'user_id' is an output, which the program can't change",
    "a..b": "'a..b' is not a path such as 'name.given_name', 'emails[0].value' or 'tags[\"team\"]'",
}


@pytest.mark.parametrize("option", ["ignore_changes", "replace_on_changes"])
@pytest.mark.parametrize("path", WRONG)
def test_a_path_that_is_not_an_inputs_is_an_error(option: str, path: str, registered: list[str]) -> None:
    options: dict[str, Any] = {option: ["title", path]}
    with pytest.raises(TypeError) as caught:
        IdentityStoreUser("jo", ResourceOptions(**options), **USER.program)
    assert str(caught.value) == f"IdentityStoreUser('jo'): {option}: {WRONG[path]}"
    assert not registered


@pytest.mark.parametrize("option", ["ignore_changes", "replace_on_changes"])
def test_paths_of_inputs_and_pulumis_own_names_are_accepted(option: str, registered: list[str]) -> None:
    extension = 'extensions["aws:identitystore:enterprise"].employeeNumber'
    paths = ["*", "__provider", "name", "name.middle_name", "emails[0].value", "photos[*].type", "region", extension]
    user, reader = ResourceOptions(), ResourceOptions()
    setattr(user, option, paths)
    setattr(reader, option, ["tags.team", 'tags["a.b"]'])
    IdentityStoreUser("jo", user, **USER.program)
    QuickSightUser("jo", reader, **QUICKSIGHT.program)
    assert registered == ["jo", "jo"]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("userId", "there is no property 'userId'; did you mean 'user_id'?"),
        ("name.given_name", "Pulumi can only encrypt whole properties; write 'name' instead of 'name.given_name'"),
        ("*", "'*' has no effect here; name each property"),
    ],
)
def test_a_secret_output_that_is_not_a_property_is_an_error(name: str, error: str, registered: list[str]) -> None:
    options = ResourceOptions(additional_secret_outputs=["user_id", "title", name])
    with pytest.raises(TypeError) as caught:
        IdentityStoreUser("jo", options, **USER.program)
    assert str(caught.value) == f"IdentityStoreUser('jo'): additional_secret_outputs: {error}"
    IdentityStoreUser("jo", ResourceOptions(additional_secret_outputs=["user_id", "title"]), **USER.program)
    assert registered == ["jo"]


def test_a_text_is_not_a_list_of_names(registered: list[str]) -> None:
    text: Any = "title"
    with pytest.raises(TypeError, match=r"ignore_changes must be a list of names, such as \['identity_store_id'\]"):
        IdentityStoreUser("jo", ResourceOptions(ignore_changes=text), **USER.program)
    assert not registered


PROGRAM = """
import pulumi
from pulumi import ComponentResource, ProviderResource, ResourceOptions
from pulumi_identity import Group


class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return f"d-1234567890/{args.name}", args.inputs

    def call(self, args):
        return {}


class Team(ComponentResource):
    def __init__(self, name, opts):
        super().__init__("example:index:Team", name, {}, opts)
        for number in range(3):
            group(f"{name}-{number}", ResourceOptions(parent=self))


def group(name, opts):
    Group(name, opts, identity_store_id="d-1234567890", display_name=name)


@pulumi.runtime.test
def test():
    aws, other = ProviderResource("aws", "eu", {}), ProviderResource("random", "other", {})
    for options in (
        {"providers": [aws, other]}, {"providers": {"aws": aws}}, {"provider": aws}, {"providers": [other]}, {}
    ):
        try:
            group("admins", ResourceOptions(**options))
        except TypeError as error:
            print(error)
    Team("one", ResourceOptions(providers=[aws, other]))
    Team("two", ResourceOptions(provider=aws))
    Team("three", ResourceOptions(providers=[other]))
    Team("four", ResourceOptions())


pulumi.runtime.set_mocks(Mocks())
test()
"""


def test_a_provider_is_an_error_and_a_parents_one_warning() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    remedy = (
        "because dynamic resources have no provider instances — set region=…, role_arn=… or profile=… on the resource"
    )
    several = "or for several resources in `with settings(…):` of pulumi_identity"
    errors = done.stdout.splitlines()
    assert [error.partition(" has")[0] for error in errors] == [
        "Group('admins'): providers=",
        "Group('admins'): providers=",
        "Group('admins'): provider=",
        "Group('admins'): providers=",
    ]
    assert all(remedy in error and several in error for error in errors)
    warnings = [line for line in done.stderr.splitlines() if "pulumi_identity" in line]
    assert [warning.partition(" for aws, ")[0] for warning in warnings] == [
        "the resources of pulumi_identity in 'one' don't use its provider",
        "the resources of pulumi_identity in 'two' don't use its provider",
    ]
    assert all(remedy in warning for warning in warnings)
