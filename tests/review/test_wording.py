"""Differences → the values that a reader sees, in each form."""

from __future__ import annotations

from typing import Any

import pytest
from review.build import change, plan

from pulumi_identity.review import RENDERERS, Action, Difference, Mark, Review
from pulumi_identity.review.people import build_matrix
from pulumi_identity.review.render.wording import show_difference

A = Action
LONG = "x" * 900


@pytest.mark.parametrize(
    ("before", "after", "action", "shown"),
    [
        (Mark.ABSENT, "a", A.CREATE, ("a",)),
        (Mark.ABSENT, "a", A.ADOPT, ("a",)),
        (Mark.ABSENT, "a", A.IMPORT, ("a",)),
        ("a", Mark.ABSENT, A.DELETE, ("a",)),
        ("a", "b", A.UPDATE, ("a", "b")),
        ("a", "b", A.REPLACE, ("a", "b")),
        (Mark.ABSENT, "b", A.UPDATE, (Mark.ABSENT, "b")),
        ("a", Mark.ABSENT, A.UPDATE, ("a", Mark.ABSENT)),
        (Mark.SECRET, Mark.SECRET, A.UPDATE, ()),
        (Mark.SECRET, Mark.SECRET, A.CREATE, (Mark.SECRET,)),
        (Mark.SECRET, "b", A.UPDATE, (Mark.SECRET, "b")),
        (1, [True], A.UPDATE, ("1", "[true]")),
        (LONG + "a", LONG + "b", A.UPDATE, ("…" + "x" * 40 + "a", "…" + "x" * 40 + "b")),
    ],
)
def test_values_of_a_difference(before: Any, after: Any, action: Action, shown: tuple[Any, ...]) -> None:
    assert show_difference(Difference("p", before, after), action) == shown


def render(form: str, before: Any, after: Any) -> str:
    differences = (Difference("title", before, after),)
    made = plan(change("Group", "crew", A.UPDATE, differences=differences), places={"Group": {}})
    return RENDERERS[form](Review(title="T", headline="H", plan=made, dangers=(), matrix=build_matrix(made)))


@pytest.mark.parametrize(
    ("form", "before", "after", "line"),
    [
        ("text", "a", "b", "      title: a → b\n"),
        ("text", Mark.SECRET, Mark.SECRET, "      title: a different secret\n"),
        ("markdown", "a", "b", "  - `title`: `a` → `b`\n"),
        ("markdown", Mark.ABSENT, "b", "  - `title`: not set → `b`\n"),
        ("markdown", Mark.SECRET, Mark.SECRET, "  - `title`: a different secret\n"),
        ("html", "a", "b", "<code>title</code> <del><code>a</code></del> → <ins><code>b</code></ins></li>"),
        ("html", Mark.ABSENT, "b", '<code>title</code> <span class="soft">not set</span> → <code>b</code></li>'),
        ("html", Mark.SECRET, Mark.SECRET, "<code>title</code> a different secret</li>"),
        ("html", "<b>&'", "b", "<del><code>&lt;b&gt;&amp;&#39;</code></del>"),
        ("json", Mark.ABSENT, "b", '"old": {\n            "mark": "absent"\n          },\n          "new": "b"'),
    ],
)
def test_a_difference_in_each_form(form: str, before: Any, after: Any, line: str) -> None:
    assert line in render(form, before, after)
