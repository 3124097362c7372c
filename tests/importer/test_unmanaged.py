"""The command `pulumi-identity unmanaged` lists what no resource manages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import RESOURCES, Example, fill
from contract.host import Host
from importer.directories import IDP, STORE, STORE_ONLY, Imported, export_of, person
from typer.testing import CliRunner

from pulumi_identity.cli import app
from pulumi_identity.importer import Selection, find_unmanaged
from pulumi_identity.importer.writer import SECRET
from pulumi_identity.provider.sets import STRANGERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from click.testing import Result

    from pulumi_identity.emulator import Emulator

IMPORTED = [examples[0] for examples in RESOURCES.values() if examples[0].kind.import_]
NAMED = [example for example in IMPORTED if example.kind.name_property]
SETS = [example for example in IMPORTED if example.kind.relation]


def run(export: Path, *arguments: object) -> Result:
    """Run the command; what is unexpected is raised."""
    command = ["unmanaged", "--stack-export", str(export), *map(str, arguments)]
    return CliRunner().invoke(app, command, catch_exceptions=False)


class Stack:
    """A store with the groups Admins (ann) and Ops (bob), and the resources that manage it."""

    def __init__(self, aws: Emulator, folder: Path, *, memberships: bool = False) -> None:
        self.aws, self.folder = aws, folder
        self.ann, self.bob = aws.identitystore.seed_users(STORE, [person("ann"), person("bob")])
        names = [{"DisplayName": "Admins"}, {"DisplayName": "Ops"}]
        self.admins, self.ops = aws.identitystore.seed_groups(STORE, names)
        self.join(self.admins, self.ann)
        self.join(self.ops, self.bob)
        selection = Selection(values=STORE_ONLY.values, memberships=memberships)
        self.entries = Imported(folder / "imported", selection).entries
        aws.calls.clear()

    def join(self, group: str, user: str) -> None:
        """Add a user to a group."""
        self.aws.identitystore.seed_memberships(STORE, [(group, user)])

    def add_intruder(self, name: str = "eve") -> str:
        """Add a user to the store, and return the id."""
        (user,) = self.aws.identitystore.seed_users(STORE, [person(name)])
        return user

    def outputs(self, kind: str, name: str) -> dict[str, Any]:
        """Return the outputs of a resource, to change them."""
        (entry,) = (entry for entry in self.entries if entry["type"].endswith(f":{kind}") and entry["name"] == name)
        outputs: dict[str, Any] = entry["outputs"]
        return outputs

    def without(self, *kinds: str) -> list[dict[str, Any]]:
        """Return the resources of all other kinds."""
        return [entry for entry in self.entries if not entry["type"].endswith(tuple(f":{kind}" for kind in kinds))]

    def run(self, *arguments: object, entries: Iterable[dict[str, Any]] | None = None) -> Result:
        """Run the command for the store."""
        export = export_of(self.folder / "stack.json", self.entries if entries is None else entries)
        return run(export, "--identity-store", STORE, *arguments)


@pytest.fixture
def stack(aws: Emulator, tmp_path: Path) -> Stack:
    return Stack(aws, tmp_path)


def test_everything_is_managed(stack: Stack) -> None:
    done = stack.run()
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1] == "not managed: 0 users, 0 groups, 0 members"
    assert stack.aws.calls.by_operation() == {
        "identitystore:ListUsers": 1,
        "identitystore:ListGroups": 1,
        "identitystore:ListGroupMemberships": 2,
    }


@pytest.mark.parametrize("memberships", [False, True], ids=["sets", "one by one"])
def test_users_groups_and_members_are_listed(aws: Emulator, tmp_path: Path, memberships: bool) -> None:
    stack = Stack(aws, tmp_path, memberships=memberships)
    eve = stack.add_intruder()
    (shadow,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "Shadow"}])
    stack.join(stack.admins, eve)
    stack.join(stack.admins, stack.bob)
    stack.join(shadow, stack.ann)
    done = stack.run()
    assert done.exit_code == 2
    assert done.stdout.splitlines() == [
        f"user: eve ({STORE}/{eve})",
        f"group: Shadow ({STORE}/{shadow})",
        f"member of group Admins: bob ({stack.bob})",
        f"member of group Admins: eve ({eve})",
    ]
    assert done.stderr.splitlines()[-1] == "not managed: 1 user, 1 group, 2 members"
    as_json = stack.run("--format", "json")
    assert as_json.exit_code == 2
    assert json.loads(as_json.stdout) == {
        "users": [{"noun": "user", "name": "eve", "id": f"{STORE}/{eve}"}],
        "groups": [{"noun": "group", "name": "Shadow", "id": f"{STORE}/{shadow}"}],
        "members": [
            {"noun": "group", "group": "Admins", "member": name, "group_id": stack.admins, "member_id": id_}
            for name, id_ in (("bob", stack.bob), ("eve", eve))
        ],
    }


def test_a_stranger_that_a_refresh_added_is_not_declared(stack: Stack) -> None:
    eve = stack.add_intruder()
    stack.join(stack.admins, eve)
    state = stack.outputs("GroupMembers", "Admins")
    state["members"]["eve"] = eve
    state[STRANGERS] = ["eve"]
    assert f"member of group Admins: eve ({eve})" in stack.run().stdout


def test_other_members_of_an_additive_set_are_not_declared(stack: Stack) -> None:
    eve = stack.add_intruder()
    stack.join(stack.admins, eve)
    stack.outputs("GroupMembers", "Admins").update(exclusive=False, other_members={"eve": eve})
    assert [line for line in stack.run().stdout.splitlines() if "Admins" in line] == [
        f"member of group Admins: eve ({eve})"
    ]


def test_the_members_of_a_managed_group_without_a_set(stack: Stack) -> None:
    done = stack.run(entries=stack.without("GroupMembers"))
    assert done.stdout.splitlines() == [
        f"member of group Admins: ann ({stack.ann})",
        f"member of group Ops: bob ({stack.bob})",
    ]


def test_a_set_manages_the_members_of_a_group_that_is_not_managed(stack: Stack) -> None:
    eve = stack.add_intruder()
    stack.join(stack.admins, eve)
    done = stack.run(entries=stack.without("Group", "IdentityStoreUser"))
    assert [line for line in done.stdout.splitlines() if "member" in line] == [f"member of group Admins: eve ({eve})"]


def test_the_members_of_a_group_that_is_not_managed_are_not_listed(stack: Stack) -> None:
    done = stack.run(entries=[])
    assert [line.partition(" (")[0] for line in done.stdout.splitlines()] == [
        "user: ann",
        "user: bob",
        "group: Admins",
        "group: Ops",
    ]
    assert stack.aws.calls.count(operation="ListGroupMemberships") == 0


def test_several_stacks_manage_one_store(stack: Stack, tmp_path: Path) -> None:
    people = export_of(tmp_path / "people.json", stack.without("Group", "GroupMembers"))
    done = stack.run("--stack-export", people, entries=stack.without("IdentityStoreUser"))
    assert (done.exit_code, done.stdout) == (0, "")


def test_a_resource_that_only_reads_manages_nothing(stack: Stack) -> None:
    entries = [entry | {"external": True} for entry in stack.entries]
    assert stack.run(entries=entries).exit_code == 2


def test_patterns_select_members_by_their_name_and_their_groups(stack: Stack) -> None:
    eve, mallory = stack.add_intruder(), stack.add_intruder("mallory")
    for group, user in ((stack.admins, eve), (stack.admins, mallory), (stack.ops, eve)):
        stack.join(group, user)

    def selected(*arguments: str) -> list[str]:
        return [line.partition(" (")[0] for line in stack.run(*arguments).stdout.splitlines()]

    assert selected("--include", "EVE") == ["user: eve", "member of group Admins: eve", "member of group Ops: eve"]
    assert selected("--include", "ops") == ["member of group Ops: eve"]
    assert selected("--exclude", "adm*", "--exclude", "mall*") == ["user: eve", "member of group Ops: eve"]


def test_what_an_identity_provider_manages_is_listed_only_on_request(stack: Stack) -> None:
    synced = stack.add_intruder("synced")
    stack.aws.identitystore.set_external_ids(STORE, synced, (IDP, "1"))
    stack.join(stack.admins, synced)
    done = stack.run()
    assert done.stdout.splitlines() == [f"member of group Admins: synced ({synced})"]
    assert "users: left out: 1 externally managed" in done.stderr.splitlines()
    assert stack.run("--externally-managed").stdout.splitlines()[0] == f"user: synced ({STORE}/{synced})"


def test_a_user_of_the_same_name_in_another_region(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> None:
    """The id of an AppStream user has no region."""
    client("appstream").create_user(
        UserName="jo@example.com",
        AuthenticationType="USERPOOL",
        FirstName="Jo",
        LastName="Doe",
        MessageAction="SUPPRESS",
    )
    selection = Selection(values={"--appstream": ""})
    (entry,) = Imported(tmp_path / "out", selection).entries
    export = export_of(tmp_path / "here.json", [entry])
    assert run(export, "--appstream").exit_code == 0
    entry["outputs"]["region"] = "eu-west-1"
    export = export_of(tmp_path / "elsewhere.json", [entry])
    assert run(export, "--appstream").stdout == "AppStream user: jo@example.com (jo@example.com/USERPOOL)\n"
    assert Imported(tmp_path / "again", selection, export=export).summary.imported == {"appstream": 1}


# Errors


def test_encrypted_members_are_an_error(stack: Stack) -> None:
    state = stack.outputs("GroupMembers", "Admins")
    members = state["members"]
    state["members"] = SECRET | {"ciphertext": "v1:x"}
    done = stack.run()
    assert (done.exit_code, done.stdout) == (1, "")
    (error,) = done.stderr.splitlines()
    assert error == (
        "reading GroupMembers Admins in the stack export: members is encrypted"
        " — run `pulumi stack export --show-secrets --file stack.json`, and give that file"
    )
    state["members"] = SECRET | {"plaintext": json.dumps(members)}
    assert stack.run().exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "listing: no directory is selected — set --identity-store, --quicksight or --appstream"),
        (("--identity-store", "foo"), "listing: --identity-store must be an id such as d-1234567890, not foo"),
        (("--appstream", "--stack-export", "{folder}/none"), "reading {folder}/none: No such file or directory — run"),
        (("--appstream", "--stack-export", "{folder}/text"), "reading {folder}/text: not a stack export — run `pulumi"),
    ],
)
def test_an_error_is_one_line(aws: Emulator, tmp_path: Path, arguments: tuple[str, ...], line: str) -> None:
    (tmp_path / "text").write_text(
        '{"deployment": {"resources": [{"urn": "a::b::c::d", "type": "t", "id": "i", "outputs": 5}]}}'
    )
    export = export_of(tmp_path / "stack.json", [])
    done = run(export, *(argument.format(folder=tmp_path) for argument in arguments))
    assert (done.exit_code, done.stdout) == (1, "")
    (error,) = done.stderr.splitlines()
    assert error.startswith(line.format(folder=tmp_path))


def test_a_refused_listing_is_one_line(stack: Stack) -> None:
    stack.aws.faults.fail("identitystore", "ListGroupMemberships", "AccessDeniedException", times=100)
    done = stack.run()
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith(
        f"listing IAM Identity Center Group Members ({STORE}/{stack.admins}): AccessDeniedException"
    )


def test_a_group_that_is_deleted_while_it_is_read(stack: Stack) -> None:
    """The result is incomplete."""
    stack.aws.faults.fail("identitystore", "ListGroupMemberships", "ResourceNotFoundException", ResourceType="GROUP")
    done = stack.run()
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("listing IAM Identity Center Group Members")


# Every kind


@pytest.mark.parametrize("example", NAMED, ids=str)
def test_an_entity_of_every_kind(aws: Emulator, client: Callable[[str], Any], tmp_path: Path, example: Example) -> None:
    host = Host(example.resource)
    host.up(fill(example.program, example.create_parents(client)))
    selection = selection_of(host)
    nothing, everything = (export_of(tmp_path / f"{count}.json", entries_of(host)[:count]) for count in (0, 1))
    findings = find_unmanaged(selection, [nothing])
    assert [finding.id for finding in (*findings.users, *findings.groups)] == [host.id]
    assert not find_unmanaged(selection, [everything])


@pytest.mark.parametrize("example", SETS, ids=str)
def test_a_member_of_every_kind_of_group(
    aws: Emulator, client: Callable[[str], Any], tmp_path: Path, example: Example
) -> None:
    ids = example.create_parents(client)
    host = Host(example.resource)
    host.up(fill(example.program, ids))
    export = export_of(tmp_path / "stack.json", entries_of(host))
    selection = selection_of(host)
    assert find_unmanaged(selection, [export]).members == []
    declared = {*host.outputs["members"].values()}
    host.up(fill(example.program | {"members": example.changes["members"][0]}, ids))
    (added,) = {*host.outputs["members"].values()} - declared
    assert [member.member_id for member in find_unmanaged(selection, [export]).members] == [added]


def entries_of(host: Host) -> list[dict[str, Any]]:
    """Return the resource as an import file has it."""
    return [{"type": host.kind.token, "name": "it", "id": host.id, "inputs": host.inputs, "outputs": host.outputs}]


def selection_of(host: Host) -> Selection:
    """Return what selects the place of an entity."""
    assert host.kind.import_
    option = host.kind.import_.option
    return Selection(values={option.flag: "/".join(host.outputs[part] for part in option.parts)})
