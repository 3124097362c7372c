"""The review as a comment on a pull request, in the Markdown that GitHub and GitLab have in common.

Whatever comes from the plan stands in a code span: there it can neither format, link, mention nor close
anything. What does not fit is left out from the end, section by section, and counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ._facts import Action
from ._kinds import KINDS, WHERE
from ._values import Difference, Mark, clip, pair, shown, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from ._plan import Drift, Resource
    from ._review import Review

LIMIT = 64_000
"""Characters. GitHub refuses a comment of more than 65,536: "Body is too long (maximum is 65536 characters)"."""

_DIAGNOSTIC = 4_000
_PROPERTIES = 25


@dataclass(slots=True)
class _Section:
    """A heading and what is under it; items are left out from the end where space is short."""

    head: str
    items: list[str]
    more: str = "- … and {left:,} more"
    shown: list[str] = field(default_factory=list)

    def text(self) -> str:
        left = len(self.items) - len(self.shown)
        return "\n".join([self.head, *self.shown, *([self.more.format(left=left)] if left else [])]) + "\n\n"

    def reserve(self) -> int:
        """The characters that it takes with no item at all."""
        return len(self.head) + len(self.more.format(left=len(self.items))) + 4


def render(review: Review) -> str:
    """Write the comment; at most `LIMIT` characters."""
    sections = [*_dangers(review), *_changes(review), *_drift(review), *_unknown(review), *_others(review)]
    # Errors say why the rest is not all; warnings can wait.
    sections = [*_diagnostics(review), *sections] if review.plan.failed else [*sections, *_diagnostics(review)]
    where = _where(review.plan.where)
    head = f"## {plain(review.title)}\n\n**{review.headline}**\n\n"
    head += f"Stack {code(review.plan.stack)}{' · ' if where else ''}{where}\n\n" if review.plan.stack else ""
    cut = "> This comment is cut: {left:,} of {all:,} entries are left out, each counted where it belongs.\n\n"
    total = sum(len(section.items) for section in sections)
    reserved = len(head) + len(cut.format(left=total, all=total)) + sum(map(_Section.reserve, sections))
    left = _fill(sections, LIMIT - reserved)
    notice = cut.format(left=left, all=total) if left else ""
    return head + notice + "".join(section.text() for section in sections).rstrip() + "\n"


def _where(where: Mapping[str, str]) -> str:
    return " · ".join(f"{WHERE[name]} {code(value)}" for name, value in where.items())


def _fill(sections: list[_Section], space: int) -> int:
    """Give each section its share, then what is left to those that come first; return how many items stay out."""
    share = space // max(1, len(sections))
    for first in (True, False):
        for section in sections:
            room = min(share, space) if first else space
            for item in section.items[len(section.shown) :]:
                if len(item) + 1 > room:
                    break
                section.shown.append(item)
                room -= len(item) + 1
                space -= len(item) + 1
    return sum(len(section.items) - len(section.shown) for section in sections)


def _diagnostics(review: Review) -> Iterator[_Section]:
    said = review.plan.diagnostics
    if said:
        errors = sum(each.severity == "error" for each in said)
        head = f"### ✖ The preview failed: {errors:,} errors\n" if review.plan.failed else "### Warnings\n"
        yield _Section(head.replace(" 1 errors", " 1 error"), [fenced(each.message) for each in said])


def _dangers(review: Review) -> Iterator[_Section]:
    count = len(review.dangers)
    head = f"### ⚠ {count:,} {'danger' if count == 1 else 'dangers'}\n\n"
    for (title, why), dangers in review.dangers_by_rule.items():
        yield _Section(f"{head}**{title}.** {why}\n", [f"- {danger.sentence(_brief)}" for danger in dangers])
        head = ""


def _changes(review: Review) -> Iterator[_Section]:
    for kind, words in KINDS.items():
        changed = review.plan.changed(kind)
        if changed:
            counts = [(action, sum(each.action is action for each in changed)) for action in Action]
            said = ", ".join(f"{count:,} {action.word}" for action, count in counts if count)
            place = _where(review.plan.places[kind])
            head = f"### {words.title}: {said}\n" + (f"\n{place[0].upper()}{place[1:]}\n" if place else "")
            yield _Section(head, [_change(each) for each in changed])


def _change(each: Resource) -> str:
    forced = ", forced by " + ", ".join(map(_brief, each.forced_by)) if each.forced_by else ""
    named = (
        "" if each.label.startswith(each.name) or each.kind == "GroupMembership" else f" (resource {_brief(each.name)})"
    )
    lines = [f"- **{each.action.symbol}** {_brief(each.label)} is {each.action.word}{forced}{named}"]
    lines += [f"  - {_property(difference, each)}" for difference in each.differences[:_PROPERTIES]]
    if (left := len(each.differences) - _PROPERTIES) > 0:
        lines.append(f"  - … and {left:,} more properties")
    return "\n".join(lines)


def _property(difference: Difference, each: Resource) -> str:
    path = _brief(difference.path)
    if each.action.begins:
        return f"{path}: {value(difference.new)}"
    if each.action is Action.DELETE:
        return f"{path}: {value(difference.old)}"
    if difference.old is Mark.SECRET and difference.new is Mark.SECRET:
        return f"{path}: another secret"
    old, new = both(difference.old, difference.new)
    return f"{path}: {old} → {new}"


def _drift(review: Review) -> Iterator[_Section]:
    items = []
    for each in review.plan.resources:
        who = f"- {_brief(each.label)}, {KINDS[each.kind].noun}"
        if each.gone:
            made = "the update makes it anew" if each.changes else "nothing is left to do"
            items.append(f"{who}: gone from AWS; {made}")
        items += [f"{who}: {_brief(drift.path)} is {value(drift.aws)} in AWS, {_fate(drift)}" for drift in each.drift]
    if items:
        yield _Section("### Changed outside Pulumi\n", items)


def _fate(drift: Drift) -> str:
    if drift.program is Mark.UNKNOWN:
        return f"was {value(drift.state)}"
    if drift.program == drift.aws:
        return f"was {value(drift.state)}; the program says so too"
    if drift.program == drift.state:
        return f"becomes {value(drift.state)} again"
    return f"was {value(drift.state)}, becomes {value(drift.program)}"


def _unknown(review: Review) -> Iterator[_Section]:
    unknown = [
        f"- {_brief(each.label)}, {KINDS[each.kind].noun}: {', '.join(map(_brief, each.unknown))}"
        for each in review.plan.changed()
        if each.unknown
    ]
    items = unknown + [f"- {note}" for note in review.notes]
    if items:
        yield _Section("### Not known\n", items)


def _others(review: Review) -> Iterator[_Section]:
    if review.plan.others:
        items = []
        for each in review.plan.others:
            paths = ", ".join(_brief(difference.path) for difference in each.differences[:_PROPERTIES])
            what = f": {paths}" if paths and each.action in {Action.UPDATE, Action.REPLACE} else ""
            items.append(
                f"- **{each.action.symbol}** {_brief(each.name)}, {_brief(each.kind)}, is {each.action.word}{what}"
            )
        yield _Section("### Resources of other providers\n", items)


# Escaping


def code(text: str) -> str:
    """A text as a code span, whatever it holds; pipes and line breaks do no harm since nothing is in a table."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if not text.strip() or text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _brief(text: str) -> str:
    return code(clip(visible(text)))


def value(some: Any) -> str:
    """A property's value; what stands where a value can't is no code span, and so can't be mistaken for one."""
    return plain(some.value) if isinstance(some, Mark) else code(clip(shown(some)))


def both(old: Any, new: Any) -> tuple[str, str]:
    """Two values, cut to where they differ."""
    if isinstance(old, Mark) or isinstance(new, Mark):
        return value(old), value(new)
    texts = pair(shown(old), shown(new))
    return code(texts[0]), code(texts[1])


def plain(text: str) -> str:
    """A text that formats nothing and mentions nobody."""
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+.!|~&-])", r"\\\1", visible(text))
    # A mention is made of the rendered text, which a backslash does not reach; a word joiner parts it unseen.
    return re.sub(r"([@#])(?=\w)", "\\1\u2060", escaped)


def fenced(text: str) -> str:
    """A text of several lines as a block of code."""
    lines = "\n".join(map(visible, text.strip().splitlines()))
    if len(lines) > _DIAGNOSTIC:
        lines = f"{lines[: _DIAGNOSTIC // 2]}\n… ({len(lines):,} characters)\n{lines[-_DIAGNOSTIC // 2 :]}"
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", lines)), default=0))
    return f"{fence}text\n{lines}\n{fence}"
