"""Every property and every flag is in an example, and each property is AWS's or has a reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from botocore.session import get_session
from contract.examples import CONFIGURED_SETTINGS, RESOURCES, SETTINGS, Example, fill
from contract.host import new_command, provider_of
from pulumi.dynamic import Resource as DynamicResource

from pulumi_identity.aws import ids

if TYPE_CHECKING:
    from collections.abc import Callable

each_resource = pytest.mark.parametrize("examples", RESOURCES.values(), ids=list(RESOURCES))


def shown(examples: list[Example], flag: Callable[[Example], Any]) -> set[str]:
    """Return the properties that some example of a resource names for a flag."""
    return {name for example in examples for name in flag(example)}


def flagged(examples: list[Example], flag: Callable[[Any], object]) -> set[str]:
    """Return the inputs of a resource that have a flag."""
    return {name for name, field in examples[0].inputs.items() if flag(field)}


# Each flag has an example, and each example a flag. `test_contract` tries them.


@each_resource
def test_every_input_is_in_an_example(examples: list[Example]) -> None:
    changed = shown(examples, lambda example: example.changes)
    assert changed | shown(examples, lambda example: example.replaces) | SETTINGS.keys() == examples[0].inputs.keys()


@each_resource
def test_every_output_is_in_an_example(examples: list[Example]) -> None:
    named = shown(examples, lambda example: example.computed | example.elsewhere.keys())
    assert named == examples[0].kind.schema.outputs


@each_resource
def test_replacements_are_those_that_the_examples_show(examples: list[Example]) -> None:
    assert flagged(examples, lambda field: field.replaces) == shown(examples, lambda example: example.replaces)


@each_resource
def test_write_only_properties_are_those_that_the_examples_show(examples: list[Example]) -> None:
    hidden = shown(examples, lambda example: example.never_returned)
    assert flagged(examples, lambda field: field.write_only) == hidden | SETTINGS.keys()


@each_resource
def test_computed_defaults_are_those_that_the_examples_show(examples: list[Example]) -> None:
    computed = shown(examples, lambda example: example.computed_defaults)
    assert flagged(examples, lambda field: field.computed_default) == computed


@each_resource
def test_defaults_are_those_that_the_examples_show(examples: list[Example]) -> None:
    defaults = {name: field.default for name, field in examples[0].inputs.items() if field.default is not None}
    assert defaults == {name: value for example in examples for name, value in example.defaults.items()}


@each_resource
def test_configuration_keys_are_those_that_the_examples_show(examples: list[Example]) -> None:
    configured = shown(examples, lambda example: example.configured)
    assert flagged(examples, lambda field: field.config) == configured | CONFIGURED_SETTINGS.keys()


@each_resource
def test_secrets_are_those_that_the_examples_show(examples: list[Example]) -> None:
    assert examples[0].kind.secrets == shown(examples, lambda example: example.secrets)


# The constructor


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The inputs that a constructor passes to Pulumi, and its options under `opts`."""
    inputs: dict[str, Any] = {}

    def record(_resource: object, _provider: object, _name: str, props: dict[str, Any], opts: object) -> None:
        inputs.update(props, opts=opts)

    monkeypatch.setattr(DynamicResource, "__init__", record)
    return inputs


@each_resource
def test_configuration_fills_in_what_the_program_leaves_out(
    examples: list[Example], sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    configured = {**CONFIGURED_SETTINGS}
    for example in examples:
        configured.update(example.configured)
    settings = {
        f"identity:{key}": value if isinstance(value, str) else json.dumps(value) for key, value in configured.values()
    }
    monkeypatch.setenv("PULUMI_CONFIG", json.dumps(settings))
    given = {name: value for name, value in examples[0].program.items() if name not in configured}
    examples[0].resource("x", **given)
    assert {name: sent[name] for name in configured} == {name: value for name, (_, value) in configured.items()}
    examples[0].resource("x", **given | dict.fromkeys(configured, "the program's"))
    assert {sent[name] for name in configured} == {"the program's"}


@each_resource
def test_an_open_property_is_sent_only_if_something_fills_it_in(examples: list[Example], sent: dict[str, Any]) -> None:
    given = {name: value for name, value in examples[0].program.items() if examples[0].inputs[name].required}
    examples[0].resource("x", **given)
    filled = shown(examples, lambda example: example.defaults.keys() | example.computed_defaults)
    assert sent.keys() - {"opts"} == filled | examples[0].kind.schema.outputs | given.keys()


@each_resource
def test_secret_outputs_are_named_to_pulumi(examples: list[Example], sent: dict[str, Any]) -> None:
    examples[0].resource("x", **{name: pulumi.Output.from_input("x") for name in examples[0].program})
    assert set(sent["opts"].additional_secret_outputs) == shown(examples, lambda example: example.secrets)
    assert sent["opts"].delete_before_replace


@each_resource
def test_a_required_argument_must_be_given_and_all_missing_ones_are_named(
    examples: list[Example], sent: dict[str, Any]
) -> None:
    resource, inputs = examples[0].resource, examples[0].inputs
    required = [name for name, field in inputs.items() if field.required]
    for given in ({}, dict.fromkeys(required)):
        with pytest.raises(TypeError) as caught:
            resource("x", **given)
        assert str(caught.value).startswith(f"{resource.__name__}('x'): missing {', '.join(required)}")
        for name in required:
            key = inputs[name].config
            assert key is None or f"for {name}, you can run `pulumi config set identity:{key} …`" in str(caught.value)
    assert not sent
    resource.get("x", "some id")
    assert sent


# Check


@each_resource
def test_required_properties_are_in_every_program(examples: list[Example]) -> None:
    required = flagged(examples, lambda field: field.required)
    assert all(required <= example.program.keys() for example in examples)


@pytest.mark.parametrize("example", [example for examples in RESOURCES.values() for example in examples], ids=str)
def test_check_fills_in_defaults(example: Example) -> None:
    new_command()
    stand_ins = example.parents if example.kind.service == "identitystore" else ()
    program = fill(example.program, dict.fromkeys(stand_ins, ids.EXAMPLE))
    checked = provider_of(example.resource).check({}, program)
    assert {name: checked.inputs[name] for name in example.defaults} == example.defaults
    assert checked.inputs.keys() >= program.keys()


# AWS's names


@pytest.mark.parametrize(
    ("example", "name"),
    [(examples[0], name) for examples in RESOURCES.values() for name in sorted(examples[0].inputs.keys() - SETTINGS)],
    ids=str,
)
def test_a_property_is_a_member_of_the_request_or_has_a_reason(example: Example, name: str) -> None:
    kind = example.kind
    model = get_session().get_service_model(kind.service).operation_model(kind.actions["create"][0])
    (member,) = kind.schema.to_aws({name: None})
    assert (member in model.input_shape.members) is not (name in kind.own_properties)
    assert all(kind.own_properties.values())


@each_resource
def test_a_reason_belongs_to_a_property(examples: list[Example]) -> None:
    assert examples[0].kind.own_properties.keys() <= examples[0].inputs.keys()
