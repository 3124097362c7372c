"""The component `Directory` in unit tests: its resources, their names, and the hook for more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from directory.companies import company, group, person
from pulumi.runtime import MockResourceArgs, Mocks
from typing_extensions import override

from pulumi_identity import NotFound, QuickSightGroup, Rejected, get_quicksight_group_memberships, settings, testing
from pulumi_identity.directory import Directory
from pulumi_identity.testing import value

if TYPE_CHECKING:
    from pulumi import ResourceOptions

    from pulumi_identity import IdentityStoreUser
    from pulumi_identity.directory import Person

QUICKSIGHT = {"user_name": "jo", "email": "jo@example.com", "user_role": "READER"}
APPSTREAM = {"user_name": "jo@example.com", "first_name": "Jo", "last_name": "Doe"}


class Seen(Mocks):
    """Mocks of other packages, which keep the registrations."""

    def __init__(self) -> None:
        self.seen: list[MockResourceArgs] = []

    @override
    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.seen.append(args)
        return f"{args.name}_id", args.inputs

    @override
    def call(self, args: Any) -> Any:
        raise NotImplementedError


def test_people_and_groups_are_resources_by_key() -> None:
    with testing.mocks() as aws:
        directory = Directory(
            "company", company(group("admins"), group("empty"), person("jo", "admins"), person("ann", "admins"))
        )
        assert aws.members("Admins") == ["ann", "jo"]
        assert aws.members("Empty") == []
        assert value(directory.people["jo"].user_name) == "jo"
        assert value(directory.groups["admins"].display_name) == "Admins"
        assert directory.people["jo"].pulumi_resource_name == "company-jo"
        assert directory.members["admins"].pulumi_resource_name == "company-admins"
        assert sorted(value(directory.members["admins"].members)) == ["ann", "jo"]
        assert value(directory.urn).endswith("identity:index:Directory::company")
        assert value(directory.people["jo"].urn).endswith(
            "::identity:index:Directory$pulumi-python:dynamic/identity:IdentityStoreUser::company-jo"
        )


def test_two_directories_can_have_the_same_keys() -> None:
    with testing.mocks() as aws:
        Directory("berlin", company(group("admins"), person("jo", "admins")))
        Directory("paris", company(group("admins", inputs={"display_name": "Chefs"}), person("jo", user=OTHER)))
        assert aws.users() == ["jo", "jo.paris"]
        assert aws.groups() == ["Admins", "Chefs"]


OTHER = {"user_name": "jo.paris", "emails": [{"value": "jo@example.fr", "primary": True}]}


def test_an_unknown_key_names_a_similar_key() -> None:
    with testing.mocks():
        directory = Directory("company", company(group("admins"), person("jo.doe")))
        with pytest.raises(KeyError) as of_group:
            directory.groups["admin"]
        with pytest.raises(KeyError, match=r"did you mean 'jo\.doe'"):
            directory.people["jo.do"]
        assert directory.groups.get("admin") is None
    assert str(of_group.value) == "'admin' is not one of the groups; did you mean 'admins'?"


def test_an_existing_group_is_read_and_keeps_its_other_members() -> None:
    with testing.mocks() as aws:
        by_id = aws.add_group("Everyone")
        aws.add_group("Staff")
        aws.add_user("eve")
        for name in ("Everyone", "Staff"):
            aws.add_member(name, "eve")
        directory = Directory(
            "company",
            company(
                group("everyone", inputs={}, group_id=by_id, existing=True, exclusive=False),
                group("staff", existing=True, exclusive=False),
                person("jo", "everyone", "staff"),
            ),
        )
        assert aws.members("Everyone") == aws.members("Staff") == ["eve", "jo"]
        assert value(directory.groups["everyone"].group_id) == by_id
        assert value(directory.groups["staff"].display_name) == "Staff"
        assert aws.groups() == ["Everyone", "Staff"]


def test_an_existing_group_can_lose_its_other_members() -> None:
    inputs = {"display_name": "Staff", "adopt": True}
    with testing.mocks() as aws:
        aws.add_group("Staff")
        aws.add_user("eve")
        aws.add_member("Staff", "eve")
        Directory(
            "company", company(group("staff", inputs=inputs, existing=True, exclusive=True), person("jo", "staff"))
        )
        assert aws.members("Staff") == ["jo"]


def test_an_existing_group_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(NotFound, match="Staff"), testing.mocks():
        Directory("company", company(group("staff", existing=True)))


def test_quicksight_users_join_their_groups_beside_others() -> None:
    with testing.mocks() as aws:
        value(QuickSightGroup("sales", group_name="Sales").arn)  # it exists before the directory reads it
        directory = Directory(
            "company",
            company(
                person("jo", quicksight=QUICKSIGHT, quicksight_groups=("Sales",)),
                person("ann"),
            ),
        )
        assert value(directory.quicksight_users["jo"].user_role) == "READER"
        assert list(directory.quicksight_users) == ["jo"]
        assert directory.quicksight_members["Sales"].pulumi_resource_name == "company-Sales"
        assert value(directory.quicksight_members["Sales"].exclusive) is False
        members = get_quicksight_group_memberships(group_name="Sales")
        assert [member.member_name for member in members] == ["jo"]
        assert aws.users() == ["ann", "jo"]


@pytest.mark.parametrize(
    ("config", "name"),
    [
        ({}, "123456789012/Sales"),
        ({"identity:namespace": "default"}, "123456789012/Sales"),
        ({"identity:awsAccountId": "123456789012"}, "Sales"),
    ],
)
def test_a_quicksight_group_has_one_set_with_and_without_the_usual_place(config: dict[str, str], name: str) -> None:
    def reader(key: str, **place: str) -> Person:
        return person(key, quicksight=QUICKSIGHT | {"user_name": key} | place, quicksight_groups=("Sales",))

    people = [reader("jo"), reader("ann", namespace="default"), reader("eve", aws_account_id="123456789012")]
    with testing.mocks(config=config):
        value(QuickSightGroup("sales", group_name="Sales").arn)  # it exists before the directory reads it
        directory = Directory("company", company(*people))
        sets = {key: sorted(value(members.members)) for key, members in directory.quicksight_members.items()}
    expected = {"Sales": ["ann", "jo"]}
    expected[name] = sorted([*expected.get(name, []), "eve"])
    assert sets == expected


def test_appstream_users_have_their_stacks() -> None:
    with testing.mocks() as aws:
        aws.client("appstream").create_stack(Name="desktop")
        directory = Directory("company", company(person("jo", appstream=APPSTREAM, appstream_stacks=("desktop",))))
        assert value(directory.appstream_users["jo"].first_name) == "Jo"
        association = directory.appstream_associations["jo", "desktop"]
        assert association.pulumi_resource_name == "company-jo in desktop"
        assert value(association.user_name) == "jo@example.com"


def test_settings_reach_every_resource() -> None:
    role = "arn:aws:iam::123456789012:role/Directory"
    with testing.mocks(config={"identity:identityStoreId": "d-0000000000"}):
        value(QuickSightGroup("sales", group_name="Sales").arn)
        jo = person("jo", "admins", quicksight=QUICKSIGHT, quicksight_groups=("Sales",), appstream=APPSTREAM)
        with settings(identity_store_id="d-1234567890", region="us-east-1", role_arn=role):
            directory = Directory("company", company(group("admins"), jo))
        registered = [
            directory.people["jo"],
            directory.groups["admins"],
            directory.members["admins"],
            directory.quicksight_users["jo"],
            directory.quicksight_members["Sales"],
            directory.appstream_users["jo"],
        ]
        assert [value(resource.role_arn) for resource in registered] == [role] * 6
        assert [value(resource.region) for resource in registered] == ["us-east-1"] * 6
        assert [value(resource.identity_store_id) for resource in registered[:3]] == ["d-1234567890"] * 3


def test_a_subclass_adds_resources_per_person() -> None:
    import pulumi

    class Bucket(pulumi.CustomResource):
        def __init__(self, name: str, owner: pulumi.Input[str], opts: ResourceOptions) -> None:
            super().__init__("aws:s3:Bucket", name, {"owner": owner}, opts)

    class Company(Directory):
        def __init__(self, name: str, *sources: Any) -> None:
            self.buckets: dict[str, Bucket] = {}
            super().__init__(name, *sources)

        @override
        def add_person(self, person: Person, user: IdentityStoreUser, opts: ResourceOptions) -> None:
            if not person.ended:
                name = f"{user.pulumi_resource_name}-home"
                self.buckets[person.key] = Bucket(name, user.user_id, opts)
                assert self.groups["admins"]

    seen = Seen()
    with testing.mocks(others=seen):
        directory = Company("company", company(group("admins"), person("jo", "admins"), person("ann", ended=True)))
        assert list(directory.buckets) == ["jo"]
    (bucket,) = (args for args in seen.seen if args.typ == "aws:s3:Bucket")
    assert bucket.name == "company-jo-home"
    assert bucket.inputs["owner"]


def test_inputs_are_validated_by_their_resources() -> None:
    with pytest.raises(Rejected, match="company-jo"), testing.mocks():
        Directory("company", company(person("jo", user={"user_name": "jo doe"})))


def test_adopting_a_group_adopts_its_members() -> None:
    with testing.mocks() as aws:
        aws.add_group("Admins")
        for name in ("eve", "jo"):
            aws.add_user(name)
            aws.add_member("Admins", name)
        inputs = {"display_name": "Admins", "adopt": True}
        jo = person("jo", "admins", user={"adopt": True, "display_name": "jo"})
        Directory("company", company(group("admins", inputs=inputs), jo))
        assert aws.members("Admins") == ["jo"]
