"""The pages about configuration and the emulator agree with the package."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_identity import testing
from pulumi_identity.aws.session import session
from pulumi_identity.provider.registry import KINDS

if TYPE_CHECKING:
    import pytest

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


def test_the_examples_of_configuration_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = re.findall(r"^```python\n(.*?)^```$", CONFIGURATION, re.MULTILINE | re.DOTALL)
    keys = "aws_access_key_id = testing\naws_secret_access_key = testing\n"
    (tmp_path / "credentials").write_text(f"[sso-directory]\n{keys}", encoding="utf-8")
    with testing.mocks() as aws:
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
        exec(f"from pulumi_identity import Group\n{first}", {})
        there = session(None, "arn:aws:iam::210987654321:role/directory").client("identitystore")
        there.create_user(
            IdentityStoreId="d-0987654321", UserName="jo", DisplayName="Jo", Name={"GivenName": "J", "FamilyName": "D"}
        )
        for example in others:
            exec(example, {})
    created = [call.account for call in aws.calls if call.operation == "CreateGroup"]
    assert created == ["210987654321", "210987654321"]


def test_the_emulators_examples_run() -> None:
    examples = re.findall(r"^```python\n(.*?)^```$", EMULATOR, re.MULTILINE | re.DOTALL)
    namespace: dict[str, object] = {}
    for example in examples:
        exec(example, namespace)
    assert "aws" in namespace
