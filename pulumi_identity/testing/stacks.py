"""Stacks for integration tests: the real Pulumi CLI, with its state in a temporary folder."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

from pulumi import automation
from pulumi.automation import _stack
from pulumi.automation._server import LanguageServer
from typing_extensions import override

from pulumi_identity.review import Review, review

from .isolation import cancel_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .emulated import EmulatedAws

NAME = "test"
"""The name of each stack. Each program has a backend of its own."""

_LONGEST_END = 10
"""The seconds to wait for a program whose command has ended."""

_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "venv", "__pycache__", f"Pulumi.{NAME}.yaml")


class Change(NamedTuple):
    """The planned change of one resource."""

    operation: str
    """Pulumi's word: `create`, `update`, `replace`, `delete`, `read`, …"""
    properties: dict[str, Any]
    """The inputs that change → the new value; None for an input that is removed. All inputs if the resource is created
    or replaced; none if it is deleted. Secrets are `[secret]`."""


class Preview(NamedTuple):
    """A preview."""

    changes: dict[str, Change]
    """Resource name → change. It has neither the stack nor unchanged resources. Resources of several classes with one
    name are `name (Class)`."""
    text: str
    """The output of `pulumi preview --json`."""


class Stack:
    """A stack of one program.

    `automation` is the stack of Pulumi's Automation API, for all that this class does not have.
    """

    def __init__(self, stack: automation.Stack) -> None:
        self.automation = stack

    def up(self) -> None:
        """Run `pulumi up`.

        Raises:
            CommandError: The update failed.
        """
        self.automation.up(color="never")

    def preview(self, *, refresh: bool = False) -> Preview:
        """Run `pulumi preview`.

        Args:
            refresh: Whether to read AWS first, so that drift is among the changes.

        Returns:
            The preview.

        Raises:
            CommandError: The preview failed.
        """
        text = self.automation.preview(refresh=refresh).stdout
        return Preview(_changes(json.loads(text)["steps"]), text)

    def refresh(self) -> None:
        """Run `pulumi refresh`.

        Raises:
            CommandError: The refresh failed.
        """
        self.automation.refresh(color="never")

    def destroy(self) -> None:
        """Run `pulumi destroy`.

        Raises:
            CommandError: A resource could not be deleted.
        """
        self.automation.destroy(color="never")

    @property
    def outputs(self) -> dict[str, Any]:
        """The outputs of the stack, with secrets in plaintext."""
        return {name: output.value for name, output in self.automation.outputs().items()}

    def review(self) -> Review:
        """Review a preview that reads AWS first: who gains access, who loses it, and what is dangerous.

        Returns:
            The review.

        Raises:
            CommandError: The preview failed.
        """
        return review(self.preview(refresh=True).text)


class Stacks:
    """Creates stacks. Each has a backend and a PULUMI_HOME of its own.

    Args:
        folder: The folder for state, settings and copies of programs.
        aws: The account of the stacks.
    """

    def __init__(self, folder: Path, aws: EmulatedAws) -> None:
        self.folder = folder
        self.aws = aws
        self._created = 0

    def __call__(
        self,
        program: Callable[[], Any] | str | os.PathLike[str],
        *,
        config: Mapping[str, str] | None = None,
        project: str = "people",
    ) -> Stack:
        """Create a stack.

        Args:
            program: A function that registers resources, or the folder of a Pulumi program. A folder is copied.
            config: Pulumi configuration, such as `{"identity:namespace": "sales"}`. `identity:identityStoreId` is set.
            project: The name of the project of a function.

        Returns:
            The stack.

        Raises:
            FileNotFoundError: The folder has no Pulumi.yaml, or there is no Pulumi CLI.
        """
        self._created += 1
        folder = self.folder / str(self._created)
        for name in ("state", "home", "program"):
            (folder / name).mkdir(parents=True)
        options = automation.LocalWorkspaceOptions(
            pulumi_home=str(folder / "home"),
            env_vars=_environment(folder),
            pulumi_command=_command(),
        )
        if callable(program):
            settings = automation.ProjectSettings(
                name=project, runtime="python", backend=automation.ProjectBackend((folder / "state").as_uri())
            )
            options.work_dir, options.project_settings = str(folder / "program"), settings
            stack = automation.create_stack(NAME, project_name=project, program=program, opts=options)
        else:
            if not (Path(program) / "Pulumi.yaml").exists():
                raise FileNotFoundError(
                    f"{os.fspath(program)} has no Pulumi.yaml — pass the folder of a Pulumi program"
                )
            shutil.copytree(program, folder / "program", dirs_exist_ok=True, ignore=_LEFT_OUT)
            stack = automation.create_stack(NAME, work_dir=str(folder / "program"), opts=options)
        values = {"identity:identityStoreId": self.aws.identity_store_id, **(config or {})}
        stack.set_all_config({name: automation.ConfigValue(value) for name, value in values.items()})
        return Stack(stack)


