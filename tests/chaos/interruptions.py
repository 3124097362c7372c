"""The engine or the host of the providers gets a signal in the middle of a run. The documented commands recover it."""

from __future__ import annotations

import random
import signal
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from chaos.scene import entities
from chaos.stacks import (
    clear_pending_creates,
    copy,
    hosts_end,
    ids_in_state,
    recover,
    running,
    strike,
    template,
    unlock,
)
from contract.examples.group_membership import group, user
from engine.stack import STORE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.stack import Stack

    from pulumi_identity.emulator import Emulator

PROGRAM = """
    names = {names}
    title = {title!r}
    group = Group("group", display_name="Admins", adopt=None)
    for old, name in names.items():
        user = IdentityStoreUser(
            name, user_name=name, display_name="Jo", name={{"given_name": "Jo", "family_name": "Doe"}}, title=title,
            adopt=None, opts=ResourceOptions(aliases=[pulumi.Alias(name=old)]),
        )
        GroupMembership(
            name + "-member", group_id=group.group_id, member_id=user.user_id,
            opts=ResourceOptions(aliases=[pulumi.Alias(name=old + "-member")]),
        )
"""
NAMES = [f"person-{number}" for number in range(3)]


def program(suffix: str = "", title: str = "Engineer") -> str:
    """Return a program with some people in a group. A suffix renames them."""
    return PROGRAM.format(names={name: name + suffix for name in NAMES}, title=title)


@dataclass(frozen=True)
class Run:
    """A command, the programs before it and for it, and the calls in which it can be interrupted."""

    arguments: tuple[str, ...]
    declared: str
    operations: tuple[str, ...]
    starts_empty: bool = False


