"""Write a review as a comment on a pull request, in the Markdown that GitHub and GitLab share.

Every text of the plan is a code span, so it can't format, link, mention or close anything. If the comment is too long,
each section omits and counts its last items.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi_identity.review.actions import Action
from pulumi_identity.review.places import PLACE_WORDS
from pulumi_identity.review.values import Mark, clip, count, escape_controls

from .wording import ANOTHER_SECRET, show_difference, show_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pulumi_identity.review.changes import Change, Drift, OtherChange
    from pulumi_identity.review.review import Review
    from pulumi_identity.review.values import Difference

    from .wording import Shown

LIMIT = 64_000
"""Characters. GitHub rejects a comment over 65,536: "Body is too long (maximum is 65536 characters)"."""

_DIAGNOSTIC = 4_000
_PROPERTIES = 25


@dataclass(slots=True)
class _Section:
    """A heading and its items. If space is short, the last items are omitted."""

    head: str
    items: list[str]
    more: str = "- … and {left:,} more"
    shown: list[str] = field(default_factory=list)

    def write(self) -> str:
        left = len(self.items) - len(self.shown)
        return "\n".join([self.head, *self.shown, *([self.more.format(left=left)] if left else [])]) + "\n\n"

    def reserve(self) -> int:
        """Return the length of the section without items."""
        return len(self.head) + len(self.more.format(left=len(self.items))) + 4


def render(review: Review) -> str:
    """Write the comment.

    Args:
        review: The review.

    Returns:
        The Markdown text, at most `LIMIT` characters.
    """
    sections = [
        *_list_dangers(review),
        *_list_changes(review),
        *_list_drift(review),
        *_list_unknown(review),
        *_list_others(review),
    ]
    # Errors explain why the review is incomplete, so they come first. Warnings come last.
    diagnostics = [*_list_diagnostics(review)]
    sections = [*diagnostics, *sections] if review.plan.failed else [*sections, *diagnostics]
    where = _write_places(review.plan.where)
    head = f"## {write_plain(review.title)}\n\n**{review.headline}**\n\n"
    head += f"Stack {write_code(review.plan.stack)}{' · ' if where else ''}{where}\n\n" if review.plan.stack else ""
    cut = "> This comment is too long: {left:,} of {all:,} entries are omitted. Each section counts its own.\n\n"
    total = sum(len(section.items) for section in sections)
    reserved = len(head) + len(cut.format(left=total, all=total)) + sum(map(_Section.reserve, sections))
    left = _fill(sections, LIMIT - reserved)
    notice = cut.format(left=left, all=total) if left else ""
    return head + notice + "".join(section.write() for section in sections).rstrip() + "\n"


def _fill(sections: list[_Section], space: int) -> int:
    """Give each section an equal share of space, then give the rest to the first sections.

    Returns:
        The number of omitted items.
    """
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


def _write_places(places: Mapping[str, str]) -> str:
    return " · ".join(f"{PLACE_WORDS[name]} {write_code(value)}" for name, value in places.items())


def _list_diagnostics(review: Review) -> Iterator[_Section]:
    diagnostics = review.plan.diagnostics
    if diagnostics:
        errors = count(review.plan.errors, "error", "errors")
        head = f"### ✖ The preview failed: {errors}\n" if review.plan.failed else "### Warnings\n"
        yield _Section(head, [write_block(entry.message) for entry in diagnostics])


def _list_dangers(review: Review) -> Iterator[_Section]:
    head = f"### ⚠ {count(len(review.dangers), 'danger', 'dangers')}\n\n"
    for (title, why), dangers in review.dangers_by_rule.items():
        yield _Section(f"{head}**{title}.** {why}\n", [f"- {danger.write_sentence(_write_name)}" for danger in dangers])
        head = ""


def _list_changes(review: Review) -> Iterator[_Section]:
    for kind, changed in review.plan.group_changed():
        actions = Counter(change.action for change in changed)
        counts = ", ".join(f"{actions[action]:,} {action.word}" for action in Action if actions[action])
        place = _write_places(review.plan.places[kind.name])
        head = f"### {kind.title}: {counts}\n" + (f"\n{place[0].upper()}{place[1:]}\n" if place else "")
        yield _Section(head, [_write_change(change) for change in changed])


def _write_change(change: Change) -> str:
    forced = f", forced by {_join(change.forced_by)}" if change.forced_by else ""
    named = change.kind.references or change.label.startswith(change.name)
    resource = "" if named else f" (resource {_write_name(change.name)})"
    lines = [f"- {_write_action(change)} {_write_name(change.label)} is {change.action.word}{forced}{resource}"]
    lines += [f"  - {_write_difference(difference, change.action)}" for difference in change.differences[:_PROPERTIES]]
    if (left := len(change.differences) - _PROPERTIES) > 0:
        lines.append(f"  - … and {left:,} more properties")
    return "\n".join(lines)


def _write_action(change: Change | OtherChange) -> str:
    return f"**{change.action.symbol}**"


def _write_difference(difference: Difference, action: Action) -> str:
    values = " → ".join(map(write_value, show_difference(difference, action))) or ANOTHER_SECRET
    return f"{_write_name(difference.path)}: {values}"


def _list_drift(review: Review) -> Iterator[_Section]:
    items = []
    for change in review.plan.resources:
        who = f"- {_write_name(change.label)}, {change.kind.noun}"
        if change.gone:
            then = "the update creates it again" if change.changes else "no action is needed"
            items.append(f"{who}: no longer exists in AWS; {then}")
        if change.added:
            items.append(f"{who}: added in AWS; the update {'removes' if change.ends else 'keeps'} it")
        for drift in change.drift:
            live = write_value(show_value(drift.before))
            items.append(f"{who}: {_write_name(drift.path)} is {live} in AWS{_write_end_of_drift(drift)}")
    if items:
        yield _Section("### Changed outside Pulumi\n", items)


def _write_end_of_drift(drift: Drift) -> str:
    recorded, after = (write_value(show_value(value)) for value in (drift.recorded, drift.after))
    if drift.after is Mark.UNKNOWN:
        return f", {recorded} in state"
    if drift.after == drift.before:
        return f" and in the program, {recorded} in state"
    if drift.after is Mark.ABSENT:
        return f", {recorded} in state; the update clears it"
    if drift.after == drift.recorded:
        return f"; the update sets it back to {recorded}"
    return f", {recorded} in state; the update sets it to {after}"


def _list_unknown(review: Review) -> Iterator[_Section]:
    unknown = [
        f"- {_write_name(change.label)}, {change.kind.noun}: {_join(change.unknown)}"
        for change in review.plan.changed
        if change.unknown
    ]
    items = unknown + [f"- {note}" for note in review.notes]
    if items:
        yield _Section("### Unknown in this preview\n", items)


def _list_others(review: Review) -> Iterator[_Section]:
    if review.plan.others:
        yield _Section("### Other resources\n", [_write_other(other) for other in review.plan.others])


def _write_other(other: OtherChange) -> str:
    paths = _join(difference.path for difference in other.differences[:_PROPERTIES])
    changed = f": {paths}" if paths and other.action in {Action.UPDATE, Action.REPLACE} else ""
    resource = f"{_write_name(other.name)}, {_write_name(other.type)},"
    return f"- {_write_action(other)} {resource} is {other.action.word}{changed}"


# Escaping


def write_code(text: str) -> str:
    """Write any text as a code span. Pipes and line breaks are harmless, because the comment has no tables.

    Args:
        text: The text.

    Returns:
        The code span.
    """
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if not text.strip() or text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _write_name(text: str) -> str:
    return write_code(clip(escape_controls(text)))


def _join(paths: Iterable[str]) -> str:
    return ", ".join(map(_write_name, paths))


def write_value(value: Shown) -> str:
    """Write a property's value. A mark is not a code span, so a value can't look like a mark.

    Args:
        value: The value, or a mark.

    Returns:
        The Markdown text.
    """
    return write_plain(value.value) if isinstance(value, Mark) else write_code(value)


def write_plain(text: str) -> str:
    """Write a text that formats and mentions nothing.

    Args:
        text: The text.

    Returns:
        The escaped text.
    """
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+.!|~&-])", r"\\\1", escape_controls(text))
    # GitHub finds mentions in the rendered text, where a backslash has no effect. A word joiner prevents them.
    return re.sub(r"([@#])(?=\w)", "\\1\u2060", escaped)


def write_block(text: str) -> str:
    """Write a text of several lines as a code block.

    Args:
        text: The text.

    Returns:
        The code block, with the middle of a long text omitted.
    """
    lines = "\n".join(map(escape_controls, text.strip().splitlines()))
    if len(lines) > _DIAGNOSTIC:
        lines = f"{lines[: _DIAGNOSTIC // 2]}\n… ({len(lines):,} characters)\n{lines[-_DIAGNOSTIC // 2 :]}"
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", lines)), default=0))
    return f"{fence}text\n{lines}\n{fence}"
