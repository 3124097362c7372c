"""An answer with a success status is believed only if it is whole, AWS's, and about the entity that was asked for."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from contract.examples import MEMBERSHIP, RESOURCES, Example
from contract.host import Host, new_command
from contract.life import Life
from rules.answers import NOTHING, spoilt

import pulumi_identity
from pulumi_identity import AlreadyExists, IdentityError, Unavailable
from pulumi_identity.aws import answers
from pulumi_identity.importer import Selection, import_directory
from pulumi_identity.provider.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"
ORDINARY = [examples[0] for examples in RESOURCES.values()]
CHANGING = [example for example in ORDINARY if example.changes and example.kind.actions["update"]]
SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda body: body[: len(body) // 2],
    **{name: lambda _, body=body: body for name, body in NOTHING.items()},  # type: ignore[misc]
}


@pytest.fixture
def life(aws: Emulator, client: Callable[[str], Any], example: Example) -> Life:
    """The resource of an example, created."""
    life = Life(example, aws, example.create_parents(client))
    life.host.up(life.program)
    return life


@pytest.fixture
def sales(client: Callable[[str], Any]) -> None:
    """A group in QuickSight, with the member jo."""
    quicksight, place = client("quicksight"), {"AwsAccountId": "123456789012", "Namespace": "default"}
    quicksight.register_user(
        **place, IdentityType="QUICKSIGHT", UserName="jo", Email="jo@example.com", UserRole="READER"
    )
    quicksight.create_group(**place, GroupName="sales")
    quicksight.create_group_membership(**place, GroupName="sales", MemberName="jo")


def state(host: Host) -> Any:
    """Return what state has of a resource."""
    return deepcopy((host.id, host.inputs, host.outputs))


def test_the_issues_scenario(user: Person, aws: Emulator) -> None:
    """A refresh that believed `{}` cleared the user name, and the next `up` replaced the person."""
    user.up(title="Dr")
    before = state(user.host)
    aws.faults.fail("identitystore", "ListUsers", "AccessDeniedException", times=100)
    with spoilt("identitystore", ("DescribeUser",), lambda _: b"{}"), pytest.raises(Unavailable) as raised:
        user.host.refresh()
    line = str(raised.value)
    assert line.startswith(f"reading IAM Identity Center User ({user.host.id}): IncompleteAnswerError: ")
    assert "AWS's response is incomplete: DescribeUser returned no IdentityStoreId, UserId, UserArn — check" in line
    assert (raised.value.code, raised.value.operation) == ("IncompleteAnswerError", "DescribeUser")
    assert state(user.host) == before
    assert user.preview() == ("same", [])


@pytest.mark.parametrize("body", SPOILT)
@pytest.mark.parametrize("example", ORDINARY, ids=str)
def test_a_refresh_keeps_state(life: Life, example: Example, body: str) -> None:
    before = state(life.host)
    with spoilt(example.kind.service, example.kind.actions["read"], SPOILT[body]), pytest.raises(Unavailable) as raised:
        life.host.refresh()
    assert " — " in str(raised.value)
    assert state(life.host) == before
    assert life.host.refresh()
    assert state(life.host) == before


@pytest.mark.parametrize("example", [e for e in ORDINARY if not e.kind.relation], ids=str)  # a listing reads a set
def test_a_single_read_takes_the_place_of_a_spoilt_listing(life: Life, example: Example, aws: Emulator) -> None:
    listing = tuple(name for name in example.kind.actions["read"] if name.startswith("List"))
    before = state(life.host)
    with spoilt(example.kind.service, listing, lambda _: b"{}") as changed:
        assert life.host.refresh()
    assert bool(changed) is bool(listing)
    assert state(life.host) == before


@pytest.mark.parametrize("body", SPOILT)
@pytest.mark.parametrize("example", ORDINARY, ids=str)
def test_a_create_is_settled_by_looking(
    aws: Emulator, client: Callable[[str], Any], example: Example, body: str
) -> None:
    life = Life(example, aws, example.create_parents(client))
    operation = example.kind.actions["create"][0]
    with spoilt(example.kind.service, (operation,), SPOILT[body]):
        if (
            example.kind.service == "quicksight" and not example.takes_existing
        ):  # it has no time of creation, so nothing proves whose the entity is
            with pytest.raises(AlreadyExists, match="set adopt=True"):
                life.host.up(life.program)
        else:
            life.host.up(life.program)
    life.host.up(life.program | {"adopt": True})
    assert life.host.refresh()
    assert life.host.preview(life.program | {"adopt": True}) == ("same", [])
    assert len([call for call in aws.calls if call.operation == operation and 200 <= call.status < 300]) == 1


@pytest.mark.parametrize("body", SPOILT)
@pytest.mark.parametrize("example", CHANGING, ids=str)
def test_an_update_says_how_to_go_on(life: Life, example: Example, body: str) -> None:
    kind = example.kind
    name = next(name for name in sorted(example.changes.keys() - example.never_returned) if name != "tags")
    program = life.with_(name, example.changes[name][0])
    with spoilt(kind.service, kind.actions["update"], SPOILT[body]):
        if kind.service == "appstream":  # its writes answer nothing, so little can be missing
            with suppress(Unavailable):
                life.host.up(program)
        else:
            with pytest.raises(Unavailable, match=r" — .*run `pulumi up --refresh`"):
                life.host.up(program)
    life.host.refresh()
    life.host.up(program)
    assert life.host.preview(program) == ("same", [])
    assert life.host.refresh()
    assert life.host.preview(program) == ("same", [])


@pytest.mark.parametrize("body", ["cut", "page"])
@pytest.mark.parametrize("example", ORDINARY, ids=str)
def test_a_delete_can_run_again(life: Life, example: Example, body: str) -> None:
    with spoilt(example.kind.service, example.kind.actions["delete"], SPOILT[body]), suppress(Unavailable):
        life.host.destroy()
    if life.host.id:
        life.host.destroy()
    assert life.host.up(life.program) == "create"


@pytest.mark.parametrize("example", ORDINARY, ids=str)
def test_what_is_not_aws_names_the_operation_and_the_entity(life: Life, example: Example) -> None:
    before = state(life.host)
    read = example.kind.actions["read"]
    with (
        spoilt(example.kind.service, read, lambda body: body, request_id=False),
        pytest.raises(Unavailable) as raised,
    ):
        life.host.refresh()
    line = str(raised.value)
    assert line.startswith(f"reading {example.kind.entity} ({life.host.id}): ForeignAnswerError: the response to ")
    assert line.partition("the response to ")[2].partition(" is not from AWS — check the network's proxy")[0] in read
    assert state(life.host) == before


def test_tags_are_not_cleared_by_a_cut_answer(reader: Person) -> None:
    reader.up(tags={"team": "data"})
    before = state(reader.host)
    for body in SPOILT.values():
        with spoilt("quicksight", ("ListTagsForResource",), body), pytest.raises(Unavailable):
            reader.host.refresh()
    assert state(reader.host) == before


def test_without_tags_aws_leaves_the_list_out(reader: Person, client: Callable[[str], Any]) -> None:
    reader.up(tags={"team": "data"})
    client("quicksight").untag_resource(ResourceArn=reader.host.id, TagKeys=["team"])

    def without_tags(body: bytes) -> bytes:
        return json.dumps({name: value for name, value in json.loads(body).items() if name != "Tags"}).encode()

    with spoilt("quicksight", ("ListTagsForResource",), without_tags) as changed:
        assert reader.host.refresh()
    assert changed
    assert "tags" not in reader.host.inputs


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"[]", "a body that is not valid"),
        (b"null", "a body that is not valid"),
        (b"\xff\xfe", "a body that is not valid"),
        (b'{"User": "jo"}', "no UserArn"),
        (b'{"ExternalIds": [{"Id": "1"}]}', "ExternalIds"),
    ],
    ids=["list", "null", "no UTF-8", "another shape", "half an item"],
)
def test_no_body_causes_a_traceback(user: Person, aws: Emulator, body: bytes, problem: str) -> None:
    user.up()
    aws.faults.fail("identitystore", "ListUsers", "AccessDeniedException", times=100)

    def change(whole: bytes) -> bytes:
        if not body.startswith(b'{"Ext'):
            return body
        return json.dumps(json.loads(whole) | json.loads(body)).encode()

    with spoilt("identitystore", ("DescribeUser",), change), pytest.raises(Unavailable) as raised:
        user.host.refresh()
    assert problem in str(raised.value) or "no IdentityStoreId, UserId, UserArn" in str(raised.value)


def with_members(**members: str) -> Callable[[bytes], bytes]:
    """Return a change that sets members at the top of a body, or in its one structure."""

    def change(body: bytes) -> bytes:
        answer = json.loads(body)
        inner = next((value for value in answer.values() if isinstance(value, dict)), answer)
        target = inner if members.keys() & inner.keys() else answer
        target.update(members)
        return json.dumps(answer).encode()

    return change


OTHER_ID = "906a1b2c-1111-70ab-cdef-0123456789ab"


@pytest.mark.parametrize("operation", ["DescribeUser", "UpdateUser"])
def test_another_user_is_not_this_one(user: Person, aws: Emulator, operation: str) -> None:
    """As if two answers had been mixed up: the id is another user's."""
    user.up(title="Dr")
    before = state(user.host)
    aws.faults.fail("identitystore", "ListUsers", "AccessDeniedException", times=100)
    with (
        spoilt("identitystore", (operation,), with_members(UserId=OTHER_ID)),
        pytest.raises(Unavailable, match=f"a different entity: {operation} returned UserId {OTHER_ID}, not"),
    ):
        user.host.refresh() if operation == "DescribeUser" else user.up(title="Prof")
    assert state(user.host) == before


