"""Two stacks, two runs at once, and changes in the console while a run goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from chaos.cases import lives, step
from chaos.scene import entities, error_of, new_process
from chaos.stacks import copy, ids_in_state, template
from contract.host import Host

from pulumi_identity import AlreadyExists, Rejected
from pulumi_identity.aws import process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chaos.cases import Life

    from pulumi_identity.emulator import Emulator

    State = dict[str, Any]

VERBS = ("read", "update", "delete")
CONSOLE = ("changes", "deletes", "deletes and creates")


def another(host: Host) -> Host:
    """Return another administrator, who has the same entity in a state of their own."""
    other = Host.__new__(Host)
    vars(other).update(vars(host))
    return other


def act(host: Host, what: str, programs: tuple[State, State]) -> None:
    """Change an entity in the console."""
    other = another(host)
    if what == "changes":
        other.up(programs[1])
        return
    other.destroy()
    if what == "deletes and creates":
        other.up(programs[0])


def cases() -> list[tuple[Life, str, str]]:
    """Return each life with a verb, and what happens in the console meanwhile."""
    return [(life, verb, what) for life in lives() for verb in VERBS if verb in life.verbs for what in CONSOLE]


@pytest.mark.parametrize(("life", "verb", "what"), cases(), ids=str)
def test_the_console_changes_something_during_a_run(
    life: Life, verb: str, what: str, aws: Emulator, client: Callable[[str], Any]
) -> None:
    """It happens between the run's last look at AWS and its first call."""
    new_process()
    programs = life.programs(life.example.create_parents(client))
    parents = entities(aws)
    host = Host(life.example.resource)
    host.up(programs[0])
    done: list[str] = []

    def meanwhile() -> None:
        done.append(what)
        ours = process.current
        new_process()  # the console is another one
        act(host, what, programs)
        process.current = ours

    aws.faults.add(meanwhile, service=life.example.kind.service, fault="none")
    error_of(step(host, verb, programs))
    aws.faults.clear()
    assert done
    new_process()
    if host.id:
        host.refresh()
    new_process()
    declared = programs[verb == "update"]
    try:
        host.up(declared)
    except Rejected:  # QuickSight refuses to take the console's role back, so the program takes it over
        assert what == "changes"
        declared = programs[1]
        host.up(declared)
    except AlreadyExists:
        # Only what the console created has to be adopted: an entity, or a set's group with another member.
        assert what == "deletes and creates" or life.example.kind.relation
        host.up({**declared, "adopt": True})
        host.up(declared)
    new_process()
    assert host.refresh()
    assert host.preview(declared) == ("same", [])
    new_process()
    host.destroy()
    left = entities(aws)
    # A set that is not exclusive keeps the members that the console added.
    assert left == parents or (left > parents and declared.get("exclusive") is False and what != "deletes")


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty stack."""
    return template(tmp_path_factory.mktemp("runs") / "template")


def program(names: range, title: str) -> str:
    """Return a program with some people in a group of their own."""
    return f"""
    group = Group("group", display_name="group of {names}")
    for number in {names}:
        user = IdentityStoreUser(
            f"person-{{number}}", user_name=f"person-{{number}}", display_name="Jo", title={title!r},
            name={{"given_name": "Jo", "family_name": "Doe"}},
        )
        GroupMembership(f"member-{{number}}", group_id=group.group_id, member_id=user.user_id)
    """


def test_two_stacks_at_once(aws: Emulator, empty: Path, tmp_path: Path) -> None:
    stacks = [copy(empty, tmp_path / name, aws.url) for name in ("sales", "research")]
    with ThreadPoolExecutor(len(stacks)) as threads:
        for title in ("Engineer", "Boss"):
            for number, stack in enumerate(stacks):
                stack.program(program(range(number * 4, number * 4 + 4), title))
            list(threads.map(lambda stack: stack.up("--refresh"), stacks))
    assert set.union(*map(ids_in_state, stacks)) == {path.rpartition("/")[2] for path in entities(aws)}
    assert not set.intersection(*map(ids_in_state, stacks))
    stacks[0].destroy()
    assert {path.rpartition("/")[2] for path in entities(aws)} == ids_in_state(stacks[1])


def test_two_runs_of_one_stack_at_once(aws: Emulator, empty: Path, tmp_path: Path) -> None:
    """The engine's lock stops the second run. The first one is not disturbed."""
    stack = copy(empty, tmp_path, aws.url)
    stack.program(program(range(3), "Engineer"))
    seconds = []
    aws.faults.add(
        lambda: seconds.append(stack.up(check=False)), service="identitystore", operation="CreateGroup", fault="none"
    )
    stack.up()
    assert "locked" in seconds[0]
    assert {path.rpartition("/")[2] for path in entities(aws)} == ids_in_state(stack)


def test_two_stacks_declare_the_same_person(aws: Emulator, empty: Path, tmp_path: Path) -> None:
    stacks = [copy(empty, tmp_path / name, aws.url) for name in ("sales", "research")]
    for stack in stacks:
        stack.program(program(range(1), "Engineer"))
    stacks[0].up()
    shown = stacks[1].up(check=False)
    assert "already has" in shown or "adopt=True" in shown
    stacks[1].destroy()
    assert {path.rpartition("/")[2] for path in entities(aws)} == ids_in_state(stacks[0])
