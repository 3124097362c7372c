"""Import writes all members of a group as one resource."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from importer.directories import IDP, STORE, STORE_ONLY, Imported, export_of, host_of, person

from pulumi_identity.importer import summary_lines
from pulumi_identity.resources.identitystore.members import GroupMembersKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

    from pulumi_identity.emulator import Emulator


class Directory:
    """Users and groups in the emulator."""

    def __init__(self, aws: Emulator, *users: str, groups: Mapping[str, tuple[str, ...]]) -> None:
        self.aws = aws
        ids = aws.identitystore.seed_users(STORE, [person(name) for name in users])
        self.users = dict(zip(users, ids, strict=True))
        ids = aws.identitystore.seed_groups(STORE, [{"DisplayName": name} for name in groups])
        self.groups = dict(zip(groups, ids, strict=True))
        for group, members in groups.items():
            self.join(group, *members)
        aws.calls.clear()

    def join(self, group: str, *users: str) -> None:
        """Add users to a group."""
        pairs = [(self.groups[group], self.users[user]) for user in users]
        self.aws.identitystore.seed_memberships(STORE, pairs)


def members_of(imported: Imported, group: str) -> dict[str, str]:
    """Return the members in the state of a set, and assert that inputs and outputs agree."""
    entry = imported.entry("GroupMembers", group)
    assert entry["inputs"]["exclusive"] is entry["outputs"]["exclusive"] is True
    assert entry["inputs"]["members"] == entry["outputs"]["members"]
    assert entry["outputs"]["__memberships"].keys() == {*entry["outputs"]["members"].values()}
    members: dict[str, str] = entry["inputs"]["members"]
    return members


def test_members_are_listed_by_their_variables(aws: Emulator, tmp_path: Path) -> None:
    groups = {"Admins": ("jo.doe", "jo_doe", "ann"), "Empty": ()}
    directory = Directory(aws, "ann", "jo.doe", "jo_doe", groups=groups)
    done = Imported(tmp_path / "people", STORE_ONLY)
    assert members_of(done, "Admins") == directory.users
    assert members_of(done, "Empty") == {}
    assert done.source("members") == (
        '"""The members of each group."""\n\nfrom pulumi_identity import GroupMembers\n\nfrom . import groups, people\n'
        '\nGroupMembers(\n    "Admins",\n    group_id=groups.admins.group_id,\n'
        "    members=[people.ann, people.jo_doe, people.jo_doe_2],\n)\n"
        '\nGroupMembers(\n    "Empty",\n    group_id=groups.empty.group_id,\n    members={},\n)\n'
    )


def test_a_module_imports_only_what_it_uses(aws: Emulator, tmp_path: Path) -> None:
    Directory(aws, "ann", groups={"Empty": ()})
    assert "\nfrom . import groups\n" in Imported(tmp_path / "people", STORE_ONLY).source("members")


def test_members_who_are_left_out_stay_in_the_group(aws: Emulator, tmp_path: Path) -> None:
    """An exclusive set without them would remove them."""
    directory = Directory(aws, "ann", "bob", "cleo", groups={"Admins": ("ann", "bob", "cleo")})
    aws.identitystore.set_external_ids(STORE, directory.users["cleo"], (IDP, "1"))
    done = Imported(tmp_path / "people", replace(STORE_ONLY, exclude=("bob",)))
    assert done.names("IdentityStoreUser") == ["ann"]
    assert members_of(done, "Admins") == directory.users
    assert (
        '    "Admins",\n    # The stack manages the members with an id, or the import leaves them out.\n'
        "    group_id=groups.admins.group_id,\n    members={\n"
        f'        "ann": people.ann.user_id,\n        "bob": "{directory.users["bob"]}",\n'
        f'        "cleo": "{directory.users["cleo"]}",\n    }},\n' in done.source("members")
    )


def test_a_member_who_is_created_after_the_listing_of_users(
    aws: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = Directory(aws, "ann", groups={"Admins": ("ann",)})
    new, pages = str(UUID(int=1)), GroupMembersKind.list_members

    def with_new(*given: Any) -> Any:
        yield from pages(*given)
        yield {new: f"{STORE}/{UUID(int=2)}"}

    monkeypatch.setattr(GroupMembersKind, "list_members", with_new)
    done = Imported(tmp_path / "people", STORE_ONLY)
    assert members_of(done, "Admins") == {**directory.users, new: new}


def test_labels_are_visible_and_unique(aws: Emulator, tmp_path: Path) -> None:
    """Pulumi hides keys that start with two underscores."""
    names = ("__eve", "eve", "__", "{x}", "x::y")
    directory = Directory(aws, *names, groups={"Admins": names})
    done = Imported(tmp_path / "people", STORE_ONLY)
    members = members_of(done, "Admins")
    assert sorted(members.values()) == sorted(directory.users.values())
    assert members.keys() == {"eve", "eve-2", "unnamed", "{x}", "x::y"}
    assert members["eve"] == directory.users["eve"]
    assert '"unnamed": people.' in done.source("members")
    host = host_of(done.entry("GroupMembers", "Admins"))
    assert host.preview(host.inputs) == ("same", [])
    assert host.refresh()
    assert host.inputs["members"] == members


def test_a_member_with_an_unusable_id_is_a_problem(
    aws: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the member, the next update would remove it."""
    Directory(aws, "ann", groups={"Admins": ("ann",)})
    monkeypatch.setattr(GroupMembersKind, "list_members", lambda *_: iter([{"tomorrow": f"{STORE}/{UUID(int=2)}"}]))
    done = Imported(tmp_path / "people", STORE_ONLY)
    assert done.names("GroupMembers") == []
    assert done.summary.left_out == {("members", "can't be declared"): 1}
    (problem,) = done.summary.problems
    assert problem.startswith(f"importing IAM Identity Center Group Members ({STORE}/")
    assert "must be the user_id" in problem


