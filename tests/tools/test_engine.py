"""How `make setup` comes to a Pulumi CLI: which one on PATH is taken, and what is said where none can be had."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

TOOL = Path(__file__).parents[2] / "tools" / "engine" / "__main__.py"
COMPANIONS = ("pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python")


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, at work in a virtual environment that is empty."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    spec = importlib.util.spec_from_file_location("engine", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def install(folder: Path, *programs: str, version: str = "v3.300.1") -> Path:
    """Pretend that these programs are installed in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for program in programs:
        (folder / program).write_text(f"#!/bin/sh\necho {version}\n")
        (folder / program).chmod(0o755)
    return folder


def on_path(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    monkeypatch.setenv("PATH", ":".join(map(str, folders)))


def linked(engine: Any) -> dict[str, Path]:
    return {path.name: path.readlink() for path in engine.BIN.iterdir()}


def test_a_new_enough_cli_is_linked_with_its_companions(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = install(tmp_path / "official", "pulumi", *COMPANIONS)
    on_path(monkeypatch, engine.BIN, official)
    engine.main(["path"])
    assert linked(engine) == {name: official / name for name in ("pulumi", *COMPANIONS)}


def test_companions_are_found_beside_what_a_link_leads_to(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cellar = install(tmp_path / "cellar", "pulumi", *COMPANIONS)
    links = tmp_path / "links"
    links.mkdir()
    (links / "pulumi").symlink_to(cellar / "pulumi")
    on_path(monkeypatch, links)
    engine.main(["path"])
    assert linked(engine)["pulumi"] == links / "pulumi"
    assert linked(engine)["pulumi-language-python"] == cellar / "pulumi-language-python"


@pytest.mark.parametrize(
    ("programs", "version", "reason"),
    [
        ([], "", "`pulumi` is not on PATH"),
        (["pulumi", *COMPANIONS], "v3.244.9", "is version v3.244.9, but 3.245 is the oldest supported version"),
        (["pulumi", *COMPANIONS], "dev", "is version dev, but 3.245 is the oldest supported version"),
        (["pulumi", *COMPANIONS[1:]], "v3.245.0", "has no companion pulumi-language-python"),
    ],
    ids=["none", "too old", "no version", "incomplete"],
)
def test_a_cli_that_will_not_do_is_named_with_its_reason(
    engine: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    programs: list[str],
    version: str,
    reason: str,
) -> None:
    on_path(monkeypatch, install(tmp_path / "theirs", *programs, version=version))
    with pytest.raises(SystemExit, match="install the Pulumi CLI"):
        engine.main(["path"])
    assert reason in capsys.readouterr().out
    assert linked(engine) == {}


def test_the_one_in_the_environment_itself_is_not_taken_for_the_persons_own(
    engine: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(engine.BIN, "pulumi", *COMPANIONS)
    on_path(monkeypatch, engine.BIN)
    with pytest.raises(SystemExit):
        engine.main(["path"])
    assert "`pulumi` is not on PATH" in capsys.readouterr().out


def test_without_go_nothing_is_built(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_path(monkeypatch, tmp_path)
    with pytest.raises(SystemExit, match="install Go"):
        engine.main(["build"])
    assert "Go is not on PATH" in capsys.readouterr().out


GO = """#!/bin/sh
case "$1 $2 $4 $5 $9" in
    "list -m "*Version*) echo v3.300.1 ;;
    "list -m "*) echo {sources} ;;
    "list -deps "*python*) printf '%s\\n' fmt grpc host ;;
    "list -deps "*) printf '%s\\n' fmt grpc host cloud ;;
    "build -v "*python*) printf '%s\\n' fmt grpc >&2 ;;
    "build -v "*) printf '%s\\n' 'go: downloading cloud' cloud >&2; {ending} ;;
esac
[ "$1" = list ] || install -m 755 {sources}/program "$8"
"""


def install_go(engine: Any, folder: Path, ending: str = ":") -> Path:
    """Pretend that Go is installed, with a CLI of four packages that shares three with the host."""
    install(folder, "program")
    for script in engine.SCRIPTS:
        install(folder / Path(script).parent, Path(script).name)
    (folder / "go").write_text(GO.format(sources=folder, ending=ending))
    (folder / "go").chmod(0o755)
    return folder


def test_a_build_shows_how_far_it_is(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(install_go(engine, tmp_path)), prepend=os.pathsep)
    engine.main(["build"])
    assert sorted(path.name for path in engine.BIN.iterdir()) == sorted(("pulumi", *COMPANIONS))
    assert capsys.readouterr().out.splitlines() == [
        "The official Pulumi CLI can't be downloaded here, so it is built from source, once. This takes some minutes.",
        "  pulumi-language-python: 1 of 3 packages are compiled.",
        "  pulumi-language-python: 2 of 3 packages are compiled.",
        "  pulumi: 3 of 4 packages are compiled.",
        f"The Pulumi CLI v3.300.1 and Python {sys.version.split()[0]} are in {engine.BIN}.",
    ]


def test_a_build_that_fails_is_reported_with_its_reason(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    go = install_go(engine, tmp_path, ending="echo 'cloud.go:1: no space left' >&2; exit 1")
    monkeypatch.setenv("PATH", str(go), prepend=os.pathsep)
    with pytest.raises(SystemExit, match="install Go"):
        engine.main(["build"])
    assert "build: go build: cloud.go:1: no space left" in capsys.readouterr().out
    assert [path.name for path in engine.BIN.iterdir()] == ["pulumi-language-python"]


def install_curl(folder: Path, script: str) -> Path:
    folder.mkdir()
    (folder / "curl").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "curl").chmod(0o755)
    return folder


def test_a_download_runs_the_installer_for_the_sdks_version(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = install(tmp_path / "official", "pulumi", *COMPANIONS)
    installer = f'mkdir -p "$3/bin" && cp {official}/* "$3/bin" && echo "$@" >{tmp_path}/arguments'
    monkeypatch.setenv("PATH", str(install_curl(tmp_path / "curl", f"echo '{installer}'")), prepend=os.pathsep)
    engine.main(["download"])
    root = engine.VENV / "pulumi"
    assert linked(engine)["pulumi"] == root / "bin" / "pulumi"
    arguments = f"--no-edit-path --install-root {root} --version {importlib.metadata.version('pulumi')}"
    assert (tmp_path / "arguments").read_text().strip() == arguments


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'Could not resolve host' >&2; exit 6", "Could not resolve host"),
        ("echo 'echo no such version; exit 1'", "no such version"),
    ],
    ids=["no network", "the installer fails"],
)
def test_a_download_that_fails_is_reported_with_its_reason(
    engine: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    script: str,
    reason: str,
) -> None:
    monkeypatch.setenv("PATH", str(install_curl(tmp_path / "curl", script)), prepend=os.pathsep)
    with pytest.raises(SystemExit, match="install the Pulumi CLI"):
        engine.main(["download"])
    assert f"download: {reason}" in capsys.readouterr().out


def test_what_is_there_stays_until_the_link_is_dead(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    official = install(tmp_path / "official", "pulumi", *COMPANIONS)
    on_path(monkeypatch, official)
    engine.main(["path"])
    capsys.readouterr()
    engine.main([])
    assert capsys.readouterr().out == ""

    for program in official.iterdir():
        program.unlink()
    newer = install(tmp_path / "newer", "pulumi", *COMPANIONS)
    on_path(monkeypatch, newer)
    engine.main([])
    assert linked(engine)["pulumi"] == newer / "pulumi"


def test_a_program_that_could_not_be_made_leaves_the_old_one(engine: Any) -> None:
    install(engine.BIN, "pulumi")

    def fail() -> None:
        with engine.replacing("pulumi") as new:
            new.write_text("half of it")
            raise OSError("disk full")

    with pytest.raises(OSError, match=r"^disk full$"):
        fail()
    assert [path.name for path in engine.BIN.iterdir()] == ["pulumi"]
    assert "v3.300.1" in (engine.BIN / "pulumi").read_text()


def test_the_cli_is_as_new_as_the_sdk(engine: Any) -> None:
    project = tomllib.loads((TOOL.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert any(each.startswith("pulumi>={}.{},".format(*engine.OLDEST)) for each in project["dependencies"])
