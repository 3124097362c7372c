"""The pages about configuration and the emulator agree with the package."""

from __future__ import annotations

import re
from pathlib import Path

from pulumi_identity.provider.registry import KINDS

DOCS = Path(__file__).parents[2] / "docs"
CONFIGURATION = (DOCS / "configuration.md").read_text(encoding="utf-8")
EMULATOR = (DOCS / "emulator.md").read_text(encoding="utf-8")


def test_the_page_lists_every_configuration_key() -> None:
    declared = {
        (f"identity:{field.config}", name)
        for kind in KINDS.values()
        for name, field in kind.schema.inputs.items()
        if field.config
    }
    assert set(re.findall(r"^\| `(identity:\w+)` \| `(\w+)`", CONFIGURATION, re.MULTILINE)) == declared


def test_the_emulators_examples_run() -> None:
    examples = re.findall(r"^```python\n(.*?)^```$", EMULATOR, re.MULTILINE | re.DOTALL)
    namespace: dict[str, object] = {}
    for example in examples:
        exec(example, namespace)
    assert "aws" in namespace
