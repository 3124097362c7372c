"""`pulumi-identity check` and `pulumi-identity schema`, without Pulumi's engine and AWS."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import Result
from directory.files import Files
from typer.testing import CliRunner

from pulumi_identity.cli import app
from pulumi_identity.directory import load

ROOT = Path(__file__).parents[2]
VALID = "people:\n  jo: {name: Jo Doe, groups: [a]}\ngroups: {a: {}}\n"
WARNED = "people:\n  jo: {name: Jo Doe}\ngroups:\n  a: {}\n"
BROKEN = "people:\n  jo: {name: Jo Doe, titel: x}\n  50%: {}\n"


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=given)


def test_valid_files(files: Files) -> None:
    done = run("check", files.write("people.yaml", VALID))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "1 person and 1 group are valid\n")


def test_errors_exit_with_2(files: Files) -> None:
    done = run("check", files.write("people.yaml", BROKEN))
    assert (done.exit_code, done.stderr) == (2, "found 2 errors\n")
    assert done.stdout.splitlines() == [
        "people.yaml:2: people.jo.titel: is not a known field; did you mean 'title'?",
        "people.yaml:3: people.50%.name: is required",
    ]


def test_files_are_checked_together(files: Files) -> None:
    people, groups = (
        files.write("p.yaml", "people: {jo: {name: J D, groups: [a]}}"),
        files.write("g.yaml", "groups: {a: }"),
    )
    assert run("check", people, groups).exit_code == 0
    assert run("check", people).exit_code == 2


def test_warnings_exit_with_0_and_if_strict_with_2(files: Files) -> None:
    file = files.write("people.yaml", WARNED)
    lenient, strict = run("check", file), run("check", "--strict", file)
    assert (lenient.exit_code, strict.exit_code) == (0, 2)
    assert lenient.stdout == strict.stdout == "people.yaml:4: warning: groups.a: has no members in the files\n"
    assert lenient.stderr == "1 person and 1 group are valid, with 1 warning\n"


def test_standard_input() -> None:
    assert run("check", "-", given=VALID).exit_code == 0
    assert run("check", "-", given=BROKEN).stdout.startswith("<stdin>:2: people.jo.titel: is not a known field")


def test_annotations_of_github(files: Files) -> None:
    errors = run("check", "--format", "github", files.write("a,b.yaml", BROKEN))
    assert errors.stdout.splitlines() == [
        "::error file=a%2Cb.yaml,line=2::people.jo.titel: is not a known field; did you mean 'title'?",
        "::error file=a%2Cb.yaml,line=3::people.50%25.name: is required",
    ]
    warning = run("check", "--format", "github", files.write("people.yaml", WARNED)).stdout
    assert warning == "::warning file=people.yaml,line=4::groups.a: has no members in the files\n"
    assert run("check", "--format", "github", "none.yaml").stdout.startswith("::error file=none.yaml::the file can't")


def test_json(files: Files) -> None:
    done = run("check", "--format", "json", files.write("people.yaml", BROKEN))
    result = json.loads(done.stdout)
    assert (done.exit_code, done.stderr, result["valid"], result["people"]) == (2, "", False, None)
    assert result["problems"][1] == {
        "file": "people.yaml", "line": 3, "path": "people.50%.name", "message": "is required", "severity": "error",
    }  # fmt: skip
    valid = json.loads(run("check", "--format", "json", files.write("people.yaml", VALID)).stdout)
    assert valid == {"valid": True, "people": 1, "groups": 1, "problems": []}


def test_a_problem_is_one_line_without_control_characters(files: Files) -> None:
    file = files.write("people.yaml", 'people:\n  jo: {name: Jo Doe, "a\\e[31m\\nb": "x"}\n')
    for format_ in ("text", "github"):
        (line,) = run("check", "--format", format_, file).stdout.splitlines()
        assert line.isprintable()


# The JSON Schema


def test_schema_prints_the_file_in_the_package() -> None:
    file = ROOT / "pulumi_identity" / "directory" / "schema.json"
    assert run("schema").stdout == file.read_text(encoding="utf-8")


def test_the_schema_is_in_the_wheel(tmp_path: Path) -> None:
    build = "import hatchling.build as b, sys; print(b.build_wheel(sys.argv[1]))"
    command = [sys.executable, "-c", build, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        assert "pulumi_identity/directory/schema.json" in wheel.namelist()


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft7Validator:
    schema = json.loads((ROOT / "pulumi_identity" / "directory" / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def test_every_field_of_the_schema_has_a_description(schema: jsonschema.Draft7Validator) -> None:
    models = schema.schema["$defs"]
    for name in ("Person", "Defaults", "Group", "QuickSight", "AppStream"):
        assert all(field["description"] for field in models[name]["properties"].values())
    assert models["Person"]["required"] == ["name"]


VALID_FOR_EDITORS = """\
$schema: people.schema.json
defaults: {timezone: Europe/Berlin, quicksight: {namespace: n}}
groups: {a: {exclusive: false}, b: {existing: true}, c: }
moved: {x: jo}
people:
  jo:
    name: Jo Doe
    email: jo@example.com
    title: 42
    groups: [a, b, c]
    ends: "2026-12-31"
    quicksight: AUTHOR
    appstream: true
  ann:
    name: {given_name: Ann, family_name: Lee}
    email: ann@example.com
    quicksight: {user_role: READER, groups: [x]}
    appstream: {enabled: false, stacks: [s]}
"""


def test_the_schema_accepts_what_the_loader_accepts(files: Files, schema: jsonschema.Draft7Validator) -> None:
    assert len(files.load(VALID_FOR_EDITORS).people) == 2
    assert list(schema.iter_errors(yaml.safe_load(VALID_FOR_EDITORS))) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("AUTHOR", "BOSS"),
        ("AUTHOR", "true"),
        ("title:", "titel:"),
        ("groups: [a, b, c]", "groups: a"),
        ("name: Jo Doe", "nick_name: Jo"),
        ("exclusive: false", "exclusive: maybe"),
        ("stacks:", "stack:"),
        ("moved:", "move:"),
        ("2026-12-31", "31.12.2026"),
        ("existing: true", "exists: true"),
    ],
)
def test_the_schema_and_the_loader_refuse_the_same(
    files: Files, schema: jsonschema.Draft7Validator, right: str, wrong: str
) -> None:
    text = VALID_FOR_EDITORS.replace(right, wrong)
    assert text != VALID_FOR_EDITORS
    assert files.problems(text)
    assert list(schema.iter_errors(yaml.safe_load(text)))


def test_the_schema_and_the_loader_refuse_a_file_that_would_delete_everyone(
    files: Files, schema: jsonschema.Draft7Validator
) -> None:
    text = "groups: {a: }\npeople:\n"
    assert files.problems(text)
    (error,) = schema.iter_errors(yaml.safe_load(text))
    assert error.message == "None is not of type 'object'"


def test_importing_the_package_does_not_import_the_directory() -> None:
    code = "import sys, pulumi_identity; sys.exit('pulumi_identity.directory' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_loading_needs_no_configured_pulumi() -> None:
    code = "from pulumi_identity.directory import load; print(len(load({'people': {'a': {'name': 'A A'}}}).people))"
    done = subprocess.run([sys.executable, "-c", code], env={"PATH": ""}, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
    assert load({"people": {"a": {"name": "A A"}}}).people
