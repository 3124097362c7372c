"""AWS allows the identity store few calls a second: that makes a run longer, and never makes it fail."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from contract.host import Host
from engine.stack import STORE, Stack, engine_environment

import pulumi_identity as identity
from pulumi_identity import Throttled
from pulumi_identity.aws import process
from pulumi_identity.aws.session import session
from pulumi_identity.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

THREADS = 4
NAME = {"given_name": "Jo", "family_name": "Doe"}


def user(name: str) -> dict[str, Any]:
    return {"identity_store_id": STORE, "user_name": name, "display_name": name, "name": NAME}


@pytest.fixture
def slow(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An AWS that allows 8 calls a second."""
    with Emulator(port=port, rate=8) as emulator:
        monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
        yield emulator


def refused(aws: Emulator) -> int:
    return sum(call.error == "ThrottlingException" for call in aws.calls)


def test_a_run_that_is_throttled_does_not_fail(slow: Emulator) -> None:
    hosts = [Host(identity.IdentityStoreUser) for _ in range(30)]
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda both: both[1].up(user(f"user-{both[0]}")), enumerate(hosts)))
        assert all(threads.map(Host.refresh, hosts))
        list(threads.map(Host.destroy, hosts))
    assert refused(slow) > 0, "the rate was not low enough to try anything"
    assert not any(host.id for host in hosts)


