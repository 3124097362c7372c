"""docs/troubleshooting.md, docs/pulumi.md and docs/installation.md agree with the package.

`tests/engine/test_troubleshooting.py` compares them with the engine.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from pulumi_identity import QuickSightUser
from pulumi_identity.errors import translate
from pulumi_identity.provider.declare import kind_of
from pulumi_identity.resources.appstream.account import AppStreamKind

if TYPE_CHECKING:
    from pulumi_identity.emulator import Emulator

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ERRORS, IMPORT, INSTALLATION, PULUMI, TROUBLESHOOTING = (
    (DOCS / f"{name}.md").read_text("utf-8")
    for name in ("errors", "import", "installation", "pulumi", "troubleshooting")
)
ENGINE_TEST = (ROOT / "tests" / "engine" / "test_troubleshooting.py").read_text("utf-8")


def block(name: str, page: str) -> str:
    """Return the block of a page under a line that names it, without its indentation."""
    (text,) = re.findall(rf"^ *<!-- {name} -->\n *```\w*\n(.*?)^ *```$", page, re.MULTILINE | re.DOTALL)
    return str(text).strip()


# Symptoms


def identity_region() -> str:
    """Return the error for the wrong region."""
    answer: Any = {"Error": {"Code": "AccessDeniedException", "Message": "your identity region is us-east-1"}}
    return str(translate(ClientError(answer, "RegisterUser"), "creating", "QuickSight User (jo)", "quicksight"))


def other_account() -> str:
    """Return the error for an AppStream user of another account."""
    kind: Any = AppStreamKind
    with pytest.raises(Exception, match="credentials") as caught:
        kind.refuse_elsewhere(SimpleNamespace(entity="AppStream User"), "jo", "123456789012", lambda: "210987654321")
    return str(caught.value)


def sources() -> str:
    """Return the texts of the package, with adjacent strings joined."""
    modules = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "pulumi_identity").rglob("*.py"))
    return "\n".join(
        "".join(part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))
        for module in modules
        for node in ast.walk(module)
        if isinstance(node, ast.Constant | ast.JoinedStr)
    )


def test_each_symptom_is_a_text_that_is_shown() -> None:
    tables = TROUBLESHOOTING.partition("## A preview")[0]
    symptoms = [
        text for cell in re.findall(r"^\| (`.*?) \|", tables, re.MULTILINE) for text in re.findall(r"`([^`]+)`", cell)
    ]
    assert len(symptoms) > 15
    produced = "\n".join([identity_region(), other_account(), ERRORS, ENGINE_TEST, sources(), TOOL.read_text("utf-8")])
    python = {"No module named 'pulumi_identity'"}
    composed = {  # of several parts, of which the package has one
        "is not a known property; did you mean": "is not a known property",
        "is not authorized to perform: quicksight:…": "is not authorized to perform: ",
        "has a problem: region is required": "is required: set `region` or AWS_REGION",
        "member_id is required, but the output that the program passes for it has no value": (
            "but the output that the program passes for it has no value"
        ),
    }
    missing = [text for text in symptoms if text not in python and composed.get(text, text) not in produced]
    assert not missing


# Policy packs


def test_the_policy_pack_reports_an_admin(monkeypatch: pytest.MonkeyPatch) -> None:
    """pulumi-policy needs older packages than this project, so a stand-in collects the policies."""
    policies: list[Any] = []
    library = ModuleType("pulumi_policy")
    vars(library).update(
        EnforcementLevel=SimpleNamespace(MANDATORY="mandatory"),
        ResourceValidationPolicy=SimpleNamespace,
        PolicyPack=lambda _, policies: _collect(policies),
    )

    def _collect(given: list[Any]) -> None:
        policies.extend(given)

    monkeypatch.setitem(sys.modules, "pulumi_policy", library)
    exec(block("pack", PULUMI), {})
    (policy,) = policies
    kind = kind_of(QuickSightUser)
    assert "user_role" in kind.schema.inputs
    reports: list[str] = []
    for role in ("READER", "ADMIN"):
        resource = SimpleNamespace(resource_type=kind.token, name="jo", props={"user_role": role})
        policy.validate(resource, reports.append)
    assert [*reports] == [block("violation", PULUMI).splitlines()[-1].strip()]
    assert policy.name in block("violation", PULUMI)


# Installation

TOOL = ROOT / "tools" / "engine" / "__main__.py"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this clone."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "uv", "build", "--no-build-isolation", "--wheel", "--offline", "--quiet"]
    subprocess.run([*command, "--out-dir", str(folder), str(ROOT)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.parametrize("way", ["clone", "wheel", "git"])
def test_the_package_installs(way: str, wheel: Path, tmp_path: Path) -> None:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    command = (
        block(way, INSTALLATION)
        .replace("/path/to/the/clone", str(ROOT))
        .replace(f"/path/to/{wheel.name}", str(wheel))
        .replace(
            "https://git.example.com/pulumi-identity.git@COMMIT", f"file://localhost{ROOT}@{commit.stdout.strip()}"
        )
    )
    assert "/path/to" not in command
    offline = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check", "--quiet"]
    arguments = [*shlex.split(command)[1:], *offline, "--target", str(tmp_path)]
    done = subprocess.run([sys.executable, "-m", "pip", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "pulumi_identity" / "__init__.py").is_file()


def test_a_built_cli_names_the_python_that_lacks_pulumi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    (tmp_path / "bin").mkdir()
    spec = importlib.util.spec_from_file_location("engine", TOOL)
    assert spec
    assert spec.loader
    engine = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(engine)
    script = tmp_path / "pulumi-language-python-exec"
    script.write_text("#!/usr/bin/env python\nprint('runs')\n")
    engine.copy_script(script)
    copied = str(tmp_path / "bin" / script.name)
    assert subprocess.run([sys.executable, copied], capture_output=True, text=True, check=True).stdout == "runs\n"
    without_packages = [sys.executable, "-I", "-S", copied]
    done = subprocess.run(without_packages, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == block("host", INSTALLATION).replace("/usr/bin/python3", sys.executable)

    shell = tmp_path / "pulumi-resource-pulumi-python"
    shell.write_text("#!/bin/sh\nexit 0\n")
    engine.copy_script(shell)
    assert (tmp_path / "bin" / shell.name).read_text() == shell.read_text()


# Import


def test_one_person_is_imported(aws: Emulator, tmp_path: Path) -> None:
    names = {"jo": "Jo Doe", "joan": "Joan Doe"}
    people = [
        {"UserName": user, "DisplayName": name, "Name": {"GivenName": "Jo", "FamilyName": "Doe"}}
        for user, name in names.items()
    ]
    aws.identitystore.seed_users("d-1234567890", people)
    program, *arguments = shlex.split(block("one", IMPORT))
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=60)
    written = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*.py"))
    assert re.findall(r'user_name="(\w+)"', written) == ["jo"]


def test_links_lead_to_a_heading() -> None:
    for page in (IMPORT, INSTALLATION, PULUMI, TROUBLESHOOTING):
        for file, anchor in re.findall(r"\]\(([\w.]*)(?:#([\w-]+))?\)", page):
            text = (DOCS / file).read_text("utf-8") if file else page
            headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert not anchor or anchor in slugs, (file, anchor)
