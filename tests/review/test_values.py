"""Values → marks, differences, and one readable line."""

from __future__ import annotations

from typing import Any

import pytest
from review.steps import UNKNOWN

from pulumi_identity.review import Mark
from pulumi_identity.review.values import (
    LONGEST,
    clip,
    clip_pair,
    compare,
    count,
    find_unknown,
    mark,
    mark_properties,
    show,
)

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


@pytest.mark.parametrize(
    ("value", "marked"),
    [
        ("x", "x"),
        (1, 1),
        (None, None),
        (UNKNOWN, Mark.UNKNOWN),
        ("[secret]", Mark.SECRET),
        ({"a": [SECRET | {"ciphertext": "[secret]"}]}, {"a": [Mark.SECRET]}),
        # The preview was made with --show-secrets.
        (SECRET | {"plaintext": '"hush"'}, Mark.SECRET),
        ([UNKNOWN, {"a": UNKNOWN}], [Mark.UNKNOWN, {"a": Mark.UNKNOWN}]),
    ],
)
def test_marks(value: Any, marked: Any) -> None:
    assert mark(value) == marked


def test_what_pulumi_keeps_for_itself_is_left_out() -> None:
    assert mark_properties({"__provider": "x", "a": UNKNOWN}) == {"a": Mark.UNKNOWN}


@pytest.mark.parametrize(
    ("before", "after", "differences"),
    [
        ({}, {}, []),
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a", 1, 2)]),
        ({}, {"a": 1}, [("a", Mark.ABSENT, 1)]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [("a.c", 2, 3)]),
        ({"a": [{"b": 1}]}, {"a": [{"b": 1}, {"b": 2}]}, [("a[1].b", Mark.ABSENT, 2)]),
        ({"a": {"b.c": 1}}, {"a": {}}, [("a", Mark.ABSENT, {}), ('a["b.c"]', 1, Mark.ABSENT)]),
    ],
)
def test_differences_are_leaf_by_leaf(before: Any, after: Any, differences: list[Any]) -> None:
    assert [(entry.path, entry.before, entry.after) for entry in compare(before, after)] == differences


def test_paths_of_unknown_values() -> None:
    assert find_unknown({"a": Mark.UNKNOWN, "b": [1, {"c": Mark.UNKNOWN}], "d": Mark.SECRET}) == ("a", "b[1].c")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("x", "x"),
        ("", '""'),
        ("two\nlines", "two\\nlines"),
        ("\u202eevil", "\\u202eevil"),
        ("Zoë", "Zoë"),
        (True, "true"),
        ([1, Mark.SECRET], '[1, "[secret]"]'),
        (Mark.ABSENT, "not set"),
    ],
)
def test_a_value_in_one_line(value: Any, line: str) -> None:
    assert show(value) == line


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [
        ("a", "b", ("a", "b")),
        ("x" * 900 + "old", "x" * 900 + "new", ("…" + "x" * 40 + "old", "…" + "x" * 40 + "new")),
        ("x" * 900, "y", ("x" * 200 + "… (900 characters)", "y")),
    ],
)
def test_long_values_are_cut_to_where_they_differ(before: str, after: str, cut: tuple[str, str]) -> None:
    assert clip_pair(before, after) == cut


@pytest.mark.parametrize("length", [0, LONGEST, LONGEST + 1, 10_000])
def test_a_long_text_is_cut(length: int) -> None:
    cut = clip("x" * length)
    assert len(cut) <= LONGEST
    assert ("characters" in cut) is (length > LONGEST)


@pytest.mark.parametrize(("number", "text"), [(0, "0 users"), (1, "1 user"), (1000, "1,000 users")])
def test_a_number_with_its_noun(number: int, text: str) -> None:
    assert count(number, "user", "users") == text
