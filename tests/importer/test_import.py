"""What an import reads, leaves out and writes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from contract.examples import APPSTREAM, GROUP_EXAMPLE, QUICKSIGHT, USER, Example
from contract.host import Host
from importer.directories import (
    ACCOUNT,
    ALL_SERVICES,
    EVERYTHING,
    GROUPS,
    IDP,
    NAMES,
    ONE_BY_ONE,
    STORE,
    STORE_ONLY,
    Imported,
    fill,
    host_of,
    person,
)

import pulumi_identity as identity
from pulumi_identity.importer.reader import Entity, declare
from pulumi_identity.provider.declare import kind_of
from pulumi_identity.resources.identitystore.users import IdentityStoreUserKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator
    from pulumi_identity.importer import Selection

RUFF = Path(sys.executable).with_name("ruff")


@pytest.fixture
def awkward(aws: Emulator, client: Callable[[str], Any]) -> Emulator:
    fill(aws, client, members=5)
    aws.calls.clear()
    return aws


# Entries


@pytest.mark.parametrize(
    ("selection", "relations"), [(EVERYTHING, len(GROUPS)), (ONE_BY_ONE, len(NAMES) + 5)], ids=["sets", "one by one"]
)
def test_an_entry_is_what_state_has_after_a_refresh(
    awkward: Emulator, tmp_path: Path, selection: Selection, relations: int
) -> None:
    entries = Imported(tmp_path / "out", selection).entries
    assert len(entries) == len(NAMES) + 5 + len(GROUPS) + relations + 2 + 2
    for entry in entries:
        host, imported = host_of(entry), host_of(entry)
        assert host.preview(imported.inputs) == ("same", [])
        assert host.refresh()
        assert (host.id, host.inputs, host.outputs) == (imported.id, imported.inputs, imported.outputs)


@pytest.mark.parametrize("example", [USER, GROUP_EXAMPLE, QUICKSIGHT, APPSTREAM], ids=str)
def test_an_entry_is_what_state_has_of_one_that_was_created(aws: Emulator, tmp_path: Path, example: Example) -> None:
    fields = kind_of(example.resource).schema.inputs
    said = example.program | {"region": "us-east-1"}
    said |= {name: first for name, (first, *_) in example.changes.items() if not fields[name].write_only}
    made = Host(example.resource)
    made.up(said)
    made.refresh()
    entries = Imported(tmp_path / "out", EVERYTHING).entries
    (entry,) = (entry for entry in entries if entry["type"] == example.kind.token)
    imported = host_of(entry)
    made.outputs.pop("user_invitation_url", None)  # told once, to whoever registered the user
    told_by_config = {} if example is not QUICKSIGHT else {"aws_account_id": ACCOUNT}
    assert imported.inputs == made.inputs | told_by_config
    assert imported.outputs == made.outputs
    assert imported.preview(said | told_by_config) == ("same", [])


def test_what_aws_tells_but_would_refuse_is_not_declared(tmp_path: Path) -> None:
    live = {
        "identity_store_id": STORE,
        "user_name": "jo",
        "display_name": "Jo",
        "name": {"given_name": "Jo", "family_name": "Doe", "middle_name": "\0"},
        "emails": [{"value": "jo@example.com", "verification_status": "a member of a later AWS"}],
        "photos": [{"value": "https://example.com/1.png"}, {"display": "one without what it needs"}],
        "title": "\0",
    }
    entity = Entity(kind_of(identity.IdentityStoreUser), f"{STORE}/{UUID(int=1)}", live)
    declared = declare(entity, {"identityStoreId": STORE, "region": "us-east-1"})
    assert declared.arguments == {
        "user_name": "jo",
        "display_name": "Jo",
        "name": {"given_name": "Jo", "family_name": "Doe"},
        "emails": [{"value": "jo@example.com"}],
    }
    assert declared.inputs == declared.arguments | {"identity_store_id": STORE, "region": "us-east-1"}
    assert sorted(declared.left_out) == [
        "emails[0].verification_status is not a known property",
        "name.middle_name must not contain U+0000",
        "photos[1].value is required",
        "title must not contain U+0000",
    ]


def test_who_lacks_what_must_be_declared_is_a_problem(aws: Emulator, tmp_path: Path) -> None:
    aws.identitystore.seed_users(STORE, [person("ann"), {"UserName": "jo", "DisplayName": "Jo"}])
    done = Imported(tmp_path / "out", STORE_ONLY)
    assert done.names("IdentityStoreUser") == ["ann"]
    (said,) = done.summary.problems
    assert said == (
        f"importing IAM Identity Center User ({STORE}/jo): name is required"
        " — set it in AWS and import again, or leave the entity out with --exclude"
    )
    assert done.summary.left_out == {("people", "can't be declared"): 1}


def test_a_listing_that_repeats_somebody_brings_one(
    aws: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.identitystore.seed_users(STORE, [person("jo")])
    pages = IdentityStoreUserKind.list_pages
    monkeypatch.setattr(IdentityStoreUserKind, "list_pages", lambda *given: [*pages(*given), *pages(*given)])
    assert Imported(tmp_path / "out", STORE_ONLY).names("IdentityStoreUser") == ["jo"]


# The program


@pytest.mark.parametrize("selection", [EVERYTHING, ONE_BY_ONE], ids=["sets", "one by one"])
def test_the_program_is_formatted_and_clean(awkward: Emulator, tmp_path: Path, selection: Selection) -> None:
    out = Imported(tmp_path / "out", selection).out
    for command in (["format", "--diff"], ["check", "--select=A,E4,E7,E9,F,I,N,Q,W,UP"]):
        done = subprocess.run(
            [str(RUFF), *command, "--isolated", "--line-length=88", str(out)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("selection", [EVERYTHING, ONE_BY_ONE], ids=["sets", "one by one"])
def test_the_program_has_the_right_types(awkward: Emulator, tmp_path: Path, selection: Selection) -> None:
    out = Imported(tmp_path / "people", selection).out
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={tmp_path}", "__main__.py"],
        cwd=out,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_it_says_what_aws_told_and_nothing_else(awkward: Emulator, tmp_path: Path) -> None:
    done = Imported(tmp_path / "out", ONE_BY_ONE)
    assert done.source("appstream").endswith(
        'off_example_com = AppStreamUser(\n    "off@example.com",\n    user_name="off@example.com",\n'
        '    first_name="Off",\n    last_name="D-e",\n    enabled=False,\n)\n'
    )
    assert (
        'analysts_jo = QuickSightUser(\n    "Analysts/jo",\n    email="jo@example.com",\n'
        '    identity_type="IAM",\n    user_role="AUTHOR",\n)\n' in done.source("quicksight")
    )
    assert "join(\n    groups.admins_2,\n    people.person,\n" in done.source("memberships")
    assert f"# Managed by {IDP} through SCIM" in done.source("groups")
    for module in ("people", "groups", "memberships", "quicksight", "appstream"):
        assert not [word for word in (STORE, ACCOUNT, "us-east-1", '_id="') if word in done.source(module)]


def test_two_imports_write_the_same(awkward: Emulator, tmp_path: Path) -> None:
    written = []
    for _ in range(2):
        out = Imported(tmp_path / "out", EVERYTHING, force=True).out
        written.append({path: path.read_bytes() for path in out.rglob("*.*")})
    assert len(written[0]) == 10
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("out", "package"), [("people", "people"), ("My People!", "my_people"), ("json", "json_directory")]
)
def test_the_package_is_called_after_the_folder(aws: Emulator, tmp_path: Path, out: str, package: str) -> None:
    aws.identitystore.seed_users(STORE, [person("jo")])
    done = Imported(tmp_path / out, STORE_ONLY)
    assert done.summary.package == package
    assert f"import {package}  #" in (done.out / "__main__.py").read_text()


@pytest.mark.parametrize(("out", "instead"), [("My People!", "my_people"), ("json", "json_directory")])
def test_into_a_stack_the_folder_is_the_package(aws: Emulator, tmp_path: Path, out: str, instead: str) -> None:
    export = tmp_path / "stack.json"
    export.write_text(json.dumps({"deployment": {}}))
    with pytest.raises(ValueError, match=f"{out} is not a usable package name — .* such as {instead}"):
        Imported(tmp_path / out, STORE_ONLY, export=export)


def test_the_folder_may_be_the_one_it_is_called_in(
    aws: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.identitystore.seed_users(STORE, [person("jo")])
    (tmp_path / "people").mkdir()
    monkeypatch.chdir(tmp_path / "people")
    assert Imported(Path(), STORE_ONLY).summary.package == "people"
    assert sorted(path.name for path in Path().iterdir()) == [
        ".gitignore",
        "Pulumi.yaml",
        "__main__.py",
        "import.json",
        "people",
    ]


# What is left out


@pytest.mark.parametrize(
    ("selection", "relations"),
    [(ALL_SERVICES, {"members": 3}), (replace(ALL_SERVICES, memberships=True), {"memberships": 101})],
    ids=["sets", "one by one"],
)
def test_it_reads_as_many_pages_as_there_are(
    aws: Emulator, tmp_path: Path, selection: Selection, relations: dict[str, int]
) -> None:
    people = aws.identitystore.seed_users(STORE, [person(f"user-{number}") for number in range(250)])
    groups = aws.identitystore.seed_groups(STORE, [{"DisplayName": f"group-{number}"} for number in range(3)])
    aws.identitystore.seed_memberships(STORE, [(groups[0], each) for each in people[:101]])
    aws.quicksight.seed_users([f"user-{number}" for number in range(101)], ACCOUNT)
    aws.calls.clear()
    steps: list[tuple[str, int, int | None]] = []
    done = Imported(tmp_path / "out", selection, progress=lambda *step: steps.append(step))
    assert aws.calls.by_operation() == {
        "identitystore:ListUsers": 3,
        "identitystore:ListGroups": 1,
        "identitystore:ListGroupMemberships": 2 + 1 + 1,
        "quicksight:ListUsers": 2,
        "quicksight:ListGroups": 1,
        "appstream:DescribeUsers": 1,
    }
    assert done.summary.imported == {"people": 250, "groups": 3, "quicksight": 101} | relations
    assert steps[:5] == [*(("people", done, None) for done in (0, 100, 200, 250)), ("people", 250, 250)]
    assert ("members of groups", 3, 3) in steps


def test_what_costs_more_is_read_only_when_asked_for(awkward: Emulator, tmp_path: Path) -> None:
    plain = Imported(
        tmp_path / "plain", replace(ALL_SERVICES, values={"--identity-store": STORE, "--quicksight": ACCOUNT})
    )
    assert awkward.calls.count(operation="ListTagsForResource") == 0
    assert "extensions" not in plain.entry("IdentityStoreUser", "jo")["inputs"]
    assert "tags" not in plain.entry("QuickSightUser", "jo/doe")["inputs"]
    everything = Imported(tmp_path / "everything", EVERYTHING)
    assert awkward.calls.count(operation="ListTagsForResource") == 2
    assert everything.entry("QuickSightUser", "jo/doe")["inputs"]["tags"] == {"cost center": "4/2", "é": "è"}


def test_what_an_identity_provider_manages_is_left_out(awkward: Emulator, tmp_path: Path) -> None:
    without = Imported(tmp_path / "without", replace(STORE_ONLY, memberships=True))
    assert without.summary.left_out == {
        ("people", "externally managed"): 1,
        ("groups", "externally managed"): 1,
        ("memberships", "with a member who is left out"): 1,
    }
    assert NAMES[1] not in without.names("IdentityStoreUser")
    assert not [name for name in without.names("GroupMembership") if name.endswith("in None")]
    with_them = Imported(tmp_path / "with", ONE_BY_ONE)
    for kind, name in (("IdentityStoreUser", NAMES[1]), ("Group", GROUPS[4])):
        assert with_them.entry(kind, name)["inputs"]["adopt"] == "externally-managed"


@pytest.mark.parametrize(
    ("patterns", "people", "groups"),
    [
        ({"include": ("ANN*",)}, ["ann"], []),
        ({"include": ("*@example.org", "Admins")}, ["jo"], ["Admins"]),
        ({"include": ("The Boss",)}, ["ann"], []),
        ({"exclude": ("j?",)}, ["ann"], ["Admins"]),
        ({"include": ("*",), "exclude": ("*o*", "Adm*")}, [], []),
    ],
)
def test_patterns_choose(
    aws: Emulator, tmp_path: Path, patterns: dict[str, tuple[str, ...]], people: list[str], groups: list[str]
) -> None:
    both = [person("ann", DisplayName="The Boss"), person("jo", Emails=[{"Value": "jo@example.org"}])]
    ids = aws.identitystore.seed_users(STORE, both)
    (group,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "Admins"}])
    aws.identitystore.seed_memberships(STORE, [(group, each) for each in ids])
    done = Imported(tmp_path / "out", replace(STORE_ONLY, memberships=True, **patterns))
    assert (done.names("IdentityStoreUser"), done.names("Group")) == (people, groups)
    assert done.names("GroupMembership") == [f"{each} in Admins" for each in people if groups]
    assert done.out.exists() == bool(people or groups)


def test_what_the_stack_has_is_left_out(aws: Emulator, tmp_path: Path) -> None:
    old = aws.identitystore.seed_users(STORE, [person("jo")])
    (admins,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "Admins"}])
    aws.identitystore.seed_memberships(STORE, [(admins, old[0])])
    one_by_one = replace(STORE_ONLY, memberships=True)
    first = Imported(tmp_path / "first", one_by_one)
    urns = [each | {"urn": f"urn:pulumi:test::people::{each['type']}::{each['name']}\n#"} for each in first.entries]
    taken = {"type": first.entries[0]["type"], "urn": f"urn:pulumi:test::people::{first.entries[0]['type']}::x::y"}
    export = tmp_path / "stack.json"
    export.write_text(json.dumps({"version": 3, "deployment": {"resources": [*urns, taken]}}))
    again = Imported(tmp_path / "again", STORE_ONLY, export=export)
    assert (again.entries, again.out.exists()) == ([], False)

    new = aws.identitystore.seed_users(STORE, [person("ann"), person("x::y")])
    aws.identitystore.seed_memberships(STORE, [(admins, new[0])])
    again = Imported(tmp_path / "newcomers", STORE_ONLY, export=export)
    assert again.names("IdentityStoreUser") == ["ann", "x::y-2"]
    assert again.names("GroupMembership") == ["ann in Admins\n#"]
    comment = "# Admins #: given by id, because the stack already manages it."
    assert f"\n{comment}\nGroupMembership(\n" in again.source("memberships")
    assert f'group_id="{admins}",\n    member_id=people.ann.user_id' in again.source("memberships")
    assert sorted(path.name for path in again.out.iterdir()) == [
        "__init__.py",
        "import.json",
        "memberships.py",
        "people.py",
    ]


# Files


def test_what_is_there_is_not_overwritten_unasked(aws: Emulator, tmp_path: Path) -> None:
    aws.identitystore.seed_users(STORE, [person("jo")])
    out = tmp_path / "out"
    out.mkdir()
    Imported(out, STORE_ONLY)  # an empty folder is nothing to overwrite
    (out / "__main__.py").write_text("mine")
    (out / "other.py").write_text("mine")
    aws.calls.clear()
    with pytest.raises(FileExistsError, match="it already exists — choose another --out, or set --force"):
        Imported(out, STORE_ONLY)
    assert ((out / "__main__.py").read_text(), len(aws.calls)) == ("mine", 0)
    Imported(out, STORE_ONLY, force=True)
    assert "import out" in (out / "__main__.py").read_text()
    assert (out / "other.py").read_text() == "mine"


def test_git_ignores_what_is_known_of_people(aws: Emulator, tmp_path: Path) -> None:
    aws.identitystore.seed_users(STORE, [person("jo")])
    out = Imported(tmp_path / "out", STORE_ONLY).out
    (out / "stack.json").write_text("from `pulumi stack export`")
    (out / ".gitignore").write_text("mine\n" + (out / ".gitignore").read_text())
    (out / "mine").touch()
    Imported(out, STORE_ONLY, force=True)
    lines = (out / ".gitignore").read_text().splitlines()
    assert len(lines) == len(set(lines)) > 1

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(out), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    git("init", "--quiet")
    git("add", ".")
    assert git("ls-files").splitlines() == [
        ".gitignore",
        "Pulumi.yaml",
        "__main__.py",
        "out/__init__.py",
        "out/people.py",
    ]


def test_an_error_leaves_nothing_behind(aws: Emulator, tmp_path: Path) -> None:
    aws.identitystore.seed_users(STORE, [person(f"user-{number}") for number in range(150)])
    aws.faults.fail("identitystore", "ListGroups", "AccessDeniedException", times=100)
    with pytest.raises(identity.Denied, match=rf"^listing IAM Identity Center Groups \({STORE}\): AccessDenied"):
        Imported(tmp_path / "out", STORE_ONLY)
    assert list(tmp_path.iterdir()) == []
