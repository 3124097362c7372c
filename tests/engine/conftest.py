"""A stack for every test of the real engine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from engine.stack import STORE, Stack, engine_environment

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_identity.emulator import Emulator


@pytest.fixture(scope="session")
def empty_stack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty stack with the identity store configured, which each test copies."""
    folder = tmp_path_factory.mktemp("stack")
    for name in ("state", "home"):
        (folder / name).mkdir()
    (folder / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
    made = Stack(folder, engine_environment(folder, "http://127.0.0.1:1"))
    made.run("stack", "init", "test")
    made.run("config", "set", "identity:identityStoreId", STORE)
    return folder


@pytest.fixture
def stack(empty_stack: Path, aws: Emulator, tmp_path: Path) -> Stack:
    """A stack of the test's own."""
    shutil.copytree(empty_stack, tmp_path, dirs_exist_ok=True)
    return Stack(tmp_path, engine_environment(tmp_path, aws.url) | {"PULUMI_STACK": "test"})
