"""The actions of a review, and which action an engine's step comes to."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .preview import ResourceState, Step


class Action(Enum):
    """What happens to a resource: a symbol and a word."""

    SAME = ("=", "unchanged")
    CREATE = ("+", "created")
    ADOPT = ("⊕", "created or taken over")
    UPDATE = ("~", "changed")
    REPLACE = ("±", "replaced")
    SUPERSEDE = ("±", "made anew, with the old one left in AWS")
    DELETE = ("−", "deleted")  # noqa: RUF001  (a minus sign, as wide as the plus)
    FORGET = ("○", "no longer managed, but left in AWS")
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
        """Whether the preview knows of nothing before."""
        return self in {Action.CREATE, Action.ADOPT, Action.IMPORT}

    @property
    def replaces(self) -> bool:
        """Whether the resource is another entity afterwards."""
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
"""The engine's operations; of several on one resource, the first one here decides.

`read` and `discard` are for what `get` reads, and no longer reads. `read-replacement` reads another entity in place
of a managed one, which is deleted.
"""
REPETITIONS = {"discard-replaced", "remove-pending-replace"}
"""Operations that only repeat what another step of the resource says."""


def decide_action(
    step: Step, before: ResourceState | None, *, only_read: bool, adopts: bool, owner_deleted: bool
) -> Action:
    """Decide what a step does in AWS, which its operation alone does not say.

    Args:
        step: The decisive step of a resource.
        before: The resource before the step, None if AWS has it no longer.
        only_read: Whether the program has only read the resource so far.
        adopts: Whether the program allows a create to adopt an existing entity.
        owner_deleted: Whether the resource that it is deleted with is deleted too.

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
