"""An AppStream user that no listing shows: state keeps the user, and every change still works."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_identity import AlreadyExists, IdentityError, NotFound
from pulumi_identity.aws import process
from pulumi_identity.provider.watchdog import Unfinished

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

WHO = {"UserName": "jo@example.com", "AuthenticationType": "USERPOOL"}


@pytest.fixture
def unlisted(viewer: Person, aws: Emulator) -> Person:
    """A user that no listing has had since the create."""
    aws.appstream.hidden_listings = 1_000
    viewer.up()
    aws.appstream.hidden_listings = 0
    assert "arn" not in viewer.host.outputs
    return viewer


def delete_in_console(client: Callable[[str], Any]) -> None:
    client("appstream").delete_user(**WHO)


def created_before(person: Person, minutes: float) -> None:
    """Change state as if the create had happened earlier."""
    created = datetime.fromisoformat(person.host.outputs["created_time"])
    person.host.outputs["created_time"] = (created - timedelta(minutes=minutes)).isoformat()


def test_a_create_records_when_aws_answered(unlisted: Person) -> None:
    created = datetime.fromisoformat(unlisted.host.outputs["created_time"])
    assert abs(datetime.now(UTC) - created) < timedelta(minutes=1)


def test_the_time_in_the_listing_replaces_the_recorded_time(viewer: Person, aws: Emulator) -> None:
    aws.appstream.hidden_listings = 1
    viewer.up()
    viewer.host.outputs["created_time"] = "2026-01-01T00:00:00+00:00"
    assert viewer.host.refresh()
    assert datetime.fromisoformat(viewer.host.outputs["created_time"]) == viewer.live()["CreatedTime"]
    assert viewer.preview() == ("same", [])


def test_a_failed_listing_leaves_a_user_with_a_time(viewer: Person, aws: Emulator) -> None:
    aws.faults.fail("appstream", "DescribeUsers", "AccessDeniedException", times=99)
    viewer.up()
    assert "arn" not in viewer.host.outputs
    assert viewer.host.outputs["created_time"]


def test_a_refresh_keeps_an_unlisted_user_for_ten_minutes(unlisted: Person) -> None:
    created_before(unlisted, minutes=9)
    assert unlisted.host.refresh()
    assert unlisted.preview() == ("same", [])
    created_before(unlisted, minutes=2)
    assert not unlisted.host.refresh()


def test_a_user_of_an_older_release_is_kept(unlisted: Person, client: Callable[[str], Any]) -> None:
    """State without a time can't expire: the next update decides."""
    del unlisted.host.outputs["created_time"]
    delete_in_console(client)
    assert unlisted.host.refresh()
    assert unlisted.up(enabled=False) == "update"
    assert unlisted.live()["Enabled"] is False
    assert unlisted.host.outputs["arn"]


@pytest.mark.parametrize("action", [None, "SUPPRESS", "RESEND"])
def test_an_update_creates_a_deleted_unlisted_user_again(
    unlisted: Person, aws: Emulator, client: Callable[[str], Any], action: str | None
) -> None:
    delete_in_console(client)
    aws.appstream.emails.clear()
    assert unlisted.up(enabled=False, message_action=action) == "update"
    live = unlisted.live()
    assert (live["Enabled"], live["FirstName"], live["LastName"]) == (False, "Jo", "Doe")
    assert [email.resent for email in aws.appstream.emails] == ([] if action == "SUPPRESS" else [False])
    assert unlisted.host.outputs["arn"] == live["Arn"]
    assert unlisted.host.refresh()
    assert unlisted.preview() == ("same", [])


def test_resend_alone_creates_a_deleted_unlisted_user_again(
    unlisted: Person, aws: Emulator, client: Callable[[str], Any]
) -> None:
    delete_in_console(client)
    aws.appstream.emails.clear()
    unlisted.up(message_action="RESEND")
    assert unlisted.live()["Enabled"] is True
    assert [email.resent for email in aws.appstream.emails] == [False]


