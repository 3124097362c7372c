"""QuickSight users of IAM, of whom AWS doesn't tell the ARN: brought in without it, and declared with it later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import ACCOUNT, ROLE
from contract.host import Host, Refused
from importer.directories import QUICKSIGHT_ONLY, Imported, host_of

from pulumi_identity import Conflict, QuickSightUser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator

REQUIRED = {"iam_arn": "is required when identity_type is IAM"}


@pytest.fixture
def jo(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> Host:
    """A user `Analysts/jo` who was brought in."""
    client("quicksight").register_user(
        AwsAccountId=ACCOUNT,
        Namespace="default",
        Email="jo@example.com",
        IdentityType="IAM",
        UserRole="AUTHOR",
        IamArn=ROLE,
        SessionName="jo",
    )
    (entry,) = Imported(tmp_path / "out", QUICKSIGHT_ONLY).entries
    return host_of(entry)


def test_one_that_exists_stays_without_its_arn(jo: Host) -> None:
    assert "iam_arn" not in jo.inputs
    assert jo.preview(jo.inputs) == ("same", [])
    assert jo.preview(jo.inputs | {"email": "j@example.com"}) == ("update", ["email"])


def test_a_new_one_needs_it(jo: Host) -> None:
    with pytest.raises(Refused) as refused:
        Host(QuickSightUser).preview(jo.inputs)
    assert refused.value.failures == REQUIRED


def test_one_that_had_it_keeps_needing_it(aws: Emulator, jo: Host) -> None:
    said = jo.inputs | {"iam_arn": f"arn:aws:iam::{ACCOUNT}:user/ann"}
    other = Host(QuickSightUser)
    other.up(said)
    with pytest.raises(Refused) as refused:
        other.preview({name: value for name, value in said.items() if name != "iam_arn"})
    assert refused.value.failures == REQUIRED


def test_to_say_who_it_is_changes_nobody(jo: Host) -> None:
    said = jo.inputs | {"iam_arn": ROLE.replace("role/", "role/a/path/"), "session_name": "jo"}
    assert jo.preview(said) == ("update", ["iam_arn", "session_name"])
    assert jo.up(said | {"email": "j@example.com"}) == "update"
    assert jo.outputs["iam_arn"] == said["iam_arn"]
    assert jo.preview(said | {"email": "j@example.com"}) == ("same", [])


@pytest.mark.parametrize(
    "more",
    [
        {"iam_arn": ROLE, "session_name": "ann"},
        {"iam_arn": ROLE.replace("Analysts", "Admins"), "session_name": "jo"},
        {"iam_arn": f"arn:aws:iam::{ACCOUNT}:user/jo"},
    ],
)
def test_to_say_somebody_else_is_refused(jo: Host, more: dict[str, str]) -> None:
    """State that lacks a property never replaces a person."""
    assert jo.preview(jo.inputs | more)[0] == "update"
    with pytest.raises(Conflict, match=r"different value for iam_arn.*replace_on_changes=\['iam_arn'\]"):
        jo.up(jo.inputs | more)


def test_to_say_a_role_without_its_session_is_refused(jo: Host) -> None:
    """It would replace somebody by a registration that AWS refuses."""
    with pytest.raises(Refused) as refused:
        jo.preview(jo.inputs | {"iam_arn": ROLE})
    assert [failure.partition(" is")[0] for failure in refused.value.failures] == ["session_name"]
