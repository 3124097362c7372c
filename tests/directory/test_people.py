"""A file's people and groups become the inputs of their resources."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from directory.files import TODAY, Files

from pulumi_identity.directory import Group, Person, load
from pulumi_identity.provider.registry import KINDS

ISSUE = """\
    defaults:
      timezone: Europe/Berlin
    groups:
      admins:
        display_name: AWS-Admins
        description: May change everything
      everyone:
        display_name: Everyone
        exclusive: false
    people:
      jo.doe:
        name: Jo Doe
        email: jo.doe@example.com
        title: Engineer
        groups: [admins, everyone]
        quicksight: AUTHOR
        appstream: true
      ann.lee:
        user_name: ann.lee@example.com
        name: {given_name: Ann, family_name: Lee}
        email: ann.lee@example.com
        groups: [everyone]
        ends: 2026-12-31
    """

NAME = "name: Jo Doe, email: jo@example.com"


def test_a_file(files: Files) -> None:
    company = files.load(ISSUE)
    assert company.groups == {
        "admins": Group("admins", {"display_name": "AWS-Admins", "description": "May change everything"}),
        "everyone": Group("everyone", {"display_name": "Everyone"}, exclusive=False),
    }
    assert company.people == {
        "jo.doe": Person(
            "jo.doe",
            user={
                "user_name": "jo.doe",
                "display_name": "Jo Doe",
                "name": {"given_name": "Jo", "family_name": "Doe"},
                "emails": [{"value": "jo.doe@example.com", "primary": True}],
                "title": "Engineer",
                "timezone": "Europe/Berlin",
            },
            groups=("admins", "everyone"),
            quicksight={"user_name": "jo.doe", "email": "jo.doe@example.com", "user_role": "AUTHOR"},
            appstream={"user_name": "jo.doe@example.com", "first_name": "Jo", "last_name": "Doe"},
        ),
        "ann.lee": Person(
            "ann.lee",
            user={
                "user_name": "ann.lee@example.com",
                "display_name": "Ann Lee",
                "name": {"given_name": "Ann", "family_name": "Lee"},
                "emails": [{"value": "ann.lee@example.com", "primary": True}],
                "timezone": "Europe/Berlin",
            },
            groups=("everyone",),
            ends=date(2026, 12, 31),
        ),
    }
    assert company.warnings == ()


@pytest.mark.parametrize(
    ("name", "parts", "display_name"),
    [
        ("Jo van der Doe", {"given_name": "Jo van der", "family_name": "Doe"}, "Jo van der Doe"),
        ("'  Jo   Doe '", {"given_name": "Jo", "family_name": "Doe"}, "Jo Doe"),
        ('{given_name: Cher, family_name: " "}', {"given_name": "Cher", "family_name": " "}, "Cher"),
        ("{given_name: Jo, family_name: Do, formatted: Dr Do}", None, "Dr Do"),
    ],
)
def test_names(files: Files, name: str, parts: dict[str, str] | None, display_name: str) -> None:
    user = files.person(f"name: {name}").user
    assert parts is None or user["name"] == parts
    assert user["display_name"] == display_name


def test_every_input_of_a_user_is_a_field(files: Files) -> None:
    fields = {
        "user_name": "x", "display_name": "X", "nick_name": "X", "profile_url": "u", "user_type": "Employee",
        "title": "t", "preferred_language": "de", "locale": "de", "timezone": "t", "website": "w",
        "birthdate": "2000-01-01", "adopt": True,
        "name": {"given_name": "A", "family_name": "B"},
        "emails": [{"value": "a@example.com", "primary": True}],
        "addresses": [{"country": "NO"}], "phone_numbers": [{"value": "+4930"}], "photos": [{"value": "p"}],
        "roles": [{"value": "r"}], "extensions": {"aws:identitystore:enterprise": {"costCenter": "42"}},
    }  # fmt: skip
    missing = KINDS["IdentityStoreUser"].schema.inputs.keys() - fields.keys()
    assert missing == {"identity_store_id", "region", "role_arn", "profile", "assume_role"}
    assert load({"people": {"jo": fields}}).people["jo"].user == fields


def test_scalars_are_strings_unless_the_field_is_a_boolean(files: Files) -> None:
    user = files.person(
        "name: Null Null, title: NO, nick_name: +4930123, timezone: 12:30, locale: 1e3, user_type: 0x1F, website: ~,"
        "addresses: [{country: NO, postal_code: 01234, primary: no}],"
        "extensions: {'aws:identitystore:enterprise': {costCenter: 0042, level: !!int 7}}"
    ).user
    assert user == {
        "user_name": "jo", "display_name": "Null Null", "name": {"given_name": "Null", "family_name": "Null"},
        "title": "NO", "nick_name": "+4930123", "timezone": "12:30", "locale": "1e3", "user_type": "0x1F",
        "addresses": [{"country": "NO", "postal_code": "01234", "primary": False}],
        "extensions": {"aws:identitystore:enterprise": {"costCenter": "0042", "level": 7}},
    }  # fmt: skip


def test_defaults_complete_people_of_the_same_file(files: Files) -> None:
    files.write(
        "a.yaml",
        """\
        defaults: {timezone: Europe/Berlin, title: x, quicksight: {namespace: n}, appstream: {stacks: [s]}}
        people:
          a: {name: A A, email: a@example.com, title: ~}
          b: {name: B B, email: b@example.com, title: y, quicksight: READER, appstream: true}
        """,
    )
    files.write("b.yaml", "people: {c: {name: C C, email: c@example.com, quicksight: READER}}")
    people = load("a.yaml", "b.yaml").people
    assert people["a"].user["timezone"] == people["b"].user["timezone"] == "Europe/Berlin"
    assert "timezone" not in people["c"].user
    assert "title" not in people["a"].user
    assert people["b"].user["title"] == "y"
    assert (people["a"].quicksight, people["a"].appstream) == (None, None)  # a mapping gives no account
    assert people["b"].quicksight == {
        "user_name": "b", "email": "b@example.com", "user_role": "READER", "namespace": "n",
    }  # fmt: skip
    assert people["b"].appstream_stacks == ("s",)
    assert people["c"].quicksight
    assert "namespace" not in people["c"].quicksight  # `identity:namespace` still applies


def test_a_role_in_defaults_gives_accounts(files: Files) -> None:
    people = files.load("""\
        defaults: {quicksight: READER}
        people:
          a: {name: A A, email: a@example.com}
          b: {name: B B, email: b@example.com, quicksight: AUTHOR}
          c: {name: C C, quicksight: false}
          d: {name: D D, quicksight: }
        """).people
    roles = {key: person.quicksight and person.quicksight["user_role"] for key, person in people.items()}
    assert roles == {"a": "READER", "b": "AUTHOR", "c": None, "d": None}


def test_quicksight_and_appstream_take_their_other_inputs(files: Files) -> None:
    person = files.person(
        f"{NAME}, quicksight: {{user_role: READER, namespace: n, custom_permissions_name: p, groups: [sales, all],"
        " identity_type: IAM, iam_arn: 'arn:aws:iam::123456789012:role/r', session_name: jo, email: q@example.com},"
        "appstream: {enabled: no, message_action: SUPPRESS, stacks: [s1, s2], user_name: A@example.com, first_name: J}"
    )
    assert person.quicksight == {
        "user_role": "READER", "namespace": "n", "custom_permissions_name": "p", "identity_type": "IAM",
        "iam_arn": "arn:aws:iam::123456789012:role/r", "session_name": "jo", "email": "q@example.com",
    }  # fmt: skip
    assert person.quicksight_groups == ("sales", "all")
    assert person.appstream == {
        "enabled": False, "message_action": "SUPPRESS", "user_name": "A@example.com", "first_name": "J",
        "last_name": "Doe",
    }  # fmt: skip
    assert person.appstream_stacks == ("s1", "s2")


@pytest.mark.parametrize("ends", ["2026-05-31", "2026-06-01"])
def test_ends_is_the_last_day_with_access(files: Files, ends: str) -> None:
    accounts = "groups: [g], quicksight: {user_role: READER, groups: [q]}, appstream: {stacks: [s]}"
    person = files.person(f"{NAME}, ends: {ends}, {accounts}", "groups: {g: {}}")
    assert person.ended is (ends < TODAY.isoformat())
    assert person.user["emails"]
    if person.ended:
        assert (person.groups, person.quicksight, person.quicksight_groups, person.appstream_stacks) == (
            (),
            None,
            (),
            (),
        )
        assert person.appstream == {
            "user_name": "jo@example.com", "first_name": "Jo", "last_name": "Doe", "enabled": False,
        }  # fmt: skip
    else:
        assert (person.groups, person.quicksight_groups, person.appstream_stacks) == (("g",), ("q",), ("s",))
        assert person.appstream
        assert "enabled" not in person.appstream


def test_without_today_ends_is_compared_with_the_present_day(files: Files) -> None:
    files.write("people.yaml", "people: {a: {name: A A, ends: 2000-01-01}, b: {name: B B, ends: 2999-01-01}}")
    assert {key: person.ended for key, person in load("people.yaml").people.items()} == {"a": True, "b": False}


@pytest.mark.parametrize(
    ("today", "ended"),
    [
        (datetime(2026, 1, 1, 23, 59), False),  # noqa: DTZ001  (a careless program passes it)
        (datetime(2026, 1, 2, tzinfo=UTC), True),
        (datetime(2026, 1, 2, 1, tzinfo=timezone(timedelta(hours=2))), False),
    ],
)
def test_today_with_a_time_is_the_date_in_utc(today: datetime, ended: bool) -> None:
    people = {"jo": {"name": "Jo Doe", "ends": "2026-01-01"}}
    assert load({"people": people}, today=today).people["jo"].ended is ended


def test_existing_groups(files: Files) -> None:
    id_ = "906a1b2c-1111-70ab-cdef-0123456789ab"
    groups = files.load(f"""\
        groups:
          a: {{group_id: {id_}}}
          b: {{existing: true}}
          c: {{existing: true, display_name: CC, exclusive: true, adopt: true}}
          d: {{group_id: 906a1b2c-2222-70ab-cdef-0123456789ab, exclusive: true, adopt: true}}
        """).groups
    assert groups == {
        "a": Group("a", {}, group_id=id_, exclusive=False),
        "b": Group("b", {"display_name": "b"}, existing=True, exclusive=False),
        "c": Group("c", {"adopt": True, "display_name": "CC"}, existing=True, exclusive=True),
        "d": Group("d", {"adopt": True}, group_id="906a1b2c-2222-70ab-cdef-0123456789ab", exclusive=True),
    }


def test_a_new_groups_display_name_is_its_key(files: Files) -> None:
    assert files.load("groups: {sales: {}}").groups == {"sales": Group("sales", {"display_name": "sales"})}


def test_moved_keys(files: Files) -> None:
    text = "moved: {j: jo, old: new}\npeople: {jo: {name: Jo Doe}}\ngroups: {new: {}}"
    assert files.load(text).moved == {"jo": "j", "new": "old"}


def test_python_values() -> None:
    people = {"jo": {"name": "Jo Doe", "ends": date(2026, 1, 1), "groups": ("g",)}}
    company = load({"people": people}, {"groups": {"g": {"exclusive": False}}}, today=date(2026, 1, 1))
    assert company.people["jo"].ends == date(2026, 1, 1)
    assert company.people["jo"].groups == ("g",)
    assert not company.groups["g"].exclusive
