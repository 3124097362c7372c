"""Restore the state that Pulumi's SDK keeps for the whole process, such as mocks and configuration."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from pulumi._utils import ContextProperty
from pulumi.runtime import config
from pulumi.runtime.settings import ROOT, SETTINGS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULT = "_ContextProperty__default"
"""Where the SDK keeps the value of a setting for threads of their own. It has no public way to restore it."""
_REPLACED = {"monitor", "engine", "callbacks", "dry_run"}
"""The settings that are unset at the start. All others keep their values until the block changes them."""


@contextmanager
def isolated() -> Iterator[None]:
    """Start without mocks or an engine, and restore Pulumi's settings and configuration at the end."""
    defaults = {setting: getattr(setting, _DEFAULT) for setting in _settings().values()}
    tokens: list[tuple[Any, Any]] = []
    fresh: dict[str, Any] = {"outputs": set(), "package_refs": {}, "base_providers_by_ref": {}}
    for name, setting in _settings().items():
        value = None if name in _REPLACED else fresh.get(name, getattr(SETTINGS, name))
        tokens.append((setting._data, setting._data.set(value)))  # noqa: SLF001  (see _DEFAULT)
    secrets = config._SECRET_KEYS  # noqa: SLF001  (the SDK has no public way to read it)
    variables: list[tuple[Any, Any]] = [
        (ROOT, None),
        (config.CONFIG, {**config.CONFIG.get()}),
        (secrets, {*secrets.get()}),
    ]
    for variable, value in variables:
        tokens.append((variable, variable.set(value)))
    try:
        with _own_event_loop() if _is_outside_of_loop() else nullcontext():
            yield
    finally:
        for variable, token in reversed(tokens):
            variable.reset(token)
        for setting, default in defaults.items():
            setattr(setting, _DEFAULT, default)


def _settings() -> dict[str, Any]:
    return {name: setting for name, setting in vars(Settings).items() if isinstance(setting, ContextProperty)}


def _is_outside_of_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return True
    return False


@contextmanager
def _own_event_loop() -> Iterator[None]:
    """Set an event loop, which outputs need. At the end, close it, and set the thread's own loop again."""
    # Getting the thread's loop would create one, so this reads the policy's stored loop.
    memory: dict[str, Any] = vars(getattr(asyncio.get_event_loop_policy(), "_local", threading.local()))
    before = {**memory}
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        cancel_tasks(loop)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        asyncio.set_event_loop(None)
        memory.clear()
        memory.update(before)


@contextmanager
def thread_loop() -> Iterator[None]:
    """Set an event loop in a thread without one. Pulumi's mocks would create one and never close it."""
    try:
        asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        try:
            yield
        finally:
            asyncio.set_event_loop(None)
            loop.close()
    else:
        yield


def cancel_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Cancel all tasks of an event loop that does not run, and wait until they have ended."""
    loop.run_until_complete(_cancel_tasks())


async def _cancel_tasks() -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
