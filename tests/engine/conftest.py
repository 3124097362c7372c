"""A stack for every test of the real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine.stack import STORE, Stack, engine_environment

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_identity.emulator import Emulator


@pytest.fixture
def stack(aws: Emulator, tmp_path: Path) -> Stack:
    """A stack of the test's own, with the identity store configured."""
    for name in ("state", "home"):
        (tmp_path / name).mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
    made = Stack(tmp_path, engine_environment(tmp_path, aws.url))
    made.run("stack", "init", "test")
    made.run("config", "set", "identity:identityStoreId", STORE)
    return made
