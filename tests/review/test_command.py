"""The command: what it reads, what it writes, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from engine.stack import PULUMI
from review.make_previews import PREVIEWS
from review.steps import preview, state, step
from typer.testing import CliRunner

from pulumi_identity.cli import app
from pulumi_identity.review import RENDERERS, review

if TYPE_CHECKING:
    from engine.stack import Stack

CHANGED = (PREVIEWS / "changed.json").read_text(encoding="utf-8")
EVENTS = (PREVIEWS / "changed-events.json").read_text(encoding="utf-8")
UNCHANGED = (PREVIEWS / "unchanged.json").read_text(encoding="utf-8")
HARMLESS = preview(step("create", "IdentityStoreUser", "jo", None, state({"user_name": "jo"})))


def run(text: str | bytes, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["review", *arguments], input=text)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("as_", RENDERERS)
def test_it_writes_each_form_and_nothing_else(as_: str) -> None:
    assert run(CHANGED, "--format", as_) == (0, RENDERERS[as_](review(CHANGED)), "")


def test_markdown_is_what_it_writes_if_not_told() -> None:
    assert run(CHANGED)[1].startswith("## People and access\n")
    assert run(CHANGED, "--title", "Stack *prod*")[1].startswith("## Stack \\*prod\\*\n")


def test_it_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "preview.json").write_text(CHANGED, encoding="utf-8")
    assert run("", str(tmp_path / "preview.json"))[:2] == run(CHANGED)[:2]
    code, out, err = run("", str(tmp_path / "none.json"))
    assert (code, out) == (1, "")
    assert (
        err == f"reading the preview from {tmp_path / 'none.json'}: No such file or directory — choose another file\n"
    )


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (CHANGED, "never", 0),
        (CHANGED, "danger", 2),
        (CHANGED, "change", 2),
        (HARMLESS, "danger", 0),
        (HARMLESS, "change", 2),
        (UNCHANGED, "danger", 0),
        (UNCHANGED, "change", 0),
    ],
)
def test_exit_codes(text: str, fail_on: str, code: int) -> None:
    assert run(text, "--fail-on", fail_on)[0] == code


def test_a_failed_preview_is_shown_and_is_a_danger() -> None:
    failed = (PREVIEWS / "failed.json").read_text(encoding="utf-8")
    code, out, _ = run(failed)
    assert code == 0
    assert "user_name must not be Administrator or AWSAdministrators, because AWS reserves these names" in out
    assert run(failed, "--fail-on", "danger")[0] == 2


def test_limits_are_options() -> None:
    assert "Added to an admin-like group" not in run(CHANGED, "--admin-group", "nobody")[1]
    assert "`cleo` → `analysts`" in run(CHANGED, "--admin-group", "nobody", "--admin-group", "ANALYSTS")[1]
    assert "Bulk deletion" not in run(CHANGED, "--max-deleted", "50")[1]


HINT = " — run `pulumi preview --json --refresh --show-sames | pulumi-identity review`\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the input is empty, so the preview probably failed to start"),
        ("error: no stack selected", "line 1 is not JSON: Expecting value"),
        (CHANGED[:5000], "line "),
        ("{}", "the JSON has neither `steps` nor `diagnostics`"),
        ("[1, 2]", "the JSON has neither `steps` nor `diagnostics`"),
        ("1\n2\n", "the lines are JSON, but not engine events"),
        (EVENTS.splitlines()[0], "the events are incomplete: the summary at the end is missing"),
        ("\n".join(EVENTS.splitlines()[:-3]), "the events are incomplete: the summary at the end is missing"),
        (EVENTS[:50_000], "line "),
        (EVENTS.replace('"isPreview": true', '"isPreview": false'), "the events are from an update, not"),
        ('{"steps": [{"op": 1}]}', "steps.0.op: Input should be a valid string"),
        ('{"steps": [{"op": "create", "urn": "x"}]}', "a step has the invalid URN 'x'"),
        ('{"steps": [{"op": "hide", "urn": "urn:pulumi:a::b::c::d"}]}', "this version of pulumi-identity does not"),
        ('{"version": 3, "deployment": {}}', "the JSON has neither `steps` nor `diagnostics`"),
    ],
)  # fmt: skip
def test_what_is_no_preview_is_one_clear_line(text: str, reason: str) -> None:
    code, out, err = run(text)
    assert (code, out) == (1, "")
    assert err.startswith(f"reading the preview: {reason}")
    assert err.endswith(HINT)
    assert err.count("\n") == 1


def test_bytes_that_are_no_text() -> None:
    code, _, err = run(b"\xff\xfe{}")
    assert code == 1
    assert err == "reading the preview: byte 0 is not UTF-8 — give the output of `pulumi preview --json`\n"


def test_a_mark_before_the_text_does_no_harm() -> None:
    """Windows puts one there."""
    assert run(CHANGED.encode("utf-8-sig")) == run(CHANGED)


def test_a_real_preview_through_a_pipe(stack: Stack) -> None:
    stack.program('Group("crew", display_name="Crew")')
    stack.up()
    stack.program(
        """
        crew = Group("crew", display_name="Crew")
        jo = IdentityStoreUser("jo", user_name="jo", display_name="Jo", name={"given_name": "Jo", "family_name": "D"})
        GroupMembership("jo-crew", group_id=crew.group_id, member_id=jo.user_id)
        """
    )
    made = "'{}' preview --json --refresh --show-sames --non-interactive | '{}' review --format json --fail-on danger"
    command = made.format(PULUMI, Path(sys.executable).with_name("pulumi-identity"))
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=stack.folder,
        env=stack.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["headline"] == "1 person joins"
    assert [change["label"] for change in found["changes"]] == ["jo", "jo → crew"]
    assert found["notes"] == []
