"""docs/testing.md and examples/company, run as a user runs them: by pytest, in a separate folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from engine.stack import engine_environment

if TYPE_CHECKING:
    from collections.abc import Sequence

assert engine_environment  # its import marks these tests as tests of the engine

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "company"
PAGE = (ROOT / "docs" / "testing.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```python\n# (\w+\.py)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


def passed(folder: Path, arguments: Sequence[str] = ()) -> int:
    """Run pytest in a folder, and return the number of tests, which all must pass."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTEST_", "COV_"))},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (count,) = re.findall(r"^(\d+) passed in", done.stdout, re.MULTILINE)
    return int(count)


def test_every_block_is_a_file() -> None:
    assert PAGE.count("```python") == len(BLOCKS) == 5


@pytest.mark.parametrize("name", [name for name in BLOCKS if name.startswith("test_")])
def test_the_pages_tests_pass(name: str, tmp_path: Path) -> None:
    for file in ("people.py", name):
        (tmp_path / file).write_text(BLOCKS[file], encoding="utf-8")
    assert passed(tmp_path) == BLOCKS[name].count("\ndef test_")


def test_the_component_librarys_tests_pass(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    tests = (tmp_path / "test_company.py").read_text("utf-8")
    assert len(tests.splitlines()) < 60
    assert passed(tmp_path) == tests.count("\ndef test_")
