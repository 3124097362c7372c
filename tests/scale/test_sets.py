"""A set under the real engine and AWS's rate of calls: it takes longer, and the engine shows its progress."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.stack import STORE, Stack, engine_environment

from pulumi_identity.emulator import Emulator

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT, REGION = "123456789012", "us-east-1"
NAME = {"GivenName": "Jo", "FamilyName": "Doe"}
RATE, MEMBERS = 8, 40
"""Calls a second, and calls of the create: 5 seconds, and a message is shown after 2."""


def shown(output: str) -> list[int]:
    """Return the numbers of finished members that the engine's output has."""
    return [int(done) for done in re.findall(rf"Group Members \(.+\): (\d+) of {MEMBERS} members done", output)]


def test_the_engine_shows_progress(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
    with Emulator(rate=RATE) as aws:
        people = aws.identitystore.seed_users(
            STORE,
            ({"UserName": f"user-{number}", "DisplayName": "Jo", "Name": NAME} for number in range(MEMBERS)),
            ACCOUNT,
            REGION,
        )
        (group,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "everyone"}], ACCOUNT, REGION)
        members = {f"user-{number}": person for number, person in enumerate(people)}
        stack = Stack(tmp_path, engine_environment(tmp_path, aws.url))
        stack.run("stack", "init", "test")
        stack.run("config", "set", "identity:identityStoreId", STORE)
        stack.program(f"GroupMembers('everyone', group_id={group!r}, members={members})")
        created = shown(stack.apply().diagnostics)
        assert created == sorted({*created})
        assert created
        assert created[-1] < MEMBERS, "the engine shows the end itself"
        assert stack.preview("--refresh", "--expect-no-changes").ops() == {}
        deleted = shown(stack.destroy())
        assert deleted
        assert aws.calls.count("identitystore", "DeleteGroupMembership") >= MEMBERS
