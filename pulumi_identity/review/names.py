"""Name resources: give each one a readable label, and resolve ids and references to resources."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_identity.provider.registry import KINDS

from .identities import find_addresses, find_ids, referenced_properties
from .kinds import list_kinds
from .values import Mark, mark, mark_properties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pulumi_identity.provider.kinds import Kind, Reference

    from .outcomes import Outcome
    from .places import Identity, Places
    from .preview import ResourceState
    from .sets import Member


@dataclass(frozen=True, slots=True)
class End:
    """The member or the group of a membership."""

    label: str
    key: str
    """The URN. If the preview does not show the resource, the id, or the name and where it is unique."""
    certain: bool
    """Whether the preview determines the resource."""
    name: str | None = None
    """The name in AWS, or None if the preview does not have it."""

    @property
    def identified(self) -> bool:
        """Whether the URN or the id is known."""
        return not self.key.startswith("?")

    @property
    def shown(self) -> bool:
        """Whether the preview shows more than an id."""
        return self.key.startswith("urn:")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of all resources."""

    labels: Mapping[str, str]
    """URN → the readable name."""
    outcomes: Mapping[str, Outcome]
    """URN → the resource."""
    urns: Mapping[tuple[str, str], str]
    """Name of the kind and id → URN."""
    identified: frozenset[str]
    """The URNs of the resources with a known id."""
    places: Places
    """The places that resources share."""
    named: Mapping[Identity, str]
    """Name in AWS and the scope in which it is unique → URN."""

    def resolve(
        self, reference: Reference, property_: str, state: ResourceState | None, member: Member | None = None
    ) -> End | None:
        """Find the member or group that a property of a membership refers to.

        Args:
            reference: The kind of the member or group, and its property with the same value.
            property_: The membership's property.
            state: The membership, before or after the update.
            member: The member, if the property refers to a member of a set.

        Returns:
            The member or group, or None if the property is not set.
        """
        if state is None or property_ not in state.inputs | state.outputs:
            return None
        kind, properties = KINDS[reference.kind.name], state.outputs | state.inputs
        value = mark(properties[property_])
        if isinstance(value, str) and reference.property == kind.name_property:
            return self._find_named(kind, value, properties)
        if isinstance(value, str) and (urn := self.urns.get((kind.name, value.rpartition("/")[2]))):
            return self._name(urn, certain=True)
        sources = {urn for urn in state.depends.get(property_, ()) if f"{kind.token}::" in urn}
        urn = sources.pop() if len(sources) == 1 else ""
        if urn and (value is Mark.UNKNOWN or urn not in self.identified):
            # The id of a new user is always unknown. The id of an existing user is usually known.
            created = urn in self.outcomes and self.outcomes[urn].action.creates
            return self._name(urn, certain=value is not Mark.UNKNOWN or created)
        return _describe_unshown(kind, value, member)

    def _find_named(self, kind: Kind, name: str, properties: Mapping[str, Any]) -> End:
        """Find a member or group that AWS identifies by its name."""
        identity = self.places.identify(kind, mark_properties(properties) | {kind.natural_key[-1]: name})
        if identity and identity in self.named:
            return self._name(self.named[identity], certain=True)
        return End(name, "/".join(map(str, identity or (name,))), certain=True, name=name)

    def _name(self, urn: str, *, certain: bool) -> End:
        if urn in self.outcomes:
            return End(self.labels[urn], urn, certain, _find_aws_name(self.outcomes[urn]))
        # The preview omits this unchanged resource, so only its name in the program is known.
        name = urn.rpartition("::")[2]
        return End(name, urn, certain, name)


def _describe_unshown(kind: Kind, value: Any, member: Member | None) -> End:
    """Describe a member or group that the preview does not show. A member of a set has its label."""
    known = isinstance(value, str)
    text = value if known else f"a secret {kind.noun}" if value is Mark.SECRET else f"an unknown {kind.noun}"
    label = f"{member.label} ({text})" if member else text
    name = member.name if member and known else None
    return End(name or label, value if known else f"? {kind.noun}", certain=known, name=name)


def name_resources(ours: Sequence[Outcome], places: Places, persons: Mapping[str, str]) -> Names:
    """Name all resources.

    Args:
        ours: The outcomes, in the order of kinds.
        places: The places that resources share.
        persons: URN of an account → a key that all accounts of one person share.

    Returns:
        The names.
    """
    urns: dict[tuple[str, str], str] = {}
    referenced = {kind.name: sorted(referenced_properties(kind)) for kind in list_kinds().values()}
    # If two resources are the same entity in AWS, the managed one names the id.
    for outcome in sorted(ours, key=lambda outcome: not outcome.managed):
        kind = outcome.kind.name if outcome.kind else ""
        for property_ in referenced[kind]:
            for id_ in find_ids(outcome, property_):
                urns.setdefault((kind, id_), outcome.urn)
    named: dict[Identity, str] = {}
    for outcome in sorted(ours, key=lambda outcome: not outcome.managed):
        for state in (outcome.before, outcome.after) if outcome.kind else ():
            if outcome.kind and (identity := places.identify(outcome.kind, state)):
                named.setdefault(identity, outcome.urn)
    return Names(
        labels=_label(ours, places, persons),
        outcomes={outcome.urn: outcome for outcome in ours},
        urns=urns,
        identified=frozenset(urns.values()),
        places=places,
        named=named,
    )


def _label(ours: Sequence[Outcome], places: Places, persons: Mapping[str, str]) -> dict[str, str]:
    """Label each resource with its name, plus details that distinguish it from others of the same name."""
    by_urn = {outcome.urn: outcome for outcome in ours}
    more = {outcome.urn: [*_find_other_name(outcome), *places.list_differing(outcome)] for outcome in ours}
    labels = {urn: _join(outcome.name, more[urn]) for urn, outcome in by_urn.items()}
    # Two people can have the same name, for example in two services. Their addresses distinguish them.
    bearers: dict[str, set[str]] = defaultdict(set)
    for urn, person in persons.items():
        bearers[labels[urn]].add(person)
    for urn in persons:
        if len(bearers[labels[urn]]) > 1:
            more[urn] += [address for address in find_addresses(by_urn[urn]) if address not in labels[urn]][:1]
    # Components of two types can contain resources of the same kind and name.
    labels = {urn: _join(outcome.name, more[urn]) for urn, outcome in by_urn.items()}
    counts = Counter((outcome.step.type, labels[urn]) for urn, outcome in by_urn.items())
    for urn, outcome in by_urn.items():
        if counts[outcome.step.type, labels[urn]] > 1 and outcome.step.components:
            more[urn].append(f"in {outcome.step.components}")
    return {urn: _join(outcome.name, more[urn]) for urn, outcome in by_urn.items()}


def _find_aws_name(outcome: Outcome) -> str | None:
    property_ = outcome.kind.name_property if outcome.kind else None
    names = [state[property_] for state in (outcome.after, outcome.before) if state and property_ in state]
    return next((name for name in names if isinstance(name, str)), None)


def _find_other_name(outcome: Outcome) -> list[str]:
    """Return the name in AWS if it has different words: `jo` matches `jo@example.com`, but not `jo.doe`."""
    aws = _find_aws_name(outcome)
    known = [_split_words(aws), _split_words(aws.partition("@")[0])] if aws else []
    return [aws] if aws and _split_words(outcome.name) not in known else []


def _split_words(name: str) -> list[str]:
    return sorted(word for word in re.split(r"[\W_]+", name.casefold()) if word)


def _join(name: str, more: Sequence[str]) -> str:
    return f"{name} ({', '.join(more)})" if more else name
