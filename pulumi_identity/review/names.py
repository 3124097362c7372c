"""Name resources: give each one a readable label, and resolve ids and references to resources."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_identity.provider.registry import KINDS

from .identities import find_addresses, find_ids, referenced_properties
from .values import Mark, mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pulumi_identity.provider.kinds import Kind

    from .outcomes import Outcome
    from .places import Places
    from .preview import ResourceState


@dataclass(frozen=True, slots=True)
class End:
    """The member or the group of a membership."""

    label: str
    key: str
    """The URN, or the id if the preview does not show the resource."""
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

    def resolve(self, kind: Kind, property_: str, state: ResourceState | None) -> End | None:
        """Find the member or group that a property of a membership refers to.

        Args:
            kind: The kind of the member or group.
            property_: The membership's property.
            state: The membership, before or after the update.

        Returns:
            The member or group, or None if the property is not set.
        """
        if state is None or property_ not in state.inputs | state.outputs:
            return None
        value = mark((state.outputs | state.inputs)[property_])
        if isinstance(value, str) and (urn := self.urns.get((kind.name, value.rpartition("/")[2]))):
            return self._name(urn, certain=True)
        sources = {urn for urn in state.depends.get(property_, ()) if f"{kind.token}::" in urn}
        urn = sources.pop() if len(sources) == 1 else ""
        if urn and (value is Mark.UNKNOWN or urn not in self.identified):
            # The id of a new user is always unknown. The id of an existing user is usually known.
            created = urn in self.outcomes and self.outcomes[urn].action.creates
            return self._name(urn, certain=value is not Mark.UNKNOWN or created)
        if isinstance(value, str):
            return End(value, value, certain=True)
        label = f"a secret {kind.noun}" if value is Mark.SECRET else f"an unknown {kind.noun}"
        return End(label, f"? {kind.noun}", certain=False)

    def _name(self, urn: str, *, certain: bool) -> End:
        if urn in self.outcomes:
            return End(self.labels[urn], urn, certain, _find_aws_name(self.outcomes[urn]))
        # The preview omits this unchanged resource, so only its name in the program is known.
        name = urn.rpartition("::")[2]
        return End(name, urn, certain, name)


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
    referenced = {kind.name: sorted(referenced_properties(kind)) for kind in KINDS.values()}
    # If two resources are the same entity in AWS, the managed one names the id.
    for outcome in sorted(ours, key=lambda outcome: not outcome.managed):
        kind = outcome.kind.name if outcome.kind else ""
        for property_ in referenced[kind]:
            for id_ in find_ids(outcome, property_):
                urns.setdefault((kind, id_), outcome.urn)
    return Names(
        labels=_label(ours, places, persons),
        outcomes={outcome.urn: outcome for outcome in ours},
        urns=urns,
        identified=frozenset(urns.values()),
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
