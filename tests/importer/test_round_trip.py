"""What an import writes, under the real engine: taken in, nothing differs, nothing is done."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import ROLE
from engine.stack import Stack, engine_environment
from importer.directories import (
    ACCOUNT,
    EVERYTHING,
    ONE_BY_ONE,
    QUICKSIGHT_ONLY,
    STORE,
    STORE_ONLY,
    Imported,
    fill,
    person,
)

from pulumi_identity.resources.quicksight.users import QuickSightUserKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator
    from pulumi_identity.importer import Selection

TAKE_IN = ("import", "--generate-code=false", "--protect=false", "--yes", "--file")
REFRESHED = ("preview", "--refresh", "--expect-no-changes")


def stack_in(folder: Path, aws: Emulator) -> Stack:
    """A new stack of the program in a folder."""
    beside = folder.parent
    for name in ("state", "home"):
        (beside / name).mkdir()
    made = Stack(folder, engine_environment(beside, aws.url) | {"PULUMI_SKIP_CHECKPOINTS": "true"})
    made.run("stack", "init", "test")
    return made


def resources(stack: Stack) -> dict[str, dict[str, Any]]:
    """What the state has, but for when it was written."""
    exported = json.loads(stack.run("stack", "export").stdout)["deployment"]["resources"]
    own = [each for each in exported if "::pulumi:" not in each["urn"]]
    return {each["urn"]: {key: value for key, value in each.items() if key != "modified"} for each in own}


@pytest.mark.parametrize(
    ("selection", "resources_written"),
    [(replace(EVERYTHING, exclude=("o'brien",)), 141), (ONE_BY_ONE, 256)],
    ids=["sets", "one by one"],
)
def test_round_trip(
    aws: Emulator, client: Callable[[str], Any], tmp_path: Path, selection: Selection, resources_written: int
) -> None:
    fill(aws, client)
    aws.calls.clear()
    written = Imported(tmp_path / "people", selection)
    calls_of_the_import = len(aws.calls)
    stack = stack_in(written.out, aws)
    stack.run(*TAKE_IN, "import.json")
    taken_in = resources(stack)
    assert len(taken_in) == len(written.entries) == resources_written
    aws.calls.clear()
    stack.run(*REFRESHED)
    assert len(aws.calls) <= 2 * calls_of_the_import
    stack.up()
    assert {urn: state_of(each) for urn, each in resources(stack).items()} == {
        urn: state_of(each) for urn, each in taken_in.items()
    }
    assert all(call.operation.startswith(("List", "Describe")) for call in aws.calls)


def state_of(resource: dict[str, Any]) -> list[Any]:
    """What the program could change of a resource."""
    return [resource.get(part) for part in ("id", "inputs", "outputs", "protect")]


@pytest.mark.parametrize("memberships", [False, True], ids=["sets", "one by one"])
def test_newcomers_come_in_beside_what_is_there(aws: Emulator, tmp_path: Path, memberships: bool) -> None:
    (jo,) = aws.identitystore.seed_users(STORE, [person("jo")])
    (admins,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "Admins"}])
    selection = replace(STORE_ONLY, memberships=memberships)
    stack = stack_in(Imported(tmp_path / "people", selection).out, aws)
    stack.run("import", "--file", "import.json", "--generate-code=false", "--yes")
    assert {each["protect"] for each in resources(stack).values()} == {True}

    (new,) = aws.identitystore.seed_users(STORE, [person("newcomer")])
    (ops,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "Ops"}])
    joined = admins if memberships else ops  # a set in the stack is exclusive
    aws.identitystore.seed_memberships(STORE, [(joined, new), (joined, jo)])
    export = tmp_path / "stack.json"
    stack.run("stack", "export", "--file", str(export))
    more = Imported(tmp_path / "newcomers", selection, export=export)
    assert len(more.entries) == (4 if memberships else 3)
    shutil.copytree(more.out, stack.folder / "newcomers")
    with (stack.folder / "__main__.py").open("a") as program:
        program.write("import newcomers\n")
    stack.run(*TAKE_IN, "newcomers/import.json")
    stack.run(*REFRESHED)  # that some are still protected in state, and not in the program, is no change


def test_who_stands_behind_an_iam_user(
    aws: Emulator, client: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = QuickSightUserKind._from_answer
    url = {"user_invitation_url": "https://the.secret"}  # in truth never told again: a secret to see encrypted
    monkeypatch.setattr(QuickSightUserKind, "_from_answer", lambda provider, user: told(provider, user) | url)
    client("quicksight").register_user(
        AwsAccountId=ACCOUNT,
        Namespace="default",
        Email="jo@example.com",
        IdentityType="IAM",
        UserRole="AUTHOR",
        IamArn=ROLE,
        SessionName="jo",
    )
    written = Imported(tmp_path / "people", QUICKSIGHT_ONLY)
    stack = stack_in(written.out, aws)
    stack.run(*TAKE_IN, "import.json")
    assert "the.secret" not in str(resources(stack))
    assert "ciphertext" in stack.state()["Analysts/jo"]["outputs"]["user_invitation_url"]
    stack.run(*REFRESHED)

    module = written.out / "people" / "quicksight.py"
    source = module.read_text()
    said = f'user_role="AUTHOR",\n    iam_arn="{ROLE}",\n    session_name="jo",'
    module.write_text(source.replace('user_role="AUTHOR",', said))
    assert stack.preview().ops() == {"Analysts/jo": "update"}, "it is recorded, without a call"
    stack.up()
    stack.run(*REFRESHED)

    module.write_text(source.replace('user_role="AUTHOR",', said.replace("Analysts", "Admins")))
    assert "iam_arn" in stack.preview().steps["Analysts/jo"]["replaceReasons"]

    module.write_text(source.replace('user_role="AUTHOR",', 'user_role="AUTHOR",\n    namespace="other",'))
    plan = stack.preview(check=False)  # a new user can't be made without one
    assert plan.code != 0
    assert "iam_arn is required when identity_type is IAM" in plan.diagnostics