def test_an_update_of_a_listed_user_creates_nothing(
    viewer: Person, aws: Emulator, client: Callable[[str], Any]
) -> None:
    viewer.up()
    delete_in_console(client)
    with pytest.raises(NotFound):
        viewer.up(enabled=False)
    assert aws.calls.count("appstream", "CreateUser") == 1


def test_an_update_that_aws_does_not_know_yet_can_run_again(unlisted: Person, aws: Emulator) -> None:
    """AWS may answer a change of a new user as if the user did not exist."""
    aws.faults.fail("appstream", "DisableUser", "ResourceNotFoundException")
    with pytest.raises(AlreadyExists, match=r"^updating AppStream User .* run the command again in a few minutes"):
        unlisted.up(enabled=False)
    unlisted.up(enabled=False)
    (users,) = aws.appstream._pools.values()
    assert [user.enabled for user in users] == [False]


@pytest.mark.parametrize(("enabled", "blocks"), [(False, [1, 1, 0]), (True, [0, 0])])
def test_a_killed_engine_leaves_no_user_enabled_between_two_calls(
    viewer: Person, aws: Emulator, enabled: bool, blocks: list[int]
) -> None:
    """The process of the provider ends with the engine, but not between CreateUser and DisableUser."""
    seen: list[int] = []
    for operation in ("CreateUser", "DisableUser", "DescribeUsers"):
        aws.faults.before("appstream", operation, lambda: seen.append(len(process.get(Unfinished).blocks)))
    viewer.up(enabled=enabled)
    assert seen == blocks


@pytest.mark.usefixtures("impatient")
class TestDisableAndDeleteFail:
    """A user that must be disabled at creation, and can neither be disabled nor deleted."""

    REMEDY = (
        " — run `aws appstream delete-user --user-name jo@example.com --authentication-type USERPOOL"
        " --region us-east-1`, then run the command again"
    )

    def test_the_error_names_both_and_the_remedy_works(
        self, viewer: Person, aws: Emulator, client: Callable[[str], Any]
    ) -> None:
        aws.faults.fail("appstream", "DisableUser", "OperationNotPermittedException")
        aws.faults.fail("appstream", "DeleteUser", "AccessDeniedException")
        with pytest.raises(IdentityError) as caught:
            viewer.up(enabled=False)
        assert caught.value.message == (
            "creating AppStream User (jo@example.com): DisableUser failed (OperationNotPermittedException), and so did"
            " DeleteUser (AccessDeniedException); the user exists and is enabled" + self.REMEDY
        )
        assert (caught.value.code, caught.value.operation) == ("OperationNotPermittedException", "DisableUser")
        assert viewer.live()["Enabled"] is True
        delete_in_console(client)
        viewer.up(enabled=False)
        assert viewer.live()["Enabled"] is False

    @pytest.mark.parametrize("lost", ["DisableUser", "DeleteUser"])
    def test_a_lost_answer_leaves_the_result_open(self, viewer: Person, aws: Emulator, lost: str) -> None:
        (failed,) = {"DisableUser", "DeleteUser"} - {lost}
        aws.faults.fail("appstream", failed, "AccessDeniedException", times=99)
        aws.faults.drop("appstream", lost, times=99)
        with pytest.raises(IdentityError, match=r"and so did DeleteUser .*; the user may exist and be enabled"):
            viewer.up(enabled=False)

    def test_a_lost_disable_is_undone(self, viewer: Person, aws: Emulator) -> None:
        aws.faults.drop("appstream", "DisableUser", times=99)
        with pytest.raises(IdentityError, match=r"^creating AppStream User \(jo@example.com\): ConnectionClosedError"):
            viewer.up(enabled=False)
        assert viewer.up(enabled=True) == "create"

    def test_a_lost_delete_that_acted_is_no_failure_of_the_undoing(self, viewer: Person, aws: Emulator) -> None:
        aws.faults.fail("appstream", "DisableUser", "AccessDeniedException")
        aws.faults.drop("appstream", "DeleteUser")
        with pytest.raises(IdentityError, match=r"^creating AppStream User \(jo@example.com\): AccessDenied"):
            viewer.up(enabled=False)
