"""Describe changes: an outcome and the names → one immutable change per resource, for readers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_identity.provider.kinds import EXTERNALLY_MANAGED, KINDS

from .actions import Action
from .values import Difference, Mark, compare, find_unknown, mark_properties, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pulumi_identity.provider.kinds import Kind

    from .names import End, Names
    from .outcomes import Outcome
    from .places import Places
    from .preview import ResourceState


class Pair(NamedTuple):
    """One end of a membership, before and after."""

    before: End | None
    after: End | None


@dataclass(frozen=True, slots=True)
class Drift:
    """A property that was changed outside Pulumi."""

    path: str
    recorded: Any
    """What state has."""
    before: Any
    """What AWS has."""
    after: Any
    """What the program says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One resource of the program or of the state, and what happens to it; unchanged resources have one too."""

    urn: str
    kind: Kind
    name: str
    label: str
    """What readers call it: its name, with AWS's name and the place where they add something; `jo → admins`."""
    action: Action
    before: Mapping[str, Any] | None
    """What AWS has, as far as state and refresh know; None if AWS does not have it, or if that is unknown."""
    after: Mapping[str, Any] | None
    differences: tuple[Difference, ...] = ()
    forced_by: tuple[str, ...] = ()
    drift: tuple[Drift, ...] = ()
    gone: bool = False
    """Whether a refresh found that AWS no longer has it."""
    unknown: tuple[str, ...] = ()
    """The properties whose values are unknown before the update."""
    managed: bool = True
    """Whether the program does more than read it, as `get` does."""
    protected: bool = False
    unprotected: bool = False
    """Whether its protection ends."""
    managed_by: str | None = None
    """The identity provider that manages it through SCIM."""
    overrides: bool = False
    """Whether it is written even if an identity provider manages it, which the preview does not know."""
    references: Mapping[str, Pair] = field(default_factory=dict)
    """For a membership: property → the member or group that it names."""
    person: str = ""
    """A key that all accounts of one person share."""
    twin: Change | None = None
    """Another resource that is the same entity in AWS, where this one is created or the other one deleted."""

    @property
    def changes(self) -> bool:
        """Whether the update does anything to it."""
        return self.action is not Action.SAME

    @property
    def may_exist(self) -> bool:
        """Whether it may exist already, which the preview does not know."""
        return self.action is Action.ADOPT and self.before is None

    @property
    def uses_existing(self) -> bool:
        """Whether it is, or adopts, an existing entity; memberships always do."""
        return bool(not self.action.creates or self.kind.references or (self.after or {}).get("adopt"))

    @property
    def adopts_twin(self) -> bool:
        """Whether it adopts its twin's entity, which an update then does not delete."""
        return self.twin is not None and self.twin.action.ends and self.action.creates and self.uses_existing

    @property
    def lost(self) -> bool:
        """Whether AWS has it no longer in the end: its twin is deleted, and the program only reads it."""
        return self.twin is not None and self.twin.action is Action.DELETE and not self.managed

    @property
    def member(self) -> Pair:
        """The member of a membership."""
        return self._get_pair({name for name, reference in self.kind.references.items() if reference.kind.is_person})

    @property
    def group(self) -> Pair:
        """The group of a membership."""
        return self._get_pair({name for name, reference in self.kind.references.items() if reference.kind.is_group})

    def _get_pair(self, names: set[str]) -> Pair:
        return next((pair for name, pair in self.references.items() if name in names), Pair(None, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherChange:
    """A change of another provider's resource."""

    urn: str
    type: str
    name: str
    action: Action
    differences: tuple[Difference, ...]


def describe_changes(ours: Iterable[Outcome], names: Names, places: Places, persons: Mapping[str, str]) -> list[Change]:
    """Describe what happens to each resource of this package."""
    return [_describe(outcome, outcome.kind, names, places, persons) for outcome in ours if outcome.kind]


def describe_others(outcomes: Iterable[Outcome]) -> list[OtherChange]:
    """Describe what changes of other providers' resources, sorted by URN; components are left out."""
    others = [
        OtherChange(
            urn=outcome.urn,
            type=outcome.step.type,
            name=outcome.name,
            action=outcome.action,
            differences=_list_differences(outcome, None, {}, {}),
        )
        for outcome in outcomes
        if not outcome.kind and outcome.action is not Action.SAME and _is_custom(outcome)
    ]
    return sorted(others, key=lambda other: other.urn)


def _is_custom(outcome: Outcome) -> bool:
    state = outcome.state_after or outcome.state_before
    return state is not None and state.custom


def _describe(outcome: Outcome, kind: Kind, names: Names, places: Places, persons: Mapping[str, str]) -> Change:
    before, after = outcome.state_before, outcome.state_after
    references = {
        name: Pair(*(names.resolve(KINDS[reference.kind.name], name, state) for state in (before, after)))
        for name, reference in kind.references.items()
    }
    certain = {name for name, pair in references.items() if pair.after and pair.after.certain}
    change = Change(
        urn=outcome.urn,
        kind=kind,
        name=outcome.name,
        label=names.labels[outcome.urn],
        action=outcome.action,
        before=outcome.before,
        after=outcome.after,
        differences=_list_differences(outcome, kind, references, {**kind.usual, **places.get_shared(kind)}),
        forced_by=outcome.step.forces if outcome.action.replaces else (),
        drift=tuple(_list_drift(outcome, kind)),
        gone=outcome.gone,
        unknown=tuple(path for path in find_unknown(_get_inputs(after)) if path not in certain),
        managed=outcome.managed,
        protected=before is not None and before.protect,
        unprotected=before is not None and before.protect and after is not None and not after.protect,
        managed_by=_find_issuer(outcome.before, outcome.after),
        overrides=(outcome.after or {}).get("adopt") == EXTERNALLY_MANAGED
        and (outcome.action is Action.ADOPT or outcome.stale),
        references=references,
        person=persons.get(outcome.urn, ""),
    )
    return change if not references else _label_membership(change)


def _get_inputs(state: ResourceState | None) -> dict[str, Any]:
    return mark_properties(state.inputs) if state else {}


def _label_membership(change: Change) -> Change:
    member, group = (pair.after or pair.before for pair in (change.member, change.group))
    if not member or not group:
        return replace(change, label=change.name)
    label = f"{member.label} → {group.label}"
    known = all(end.certain and end.shown for end in (member, group))
    return replace(change, label=label if known else f"{change.name} ({label})")


def _list_differences(
    outcome: Outcome, kind: Kind | None, references: Mapping[str, Pair], unremarkable: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """List the differences that a reader needs.

    Args:
        outcome: The resource.
        kind: Its kind, if it is of this package.
        references: For a membership: its ends, which its label names already.
        unremarkable: Values of new resources that headings name, or that all resources have.
    """
    if outcome.action in {Action.SAME, Action.FORGET}:
        return ()
    before, after = _get_inputs(outcome.state_before), _get_inputs(outcome.state_after)
    if outcome.action.begins:
        new = compare({}, after)
        return tuple(d for d in new if d.path not in references and unremarkable.get(d.path) != d.after)
    if outcome.action is Action.DELETE:
        name = kind.name_property if kind else None
        return (Difference(name, before.get(name), Mark.ABSENT),) if name else ()
    differences = [*compare(before, after), *_list_secret_differences(outcome, before, after)]
    named = [_name_ends(difference, references) for difference in sorted(differences, key=lambda d: d.path)]
    return tuple(d for d in named if _is_remarkable(d, outcome.action, references))


def _list_secret_differences(
    outcome: Outcome, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    """Yield the differences that the engine reports and the values do not show, since both are secret."""
    visible = [difference.path for difference in compare(before, after)]
    old, new = dict(walk(before)), dict(walk(after))
    for path in outcome.step.detailed:
        if not path.startswith("__") and not any(seen.startswith(path) or path.startswith(seen) for seen in visible):
            yield Difference(path, old.get(path, Mark.SECRET), new.get(path, Mark.SECRET))
            visible.append(path)


def _name_ends(difference: Difference, references: Mapping[str, Pair]) -> Difference:
    if difference.path not in references:
        return difference
    before, after = (end.label if end else Mark.ABSENT for end in references[difference.path])
    return Difference(difference.path, before, after)


def _is_remarkable(difference: Difference, action: Action, references: Mapping[str, Pair]) -> bool:
    if difference.path in references:
        # A membership that is replaced with its person names the same person twice.
        return bool(difference.before != difference.after)
    if difference.path == "adopt":
        # An adoption that has happened is history.
        values = (difference.before, difference.after)
        return EXTERNALLY_MANAGED in values or (action.replaces and difference.after is True)
    return True


def _list_drift(outcome: Outcome, kind: Kind) -> Iterator[Drift]:
    if outcome.recorded_state is None or outcome.state_before is None:
        return
    reached = outcome.step.op != "refresh"  # otherwise the program has not come that far
    program = dict(walk(_get_inputs(outcome.state_after))) if reached else {}
    missing = Mark.ABSENT if reached else Mark.UNKNOWN
    for difference in compare(_get_inputs(outcome.recorded_state), _get_inputs(outcome.state_before)):
        path = difference.path
        if path not in kind.write_only:
            yield Drift(path, difference.before, difference.after, program.get(path, missing))


def _find_issuer(*states: Mapping[str, Any] | None) -> str | None:
    for state in states:
        external = (state or {}).get("external_ids")
        if isinstance(external, list) and external and isinstance(external[0], dict):
            return str(external[0].get("issuer", "an identity provider"))
    return None