def test_a_group_of_an_identity_provider(aws: Emulator, tmp_path: Path) -> None:
    directory = Directory(aws, "ann", groups={"Admins": ("ann",), "Synced": ("ann",)})
    aws.identitystore.set_external_ids(STORE, directory.groups["Synced"], (IDP, "1"))
    without = Imported(tmp_path / "without", STORE_ONLY)
    assert without.names("GroupMembers") == ["Admins"]
    with_it = Imported(tmp_path / "with", replace(STORE_ONLY, externally_managed=True))
    assert with_it.entry("GroupMembers", "Synced")["inputs"]["adopt"] == "externally-managed"
    assert "adopt" not in with_it.entry("GroupMembers", "Admins")["inputs"]
    assert f"# Managed by {IDP} through SCIM, which reverts changes made here." in with_it.source("members")

    groups = [entry for entry in with_it.entries if entry["type"].endswith((":Group", ":IdentityStoreUser"))]
    export = export_of(tmp_path / "stack.json", groups)
    assert Imported(tmp_path / "more", STORE_ONLY, export=export).names("GroupMembers") == ["Admins"]


def test_no_call_for_a_member(aws: Emulator, tmp_path: Path) -> None:
    users = [f"user-{number}" for number in range(250)]
    Directory(aws, *users, groups={f"group-{number}": tuple(users[:120]) for number in range(4)})
    done = Imported(tmp_path / "people", replace(STORE_ONLY, exclude=("user-1*",)))
    assert aws.calls.by_operation() == {
        "identitystore:ListUsers": 3,
        "identitystore:ListGroups": 1,
        "identitystore:ListGroupMemberships": 4 * 2,
    }
    assert done.summary.imported["members"] == 4


def test_a_group_of_5000_members(aws: Emulator, tmp_path: Path) -> None:
    users = [f"user-{number:04}" for number in range(5000)]
    directory = Directory(aws, *users, groups={"Everyone": tuple(users)})
    done = Imported(tmp_path / "people", replace(STORE_ONLY, exclude=("user-*",)))
    assert members_of(done, "Everyone") == directory.users
    host = host_of(done.entry("GroupMembers", "Everyone"))
    assert host.preview(host.inputs) == ("same", [])


