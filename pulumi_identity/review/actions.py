"""Actions of a review, and the action that results from an engine step."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .preview import ResourceState, Step


class Action(Enum):
    """An action on a resource, with its symbol and its word."""

    SAME = ("=", "unchanged")
    CREATE = ("+", "created")
    ADOPT = ("⊕", "created or adopted")
    UPDATE = ("~", "updated")
    REPLACE = ("±", "replaced")
    SUPERSEDE = ("±", "replaced (the old one stays in AWS)")
    DELETE = ("−", "deleted")  # noqa: RUF001  (a minus sign, as wide as the plus)
    FORGET = ("○", "no longer managed (stays in AWS)")
    IMPORT = ("↓", "imported")

    def __init__(self, symbol: str, word: str) -> None:
        self.symbol = symbol
        self.word = word

    @property
    def creates(self) -> bool:
        """Whether the action creates an entity."""
        return self in {Action.CREATE, Action.ADOPT, Action.REPLACE, Action.SUPERSEDE}

    @property
    def begins(self) -> bool:
        """Whether the preview shows no earlier state of the resource."""
        return self in {Action.CREATE, Action.ADOPT, Action.IMPORT}

    @property
    def replaces(self) -> bool:
        """Whether the resource is a different entity after the update."""
        return self in {Action.REPLACE, Action.SUPERSEDE}

    @property
    def ends(self) -> bool:
        """Whether the action deletes an entity."""
        return self in {Action.REPLACE, Action.DELETE}


OPERATIONS = {
    "read-replacement": Action.DELETE,
    "replace": Action.REPLACE,
    "create-replacement": Action.REPLACE,
    "import-replacement": Action.REPLACE,
    "import": Action.IMPORT,
    "create": Action.CREATE,
    "update": Action.UPDATE,
    "delete": Action.DELETE,
    "delete-replaced": Action.DELETE,
    "same": Action.SAME,
    "read": Action.SAME,
    "discard": Action.SAME,
    "refresh": Action.SAME,
}
"""The engine's operations. If a resource has several, the first in this table decides its action.

`read` is for a resource that `get` reads; `discard` is for a resource that `get` no longer reads. `read-replacement`
deletes a managed entity and reads another entity under the same name.
"""
REPETITIONS = {"discard-replaced", "remove-pending-replace"}
"""Operations that add nothing to another step of the same resource."""


def decide_action(
    step: Step, before: ResourceState | None, *, only_read: bool, adopts: bool, owner_deleted: bool
) -> Action:
    """Decide the effect of a step in AWS. The operation alone does not determine it.

    Args:
        step: The decisive step of a resource.
        before: The resource before the step, or None if AWS no longer has it.
        only_read: Whether the program has only read the resource so far.
        adopts: Whether the program allows a create to adopt an existing entity.
        owner_deleted: Whether the preview also deletes the resource that `deleted_with` names.

    Returns:
        The action.
    """
    action = OPERATIONS[step.op]
    if step.op == "read" and before and not only_read:
        return Action.FORGET
    if action is Action.REPLACE and step.after and step.after.external:
        action = Action.DELETE
    elif action is Action.REPLACE and (before is None or only_read):
        action = Action.CREATE
    if action is Action.CREATE and adopts:
        return Action.ADOPT
    if step.op == "delete" and owner_deleted:
        return Action.FORGET
    retained = {Action.DELETE: Action.FORGET, Action.REPLACE: Action.SUPERSEDE} if before and before.retain else {}
    return retained.get(action, action)
