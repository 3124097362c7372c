"""After any fault in any call, the next plain run makes state and AWS agree, and nothing else has happened to AWS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from chaos.cases import CLASSES, SEED, Case, cases, course, step
from chaos.scene import FASTER, entities, error_of, new_process
from contract.host import Host

from pulumi_identity import AlreadyExists
from pulumi_identity.aws import process
from pulumi_identity.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    State = dict[str, Any]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give the tests their cases when they are collected, not when this module is imported."""
    if "case" in metafunc.fixturenames:
        found = cases() if metafunc.function is test_the_next_run_converges else in_real_time()
        metafunc.parametrize("case", found, ids=str)


def in_real_time() -> list[Case]:
    """Return one case for each class of faults."""
    first = {case.name: case for case in reversed(cases()) if (case.verb, case.times) == ("create", 1)}
    return [first[name] for name in CLASSES]


@pytest.fixture
def aws(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An AWS whose ids are those of the step without a fault."""
    with Emulator(port=port, seed=SEED) as emulator:
        monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
        monkeypatch.setattr(process, "current", process.current)  # each test replaces it
        yield emulator


def test_the_next_run_converges(
    case: Case, aws: Emulator, client: Callable[[str], Any], record_property: Callable[[str, object], None]
) -> None:
    record_property("cell", [case.life.example.name, case.name])
    survives(case, aws, client, FASTER)


def test_in_real_time(case: Case, aws: Emulator, client: Callable[[str], Any]) -> None:
    survives(case, aws, client, 1)


def survives(case: Case, aws: Emulator, client: Callable[[str], Any], faster: float) -> None:
    """Take an entity to the case's verb, inject the fault, and check what comes after."""
    new_process()
    programs = case.life.programs(case.life.example.create_parents(client))
    host = Host(case.life.example.resource)
    parents = entities(aws)
    if case.verb != "create":
        host.up(programs[0])
    state = (host.id, host.inputs, host.outputs)
    new_process(faster)
    aws.calls.clear()
    case.inject(aws)
    error = error_of(step(host, case.verb, programs))
    hit = [call for call in aws.calls if call.operation == case.operation]
    assert len(hit) >= case.call, "the fault hit no call"
    aws.faults.clear()
    if case.verb == "read":
        assert (host.id, host.inputs, host.outputs) == state, "a fault in a read changed state"
    without_fault = course(case.life, case.verb)
    if case.verb != "delete":
        assert without_fault.kept <= entities(aws), "the fault deleted an entity"

    converge(host, case.verb, programs, error)
    after = entities(aws)
    if case.verb == "delete":
        assert (host.id, after) == ("", parents)
        return
    assert without_fault.kept <= after, "the next run deleted an entity"
    assert len(after) == without_fault.size
    assert host.id
    declared = programs[case.verb == "update"]
    new_process()
    outputs = host.outputs
    assert host.refresh(), "state has an entity that AWS does not have"
    assert host.outputs == outputs, "state is not what AWS has"
    assert host.preview(declared) == ("same", [])
    new_process()
    host.destroy()
    assert entities(aws) == parents, "an entity was created twice"


def converge(host: Host, verb: str, programs: tuple[State, State], error: str) -> None:
    """Do what `pulumi up --refresh`, or a destroy, does. Adopt what the first error said can exist."""
    new_process()
    if host.id:
        host.refresh()
    new_process()
    if verb == "delete":
        if host.id:
            host.destroy()
        return
    declared = programs[verb == "update"]
    try:
        host.up(declared)
    except AlreadyExists:
        assert re.search("exist|adopt", error), f"the error does not say that the entity can exist: {error}"
        new_process()
        host.up({**declared, "adopt": True})
        host.up(declared)
