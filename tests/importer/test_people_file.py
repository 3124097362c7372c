"""An import with `--format yaml`: `people.yaml`, a program of a few lines, and no changes under the engine."""

from __future__ import annotations

import stat
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from importer.directories import (
    ACCOUNT,
    ALL_SERVICES,
    EVERYTHING,
    ONE_BY_ONE,
    STORE,
    STORE_ONLY,
    Imported,
    fill,
    person,
)

from pulumi_identity.directory import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator

JO = person("jo.doe", DisplayName="Jo Doe", Emails=[{"Value": "jo@example.com", "Primary": True}])
QUICKSIGHT = {"AwsAccountId": ACCOUNT, "Namespace": "default", "IdentityType": "QUICKSIGHT"}


def written(out: Path, selection: Any = ALL_SERVICES) -> Imported:
    return Imported(out, selection, people_file=True)


def test_a_person_is_a_few_lines(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> None:
    jo, ann = aws.identitystore.seed_users(STORE, [JO, person("ann")])
    admins, _ = aws.identitystore.seed_groups(STORE, [{"DisplayName": "Admins"}, {"DisplayName": "Empty"}])
    aws.identitystore.seed_memberships(STORE, [(admins, jo), (admins, ann)])
    client("quicksight").register_user(**QUICKSIGHT, UserName="jo.doe", Email="jo@example.com", UserRole="AUTHOR")
    client("quicksight").register_user(**QUICKSIGHT, UserName="other", Email="JO@example.com", UserRole="READER")
    client("quicksight").register_user(**QUICKSIGHT, UserName="ann", Email="ann@example.com", UserRole="READER")
    client("appstream").create_user(
        UserName="jo@example.com", AuthenticationType="USERPOOL", FirstName="Jo", LastName="Doe"
    )
    imported = written(tmp_path / "people")
    assert (imported.out / "people.yaml").read_text() == (
        "# People and groups in AWS. The program reads this file.\n"
        "groups:\n"
        "  Admins:\n"
        "  Empty:\n"
        "people:\n"
        "  ann:\n"
        "    display_name: ann\n"
        "    name: Jo Doe\n"
        "    groups: [Admins]\n"
        "    quicksight:\n"
        "      email: ann@example.com\n"
        "      user_role: READER\n"
        "  jo.doe:\n"
        "    name: Jo Doe\n"
        "    email: jo@example.com\n"
        "    groups: [Admins]\n"
        "    quicksight: AUTHOR\n"
        "    appstream: true\n"
    )
    assert stat.S_IMODE((imported.out / "people.yaml").stat().st_mode) == 0o600
    assert imported.names("QuickSightUser") == ["company-ann", "company-jo.doe", "other"]
    assert 'user_name="other"' in imported.source("quicksight")
    assert imported.summary.imported["quicksight"] == 3
    (note,) = imported.summary.notes
    assert note.startswith("quicksight: 1 of 3 are in people/quicksight.py instead of people.yaml")
    assert imported.entries[0] == {"type": "identity:index:Directory", "name": "company", "component": True}
    assert {entry.get("parent") for entry in imported.entries[1:] if entry["name"] != "other"} == {"company"}


def test_without_others_there_is_no_package(aws: Emulator, tmp_path: Path) -> None:
    aws.identitystore.seed_users(STORE, [JO])
    imported = written(tmp_path / "people", STORE_ONLY)
    assert sorted(path.name for path in imported.out.iterdir()) == [
        ".gitignore",
        "Pulumi.yaml",
        "__main__.py",
        "import.json",
        "people.yaml",
    ]
    assert 'Directory("company", "people.yaml")' in (imported.out / "__main__.py").read_text()


def test_members_left_out_of_an_import_stay_in_the_group(aws: Emulator, tmp_path: Path) -> None:
    jo, eve = aws.identitystore.seed_users(STORE, [JO, person("eve")])
    (admins,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "Admins"}])
    aws.identitystore.seed_memberships(STORE, [(admins, jo), (admins, eve)])
    imported = written(tmp_path / "people", replace(STORE_ONLY, exclude=("eve",)))
    members = imported.entry("GroupMembers", "company-Admins")
    assert members["inputs"]["members"] == {"jo.doe": jo}
    assert members["inputs"]["exclusive"] is False
    assert members["outputs"]["other_members"] == {"eve": eve}
    assert load(imported.out / "people.yaml").groups["Admins"].exclusive is False


def test_values_of_extensions_keep_their_types(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> None:
    values = {"employeeNumber": 42, "costCenter": "42", "manager": {"active": True, "name": "true"}, "ratio": 0.5}
    client("identitystore").create_user(
        IdentityStoreId=STORE, **JO, Extensions={"aws:identitystore:enterprise": values}
    )
    imported = written(tmp_path / "people", replace(STORE_ONLY, read_more=frozenset({"--extensions"})))
    user = load(imported.out / "people.yaml").people["jo.doe"].user
    assert user["extensions"] == {"aws:identitystore:enterprise": values}


@pytest.mark.parametrize(
    "name", ["null", "~", "yes", "42", "1e3", "<<", "- a", "a: b", "#x", "__x", "é", "'", "=", "x" * 128]
)
def test_every_name_is_read_back(aws: Emulator, tmp_path: Path, name: str) -> None:
    (user,) = aws.identitystore.seed_users(STORE, [person(name.replace(" ", "_"))])
    (group,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": name}])
    aws.identitystore.seed_memberships(STORE, [(group, user)])
    company = load(written(tmp_path / "people", STORE_ONLY).out / "people.yaml")
    (read,) = company.people.values()
    assert read.user["user_name"] == read.user["display_name"] == name.replace(" ", "_")
    assert [company.groups[key].inputs["display_name"] for key in read.groups] == [name]


def test_other_forms_of_import_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"--memberships can't be combined with --format yaml"):
        written(tmp_path / "people", ONE_BY_ONE)
    with pytest.raises(ValueError, match=r"--stack-export can't be combined with --format yaml"):
        Imported(tmp_path / "people", EVERYTHING, people_file=True, export=tmp_path / "stack.json")


def test_a_file_that_directory_would_refuse_is_a_problem(
    aws: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_identity.importer.people_file._key", "".format)
    aws.identitystore.seed_users(STORE, [JO])
    (problem,) = written(tmp_path / "people", STORE_ONLY).summary.problems
    assert problem.startswith("people.yaml:3: people.: the key '' must be a string on one line")


def test_the_awkward_directory(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> None:
    fill(aws, client)
    imported = written(tmp_path / "people", EVERYTHING)
    by_python = Imported(tmp_path / "others", EVERYTHING)
    assert imported.summary.imported == by_python.summary.imported
    company = load(imported.out / "people.yaml")
    assert len(company.people) == imported.summary.imported["people"]
    assert imported.summary.problems == []
