"""Describe each resource as one immutable change, with readable names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_identity.provider.kinds import EXTERNALLY_MANAGED

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
    """The member or the group of a membership, before and after the update."""

    before: End | None
    after: End | None


@dataclass(frozen=True, slots=True)
class Drift:
    """A property that changed outside Pulumi."""

    path: str
    recorded: Any
    """The value in state."""
    before: Any
    """The value in AWS."""
    after: Any
    """The value in the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One resource of the program or of state and the action on it. Unchanged resources have a change too."""

    urn: str
    kind: Kind
    name: str
    label: str
    """The readable name: the name in the program, plus the AWS name and the place if they differ; `jo → admins`."""
    action: Action
    before: Mapping[str, Any] | None
    """The properties in AWS according to state and refresh. None if the entity does not exist or is unknown."""
    after: Mapping[str, Any] | None
    differences: tuple[Difference, ...] = ()
    forced_by: tuple[str, ...] = ()
    drift: tuple[Drift, ...] = ()
    gone: bool = False
    """Whether a refresh found that AWS no longer has the entity."""
    set_urn: str = ""
    """The URN of the set that the membership is a part of."""
    added: bool = False
    """Whether the membership of a set was added outside Pulumi."""
    unknown: tuple[str, ...] = ()
    """The properties whose values are unknown before the update."""
    managed: bool = True
    """Whether the program manages the resource. False if it only reads it with `get`."""
    targeted: bool = True
    """Whether the update covers the resource. If not, the engine does not send the resource to the provider."""
    protected: bool = False
    unprotected: bool = False
    """Whether the resource loses its protection."""
    managed_by: str | None = None
    """The identity provider that manages the entity through SCIM."""
    overrides: bool = False
    """Whether the update writes the entity even if an identity provider manages it. The preview can't check this."""
    references: Mapping[str, Pair] = field(default_factory=dict)
    """For a membership: property → the member or group that the property refers to."""
    person: str = ""
    """A key that all accounts of one person share."""
    renamed: bool = False
    """Whether state gets the resource under another URN: the program renames it, or moves it to another parent."""
    adopted_from: str = ""
    """The label of the deleted resource whose entity this resource adopts without an alias."""
    twin: Change | None = None
    """Another resource for the same entity in AWS, if the update creates this one or deletes the other."""

    @property
    def drifted(self) -> bool:
        """Whether the resource or the entity was changed outside Pulumi."""
        return bool(self.drift) or self.gone or self.added

    @property
    def ends(self) -> bool:
        """Whether the entity does not exist after the update."""
        return self.after is None or self.lost

    @property
    def changes(self) -> bool:
        """Whether the update changes the resource."""
        return self.action is not Action.SAME

    @property
    def may_exist(self) -> bool:
        """Whether the entity may already exist. The preview does not check."""
        return self.action is Action.ADOPT and self.before is None

    @property
    def gives_up_name(self) -> bool:
        """Whether another entity can have the name in AWS after the update, because this one gets a new name."""
        name = self.kind.name_property or ""
        before, after = ((state or {}).get(name) for state in (self.before, self.after))
        return None not in (before, after) and before != after

    @property
    def new_name(self) -> bool:
        """Whether the update changes the entity's name in AWS in place."""
        return self.action is Action.UPDATE and self.gives_up_name

    @property
    def uses_existing(self) -> bool:
        """Whether the resource is or adopts an existing entity."""
        return bool(not self.action.creates or self.kind.takes_existing or (self.after or {}).get("adopt"))

    @property
    def adopts_twin(self) -> bool:
        """Whether the resource adopts the entity of its twin. The update then does not delete that entity."""
        return self.twin is not None and self.twin.action.ends and self.action.creates and self.uses_existing

    @property
    def lost(self) -> bool:
        """Whether the update deletes the entity through its twin, and this resource does not prevent it."""
        return self.twin is not None and self.twin.action is Action.DELETE and not (self.managed and self.targeted)

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
    """A change of another provider's resource, or of a component's inputs."""

    urn: str
    type: str
    name: str
    action: Action
    differences: tuple[Difference, ...]


def describe_changes(ours: Iterable[Outcome], names: Names, places: Places, persons: Mapping[str, str]) -> list[Change]:
    """Describe the change of each resource of this package.

    Args:
        ours: The outcomes of this package's resources.
        names: The names of all resources.
        places: The places that resources share.
        persons: URN of an account → a key that all accounts of one person share.

    Returns:
        One change per resource.
    """
    return [_describe(outcome, outcome.kind, names, places, persons) for outcome in ours if outcome.kind]


