"""What a person sees in an editor who writes a call of a resource or of a lookup."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest
from editors.language_server import LanguageServer

from pulumi_identity import QuickSightUser, get_user

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLES = ["ADMIN", "AUTHOR", "READER", "RESTRICTED_AUTHOR", "RESTRICTED_READER", "ADMIN_PRO", "AUTHOR_PRO", "READER_PRO"]
LITERAL = f"Literal[{', '.join(map(repr, ROLES))}]"
OWN = [
    "email: Input[str]",
    f"user_role: Input[{LITERAL}]",
    "aws_account_id: Input[str] | None = None",
]
SETTINGS = [
    "region: Input[str] | None = None",
    "role_arn: Input[str | None] = None",
    "profile: Input[str | None] = None",
    "assume_role: Input[AssumeRole | None] = None",
    "adopt: Input[bool | Literal['externally-managed'] | None] = None",
]
RESOURCE = "from pulumi_identity import QuickSightUser\n"
LOOKUP = "from pulumi_identity import get_user\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    with LanguageServer(tmp_path_factory.mktemp("program")) as server:
        yield server


def first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").splitlines()[0]


def sentence(name: str) -> str:
    return inspect.getdoc(inspect.getattr_static(QuickSightUser, name)) or ""


def test_hover_shows_a_resources_arguments_and_its_own_docstring(server: LanguageServer) -> None:
    head, _, text = server.hover(RESOURCE + 'QuickSight|User("jo")').partition("---\n")
    lines = [line.strip().removesuffix(",") for line in head.splitlines()]
    assert lines[:5] == [
        "```python",
        "class QuickSightUser(",
        "resource_name: str",
        "opts: ResourceOptions | None = None",
        "*",
    ]
    assert lines[5:8] == OWN
    assert lines[-7:] == [*SETTINGS, ")", "```"]
    assert text.startswith(first_line(QuickSightUser))


def test_hover_shows_a_propertys_type_and_sentence(server: LanguageServer) -> None:
    shown = server.hover(RESOURCE + 'QuickSightUser("jo", email="j@x.com", user_role="READER").activ|e')
    assert "(property) active: Output[bool]" in shown
    assert sentence("active") in shown


@pytest.mark.parametrize("name", ["email", "user_role", "tags", "adopt"])
def test_signature_help_shows_the_sentence_of_the_active_argument(server: LanguageServer, name: str) -> None:
    label, text = server.signature(RESOURCE + f'QuickSightUser("jo", {name}=|)')
    assert label.startswith(f"(resource_name: str, opts: ResourceOptions | None = None, *, {', '.join(OWN)}, ")
    assert label.endswith(f", {', '.join(SETTINGS)}) -> QuickSightUser")
    assert text == f"{name}: {sentence(name)}"


def test_completion_lists_a_resources_arguments_and_the_words_of_one(server: LanguageServer) -> None:
    arguments = {f"{name}=" for name in inspect.signature(QuickSightUser).parameters} - {"resource_name="}
    offered = server.completions(RESOURCE + 'QuickSightUser("jo", |)')
    assert arguments <= set(offered[: len(arguments) + 1])
    words = server.completions(RESOURCE + 'QuickSightUser("jo", user_role=|)')
    assert {word.strip('"') for word in words[: len(ROLES)]} == set(ROLES)


def test_a_lookup_shows_its_arguments_and_its_docstring(server: LanguageServer) -> None:
    shown = server.hover(LOOKUP + 'get_|user(user_name="jo")')
    assert "def get_user(\n    *,\n    user_id: str | None = None,\n    user_name: str | None = None," in shown
    assert ") -> GetUserResult" in shown
    assert first_line(get_user) in shown
    label, _ = server.signature(LOOKUP + "get_user(user_name=|)")
    assert label.startswith("(*, user_id: str | None = None, user_name: str | None = None, ")
    arguments = {f"{name}=" for name in inspect.signature(get_user).parameters}
    assert set(server.completions(LOOKUP + "get_user(|)")[: len(arguments)]) == arguments
