"""What every example needs: the entities that it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import SETTINGS
from contract.life import Life

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contract.examples import Example

    from pulumi_identity.emulator import Emulator


@pytest.fixture(scope="session")
def credentials(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The credentials file with the profile that the settings of the examples name."""
    path = tmp_path_factory.mktemp("aws") / "credentials"
    path.write_text(
        f"[{SETTINGS['profile']}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = made-up\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(autouse=True)
def _profile(credentials: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(credentials))


@pytest.fixture
def life(aws: Emulator, client: Callable[[str], Any], example: Example) -> Life:
    """The resource of the test's example, not created yet."""
    return Life(example, aws, example.create_parents(client))
