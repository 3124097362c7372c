"""Write a review as plain text for a terminal or a log, without colour or control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_identity.review.places import PLACE_WORDS
from pulumi_identity.review.values import Mark, count, escape_controls

from .wording import ANOTHER_SECRET, show_difference, show_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pulumi_identity.review.changes import Change
    from pulumi_identity.review.review import Review

    from .wording import Shown


def render(review: Review) -> str:
    """Write the text. Only single long values are shortened.

    Args:
        review: The review.

    Returns:
        The text.
    """
    return "\n".join(_write_lines(review)) + "\n"


def _write_lines(review: Review) -> Iterator[str]:
    plan = review.plan
    yield escape_controls(review.title)
    yield review.headline
    yield f"  stack: {escape_controls(plan.stack)}"
    yield from _write_places(plan.where)
    yield from _write_diagnostics(review) if plan.failed else ()
    for (title, why), dangers in review.dangers_by_rule.items():
        yield f"\n! {title}. {why}"
        yield from (f"  ! {danger.write_sentence(escape_controls)}" for danger in dangers)
    for kind, changed in plan.group_changed():
        yield f"\n{kind.title}"
        yield from _write_places(plan.places[kind.name])
        for change in changed:
            yield from _write_change(change)
    yield from _write_drift(review)
    yield from _write_unknown(review)
    if plan.others:
        yield "\nOther resources"
        for other in plan.others:
            yield f"  {other.action.symbol} {escape_controls(other.name)} ({escape_controls(other.type)})"
    yield from () if plan.failed else _write_diagnostics(review)


def _write_places(places: Mapping[str, str]) -> Iterator[str]:
    return (f"  {PLACE_WORDS[name]}: {escape_controls(value)}" for name, value in places.items())


def _write_diagnostics(review: Review) -> Iterator[str]:
    if review.plan.diagnostics:
        errors = count(review.plan.errors, "error", "errors")
        yield f"\nThe preview failed: {errors}" if review.plan.failed else "\nWarnings"
    for diagnostic in review.plan.diagnostics:
        yield from (f"  {escape_controls(line)}" for line in diagnostic.message.strip().splitlines())


def _write_change(change: Change) -> Iterator[str]:
    forced = f", forced by {_join(change.forced_by)}" if change.forced_by else ""
    yield f"  {change.action.symbol} {escape_controls(change.label)} is {change.action.word}{forced}"
    for difference in change.differences:
        values = " → ".join(map(_write_value, show_difference(difference, change.action))) or ANOTHER_SECRET
        yield f"      {escape_controls(difference.path)}: {values}"


def _write_value(value: Shown) -> str:
    return value.value if isinstance(value, Mark) else value


def _write_drift(review: Review) -> Iterator[str]:
    drifted = [change for change in review.plan.resources if change.drifted]
    if drifted:
        yield "\nChanged outside Pulumi"
    for change in drifted:
        label = escape_controls(change.label)
        if change.gone:
            yield f"  {label}: no longer exists in AWS"
        if change.added:
            yield f"  {label}: added in AWS; the update {'removes' if change.ends else 'keeps'} it"
        for drift in change.drift:
            values = (drift.recorded, drift.before, drift.after)
            state, aws, program = (_write_value(show_value(value)) for value in values)
            yield f"  {label}: {escape_controls(drift.path)}: state {state}, AWS {aws}, program {program}"


def _write_unknown(review: Review) -> Iterator[str]:
    unknown = [change for change in review.plan.changed if change.unknown]
    if unknown or review.notes:
        yield "\nUnknown in this preview"
        yield from (f"  {escape_controls(change.label)}: {_join(change.unknown)}" for change in unknown)
        yield from (f"  {note}" for note in review.notes)


def _join(paths: Iterable[str]) -> str:
    return ", ".join(map(escape_controls, paths))
