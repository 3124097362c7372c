"""Gone means that the entity itself is gone: everything else is an error that leaves state as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import boto3
import pytest
from contract.examples import ACCOUNT, APPSTREAM, MEMBERSHIP
from contract.host import Host

from pulumi_identity import Denied, IdentityError, NotFound, Rejected, Throttled, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"
READS = {"user": "DescribeUser", "group": "DescribeGroup", "reader": "DescribeUser", "viewer": "DescribeUsers"}
LISTS = {"user": "ListUsers", "group": "ListGroups", "reader": "ListUsers", "viewer": "DescribeUsers"}
UPDATES = {"user": "UpdateUser", "group": "UpdateGroup", "reader": "UpdateUser", "viewer": "DisableUser"}
DELETES = {"user": "DeleteUser", "group": "DeleteGroup", "reader": "DeleteUser", "viewer": "DeleteUser"}
CHANGES: dict[str, dict[str, Any]] = {
    "user": {"title": "Dr"},
    "group": {"description": "x"},
    "reader": {"user_role": "AUTHOR"},
    "viewer": {"enabled": False},
}

MISSING = "ResourceNotFoundException"
ERRORS: list[tuple[str, str, dict[str, str], type[IdentityError]]] = [
    ("user", MISSING, {"ResourceType": "IDENTITY_STORE"}, NotFound),
    ("user", MISSING, {"ResourceType": "USER", "Reason": "KMS_KEY_NOT_FOUND"}, Rejected),
    ("user", MISSING, {"ResourceType": "GROUP"}, NotFound),
    ("user", MISSING, {}, NotFound),
    ("user", "AccessDeniedException", {"Reason": "KMS_ACCESS_DENIED"}, Denied),
    ("user", "ExpiredTokenException", {}, Denied),
    ("user", "ValidationException", {"Reason": "KMS_DISABLED"}, Rejected),
    ("user", "InternalServerException", {}, Unavailable),
    ("user", "ThrottlingException", {}, Throttled),
    ("user", "SomethingNewException", {}, Rejected),
    ("group", MISSING, {"ResourceType": "IDENTITY_STORE"}, NotFound),
    ("group", "AccessDeniedException", {}, Denied),
    ("reader", "AccessDeniedException", {}, Denied),
    ("reader", "PreconditionNotMetException", {}, Rejected),
    ("reader", "ThrottlingException", {}, Throttled),
    ("reader", "ResourceUnavailableException", {}, Unavailable),
    ("viewer", "OperationNotPermittedException", {}, Denied),
    ("viewer", "ThrottlingException", {}, Throttled),
    ("viewer", "AccessDeniedException", {}, Denied),
]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("who", "code", "members", "raised"), ERRORS, ids=str)
def test_an_error_leaves_state_as_it_was(
    who: str,
    code: str,
    members: dict[str, str],
    raised: type[IdentityError],
    aws: Emulator,
    request: pytest.FixtureRequest,
) -> None:
    person: Person = request.getfixturevalue(who)
    person.up()
    before = (person.host.id, person.host.outputs)
    service = person.host.kind.service
    for operation in {READS[who], LISTS[who], UPDATES[who], DELETES[who]}:
        aws.faults.fail(service, operation, code, times=10_000, **members)
    for doing, attempt in {
        "reading": person.host.refresh,
        "updating": lambda: person.up(**CHANGES[who]),
        "deleting": person.host.destroy,
    }.items():
        with pytest.raises(raised) as caught:
            attempt()
        said = str(caught.value)
        assert said.startswith(f"{doing} {person.host.kind.entity} (")
        assert f"{code}: " in said
        assert "\n" not in said
        assert caught.value.code == code
        assert (person.host.id, person.host.outputs) == before
    aws.faults.clear()
    assert person.host.refresh()


@pytest.mark.parametrize("who", ["user", "group"])
def test_a_store_in_another_region_is_not_an_absence(
    who: str, aws: Emulator, new_run: Callable[[], None], request: pytest.FixtureRequest
) -> None:
    """A wrong region, or a typo in the store: everybody would be made anew if it were taken for their absence."""
    person: Person = request.getfixturevalue(who)
    person.up()
    person.host.outputs = person.host.outputs | {"region": "eu-central-1"}
    for attempt in (person.host.refresh, person.host.destroy):
        with pytest.raises(NotFound, match="set `region` to the region of IAM Identity Center"):
            attempt()
    assert person.host.id


def test_a_namespace_or_subscription_that_is_not_there(reader: Person, aws: Emulator) -> None:
    reader.up()
    aws.quicksight.namespaces.remove("default")
    try:
        for attempt in (reader.host.refresh, reader.host.destroy):
            with pytest.raises(
                NotFound, match=r"Namespace not found — check `aws_account_id` and `namespace`, and that the account"
            ):
                attempt()
    finally:
        aws.quicksight.namespaces.add("default")
    aws.quicksight.not_subscribed.add(ACCOUNT)
    for attempt in (reader.host.refresh, reader.host.destroy):
        with pytest.raises(NotFound, match="not signed up with QuickSight"):
            attempt()
    aws.quicksight.not_subscribed.clear()
    assert reader.host.refresh()


def test_not_being_allowed_to_list_is_not_an_absence(reader: Person, aws: Emulator, client: Any) -> None:
    """Without the listing there is no telling a user that is gone from a namespace that is."""
    reader.up()
    client("quicksight").delete_user(**reader.where())
    aws.faults.fail("quicksight", "ListUsers", "AccessDeniedException", times=100)
    with pytest.raises(Denied):
        reader.host.refresh()
    aws.faults.clear()
    assert not reader.host.refresh()


def test_another_accounts_pool_is_not_an_absence(
    viewer: Person, aws: Emulator, new_run: Callable[[], None], monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    """With another AWS_PROFILE: the pool there has nobody of this name, and the user goes on having access here."""
    viewer.up()
    keys = client("sts").assume_role(RoleArn="arn:aws:iam::222222222222:role/R", RoleSessionName="somebody")[
        "Credentials"
    ]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", keys["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", keys["SecretAccessKey"])
    monkeypatch.setenv("AWS_SESSION_TOKEN", keys["SessionToken"])
    new_run()
    attempts = (viewer.host.refresh, lambda: viewer.up(enabled=False), viewer.host.destroy)
    theirs = boto3.Session().client("appstream", region_name="us-east-1", endpoint_url=aws.url)
    for namesake in (False, True):
        if namesake:  # whoever that is, it isn't ours to change
            theirs.create_user(UserName="jo@example.com", AuthenticationType="USERPOOL", MessageAction="SUPPRESS")
        for attempt in attempts:
            with pytest.raises(
                Denied, match="it is in account 123456789012, but the credentials belong to account 2222"
            ):
                attempt()
    assert viewer.host.id
    assert viewer.live()["Enabled"]
    assert [user["Enabled"] for user in theirs.describe_users(AuthenticationType="USERPOOL")["Users"]] == [True]


def test_tags_that_lag_behind_are_not_an_absence(reader: Person, aws: Emulator) -> None:
    reader.up(tags={"team": "data"})
    aws.faults.fail("quicksight", "ListTagsForResource", "ResourceNotFoundException")
    with pytest.raises(NotFound):
        reader.host.refresh()
    assert reader.host.id


def test_an_answer_that_is_not_awss_is_none(user: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy's page with the status 200 would look as if somebody had cleared everything."""
    user.up()

    class Page:
        status_code = 200
        headers: ClassVar[dict[str, str]] = {"Content-Type": "text/html"}
        content = b"<html>Please sign in</html>"

    monkeypatch.setattr("botocore.httpsession.URLLib3Session.send", lambda *_: Page)
    with pytest.raises(IdentityError):
        user.host.refresh()
    assert user.host.id


