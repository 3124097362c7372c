"""The generated parts of the documents are what the code says now."""

import subprocess
import sys
from pathlib import Path

from tools.exports import written

ROOT = Path(__file__).parents[2]


def test_they_are_up_to_date() -> None:
    documents = [path for path in ROOT.glob("docs/*.md") if "[[[cog" in path.read_text(encoding="utf-8")]
    command = [sys.executable, "-m", "cogapp", "-P", "--check", ROOT / "README.md", *documents]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run `make docs`: {done.stdout}{done.stderr}"


def test_generated_modules_are_up_to_date() -> None:
    for path, text in written().items():
        assert path.read_text(encoding="utf-8") == text, f"{path} has changed: run `make docs`"
