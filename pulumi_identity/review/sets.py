"""Expand each set of members into single memberships, so that later passes handle both in the same way.

The engine shows a set as one resource with a dict of label → member. A review shows each person who joins or leaves.
The set itself keeps only its settings, such as `exclusive`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pulumi_identity.provider.schema import property_of
from pulumi_identity.provider.sets import STRANGERS

from .actions import Action
from .kinds import list_kinds
from .places import PLACE_WORDS
from .preview import ResourceState
from .values import count, mark, mark_properties, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pulumi_identity.provider.kinds import Kind

    from .outcomes import Outcome

MEMBERS, OTHERS, EXCLUSIVE = "members", "other_members", "exclusive"
"""The properties that every set has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The member that an outcome is about, if the outcome is a part of a set."""

    key: str
    """A text that identifies the member within the set."""
    label: str
    """The label in the program or in state."""
    name: str | None
    """The name in AWS, if a refresh found the member outside the program."""
    added: bool
    """Whether the member was added outside Pulumi."""


def expand_sets(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Expand each set into one outcome for its settings and one outcome for each member.

    Args:
        outcomes: The outcomes of this package's resources.

    Returns:
        The outcomes. Those of other kinds are unchanged.
    """
    kinds = list_kinds()
    expanded = []
    for outcome in outcomes:
        expanded.append(_keep_settings(outcome))
        if outcome.kind and outcome.kind.relation:
            relation = kinds[outcome.kind.relation.name]
            person = kinds[relation.references[relation.member_property].kind.name]
            expanded += _Expansion(outcome, relation, person).list_memberships()
    return expanded


# The settings of a set


def _keep_settings(outcome: Outcome) -> Outcome:
    """Remove the members from a set. If a dict is unknown or secret as a whole, count the members instead."""
    if outcome.kind is None or outcome.kind.relation is None:
        return outcome
    states = (outcome.recorded_state, outcome.state_before, outcome.state_after)
    counted = not all(_Side(state).is_known for state in states)
    recorded, before, after = (state and _without_members(state, counted=counted) for state in states)
    detailed = {path: kind for path, kind in outcome.step.detailed.items() if property_of(path) != MEMBERS}
    return replace(
        outcome,
        step=outcome.step.model_copy(update={"detailed": detailed}),
        recorded_state=recorded,
        state_before=before,
        state_after=after,
        before=outcome.before and _without_known(outcome.before, counted=counted),
        after=outcome.after and _without_known(outcome.after, counted=counted),
    )


def _without_members(state: ResourceState, *, counted: bool) -> ResourceState:
    kept = (_without_known(properties, counted=counted) for properties in (state.inputs, state.outputs))
    return state.model_copy(update=dict(zip(("inputs", "outputs"), kept, strict=True)))


def _without_known(properties: dict[str, Any], *, counted: bool) -> dict[str, Any]:
    members = mark(properties.get(MEMBERS))
    if not isinstance(members, dict):
        return properties
    number = {MEMBERS: count(len(members), "member", "members")} if counted else {}
    return {name: value for name, value in properties.items() if name != MEMBERS} | number


# The members of a set


class _Side:
    """A set in one state: before or after the update, or before the refresh."""

    def __init__(self, state: ResourceState | None) -> None:
        self.state = state
        inputs, outputs = (state.inputs, state.outputs) if state else ({}, {})
        declared = mark(inputs.get(MEMBERS, outputs.get(MEMBERS)))
        self.is_known = declared is None or isinstance(declared, dict)
        """Whether the labels are known. If not, the dict is unknown or secret as a whole."""
        self.members = _as_dict(declared)
        self.is_exclusive = inputs.get(EXCLUSIVE) is not False
        self.others = {} if self.is_exclusive else _as_dict(mark(outputs.get(OTHERS)))
        strangers = outputs.get(STRANGERS)
        self.strangers = {label for label in self.members if isinstance(strangers, list) and label in strangers}
        self.all = self.others | self.members

    @cached_property
    def labels(self) -> dict[str, str]:
        """Id → label, for the members with a known id."""
        return {id_: label for label, id_ in self.all.items() if isinstance(id_, str)}

    def find_sources(self, person: Kind) -> dict[str, list[str]]:
        """Find the resource of each member. Its name is the label, or it is the only resource left.

        In a component, the name can also be the component's name, a hyphen and the label.

        Args:
            person: The kind of the members.

        Returns:
            Label → URNs, for the labels with a match.
        """
        urns = [urn for urn in self.state.depends.get(MEMBERS, ()) if f"{person.token}::" in urn] if self.state else []
        labels = {urn: self._find_label(urn) for urn in urns}
        numbers = Counter(labels.values())
        sources = {label: [urn] for urn, label in labels.items() if label in self.members and numbers[label] == 1}
        left = [urn for urn, label in labels.items() if label not in sources]
        unmatched = [label for label in self.members if label not in sources]
        return sources | ({unmatched[0]: left} if len(unmatched) == 1 else {})

    def _find_label(self, urn: str) -> str:
        name = urn.rpartition("::")[2]
        component = self.state.parent.rpartition("::")[2] if self.state else ""
        return name if name in self.members else name.removeprefix(f"{component}-")


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


