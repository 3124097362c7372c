"""The review: a plan, what is dangerous about it, and what it comes to in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import _engine
from ._dangers import Danger, Limits, find
from ._people import Matrix, headline, matrix
from ._plan import Plan, build

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "People and access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What every renderer is given."""

    title: str
    headline: str
    plan: Plan
    dangers: tuple[Danger, ...]
    matrix: Matrix

    @property
    def changes(self) -> bool:
        """Whether anything is done to anybody: drift that an update leaves as it is does not count."""
        return bool(self.plan.changed() or self.plan.others)

    @property
    def dangers_by_rule(self) -> dict[tuple[str, str], list[Danger]]:
        """The dangers under what they have in common: title and reason."""
        found: dict[tuple[str, str], list[Danger]] = {}
        for danger in self.dangers:
            found.setdefault((danger.title, danger.why), []).append(danger)
        return found

    @property
    def notes(self) -> tuple[str, ...]:
        """What this preview could not tell, and how to make it."""
        return tuple(_notes(self.plan))


def review(text: str, *, title: str = TITLE, limits: Limits | None = None) -> Review:
    """Review what `pulumi preview --json` printed.

    Raises:
        NotAPreviewError: It is anything else.
    """
    plan = build(_engine.read(text))
    return Review(
        title=title,
        headline=headline(plan),
        plan=plan,
        dangers=find(plan, limits or Limits()),
        matrix=matrix(plan),
    )


def _notes(plan: Plan) -> Iterator[str]:
    if not plan.refreshed:
        yield "Whether AWS still has what state says: the preview was made without --refresh."
    if plan.hidden:
        many = "resource is" if plan.hidden == 1 else "resources are"
        yield f"{plan.hidden:,} unchanged {many} not in the preview: with --show-sames they would be in the matrix."
