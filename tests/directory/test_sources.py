# ruff: noqa: E501, ISC004  (the lines are problems, as a user reads them)
"""Files in YAML, JSON and CSV, folders, and errors in the format of a file."""

import json
import os
from pathlib import Path

import pytest
from directory.files import TODAY, Files, problems_of

from pulumi_identity.directory import load
from pulumi_identity.directory.sources import DEEPEST

PEOPLE = "people:\n  jo: {name: Jo Doe}\n"
TOO_DEEP = "the values are nested too deeply, or an alias contains itself"
ENCODING = "the text is not UTF-8 — save the file as UTF-8; in Excel, choose `CSV UTF-8`"


# YAML


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "people.yaml: the file is empty"),
        (" \n", "people.yaml: the file is empty"),
        ("# nothing\n", "people.yaml: the file is empty"),
        ("people:\n", "people.yaml: the file has no people and no groups"),
        ("- jo\n- ann\n", "people.yaml: must be a mapping with the sections defaults, groups, people, moved"),
        ("people:\n- name: Jo Doe\n", "people.yaml:1: people: must be a mapping, with a line for each key"),
        ("people:\n  jo:\n", "people.yaml:2: people.jo.name: is required"),
        ("people:\n  jo: Jo Doe\n", "people.yaml:2: people.jo: must be a mapping of fields, such as `name: Jo Doe`"),
        ("people:\n\tjo:\n", "people.yaml:2: the text is not valid YAML: while scanning for the next token, found"
         " character that cannot start any token — indent with spaces, because YAML allows no tabs"),
        ("people: {\n", "people.yaml:2: the text is not valid YAML: while parsing a flow node, did not find expected"
         " node content"),
        (f"{PEOPLE}---\n{PEOPLE}", "people.yaml:3: the text is not valid YAML: expected a single document in the stream,"
         " but found another document"),
        ("people:\n  a: *b\n", "people.yaml:2: the text is not valid YAML: found undefined alias"),
        ("people:\n  a:\n    <<: x\n    name: A B\n", "people.yaml:2: people.a: `<<` takes a mapping"),
        ("people:\n  a: {name: !name A B}\n", "people.yaml:2: people.a.name: the tag '!name' is not known; remove it"),
        ("people:\n  a: {name: A B, title: !!int x}\n", "people.yaml:2: people.a.title: 'x' does not match its tag !!int"),
        ("people:\n  ? [a]\n  : {name: A B}\n", "people.yaml:2: people: a key must be a string"),
        ('people:\n  "": {name: A B, user_name: x}\n', "people.yaml:2: people.: the key '' must be a string on one line"),
        ('people:\n  "a\\nb": {name: A B}\n', "people.yaml:2: people.a b: the key 'a\\nb' must be a string on one line"),
        (b"people:\n  a: {name: A\x00}\n", "people.yaml:2: the text is not valid YAML: control characters are not allowed"),
        ("people:\n  a: {name: Zoë B}\n".encode("latin-1"), f"people.yaml:2: {ENCODING}"),
        (PEOPLE.encode("utf-16"), f"people.yaml:1: {ENCODING}"),
        ("people:\n  a: &a\n    name: A B\n    title: *a\n", f"people.yaml: {TOO_DEEP}"),
        ("people:\n  a: &a\n    <<: *a\n", f"people.yaml: {TOO_DEEP}"),
        ("[" * 100_000, f"people.yaml: {TOO_DEEP}"),
        ("- " * 100_000, f"people.yaml: {TOO_DEEP}"),
        ("people: " + "{a: " * 900 + "}" * 900, f"people.yaml: {TOO_DEEP}"),
    ],
)  # fmt: skip
def test_a_file_that_can_t_be_used(files: Files, text: str | bytes, problem: str) -> None:
    assert files.problems(text) == [problem]


def test_aliases_that_repeat_too_many_values(files: Files) -> None:
    lines = ["x0: &x0 {a: 1, b: 2}"] + [f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 9)}]" for i in range(1, 12)]
    assert files.problems("\n".join(lines)) == ["people.yaml: aliases repeat values more than 2,000,000 times"]


def test_brackets_in_strings_are_not_nested(files: Files) -> None:
    entries = "".join(f'  p{i}: {{name: P Q, title: ":-["}}\n' for i in range(DEEPEST + 10))
    assert len(files.load(f"people:\n{entries}").people) == DEEPEST + 10


def test_anchors_aliases_and_merge_keys(files: Files) -> None:
    people = files.load("""\
        people:
          a: &a
            name: A B
            groups: &g [sales]
          b:
            name: B B
            <<: *a
          c: {name: C C, groups: *g}
          d: {<<: [*a, {title: x}], name: D D}
        groups: {sales: {}}
        """).people
    assert [(person.user["display_name"], person.groups) for person in people.values()] == [
        (name, ("sales",)) for name in ("A B", "B B", "C C", "D D")
    ]
    assert people["d"].user["title"] == "x"