@pytest.mark.parametrize("verb", ["refresh", "update", "create"])
def test_another_quicksight_user_is_not_this_one(reader: Person, aws: Emulator, verb: str) -> None:
    operation = {"refresh": "DescribeUser", "update": "UpdateUser", "create": "RegisterUser"}[verb]
    if verb != "create":
        reader.up()
    aws.faults.fail("quicksight", "ListUsers", "AccessDeniedException", times=100)
    before = state(reader.host)
    anns = with_members(UserName="ann", Arn="arn:aws:quicksight:us-east-1:123456789012:user/default/ann")
    with spoilt("quicksight", (operation,), anns), pytest.raises(IdentityError, match="OtherEntityError"):
        reader.host.refresh() if verb == "refresh" else reader.up(email="jo@example.org")
    assert state(reader.host) == before


def test_a_user_without_a_name_is_incomplete(user: Person, aws: Emulator) -> None:
    """AWS's model requires no user name, but every user in state has one."""
    user.up()

    def nameless(body: bytes) -> bytes:
        return json.dumps({name: value for name, value in json.loads(body).items() if name != "UserName"}).encode()

    aws.faults.fail("identitystore", "ListUsers", "AccessDeniedException", times=100)
    with spoilt("identitystore", ("DescribeUser",), nameless), pytest.raises(Unavailable, match="returned no UserName"):
        user.host.refresh()


