"""Unit tests of programs with `testing.mocks()`: no CLI, no engine, but an emulated AWS."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import boto3
import pulumi
import pytest
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks
from pulumi.runtime.settings import SETTINGS, get_root_resource

from pulumi_identity import (
    AlreadyExists,
    AppStreamUser,
    Group,
    GroupMembers,
    GroupMembership,
    IdentityStoreUser,
    NotFound,
    QuickSightUser,
    Rejected,
    get_group,
    get_group_id_output,
    get_group_memberships_output,
    get_user,
    get_users,
    is_member_in_groups,
    testing,
)
from pulumi_identity.aws import process

NAME = {"given_name": "Jo", "family_name": "Doe"}


def jo(**more: Any) -> IdentityStoreUser:
    return IdentityStoreUser("jo", **{"user_name": "jo", "display_name": "Jo", "name": NAME} | more)


def _taken(aws: testing.EmulatedAws) -> str:
    aws.add_user("jo")
    return "jo"


def admins() -> Group:
    return Group("admins", display_name="Admins")


# What works as in AWS


def test_resources_have_real_ids_and_lookups_find_them() -> None:
    with testing.mocks() as aws:
        user, group = jo(), admins()
        membership = GroupMembership("jo-admins", group_id=group.group_id, member_id=user.user_id)
        user_id, group_id = testing.value(user.user_id), testing.value(group.group_id)
        assert testing.value(user.id) == f"{aws.identity_store_id}/{user_id}"
        of_group = get_group_memberships_output(group_id=membership.group_id)
        assert [found.member_id for found in testing.value(of_group)] == [user_id]
        assert get_user(user_name="jo").user_id == user_id
        assert [found.user_name for found in get_users()] == ["jo"]
        assert get_group(display_name="Admins").group_id == group_id
        assert is_member_in_groups(member_id=user_id, group_ids=[group_id]) == {group_id: True}


def test_all_resources_exist_when_the_block_ends() -> None:
    with testing.mocks() as aws:
        QuickSightUser("r", user_name="r", email="r@example.com", user_role="READER", identity_type="QUICKSIGHT")
        AppStreamUser("a", user_name="a@example.com", authentication_type="USERPOOL")
        GroupMembers("all", group_id=admins().group_id, members=[jo()])
    assert {"RegisterUser", "CreateUser", "CreateGroup", "CreateGroupMembership"} <= {
        call.operation for call in aws.calls
    }


def test_an_administrator_sees_all_resources_of_the_program_so_far() -> None:
    with testing.mocks() as aws:
        GroupMembers("all", group_id=admins().group_id, members=[jo()])
        assert aws.members("Admins") == ["jo"]


def test_defaults_are_filled_in() -> None:
    with testing.mocks() as aws:
        user = QuickSightUser("r", user_name="r", email="r@example.com", user_role="READER", identity_type="QUICKSIGHT")
        assert testing.value(user.namespace) == "default"
        assert testing.value(user.aws_account_id) == aws.account_id
        assert testing.value(user.region) == aws.region


def test_get_reads_an_existing_entity() -> None:
    with testing.mocks() as aws:
        user_id = aws.add_user("eve", Title="Engineer")
        eve = IdentityStoreUser.get("eve", f"{aws.identity_store_id}/{user_id}")
        assert testing.value(eve.title) == "Engineer"
    with pytest.raises(NotFound, match="reading IAM Identity Center User"), testing.mocks() as aws:
        IdentityStoreUser.get("eve", f"{aws.identity_store_id}/{user_id}")


def test_secret_inputs_and_declared_outputs_stay_secret() -> None:
    with testing.mocks():
        user = jo(
            title=pulumi.Output.secret("Spy"),
            opts=pulumi.ResourceOptions(additional_secret_outputs=["locale"]),
            locale="de",
        )
        guest = QuickSightUser(
            "r", user_name="r", email="r@example.com", user_role="READER", identity_type="QUICKSIGHT"
        )
        assert testing.value(user.title) == "Spy"
        secret = {name: testing.value(_secretness(output)) for name, output in vars(user).items() if name in NAMES}
        assert secret == {"title": True, "locale": True, "user_name": False}
        assert testing.value(_secretness(guest.user_invitation_url))


NAMES = {"title", "locale", "user_name"}


def _secretness(output: pulumi.Output[Any]) -> pulumi.Output[bool]:
    return pulumi.Output.from_input(output.is_secret())


def test_configuration_is_set() -> None:
    with testing.mocks(config={"project:team": "red", "identity:region": "eu-west-1"}):
        assert pulumi.Config().require("team") == "red"
        assert testing.value(jo().region) == "eu-west-1"


# Errors


def test_validation_failures_are_one_line() -> None:
    with pytest.raises(Rejected) as caught, testing.mocks():
        jo(title="", emails=[{"value": "a"}, {"value": "b"}])
    reasons = "emails has 2 items; the maximum is 1; title must not be empty"
    assert str(caught.value) == f"IdentityStoreUser('jo'): {reasons}"


def test_a_conflict_is_the_error_of_a_real_run() -> None:
    with (
        pytest.raises(AlreadyExists, match=r"^creating IAM Identity Center User \(d-1234567890/jo\): .*adopt=True"),
        testing.mocks() as aws,
    ):
        jo(user_name=_taken(aws))


def test_an_error_is_raised_where_the_output_is_read() -> None:
    with testing.mocks() as aws:
        aws.add_user("jo")
        with pytest.raises(AlreadyExists):
            testing.value(jo().user_id)
    assert "CreateUser" in [call.operation for call in aws.calls]


def test_a_resource_after_the_block_reaches_no_aws() -> None:
    with testing.mocks():
        mocks = SETTINGS.monitor.mocks  # type: ignore[union-attr]
    for call in (
        lambda: mocks.new_resource(MockResourceArgs("pulumi-python:dynamic/identity:Group", "g", {})),
        lambda: mocks.call(MockCallArgs("identity:index:get_users", {}, "")),
    ):
        with pytest.raises(Rejected, match=r"^mocks: the block of testing\.mocks\(\) has ended"):
            call()


# Other packages


class Others(Mocks):
    def new_resource(self, args: MockResourceArgs) -> tuple[str, dict[str, Any]]:
        return "sg-1", {"seen": args.typ}

    def call(self, args: MockCallArgs) -> Any:
        return {"answer": args.token}


class Other(pulumi.CustomResource):
    seen: pulumi.Output[str]

    def __init__(self, name: str) -> None:
        super().__init__("other:index:Other", name, {"seen": None})


def test_other_resources_and_functions_are_those_of_the_users_mocks() -> None:
    with testing.mocks(others=Others()):
        assert testing.value(Other("o").seen) == "other:index:Other"
        assert pulumi.runtime.invoke("other:index:get", {}).value == {"answer": "other:index:get"}
    with testing.mocks():
        assert testing.value(Other("o").id) == "o_id"
    error = r"^mocks: no result for other:index:get — pass mocks\(others=…\)"
    with pytest.raises(Rejected, match=error), testing.mocks():
        pulumi.runtime.invoke("other:index:get", {})


# Where it runs


def test_it_runs_within_pulumis_decorator() -> None:
    seen: list[str] = []

    @pulumi.runtime.test
    def program() -> None:
        with testing.mocks():
            jo().title.apply(lambda title: seen.append(str(title)))
            get_group_id_output(display_name=admins().display_name).group_id.apply(seen.append)

    program()
    assert len(seen) == 2


def test_pulumis_decorator_runs_within_it() -> None:
    with testing.mocks() as aws:

        @pulumi.runtime.test
        def program() -> pulumi.Output[None]:
            def check(user_id: str) -> None:
                assert get_user(user_id=user_id).user_name == "jo"

            return jo().user_id.apply(check)

        program()
        assert aws.members(aws.add_group("x")) == []


def test_it_runs_in_a_coroutine() -> None:
    async def program() -> str:
        with testing.mocks():
            return testing.value(admins().display_name)

    assert asyncio.run(program()) == "Admins"


# What stays


def ambient() -> dict[str, Any]:
    """Return all that a block changes."""
    names = ("monitor", "engine", "project", "stack", "dry_run", "rpc_manager", "outputs", "callbacks")
    settings = {name: getattr(SETTINGS, name) for name in names}
    return {
        **settings,
        "environment": {**os.environ},
        "process": process.current,
        "root": get_root_resource(),
        "config": pulumi.Config("identity").get("identityStoreId"),
    }


def test_all_is_as_before_also_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    before = ambient()
    with testing.mocks():
        os.environ["NEW"] = "x"
        pulumi.runtime.set_config("identity:identityStoreId", "d-0000000000")
        admins()
        assert {name for name, value in ambient().items() if value == before[name]} <= {
            "dry_run",
            "project",
            "stack",
            "callbacks",
        }
    assert ambient() == before
    with pytest.raises(TypeError), testing.mocks():
        Group("x", display_name=testing.value(admins().display_name), unknown=1)
    assert ambient() == before


def test_mocks_of_the_users_own_are_set_again() -> None:
    pulumi.runtime.set_mocks(Others())
    root = get_root_resource()
    with testing.mocks():
        assert testing.value(admins().display_name) == "Admins"
    assert isinstance(SETTINGS.monitor.mocks, Others)  # type: ignore[union-attr]
    assert get_root_resource() is root


def test_blocks_nest_with_an_account_each() -> None:
    with testing.mocks() as outer:
        testing.value(jo().id)
        with testing.mocks() as inner:
            assert outer.url != inner.url
            assert get_users() == ()
            testing.value(admins().id)
        assert os.environ["AWS_ENDPOINT_URL"] == outer.url
        assert [user.user_name for user in get_users()] == ["jo"]


def test_a_running_emulator_can_be_given() -> None:
    from pulumi_identity.emulator import Emulator

    with Emulator(namespaces=["sales"]) as emulator:
        with testing.mocks(emulator=emulator, config={"identity:namespace": "sales"}) as aws:
            assert aws.emulator is emulator
            QuickSightUser("r", user_name="r", email="r@example.com", user_role="READER", identity_type="QUICKSIGHT")
        assert [call.operation for call in emulator.calls][-1] == "RegisterUser"
        assert (
            boto3.client("sts", "us-east-1", endpoint_url=emulator.url).get_caller_identity()["Account"]
            == aws.account_id
        )


def test_the_account_of_a_block_that_has_ended_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with testing.mocks() as aws:
        aws.add_group("Admins")
    for call in (aws.groups, lambda: aws.delete("Admins")):
        with pytest.raises(Rejected, match="its block has ended"):
            call()
