"""What every lookup has from the one mechanism: memory, threads, outputs, configuration, errors."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from lookups.examples import STORE, Directory
from pulumi.output import UNKNOWN
from pulumi.runtime import set_all_config
from pulumi.runtime.settings import ROOT

import pulumi_identity
from pulumi_identity import Denied, NotFound, Rejected, get_group, get_user, get_user_output, get_users

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_identity.emulator import Emulator

ENTERPRISE = "aws:identitystore:enterprise"


@pytest.fixture
def configuration() -> Iterator[Callable[..., None]]:
    """Set keys under `identity:`, for this test only."""
    yield lambda **values: set_all_config({f"identity:{name}": value for name, value in values.items()})
    set_all_config({})


# Memory


def test_an_error_is_not_remembered(client: Callable[[str], Any]) -> None:
    with pytest.raises(NotFound):
        get_group(display_name="Late", identity_store_id=STORE)
    client("identitystore").create_group(IdentityStoreId=STORE, DisplayName="Late")
    assert get_group(display_name="Late", identity_store_id=STORE).display_name == "Late"


def test_other_arguments_are_another_question(directory: Directory, aws: Emulator) -> None:
    get_user(user_id=directory["jo"], identity_store_id=STORE)
    get_user(user_id=directory["ann"], identity_store_id=STORE)
    get_user(user_id=directory["ann"], identity_store_id=STORE, extensions=[ENTERPRISE])
    assert aws.calls.count("identitystore", "DescribeUser") == 3


def test_who_asks_meanwhile_waits_for_the_same_answer(directory: Directory, aws: Emulator) -> None:
    aws.faults.before("identitystore", "ListUsers", lambda: time.sleep(0.2))
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: get_users(identity_store_id=STORE), range(8)))
    assert aws.calls.count("identitystore", "ListUsers") == 1
    assert all(each is found[0] for each in found)


def test_who_waits_is_told_the_same_error(directory: Directory, aws: Emulator) -> None:
    aws.faults.before("identitystore", "ListUsers", lambda: time.sleep(0.2))
    aws.faults.fail("identitystore", "ListUsers", "AccessDeniedException")

    def ask(_: int) -> str:
        try:
            return f"found {len(get_users(identity_store_id=STORE))}"
        except Denied as error:
            return error.code

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(ask, range(4))) <= {"AccessDeniedException", "found 2"}
    assert ask(0) == "found 2"


def test_another_run_in_the_same_process_asks_again(directory: Directory, aws: Emulator) -> None:
    class Stack:
        """Stands for the root resource of a run: what matters of it is that each run has its own."""

    for _ in range(2):
        run = ROOT.set(Stack())  # type: ignore[arg-type]
        get_users(identity_store_id=STORE)
        get_users(identity_store_id=STORE)
        ROOT.reset(run)
    assert aws.calls.count("identitystore", "ListUsers") == 2


@pytest.mark.parametrize("lookup", ["get_user", "get_users"])
def test_what_one_caller_changes_in_an_answer_no_other_sees(lookup: str, directory: Directory, aws: Emulator) -> None:
    def ask() -> Any:
        which = {"user_id": directory["jo"]} if lookup == "get_user" else {}
        found = getattr(pulumi_identity, lookup)(extensions=[ENTERPRISE], identity_store_id=STORE, **which)
        return found if lookup == "get_user" else found[1]

    ask().extensions[ENTERPRISE]["costCenter"] = "mine"
    ask().extensions.clear()
    assert ask().extensions == {ENTERPRISE: {"costCenter": "42"}}
    assert len(aws.calls) == 1


# Arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "none"),
        ({"email": "jo@example.com", "user_name": "jo"}, "user_name and email"),
    ],
)
def test_arguments_that_exclude_each_other(arguments: dict[str, str], said: str, aws: Emulator) -> None:
    with pytest.raises(TypeError) as raised:
        get_user(identity_store_id=STORE, **arguments)  # type: ignore[arg-type]
    rule = "get_user() takes exactly one of user_id, user_name, email or external_id"
    assert str(raised.value) == f"{rule}, not {said}"
    assert len(aws.calls) == 0


def test_what_configuration_can_say_is_asked_for_by_its_key(aws: Emulator) -> None:
    with pytest.raises(TypeError, match="pulumi config set identity:identityStoreId"):
        get_users()
    assert len(aws.calls) == 0


def test_configuration_stands_in_for_what_is_not_given(
    directory: Directory, aws: Emulator, configuration: Callable[..., None]
) -> None:
    configuration(identityStoreId=STORE, region="eu-west-1")
    with pytest.raises(NotFound, match="IDENTITY_STORE"):  # it lives in another region
        get_users()
    assert [call.region for call in aws.calls] == ["eu-west-1"]
    assert len(get_users(region="us-east-1")) == 2


def test_a_role_is_assumed(directory: Directory, aws: Emulator) -> None:
    with pytest.raises(NotFound, match="IDENTITY_STORE"):  # it lives in another account
        get_users(identity_store_id=STORE, role_arn="arn:aws:iam::210987654321:role/reader")
    assert [(call.operation, call.account) for call in aws.calls] == [
        ("AssumeRole", "123456789012"),
        ("ListUsers", "210987654321"),
    ]


# Errors


def test_an_error_is_one_line_and_says_what_to_do(aws: Emulator) -> None:
    with pytest.raises(NotFound) as raised:
        get_user(user_name="nobody", identity_store_id=STORE)
    assert raised.value.message == (
        "looking up IAM Identity Center User (d-1234567890/nobody): ResourceNotFoundException: USER not found."
        " — check the spelling; get_users() lists all users"
    )
    assert raised.value.operation == "GetUserId"
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (
            lambda: get_user(user_id="jo", identity_store_id=STORE),
            "User (d-1234567890/jo): user_id must be the user_id of",
        ),
        (
            lambda: get_user(user_name="jo", identity_store_id="people"),
            "identity_store_id must be an identity store id",
        ),
        (
            lambda: pulumi_identity.is_member_in_groups(
                "906a1b2c-1111-70ab-cdef-0123456789ab", ["Admins"], identity_store_id=STORE
            ),
            "group_ids must be the group_id of a Group or get_group()",
        ),
    ],
)
def test_what_is_no_id_is_refused_before_aws_is_asked(ask: Callable[[], Any], said: str, aws: Emulator) -> None:
    with pytest.raises(Rejected) as raised:
        ask()
    assert str(raised.value).startswith("looking up IAM Identity Center ")
    assert said in str(raised.value)
    assert not aws.calls


def test_a_physical_id_is_an_id_too(directory: Directory) -> None:
    assert get_user(user_id=f"{STORE}/{directory['jo']}", identity_store_id=STORE).user_name == "jo"


def test_what_nobody_expected_is_not_put_in_other_words(monkeypatch: pytest.MonkeyPatch, directory: Directory) -> None:
    monkeypatch.setattr("pulumi_identity.lookups.users.answered", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        get_user(user_id=directory["jo"], identity_store_id=STORE)


# Outputs


async def reveal(output: pulumi.Output[Any]) -> tuple[bool, bool]:
    """Whether it is known, and whether it is a secret."""
    return await output.is_known(), await output.is_secret()


def test_what_is_not_known_yet_leaves_the_answer_unknown(aws: Emulator) -> None:
    async def ask() -> list[tuple[bool, bool]]:
        unknown: pulumi.Output[Any] = pulumi.Output.from_input(UNKNOWN)
        group_ids: Any = [unknown, "g"]
        return [
            await reveal(get_user_output(user_id=unknown, identity_store_id=STORE)),
            await reveal(get_user_output(user_name="jo", identity_store_id=unknown)),
            await reveal(pulumi_identity.is_member_in_groups_output("u", group_ids, identity_store_id=STORE)),
            await reveal(pulumi_identity.get_session_embed_url_output(user_arn=unknown)),
        ]

    assert asyncio.run(ask()) == [(False, False), (False, False), (False, False), (False, True)]
    assert len(aws.calls) == 0


def test_a_secret_argument_makes_the_answer_a_secret(directory: Directory) -> None:
    async def ask() -> tuple[bool, bool]:
        return await reveal(get_user_output(user_id=pulumi.Output.secret(directory["jo"]), identity_store_id=STORE))

    assert asyncio.run(ask()) == (True, True)


def test_waiting_for_aws_holds_nothing_up(directory: Directory, aws: Emulator) -> None:
    aws.faults.before("identitystore", "ListUsers", lambda: time.sleep(0.3))

    async def ask() -> int:
        found = asyncio.ensure_future(pulumi_identity.get_users_output(identity_store_id=STORE).future())
        turns = 0
        while not found.done():
            await asyncio.sleep(0.01)
            turns += 1
        return turns

    assert asyncio.run(ask()) > 10


def test_an_answer_from_before_a_dependency_was_made_is_not_used(
    directory: Directory, client: Callable[[str], Any]
) -> None:
    class Made(pulumi.CustomResource):
        """Stands for a membership: a resource whose id becomes known when it is made."""

        def __init__(self, id_: Any) -> None:
            self.__dict__["id"] = pulumi.Output.from_input(id_)

    assert len(get_users(identity_store_id=STORE)) == 2
    client("identitystore").create_user(
        IdentityStoreId=STORE, UserName="new", DisplayName="New", Name={"FamilyName": "N", "GivenName": "N"}
    )

    async def ask(id_: Any) -> Any:
        opts = pulumi.InvokeOutputOptions(depends_on=[Made(id_)])
        return await pulumi_identity.get_users_output(identity_store_id=STORE, opts=opts).future()

    assert asyncio.run(ask(UNKNOWN)) is None
    assert len(asyncio.run(ask("made"))) == 3
    assert len(get_users(identity_store_id=STORE)) == 2


def test_another_provider_is_refused() -> None:
    opts = pulumi.InvokeOutputOptions(provider=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="set `region` or `role_arn` instead"):
        pulumi_identity.get_users_output(identity_store_id=STORE, opts=opts)


# Secrets


def test_a_secret_does_not_show(directory: Directory) -> None:
    session = pulumi_identity.get_session_embed_url(user_arn=directory["author"])
    context = pulumi_identity.get_identity_context(user_arn=directory["author"])
    assert session.embed_url.startswith("https://us-east-1.quicksight.aws.amazon.com/embed/")
    assert session.embed_url not in f"{session} {session!r}"
    assert context.context
    assert context.context not in f"{context} {context!r}"


def test_a_lifetime_that_aws_refuses(directory: Directory) -> None:
    with pytest.raises(Rejected, match="15"):
        pulumi_identity.get_session_embed_url(user_arn=directory["author"], session_lifetime_in_minutes=3)


def test_boto3_is_imported_when_something_is_looked_up() -> None:
    import subprocess
    import sys

    check = "import pulumi_identity.lookups, sys; print(sorted({'boto3', 'botocore'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
