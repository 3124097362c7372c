"""Name resources: what readers call each one, and which resource an id or a reference means."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_identity.provider.kinds import KINDS

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
    """The URN, or the id of a resource that the preview does not show."""
    certain: bool
    """Whether it is known which resource it will be."""
    name: str | None = None
    """Its name in AWS, as far as the preview knows."""

    @property
    def identified(self) -> bool:
        """Whether its URN or its id is known."""
        return not self.key.startswith("?")

    @property
    def shown(self) -> bool:
        """Whether the preview has more of it than an id."""
        return self.key.startswith("urn:")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of all resources."""

    labels: Mapping[str, str]
    """URN → what readers call the resource."""
    outcomes: Mapping[str, Outcome]
    """URN → the resource."""
    urns: Mapping[tuple[str, str], str]
    """Kind's name and id → URN."""
    identified: frozenset[str]
    """The URNs of resources whose id is known."""

    def resolve(self, kind: Kind, property_: str, state: ResourceState | None) -> End | None:
        """Find the member or group that a membership's property names.

        Args:
            kind: The kind of the member or group.
            property_: The membership's property.
            state: The membership, before or after.

        Returns:
            The member or group; None where the membership names none.
        """
        if state is None or property_ not in state.inputs | state.outputs:
            return None
        value = mark((state.outputs | state.inputs)[property_])
        if isinstance(value, str) and (urn := self.urns.get((kind.name, value.rpartition("/")[2]))):
            return self._name(urn, certain=True)
        sources = {urn for urn in state.depends.get(property_, ()) if f"{kind.token}::" in urn}
        urn = sources.pop() if len(sources) == 1 else ""
        if urn and (value is Mark.UNKNOWN or urn not in self.identified):
            # The id of a new user is always unknown. An existing user's should not be.
            created = urn in self.outcomes and self.outcomes[urn].action.creates
            return self._name(urn, certain=value is not Mark.UNKNOWN or created)
        if isinstance(value, str):
            return End(value, value, certain=True)
        label = f"a secret {kind.noun}" if value is Mark.SECRET else f"a {kind.noun} not known yet"
        return End(label, f"? {kind.noun}", certain=False)

    def _name(self, urn: str, *, certain: bool) -> End:
        if urn in self.outcomes:
            return End(self.labels[urn], urn, certain, _find_aws_name(self.outcomes[urn]))
        # An unchanged resource that the preview leaves out has only its name in the program.
        name = urn.rpartition("::")[2]
        return End(name, urn, certain, name)


def name_resources(ours: Sequence[Outcome], places: Places, persons: Mapping[str, str]) -> Names:
    """Name all resources.

    Args:
        ours: The outcomes, in the order of kinds.
        places: Where they are.
        persons: URN of an account → a key that all accounts of one person share.

    Returns:
        The names.
    """
    urns: dict[tuple[str, str], str] = {}
    referenced = {kind.name: sorted(referenced_properties(kind)) for kind in KINDS.values()}
    # Of two resources that are one in AWS, the managed one gives the id its name.
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
    """Label each resource with its name, and with what distinguishes it from others of the same name."""
    by_urn = {outcome.urn: outcome for outcome in ours}
    more = {outcome.urn: [*_find_other_name(outcome), *places.list_differing(outcome)] for outcome in ours}
    labels = {urn: _join(outcome.name, more[urn]) for urn, outcome in by_urn.items()}
    # Two people can have the same name, for example in two services: their addresses distinguish them.
    bearers: dict[str, set[str]] = defaultdict(set)
    for urn, person in persons.items():
        bearers[labels[urn]].add(person)
    for urn in persons:
        if len(bearers[labels[urn]]) > 1:
            more[urn] += [address for address in find_addresses(by_urn[urn]) if address not in labels[urn]][:1]
    # Components of two types can have resources of one kind and name.
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
    """Return the name in AWS, if it has other words: `jo` stands for `jo@example.com`, but not for `jo.doe`."""
    aws = _find_aws_name(outcome)
    known = [_split_words(aws), _split_words(aws.partition("@")[0])] if aws else []
    return [aws] if aws and _split_words(outcome.name) not in known else []


def _split_words(name: str) -> list[str]:
    return sorted(word for word in re.split(r"[\W_]+", name.casefold()) if word)


def _join(name: str, more: Sequence[str]) -> str:
    return f"{name} ({', '.join(more)})" if more else name
