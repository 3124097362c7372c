"""What to do where AWS lets no program manage or list users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from importer.directories import STORE, STORE_ONLY, Imported

from pulumi_identity import Denied, Rejected, get_groups, get_users

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pulumi_identity.emulator import Emulator

    from .conftest import Person


def test_quicksight_that_identity_center_manages(reader: Person, aws: Emulator) -> None:
    reader.up(user_role="AUTHOR")
    message = "Operation is disabled for identities managed by IAM Identity Center"
    for operation in ("UpdateUser", "DeleteUser"):
        aws.faults.fail("quicksight", operation, "AccessDeniedException", message=message)
    advice = "the members of the groups that are mapped to roles; manage Group and GroupMembership instead \\(AWS"
    with pytest.raises(Denied, match=advice):
        reader.up(user_role="READER")
    with pytest.raises(Denied, match=advice):
        reader.host.destroy()


@pytest.mark.parametrize("look_up", [get_users, get_groups], ids=lambda lookup: lookup.__name__)
def test_active_directory_lists_no_one(aws: Emulator, look_up: Callable[..., Any]) -> None:
    for operation in ("ListUsers", "ListGroups"):
        aws.faults.fail("identitystore", operation, "ValidationException", message="Filter is required")
    with pytest.raises(
        Rejected, match=r"Filter is required — manage people in Active Directory; look up a single entity with"
    ):
        look_up(identity_store_id=STORE)


def test_active_directory_can_not_be_imported(aws: Emulator, tmp_path: Path) -> None:
    aws.faults.fail("identitystore", "ListUsers", "ValidationException", message="Filter is required")
    with pytest.raises(Rejected, match="for `pulumi-identity import`, leave out --identity-store"):
        Imported(tmp_path / "out", STORE_ONLY)
    assert not (tmp_path / "out").exists()
