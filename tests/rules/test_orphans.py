"""QuickSight users whose IAM user or role is gone: AWS returns N/A for their names and ARNs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import ACCOUNT, ROLE
from importer.directories import QUICKSIGHT_ONLY, Imported

from pulumi_identity import AlreadyExists, Rejected, get_quicksight_users
from pulumi_identity.importer import summary_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator

    from .conftest import Person

OF_ROLE = {"user_name": None, "identity_type": "IAM", "iam_arn": ROLE, "session_name": "jo"}


def register(client: Callable[[str], Any], **members: str) -> dict[str, Any]:
    """Register a user, and return AWS's answer."""
    where = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
    members = {"Email": "jo@example.com", "UserRole": "READER"} | members
    user: dict[str, Any] = client("quicksight").register_user(**where, **members)["User"]
    return user


def test_an_import_leaves_them_out_and_names_the_command(
    aws: Emulator, client: Callable[[str], Any], tmp_path: Path
) -> None:
    orphans = [register(client, IdentityType="IAM", IamArn=ROLE, SessionName=name) for name in ("ann", "bob")]
    register(client, IdentityType="IAM_IDENTITY_CENTER", UserName="cleo")
    register(client, IdentityType="QUICKSIGHT", UserName="dan")
    aws.quicksight.remove_iam_principal(ROLE)
    done = Imported(tmp_path / "out", QUICKSIGHT_ONLY)
    assert done.names("QuickSightUser") == ["dan"]
    assert done.summary.problems == []
    first, *notes = summary_lines(done.summary)
    assert first == (
        "quicksight: 1 to import; left out: 1 managed by IAM Identity Center, 2 without an IAM user or role"
    )
    assert sorted(notes) == sorted(
        f"QuickSight User ({user['PrincipalId']}): the IAM user or role no longer exists — delete the user with"
        f" `aws quicksight delete-user-by-principal-id --aws-account-id {ACCOUNT} --namespace default"
        f" --principal-id {user['PrincipalId']}`"
        for user in orphans
    )


def test_a_lookup_lists_each_one(aws: Emulator, client: Callable[[str], Any]) -> None:
    ids = [
        register(client, IdentityType="IAM", IamArn=ROLE, SessionName=name)["PrincipalId"] for name in ("ann", "bob")
    ]
    aws.quicksight.remove_iam_principal(ROLE)
    users = get_quicksight_users(aws_account_id=ACCOUNT)
    assert [(user.arn, user.user_name, user.principal_id) for user in users] == [
        ("N/A", "N/A", principal) for principal in sorted(ids)
    ]


def test_a_refresh_keeps_name_and_arn(reader: Person, aws: Emulator) -> None:
    reader.up(**OF_ROLE)
    before = reader.host.id, reader.host.outputs
    aws.quicksight.remove_iam_principal(ROLE)
    assert reader.host.refresh()
    assert (reader.host.id, reader.host.outputs) == before


def test_a_refresh_finds_one_by_its_principal_id(
    reader: Person, aws: Emulator, client: Callable[[str], Any], new_run: Callable[[], None]
) -> None:
    reader.up(**OF_ROLE)
    before = reader.host.id, reader.host.outputs
    aws.quicksight.remove_iam_principal(ROLE)
    new_run()
    aws.faults.fail("quicksight", "DescribeUser", "ResourceNotFoundException", times=9)
    assert reader.host.refresh()
    assert (reader.host.id, reader.host.outputs) == before
    members = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
    client("quicksight").delete_user_by_principal_id(**members, PrincipalId=before[1]["principal_id"])
    new_run()
    assert not reader.host.refresh()


def test_one_that_exists_is_named(reader: Person, aws: Emulator) -> None:
    reader.up(**OF_ROLE)
    aws.quicksight.remove_iam_principal(ROLE)
    reader.host.id = ""
    with pytest.raises(AlreadyExists, match=rf"creating QuickSight User \({ACCOUNT}/default/Analysts/jo\).*adopt=True"):
        reader.up()


def test_an_error_names_a_user_of_iam(reader: Person, aws: Emulator) -> None:
    aws.faults.fail("quicksight", "RegisterUser", "InvalidParameterValueException")
    with pytest.raises(Rejected, match=rf"creating QuickSight User \({ACCOUNT}/default/Analysts/jo\)"):
        reader.up(**OF_ROLE)
