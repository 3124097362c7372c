"""The example of three departments does what its files say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from engine.stack import STORE, engine_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pulumi_identity.emulator import Emulator

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "departments"


@pytest.mark.timeout(600)
def test_departments_run_side_by_side(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> None:
    folder = tmp_path / "departments"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", "Pulumi.*.yaml"))
    (tmp_path / "state").mkdir()
    environment = engine_environment(tmp_path, aws.url)

    def run(command: str) -> tuple[int, dict[str, str], str]:
        done = subprocess.run(
            [sys.executable, folder / "side_by_side.py", command],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert not done.stderr, done.stderr
        lines = (line.split(maxsplit=1) for line in done.stdout.splitlines())
        return done.returncode, {name: said.strip() for name, said in lines}, done.stdout

    people = folder / "people.toml"
    everybody = people.read_text(encoding="utf-8")
    research, sales, support = re.findall(r"^\[\w+\]\n(?:[^\[\n].*\n)+", everybody, re.MULTILINE)

    # Each stack of a run takes seconds, so only one run has them all.
    people.write_text(sales, encoding="utf-8")
    code, summary, _ = run("preview")
    assert code == 1
    assert summary["company"] == "2 create"
    assert "run `up` on the stack company first" in summary["sales"]

    people.write_text(everybody, encoding="utf-8")
    code, summary, printed = run("up")
    assert code == 0, summary
    assert f"prints\n\n```\n{printed}```\n" in (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert summary["sales"] == "8 create"  # the stack, the reference aside: a group, two people, four memberships

    everyone = client("identitystore").list_groups(IdentityStoreId=STORE)["Groups"]
    shared = next(group["GroupId"] for group in everyone if group["DisplayName"] == "Everyone")
    members = client("identitystore").list_group_memberships(IdentityStoreId=STORE, GroupId=shared)
    assert len(members["GroupMemberships"]) == 9

    changed = (sales + research).replace('"Jo Doe"', '"Jo Doe-Smith"').replace("ann =", '"ann.doe" =')
    people.write_text(changed, encoding="utf-8")
    aws.faults.fail("identitystore", "CreateUser", "AccessDeniedException", times=100)
    code, summary, _ = run("up")
    assert code == 1
    assert summary["sales"] == "7 same, 1 update"
    assert summary["research"].startswith("failed: pulumi_identity.Denied: creating IAM Identity Center User")
    assert "AccessDeniedException" in summary["research"]
    aws.faults.clear()

    people.write_text(changed + support, encoding="utf-8")
    code, summary, _ = run("destroy")
    assert code == 0, summary
    assert client("identitystore").list_users(IdentityStoreId=STORE)["Users"] == []
