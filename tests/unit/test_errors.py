"""Advice is data: for whatever AWS's models say that an operation can answer, there is some, or a deliberate none."""

from __future__ import annotations

import subprocess
import sys
import traceback
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    HTTPClientError,
    ReadTimeoutError,
)
from contract.host import provider_of

import pulumi_identity
from pulumi_identity import Conflict, Denied, IdentityError, NotFound, Rejected, Throttled, Unavailable
from pulumi_identity._advice import ADVICE, Advice
from pulumi_identity.aws.answer_errors import IncompleteAnswerError
from pulumi_identity.errors import code, explaining, member, translate
from pulumi_identity.provider.registry import KINDS

SERVICES = {name: botocore.session.get_session().get_service_model(name) for name in ADVICE if name != "any"}


OPERATIONS = sorted({(kind.service, operation) for kind in KINDS.values() for operation in kind.operations})
"""What the kinds declare; `tests/rules/test_permissions.py` holds it against the calls that are made."""


def test_every_service_has_operations() -> None:
    assert {service for service, _ in OPERATIONS} == SERVICES.keys()


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
def test_every_modelled_error_has_advice(service: str, operation: str) -> None:
    shapes = SERVICES[service].operation_model(operation).error_shapes
    known = ADVICE["any"] | ADVICE[service]
    assert not [shape.name for shape in shapes if shape.name not in known]
    reasons = [
        f"{shape.name}/{reason}"
        for shape in shapes
        if "Reason" in shape.members
        for reason in getattr(shape.members["Reason"], "enum", [])
    ]
    assert not [reason for reason in reasons if reason not in known]


def item_errors(service: str) -> set[str]:
    """Return the codes of errors in the successful responses of a service's batch operations."""
    model = SERVICES[service]
    errors = [name for name in model.shape_names if name == "UserStackAssociationErrorCode"]
    return {code for name in errors for code in getattr(model.shape_for(name), "enum", ())}


def test_every_error_of_an_item_has_advice() -> None:
    assert len(item_errors("appstream")) == 4
    assert item_errors("appstream") <= ADVICE["appstream"].keys()


@pytest.mark.parametrize("service", SERVICES)
def test_there_is_no_advice_for_what_no_model_knows(service: str) -> None:
    """A typo would be advice that nobody is ever given."""
    model = SERVICES[service]
    modelled = {shape.name: shape for shape in model.error_shapes}
    # AWS's common errors are in no service's model; lookups read with more operations than resources.
    common = ADVICE["any"].keys() | {"ValidationException", "ThrottlingException", "AccessDeniedException"}
    for key in ADVICE[service]:
        name, _, detail = (key.partition(" ")[2] if key[0].islower() else key).partition("/")
        assert name in modelled or name in common or name in item_errors(service), key
        if " " not in detail and detail:  # otherwise, it is a part of AWS's message
            enums = (modelled[name].members.get(each) for each in ("Reason", "ResourceType"))
            assert any(detail in getattr(shape, "enum", ()) for shape in enums if shape is not None), key


@pytest.mark.parametrize(("service", "key"), [(service, key) for service, codes in ADVICE.items() for key in codes])
def test_advice_is_a_fragment_of_a_sentence(service: str, key: str) -> None:
    advice = ADVICE[service][key]
    assert issubclass(advice.raises, IdentityError)
    assert 10 < len(advice.meaning) < 120
    assert advice.meaning.strip(" .") == advice.meaning
    assert advice.remedy is None or (
        "\n" not in advice.remedy and advice.remedy.strip(" .") == advice.remedy and 10 < len(advice.remedy) < 200
    )


def error(name: str, message: str = "no", operation: str = "DescribeUser", **members: Any) -> ClientError:
    """Return an error as boto3 raises it."""
    answer: Any = {"Error": {"Code": name, "Message": message}, **members}
    return ClientError(answer, operation)


def said(raised: Exception, service: str = "identitystore", **more: Any) -> str:
    """Return what an error of boto3's becomes."""
    translated = translate(raised, "creating", "User (jo)", service, **more)
    assert translated
    return str(translated)


