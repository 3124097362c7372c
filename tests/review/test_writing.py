"""What comes from a plan can't format, link, mention, hide or run anything; and a long comment loses the least."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt
from review.steps import group, membership, preview, state, step, user

from pulumi_identity.review import RENDERERS, Review, review
from pulumi_identity.review.render.markdown import LIMIT, write_block, write_code, write_plain
from pulumi_identity.review.values import show

NASTY = [
    "a|b",
    "`tick`",
    "``",
    "<script>alert(1)</script>",
    "@admins",
    "#123",
    "[x](http://example.com)",
    "two\nlines",
    "\x1b[31mred",
    "\u202eevil",
    "zero\u200bwidth",
    "</code></details><!--",
    "${{ secrets.X }}",
    " spaced ",
]


def created(value: str, name: str = "jo") -> Review:
    inputs = {"user_name": value, "display_name": value}
    return review(preview(step("create", "IdentityStoreUser", name, None, state(inputs))))


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize("as_", ["markdown", "text", "html"])
def test_nothing_invisible_is_written(value: str, as_: str) -> None:
    written = RENDERERS[as_](created(value, name=value))
    assert not re.search("[\x00-\x09\x0b-\x1f\u200b\u202a-\u202e]", written)


class Reader(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = self.outside = ""
        self.in_code = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag != "wbr":  # it depends on the characters of a name
            self.tags.append(tag)
        self.in_code |= tag == "code"
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self.in_code &= tag != "code"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.outside += "" if self.in_code else data


@pytest.mark.parametrize("value", NASTY)
def test_in_markdown_it_is_text(value: str) -> None:
    pages = []
    for given in (value, "plain"):
        pages.append(Reader())
        pages[-1].feed(
            MarkdownIt("commonmark", {"html": True}).render(RENDERERS["markdown"](created(given, name=given)))
        )
    assert pages[0].tags == pages[1].tags
    assert show(value).strip() in pages[0].text
    assert {"code", "h2", "strong", "li"} <= set(pages[0].tags)
    assert not re.search(r"[@#]\w", pages[0].outside)


@pytest.mark.parametrize(("text", "span"), [("a", "`a`"), ("`a", "`` `a ``"), ("a``b", "```a``b```"), ("", "`  `")])
def test_a_code_span_holds_any_text(text: str, span: str) -> None:
    assert write_code(text) == span


def test_titles_format_nothing_and_mention_nobody() -> None:
    assert write_plain("@ops <b>#1</b> *x*") == "@\u2060ops \\<b\\>\\#1\\</b\\> \\*x\\*".replace("\\#1", "\\#\u20601")


def test_a_block_is_closed_by_nothing_in_it() -> None:
    assert write_block("```\n@x").startswith("````text\n```\n@x\n````")


@pytest.mark.parametrize("value", NASTY)
def test_in_html_it_is_text(value: str) -> None:
    pages = []
    for given in (value, "plain"):
        pages.append(Reader())
        pages[-1].feed(RENDERERS["html"](created(given, name=given)))
    assert pages[0].tags == pages[1].tags
    assert show(value) in pages[0].text


def test_headlines_hold_only_our_own_words() -> None:
    old, new = (state({"user_name": "jo", "user_role": role}) for role in ("READER", "<b>@ops"))
    assert review(preview(step("update", "QuickSightUser", "jo", old, new))).headline == (
        "1 person gets an unknown role in QuickSight"
    )


def test_a_secret_that_changes_is_said_to() -> None:
    old = user("jo", title="[secret]")
    changed = step("update", "IdentityStoreUser", "jo", old, old, detailedDiff={"title": {"kind": "update"}})
    for as_ in ("markdown", "text", "html"):
        assert "a different secret" in RENDERERS[as_](review(preview(changed)))


# The limit of a comment


def huge(people: int) -> Review:
    long = "x" * 60
    steps = [step("delete", "IdentityStoreUser", f"{long}{n}", user(f"{long}{n}")) for n in range(people)]
    steps += [step("delete", "Group", f"{long}{n}", group(f"{long}{n}")) for n in range(people // 10)]
    roles = [state({"user_name": f"q{n}", "user_role": role}) for n in range(9) for role in ("READER", "ADMIN")]
    steps += [step("update", "QuickSightUser", f"q{n}", roles[2 * n], roles[2 * n + 1]) for n in range(9)]
    steps += [
        step("create", "IdentityStoreUser", f"new{n}", None, state({"user_name": f"n{n}"})) for n in range(people)
    ]
    return review(preview(*steps))


def test_a_comment_of_any_plan_is_within_the_limit_and_says_what_is_left_out() -> None:
    made = huge(2000)
    written = RENDERERS["markdown"](made)
    assert LIMIT * 0.97 < len(written) <= LIMIT
    assert made.headline in written
    for title, why in made.dangers_by_rule:
        assert f"**{title}.** {why}" in written
    assert all(f"`q{number}`: `READER` → `ADMIN`" in written for number in range(9))
    left = [int(count.replace(",", "")) for count in re.findall(r"^- … and ([\d,]+) more$", written, re.MULTILINE)]
    notice = re.search(r"too long: ([\d,]+) of ([\d,]+) entries", written)
    assert notice
    assert int(notice[1].replace(",", "")) == sum(left)
    entries = len(re.findall(r"^- (?!…)", written, re.MULTILINE))
    assert int(notice[2].replace(",", "")) == sum(left) + entries


def test_dangers_are_cut_last() -> None:
    written = RENDERERS["markdown"](huge(300))
    assert len(written) <= LIMIT
    assert len(re.findall(r"^- `x+\d+`, user$", written, re.MULTILINE)) == 300


def test_a_comment_that_fits_is_not_cut() -> None:
    assert "too long" not in RENDERERS["markdown"](huge(50))


def test_one_enormous_diagnostic_leaves_room_for_the_rest() -> None:
    said = {"severity": "error", "message": "line\n" * 50_000}
    written = RENDERERS["markdown"](review(preview(step("delete", "Group", "crew", group("crew")), diagnostics=[said])))
    assert "`crew`, group" in written
    assert len(written) < 10_000


def test_a_large_matrix_lists_who_changes_and_counts_the_rest() -> None:
    steps = [step("same", "IdentityStoreUser", f"u{n}", user(f"u{n}"), user(f"u{n}")) for n in range(1000)]
    page = RENDERERS["html"](review(preview(*steps, step("delete", "IdentityStoreUser", "jo", user("jo")))))
    assert "1 person (1,000 unchanged people are not listed). People and groups with changes come first." in page
    assert page.count('<th scope="row">') == 1


def test_of_many_groups_those_with_a_change_have_a_column() -> None:
    crews = [group(f"g{n:02}") for n in range(50)]
    steps = [step("same", "Group", f"g{n:02}", crew, crew) for n, crew in enumerate(crews)]
    members = [membership("id-of-jo", f"id-of-g{n:02}") for n in range(50)]
    steps += [step("same", "GroupMembership", f"m{n}", member, member) for n, member in enumerate(members[1:], 1)]
    steps += [step("create", "GroupMembership", "m0", None, members[0])]
    steps += [step("same", "IdentityStoreUser", "jo", user("jo"), user("jo"))]
    page = RENDERERS["html"](review(preview(*steps)))
    heads = re.findall(r'<th scope="col">([^<]*)</th>', page)
    assert heads == ["Person", "Directory", "QuickSight", "AppStream", "g00", "Other groups"]
    assert "g01, g02, g03" in page


@pytest.mark.parametrize("as_", ["markdown", "text", "html"])
def test_errors_come_first_and_warnings_last(as_: str) -> None:
    gone = step("delete", "Group", "crew", group("crew"))
    for severity, first in (("error", True), ("warning", False)):
        said = [{"severity": severity, "message": "mind this"}, {"severity": "info#err", "message": "printed"}]
        written = RENDERERS[as_](review(preview(gone, diagnostics=said)))
        assert (written.index("mind this") < written.index("Deleted")) is first
        assert ("printed" in written) is first


def test_warnings_have_a_heading_and_are_indented() -> None:
    said = [{"severity": "warning", "message": "mind this\nand that"}]
    written = RENDERERS["text"](review(preview(diagnostics=said)))
    assert written.endswith("\n\nWarnings\n  mind this\n  and that\n")


def test_a_name_breaks_only_after_a_separator() -> None:
    page = RENDERERS["html"](created("jo.doe@example.com", name="jo"))
    assert "jo (jo.<wbr>doe@<wbr>example.<wbr>com)" in page


def test_groups_with_a_change_come_first() -> None:
    steps = [step("same", "Group", name, group(name), group(name)) for name in ("a", "b")]
    steps += [step("same", "IdentityStoreUser", "jo", user("jo"), user("jo"))]
    stays, joins = (membership("id-of-jo", f"id-of-{name}") for name in ("a", "b"))
    steps += [step("same", "GroupMembership", "m", stays, stays), step("create", "GroupMembership", "n", None, joins)]
    page = RENDERERS["html"](review(preview(*steps)))
    assert re.findall(r'<th scope="col">([^<]*)</th>', page)[-2:] == ["b", "a"]


def test_json_tells_marks_from_values() -> None:
    made = state({"user_name": "jo", "title": "[secret]", "locale": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"})
    document = json.loads(RENDERERS["json"](review(preview(step("create", "IdentityStoreUser", "jo", None, made)))))
    (change,) = document["changes"]
    values = {entry["path"]: entry["new"] for entry in change["properties"]}
    assert values == {"locale": {"mark": "unknown"}, "title": {"mark": "secret"}, "user_name": "jo"}
    assert change["unknown"] == ["locale"]


@pytest.mark.parametrize(
    ("messages", "told"),
    [
        (["error: jo is protected\n", "error: preview failed\n"], ["error: jo is protected\n"]),
        (["error: preview failed\n"], ["error: preview failed\n"]),
    ],
)
def test_an_error_is_told_and_counted_once(messages: list[str], told: list[str]) -> None:
    """The engine has more to say after each."""
    found = review(preview(diagnostics=[{"severity": "error", "message": message} for message in messages]))
    assert [entry.message for entry in found.plan.diagnostics] == told
    assert found.headline == "The preview failed with 1 error, so this headline is incomplete: nothing changes"


def test_only_the_page_needs_the_extra() -> None:
    program = "import sys; sys.modules['jinja2'] = None; from pulumi_identity.review import RENDERERS, review\n"
    program += "print(RENDERERS['text'](review('{\"steps\": []}')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Nothing changes" in done.stdout
