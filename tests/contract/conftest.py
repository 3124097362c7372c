"""What every example needs: the entities that it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.life import Life

if TYPE_CHECKING:
    from collections.abc import Callable

    from contract.examples import Example

    from pulumi_identity.emulator import Emulator


@pytest.fixture
def life(aws: Emulator, client: Callable[[str], Any], example: Example) -> Life:
    """The resource of the test's example, not created yet."""
    return Life(example, aws, example.create_parents(client))
