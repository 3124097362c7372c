"""The real Pulumi engine, on programs in a folder of their own, with a file backend beside them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

PULUMI = Path(sys.executable).with_name("pulumi")
STORE = "d-1234567890"


@dataclass(frozen=True)
class Plan:
    """The steps of a preview or an update."""

    steps: dict[str, dict[str, Any]]
    """Resource name → its last step. What stays the same has none; the stack's own and providers' are left out."""
    diagnostics: str
    code: int

    def ops(self) -> dict[str, str]:
        """Resource name → what would be done to it."""
        return {name: step["op"] for name, step in self.steps.items()}

    def diff(self, name: str) -> dict[str, str]:
        """The properties of a resource that differ → how."""
        difference = self.steps[name]["detailedDiff"] or {}
        return {path: kind.get("diffKind") or kind["kind"] for path, kind in difference.items()}

    def old(self, name: str, path: str) -> Any:
        """The value of an input before."""
        return self.steps[name]["oldState"]["inputs"][path]

    def new(self, name: str, path: str) -> Any:
        """The value of an input after."""
        return self.steps[name]["newState"]["inputs"][path]


class Stack:
    """A program, its stack, and the CLI's commands on them."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment

    def program(self, text: str) -> None:
        """Write the program; everything public of the package and pulumi are imported already."""
        head = "import pulumi\nfrom pulumi import ResourceOptions\nfrom pulumi_identity import *\n\n"
        (self.folder / "__main__.py").write_text(head + dedent(text), encoding="utf-8")

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command of the CLI; `check` fails the test if it fails."""
        done = subprocess.run(
            [str(PULUMI), *arguments, "--non-interactive", "--color=never"],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def preview(self, *flags: str, check: bool = True) -> Plan:
        """Preview; with `check=False` a preview that fails is a plan too."""
        done = self.run("preview", "--json", *flags, check=check)
        shown = json.loads(done.stdout)
        steps = {
            step["urn"].rpartition("::")[2]: step
            for step in shown["steps"]
            if "::pulumi:" not in step["urn"] and step["op"] != "refresh"
        }
        said = "\n".join(diagnostic["message"] for diagnostic in shown.get("diagnostics", []))
        return Plan(steps, said + done.stderr, done.returncode)

    def up(self, *flags: str, check: bool = True) -> str:
        """Update without asking, and return what the terminal shows."""
        done = self.run("up", "--yes", "--skip-preview", *flags, check=check)
        return done.stdout + done.stderr

    def start_up(self) -> subprocess.Popen[bytes]:
        """Start an update in a separate session, so that signals to it reach no other process."""
        return subprocess.Popen(
            [str(PULUMI), "up", "--yes", "--skip-preview", "--non-interactive"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def apply(self, *flags: str, check: bool = True) -> Plan:
        """Update without asking, and return the steps: one command where a preview and an update would be two."""
        done = self.run("up", "--yes", "--skip-preview", "--json", *flags, check=check)
        events = [json.loads(line) for line in done.stdout.splitlines()]
        steps = {}
        for event in events:
            step = event.get("resourcePreEvent", {}).get("metadata")
            if step and "::pulumi:" not in step["urn"] and step["op"] not in {"same", "refresh"}:
                steps[step["urn"].rpartition("::")[2]] = step | {"replaceReasons": step.get("keys")}
        messages = (event["diagnosticEvent"] for event in events if "diagnosticEvent" in event)
        said = "\n".join(message["message"] for message in messages if message["severity"] != "debug")
        return Plan(steps, said + done.stderr, done.returncode)

    def refresh(self) -> str:
        """Refresh without asking, and return what the terminal shows."""
        return self.run("refresh", "--yes", "--skip-preview").stdout

    def destroy(self) -> str:
        """Destroy without asking, and return what the terminal shows."""
        return self.run("destroy", "--yes", "--skip-preview").stdout

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs, in clear."""
        shown: dict[str, Any] = json.loads(self.run("stack", "output", "--json", "--show-secrets").stdout)
        return shown

    def state(self) -> dict[str, dict[str, Any]]:
        """Resource name → what the state has of it, secrets as they are stored."""
        exported = json.loads(self.run("stack", "export").stdout)
        resources = exported["deployment"].get("resources", [])
        return {each["urn"].rpartition("::")[2]: each for each in resources if "::pulumi:" not in each["urn"]}


def engine_environment(folder: Path, endpoint: str) -> dict[str, str]:
    """The environment in which the CLI finds this Python, its own state, and the emulator."""
    assert PULUMI.exists(), f"there is no Pulumi CLI at {PULUMI}: run `make setup`"
    return os.environ | {
        "PATH": f"{PULUMI.parent}{os.pathsep}{os.environ['PATH']}",
        "PULUMI_BACKEND_URL": (folder / "state").as_uri(),
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "made-up",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "AWS_ENDPOINT_URL": endpoint,
    }
