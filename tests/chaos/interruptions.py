"""The engine or the host of the providers gets a signal in the middle of a run. The documented commands recover it."""

from __future__ import annotations

import random
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from chaos.scene import entities
from chaos.stacks import copy, ids_in_state, interrupted, recover, strike, template
from engine.stack import STORE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

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
    operation = moment.choice(run.operations)
    call = moment.randint(1, 1 if operation in ("CreateGroup", "DeleteGroup") or name == "refresh" else len(NAMES))
    act = moment.choice(["before", "after"])

    def interrupt(process: subprocess.Popen[str]) -> None:
        strike(process, victim, number)

    output = interrupted(stack, run.arguments, aws, interrupt, operation=operation, call=call, act=act)
    assert "Traceback" not in output or victim == "host", output

    if name == "destroy":
        recover(stack, "destroy")
    else:
        recover(stack, "up", "--refresh", adopting=run.declared.replace("adopt=None", "adopt=True"))
        assert before <= entities(aws), "an entity was deleted"
        users = client("identitystore").list_users(IdentityStoreId=STORE)["Users"]
        suffix = "-doe" if name == "rename" else ""
        assert sorted(user["UserName"] for user in users) == [person + suffix for person in NAMES]
    assert {path.rpartition("/")[2] for path in entities(aws)} == ids_in_state(stack)
