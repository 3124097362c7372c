"""A set that is interrupted in the middle of a run. The next run completes it, and removes only who a preview shows."""

from __future__ import annotations

import random
import signal
from typing import TYPE_CHECKING, Any

import pytest
from chaos.stacks import clear_pending_creates, copy, interrupted, recover, strike, template, unlock
from contract.examples.group_membership import group, user
from engine.stack import STORE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from engine.stack import Plan, Stack

    from pulumi_identity.emulator import Emulator

PEOPLE = [f"person-{number:02}" for number in range(40)]
OLD, NEW = PEOPLE[:30], PEOPLE[10:]
"""The members before an update, and after it."""
STRANGER = "eve"

ADD, REMOVE = "CreateGroupMembership", "DeleteGroupMembership"
RUNS = {
    "create": (("up",), OLD, {ADD: 29}),
    "update": (("up",), NEW, {ADD: 10, REMOVE: 10}),
    "refresh": (("refresh",), OLD, {"ListGroupMemberships": 1}),
    "destroy": (("destroy",), OLD, {REMOVE: 30}),
}
"""Name → the command, the declared members, and the number of calls to each operation that can be interrupted."""


class Admins:
    """A group, its set of members in a stack, and another administrator, who adds a stranger."""

    def __init__(self, client: Callable[[str], Any], stack: Stack) -> None:
        self._aws = client("identitystore")
        self._group = group(client, "admins")
        self._people = {name: user(client, name) for name in [*PEOPLE, STRANGER]}
        self._stack = stack

    def declare(self, names: list[str], *, adopt: bool = False) -> None:
        """Write a program with these members."""
        members = {name: self._people[name] for name in names}
        self._stack.program(f"GroupMembers('admins', group_id={self._group!r}, members={members}, adopt={adopt})")

    def join(self, name: str) -> None:
        """Add a person to the group, outside Pulumi."""
        member = {"UserId": self._people[name]}
        self._aws.create_group_membership(IdentityStoreId=STORE, GroupId=self._group, MemberId=member)

    def memberships(self) -> dict[str, str]:
        """Return the name of each member → the id of the membership."""
        names = {person: name for name, person in self._people.items()}
        listed = self._aws.list_group_memberships(IdentityStoreId=STORE, GroupId=self._group)["GroupMemberships"]
        return {names[membership["MemberId"]["UserId"]]: membership["MembershipId"] for membership in listed}


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty stack."""
    return template(tmp_path_factory.mktemp("sets") / "template")


@pytest.mark.parametrize("seed", range(20))
def test_the_next_run_completes_the_set(
    seed: int, aws: Emulator, empty: Path, tmp_path: Path, client: Callable[[str], Any]
) -> None:
    moment = random.Random(seed)
    name = [*RUNS][seed % len(RUNS)]
    command, declared, calls = RUNS[name]
    stack = copy(empty, tmp_path, aws.url)
    admins = Admins(client, stack)
    if name == "create":
        admins.join(OLD[0])  # the create keeps this membership
    else:
        admins.declare(OLD)
        stack.up()
    before = admins.memberships()
    kept = {(person, membership) for person, membership in before.items() if person in declared}
    admins.declare(declared)
    victim, number = moment.choice(["engine", "host"]), moment.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
    operation = moment.choice([*calls])
    strangers = moment.choice([set[str](), {STRANGER}])

    def interrupt(process: subprocess.Popen[str]) -> None:
        for stranger in strangers:
            admins.join(stranger)
        strike(process, victim, number)

    interrupted(
        stack,
        command,
        aws,
        interrupt,
        operation=operation,
        call=moment.randint(1, calls[operation]),
        act=moment.choice(["before", "after"]),
    )
    assert strangers <= admins.memberships().keys(), "the run removed a stranger"
    if name == "destroy":
        recover(stack, "destroy")
        assert admins.memberships().keys() == strangers
        return
    assert kept <= admins.memberships().items(), "the run removed a declared member"
    strangers = without_refresh(stack, admins, declared, strangers)
    assert admins.memberships().keys() == {*declared, *strangers}
    clear_pending_creates(stack)
    assert changes(stack.apply("--refresh")) == ({f"members.{STRANGER}": "delete"} if strangers else {})
    assert admins.memberships().keys() == {*declared}
    assert kept <= admins.memberships().items(), "a next run removed a declared member"


def without_refresh(stack: Stack, admins: Admins, declared: list[str], strangers: set[str]) -> set[str]:
    """Run `up`, and return the strangers that are left. It removes only those who its preview shows."""
    unlock(stack)
    shown = stack.apply(check=False)
    if f"members.{STRANGER}" in changes(shown):  # the interrupted refresh ended and added the stranger to state
        return set()
    assert strangers <= admins.memberships().keys(), "the next run removed a stranger who no preview shows"
    if shown.code == 0:
        return strangers
    assert f"the group also has the members {STRANGER} — " in shown.diagnostics  # the create did not end
    admins.declare(declared, adopt=True)
    stack.up()
    admins.declare(declared)
    stack.up()
    return set()


def changes(plan: Plan) -> dict[str, str]:
    """Return what a plan changes in the set."""
    return plan.diff("admins") if plan.steps else {}
