"""The component `Directory` under the real engine: edits that keep the same people replace nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from directory.companies import company, group, person
from engine.stack import engine_environment
from pulumi import Alias, ResourceOptions, automation
from typing_extensions import override

from pulumi_identity import Group, GroupMembers, IdentityStoreUser, QuickSightUser
from pulumi_identity.directory import Directory

if TYPE_CHECKING:
    from pulumi_identity.directory import Company, Person
    from pulumi_identity.testing import EmulatedAws
    from pulumi_identity.testing.stacks import Stack, Stacks

assert engine_environment  # its import marks these tests as tests of the engine

QUICKSIGHT = {"user_name": "jo", "email": "jo@example.com", "user_role": "READER"}
APPSTREAM = {"user_name": "jo@example.com"}
JO = person(
    "jo",
    "admins",
    quicksight=QUICKSIGHT,
    quicksight_groups=("Sales",),
    appstream=APPSTREAM,
    appstream_stacks=("desktop",),
)
COMPANY = company(group("admins"), group("staff"), JO, person("ann", "admins", "staff"))


class Program:
    """A program with a directory, which tests change between runs."""

    def __init__(self, data: Company = COMPANY) -> None:
        self.name, self.data, self.options = "company", data, ResourceOptions()

    def __call__(self) -> None:
        Directory(self.name, self.data, opts=self.options)


@pytest.fixture
def sales(identity_aws: EmulatedAws) -> None:
    """The QuickSight group and the AppStream stack of the company."""
    where = {"AwsAccountId": "123456789012", "Namespace": "default"}
    identity_aws.client("quicksight").create_group(GroupName="Sales", **where)
    identity_aws.client("appstream").create_stack(Name="desktop")


def resources(stack: Stack) -> dict[str, Any]:
    """The resources in state, by type and name."""
    deployment = stack.automation.export_stack().deployment
    own = [resource for resource in deployment["resources"] if "::pulumi:" not in resource["urn"]]
    return {":".join(resource["urn"].replace("::", ":").split(":")[-2:]): resource for resource in own}


@pytest.mark.usefixtures("sales")
def test_order_and_moves_change_nothing(identity_aws: EmulatedAws, identity_stack: Stacks) -> None:
    program = Program()
    stack = identity_stack(program)
    stack.up()
    assert identity_aws.members("Admins") == ["ann", "jo"]
    directory = resources(stack)["Directory:company"]
    assert directory["outputs"]["groups"]["admins"] == identity_aws._id("group", "Admins")
    assert sorted(directory["outputs"]["people"]) == ["ann", "jo"]

    data = program.data
    program.data = replace(data, people=dict(reversed(data.people.items())), groups=dict(reversed(data.groups.items())))
    assert stack.preview(refresh=True).changes == {}

    program.name, program.options = "corp", ResourceOptions(aliases=[Alias(name="company")])
    assert stack.preview().changes == {}

    # A new key under `moved`, in a component that also has a new name.
    program.data = company(
        group("admins"),
        group("employees", inputs={"display_name": "Staff"}),
        replace(JO, key="jo.doe"),
        person("ann", "admins", "employees"),
        moved={"jo.doe": "jo", "employees": "staff"},
    )
    changes = stack.preview().changes
    assert {name: change.operation for name, change in changes.items()} == {
        "corp-Sales": "update",
        "corp-admins (GroupMembers)": "update",
    }
    assert sorted(changes["corp-admins (GroupMembers)"].properties["members"]) == ["ann", "jo.doe"]
    users = identity_aws.users()
    identity_aws.calls.clear()
    stack.up()
    writes = [call for call in identity_aws.calls if call.operation.startswith(("Create", "Delete", "Update"))]
    assert writes == []
    assert identity_aws.users() == users


def test_a_new_key_without_an_alias_names_the_remedy(
    identity_aws: EmulatedAws, identity_stack: Stacks, tmp_path: Path
) -> None:
    # In a process of its own: a failed run of a function leaves the event loop of Pulumi's Automation API open.
    program = 'from pulumi_identity.directory import Directory\n\nDirectory("company", "people.yaml")\n'
    people = "people: {jo: {user_name: jo, name: Jo Doe}}\n"
    source = tmp_path / "source"
    source.mkdir()
    project = "name: people\nruntime: python\n"
    for name, text in {"Pulumi.yaml": project, "__main__.py": program, "people.yaml": people}.items():
        (source / name).write_text(text, encoding="utf-8")
    stack = identity_stack(source)
    stack.up()
    file = Path(stack.automation.workspace.work_dir) / "people.yaml"
    file.write_text(people.replace("{jo: ", "{jo.doe: "), encoding="utf-8")
    with pytest.raises(automation.CommandError, match=r"pulumi\.Alias.*or `moved: {old: new}`"):
        stack.up()
    assert identity_aws.users() == ["jo"]

    file.write_text(f"{file.read_text()}moved: {{jo: jo.doe}}\n", encoding="utf-8")
    assert stack.preview().changes == {}


@pytest.mark.usefixtures("sales")
def test_options_reach_every_resource(identity_stack: Stacks) -> None:
    seen: list[str] = []

    def tag(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult:
        title = {"title": "Lead"} if args.type_.endswith("IdentityStoreUser") else {}
        return pulumi.ResourceTransformResult({**args.props, **title}, args.opts)

    def note(args: pulumi.ResourceTransformationArgs) -> None:
        seen.append(args.name)

    def program() -> None:
        other = Group("other", display_name="Other")
        Directory(
            "company",
            COMPANY,
            opts=ResourceOptions(
                parent=pulumi.ComponentResource("acme:index:Office", "office"),
                protect=True,
                retain_on_delete=True,
                depends_on=[other],
                transforms=[tag],
                transformations=[note],
            ),
        )

    stack = identity_stack(program)
    stack.up()
    found = resources(stack)
    children = {name: resource for name, resource in found.items() if "identity:index:Directory$" in resource["urn"]}
    assert sorted(children) == [
        "AppStreamUser:company-jo",
        "AppStreamUserStackAssociation:company-jo in desktop",
        "Group:company-admins",
        "Group:company-staff",
        "GroupMembers:company-admins",
        "GroupMembers:company-staff",
        "IdentityStoreUser:company-ann",
        "IdentityStoreUser:company-jo",
        "QuickSightGroupMembers:company-Sales",
        "QuickSightUser:company-jo",
    ]
    for resource in children.values():
        assert "acme:index:Office$identity:index:Directory$" in resource["urn"]
        assert resource["protect"] is True
        assert resource["retainOnDelete"] is True
        assert found["Group:other"]["urn"] in resource["dependencies"]
    assert children["IdentityStoreUser:company-jo"]["outputs"]["title"] == "Lead"
    assert set(seen) == {"company", *(name.partition(":")[2] for name in children)}


def test_a_program_moves_into_a_directory(identity_aws: EmulatedAws, identity_stack: Stacks) -> None:
    def before() -> None:
        jo = IdentityStoreUser("jo", **person("jo").user)
        QuickSightUser("jo", **QUICKSIGHT)
        admins = Group("admins", display_name="Admins")
        GroupMembers("admins", group_id=admins.group_id, members=[jo])

    def root(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
        alias = Alias(name=args.name.removeprefix("company-"), parent=pulumi.ROOT_STACK_RESOURCE)
        return pulumi.ResourceTransformationResult(
            args.props, ResourceOptions.merge(args.opts, ResourceOptions(aliases=[alias]))
        )

    def after() -> None:
        data = company(group("admins"), person("jo", "admins", quicksight=QUICKSIGHT))
        Directory("company", data, opts=ResourceOptions(transformations=[root]))

    programs = [before]

    def latest() -> None:
        programs[-1]()

    stack = identity_stack(latest)
    stack.up()
    programs.append(after)
    assert {name: change.operation for name, change in stack.preview().changes.items()} == {"company": "create"}
    stack.up()
    assert stack.preview(refresh=True).changes == {}
    assert identity_aws.members("Admins") == ["jo"]


def test_resources_of_a_hook_move_with_the_person(identity_stack: Stacks) -> None:
    class Company(Directory):
        @override
        def add_person(self, person: Person, user: IdentityStoreUser, opts: ResourceOptions) -> None:
            Group(f"{user.pulumi_resource_name}-own", display_name=f"{person.user['user_name']}'s", opts=opts)

    data = [company(person("jo"))]
    stack = identity_stack(lambda: Company("company", data[-1], opts=ResourceOptions(protect=True)))
    stack.up()
    assert resources(stack)["Group:company-jo-own"]["protect"] is True
    data.append(company(replace(person("jo"), key="jo.doe"), moved={"jo.doe": "jo"}))
    assert stack.preview().changes == {}