def test_a_viewer_that_no_listing_shows_yet_is_not_gone(aws: Emulator, client: Callable[[str], Any]) -> None:
    aws.appstream.hidden_listings = 4
    host = Host(APPSTREAM.resource)
    host.up(APPSTREAM.program)
    assert "arn" not in host.outputs
    assert host.refresh()
    assert host.preview(APPSTREAM.program) == ("same", [])
    for _ in range(3):
        host.refresh()
    assert host.outputs["arn"]
    aws.appstream.hidden_listings = 0
    client("appstream").delete_user(UserName="jo@example.com", AuthenticationType="USERPOOL")
    assert not host.refresh()


@pytest.mark.parametrize("who", ["user", "group"])
def test_a_membership_goes_with_its_user_or_group(who: str, user: Person, group: Person) -> None:
    user.up()
    group.up()
    host = Host(MEMBERSHIP.resource)
    said = {"identity_store_id": STORE, "group_id": group.where()["GroupId"], "member_id": user.where()["UserId"]}
    host.up(said)
    (user if who == "user" else group).host.destroy()
    another = Host(MEMBERSHIP.resource)
    another.id, another.outputs = host.id, host.outputs
    another.destroy()
    assert not host.refresh()
    with pytest.raises(NotFound, match="check `group_id` and `member_id`; if the user or group was just created"):
        host.up(said)


def test_updating_what_is_gone_says_so(user: Person, client: Callable[[str], Any]) -> None:
    user.up()
    client("identitystore").delete_user(**user.where())
    with pytest.raises(NotFound, match="run `pulumi refresh` to remove it from state"):
        user.up(title="Dr")


def iam_user(reader: Person) -> str:
    """Register a user for a role that is then deleted, and return its id."""
    role = "arn:aws:iam::123456789012:role/Analysts"
    reader.up(user_name=None, identity_type="IAM", iam_arn=role, session_name="jo@example.com")
    return role


def test_a_user_whose_role_is_gone_is_removed_by_principal(reader: Person, aws: Emulator) -> None:
    aws.quicksight.remove_iam_principal(iam_user(reader))
    assert reader.live()["UserName"] == "N/A"
    assert reader.host.refresh()
    assert reader.preview() == ("same", [])
    assert reader.host.outputs["user_name"] == "Analysts/jo@example.com", "its id still tells it"
    before = len(aws.calls)
    reader.host.destroy()
    assert [call.operation for call in aws.calls][before:] == ["DeleteUser", "DeleteUserByPrincipalId"]
    assert reader.up() == "create"


def test_an_iam_user_that_is_gone_altogether(reader: Person, client: Callable[[str], Any]) -> None:
    iam_user(reader)
    client("quicksight").delete_user(**reader.where())
    reader.host.destroy()
    assert not reader.host.id
