"""Review a preview: collect its changes, its dangers and a headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .actions import Action
from .dangers import Danger, find_dangers
from .findings import Thresholds
from .headline import write_headline
from .people import Matrix, build_matrix
from .plan import Plan, plan_changes
from .preview import read_preview
from .values import count

if TYPE_CHECKING:
    from collections.abc import Iterator


TITLE = "People and access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The input of every renderer."""

    title: str
    headline: str
    plan: Plan
    dangers: tuple[Danger, ...]
    matrix: Matrix

    @property
    def changes(self) -> bool:
        """Whether an update changes any resource. Remaining drift and new names in state do not count."""
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
        """The limits of this preview, and the options that remove them."""
        return tuple(_write_notes(self.plan))


def review(text: str, *, title: str = TITLE, limits: Thresholds | None = None) -> Review:
    """Review the output of `pulumi preview --json`.

    Args:
        text: The output, in either of its forms.
        title: The heading.
        limits: The limits that decide which changes are dangers.

    Returns:
        The review, for a renderer.

    Raises:
        NotAPreviewError: The text is not a preview.
    """
    preview = read_preview(text)
    plan = plan_changes(preview)
    matrix = build_matrix(plan)
    dangers = find_dangers(plan, matrix, limits or Thresholds())
    admins = {danger.urn for danger in dangers if danger.rule == "admin-group-gains"}
    headline = write_headline(plan, matrix, admins)
    return Review(title=title, headline=headline, plan=plan, dangers=dangers, matrix=matrix)


def _write_notes(plan: Plan) -> Iterator[str]:
    adopted = sum(change.may_exist for change in plan.resources)
    if adopted:
        which = "whether it exists" if adopted == 1 else "which of them exist"
        yield f"{_count_resources(adopted)} {Action.ADOPT.word}: the preview does not check {which} in AWS."
    if not plan.refreshed:
        replaced = any(change.action.replaces for change in plan.resources)
        also = ", and memberships that end with a replaced user may be missing" if replaced else ""
        why = "The preview refreshed nothing" if plan.skipped else "The preview ran without --refresh"
        yield f"{why}: state may differ from AWS{also}."
    if plan.partial:
        left = [(plan.stale, "not refreshed"), (plan.skipped, "new and left out")]
        rest = " and ".join(f"{_count_resources(number)} {how}" for number, how in left if number)
        yield f"The preview covers only part of the stack, as with --target or --exclude: {rest}."
    if plan.hidden:
        yield (
            f"{_count_resources(plan.hidden)} unchanged and not shown: run the preview with --show-sames to see their"
            " names and access."
        )


def _count_resources(number: int) -> str:
    return count(number, "resource is", "resources are")
