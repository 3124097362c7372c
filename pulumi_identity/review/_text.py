"""The review for a terminal or a log: plain text, no colour, no control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._facts import Action
from ._kinds import KINDS, WHERE
from ._values import Mark, clip, pair, shown, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ._plan import Resource
    from ._review import Review


def render(review: Review) -> str:
    """Write the text; nothing is cut but single long values."""
    return "\n".join(_lines(review)) + "\n"


def _lines(review: Review) -> Iterator[str]:
    plan = review.plan
    yield visible(review.title)
    yield review.headline
    yield f"  stack: {visible(plan.stack)}"
    yield from _where(plan.where)
    yield from _diagnostics(review) if plan.failed else ()
    for (title, why), dangers in review.dangers_by_rule.items():
        yield f"\n! {title}. {why}"
        yield from (f"  ! {danger.sentence(visible)}" for danger in dangers)
    for kind, words in KINDS.items():
        changed = plan.changed(kind)
        if changed:
            yield f"\n{words.title}"
            yield from _where(plan.places[kind])
        for each in changed:
            yield from _change(each)
    yield from _drift(review)
    unknown = [
        f"  {visible(each.label)}: {', '.join(map(visible, each.unknown))}" for each in plan.changed() if each.unknown
    ]
    if unknown or review.notes:
        yield "\nNot known"
        yield from unknown
        yield from (f"  {note}" for note in review.notes)
    if plan.others:
        yield "\nResources of other providers"
        yield from (f"  {each.action.symbol} {visible(each.name)} ({visible(each.kind)})" for each in plan.others)
    yield from () if plan.failed else _diagnostics(review)


def _where(where: Mapping[str, str]) -> Iterator[str]:
    return (f"  {WHERE[name]}: {visible(value)}" for name, value in where.items())


def _diagnostics(review: Review) -> Iterator[str]:
    for diagnostic in review.plan.diagnostics:
        yield ""
        yield from (visible(line) for line in diagnostic.message.strip().splitlines())


def _change(each: Resource) -> Iterator[str]:
    forced = f", forced by {', '.join(map(visible, each.forced_by))}" if each.forced_by else ""
    yield f"  {each.action.symbol} {visible(each.label)} is {each.action.word}{forced}"
    for found in each.differences:
        if each.action.begins or each.action is Action.DELETE:
            text = clip(shown(found.old if each.action is Action.DELETE else found.new))
        elif found.old is Mark.SECRET and found.new is Mark.SECRET:
            text = "another secret"
        else:
            text = " → ".join(pair(shown(found.old), shown(found.new)))
        yield f"      {visible(found.path)}: {text}"


def _drift(review: Review) -> Iterator[str]:
    drifted = [each for each in review.plan.resources if each.drift or each.gone]
    if drifted:
        yield "\nChanged outside Pulumi"
    for each in drifted:
        if each.gone:
            yield f"  {visible(each.label)}: gone from AWS"
        for drift in each.drift:
            state, aws, program = (clip(shown(value)) for value in (drift.state, drift.aws, drift.program))
            yield f"  {visible(each.label)}: {visible(drift.path)}: state {state}, AWS {aws}, program {program}"