def test_keys_can_hold_every_visible_character(files: Files) -> None:
    keys = ["a/b", "o'brien", "jo doe", "zoë", "123", "1.5", "true", "李"]
    entries = "".join(f'  "{key}": {{name: A B, user_name: u{index}}}\n' for index, key in enumerate(keys))
    assert list(files.load(f"people:\n{entries}").people) == keys


def test_a_byte_order_mark_and_windows_line_ends(files: Files) -> None:
    text = b"\xef\xbb\xbfpeople:\r\n  a:\r\n    name: A B\r\n    foo: 1\r\n"
    assert files.problems(text) == ["people.yaml:4: people.a.foo: is not a known field"]


def test_a_key_that_is_set_twice_at_any_depth(files: Files) -> None:
    assert files.problems("""\
        people:
          a:
            name:
              given_name: A
              given_name: B
              family_name: C
            email: a@example.com
            quicksight: {user_role: READER, namespace: a, namespace: b}
          a: {name: A A}
        people: {}
        """) == [
        "people.yaml:5: people.a.name.given_name: is set twice; the first is at line 4",
        "people.yaml:8: people.a.quicksight.namespace: is set twice; the first is at line 8",
        "people.yaml:9: people.a: is set twice; the first is at line 2",
        "people.yaml:10: people: is set twice; the first is at line 1",
    ]


# JSON


def test_json_has_lines_and_all_its_escapes(files: Files) -> None:
    text = {
        "$schema": "people.schema.json",
        "people": {"a": {"name": "A \U0001f600", "title": "a/b \\ud83d\\ude00 \xe9"}},
    }
    user = files.load(json.dumps(text, indent="\t").replace("/", "\\/"), "people.json").people["a"].user
    assert (user["name"]["family_name"], user["title"]) == ("\U0001f600", "a/b \\ud83d\\ude00 \xe9")
    assert files.problems('{"people": {\n\t"a": {\n\t\t"titel": 1, "name": "A B"}}}', "x.json") == [
        "x.json:3: people.a.titel: is not a known field; did you mean 'title'?"
    ]


# CSV


def test_a_row_is_a_person(files: Files) -> None:
    files.write("groups.csv", "key,display_name,exclusive\nsales,Sales Team,no\nall,,\n")
    files.write(
        "people.csv",
        "key,name,email,title,groups,quicksight,quicksight.namespace,appstream,appstream.stacks,name.honorific_prefix\n"
        'jo,"Jo Doe",jo@example.com,,sales  all,AUTHOR,n,true,s1 s2,\n'
        "\n"
        "ann,Ann Lee,,NO,,,,no,s1,\n",
    )
    company = load("people.csv", "groups.csv", today=TODAY)
    jo, ann = company.people.values()
    assert jo.groups == ("sales", "all")
    assert jo.quicksight
    assert (jo.quicksight["user_role"], jo.quicksight["namespace"]) == ("AUTHOR", "n")
    assert jo.appstream_stacks == ("s1", "s2")
    assert ann.user == {
        "user_name": "ann", "display_name": "Ann Lee", "name": {"given_name": "Ann", "family_name": "Lee"}, "title": "NO",
    }  # fmt: skip
    assert (ann.quicksight, ann.appstream) == (None, None)
    assert company.groups["sales"].inputs == {"display_name": "Sales Team"}
    assert not company.groups["sales"].exclusive
    assert company.groups["all"].inputs == {"display_name": "all"}


def test_csv_from_excel(files: Files) -> None:
    text = '\N{ZERO WIDTH NO-BREAK SPACE}User Name;Name;E-Mail\r\njo;"Jo\r\nDoe";jo@example.com\r\nzoë;Zoë;\r\n'
    assert files.problems(text.encode(), "people.csv") == [
        "people.csv:1: the column 'E-Mail' is not a known field; did you mean 'email'?",
        "people.csv:4: people.zoë.name: 'Zoë' is a single word; write {given_name: Zoë, family_name: \" \"}",
    ]
    assert files.load("key\tname\njo\tJo Doe\n", "tabs.csv").people["jo"].user["display_name"] == "Jo Doe"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Jo Doe,jo@example.com\n", "1: the first line must name the columns, and one must be `key`, `user_name` or `email`"),
        ("key,Full name\njo,Jo Doe\n", "1: one column must be `name`"),
        ("key,name,name\njo,Jo Doe,\n", "1: two columns are called 'name'"),
        ("key,name\njo,Jo Doe,x\n", "2: people: the cell 'x' has no column"),
        ("key,name\n,Jo Doe\n", "2: people: the row needs `key`, `user_name` or `email`"),
        ('key,name\njo,"Jo Doe\n', "2: the text is not valid CSV: unexpected end of data"),
        ("key,name\njo,Jo Doe\njo,Jo Do\n", "3: people.jo: is set twice; the first is at line 2"),
        ("key,name,\njo,Jo Doe,\nann,Ann Lee,admins\n", "3: people: the cell 'admins' has no column"),
        ("key,,name\njo,admins,Jo Doe\n", "2: people: the cell 'admins' has no column"),
        ("key,name,name.honorific_prefix\njo,Jo Doe,Dr\n", "2: people.jo.name.honorific_prefix: can't be combined with"
         " `name`; empty one of the cells"),
        ("key,name,ends\njo,Jo Doe,31/12/2026\n", "2: people.jo.ends: '31/12/2026' is not a date; write YYYY-MM-DD,"
         " such as 2026-12-31"),
    ],
)  # fmt: skip
def test_a_mistake_in_csv(files: Files, text: str, problem: str) -> None:
    assert problem in [line.removeprefix("people.csv:") for line in files.problems(text, "people.csv")]