def test_a_membership_with_a_new_id_relates_the_same_two(
    aws: Emulator, client: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = MEMBERSHIP.create_parents(client)
    life = Life(MEMBERSHIP, aws, ids)
    life.host.up(life.program)
    store = client("identitystore")
    other = store.create_group_membership(
        IdentityStoreId=STORE, GroupId=ids["{other group}"], MemberId={"UserId": ids["{user}"]}
    )
    store.delete_group_membership(IdentityStoreId=STORE, MembershipId=life.host.outputs["membership_id"])
    before = state(life.host)
    new_command()
    # AWS answers the search for the deleted membership with another one.
    found = {name: value for name, value in other.items() if name != "ResponseMetadata"}
    with monkeypatch.context() as patch:
        patch.setattr(aws.identitystore, "get_group_membership_id", lambda *_: found)
        with pytest.raises(Unavailable, match="DescribeGroupMembership returned GroupId"):
            life.host.refresh()
    assert state(life.host) == before
    assert not life.host.refresh()


def test_a_user_whose_principal_is_gone_keeps_name_and_arn(reader: Person, aws: Emulator) -> None:
    role = "arn:aws:iam::123456789012:role/Analysts"
    reader.up(user_name=None, identity_type="IAM", iam_arn=role, session_name="jo@example.com")
    before = state(reader.host)
    aws.faults.fail("quicksight", "ListUsers", "AccessDeniedException", times=100)
    with spoilt("quicksight", ("DescribeUser",), with_members(UserName="N/A", Arn="N/A")) as changed:
        assert reader.host.refresh()
    assert changed
    assert state(reader.host) == before


@pytest.mark.parametrize("body", ["braces", "page"])
@pytest.mark.parametrize(
    ("service", "operation", "look_up"),
    [
        ("identitystore", "ListUsers", lambda: pulumi_identity.get_users(identity_store_id=STORE)),
        ("identitystore", "GetUserId", lambda: pulumi_identity.get_user_id(identity_store_id=STORE, user_name="jo")),
        ("quicksight", "ListUsers", lambda: pulumi_identity.get_quicksight_users(aws_account_id="123456789012")),
        ("quicksight", "SearchGroups", lambda: pulumi_identity.get_quicksight_groups(group_name_prefix="s")),
        ("quicksight", "ListUserGroups", lambda: pulumi_identity.get_quicksight_user_groups("jo")),
        ("quicksight", "ListGroupMemberships", lambda: pulumi_identity.get_quicksight_group_memberships("sales")),
        (
            "quicksight",
            "DescribeGroupMembership",
            lambda: pulumi_identity.get_quicksight_group_membership("sales", "jo"),
        ),
        ("appstream", "DescribeUsers", pulumi_identity.get_appstream_users),
        ("sts", "GetCallerIdentity", pulumi_identity.get_quicksight_users),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_lookup_believes_no_more(
    user: Person,
    sales: None,
    new_run: Callable[[], None],
    service: str,
    operation: str,
    look_up: Callable[[], Any],
    body: str,
) -> None:
    user.up()
    with (
        spoilt(service, (operation,), SPOILT[body]),
        pytest.raises(Unavailable, match=r"looking up .*response is incomplete"),
    ):
        look_up()


def test_a_lookup_of_another_member(sales: None) -> None:
    anns = with_members(MemberName="ann", Arn="arn:aws:quicksight:us-east-1:123456789012:user/default/ann")
    with (
        spoilt("quicksight", ("DescribeGroupMembership",), anns),
        pytest.raises(Unavailable, match="a different entity: DescribeGroupMembership returned MemberName ann, not jo"),
    ):
        pulumi_identity.get_quicksight_group_membership("sales", "jo")


def test_an_import_writes_no_half_directory(user: Person, tmp_path: Path) -> None:
    user.up()
    selection = Selection(values={"--identity-store": STORE})
    with (
        spoilt("identitystore", ("ListUsers",), lambda body: body[:-20]),
        pytest.raises(Unavailable, match=r"listing .*response is incomplete"),
    ):
        import_directory(tmp_path / "out", selection)
    assert not (tmp_path / "out").exists()


def test_every_named_member_is_in_the_model() -> None:
    """A typo would refuse every answer."""
    loader = botocore.session.get_session()
    for (service, operation), paths in answers._EXPECTED.items():
        for path in paths:
            shape = loader.get_service_model(service).operation_model(operation).output_shape
            for step in path.split("."):
                shape = shape.members[step.removesuffix("[]")]
                shape = shape.member if step.endswith("[]") else shape


def test_every_kind_names_its_answers() -> None:
    """Where AWS's model requires nothing of an answer that has members, the kind does."""
    loader = botocore.session.get_session()
    for kind in KINDS.values():
        for operation in kind.operations:
            shape: Any = loader.get_service_model(kind.service).operation_model(operation).output_shape
            members = set(shape.members if shape else ()) - {"RequestId", "Status"}
            if members and not shape.required_members:
                assert (kind.service, operation) in answers._EXPECTED, (kind.name, operation)