def test_one_line_says_what_was_done_to_whom_the_cause_and_the_remedy() -> None:
    line = said(error("ThrottlingException", "  slow\n  down  "))
    assert line.startswith("creating User (jo): ThrottlingException: slow down — AWS kept throttling")
    assert "\n" not in line


def test_an_error_of_aws_ends_with_the_request_id() -> None:
    raised = error("ValidationException", "wrong", ResponseMetadata={"RequestId": "41e1ed43"})
    translated = translate(raised, "creating", "User (jo)", "identitystore")
    assert translated
    assert translated.request_id == "41e1ed43"
    assert translated.message == "creating User (jo): ValidationException: wrong"
    assert str(translated) == f"{translated.message} (AWS request id: 41e1ed43)"


def test_a_code_nobody_knows_is_passed_on() -> None:
    translated = translate(error("BrandNewException", "what?"), "reading", "X", "quicksight")
    assert type(translated) is Rejected
    assert str(translated) == "reading X: BrandNewException: what?"
    assert (translated.code, translated.operation) == ("BrandNewException", "DescribeUser")


@pytest.mark.parametrize(
    ("members", "raises", "remedy"),
    [
        ({"ResourceType": "IDENTITY_STORE"}, NotFound, "check the identity store id"),
        ({"ResourceType": "USER"}, NotFound, "`pulumi refresh`"),
        ({"ResourceType": "USER", "Reason": "KMS_KEY_NOT_FOUND"}, Rejected, "KMS key"),
        ({"ResourceType": "SOMETHING_NEW"}, NotFound, "check the identity store id"),
    ],
    ids=str,
)
def test_the_reason_outdoes_the_type_and_both_the_code(
    members: dict[str, str], raises: type[IdentityError], remedy: str
) -> None:
    translated = translate(error("ResourceNotFoundException", **members), "reading", "X", "identitystore")
    assert type(translated) is raises
    assert remedy in str(translated)


@pytest.mark.parametrize(
    ("service", "name", "message", "remedy"),
    [
        (
            "quicksight",
            "AccessDeniedException",
            "Operation is disabled for identities managed by IAM Identity Center",
            "the members of the groups that are mapped to roles; manage Group and GroupMembership instead",
        ),
        (
            "quicksight",
            "OtherException",
            "It is disabled for identities managed by IAM Identity Center.",
            "mapped to roles",
        ),
        ("quicksight", "AccessDeniedException", "User jo is not authorized", "check the credentials"),
        ("identitystore", "ValidationException", "Filter is required", "get_user(user_name=…)"),
        ("identitystore", "UnknownOperationException", "", "manage people in Active Directory"),
    ],
)
def test_the_message_decides_where_a_code_has_several_meanings(
    service: str, name: str, message: str, remedy: str
) -> None:
    assert remedy in said(error(name, message), service)


def test_a_remedy_of_the_caller_outdoes_the_advice() -> None:
    assert said(error("ThrottlingException"), remedy="do nothing").endswith("no — do nothing")


@pytest.mark.parametrize("lost", [ConnectionClosedError, ReadTimeoutError], ids=lambda kind: kind.__name__)
def test_an_error_without_an_answer(lost: Any) -> None:
    raised = lost(endpoint_url="http://aws", error="broken", request=None)
    assert code(raised) == lost.__name__
    assert member(raised, "Reason") == ""
    assert said(raised).startswith(f"creating User (jo): {lost.__name__}: ")


LOST = {
    "an answer that is not whole": IncompleteAnswerError(operation_name="UpdateUser", problem="no UserId"),
    "no answer": ReadTimeoutError(endpoint_url="http://aws"),
    "refused": EndpointConnectionError(endpoint_url="http://aws", error="refused"),
    "a page of a load balancer": error("503", ResponseMetadata={"HTTPStatusCode": 503}),
    "a new code": error("BrandNewFailure", ResponseMetadata={"HTTPStatusCode": 500}),
    "a common code": error("InternalFailureException"),
    "a relative of a known error": type("NewHTTPError", (HTTPClientError,), {})(error="x"),
}


