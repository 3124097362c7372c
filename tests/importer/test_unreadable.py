"""An entity that can't be read is reported, and everything else is imported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contract.examples import ACCOUNT, STORE
from importer.directories import QUICKSIGHT_ONLY, STORE_ONLY, Imported, person

from pulumi_identity.resources.identitystore.users import IdentityStoreUserKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from pulumi_identity.emulator import Emulator


def test_a_user_whose_tags_are_refused(aws: Emulator, tmp_path: Path) -> None:
    aws.quicksight.seed_users(["ann", "bob", "cleo"])
    aws.faults.fail("quicksight", "ListTagsForResource", "AccessDeniedException")
    done = Imported(tmp_path / "out", replace(QUICKSIGHT_ONLY, read_more=frozenset({"--quicksight-tags"})))
    assert len(done.names("QuickSightUser")) == 2
    assert done.summary.left_out == {("quicksight", "can't be read"): 1}
    (problem,) = done.summary.problems
    assert problem.startswith(f"reading QuickSight User (arn:aws:quicksight:us-east-1:{ACCOUNT}:user/default/")
    assert "AccessDeniedException" in problem


def test_an_id_of_another_form(aws: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aws.identitystore.seed_users(STORE, [person("ann")])
    pages = IdentityStoreUserKind.list_pages

    def with_another(*given: Any) -> Any:
        for page in pages(*given):
            yield {f"{STORE}/tomorrow": {}, **page}

    monkeypatch.setattr(IdentityStoreUserKind, "list_pages", with_another)
    done = Imported(tmp_path / "out", STORE_ONLY)
    assert done.names("IdentityStoreUser") == ["ann"]
    assert done.summary.left_out == {("people", "can't be read"): 1}
    (problem,) = done.summary.problems
    assert problem.startswith(f"reading IAM Identity Center User ({STORE}/tomorrow): invalid id")


def test_a_group_that_is_deleted_while_it_is_read(aws: Emulator, tmp_path: Path, client: Callable[[str], Any]) -> None:
    users = aws.identitystore.seed_users(STORE, [person("ann")])
    store = client("identitystore")
    groups = [store.create_group(IdentityStoreId=STORE, DisplayName=name)["GroupId"] for name in ("A", "B")]
    aws.identitystore.seed_memberships(STORE, [(group, users[0]) for group in groups])
    aws.faults.fail("identitystore", "ListGroupMemberships", "ResourceNotFoundException", ResourceType="GROUP")
    done = Imported(tmp_path / "out", STORE_ONLY)
    assert done.names("Group") == ["A", "B"]
    assert len(done.names("GroupMembers")) == 1
    (problem,) = done.summary.problems
    assert problem.startswith("listing ")


def test_a_person_with_a_single_name(aws: Emulator, tmp_path: Path) -> None:
    single = {"Name": {"GivenName": "Suharto", "FamilyName": " "}}
    aws.identitystore.seed_users(STORE, [person("suharto", **single)])
    done = Imported(tmp_path / "out", STORE_ONLY)
    assert done.summary.problems == []
    entry = done.entry("IdentityStoreUser", "suharto")
    assert entry["inputs"]["name"] == {"given_name": "Suharto", "family_name": " "}
