"""Review a preview: all changes, what is dangerous about them, and the headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_identity.provider.kinds import KINDS

from .actions import Action
from .dangers import Danger, Limits, find_dangers
from .headline import write_headline
from .people import Matrix, build_matrix
from .plan import Plan, plan_changes
from .preview import read_preview
from .values import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_identity.provider.traits import UncertainUpdate

    from .changes import Change

TITLE = "People and access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What every renderer receives."""

    title: str
    headline: str
    plan: Plan
    dangers: tuple[Danger, ...]
    matrix: Matrix

    @property
    def changes(self) -> bool:
        """Whether an update changes anything: drift that it leaves as it is does not count."""
        return bool(self.plan.changed or self.plan.others)

    @property
    def dangers_by_rule(self) -> dict[tuple[str, str], list[Danger]]:
        """The dangers by title and reason."""
        grouped: dict[tuple[str, str], list[Danger]] = {}
        for danger in self.dangers:
            grouped.setdefault((danger.title, danger.why), []).append(danger)
        return grouped

    @property
    def notes(self) -> tuple[str, ...]:
        """What this preview does not show, and how to show it."""
        return tuple(_write_notes(self.plan))


def review(text: str, *, title: str = TITLE, limits: Limits | None = None) -> Review:
    """Review the output of `pulumi preview --json`.

    Args:
        text: The output, in either of its forms.
        title: The heading.
        limits: What counts as a danger.

    Returns:
        The review, for a renderer.

    Raises:
        NotAPreviewError: The text is anything else.
    """
    preview = read_preview(text)
    plan = plan_changes(preview)
    matrix = build_matrix(plan)
    dangers = find_dangers(plan, matrix, limits or Limits())
    admins = {danger.urn for danger in dangers if danger.rule == "admin-group-gains"}
    headline = write_headline(plan, matrix, admins)
    return Review(title=title, headline=headline, plan=plan, dangers=dangers, matrix=matrix)


def _write_notes(plan: Plan) -> Iterator[str]:
    adopted = sum(change.may_exist for change in plan.resources)
    if adopted:
        which = "Whether the one that is" if adopted == 1 else f"Which of the {adopted:,} that are"
        exist = "exists" if adopted == 1 else "exist"
        yield f"{which} {Action.ADOPT.word} {exist} in AWS already: a preview does not look."
    for kind in KINDS.values():
        update = kind.uncertain_update
        changed = [change for change in plan.changed if change.kind.name == kind.name]
        if update and (uncertain := sum(_may_be_refused(change, update) for change in changed)):
            yield update.note.format(users=count(uncertain, "user", "users"))
    if not plan.refreshed:
        replaced = any(change.action.replaces for change in plan.resources)
        also = ", and which memberships end because somebody is replaced" if replaced else ""
        why = "nothing was refreshed" if plan.skipped else "the preview was made without --refresh"
        yield f"Whether AWS still has what state says{also}: {why}."
    if plan.partial:
        left = [(plan.stale, "not refreshed"), (plan.skipped, "new and left out")]
        rest = " and ".join(f"{_count_resources(number)} {how}" for number, how in left if number)
        yield f"What becomes of the rest: {rest}, as when a preview is made with --target or --exclude."
    if plan.hidden:
        yield (
            f"{_count_resources(plan.hidden)} unchanged and not in the preview: with --show-sames they would be in the"
            " matrix, and names in AWS would be known."
        )


def _may_be_refused(change: Change, update: UncertainUpdate) -> bool:
    before, after = (str((state or {}).get(update.property, "")) for state in (change.before, change.after))
    return change.action is Action.UPDATE and bool(before) and update.may_refuse(before, after)


def _count_resources(number: int) -> str:
    return count(number, "resource is", "resources are")
