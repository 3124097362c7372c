"""The kinds describe themselves consistently, and the review knows the words for their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from pulumi_identity.provider.registry import KINDS
from pulumi_identity.review.places import PLACE_WORDS

if TYPE_CHECKING:
    from pulumi_identity.provider.kinds import Kind

each = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@each
def test_what_identifies_an_entity_and_decides_access_are_inputs(kind: Kind) -> None:
    inputs = kind.schema.inputs.keys()
    assert kind.decides_access <= inputs
    assert {*kind.natural_key} <= inputs
    assert {*kind.natural_key} <= kind.decides_access | {*PLACE_WORDS}
    assert {path.partition("[")[0] for path in kind.sign_in} <= kind.decides_access


@each
def test_names_are_unique_within_places_that_the_review_has_words_for(kind: Kind) -> None:
    assert {*kind.unique_within} <= {*PLACE_WORDS}


@each
def test_references_are_inputs_here_and_properties_there(kind: Kind) -> None:
    for name, reference in kind.references.items():
        assert name in kind.schema.inputs
        assert reference.property in KINDS[reference.kind.name].properties


@each
def test_a_kind_that_relates_two_others_names_a_person_and_a_group(kind: Kind) -> None:
    ends = sorted((reference.kind.is_person, reference.kind.is_group) for reference in kind.references.values())
    both = [(False, True), (True, False)]
    assert ends in ([[(False, True)]] if kind.relation else [[], both])
    assert not kind.relation or {entry.kind.is_person for entry in kind.relation.references.values()} == {True, False}


@each
def test_usual_values_are_the_only_ones(kind: Kind) -> None:
    for name, value in kind.usual.items():
        assert get_args(kind.schema.inputs[name].hint) == (value,)


@each
def test_what_the_review_shows_of_an_account_is_an_input(kind: Kind) -> None:
    shown = {trait.property for trait in (kind.column, kind.admin, kind.uncertain_update) if trait and trait.property}
    assert shown <= kind.schema.inputs.keys()


@each
def test_an_update_that_aws_may_refuse_has_a_remedy(kind: Kind) -> None:
    assert kind.uncertain_update is None or kind.refused[kind.uncertain_update.property]


def test_every_place_is_an_input_of_some_kind() -> None:
    assert {*PLACE_WORDS} <= {name for kind in KINDS.values() for name in kind.schema.inputs}


def test_columns_have_keys_of_their_own_and_one_is_the_directory() -> None:
    columns = [kind.column for kind in KINDS.values() if kind.column]
    assert len({column.key for column in columns}) == len(columns)
    assert sum(column.is_directory for column in columns) == 1