def test_a_spreadsheet_in_another_encoding(files: Files) -> None:
    assert files.problems("key,name\nzoe,Zoë Doe\n".encode("cp1252"), "people.csv") == [f"people.csv:2: {ENCODING}"]


def test_a_column_that_resembles_no_field_is_one_problem(files: Files) -> None:
    assert files.problems("key,name,1,2\njo,Jo Doe,x,y\n", "people.csv") == [
        "people.csv:1: the column '1' is not a known field",
        "people.csv:1: the column '2' is not a known field",
    ]


# Merge conflicts


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("people.yaml", "people:\n  jo: {name: Jo Doe\n<<<<<<< HEAD\n, title: x}\n", 3),
        ("people.yaml", "people:\n  jo:\n    name: Jo Doe\n>>>>>>> 1a2b3c\n", 4),
        ("people.json", '{"people":\r\n<<<<<<<\r\n{}}', 2),
        ("people.csv", "key,name\n<<<<<<< HEAD\njo,Jo Doe\n=======\n>>>>>>> main\n", 2),
    ],
)
def test_an_unresolved_conflict_is_one_problem(files: Files, name: str, text: str, line: int) -> None:
    message = "the file has an unresolved merge conflict of Git; choose the lines to keep"
    assert files.problems(text, name) == [f"{name}:{line}: {message}"]


# Files and folders


def test_a_folder_contributes_its_files(files: Files) -> None:
    files.write("all/b.yaml", "people: {b: {name: B B}}")
    files.write("all/more/a.json", '{"people": {"a": {"name": "A A"}}}')
    files.write("all/people.csv", "key,name\nc,C C\n")
    for ignored in ("all/.github/x.yaml", "all/.x.yaml", "all/people.schema.json", "all/README.md"):
        files.write(ignored, "x")
    assert set(load("all").people) == {"a", "b", "c"}
    assert set(load(Path("all"), "all/b.yaml").people) == {"a", "b", "c"}  # a file that is named twice is read once


def test_files_that_do_not_exist(files: Files) -> None:
    (files.folder / "empty").mkdir()
    files.write("people.txt", PEOPLE)
    assert problems_of("none.yaml", "empty", "people.txt") == [
        "empty: the folder has no file with the ending .yaml, .yml, .json, .csv",
        "none.yaml: the file can't be read: No such file or directory",
        "people.txt: the file must end in .yaml, .yml, .json or .csv",
    ]


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b.yaml", "people:\n" * 1000])
def test_a_text_that_is_no_file_name(name: str) -> None:
    (line,) = problems_of(name)
    assert line.endswith(": the file can't be read: No such file or directory")


def test_a_file_of_a_folder_that_can_t_be_read_is_an_error(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write("all/a.yaml", PEOPLE)
    files.write("all/closed/b.yaml", PEOPLE)
    Path("all/loop.yaml").symlink_to("loop.yaml")
    Path("all/missing.yaml").symlink_to("nowhere.yaml")
    os.mkfifo("all/pipe.yaml")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert problems_of("all", "all/pipe.yaml", "all/loop.yaml") == [
        "all/closed: the folder can't be read: Permission denied",
        "all/loop.yaml: the file can't be read: it is a link to a file that does not exist",
        "all/missing.yaml: the file can't be read: it is a link to a file that does not exist",
        "all/pipe.yaml: the file can't be read: it is a pipe or a device",
    ]


def test_a_folder_follows_its_links(files: Files) -> None:
    files.write("other/more/b.yaml", "people: {b: {name: B B}}")
    files.write("all/a.yaml", PEOPLE)
    Path("all/link").symlink_to("../other")
    Path("other/around").symlink_to("..")
    assert set(load("all").people) == {"b", "jo"}