@pytest.mark.parametrize("raised", LOST.values(), ids=LOST)
@pytest.mark.parametrize(
    ("doing", "remedy"),
    [
        ("creating", "run the command again; if it reports that the entity already exists, set adopt=True"),
        ("updating", "run `pulumi up --refresh`, because AWS may have made the update"),
        ("deleting", "run the command again"),
        ("reading", "run the command again"),
        ("looking up", "run the command again"),
    ],
)
def test_aws_is_unavailable(raised: Exception, doing: str, remedy: str) -> None:
    """What to do depends on whether AWS may have done it."""
    translated = translate(raised, doing, "User (jo)", "quicksight")
    assert type(translated) is Unavailable
    assert str(translated).endswith(f"; {remedy}")


@pytest.mark.parametrize("raised", [error("SlowDown", ResponseMetadata={"HTTPStatusCode": 429})], ids=str)
def test_a_throttled_request_of_another_code(raised: Exception) -> None:
    assert type(translate(raised, "reading", "X", "appstream")) is Throttled


@pytest.mark.parametrize("missing", ["GROUP", "USER"])
def test_a_membership_of_a_missing_group_was_not_deleted(missing: str) -> None:
    raised = error("ResourceNotFoundException", ResourceType=missing)
    assert said(raised).endswith("if the user or group was just created, run the command again")
    deleting = translate(raised, "deleting", "X", "identitystore")
    assert str(deleting).endswith("if the entity was deleted, run `pulumi refresh` to remove it from state")


def test_what_is_not_boto3s_is_not_translated() -> None:
    assert translate(KeyError("x"), "creating", "X", "quicksight") is None


# What Pulumi's host prints of an exception is traceback.format_exc()


@pytest.fixture(params=[True, False], ids=["in the host", "elsewhere"])
def host(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether Pulumi's host has configured a provider in this process."""
    monkeypatch.setattr(traceback, "format_exc", traceback.format_exc)  # restores it after the test
    if request.param:
        provider_of(pulumi_identity.Group).configure(None)
    return bool(request.param)


def printed(raised: Exception) -> str:
    """Return what the host would print of an exception."""
    try:
        with explaining("creating", "User (jo)", "identitystore"):
            raise raised  # noqa: TRY301  (what is tried)
    except Exception:  # noqa: BLE001
        return traceback.format_exc()


@pytest.mark.parametrize("expected", [error("ThrottlingException"), Conflict("creating X: no — wait")], ids=repr)
def test_an_expected_error_is_one_line_in_the_host_only(host: bool, expected: Exception) -> None:
    shown = printed(expected)
    assert ("Traceback" in shown) is not host
    last = shown.splitlines()[-1]
    assert last.startswith(("pulumi_identity.Throttled: creating", "pulumi_identity.Conflict: creating"))
    assert (shown == f"{last}\n") is host


def test_an_unexpected_error_keeps_its_traceback(host: bool) -> None:
    printed(error("ThrottlingException"))
    shown = printed(KeyError("surprise"))
    assert "Traceback (most recent call last)" in shown
    assert "in printed" in shown


def test_a_provider_configured_twice_prints_the_same(host: bool) -> None:
    provider_of(pulumi_identity.Group).configure(None)
    provider_of(pulumi_identity.Group).configure(None)
    assert printed(Conflict("creating X: no")) == "pulumi_identity.Conflict: creating X: no\n"


def test_the_tree_is_public_and_complete() -> None:
    public = {name for name in pulumi_identity.__all__ if isinstance(getattr(pulumi_identity, name), type)}
    tree = {IdentityError, *IdentityError.__subclasses__()}
    assert {kind.__name__ for kind in tree} <= public
    assert {advice.raises for codes in ADVICE.values() for advice in codes.values()} <= tree
    assert {kind.__module__ for kind in tree} == {"pulumi_identity"}
    assert Denied in tree
    assert Advice(Denied, "", None).remedy is None


def test_errors_cost_a_program_no_boto3() -> None:
    code = "import sys, pulumi_identity; sys.exit('boto3' in sys.modules or 'botocore' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
