"""Pulumi's process-wide settings are as before after each test, and each test runs in an event loop of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_identity.testing.isolation import isolated

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _isolated() -> Iterator[None]:
    with isolated():
        yield
