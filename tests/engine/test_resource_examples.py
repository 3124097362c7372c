"""Every example of docs/resources.md, run against the emulator."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

import pytest

import pulumi_identity
from pulumi_identity.provider.registry import KINDS
from tools.docs import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

PROGRAMS = sorted(EXAMPLES.glob("*/*.py"))


@pytest.fixture(autouse=True)
def _desktop(client: Callable[[str], Any]) -> None:
    """The stack of the associations, which another provider manages."""
    client("appstream").create_stack(Name="desktop")


def created(stack: Stack) -> set[str]:
    """Run the program, and return the classes of the resources that it creates."""
    stack.up()
    stack.run("preview", "--refresh", "--expect-no-changes")
    resources = json.loads(stack.run("stack", "export").stdout)["deployment"]["resources"]
    return {resource["type"].rpartition(":")[2] for resource in resources if "/identity:" in resource["type"]}


def test_the_programs_create_their_resources_and_then_change_nothing(stack: Stack) -> None:
    stack.program(f"import runpy\nfor path in {[str(path) for path in PROGRAMS]}:\n    runpy.run_path(path)\n")
    names = {path.parent.name for path in PROGRAMS}
    assert names <= set(KINDS)
    assert created(stack) == names


def test_the_docstrings_examples_create_every_resource(stack: Stack) -> None:
    docstrings = (inspect.getdoc(getattr(pulumi_identity, name)) or "" for name in KINDS)
    stack.program("\n".join(inspect.cleandoc("    " + text.partition("\n\n    ")[2]) for text in docstrings))
    assert created(stack) == set(KINDS)
