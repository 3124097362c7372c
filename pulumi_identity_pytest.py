"""A pytest plugin for programs that use `pulumi_identity`: an emulated AWS account, and stacks of the Pulumi CLI.

It loads in every pytest run, so it imports nothing but pytest until a test requests a fixture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_identity.testing import EmulatedAws
    from pulumi_identity.testing.stacks import Stacks


@pytest.fixture
def identity_aws() -> Iterator[EmulatedAws]:
    """An emulated AWS account for this test. The environment selects it."""
    from pulumi_identity.testing import emulated_aws  # noqa: PLC0415

    with emulated_aws() as aws:
        yield aws


@pytest.fixture
def identity_stack(identity_aws: EmulatedAws, tmp_path: Path) -> Iterator[Stacks]:
    """Stacks in the emulated account. Call the fixture with a program to create one."""
    from pulumi_identity.testing.isolation import isolated  # noqa: PLC0415
    from pulumi_identity.testing.stacks import Stacks, closed_loops  # noqa: PLC0415

    with isolated(), closed_loops():
        yield Stacks(tmp_path / "pulumi", identity_aws)
