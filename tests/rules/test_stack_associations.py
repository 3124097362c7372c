"""Associations of AppStream: errors in successful responses, what counts as gone, and two resources for one."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from contract.examples.appstream_association import ASSOCIATION
from contract.host import Host, new_command, wire
from contract.life import Life
from rules.answers import spoilt

from pulumi_identity import AppStreamUser, Conflict, Denied, IdentityError, NotFound, Unavailable
from pulumi_identity.aws import process
from pulumi_identity.aws.session import session
from pulumi_identity.provider import ownership
from pulumi_identity.resources.appstream.associations import AppStreamUserStackAssociationKind, Turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

PROGRAM = {"stack_name": "desktop", "user_name": "jo@example.com"}
JO = {"StackName": "desktop", "UserName": "jo@example.com", "AuthenticationType": "USERPOOL"}
POOL_USER = {"user_name": "jo@example.com", "message_action": "SUPPRESS"}
CREATE, DELETE = "batch_associate_user_stack", "batch_disassociate_user_stack"


@pytest.fixture
def life(aws: Emulator, client: Callable[[str], Any]) -> Life:
    """An association that does not exist yet, and its stacks and users."""
    ids = ASSOCIATION.create_parents(client)
    return Life(ASSOCIATION, aws, ids)


@pytest.fixture
def impatient(aws: Emulator) -> None:
    """Pauses of a few hundredths of a second."""
    process.current = process.Process(process.Pauses(visible=0.2, poll=0.02))


def listed(client: Callable[[str], Any]) -> list[Any]:
    """Return the users of the stack."""
    return list(client("appstream").describe_user_stack_associations(StackName="desktop")["UserStackAssociations"])


def created(program: dict[str, Any]) -> Host:
    """Create an association in the current run."""
    host = Host(ASSOCIATION.resource)
    host.inputs = wire(host._check(program))
    result = host.provider.create(host.inputs)
    host.id, host.outputs = result.id, wire(result.outs)
    return host


class Failing:
    """A batch operation of the emulator that reports an error for some calls, and executes them or not."""

    def __init__(self, aws: Emulator, operation: str, code: str, times: int, *, executes: bool = False) -> None:
        self.operation = getattr(aws.appstream, operation)
        self.code, self.times, self.executes, self.calls = code, times, executes, 0

    def __call__(self, caller: Any, request: dict[str, Any]) -> dict[str, Any]:
        self.calls += 1
        if self.calls > self.times:
            return dict(self.operation(caller, request))
        if self.executes:
            self.operation(caller, request)
        (association,) = request["UserStackAssociations"]
        return {
            "errors": [{"UserStackAssociation": association, "ErrorCode": self.code, "ErrorMessage": "not\nthis time"}]
        }


@pytest.mark.parametrize(
    ("code", "raised", "remedy"),
    [
        ("STACK_NOT_FOUND", NotFound, "check `stack_name` and `region`"),
        ("USER_NAME_NOT_FOUND", NotFound, "check `region` and the case of `user_name`"),
        ("DIRECTORY_NOT_FOUND", NotFound, "check `region`; the first AppStreamUser creates the user pool"),
        ("INTERNAL_ERROR", Unavailable, "the failure is on AWS's side; run the command again"),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_an_error_in_a_successful_response_is_one_line(
    life: Life, aws: Emulator, monkeypatch: pytest.MonkeyPatch, code: str, raised: type[IdentityError], remedy: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(aws.appstream, CREATE, Failing(aws, CREATE, code, 999))
        with pytest.raises(raised) as caught:
            created(PROGRAM)
    line = str(caught.value)
    label = "AppStream User Stack Association (desktop/jo@example.com)"
    assert line.startswith(f"creating {label}: {code}: not this time — {remedy}")
    assert (caught.value.code, caught.value.operation) == (code, "BatchAssociateUserStack")


def test_aws_own_errors_name_the_missing_part(life: Life) -> None:
    with pytest.raises(NotFound, match="STACK_NOT_FOUND: stack nowhere not found — check `stack_name`"):
        created(PROGRAM | {"stack_name": "nowhere"})
    with pytest.raises(NotFound, match=r"USER_NAME_NOT_FOUND: user Jo@example.com not found — .* the case of"):
        created(PROGRAM | {"user_name": "Jo@example.com"})


# Creating


@pytest.mark.parametrize("code", ["USER_NAME_NOT_FOUND", "DIRECTORY_NOT_FOUND"])
def test_a_user_of_this_run_is_waited_for(
    aws: Emulator, client: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    client("appstream").create_stack(Name="desktop")
    user = Host(AppStreamUser)
    user.provider.create(wire(user._check(POOL_USER)))
    failing = Failing(aws, CREATE, code, 2)
    monkeypatch.setattr(aws.appstream, CREATE, failing)
    assert created(PROGRAM).id == "desktop/jo@example.com/USERPOOL"
    assert failing.calls == 3


def test_a_user_of_an_earlier_run_is_not(life: Life, aws: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = Failing(aws, CREATE, "USER_NAME_NOT_FOUND", 2)
    monkeypatch.setattr(aws.appstream, CREATE, failing)
    with pytest.raises(NotFound):
        created(PROGRAM)
    assert failing.calls == 1


@pytest.mark.parametrize("executes", [True, False])
def test_a_failure_of_aws_is_settled_by_looking(
    life: Life, aws: Emulator, client: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, executes: bool
) -> None:
    failing = Failing(aws, CREATE, "INTERNAL_ERROR", 1, executes=executes)
    with monkeypatch.context() as patch:
        patch.setattr(aws.appstream, CREATE, failing)
        host = created(PROGRAM)
    assert failing.calls == (1 if executes else 2)
    failing = Failing(aws, DELETE, "INTERNAL_ERROR", 1, executes=executes)
    with monkeypatch.context() as patch:
        patch.setattr(aws.appstream, DELETE, failing)
        if executes:
            host.destroy()
        else:
            with pytest.raises(Unavailable, match="INTERNAL_ERROR"):
                host.destroy()
            host.destroy()
    assert listed(client) == []


def test_a_response_without_errors_is_settled_by_looking(life: Life, client: Callable[[str], Any]) -> None:
    """AWS may leave an empty list out."""
    with spoilt("appstream", ("BatchAssociateUserStack", "BatchDisassociateUserStack"), lambda _: b"{}") as changed:
        life.host.up(life.program)
        assert len(listed(client)) == 1
        life.host.destroy()
    assert changed == ["BatchAssociateUserStack", "BatchDisassociateUserStack"]
    assert listed(client) == []


def test_an_existing_association_is_taken_over(life: Life, aws: Emulator, client: Callable[[str], Any]) -> None:
    client("appstream").batch_associate_user_stack(UserStackAssociations=[JO])
    life.host.up(life.program)
    assert aws.appstream.emails == []
    assert len(listed(client)) == 1


def test_the_email_is_sent_at_creation_only(life: Life, aws: Emulator) -> None:
    program = life.program | {"send_email_notification": True}
    life.host.up(program)
    life.host.up(program | {"send_email_notification": False})
    life.host.up(program)
    assert [(email.user_name, email.stack_name) for email in aws.appstream.emails] == [("jo@example.com", "desktop")]


# Gone


@pytest.mark.parametrize("gone", ["association", "user", "stack"])
def test_what_is_gone_is_gone(life: Life, client: Callable[[str], Any], gone: str) -> None:
    life.host.up(life.program)
    appstream = client("appstream")
    if gone == "association":
        appstream.batch_disassociate_user_stack(UserStackAssociations=[JO])
    elif gone == "user":
        appstream.delete_user(UserName="jo@example.com", AuthenticationType="USERPOOL")
    else:
        appstream.delete_stack(Name="desktop")
    again = life.another_administrator()
    again.destroy()
    assert not life.host.refresh()


def test_a_response_without_a_list_is_not_an_absence(life: Life, client: Callable[[str], Any]) -> None:
    life.host.up(life.program)
    client("appstream").batch_disassociate_user_stack(UserStackAssociations=[JO])
    with (
        spoilt("appstream", ("DescribeUserStackAssociations",), lambda _: b"{}"),
        pytest.raises(Unavailable, match="DescribeUserStackAssociations returned no UserStackAssociations"),
    ):
        life.host.refresh()
    assert life.host.id
    assert not life.host.refresh()


@pytest.mark.parametrize("namesake", [False, True])
def test_another_accounts_association_is_not_this_one(
    life: Life, aws: Emulator, client: Any, monkeypatch: pytest.MonkeyPatch, namesake: bool
) -> None:
    life.host.up(life.program)
    keys = client("sts").assume_role(RoleArn="arn:aws:iam::222222222222:role/R", RoleSessionName="other")["Credentials"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", keys["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", keys["SecretAccessKey"])
    monkeypatch.setenv("AWS_SESSION_TOKEN", keys["SessionToken"])
    process.current = process.Process()
    theirs = boto3.Session().client("appstream", region_name="us-east-1", endpoint_url=aws.url)
    if namesake:
        theirs.create_stack(Name="desktop")
        theirs.create_user(UserName="jo@example.com", AuthenticationType="USERPOOL", MessageAction="SUPPRESS")
        theirs.batch_associate_user_stack(UserStackAssociations=[JO])
    monkeypatch.setattr("contract.host.new_command", lambda: None)
    for attempt in (life.host.refresh, life.host.destroy):
        with pytest.raises(Denied, match="in account 123456789012, but the credentials belong to account 222222222222"):
            attempt()
    assert life.host.id
    assert len(listed(client)) == 1
    assert len(listed(lambda _: theirs)) == namesake


@pytest.mark.parametrize("part", [b"desktop", b"jo@example.com", b"USERPOOL"])
def test_an_answer_about_another_association_is_not_believed(life: Life, part: bytes) -> None:
    life.host.up(life.program)
    with (
        spoilt("appstream", ("DescribeUserStackAssociations",), lambda body: body.replace(part, b"ann@example.com")),
        pytest.raises(Unavailable, match="a different entity: DescribeUserStackAssociations returned"),
    ):
        life.host.refresh()
    assert life.host.id


# Two resources for one association


def test_two_resources_can_not_manage_one_association(life: Life, client: Callable[[str], Any]) -> None:
    new_command()
    created(PROGRAM)
    with pytest.raises(Conflict, match=r"creating .*: another resource in this program manages this AppStream stack"):
        created(PROGRAM)
    assert len(listed(client)) == 1


def test_a_renamed_resource_keeps_the_association(life: Life, client: Callable[[str], Any]) -> None:
    life.host.up(life.program)
    new_command()
    renamed = created(PROGRAM)
    life.host.provider.delete(life.host.id, wire(life.host.outputs))
    assert len(listed(client)) == 1
    assert renamed.refresh()


def test_a_create_waits_for_a_deletion_of_the_same_association(
    life: Life, client: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two resources swap their users: each deletes what the other one creates, at the same time."""
    life.host.up(life.program)
    new_command()
    deleting, go_on = threading.Event(), threading.Event()
    disassociate = AppStreamUserStackAssociationKind._disassociate

    def late(self: Any, aws: Any, old: dict[str, Any]) -> None:
        deleting.set()
        assert go_on.wait(10)
        disassociate(self, aws, old)

    monkeypatch.setattr(AppStreamUserStackAssociationKind, "_disassociate", late)
    old, new = [
        threading.Thread(target=target)
        for target in (
            lambda: life.host.provider.delete(life.host.id, wire(life.host.outputs)),
            lambda: created(PROGRAM),
        )
    ]
    old.start()
    assert deleting.wait(10)
    new.start()
    new.join(0.3)
    go_on.set()
    old.join(10)
    new.join(10)
    assert len(listed(client)) == 1