_JOINS = {Action.UPDATE: Action.CREATE, Action.REPLACE: Action.CREATE, Action.SUPERSEDE: Action.CREATE}
"""The action on a set → the action on a new membership, if they differ."""
_LEAVES = {Action.SUPERSEDE: Action.FORGET, Action.FORGET: Action.FORGET}
"""The action on a set → the action on a membership that it no longer manages. Other actions delete the membership."""


class _Expansion:
    """The memberships of one set."""

    def __init__(self, outcome: Outcome, relation: Kind, person: Kind) -> None:
        self._outcome = outcome
        self._relation = relation
        self._before, self._after = _Side(outcome.state_before), _Side(outcome.state_after)
        self._recorded = _Side(outcome.recorded_state)
        if outcome.action is Action.UPDATE and not self._after.is_known:
            self._after = self._before  # the set's own outcome shows that the members are unknown
        sides = (self._before, self._after, self._recorded)
        self._sources = {id(side): side.find_sources(person) for side in sides}

    def list_memberships(self) -> Iterator[Outcome]:
        """Yield an outcome for each person who is in the group before or after the update."""
        left = dict(self._before.all)
        for label in self._after.members:
            old = self._find_old(label)
            if old is None:
                yield self._build(label, self._join(), None, label)
            else:
                left.pop(old, None)
                yield self._build(label, self._stay(old, label), old, label)
        for label in left:
            yield self._leave(label)

    def _find_old(self, label: str) -> str | None:
        """Find the old label of a member by its id. If the new id is unknown, find it by the same label."""
        id_ = self._after.members[label]
        if isinstance(id_, str):
            return self._before.labels.get(id_)
        old = self._before.all.get(label)
        return None if old is None or (isinstance(old, str) and old in self._after.labels) else label

    def _join(self) -> Action:
        action, state = self._outcome.action, self._after.state
        joins = _JOINS.get(action, action)
        return Action.ADOPT if joins is Action.CREATE and state and state.inputs.get("adopt") else joins

    def _stay(self, old: str, new: str) -> Action:
        if self._outcome.action is not Action.UPDATE:
            return self._outcome.action
        # The id of a replaced user is unknown. Two secrets are equal here even if their values differ.
        path = next(path for path, _ in walk({MEMBERS: {new: None}}))
        is_same = self._before.all[old] == self._after.members[new] and path not in self._outcome.step.detailed
        return Action.SAME if is_same or isinstance(self._after.members[new], str) else Action.REPLACE

    def _leave(self, label: str) -> Outcome:
        updates = self._outcome.action is Action.UPDATE
        if label not in self._before.members:
            action = Action.DELETE if updates and self._after.is_exclusive else Action.SAME
        elif updates and label in self._before.strangers and not self._after.is_exclusive:
            action = Action.FORGET
        else:
            action = _LEAVES.get(self._outcome.action, Action.DELETE)
        key = f"{label} ({self._before.all[label]})" if label in self._after.members else label
        return self._build(key, action, label, None)

    def _build(self, key: str, action: Action, old: str | None, new: str | None) -> Outcome:
        before = None if old is None else self._describe(self._before, old)
        after = None if new is None else self._describe(self._after, new)
        stays = action in {Action.SAME, Action.FORGET}
        after = before if stays and after is None else after
        manages = new is not None or old in self._before.members or action is Action.DELETE
        return replace(
            self._outcome,
            step=self._outcome.step.model_copy(update={"detailed": {}}),
            kind=self._relation,
            action=action,
            recorded_state=self._find_recorded(old, new),
            state_before=before,
            state_after=after,
            before=mark_properties(before.inputs) if before else None,
            after=mark_properties(after.inputs) if after else None,
            managed=self._outcome.managed and manages,
            member=Member(
                key=key,
                label=new or old or "",
                name=old if old in self._before.strangers or old in self._before.others else None,
                added=old is not None and self._is_added(old),
            ),
        )

    def _describe(self, side: _Side, label: str) -> ResourceState:
        """Describe a member as the state of a single membership."""
        state, member = side.state or ResourceState(), self._relation.member_property
        names = {*self._relation.natural_key, *PLACE_WORDS} - {member}
        place = {name: value for name, value in (state.outputs | state.inputs).items() if name in names}
        depends = {name: urns for name, urns in state.depends.items() if name in names}
        return ResourceState.model_validate(
            {
                "custom": True,
                "inputs": place | {member: side.all[label]},
                "pendingReplacement": state.deleted,
                "propertyDependencies": depends | {member: self._sources[id(side)].get(label, [])},
            }
        )

    def _find_recorded(self, old: str | None, new: str | None) -> ResourceState | None:
        """Find the membership in state before the refresh."""
        ids = [side.all[label] for side, label in ((self._before, old), (self._after, new)) if label is not None]
        labels = [self._recorded.labels[id_] for id_ in ids if isinstance(id_, str) and id_ in self._recorded.labels]
        return self._describe(self._recorded, labels[0]) if labels else None

    def _is_added(self, label: str) -> bool:
        """Whether a member was added outside Pulumi, as of this refresh or an earlier one."""
        recorded, id_ = self._recorded, self._before.all[label]
        is_new = (
            recorded.state is not None and recorded.is_known and isinstance(id_, str) and id_ not in recorded.labels
        )
        return is_new or label in self._before.strangers
