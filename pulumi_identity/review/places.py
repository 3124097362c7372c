"""Find the account, store, region, … that all resources, or all resources of a kind, share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .kinds import list_kinds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pulumi_identity.provider.kinds import Kind

    from .outcomes import Outcome

PLACE_WORDS = {
    "identity_store_id": "identity store",
    "aws_account_id": "account",
    "namespace": "namespace",
    "stack_name": "AppStream stack",
    "region": "region",
    "role_arn": "role",
    "profile": "profile",
}
"""The properties that locate a resource, with a readable word for each."""

Identity = tuple[Any, ...]
"""A value that two resources share if they are the same entity in AWS."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places that resources share."""

    shared: Mapping[str, str]
    """Property → value, if all resources have the same value."""
    by_kind: Mapping[str, Mapping[str, str]]
    """Name of the kind → property → value, if only the resources of that kind have the same value."""

    def get_shared(self, kind: Kind) -> dict[str, str]:
        """Return all places that the resources of a kind share.

        Args:
            kind: The kind.

        Returns:
            Property → value.
        """
        return {**self.shared, **self.by_kind[kind.name]}

    def list_differing(self, outcome: Outcome) -> Iterator[str]:
        """Yield the places of a resource that other resources of its kind do not share.

        Args:
            outcome: The resource.

        Yields:
            A word and a value, such as `region us-east-1`.
        """
        state = outcome.after or outcome.before or {}
        shared = self.get_shared(outcome.kind) if outcome.kind else {}
        for name, word in PLACE_WORDS.items():
            value = state.get(name)
            if isinstance(value, str) and shared.get(name) != value:
                yield f"{word} {value}"

    def identify(self, kind: Kind, state: Mapping[str, Any] | None) -> Identity | None:
        """Identify an entity in AWS by its name and the place where that name is unique.

        Args:
            kind: The kind of the entity.
            state: The properties of the entity, or None if it does not exist.

        Returns:
            The identity, or None if the name or the place is unknown.
        """
        name = (state or {}).get(kind.name_property or "")
        if not state or not isinstance(name, str):
            return None
        shared = self.get_shared(kind)
        places = [state.get(property_) or shared.get(property_) for property_ in kind.unique_within]
        return (
            None
            if any(isinstance(place, list | dict) for place in places)
            else (kind.name, *places, kind.compared(name))
        )


def find_places(ours: Collection[Outcome]) -> Places:
    """Find the places that resources share.

    Args:
        ours: The outcomes of this package's resources.

    Returns:
        The places.
    """
    shared = _find_shared(ours)
    by_kind = {}
    for kind in list_kinds():
        of_kind = _find_shared([outcome for outcome in ours if outcome.kind and outcome.kind.name == kind])
        by_kind[kind] = {name: value for name, value in of_kind.items() if name not in shared}
    return Places(shared, by_kind)


def _find_shared(outcomes: Collection[Outcome]) -> dict[str, str]:
    states = [(outcome, state) for outcome in outcomes if (state := outcome.after or outcome.before)]
    shared = {}
    for name in PLACE_WORDS:
        if name in ("role_arn", "profile"):  # a missing one is a value too; a resource that is only read needs none
            values = [state.get(name) for outcome, state in states if outcome.managed]
        else:  # AWS chooses the same value for every resource that does not set one
            values = [state[name] for _, state in states if state.get(name) is not None]
        if values and isinstance(values[0], str) and values.count(values[0]) == len(values):
            shared[name] = values[0]
    return shared
