"""The review: a plan, what is dangerous about it, and what it comes to in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import _engine
from ._dangers import Danger, Limits, find
from ._facts import Action
from ._headline import headline
from ._people import Matrix, matrix
from ._plan import Plan, Resource, build

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
    people = matrix(plan)
    dangers = find(plan, people, limits or Limits())
    admins = {danger.urn for danger in dangers if danger.rule == "admin-group-gains"}
    return Review(title=title, headline=headline(plan, people, admins), plan=plan, dangers=dangers, matrix=people)


def _notes(plan: Plan) -> Iterator[str]:
    adopted = sum(each.adopted for each in plan.resources)
    if adopted:
        which = "Whether the one that is" if adopted == 1 else f"Which of the {adopted:,} that are"
        exist = "exists" if adopted == 1 else "exist"
        yield f"{which} {Action.ADOPT.word} {exist} in AWS already: a preview does not look."
    if down := sum(_steps_down(each) for each in plan.resources):
        users = "1 user" if down == 1 else f"{down:,} users"
        yield f"Whether QuickSight lets {users} step down to a reader: where it refuses, the update fails."
    if not plan.refreshed:
        replaced = any(each.action.replaces for each in plan.resources)
        also = ", and which memberships end because somebody is replaced" if replaced else ""
        why = "nothing was refreshed" if plan.skipped else "the preview was made without --refresh"
        yield f"Whether AWS still has what state says{also}: {why}."
    if plan.partial:
        left = [(plan.stale, "not refreshed"), (plan.skipped, "new and left out")]
        rest = " and ".join(f"{_many(count)} {how}" for count, how in left if count)
        yield f"What becomes of the rest: {rest}, as when a preview is made with --target or --exclude."
    if plan.hidden:
        yield (
            f"{_many(plan.hidden)} unchanged and not in the preview: with --show-sames they would be in the matrix,"
            " and names in AWS would be known."
        )


def _steps_down(each: Resource) -> bool:
    old, new = (str((state or {}).get("user_role", "")) for state in (each.before, each.after))
    return each.action is Action.UPDATE and bool(old) and "READER" not in old and "READER" in new


def _many(count: int) -> str:
    return f"{count:,} resource is" if count == 1 else f"{count:,} resources are"