def describe_others(outcomes: Iterable[Outcome]) -> list[OtherChange]:
    """Describe the changes of other resources.

    Components that are created or deleted only group resources. The inputs of a component that change can matter, such
    as the last days of a `Directory`.

    Args:
        outcomes: The outcomes of all resources.

    Returns:
        The changes, sorted by URN.
    """
    others = [
        OtherChange(
            urn=outcome.urn,
            type=outcome.step.type,
            name=outcome.name,
            action=outcome.action,
            differences=_list_differences(outcome, None, {}, {}),
        )
        for outcome in outcomes
        if not outcome.kind
        and (outcome.action is Action.UPDATE or (outcome.action is not Action.SAME and _is_custom(outcome)))
    ]
    return sorted(others, key=lambda other: other.urn)


def _is_custom(outcome: Outcome) -> bool:
    state = outcome.state_after or outcome.state_before
    return state is not None and state.custom


def _describe(outcome: Outcome, kind: Kind, names: Names, places: Places, persons: Mapping[str, str]) -> Change:
    before, after = outcome.state_before, outcome.state_after
    references = {
        name: Pair(
            *(
                names.resolve(reference, name, state, outcome.member if reference.kind.is_person else None)
                for state in (before, after)
            )
        )
        for name, reference in kind.references.items()
    }
    # The memberships of a set show its group, so the set itself does not repeat an unknown one.
    shown = {name for name, pair in references.items() if kind.relation or (pair.after and pair.after.certain)}
    change = Change(
        urn=outcome.urn,
        kind=kind,
        name=outcome.name,
        label=names.labels[outcome.urn],
        action=outcome.action,
        before=outcome.before,
        after=outcome.after,
        differences=_list_differences(outcome, kind, references, {**_list_usual(kind), **places.get_shared(kind)}),
        forced_by=outcome.step.forces if outcome.action.replaces else (),
        drift=tuple(_list_drift(outcome, kind)),
        gone=outcome.gone,
        unknown=tuple(path for path in find_unknown(_get_inputs(after)) if path not in shown),
        managed=outcome.managed,
        protected=before is not None and before.protect,
        unprotected=before is not None and before.protect and after is not None and not after.protect,
        managed_by=_find_issuer(outcome.before, outcome.after),
        overrides=(outcome.after or {}).get("adopt") == EXTERNALLY_MANAGED
        and (outcome.action is Action.ADOPT or outcome.stale),
        references=references,
        person=persons.get(outcome.urn, ""),
        renamed=_is_renamed(outcome),
        set_urn=outcome.step.urn if outcome.member else "",
        added=outcome.member is not None and outcome.member.added,
    )
    return change if not references else _label_set(change) if kind.relation else _label_membership(change)


def _list_usual(kind: Kind) -> Mapping[str, Any]:
    """List the values of new resources that a review omits. A set with usual settings is shown by its members."""
    defaults = {name: field.default for name, field in kind.schema.inputs.items()} if kind.relation else {}
    return {**defaults, **kind.usual}


def _is_renamed(outcome: Outcome) -> bool:
    before = outcome.state_before
    return before is not None and outcome.state_after is not None and before.urn not in {"", outcome.urn}


def _get_inputs(state: ResourceState | None) -> dict[str, Any]:
    return mark_properties(state.inputs) if state else {}


def _label_membership(change: Change) -> Change:
    member, group = (pair.after or pair.before for pair in (change.member, change.group))
    if not member or not group:
        return replace(change, label=change.name)
    label = f"{member.label} → {group.label}"
    known = all(end.certain and (end.shown or end.name is not None) for end in (member, group))
    return replace(change, label=label if known else f"{change.name} ({label})")


def _label_set(change: Change) -> Change:
    group = change.group.after or change.group.before
    if not group or not group.identified or group.label == change.name:
        return replace(change, label=change.name)
    is_similar = group.label.startswith(f"{change.name} (")
    return replace(change, label=group.label if is_similar else f"{change.name} → {group.label}")


def _list_differences(
    outcome: Outcome, kind: Kind | None, references: Mapping[str, Pair], unremarkable: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """List the differences that a reader needs.

    Args:
        outcome: The resource.
        kind: The kind of the resource, or None for another provider's resource.
        references: The member and the group of a membership; its label already shows them.
        unremarkable: Values of new resources that a heading shows or that all resources share.
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
    """Yield the differences between two secret values. The engine reports them; the values are equal marks."""
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
        # If a membership is replaced because its user is replaced, both ends have the same name.
        return bool(difference.before != difference.after)
    if difference.path == "adopt":
        # `adopt` has no effect after creation.
        values = (difference.before, difference.after)
        return EXTERNALLY_MANAGED in values or (action.replaces and difference.after is True)
    return True


def _list_drift(outcome: Outcome, kind: Kind) -> Iterator[Drift]:
    if outcome.recorded_state is None or outcome.state_before is None:
        return
    reached = outcome.step.op != "refresh"  # otherwise the preview ended before the program declared the resource
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
