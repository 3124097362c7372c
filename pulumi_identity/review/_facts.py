"""The facts: what the steps of a preview say of each resource, before anything has a name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from pulumi_identity._state import RESOLVED

from . import _engine
from ._kinds import KINDS, TYPE
from ._values import own

if TYPE_CHECKING:
    from collections.abc import Iterator


class Action(Enum):
    """What becomes of a resource: a symbol and a word."""

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
    def makes(self) -> bool:
        """Whether there is something new afterwards."""
        return self in {Action.CREATE, Action.ADOPT, Action.REPLACE, Action.SUPERSEDE}

    @property
    def begins(self) -> bool:
        """Whether there was nothing before that the preview knows of."""
        return self in {Action.CREATE, Action.ADOPT, Action.IMPORT}

    @property
    def replaces(self) -> bool:
        """Whether that is something else than before."""
        return self in {Action.REPLACE, Action.SUPERSEDE}

    @property
    def ends(self) -> bool:
        """Whether AWS loses what was there."""
        return self in {Action.REPLACE, Action.DELETE}


_ACTIONS = {
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
"""The engine's words, those that decide first. `read` and `discard`: what `get` reads, and reads no more; with
`read-replacement` it reads another one in the place of one that is managed, which is deleted."""
_OF_OTHERS = {"discard-replaced", "remove-pending-replace"}
"""Words that only repeat what another step of the resource says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One resource."""

    urn: str
    kind: str
    """The class's name for what is ours, the type token for what is another provider's."""
    name: str
    action: Action
    step: _engine.Step
    state: _engine.State | None
    """What state held before the refresh."""
    old: _engine.State | None
    """What AWS has."""
    new: _engine.State | None
    before: dict[str, Any] | None
    """The properties that AWS has."""
    after: dict[str, Any] | None
    """The properties that AWS will have, as far as they are known."""
    managed: bool
    """Whether it is more than only read, before or after."""
    refreshed: bool

    @property
    def stale(self) -> bool:
        """Whether no refresh has looked at what AWS has."""
        return not self.refreshed and self.old is not None and self.step.old is not None

    @property
    def gone(self) -> bool:
        """Whether a refresh found that AWS has lost it."""
        return self.state is not None and self.old is None and not self.state.deleted


def gather(preview: _engine.Preview, hidden: int) -> Iterator[Facts]:
    """Put the steps together, resource by resource; `hidden` is how many unchanged ones have none."""
    by_urn: dict[str, dict[str, _engine.Step]] = defaultdict(dict)
    aliases = {step.old.urn: step.urn for step in preview.steps if step.new and step.old and step.old.urn}
    for step in preview.steps:
        if step.op not in _ACTIONS.keys() | _OF_OTHERS:
            # What it does to somebody can't be told, and must not pass for nothing.
            reason = f"a step is {step.op[:80]!r}, which this version of pulumi-identity doesn't know"
            raise _engine.NotAPreviewError(reason)
        if (
            step.op in _ACTIONS
            and not step.skipped
            and step.type != _engine.STACK
            and not step.type.startswith(_engine.PROVIDERS)
        ):
            # What looks only at the old one goes by what the resource was called so far.
            looks_back = step.op == "refresh" or step.new is None
            by_urn[aliases.get(step.urn, step.urn) if looks_back else step.urn].setdefault(step.op, step)
    deleted = {step.urn for step in preview.steps if step.op == "delete"}
    replaced = {step.old.urn for step in preview.steps if step.op == "replace" and step.old}
    for steps in by_urn.values():
        refresh, decisive = steps.get("refresh"), next(steps[op] for op in _ACTIONS if op in steps)
        if decisive is not refresh:
            yield _stepped(decisive, refresh, deleted)
        else:
            yield _unstepped(refresh, preview, hidden, replaced)


def _unstepped(refresh: _engine.Step, preview: _engine.Preview, hidden: int, replaced: set[str]) -> Facts:
    """Tell what becomes of what has a refresh and no other step.

    It is unchanged and not shown, or gone from both AWS and the program, or deleted because something that it needs
    is replaced. Events say which; the object does only when it shows whatever is unchanged, and of memberships, which
    are never unchanged when their member or their group is replaced.
    """
    state, shows_all = refresh.old, not hidden
    if preview.failed or not state:  # the program has not come that far
        action, live = Action.SAME, preview.live.get(refresh.urn, state)
    elif state.needs & replaced and (shows_all or refresh.type == f"{TYPE}GroupMembership"):
        action, live = Action.DELETE, state
    else:
        action, live = Action.SAME, preview.live.get(refresh.urn, None if shows_all else state)
    managed = not (state and _only_read(refresh, state))
    after = None if action is Action.DELETE else live
    return _facts(refresh, action, state, live, after, managed=managed, refreshed=True)


def _stepped(step: _engine.Step, refresh: _engine.Step | None, deleted: set[str]) -> Facts:
    state = refresh.old if refresh else None
    old, new = None if state and state.deleted else step.old, step.new
    action = _action(step, old, deleted)
    if step.op == "import":
        old = old or new
    elif step.op == "read" and action is Action.SAME:
        old = new = old if old and new and old.id == new.id else new  # what was read of another one tells nothing
    elif step.op == "discard" or action is Action.FORGET:
        new = old
    elif action is Action.DELETE:
        new = None
    managed = step.op not in {"read", "discard"} or action is Action.FORGET
    return _facts(step, action, state, old, new, managed=managed, refreshed=refresh is not None)


def _action(step: _engine.Step, old: _engine.State | None, deleted: set[str]) -> Action:
    """Tell what becomes of it in AWS, which the engine's word alone does not."""
    action = _ACTIONS[step.op]
    if step.op == "read" and old and not _only_read(step, old):
        return Action.FORGET
    if action is Action.REPLACE and step.new and step.new.external:
        action = Action.DELETE
    elif action is Action.REPLACE and (old is None or _only_read(step, old)):
        action = Action.CREATE
    if action is Action.CREATE and _adopts(step):
        return Action.ADOPT
    if step.op == "delete" and old and old.deleted_with in deleted:
        return Action.FORGET
    retained = {Action.DELETE: Action.FORGET, Action.REPLACE: Action.SUPERSEDE} if old and old.retain else {}
    return retained.get(action, action)


def _facts(
    step: _engine.Step,
    action: Action,
    state: _engine.State | None,
    old: _engine.State | None,
    new: _engine.State | None,
    *,
    managed: bool,
    refreshed: bool,
) -> Facts:
    return Facts(
        urn=step.urn,
        kind=step.type.removeprefix(TYPE),
        name=step.name,
        action=action,
        step=step,
        state=state,
        old=old,
        new=new,
        before=own(old.outputs | old.inputs) if old else None,
        after=own(_kept(action, old) | new.outputs | new.inputs) if new else None,
        managed=managed,
        refreshed=refreshed,
    )


def _kept(action: Action, old: _engine.State | None) -> dict[str, Any]:
    """What AWS computed stays through an update, and a preview does not repeat it."""
    if old is None or action.replaces:
        return {}
    return {name: value for name, value in old.outputs.items() if name not in old.inputs}


def _only_read(step: _engine.Step, state: _engine.State) -> bool:
    """Tell whether state has it only as read. In the form of events, nothing but what we remember there tells."""
    ours = step.type.removeprefix(TYPE) in KINDS
    return state.external or (ours and bool(state.outputs) and RESOLVED not in state.outputs)


def _adopts(step: _engine.Step) -> bool:
    """Tell whether the program lets a create take over what exists already."""
    return step.type.removeprefix(TYPE) in KINDS and bool(step.new and step.new.inputs.get("adopt"))