def test_what_a_refusal_asks_for_is_waited(aws: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    Host(identity.IdentityStoreUser).up(user("first"))  # makes the client
    monkeypatch.setattr("pulumi_identity.aws.retries.time.sleep", waited.append)
    aws.faults.fail("identitystore", "CreateUser", "ThrottlingException", RetryAfterSeconds=3)
    aws.faults.fail("identitystore", "CreateUser", "ThrottlingException", RetryAfterSeconds=3000)
    Host(identity.IdentityStoreUser).up(user("second"))
    assert [seconds for seconds in waited if seconds in (3.0, process.Pauses.longest, 3000.0)] == [
        3.0,
        process.Pauses.longest,
    ]


def test_every_pause_can_be_shortened(aws: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "current", process.Process(process.Pauses().scaled(100)))
    waited: list[float] = []
    monkeypatch.setattr("botocore.endpoint.time.sleep", waited.append)  # the same function for every module
    monkeypatch.setattr("botocore.retries.bucket.TokenBucket.acquire", lambda *_, **__: None)
    aws.faults.add(service="identitystore", operation="CreateUser", fault="throttle", times=9)
    aws.faults.add(service="identitystore", operation="CreateUser", fault="throttle", retry_after=3000)
    Host(identity.IdentityStoreUser).up(user("jo"))
    assert len([seconds for seconds in waited if seconds]) >= 10
    assert max(waited) == process.Pauses.longest / 100
    timeouts = session("us-east-1", None).client("identitystore").meta.config
    assert (timeouts.connect_timeout, timeouts.read_timeout) == (0.1, 0.3)


def test_the_region_named_or_not_has_one_budget() -> None:
    assert session(None, None) is session("us-east-1", None)
    assert session("eu-west-1", None) is not session("us-east-1", None)


def test_roles_share_the_budget_of_their_region(aws: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS counts an account's calls, whatever the role: what one role has learnt, the other keeps to."""
    paced: list[float] = []
    monkeypatch.setattr("botocore.retries.bucket.TokenBucket.acquire", lambda *_, **__: paced.append(1))
    people, groups = ({"role_arn": f"arn:aws:iam::123456789012:role/{name}"} for name in ("People", "Groups"))
    Host(identity.Group).up({"identity_store_id": STORE, "display_name": "one"} | groups)
    assert not paced, "nobody has been refused yet"
    aws.faults.fail("identitystore", "CreateUser", "ThrottlingException")
    Host(identity.IdentityStoreUser).up(user("jo") | people)
    paced.clear()
    Host(identity.Group).up({"identity_store_id": STORE, "display_name": "two"} | groups)
    assert len(paced) == 1
    elsewhere = {"identity_store_id": "d-9876543210", "region": "eu-west-1"}
    Host(identity.Group).up({"display_name": "three"} | elsewhere | groups)
    assert len(paced) == 1, "another region has a quota of its own"


@pytest.fixture
def impatient(aws: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the provider's client of the identity store give up after the second attempt."""
    few = Config(retries={"mode": "standard", "total_max_attempts": 2})
    client = boto3.client("identitystore", region_name="us-east-1", endpoint_url=aws.url, config=few)
    monkeypatch.setitem(session("us-east-1", None)._clients, "identitystore", client)


def test_the_end_of_patience_is_one_error_and_leaves_state_right(aws: Emulator, impatient: None) -> None:
    host = Host(identity.IdentityStoreUser)
    aws.faults.fail("identitystore", "CreateUser", "ThrottlingException", times=2, message="Rate exceeded")
    with pytest.raises(Throttled) as raised:
        host.up(user("jo"))
    said = str(raised.value)
    assert said.startswith(f"creating IAM Identity Center User ({STORE}/jo): ThrottlingException: ")
    assert "run the command again" in said
    assert "\n" not in said
    assert not host.id
    assert host.up(user("jo")) == "create"

    before = host.outputs
    for operation, step in (
        ("UpdateUser", lambda: host.up(user("jo") | {"title": "Engineer"})),
        ("DeleteUser", host.destroy),
    ):
        aws.faults.fail("identitystore", operation, "ThrottlingException", times=2)
        with pytest.raises(Throttled):
            step()
        assert host.outputs == before
    assert host.up(user("jo") | {"title": "Engineer"}) == "update"

    # A refresh that is throttled never takes anybody for gone: neither the listing's refusal nor the single read's.
    aws.faults.fail("identitystore", "ListUsers", "ThrottlingException", times=2)
    aws.faults.fail("identitystore", "DescribeUser", "ThrottlingException", times=2)
    before = host.outputs
    with pytest.raises(Throttled):
        host.refresh()
    assert host.outputs == before
    assert host.refresh()


def test_two_stacks_side_by_side_share_the_quota(slow: Emulator, tmp_path: Path) -> None:
    def department(name: str) -> Stack:
        folder = tmp_path / name
        (folder / "state").mkdir(parents=True)
        (folder / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
        stack = Stack(folder, engine_environment(folder, slow.url))
        stack.run("stack", "init", name)
        stack.run("config", "set", "identity:identityStoreId", STORE)
        stack.program(
            f"""
            for number in range(12):
                IdentityStoreUser(
                    f"{name}-{{number}}", user_name=f"{name}-{{number}}", display_name="Jo",
                    name={{"given_name": "Jo", "family_name": "Doe"}},
                )
            """
        )
        return stack

    stacks = [department(name) for name in ("sales", "research")]
    with ThreadPoolExecutor(len(stacks)) as threads:
        list(threads.map(Stack.up, stacks))
        list(threads.map(Stack.refresh, stacks))
    assert [len(stack.state()) for stack in stacks] == [12, 12]
    assert slow.calls.count("identitystore", "CreateUser") - refused(slow) <= 24


def test_many_appstream_users_share_listings(aws: Emulator) -> None:
    """The pool is of several pages; a listing for every few creates would cost more calls than the creates."""
    hosts = [Host(identity.AppStreamUser) for _ in range(400)]
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda both: both[1].up({"user_name": f"u{both[0]}@example.com"}), enumerate(hosts)))
    assert aws.calls.count("appstream", "CreateUser") == len(hosts)
    assert aws.calls.count("appstream", "DescribeUsers") <= len(hosts) / 2
    aws.calls.clear()
    assert all(host.refresh() for host in hosts)
    assert len(aws.calls) <= 8
    assert all("arn" in host.outputs for host in hosts), "what no create found, the refresh tells"


@pytest.fixture(autouse=True)
def _client_without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test clients and counts of its own: the adaptive rate remembers what the test before was refused."""
    monkeypatch.setattr(process, "current", process.Process())
