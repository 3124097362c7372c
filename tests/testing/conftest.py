"""Pulumi's process-wide settings are as before after each test, and each test runs in an event loop of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pulumi_identity.testing.isolation import isolated

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _isolated() -> Iterator[None]:
    # Pulumi's own mocks create an event loop in each thread of the pool, and close none.
    loops: list[asyncio.AbstractEventLoop] = []

    def set_loop() -> None:
        loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(loops[-1])

    with isolated():
        asyncio.get_event_loop().set_default_executor(ThreadPoolExecutor(initializer=set_loop))
        yield
    for loop in loops:
        loop.close()
