"""Every example gives people a primary e-mail address: without one, SAML sign-in to applications fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    [ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("examples/**/*.py"), *ROOT.glob("pulumi_identity/**/*.py")]
)
EMAILS = re.compile(r"""emails"?[=:] ?\[(\{.*?\})\]""", re.DOTALL)
EXAMPLES = [
    pytest.param(match, id=f"{path.relative_to(ROOT)}-{number}")
    for path in SOURCES
    for number, match in enumerate(EMAILS.findall(path.read_text(encoding="utf-8")))
]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 5


@pytest.mark.parametrize("emails", EXAMPLES)
def test_the_address_is_primary(emails: str) -> None:
    assert '"primary": True' in emails
