"""What a program is told that says something it can't mean, before Pulumi hears of it; and in `check`."""

from __future__ import annotations

import asyncio
import enum
import inspect
import pydoc
import types
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pulumi
import pytest
from contract.examples import QUICKSIGHT, USER
from contract.host import provider_of, wire
from pulumi import Input, Output, ResourceOptions
from pulumi.dynamic import Resource as DynamicResource

from pulumi_identity import AppStreamUser, Group, GroupMembership, IdentityStoreUser, QuickSightUser
from pulumi_identity.provider.declare import kind_of
from pulumi_identity.provider.words import to_camel, to_pascal

ENTERPRISE = "aws:identitystore:enterprise"
RESOURCES: list[Any] = [IdentityStoreUser, Group, GroupMembership, QuickSightUser, AppStreamUser]


class Level(enum.Enum):
    READER = "READER"


class Word(enum.StrEnum):
    READER = "READER"


@dataclass(frozen=True)
class Name:
    """As lookups answer it."""

    given_name: str


@pulumi.input_type
class NameArgs:
    """As providers that are generated take it."""

    def __init__(self, given_name: Input[str]) -> None:
        pulumi.set(self, "given_name", given_name)

    @property
    @pulumi.getter
    def given_name(self) -> Input[str]:
        return str(pulumi.get(self, "given_name"))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What Pulumi is given; no engine hears of it."""
    props: dict[str, Any] = {}
    monkeypatch.setattr(DynamicResource, "__init__", lambda _self, _provider, _name, given, _opts: props.update(given))
    return props


# What Pulumi would not take

NOBODY_MAY_READ = date(1990, 1, 2)
ANYTHING = "must be a type that Pulumi accepts: a string, a number, a boolean, a list or a dict"

FOREIGN: list[tuple[Any, dict[str, Any], str]] = [
    (IdentityStoreUser, {"birthdate": NOBODY_MAY_READ}, "birthdate is of type date; it must be a string"),
    (IdentityStoreUser, {"title": b"1990"}, "title is of type bytes; it must be a string"),
    (IdentityStoreUser, {"name": Name("1990")}, "name is of type Name; it must be a dict"),
    (IdentityStoreUser, {"emails": {"1990"}}, "emails is of type set; it must be a list"),
    (IdentityStoreUser, {"emails": (each for each in "1990")}, "emails is of type generator; it must be a list"),
    (
        IdentityStoreUser,
        {"photos": [{"value": "a"}, {"value": Path("1990"), "type": Output.from_input("b")}]},
        "photos[1].value is of type PosixPath; it must be a string",
    ),
    (IdentityStoreUser, {"roles": ({"value": Level.READER},)}, f"roles[0].value is of type Level; it {ANYTHING}"),
    (
        IdentityStoreUser,
        {"extensions": {ENTERPRISE: {"levels": [1, Decimal(1990)]}}},
        f"extensions[{ENTERPRISE}][levels][1] is of type Decimal; it {ANYTHING}",
    ),
    (QuickSightUser, {"tags": {1990: "x"}}, "tags has a key of type int; it must be a string"),
    (QuickSightUser, {"tags": {"team": {"1990"}}}, "tags[team] is of type set; it must be a string"),
    (AppStreamUser, {"enabled": Level.READER}, "enabled is of type Level; it must be true or false"),
]


@pytest.mark.parametrize(
    ("resource", "inputs", "said"), FOREIGN, ids=lambda each: each if isinstance(each, str) else ""
)
def test_a_value_of_a_foreign_type_is_told_by_its_place_and_type(
    resource: Any, inputs: dict[str, Any], said: str, sent: dict[str, Any]
) -> None:
    with pytest.raises(TypeError) as caught:
        resource("jo", **inputs)
    assert str(caught.value) == f"{resource.__name__}('jo'): {said}"
    assert "1990" not in str(caught.value)
    assert not sent


def test_a_plain_enum_is_told_the_words_that_may_be(sent: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"user_role is of type Level; it must be 'ADMIN', 'AUTHOR', 'READER'"):
        QuickSightUser("jo", **QUICKSIGHT.program | {"user_role": Level.READER})


def test_what_pulumi_takes_passes_as_it_is(sent: dict[str, Any]) -> None:
    loop = asyncio.new_event_loop()
    some = Output.from_input(NOBODY_MAY_READ)  # what is in an output is known only when the program is through
    taken = {
        "title": some,
        "nick_name": loop.create_future(),
        "locale": Word.READER,
        "timezone": None,
        "profile_url": pulumi.StringAsset("x"),
        "emails": ({"value": some},),
        "photos": [some, types.MappingProxyType({"value": some})],
        "name": NameArgs("Jo"),
        "extensions": {ENTERPRISE: {"level": 7, "share": 0.5, "remote": True, "nothing": None}},
    }
    loop.close()
    made = IdentityStoreUser("jo", **USER.program | taken)
    store = USER.program["identity_store_id"]
    again = GroupMembership("jo", identity_store_id=store, group_id="g", member_id=made)
    assert sent["member_id"] is made
    assert sent["title"] is some
    assert all(sent[name] is value for name, value in taken.items() if value is not None)
    assert isinstance(again, GroupMembership)


# What dynamic resources can't do


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.__name__)
def test_an_import_by_option_is_told_the_two_other_ways(resource: Any, sent: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"'jo'\): .*import_ — set adopt=True .*, or run `pulumi-identity import`"):
        resource("jo", ResourceOptions(import_="d-1234567890/x"))
    assert not sent
    resource.get("jo", "d-1234567890/x")
    assert sent


def test_assigning_a_property_fails_since_pulumi_would_not_hear_of_it(sent: dict[str, Any]) -> None:
    jo = IdentityStoreUser("jo", **USER.program)
    with pytest.raises(AttributeError, match=r"^IdentityStoreUser.title can't be assigned: .* pass title=…"):
        jo.title = "Engineer"
    with pytest.raises(AttributeError, match=r"IdentityStoreUser.user_id"):
        jo.user_id = "x"


# Names in AWS's casing


@pytest.mark.parametrize("word", [to_camel, to_pascal], ids=["camel", "pascal"])
@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.__name__)
def test_an_argument_in_awss_casing_is_told_ours(resource: Any, word: Any) -> None:
    for name in kind_of(resource).schema.inputs:
        if word(name) != name:
            with pytest.raises(TypeError) as caught:
                resource("jo", **{word(name): "x"})
            said = f"{resource.__name__}('jo'): there is no argument {word(name)!r}; did you mean {name!r}?"
            assert str(caught.value) == said


def test_an_argument_like_none_gets_no_hint() -> None:
    with pytest.raises(TypeError, match=r"^Group\('g'\): there is no argument 'zzz'$"):
        Group("g", zzz="x")


# Calls that can't be meant


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ((), "Group: the first argument must be the resource's name"),
        ((1,), "Group: the first argument must be the resource's name"),
        (("g", Group), "Group('g'): the second argument must be ResourceOptions, not the class Group"),
        (("g", "Admins"), "Group('g'): the second argument must be ResourceOptions, not a str"),
    ],
    ids=str,
)
def test_a_wrong_call_names_the_argument_and_shows_a_right_one(args: tuple[Any, ...], error: str) -> None:
    with pytest.raises(TypeError) as caught:
        Group(*args)
    assert str(caught.value) == f'{error}; write Group("name", display_name=…)'


def test_a_subclass_may_supply_what_is_required(sent: dict[str, Any]) -> None:
    class Admins(Group):
        def __init__(self, name: str) -> None:
            super().__init__(name, identity_store_id="d-1234567890", display_name="Admins")

    Admins("admins")
    assert sent["display_name"] == "Admins"
    assert list(inspect.signature(Admins).parameters) == ["name"]


# What `help` shows


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.__name__)
def test_the_signature_has_every_argument_in_the_order_in_which_people_need_them(resource: Any) -> None:
    parameters = inspect.signature(resource).parameters
    inputs = kind_of(resource).schema.inputs
    assert list(parameters)[:2] == ["resource_name", "opts"]
    assert list(parameters)[-5:] == ["region", "role_arn", "profile", "assume_role", "adopt"]
    assert parameters.keys() - {"resource_name", "opts"} == inputs.keys()
    for name, field in inputs.items():
        assert (parameters[name].default is inspect.Parameter.empty) is (field.required and not field.config)
    own = [parameters[name].default is None for name in list(parameters)[2:-5]]
    assert own == sorted(own), "required arguments come first"


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.__name__)
def test_help_documents_every_property(resource: Any) -> None:
    shown = pydoc.plaintext.document(resource)
    assert f"{resource.__name__}(resource_name: 'str', opts: 'ResourceOptions | None' = None, *, " in shown
    for name in kind_of(resource).properties:
        sentence = inspect.getdoc(inspect.getattr_static(resource, name))
        assert sentence
        assert f" |  {name}\n |      {sentence}\n" in shown


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.__name__)
def test_the_public_attributes_are_properties_and_what_pulumi_adds(resource: Any) -> None:
    ours = set(dir(resource)) - set(dir(DynamicResource))
    assert {name for name in ours if not name.startswith("_")} == {"get", *kind_of(resource).properties}


# The words of `check`


@pytest.mark.parametrize(
    ("resource", "inputs", "said"),
    [
        (IdentityStoreUser, {"title": ""}, "title must not be empty"),
        (IdentityStoreUser, {"emails": []}, "emails must not be empty; to have none, leave it out"),
        (QuickSightUser, {"tags": {}}, "tags must not be empty; to have none, leave it out"),
        (QuickSightUser, {"session_name": "x"}, "session_name must have at least 2 characters"),
        (
            IdentityStoreUser,
            {"emails": [{"value": "a"}, {"value": "b"}]},
            "emails has 2 items; the maximum is 1",
        ),
        (
            IdentityStoreUser,
            {"name": {"family_name": "Doe", "given_name": "Jo", "middleName": "M"}},
            "name.middleName is not a known property; did you mean 'middle_name'?",
        ),
        (
            IdentityStoreUser,
            {"addresses": [{"StreetAddress": "x"}]},
            "addresses[0].StreetAddress is not a known property; did you mean 'street_address'?",
        ),
        (IdentityStoreUser, {"photos": [{"value": "x", "size": 1}]}, "photos[0].size is not a known property"),
    ],
)
def test_reasons_read_as_sentences(resource: Any, inputs: dict[str, Any], said: str) -> None:
    program = (USER if resource is IdentityStoreUser else QUICKSIGHT).program
    failures = provider_of(resource).check({}, wire(program | inputs)).failures
    assert said in [failure.reason for failure in failures]
