"""Combine the steps of a preview into one outcome per resource."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_identity._state import RESOLVED
from pulumi_identity.provider.registry import KINDS

from .actions import OPERATIONS, REPETITIONS, Action, decide_action
from .preview import NotAPreviewError
from .values import mark_properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pulumi_identity.provider.kinds import Kind

    from .preview import Preview, ResourceState, Step
    from .sets import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The combined effect of the steps of one resource."""

    step: Step
    """The decisive step."""
    kind: Kind | None
    """None for a resource of another provider."""
    action: Action
    recorded_state: ResourceState | None
    """The resource in state before the refresh."""
    state_before: ResourceState | None
    """The resource in AWS before the update."""
    state_after: ResourceState | None
    before: dict[str, Any] | None
    """The properties in AWS before the update."""
    after: dict[str, Any] | None
    """The known properties in AWS after the update."""
    managed: bool
    """Whether the program manages the resource before or after the update. False if it only reads it."""
    refreshed: bool
    member: Member | None = None
    """The member, if this is one membership of a set."""

    @property
    def urn(self) -> str:
        """The URN. For a membership of a set, the member follows the set's URN."""
        return f"{self.step.urn}[{self.member.key}]" if self.member else self.step.urn

    @property
    def name(self) -> str:
        """The name in the program. For a membership of a set, the set's name."""
        return self.step.name

    @property
    def stale(self) -> bool:
        """Whether no refresh compared the resource with AWS."""
        return not self.refreshed and self.state_before is not None and self.step.before is not None

    @property
    def gone(self) -> bool:
        """Whether a refresh found that AWS no longer has the entity."""
        return self.recorded_state is not None and self.state_before is None and not self.recorded_state.deleted


def combine_steps(preview: Preview) -> list[Outcome]:
    """Combine the steps of each resource.

    Args:
        preview: The preview.

    Returns:
        An outcome per resource, in the order of the steps.

    Raises:
        NotAPreviewError: A step has an unknown operation.
    """
    deleted = {step.urn for step in preview.steps if step.op == "delete"}
    replaced = {step.before.urn for step in preview.steps if step.op == "replace" and step.before}
    outcomes = []
    for steps in _group_steps(preview.steps):
        refresh, decisive = steps.get("refresh"), next(steps[op] for op in OPERATIONS if op in steps)
        if decisive is refresh:
            outcomes.append(_settle_refresh(refresh, preview, replaced))
        else:
            outcomes.append(_settle_step(decisive, refresh, deleted))
    return outcomes


def select_ours(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Select the outcomes of this package's resources.

    Args:
        outcomes: The outcomes of all resources.

    Returns:
        The outcomes in the order of kinds.
    """
    order = list(KINDS)
    ours = ((outcome.kind.name, outcome) for outcome in outcomes if outcome.kind)
    return [outcome for _, outcome in sorted(ours, key=lambda pair: order.index(pair[0]))]


def _group_steps(steps: tuple[Step, ...]) -> Iterable[dict[str, Step]]:
    """Group steps by resource, then by operation."""
    by_urn: dict[str, dict[str, Step]] = defaultdict(dict)
    aliases = {step.before.urn: step.urn for step in steps if step.after and step.before and step.before.urn}
    for step in steps:
        if step.op not in OPERATIONS.keys() | REPETITIONS:
            # The effect of an unknown operation is unknown; a review must not show it as no effect.
            reason = f"this version of pulumi-identity does not support the operation {step.op[:80]!r}"
            raise NotAPreviewError(reason)
        if step.op in OPERATIONS and not step.skipped and not step.internal:
            # A step without a new state has the old URN of the resource.
            looks_back = step.op == "refresh" or step.after is None
            by_urn[aliases.get(step.urn, step.urn) if looks_back else step.urn].setdefault(step.op, step)
    return by_urn.values()


def _settle_refresh(refresh: Step, preview: Preview, replaced: set[str]) -> Outcome:
    """Decide the action on a resource that has a refresh and no other step.

    There are three cases. The resource is unchanged and hidden, or both AWS and the program no longer have it, or it
    is deleted because the preview replaces a resource that it depends on. Events distinguish the cases. The object
    does so if it shows all unchanged resources. A membership is always deleted if its member or group is replaced. A
    set is always deleted if its group is replaced.
    """
    recorded, shows_all, kind = refresh.before, not preview.hidden, _find_kind(refresh)
    if preview.failed or not recorded:  # the preview ended before the program declared the resource
        action, live = Action.SAME, preview.live.get(refresh.urn, recorded)
    elif _find_forcing(recorded, kind) & replaced and (shows_all or (kind and kind.references)):
        action, live = Action.DELETE, recorded
    else:
        action, live = Action.SAME, preview.live.get(refresh.urn, None if shows_all else recorded)
    return _build(
        refresh,
        action,
        recorded=recorded,
        before=live,
        after=None if action is Action.DELETE else live,
        managed=not (recorded and _is_only_read(kind, recorded)),
        refreshed=True,
    )


def _find_forcing(state: ResourceState, kind: Kind | None) -> set[str]:
    """Find the URNs of the resources whose replacement also replaces this one."""
    names = state.depends.keys() & kind.schema.replaces if kind and kind.relation else state.depends.keys()
    return set().union(*(state.depends[name] for name in names))


def _settle_step(step: Step, refresh: Step | None, deleted: set[str]) -> Outcome:
    recorded, kind = (refresh.before if refresh else None), _find_kind(step)
    before, after = None if recorded and recorded.deleted else step.before, step.after
    action = decide_action(
        step,
        before,
        only_read=before is not None and _is_only_read(kind, before),
        adopts=bool(kind and after and after.inputs.get("adopt")),
        owner_deleted=before is not None and before.deleted_with in deleted,
    )
    if step.op == "import":
        before = before or after
    elif step.op == "read" and action is Action.SAME:
        # Properties that were read from another entity do not describe this one.
        before = after = before if before and after and before.id == after.id else after
    elif step.op == "discard" or action is Action.FORGET:
        after = before
    elif action is Action.DELETE:
        after = None
    return _build(
        step,
        action,
        recorded=recorded,
        before=before,
        after=after,
        managed=step.op not in {"read", "discard"} or action is Action.FORGET,
        refreshed=refresh is not None,
    )


def _build(
    step: Step,
    action: Action,
    *,
    recorded: ResourceState | None,
    before: ResourceState | None,
    after: ResourceState | None,
    managed: bool,
    refreshed: bool,
) -> Outcome:
    kept = dict(_keep_computed(before)) if before and not action.replaces else {}
    return Outcome(
        step=step,
        kind=_find_kind(step),
        action=action,
        recorded_state=recorded,
        state_before=before,
        state_after=after,
        before=mark_properties(before.outputs | before.inputs) if before else None,
        after=mark_properties(kept | after.outputs | after.inputs) if after else None,
        managed=managed,
        refreshed=refreshed,
    )


def _keep_computed(before: ResourceState) -> Iterator[tuple[str, Any]]:
    """Yield the properties that AWS computed. An update keeps them, and a preview does not repeat them."""
    return ((name, value) for name, value in before.outputs.items() if name not in before.inputs)


def _find_kind(step: Step) -> Kind | None:
    return next((kind for kind in KINDS.values() if kind.token == step.type), None)


def _is_only_read(kind: Kind | None, state: ResourceState) -> bool:
    """Whether state has the resource as read only. In events, only this package's own state key shows this."""
    return state.external or (kind is not None and bool(state.outputs) and RESOLVED not in state.outputs)
