"""The workflows under `examples/ci`: what they may do, and that their scripts do it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from review.make_previews import PREVIEWS, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

CI = Path(__file__).parents[2] / "examples" / "ci"
GITHUB: dict[str, Any] = yaml.safe_load((CI / "github.yml").read_text(encoding="utf-8"))
GITLAB: dict[str, Any] = yaml.safe_load((CI / "gitlab.yml").read_text(encoding="utf-8"))
COMMAND = 'preview --stack "$STACK" --json --refresh --show-sames --non-interactive > preview.json'

STEPS = [step for job in GITHUB["jobs"].values() for step in job["steps"]]


def test_actions_are_pinned_to_commits() -> None:
    used = re.findall(r"uses: (.*)", (CI / "github.yml").read_text(encoding="utf-8"))
    assert len(used) == sum("uses" in step for step in STEPS)
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in used)


def test_permissions_are_the_least_that_each_job_needs() -> None:
    assert GITHUB["permissions"] == {}
    assert {name: job["permissions"] for name, job in GITHUB["jobs"].items()} == {
        "preview": {"contents": "read", "id-token": "write"},
        "review": {"pull-requests": "write"},
    }
    # What may write runs nothing from the pull request, and what it runs of ours has one version.
    assert not any("checkout" in step.get("uses", "") for step in GITHUB["jobs"]["review"]["steps"])
    installed = [step["run"] for step in GITHUB["jobs"]["review"]["steps"] if "pip" in step.get("run", "")]
    assert all(re.fullmatch(r'pip install "pulumi-identity\[cli\]==\d+\.\d+\.\d+"', command) for command in installed)


def test_nothing_from_the_event_is_written_into_a_script() -> None:
    assert True in GITHUB  # `on`, as YAML 1.1 reads it
    assert set(GITHUB[True]) == {"pull_request"}
    assert not any("${{" in step.get("run", "") for step in STEPS)


def test_both_run_the_documented_preview() -> None:
    assert any(COMMAND in step.get("run", "") for step in STEPS)
    assert any(COMMAND in line for line in GITLAB["identity-preview"]["script"])


def test_every_up_goes_on_after_an_error() -> None:
    workflows = sorted(CI.parent.glob("*/*.yml"))
    commands = [
        command
        for workflow in workflows
        for command in re.findall(r"pulumi up(?:.*\\\n)*.*", workflow.read_text(encoding="utf-8"))
    ]
    assert len(commands) == 1
    assert all("--continue-on-error" in command for command in commands)


FAKE_GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in *--jq*) cat "$FOUND";; esac
"""


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(FAKE_GH, encoding="utf-8")
    (tmp_path / "bin" / "gh").chmod(0o755)
    (tmp_path / "found").touch()
    (tmp_path / "preview.json").write_bytes((PREVIEWS / "changed.json").read_bytes())
    return os.environ | {
        "PATH": f"{tmp_path / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "CALLS": str(tmp_path / "calls"),
        "FOUND": str(tmp_path / "found"),
        "STACK": "production",
        "REPOSITORY": "acme/people",
        "NUMBER": "7",
    }


def bash(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]  # as GitHub runs a step
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("found", "call"), [("", "--method POST"), ("41\n42\n", "--method PATCH")])
def test_github_gets_one_comment(tmp_path: Path, runner: dict[str, str], found: str, call: str) -> None:
    (tmp_path / "found").write_text(found, encoding="utf-8")
    scripts = [step["run"] for step in GITHUB["jobs"]["review"]["steps"] if "run" in step and "pip" not in step["run"]]
    done = [bash(script, tmp_path, runner) for script in scripts]
    assert [process.returncode for process in done] == [0, 0, 2], done
    comment = (tmp_path / "comment.md").read_text(encoding="utf-8")
    assert comment.startswith("<!-- identity review of production -->\n## People and access: production\n")
    assert (tmp_path / "review.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    calls = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert calls[0].startswith("api --paginate repos/acme/people/issues/7/comments --jq ")
    where = "repos/acme/people/issues/comments/41" if found else "repos/acme/people/issues/7/comments"
    assert calls[1:] == [f"api {call} {where} --field body=@comment.md --silent"]


class FakeGitLab(BaseHTTPRequestHandler):
    """Notes of one merge request, two on each page."""

    notes: list[dict[str, Any]]

    def answer(self, body: Any, **headers: str) -> None:
        assert self.headers["PRIVATE-TOKEN"] == "made-up"
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def given(self) -> str:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]

    def do_GET(self) -> None:
        if self.path == "/user":
            self.answer({"id": 5})
        else:
            page = int(self.path.rpartition("=")[2])
            more = str(page + 1) if len(self.notes) > 2 * page else ""
            self.answer(self.notes[2 * page - 2 : 2 * page], X_Next_Page=more)

    def do_POST(self) -> None:
        assert self.path == "/projects/3/merge_requests/7/notes"
        self.notes.append({"id": len(self.notes), "author": {"id": 5}, "body": self.given()})
        self.answer({})

    def do_PUT(self) -> None:
        self.notes[int(self.path.rpartition("/")[2])]["body"] = self.given()
        self.answer({})

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def gitlab() -> Iterator[HTTPServer]:
    FakeGitLab.notes = [
        {"id": n, "author": {"id": n}, "body": "<!-- identity review of production -->"} for n in range(3)
    ]
    with HTTPServer(("127.0.0.1", 0), FakeGitLab) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_gitlab_gets_one_note(tmp_path: Path, runner: dict[str, str], gitlab: HTTPServer) -> None:
    runner |= {
        "CI_API_V4_URL": f"http://127.0.0.1:{gitlab.server_port}",
        "CI_PROJECT_ID": "3",
        "CI_MERGE_REQUEST_IID": "7",
        "REVIEW_TOKEN": "made-up",
        "NOTE_SCRIPT": str(CI / "gitlab_note.py"),
    }
    script = [line for line in GITLAB["identity-review"]["script"] if not line.startswith("pip ")]
    for preview in ("changed", "unchanged"):
        (tmp_path / "preview.json").write_bytes((PREVIEWS / f"{preview}.json").read_bytes())
        done = bash("\n".join(script), tmp_path, runner)
        assert done.returncode == (2 if preview == "changed" else 0), done.stderr
        assert FakeGitLab.notes[3]["body"] == "<!-- identity review of production -->\n" + rendered(
            preview, "markdown"
        ).replace("## People and access", "## People and access of production", 1)
    assert len(FakeGitLab.notes) == 4
    assert {note["body"].count("\n") for note in FakeGitLab.notes[:3]} == {0}, "somebody else's note was written over"
