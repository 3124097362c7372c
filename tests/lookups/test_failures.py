"""How errors tell what was looked for: in a line that can be read, and nothing of it where it is secret."""

from __future__ import annotations

import asyncio
import time
import traceback
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from lookups.examples import STORE, Directory

import pulumi_identity
from pulumi_identity import IdentityError, NotFound, Rejected, get_user, get_users

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

HUSH = "hush@example.com"
SPELLING, LISTS = "check the spelling", "lists all users"
CAPITALS = "check `region` and the case of the e-mail address; a new user can take minutes to appear"
NO_ID = "must be the user_id of an IdentityStoreUser or get_user(), such as 906a1b2c-1111-70ab-cdef-0123456789ab"


async def raised_by(name: str, **arguments: Any) -> Exception:
    try:
        await getattr(pulumi_identity, f"{name}_output")(**arguments).future()
    except Exception as error:  # noqa: BLE001  (of whatever kind: that is asserted)
        return error
    pytest.fail("nothing was raised")


def refusal(name: str, arguments: dict[str, Any], wrap: Callable[[Any], Any] = pulumi.Output.secret) -> Exception:
    """Look up with HUSH, wherever it stands among the arguments, as an output; return what is raised."""

    async def ask() -> Exception:
        return await raised_by(
            name, **{key: wrap(value) if HUSH in value else value for key, value in arguments.items()}
        )

    return asyncio.run(ask())


def assert_untold(error: Exception, said: str) -> None:
    """Neither what the error says nor what Pulumi may print of it tells the secret."""
    assert isinstance(error, IdentityError)
    assert error.message == f"looking up {said}"
    assert "hush" not in "".join(traceback.format_exception(error))
    assert error.__cause__ is None
    assert "hush" not in repr(error.__context__)


# Secrets


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        (
            "get_user",
            {"email": HUSH, "identity_store_id": STORE},
            f"IAM Identity Center User: ResourceNotFoundException — {SPELLING}; get_users() {LISTS}",
        ),
        ("get_user", {"external_id": {"issuer": "x", "id": "x", HUSH: ""}, "identity_store_id": STORE}, None),
        (
            "get_user",
            {"user_id": HUSH, "identity_store_id": STORE},
            f"IAM Identity Center User: user_id {NO_ID}",
        ),
        (
            "get_identity_context",
            {"email": HUSH},
            f"QuickSight Identity Context: ResourceNotFoundException — {SPELLING}; get_quicksight_users() {LISTS}",
        ),
        (
            "get_identity_context",
            {"user_name": "author", "session_expires_at": HUSH},
            "QuickSight Identity Context: ParamValidationError",
        ),
        (
            "get_quicksight_user",
            {"user_name": "author", "region": HUSH},
            "QuickSight User: InvalidRegionError — use the name of a region, such as `us-east-1`",
        ),
        (
            "get_appstream_user",
            {"user_name": HUSH},
            f"AppStream User: not found in the user pool of us-east-1 — {CAPITALS}",
        ),
    ],
)
def test_a_secret_is_not_told(name: str, arguments: dict[str, Any], said: str | None, directory: Directory) -> None:
    error = refusal(name, arguments)
    if said is None:
        assert isinstance(error, TypeError)
        assert "hush" not in "".join(traceback.format_exception(error))
    else:
        assert isinstance(error, IdentityError)
        assert_untold(error, said)


def test_where_quicksight_lives_is_told_all_the_same(directory: Directory) -> None:
    error = refusal("get_quicksight_user", {"user_name": HUSH, "region": "eu-west-1"})
    assert str(error).startswith('looking up QuickSight User: AccessDeniedException — set region="us-east-1"')


@pytest.mark.parametrize("operation", ["GetUserId", "GetGroupId"])
def test_a_secret_is_not_told_of_a_store_that_can_only_list(
    operation: str, directory: Directory, aws: Emulator
) -> None:
    aws.faults.fail("identitystore", operation, "UnknownOperationException")
    name, key, kind = {
        "GetUserId": ("get_user", "email", "User"),
        "GetGroupId": ("get_group", "display_name", "Group"),
    }[operation]
    error = refusal(name, {key: HUSH, "identity_store_id": STORE})
    assert_untold(error, f"IAM Identity Center {kind}: not found")


def test_what_nobody_expected_may_quote_a_secret(monkeypatch: pytest.MonkeyPatch, directory: Directory) -> None:
    def broken(*_: Any) -> None:
        raise KeyError(HUSH)

    monkeypatch.setattr("pulumi_identity.lookups.users.in_store", broken)
    error = refusal("get_user", {"email": HUSH, "identity_store_id": STORE})
    assert_untold(error, "IAM Identity Center User: KeyError; the message may contain secret arguments and is hidden")
    with pytest.raises(KeyError, match=HUSH):
        get_user(email=HUSH, identity_store_id=STORE)


def test_what_is_no_secret_is_told(directory: Directory) -> None:
    error = refusal("get_user", {"email": HUSH, "identity_store_id": STORE}, wrap=pulumi.Output.from_input)
    assert f"({STORE}/{HUSH})" in str(error)


def test_who_asks_the_same_without_a_secret_shares_no_error(directory: Directory, aws: Emulator) -> None:
    aws.faults.before("identitystore", "GetUserId", lambda: time.sleep(0.2))

    async def ask() -> list[Exception]:
        emails = [HUSH, pulumi.Output.secret(HUSH), HUSH, pulumi.Output.secret(HUSH)]
        return await asyncio.gather(*(raised_by("get_user", email=each, identity_store_id=STORE) for each in emails))

    assert [HUSH in str(error) for error in asyncio.run(ask())] == [True, False, True, False]


# Length

MOST = 700


def test_a_long_argument_and_a_long_answer_are_cut(directory: Directory) -> None:
    with pytest.raises(Rejected) as refused:
        get_users(extensions=["x" * 100] * 1000, identity_store_id=STORE)
    assert "2001 validation errors detected" in str(refused.value)
    assert len(str(refused.value)) < MOST
    with pytest.raises(NotFound) as raised:
        get_user(user_name="x\n" * 50_000, identity_store_id=STORE)
    assert str(raised.value).startswith(f"looking up IAM Identity Center User ({STORE}/x x x")
    assert len(str(raised.value)) < MOST
    assert len(str(raised.value).splitlines()) == 1


def test_a_remedy_is_never_cut(directory: Directory) -> None:
    with pytest.raises(NotFound) as raised:
        pulumi_identity.get_identity_context(email=f"{'x' * 5000}@example.com")
    assert raised.value.message.endswith("… — check the spelling; get_quicksight_users() lists all users")
    assert len(str(raised.value)) < MOST


@pytest.mark.parametrize("secret", [False, True])
def test_of_many_only_some_are_listed(
    secret: bool, directory: Directory, aws: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    jo = get_user(user_id=directory["jo"], identity_store_id=STORE)
    many = [type(jo)(**{**vars(jo), "user_id": f"id-{number}", "emails": ()}) for number in range(4000)]
    monkeypatch.setattr("pulumi_identity.lookups.users.get_users", lambda **_: many)
    aws.faults.fail("identitystore", "GetUserId", "UnknownOperationException")
    wrap = pulumi.Output.secret if secret else pulumi.Output.from_input
    error = refusal("get_user_id", {"user_name": HUSH, "identity_store_id": STORE}, wrap)
    assert str(error) == "looking up IAM Identity Center User" + (
        ": 4000 match — give the id instead"
        if secret
        else f" ({HUSH}): 4000 match — give the id instead: id-0, id-1, id-2, id-3, id-4, …"
    )