RUNS = {
    "create": Run(("up",), program(), ("CreateGroup", "CreateUser", "CreateGroupMembership"), starts_empty=True),
    "update": Run(("up",), program(title="Boss"), ("UpdateUser",)),
    "rename": Run(("up",), program(suffix="-doe"), ("*",)),
    "refresh": Run(("refresh",), program(), ("ListUsers", "ListGroups", "ListGroupMemberships")),
    "destroy": Run(("destroy",), program(), ("DeleteUser", "DeleteGroup", "DeleteGroupMembership")),
}


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty stack."""
    return template(tmp_path_factory.mktemp("stack") / "template")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
@pytest.mark.parametrize("victim", ["engine", "host"])
@pytest.mark.parametrize("name", RUNS)
def test_a_run_that_is_interrupted(
    name: str,
    victim: str,
    number: signal.Signals,
    aws: Emulator,
    empty: Path,
    tmp_path: Path,
    client: Callable[[str], Any],
) -> None:
    moment = random.Random(f"{name} {victim} {number}")
    run, stack = RUNS[name], copy(empty, tmp_path, aws.url)
    if not run.starts_empty:
        stack.program(program())
        stack.up()
    before = entities(aws)
    stack.program(run.declared)
    struck = threading.Event()
    with running(stack, *run.arguments) as process:

        def interrupt() -> None:
            struck.set()
            strike(process, victim, number)

        operation = moment.choice(run.operations)
        call = moment.randint(1, 1 if operation in ("CreateGroup", "DeleteGroup") or name == "refresh" else len(NAMES))
        act = moment.choice(["before", "after"])
        fields = {"fault": "none"} if act == "after" else {"fault": "reset", "act": "before"}
        aws.faults.add(interrupt, service="identitystore", operation=operation, call=call, **fields)
        output, _ = process.communicate(timeout=120)
        aws.faults.clear()
        assert struck.is_set(), output
        assert "Traceback" not in output or victim == "host", output
        assert hosts_end(process.pid), "a host goes on after its engine"

    if name == "destroy":
        recover(stack, "destroy")
    else:
        recover(stack, "up", "--refresh", adopting=run.declared.replace("adopt=None", "adopt=True"))
        assert before <= entities(aws), "an entity was deleted"
        users = client("identitystore").list_users(IdentityStoreId=STORE)["Users"]
        suffix = "-doe" if name == "rename" else ""
        assert sorted(user["UserName"] for user in users) == [person + suffix for person in NAMES]
    assert {path.rpartition("/")[2] for path in entities(aws)} == ids_in_state(stack)


class Admins:
    """A group, its set of members in a stack, and another administrator who adds eve to the group."""

    def __init__(self, client: Callable[[str], Any], stack: Stack) -> None:
        self._aws = client("identitystore")
        self._group = group(client, "admins")
        self._people = {name: user(client, name) for name in [*CANDIDATES, "eve"]}
        self._stack = stack

    def declare(self, names: list[str], *, adopt: bool = False) -> None:
        """Write a program with these members."""
        members = {name: self._people[name] for name in names}
        self._stack.program(f"GroupMembers('admins', group_id={self._group!r}, members={members}, adopt={adopt})")

    def join(self, name: str) -> None:
        """Add a person to the group, outside Pulumi."""
        self._aws.create_group_membership(
            IdentityStoreId=STORE, GroupId=self._group, MemberId={"UserId": self._people[name]}
        )

    def memberships(self) -> dict[str, str]:
        """Return the name of each member → the id of the membership."""
        names = {person: name for name, person in self._people.items()}
        return {
            names[membership["MemberId"]["UserId"]]: membership["MembershipId"]
            for membership in self._aws.list_group_memberships(IdentityStoreId=STORE, GroupId=self._group)[
                "GroupMemberships"
            ]
        }


CANDIDATES = [f"person-{number:02}" for number in range(40)]
OLD, NEW = CANDIDATES[:30], CANDIDATES[10:]
"""The members before an update, and after it."""
ADD, REMOVE = "CreateGroupMembership", "DeleteGroupMembership"

SET_RUNS = {
    "create": (("up",), OLD, {ADD: 29}),
    "update": (("up",), NEW, {ADD: 10, REMOVE: 10}),
    "refresh": (("refresh",), OLD, {"ListGroupMemberships": 1}),
    "destroy": (("destroy",), OLD, {REMOVE: 30}),
}
"""Name → the command, the declared members, and how often it calls the operations in which it is interrupted."""


@pytest.mark.parametrize("seed", range(20))
def test_a_set_that_is_interrupted(
    seed: int, aws: Emulator, empty: Path, tmp_path: Path, client: Callable[[str], Any]
) -> None:
    """The next run completes the set. It removes no declared member, and no stranger who was in no preview."""
    moment = random.Random(seed)
    name = [*SET_RUNS][seed % len(SET_RUNS)]
    command, declared, calls = SET_RUNS[name]
    stack = copy(empty, tmp_path, aws.url)
    admins = Admins(client, stack)
    if name == "create":
        admins.join(OLD[0])  # the create keeps her
    else:
        admins.declare(OLD)
        stack.up()
    before = admins.memberships()
    admins.declare(declared)
    victim, number = moment.choice(["engine", "host"]), moment.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
    operation = moment.choice([*calls])
    has_stranger = moment.choice([True, False])
    struck = threading.Event()
    with running(stack, *command) as process:

        def interrupt() -> None:
            if has_stranger:
                admins.join("eve")
            struck.set()
            strike(process, victim, number)

        fields = moment.choice([{"fault": "none"}, {"fault": "reset", "act": "before"}])
        aws.faults.add(
            interrupt, service="identitystore", operation=operation, call=moment.randint(1, calls[operation]), **fields
        )
        output, _ = process.communicate(timeout=120)
        aws.faults.clear()
        assert struck.is_set(), output
        assert hosts_end(process.pid), "a host goes on after its engine"

    strangers = {"eve"} if has_stranger else set()
    assert strangers <= admins.memberships().keys(), "the run removed a stranger"
    if name == "destroy":
        recover(stack, "destroy")
        assert admins.memberships().keys() == strangers
        return
    kept = {person: membership for person, membership in before.items() if person in declared}
    assert kept.items() <= admins.memberships().items(), "the run removed a declared member"
    unlock(stack)
    shown = stack.apply(check=False)
    if "admins" in shown.steps and "members.eve" in shown.diff("admins"):  # the interrupted refresh ended, and saw her
        strangers = set()
    assert strangers <= admins.memberships().keys(), "the next run removed a stranger who was in no preview"
    if shown.code:  # the interrupted create did not end, and the group has another member now
        assert (name, strangers) == ("create", {"eve"}), shown.diagnostics
        assert "the group also has the members eve — " in shown.diagnostics
        admins.declare(declared, adopt=True)
        stack.up()
        strangers = set()
    assert admins.memberships().keys() == {*declared, *strangers}
    clear_pending_creates(stack)
    shown = stack.apply("--refresh")
    assert {name: shown.diff(name) for name in shown.steps} == (
        {"admins": {"members.eve": "delete"}} if strangers else {}
    )
    assert sorted(admins.memberships()) == declared
    assert kept.items() <= admins.memberships().items(), "a next run removed a declared member"