def test_a_deletion_that_waits_for_a_create_deletes_nothing(life: Life, client: Callable[[str], Any]) -> None:
    life.host.up(life.program)
    new_command()
    kind, aws = life.host.kind, session(None, None)
    entity = kind.identity(aws, life.host.id, {})
    delete = threading.Thread(target=lambda: life.host.provider.delete(life.host.id, wire(life.host.outputs)))
    with process.get(Turns).of(entity):
        delete.start()
        deadline = time.monotonic() + 10
        while entity not in process.get(ownership.Ownership).deleting and time.monotonic() < deadline:
            time.sleep(0.01)
        ownership.claim_created(kind, aws, life.host.id, {})
    delete.join(10)
    assert len(listed(client)) == 1


def test_a_failed_create_keeps_the_old_name_from_deleting(
    life: Life, aws: Emulator, client: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The resource has a new name in the program, its create fails, and the engine deletes the old one."""
    life.host.up(life.program)
    new_command()
    with monkeypatch.context() as patch:
        patch.setattr(aws.appstream, CREATE, Failing(aws, CREATE, "STACK_NOT_FOUND", 1))
        with pytest.raises(NotFound):
            created(PROGRAM)
    with pytest.raises(Conflict, match="refusing to delete"):
        life.host.provider.delete(life.host.id, wire(life.host.outputs))
    assert len(listed(client)) == 1


@pytest.mark.parametrize("id_", ["desktop", "desktop/USERPOOL", "/jo@example.com/USERPOOL", "desktop//USERPOOL"])
def test_an_id_has_three_parts(id_: str) -> None:
    with pytest.raises(IdentityError, match=r"invalid id — write the id like <stack name>/jo@example.com/USERPOOL"):
        AppStreamUserStackAssociationKind.parse_id(id_)
