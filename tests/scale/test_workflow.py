"""The workflow of `examples/departments`: what it may do, and that its steps do it, with state in S3."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from engine.stack import STORE, Stack, engine_environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

EXAMPLE = Path(__file__).parents[2] / "examples" / "departments"
WORKFLOW: dict[str, Any] = yaml.safe_load((EXAMPLE / "github.yml").read_text(encoding="utf-8"))
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
DEPARTMENTS = list(tomllib.loads((EXAMPLE / "people.toml").read_text(encoding="utf-8")))


def test_every_stack_has_a_job() -> None:
    assert JOBS["preview"]["strategy"]["matrix"] == {"stack": ["company", *DEPARTMENTS]}
    assert JOBS["company"]["env"] == {"STACK": "company"}
    assert JOBS["departments"]["strategy"]["matrix"] == {"stack": DEPARTMENTS}
    assert JOBS["departments"]["needs"] == "company"


def test_an_up_is_never_cancelled() -> None:
    assert WORKFLOW["concurrency"] == {
        "group": "departments-${{ github.event.pull_request.number || github.ref }}",
        "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    }
    assert JOBS["departments"]["strategy"]["fail-fast"] is False
    assert not any("concurrency" in job for job in JOBS.values())
    assert not any("timeout-minutes" in JOBS[name] for name in ("company", "departments"))


def test_a_pull_request_cannot_write() -> None:
    assert WORKFLOW["permissions"] == {}
    assert all(job["permissions"] == {"contents": "read", "id-token": "write"} for job in JOBS.values())
    assert JOBS["preview"]["if"].startswith("github.event_name == 'pull_request' && ")
    assert "environment" not in JOBS["preview"]
    assert JOBS["company"]["if"] == "github.event_name == 'push'"
    assert WORKFLOW[True]["push"] == {"branches": ["main"]}  # `on`, as YAML 1.1 reads it
    roles = {name: re.findall(r"vars\.(AWS_\w+_ROLE)", str(job)) for name, job in JOBS.items()}
    assert roles == {"preview": ["AWS_PREVIEW_ROLE"], "company": ["AWS_UP_ROLE"], "departments": ["AWS_UP_ROLE"]}
    assert all(JOBS[name]["environment"] == "production" for name in ("company", "departments"))
    assert {re.sub(r"[a-z0-9]+:([A-Z][a-z]+).*", r"\1", action) for action in allowed("preview")} == {
        "Describe",
        "Get",
        "List",
    }


def test_steps_are_pinned_and_take_nothing_from_the_event() -> None:
    text = (EXAMPLE / "github.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in used)
    scripts = [step["run"] for job in JOBS.values() for step in job["steps"] if "run" in step]
    assert not any("${{" in script for script in scripts)


def allowed(*names: str) -> set[str]:
    """What the policies allow."""
    policies = (json.loads((EXAMPLE / "policies" / f"{name}.json").read_text(encoding="utf-8")) for name in names)
    return {action for policy in policies for said in policy["Statement"] for action in said["Action"]}


ACTIONS = {"s3:HeadObject": "s3:GetObject", "s3:ListObjectsV2": "s3:ListBucket", "s3:CopyObject": "s3:PutObject"}
"""Operations of S3 that ask for the permission of another."""


class Runner:
    """Runs the steps of a job as GitHub does, but for the actions of others and what pip installs."""

    shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
    """What GitHub makes of `shell: bash`."""

    def __init__(self, checkout: Path, home: Path, aws: Emulator, values: dict[str, str]) -> None:
        self.checkout, self.home, self.aws, self.values = checkout, home, aws, values

    def run(self, name: str, *only: str) -> dict[str, tuple[bool, str]]:
        """Run a job: stack → whether it succeeded, and its summary. Those of a matrix run side by side.

        With `only`, run these stacks of the matrix: each run of one takes seconds.
        """
        matrix = JOBS[name].get("strategy", {}).get("matrix", {}).get("stack", ["company"])
        assert set(only) <= set(matrix)
        stacks = only or matrix
        with ThreadPoolExecutor(len(stacks)) as threads:
            return dict(zip(stacks, threads.map(lambda stack: self._run(JOBS[name], stack), stacks), strict=True))

    def _run(self, job: dict[str, Any], stack: str) -> tuple[bool, str]:
        folder = self.home / stack
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.checkout, folder / "repository")
        (folder / "summary").touch()
        machine = engine_environment(folder, self.aws.url) | {"GITHUB_STEP_SUMMARY": str(folder / "summary")}
        machine = {key: value for key, value in machine.items() if not key.startswith("PULUMI_CONFIG_")}
        succeeded = True
        for step in job["steps"]:
            if "run" not in step or step["run"].startswith("pip "):
                continue
            assert step.get("if", "") in {"", "${{ !cancelled() }}"}
            if succeeded or "if" in step:
                said = {**job["env"], **step.get("env", {})}
                done = subprocess.run(
                    [*self.shell, step["run"]],
                    cwd=folder / "repository",
                    env=machine | {key: self._value(value, stack) for key, value in said.items()},
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=240,
                    check=False,
                )
                succeeded = succeeded and done.returncode == 0
        return succeeded, (folder / "summary").read_text(encoding="utf-8")

    def _value(self, text: str, stack: str) -> str:
        known = self.values | {"matrix.stack": stack}
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: known[found[1]], text)


def test_a_pipe_fails_where_a_part_of_it_does() -> None:
    assert WORKFLOW["defaults"] == {"run": {"shell": "bash"}}


@pytest.mark.timeout(600)
def test_the_workflow(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> None:
    client("s3").create_bucket(Bucket="people-state")
    address = f"endpoint={aws.url.removeprefix('http://')}&disableSSL=true&s3ForcePathStyle=true"
    values = {
        "vars.PULUMI_BACKEND_URL": f"s3://people-state?region=us-east-1&{address}",
        "secrets.PULUMI_CONFIG_PASSPHRASE": "made-up",
    }
    checkout = tmp_path / "checkout"
    shutil.copytree(EXAMPLE, checkout, ignore=shutil.ignore_patterns("__pycache__", "Pulumi.*.yaml"))
    runner = Runner(checkout, tmp_path / "runner", aws, values)

    # Once, by somebody
    somebody = engine_environment(tmp_path, aws.url) | {"PULUMI_BACKEND_URL": values["vars.PULUMI_BACKEND_URL"]}
    for name in ("company", *DEPARTMENTS):
        Stack(checkout, somebody).run("stack", "init", name)

    # A push to main
    aws.calls.clear()
    for job in ("company", "departments"):
        for name, (succeeded, summary) in runner.run(job).items():
            assert succeeded, summary
            assert re.match(rf"## {name}\n```\nResources:\n    \+ \d+ created", summary), summary
    assert asked(aws) <= allowed("preview", "up")
    people = client("identitystore").list_users(IdentityStoreId=STORE)["Users"]
    assert len(people) == 9

    # A pull request
    file = checkout / "people.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("Jo Doe", "Jo Doe-Smith"), encoding="utf-8")
    aws.calls.clear()
    previews = runner.run("preview", "company", "sales", "research")
    assert asked(aws) <= allowed("preview")
    assert all(succeeded for succeeded, _ in previews.values()), previews
    assert previews["sales"][1].startswith("## sales\n")
    assert "`display_name`: `Jo Doe` → `Jo Doe-Smith`" in previews["sales"][1]
    assert all("Jo Doe" not in previews[name][1] for name in ("company", "research"))

    # It is merged, and one department fails
    aws.faults.fail("identitystore", "UpdateUser", "AccessDeniedException", times=100)
    merged = runner.run("departments", "research", "sales")
    assert {name: succeeded for name, (succeeded, _) in merged.items()} == {"research": True, "sales": False}
    assert merged["sales"][1].startswith("## sales\n```\nDiagnostics:\n")
    assert "AccessDeniedException" in merged["sales"][1]

    # A run elsewhere holds the state
    aws.faults.clear()
    lock = {"pid": 1, "username": "jo", "hostname": "elsewhere", "timestamp": "2026-01-01T00:00:00Z"}
    key = ".pulumi/locks/organization/departments/company/made-up.json"
    client("s3").put_object(Bucket="people-state", Key=key, Body=json.dumps(lock))
    succeeded, summary = runner.run("company")["company"]
    assert not succeeded
    assert "the stack is currently locked by 1 lock(s)" in summary


def asked(aws: Emulator) -> set[str]:
    """The permissions that the calls so far have needed."""
    return {ACTIONS.get(operation, operation) for operation in aws.calls.by_operation()}
