"""What holds for every lookup, from one example of each."""

from __future__ import annotations

import asyncio
import re
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
from botocore.session import get_session
from lookups.examples import EXAMPLES, Directory

import pulumi_identity
from pulumi_identity import lookups
from pulumi_identity._advice import ADVICE
from pulumi_identity.lookups._invoke import LOOKUPS
from pulumi_identity.provider.words import to_pascal

if TYPE_CHECKING:
    from collections.abc import Callable

    from botocore.model import Shape

    from pulumi_identity.emulator import Emulator

EVERY = pytest.mark.parametrize("name", LOOKUPS)
EVERY_WITH_A_CLASS = pytest.mark.parametrize("name", [name for name in LOOKUPS if name != "is_member_in_groups"])
"""All lookups but the one that returns a dict."""


def ask(name: str, directory: Directory) -> Any:
    return getattr(pulumi_identity, name)(**EXAMPLES[name].filled(directory))


def one_of(found: Any) -> Any:
    return found[0] if isinstance(found, tuple) else found


def test_there_is_an_example_of_each() -> None:
    assert EXAMPLES.keys() == LOOKUPS.keys()


@EVERY
def test_the_aws_cli_answers_the_same(
    name: str, directory: Directory, aws: Emulator, aws_cli: Callable[..., Any]
) -> None:
    found = ask(name, directory)
    example = EXAMPLES[name]
    where = ["--endpoint-url", aws.url, "--region", "us-east-1", "--output", "json"]
    answer = aws_cli(*example.asked(directory), *where)
    theirs = answer[example.answered_in] if example.answered_in else answer
    if name == "is_member_in_groups":
        assert found == {each["GroupId"]: each["MembershipExists"] for each in theirs}
    elif name == "get_appstream_user":
        assert members(found) == comparable(next(each for each in theirs if each["UserName"] == found.user_name))
    elif LOOKUPS[name].secret:  # minted anew each time
        assert masked(members(found)) == masked(comparable(theirs))
    elif isinstance(found, tuple):
        assert sorted(map(members, found), key=str) == sorted(map(comparable, theirs), key=str)
        assert found
    else:
        assert members(found) == comparable(theirs)


def members(result: Any) -> Any:
    """A result as AWS words it, of what is there."""
    words = {to_pascal(field.name): getattr(result, field.name) for field in fields(result)}
    if isinstance(words.get("MemberId"), str):
        words["MemberId"] = {"UserId": words["MemberId"]}
    return comparable({name: _words(value) for name, value in words.items() if value not in (None, ())})


def _words(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_words(item) for item in value]
    return members(value) if is_dataclass(value) else value


def comparable(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without its order, with times as seconds, which is how the CLI prints them."""
    times = {"CreatedAt", "UpdatedAt", "CreatedTime"}
    return {
        name: datetime.fromisoformat(value).timestamp() if name in times and isinstance(value, str) else value
        for name, value in sorted(answer.items())
    }


def masked(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what chance makes: ids, codes and tokens."""
    chance = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|code=[\w-]+|^[A-Za-z0-9+/]{64,}=*$"
    return {name: re.sub(chance, "?", value) if isinstance(value, str) else value for name, value in answer.items()}


@EVERY_WITH_A_CLASS
def test_results_have_every_member_of_the_api(name: str, directory: Directory) -> None:
    declared = LOOKUPS[name]
    shape: Any = get_session().get_service_model(declared.service).operation_model(declared.operations[0]).output_shape
    if answered_in := EXAMPLES[name].answered_in:
        shape = shape.members[answered_in]
    assert_every_member(type(one_of(ask(name, directory))), shape)


def test_is_member_in_groups_returns_all_that_the_api_does() -> None:
    """Its result is a dict for one member: the group's id → whether the membership exists."""
    shape: Any = get_session().get_service_model("identitystore").operation_model("IsMemberInGroups").output_shape
    assert set(shape.members["Results"].member.members) == {"GroupId", "MemberId", "MembershipExists"}


def assert_every_member(result: Any, shape: Shape) -> None:
    while shape.type_name == "list":
        shape = shape.member  # type: ignore[attr-defined]
    known: dict[str, Shape] = shape.members  # type: ignore[attr-defined]
    assert {to_pascal(field.name) for field in fields(result)} == set(known)
    for field, hint in get_type_hints(result).items():
        for nested in filter(is_dataclass, (hint, *get_args(hint))):
            assert_every_member(nested, known[to_pascal(field)])


@EVERY
def test_the_form_for_outputs_finds_the_same(name: str, directory: Directory) -> None:
    from pulumi import Output

    async def look() -> tuple[Any, bool]:
        arguments = {argument: Output.from_input(value) for argument, value in EXAMPLES[name].filled(directory).items()}
        found = getattr(pulumi_identity, f"{name}_output")(**arguments)
        return await found.future(), await found.is_secret()

    found, is_secret = asyncio.run(look())
    assert is_secret == LOOKUPS[name].secret
    if is_secret:
        assert type(found) is type(ask(name, directory))
    else:
        assert found == ask(name, directory)


@EVERY
def test_only_a_secret_is_asked_for_twice(name: str, directory: Directory, aws: Emulator) -> None:
    first = ask(name, directory)
    calls = len(aws.calls)
    assert calls > 0
    second = ask(name, directory)
    if LOOKUPS[name].secret:
        assert len(aws.calls) > calls
        assert second != first
    else:
        assert len(aws.calls) == calls
        assert second == first


@EVERY
def test_only_declared_operations_are_called(name: str, directory: Directory, aws: Emulator) -> None:
    ask(name, directory)
    called = {call.operation for call in aws.calls if call.service == LOOKUPS[name].service}
    assert called <= set(LOOKUPS[name].operations)


@EVERY
def test_every_error_that_aws_names_has_advice(name: str) -> None:
    declared = LOOKUPS[name]
    model = get_session().get_service_model(declared.service)
    for operation in declared.operations:
        for error in model.operation_model(operation).error_shapes:
            assert error.name in ADVICE[declared.service], f"{operation} raises {error.name}"


@EVERY_WITH_A_CLASS
def test_results_are_frozen(name: str, directory: Directory) -> None:
    from dataclasses import FrozenInstanceError

    found = one_of(ask(name, directory))
    with pytest.raises(FrozenInstanceError):
        setattr(found, fields(found)[0].name, "other")


def test_a_dict_is_the_callers_own(directory: Directory) -> None:
    ask("is_member_in_groups", directory).clear()
    assert ask("is_member_in_groups", directory)


def test_all_are_public() -> None:
    forms = {form for name in LOOKUPS for form in (name, f"{name}_output")}
    assert forms <= set(pulumi_identity.__all__)
    results = {name for name in vars(lookups) if name[0].isupper()}
    assert set(lookups.__all__) == forms | results
