"""What a review knows of the kinds of resources is what the package declares."""

from __future__ import annotations

from typing import get_args

import pulumi_identity  # noqa: F401  (its import declares the resources)
from pulumi_identity._state import MODULES, PROVIDERS, provider
from pulumi_identity.review._kinds import KINDS, NEVER_READ, REFERENCES, USUAL, WHERE


def declared(kind: str) -> set[str]:
    return set(provider(kind).schema.inputs)


def test_every_resource_is_known() -> None:
    assert MODULES
    provider("Group")
    assert KINDS.keys() == PROVIDERS.keys()


def test_names_and_what_decides_access_are_declared_inputs() -> None:
    for name, kind in KINDS.items():
        assert kind.access <= declared(name)
        assert kind.named_by is None or kind.named_by == PROVIDERS[name].label[-1]
        assert {property_ for property_ in PROVIDERS[name].label if property_ != kind.named_by} <= kind.access | {
            *WHERE
        }


def test_references_are_inputs_here_and_outputs_there() -> None:
    for name, (kind, property_) in REFERENCES.items():
        assert name in declared("GroupMembership")
        assert property_ in provider(kind).schema.outputs


def test_what_says_where_is_declared_somewhere() -> None:
    assert set(WHERE) <= set().union(*map(declared, KINDS))


def test_names_are_unique_where_they_are_said_to_be() -> None:
    for name, kind in KINDS.items():
        assert kind.unique_in <= declared(name) & {*WHERE}


def test_what_is_never_read_is_what_is_declared_so() -> None:
    fields = [provider(name).schema.inputs for name in KINDS]
    assert {name for each in fields for name, field in each.items() if field.write_only} == NEVER_READ


def test_what_is_usual_is_the_only_value_there_is() -> None:
    for name, value in USUAL.items():
        (hint,) = (provider(kind).schema.inputs[name].hint for kind in KINDS if name in declared(kind))
        assert get_args(hint) == (value,)
