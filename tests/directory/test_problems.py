# ruff: noqa: E501, ISC004  (the lines are problems, as a user reads them)
"""Each mistake in a file is one line: file, line, path, value, rule, and remedy."""

import pytest
from directory.files import Files, problems_of

from pulumi_identity.directory import DirectoryError, load

ROLES = "ADMIN, AUTHOR, READER, RESTRICTED_AUTHOR, RESTRICTED_READER, ADMIN_PRO, AUTHOR_PRO or READER_PRO"
LETTERS = "must contain only letters A to Z, digits, spaces, _ and -; AppStream allows no accents or apostrophes"
NAME = "name: Jo Doe"
ADDRESS = "name: Jo Doe, email: jo@example.com"


def test_all_mistakes_appear_in_one_run(files: Files) -> None:
    assert files.problems("""\
        groups:
          admins: {display_name: Administrator}
          idle: {}
        peple: {}
        people:
          c.three:
            name: C Three
            email: c@example.com
            quicksight: BOSS
            titel: x
            groups: admins
          d:
            name: Cher
            groups: [admin, admins]
            ends: 31.12.2026
          e:
            name: E E
            email: C@example.com
            timezone: ""
        """) == [
        "people.yaml:2: groups.admins.display_name: 'Administrator' must not be Administrator or AWSAdministrators"
        " (upper or lower case), because AWS reserves these names",
        "people.yaml:3: warning: groups.idle: has no members in the files",
        "people.yaml:4: peple: is not a known section; did you mean 'people'?",
        f"people.yaml:9: people.c.three.quicksight: 'BOSS' is not a role; choose {ROLES}",
        "people.yaml:10: people.c.three.titel: is not a known field; did you mean 'title'?",
        "people.yaml:11: people.c.three.groups: 'admins' must be a list; write [admins]",
        "people.yaml:13: people.d.name: 'Cher' is a single word; write {given_name: Cher, family_name: \" \"}",
        "people.yaml:14: people.d.groups[0]: 'admin' is not a group in the files; did you mean 'admins'?",
        "people.yaml:15: people.d.ends: '31.12.2026' is not a date; write YYYY-MM-DD, such as 2026-12-31",
        "people.yaml:18: people.e.email: 'C@example.com' must be unique, but people.c.three (people.yaml:8) has the"
        " same value",
        "people.yaml:19: people.e.timezone: '' must not be empty",
    ]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("title: x", "name: is required"),
        ("name: ''", "name: must not be empty"),
        ("name: [a]", "name: must be a dict"),
        ("name: {given_name: A}", "name.family_name: is required"),
        ("name: {given_name: A, family_name: B, mid_name: C}", "name.mid_name: is not a known field; did you mean"
         " 'middle_name'?"),
        (f"{NAME}, user_name: a b", "user_name: 'a b' must not contain SPACE"),
        (f"{NAME}, title: {'x' * 1025}", f"title: '{'x' * 59}… must have at most 1024 characters"),
        (f"{NAME}, title: [x]", "title: must be a string"),
        (f"{NAME}, email: ''", "email: '' must not be empty"),
        (f"{ADDRESS}, emails: [{{value: x}}]", "email: can't be combined with `emails`; remove one of them"),
        (f"{NAME}, emails: [{{value: x, primary: maybe}}]", "emails[0].primary: 'maybe' must be true or false"),
        (f"{NAME}, emails: [{{value: x, tpe: work}}]", "emails[0].tpe: is not a known field; did you mean 'type'?"),
        (f"{NAME}, emails: [{{value: x}}, {{value: y}}]", "emails: has 2 items; the maximum is 1"),
        (f"{NAME}, phone_numbers: +4930", "phone_numbers: '+4930' must be a list; write [{value: +4930}]"),
        (f"{NAME}, extensions: {{costCenter: 1}}", 'extensions.costCenter: must be an extension that holds attributes:'
         ' write {"aws:identitystore:enterprise": {"costCenter": "42"}}'),
        (f"{NAME}, adopt: yess", "adopt: 'yess' must be true or false, or 'externally-managed'"),
        (f"{NAME}, region: eu-west-1", "region: is not a known field"),
        (f"{NAME}, quicksight: AUTHOR", "quicksight: needs the person's e-mail address; set `email`"),
        (f"{ADDRESS}, quicksight: author", f"quicksight: 'author' is not a role; choose {ROLES}; did you mean 'AUTHOR'?"),
        (f"{ADDRESS}, quicksight: {{user_role: BOSS}}", f"quicksight.user_role: 'BOSS' is not a role; choose {ROLES}"),
        (f"{ADDRESS}, quicksight: {{namespace: n}}", f"quicksight: has no role; set `user_role` to {ROLES}"),
        (f"{ADDRESS}, quicksight: true", f"quicksight: has no role; set `user_role` to {ROLES}"),
        (f"{ADDRESS}, quicksight: {{user_role: READER, groups: a}}", "quicksight.groups: 'a' must be a list; write [a]"),
        (f"{ADDRESS}, quicksight: {{user_role: READER, identity_type: IAM}}",
         "quicksight.iam_arn: is required when identity_type is IAM"),
        (f"{ADDRESS}, quicksight: {{user_role: READER, name_space: x}}",
         "quicksight.name_space: is not a known field; did you mean 'namespace'?"),
        (f"{NAME}, appstream: yes", "appstream: needs the person's e-mail address; set `email`"),
        (f"{ADDRESS}, appstream: maybe", "appstream: 'maybe' must be true, false or a mapping"),
        (f"{ADDRESS}, appstream: {{stack: x}}", "appstream.stack: is not a known field; did you mean 'stacks'?"),
        ("name: Zoë Doe, email: z@example.com, appstream: true",
         f"appstream.first_name: 'Zoë' {LETTERS}; set `first_name` to Zoe"),
        ("name: Jo O'Straße, email: z@example.com, appstream: true",
         f'appstream.last_name: "O\'Straße" {LETTERS}; set `last_name` to OStrasse'),
        ("name: Jo 李, email: z@example.com, appstream: true",
         f"appstream.last_name: '李' {LETTERS}; set `last_name`"),
        (f"{NAME}, ends: 2026-02-30", "ends: '2026-02-30' is not a date; write YYYY-MM-DD, such as 2026-12-31"),
        (f"{NAME}, ends: 20260230", "ends: '20260230' is not a date; write YYYY-MM-DD, such as 2026-12-31"),
        (f"{NAME}, groups: [[x]]", "groups[0]: must be a string"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_person_is_one_line(files: Files, fields: str, problem: str) -> None:
    assert files.problems_of_person(fields) == [problem]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("display_name: ''", "display_name: '' must not be empty"),
        ("descripton: x", "descripton: is not a known field; did you mean 'description'?"),
        ("exclusive: maybe", "exclusive: 'maybe' must be true or false"),
        ("group_id: 906a1b2c-1111-70ab-cdef-0123456789ab, existing: true", "existing: can't be combined with `group_id`;"
         " remove one of them"),
        ("existing: true, description: x", "description: can't be set for an existing group, because the directory does"
         " not change it"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_group_is_one_line(files: Files, fields: str, problem: str) -> None:
    text = f"groups: {{g: {{{fields}}}}}\npeople: {{jo: {{name: Jo Doe, groups: [g]}}}}"
    assert files.problems(text) == [f"people.yaml:1: groups.g.{problem}"]


def test_a_key_that_is_not_a_valid_user_name(files: Files) -> None:
    assert files.problems("people:\n  jo doe: {name: Jo Doe}\n  Administrator: {name: A B, user_name: ab}") == [
        "people.yaml:2: people.jo doe.user_name: 'jo doe' must not contain SPACE; set `user_name`, because the key is"
        " not a valid user name"
    ]


def test_a_mistake_in_the_defaults_is_reported_once_at_the_defaults(files: Files) -> None:
    assert files.problems("""\
        defaults:
          titel: x
          timezone: ""
          groups: [admins]
          quicksight: {user_role: BOSS}
        people:
          a: {name: A A, email: a@example.com, quicksight: true}
          b: {name: B B, email: b@example.com, quicksight: {namespace: n}}
        """) == [
        "people.yaml:2: defaults.titel: is not a known field; did you mean 'title'?",
        "people.yaml:3: defaults.timezone: '' must not be empty",
        "people.yaml:4: defaults.groups[0]: 'admins' is not a group in the files",
        f"people.yaml:5: defaults.quicksight.user_role: 'BOSS' is not a role; choose {ROLES}",
    ]


# Across people and files


def test_equal_values_are_reported_at_the_second_place(files: Files) -> None:
    files.write("a.yaml", """\
        groups:
          g: {display_name: Sales}
        people:
          a: {name: A A, email: x@example.com, quicksight: {user_role: READER, user_name: qs}, groups: [g]}
        """)  # fmt: skip
    files.write("b.yaml", """\
        groups:
          h: {display_name: SALES}
        people:
          b: {name: B B, user_name: A, email: X@example.com, groups: [h]}
          c: {name: C C, email: c@example.com, quicksight: {user_role: READER, user_name: qs}}
          d: {name: D D, email: d@example.com, quicksight: {user_role: READER, user_name: qs, namespace: other}}
          e: {name: E E, email: e@example.com, appstream: {user_name: f@example.com}}
          f: {name: F F, email: f@example.com, appstream: true}
        """)  # fmt: skip
    assert problems_of("a.yaml", "b.yaml") == [
        "b.yaml:2: groups.h.display_name: 'SALES' must be unique, but groups.g (a.yaml:2) has the same value",
        "b.yaml:4: people.b.email: 'X@example.com' must be unique, but people.a (a.yaml:4) has the same value",
        "b.yaml:4: people.b.user_name: 'A' must be unique, but people.a (a.yaml:4) has the same value",
        "b.yaml:5: people.c.quicksight.user_name: 'qs' must be unique, but people.a (a.yaml:4) has the same value",
        "b.yaml:8: people.f.appstream.user_name: 'f@example.com' must be unique, but people.e (b.yaml:7) has the same"
        " value",
    ]


def test_two_people_with_one_iam_identity(files: Files) -> None:
    iam = "quicksight: {user_role: READER, identity_type: IAM, iam_arn: 'arn:aws:iam::123456789012:user/x'}"
    assert files.problems(f"""\
        people:
          a: {{name: A A, email: a@example.com, {iam}}}
          b: {{name: B B, email: b@example.com, {iam}}}
        """) == [
        "people.yaml:3: people.b.quicksight.user_name: 'x' must be unique, but people.a (people.yaml:2) has the same value"
    ]


def test_a_shared_address_is_one_problem(files: Files) -> None:
    assert files.problems("""\
        people:
          a: {name: A A, email: x@example.com, appstream: true}
          b: {name: B B, email: x@example.com, appstream: true}
        """) == [
        "people.yaml:3: people.b.email: 'x@example.com' must be unique, but people.a (people.yaml:2) has the same value"
    ]


def test_an_equal_key_names_both_places(files: Files) -> None:
    files.write("a.yaml", "people:\n  a: {name: A A}\n")
    files.write("b.yaml", "\npeople:\n  a: {name: A A}\n  b: {name: B B}\n  b: {name: B B}\n")
    assert problems_of("a.yaml", "b.yaml", {"people": {"a": {"name": "A A"}}}) == [
        "people.a: is also in a.yaml:2; remove one of them",
        "b.yaml:3: people.a: is also in a.yaml:2; remove one of them",
        "b.yaml:5: people.b: is set twice; the first is at line 4",
    ]


def test_a_group_without_members_is_a_warning(files: Files) -> None:
    company = files.load("groups: {a: {}, b: {}}\npeople: {jo: {name: J D, groups: [a], ends: 2020-01-01}}")
    assert [str(problem) for problem in company.warnings] == [
        "people.yaml:1: warning: groups.a: has no members in the files",
        "people.yaml:1: warning: groups.b: has no members in the files",
    ]


def test_an_ended_persons_groups_must_exist(files: Files) -> None:
    assert files.problems_of_person("name: J D, groups: [a], ends: 2020-01-01") == [
        "groups[0]: 'a' is not a group in the files"
    ]


def test_moved_keys(files: Files) -> None:
    text = "people: {b: {name: A B}, x: {name: X X}}\nmoved:\n  a: b\n  e: b\n  c: d\n  x: b\n  f: []\n"
    assert files.problems(text) == [
        "people.yaml:4: moved.e: 'b' has two old keys, 'a' and 'e'; remove one",
        "people.yaml:5: moved.c: 'd' is not a person or group",
        "people.yaml:6: moved.x: the old key is still a person or group; remove the line, or correct the key",
        "people.yaml:7: moved.f: must be the new key",
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("groups: {a: {}}\npeople:\n", ["people.yaml:2: people: has no people; add them, or remove the line"]),
        ("groups: {a: {}}\npeople: {}\n", ["people.yaml:2: people: has no people; add them, or remove the line"]),
        ("defaults: {title: x}\npeople:\n", ["people.yaml: the file has no people and no groups"]),
        ("defaults: {title: x}\ngroups: {a: {}}\n", ["people.yaml:1: defaults: has no effect, because the file has no"
         " people; move it to the file of the people"]),
    ],
)  # fmt: skip
def test_people_that_are_missing_are_an_error(files: Files, text: str, problems: list[str]) -> None:
    assert [line for line in files.problems(text) if "warning" not in line] == problems


def test_files_without_people_have_a_warning(files: Files) -> None:
    assert [str(problem) for problem in files.load("groups: {a: {}}").warnings] == [
        "warning: the files have no people; if the stack has people, `pulumi up` deletes them",
        "people.yaml:1: warning: groups.a: has no members in the files",
    ]


def test_a_key_that_pulumi_hides(files: Files) -> None:
    assert files.problems("people: {__jo: {name: Jo Doe}, _ann: {name: Ann Lee}}") == [
        "people.yaml:1: people.__jo: the key must not start with two underscores, because Pulumi hides such keys"
    ]


def test_two_groups_with_one_id(files: Files) -> None:
    id_ = "906a1b2c-1111-70ab-cdef-0123456789ab"
    text = f"groups:\n  a: {{group_id: {id_}}}\n  b: {{group_id: {id_}, exclusive: true}}\n"
    assert files.problems(f"{text}people: {{jo: {{name: Jo Doe, groups: [a, b]}}}}") == [
        f"people.yaml:3: groups.b.group_id: '{id_}' must be unique, but groups.a (people.yaml:2) has the same value"
    ]


def test_the_usual_namespace_with_and_without_its_name(files: Files) -> None:
    assert files.problems("""\
        people:
          a: {name: A A, email: a@example.com, quicksight: READER}
          b: {name: B B, email: b@example.com, quicksight: {user_role: READER, user_name: a, namespace: default}}
        """) == [
        "people.yaml:3: people.b.quicksight.user_name: 'a' must be unique, but people.a (people.yaml:2) has the same value"
    ]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ('name: "Doe,  Jo"', "name: looks like 'Family, Given'; write {given_name: Jo, family_name: Doe}"),
        ("name: Jo Doe, email: jo.doe", "email: 'jo.doe' has no `@`"),
        ("name: Jo Doe, ends: 2206-12-31", "ends: 2206-12-31 is more than 50 years away; correct the year, or remove the"
         " line"),
        ("name: Jo Doe, ends: 0226-12-31", "ends: 0226-12-31 is more than 50 years away; correct the year, or remove the"
         " line"),
    ],
)  # fmt: skip
def test_a_value_that_is_probably_a_mistake_is_a_warning(files: Files, fields: str, problem: str) -> None:
    company = files.load(f"people:\n  jo: {{{fields}}}\n")
    assert [str(warning) for warning in company.warnings] == [f"people.yaml:2: warning: people.jo.{problem}"]
    assert "jo" in company.people


def test_a_warning_about_a_default_is_at_the_default(files: Files) -> None:
    warnings = files.load("defaults: {ends: 2206-12-31}\npeople:\n  a: {name: A A}\n  b: {name: B B}\n").warnings
    assert [problem.place for problem in warnings] == ["people.yaml:1"]


def test_python_values_have_paths_and_no_lines() -> None:
    assert problems_of({"people": {"a": {"name": "A A", "title": 5, 7: "x"}}, "groups": []}) == [
        "groups: must be a mapping, with a line for each key",
        "people.a: the key 7 must be a string",
        "people.a.title: 5 must be a string",
    ]


def test_no_source_is_an_error() -> None:
    with pytest.raises(DirectoryError, match="no file"):
        load()