@contextmanager
def closed_loops() -> Iterator[None]:
    """Close the event loops of all programs that are functions. Pulumi leaves one open if a task of a program fails."""
    ends: list[threading.Event] = []

    class Server(LanguageServer):
        @override
        def Run(self, request: Any, context: Any) -> Any:
            loops, program, end = [], self.program, threading.Event()

            def run() -> Any:
                loops.append(asyncio.get_running_loop())
                return program()

            self.program = run
            ends.append(end)
            try:
                return super().Run(request, context)  # type: ignore[no-untyped-call]
            finally:
                for loop in loops:
                    if not loop.is_closed():
                        cancel_tasks(loop)
                        loop.close()
                end.set()

    with patch.object(_stack, "LanguageServer", Server):
        try:
            yield
        finally:  # a failed command of the CLI can end before the program
            for end in ends:
                end.wait(_LONGEST_END)


class _Command(automation.PulumiCommand):
    """The Pulumi CLI, whose previews are JSON and contain unchanged resources."""

    @override
    def run(self, args: list[str], *more: Any, **options: Any) -> Any:
        return super().run([*args, "--json", "--show-sames"] if args[0] == "preview" else args, *more, **options)


def _command() -> automation.PulumiCommand:
    """Return the CLI of this Python's environment, else the one on PATH."""
    own = shutil.which("pulumi", path=str(Path(sys.prefix) / "bin"))
    if not own and not shutil.which("pulumi"):
        raise FileNotFoundError("there is no Pulumi CLI on PATH — install it: https://www.pulumi.com/docs/install/")
    return _Command(sys.prefix if own else None)


def _environment(folder: Path) -> dict[str, str]:
    """Return the environment of the CLI: it finds this Python, and the modules that the tests can import."""
    inside = (sys.prefix, sys.base_prefix)
    modules = [entry for entry in sys.path if entry and not entry.startswith(inside)]
    return {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))),
        "PYTHONPATH": os.pathsep.join(modules),
        "PULUMI_PYTHON_CMD": sys.executable,
        "PULUMI_BACKEND_URL": (folder / "state").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "testing",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
    }


def _changes(steps: list[dict[str, Any]]) -> dict[str, Change]:
    resources = {step["urn"]: step for step in steps if "::pulumi:" not in step["urn"] and step["op"] != "refresh"}
    names = Counter(urn.rpartition("::")[2] for urn in resources)
    changes = {}
    for urn, step in resources.items():
        if step["op"] == "same":
            continue
        scope, _, name = urn.rpartition("::")
        key = f"{name} ({scope.rpartition(':')[2]})" if names[name] > 1 else name
        changes[key] = Change(step["op"], _properties(step))
    return changes


def _properties(step: dict[str, Any]) -> dict[str, Any]:
    old, new = ((step.get(state) or {}).get("inputs", {}) for state in ("oldState", "newState"))
    before = old if step["op"] == "update" else {}
    names = [name for name in (new | before) if new.get(name) != before.get(name) and not name.startswith("__")]
    return {name: new.get(name) for name in names}