# Beside an existing stack


def test_new_groups_with_users_of_the_stack(aws: Emulator, tmp_path: Path) -> None:
    directory = Directory(aws, "ann", "bob", groups={"Admins": ("ann",)})
    first = Imported(tmp_path / "first", STORE_ONLY)
    export = export_of(tmp_path / "stack.json", first.entries)
    assert Imported(tmp_path / "again", STORE_ONLY, export=export).entries == []

    directory.users |= Directory(aws, "cleo", groups={}).users
    directory.groups |= Directory(aws, groups={"Ops": ()}).groups
    directory.join("Ops", "ann", "cleo")
    more = Imported(tmp_path / "more", STORE_ONLY, export=export)
    assert more.names("GroupMembers") == ["Ops"]
    assert members_of(more, "Ops") == {"ann": directory.users["ann"], "cleo": directory.users["cleo"]}
    assert (
        f'    members={{\n        "ann": "{directory.users["ann"]}",\n        "cleo": people.cleo.user_id,\n    }},\n'
        in more.source("members")
    )


def test_two_users_of_the_stack_with_one_name(aws: Emulator, tmp_path: Path) -> None:
    """Pulumi allows it under different parents."""
    directory = Directory(aws, "ann", "bob", groups={})
    entries = [entry | {"name": "ann"} for entry in Imported(tmp_path / "first", STORE_ONLY).entries]
    export = export_of(tmp_path / "stack.json", entries)
    directory.users |= Directory(aws, "cleo", groups={}).users
    directory.groups |= Directory(aws, groups={"Ops": ()}).groups
    directory.join("Ops", "ann", "bob", "cleo")
    members = members_of(Imported(tmp_path / "more", STORE_ONLY, export=export), "Ops")
    assert sorted(members) == ["ann", "ann-2", "cleo"]
    assert members["cleo"] == directory.users["cleo"]


def test_a_new_member_of_a_set_in_the_stack_is_reported(aws: Emulator, tmp_path: Path) -> None:
    directory = Directory(aws, "ann", "bob", groups={"Admins": ("ann",), "Ops": ()})
    entries = Imported(tmp_path / "first", STORE_ONLY).entries
    additive = [entry for entry in entries if entry["type"].endswith(":GroupMembers") and entry["name"] == "Ops"]
    additive[0]["outputs"]["exclusive"] = False
    export = export_of(tmp_path / "stack.json", entries)
    directory.join("Admins", "bob")
    directory.join("Ops", "bob")
    more = Imported(tmp_path / "more", STORE_ONLY, export=export)
    assert (more.entries, more.summary.left_out["members", "already managed"]) == ([], 2)
    assert [*summary_lines(more.summary)][-1] == (
        "GroupMembers Admins: the stack does not declare bob — add them to `members`; otherwise"
        " `pulumi up --refresh` removes them from the group"
    )
    assert more.summary.problems == []


def test_a_group_keeps_the_form_that_the_stack_has(aws: Emulator, tmp_path: Path) -> None:
    """One group must not have a set and single memberships."""
    directory = Directory(aws, "ann", "bob", groups={"Admins": ("ann",), "Ops": ("ann",)})
    one_by_one = replace(STORE_ONLY, memberships=True)
    singles = export_of(tmp_path / "singles.json", Imported(tmp_path / "first", one_by_one).entries)
    sets = export_of(tmp_path / "sets.json", Imported(tmp_path / "second", STORE_ONLY).entries)
    directory.join("Admins", "bob")
    more = Imported(tmp_path / "more", STORE_ONLY, export=singles)
    assert [entry["name"] for entry in more.entries] == ["bob in Admins"]
    assert Imported(tmp_path / "none", one_by_one, export=sets).entries == []
