"""The examples in docs/directory.md load, and the command prints the output on the page."""

import re
from datetime import date
from pathlib import Path

import yaml
from directory.files import Files, problems_of

from pulumi_identity import testing
from pulumi_identity.directory import load

PAGE = (Path(__file__).parents[2] / "docs" / "directory.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^<!-- ([\w./]+) -->\n```\w*\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


def test_a_spreadsheet_becomes_a_directory(files: Files) -> None:
    for name in ("people.csv", "groups.csv"):
        files.write(name, EXAMPLES[f"first/{name}"])
    with testing.mocks() as aws:
        exec(EXAMPLES["first/program"], {})
        assert aws.members("Everyone") == ["ann.lee", "jo.doe"]
        assert aws.members("AWS-Admins") == ["jo.doe"]


def test_the_file_loads(files: Files) -> None:
    company = load(files.write("people.yaml", EXAMPLES["people.yaml"]), today=date(2027, 1, 1))
    assert company.people["jo.doe"].groups == ("admins", "everyone")
    assert company.people["ann.lee"].ended


def test_a_moved_key(files: Files) -> None:
    renamed = EXAMPLES["people.yaml"].replace("jo.doe:", "jo.miller:") + EXAMPLES["moved"]
    assert load(files.write("people.yaml", renamed)).moved == {"jo.miller": "jo.doe"}


def test_the_csv_loads(files: Files) -> None:
    groups = {"groups": {"admins": {}, "everyone": {}}}
    company = load(files.write("people.csv", EXAMPLES["people.csv"]), groups)
    assert company.people["jo.doe"].quicksight
    assert company.people["ann.lee"].groups == ("everyone",)


def test_the_mistakes_are_those_that_the_page_shows(files: Files) -> None:
    assert problems_of(files.write("mistakes.yaml", EXAMPLES["mistakes.yaml"])) == EXAMPLES["output"].splitlines()


def test_the_workflow_runs_the_check() -> None:
    steps = yaml.safe_load(EXAMPLES["workflow"])["jobs"]["people"]["steps"]
    assert steps[-1]["run"] == "pulumi-identity check --format github people.yaml"
