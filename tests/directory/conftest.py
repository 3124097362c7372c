"""A folder for files. Pulumi's process-wide settings are as before after each test."""

from pathlib import Path

import pytest
from directory.files import Files
from testing.conftest import _isolated

__all__ = ["_isolated"]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    monkeypatch.chdir(tmp_path)
    return Files(tmp_path)
