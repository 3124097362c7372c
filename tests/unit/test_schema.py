"""Inputs brought into canonical form, refused, and compared with what lives: pure, so tried without AWS."""

from __future__ import annotations

import copy
import itertools
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import EXAMPLES, GROUP, MEMBER, QUICKSIGHT, RESOURCES, USER, Example, fill
from contract.examples.group_membership import OTHER_MEMBER
from contract.host import provider_of, wire
from pulumi.output import Unknown

from pulumi_identity import AppStreamUser, Denied, Group, GroupMembership, IdentityStoreUser, QuickSightUser
from pulumi_identity.aws import process
from pulumi_identity.aws.ids import EXAMPLE
from pulumi_identity.provider import lifecycle
from pulumi_identity.provider.declare import kind_of
from pulumi_identity.provider.registry import KINDS
from pulumi_identity.provider.schema import has_unknown, restrict_to_declared
from pulumi_identity.provider.value_types import limits_in

if TYPE_CHECKING:
    from pathlib import Path

ENTERPRISE = "aws:identitystore:enterprise"
EMPLOYED = {ENTERPRISE: {"employeeNumber": "7"}}
STORE = "d-1234567890"
GROUP_ID, USER_ID = "906a1b2c-1111-70ab-cdef-0123456789ab", "906A1B2C-2222-70AB-CDEF-0123456789AB"
IDS = {GROUP: GROUP_ID, MEMBER: USER_ID, OTHER_MEMBER: EXAMPLE}
PROGRAMS = {examples[0].resource: fill(examples[0].program, IDS) for examples in RESOURCES.values()}


@pytest.fixture(autouse=True)
def _own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test checks is not declared in another: `diff` would call AWS."""
    monkeypatch.setattr(process, "current", process.Process())


def short(value: Any) -> str:
    """Return a test's name for a value, the same in every run: sets have no order of their own."""
    if isinstance(value, set | frozenset):
        return ",".join(sorted(map(str, value)))[:60]
    return value.__name__ if isinstance(value, type) else str(value)[:60]


def check(resource: Any, **more: Any) -> dict[str, str]:
    """Return the failures for a resource's example with other inputs; None takes one out of it."""
    failures = lifecycle.check(kind_of(resource), {}, wire(PROGRAMS[resource] | more)).failures
    return {failure.path: failure.reason for failure in failures}


ROLE = "arn:aws:iam::123456789012:role/R"
OF_IAM = {"identity_type": "IAM", "user_name": None}

REFUSED: list[tuple[Any, dict[str, Any], set[str]]] = [
    # Nothing at all, however deep
    (IdentityStoreUser, {"title": ""}, {"title"}),
    (IdentityStoreUser, {"title": " \t"}, {"title"}),
    (IdentityStoreUser, {"emails": []}, {"emails"}),
    (IdentityStoreUser, {"emails": [None]}, {"emails"}),
    (IdentityStoreUser, {"emails": [{}]}, {"emails[0].value"}),
    (IdentityStoreUser, {"addresses": [{}]}, {"addresses[0]"}),
    (IdentityStoreUser, {"addresses": [{"region": None}]}, {"addresses[0]"}),
    (IdentityStoreUser, {"name": {}}, {"name.family_name", "name.given_name"}),
    (IdentityStoreUser, {"extensions": {}}, {"extensions"}),
    (IdentityStoreUser, {"extensions": {ENTERPRISE: {}}}, {f"extensions[{ENTERPRISE}]"}),
    (IdentityStoreUser, {"extensions": {ENTERPRISE: {"a": ""}}}, {f"extensions[{ENTERPRISE}][a]"}),
    (IdentityStoreUser, {"identity_store_id": ""}, {"identity_store_id"}),
    (IdentityStoreUser, {"region": ""}, {"region"}),
    (IdentityStoreUser, {"role_arn": ""}, {"role_arn"}),
    (IdentityStoreUser, {"profile": ""}, {"profile"}),
    (IdentityStoreUser, {"profile": "a]b"}, {"profile"}),
    (IdentityStoreUser, {"assume_role": {}}, {"assume_role"}),
    (IdentityStoreUser, {"assume_role": ROLE}, {"assume_role"}),
    (IdentityStoreUser, {"assume_role": {"role_arn": ROLE}}, {"assume_role.role_arn"}),
    (IdentityStoreUser, {"assume_role": {"external_id": "a b"}}, {"assume_role.external_id"}),
    (IdentityStoreUser, {"assume_role": {"external_id": "a"}}, {"assume_role.external_id"}),
    (IdentityStoreUser, {"assume_role": {"session_name": "a/b"}}, {"assume_role.session_name"}),
    (IdentityStoreUser, {"assume_role": {"session_name": "a" * 65}}, {"assume_role.session_name"}),
    (IdentityStoreUser, {"assume_role": {"duration": 899}}, {"assume_role.duration"}),
    (IdentityStoreUser, {"assume_role": {"duration": 43201}}, {"assume_role.duration"}),
    (IdentityStoreUser, {"assume_role": {"duration": "1h"}}, {"assume_role.duration"}),
    (IdentityStoreUser, {"assume_role": {"session_name": "pulumi"}}, {"assume_role"}),
    (QuickSightUser, {"tags": {}}, {"tags"}),
    (QuickSightUser, {"tags": {"team": ""}}, {"tags[team]"}),
    (QuickSightUser, {"tags": {"": "x"}}, {"tags[]"}),
    (QuickSightUser, {"email": "  "}, {"email"}),
    (AppStreamUser, {"first_name": " "}, {"first_name"}),
    (IdentityStoreUser, {"extensions": {ENTERPRISE: {"cost_center": "1"}}}, {f"extensions[{ENTERPRISE}][cost_center]"}),
    (IdentityStoreUser, {"extensions": {ENTERPRISE: {"n": 2**60}}}, {f"extensions[{ENTERPRISE}][n]"}),
    (IdentityStoreUser, {"extensions": {ENTERPRISE: {"n": 2**53}}}, {f"extensions[{ENTERPRISE}][n]"}),
    (IdentityStoreUser, {"extensions": {ENTERPRISE: {"n": -(2.0**53)}}}, {f"extensions[{ENTERPRISE}][n]"}),
    (IdentityStoreUser, {"extensions": {ENTERPRISE: {"a": "1", "A": "2"}}}, {f"extensions[{ENTERPRISE}]"}),
    (IdentityStoreUser, {"emails": [{"value": " "}]}, {"emails[0].value"}),
    (IdentityStoreUser, {"name": {"given_name": "Jo", "family_name": ""}}, {"name.family_name"}),
    (IdentityStoreUser, {"extensions": {ENTERPRISE: {"n": [{"m": float("nan")}]}}}, {f"extensions[{ENTERPRISE}][n]"}),
    # Other ids, or none
    (IdentityStoreUser, {"identity_store_id": "my store"}, {"identity_store_id"}),
    (IdentityStoreUser, {"identity_store_id": "d-123456789"}, {"identity_store_id"}),
    (GroupMembership, {"group_id": "Admins", "member_id": "jo"}, {"group_id", "member_id"}),
    (GroupMembership, {"member_id": f"{USER_ID}\n"}, {"member_id"}),
    # Another type
    (IdentityStoreUser, {"title": 5}, {"title"}),
    (IdentityStoreUser, {"title": ["x"]}, {"title"}),
    (IdentityStoreUser, {"name": "Jo Doe"}, {"name"}),
    (IdentityStoreUser, {"emails": {"value": "jo@example.com"}}, {"emails"}),
    (IdentityStoreUser, {"emails": ["jo@example.com"]}, {"emails[0]"}),
    (IdentityStoreUser, {"emails": [{"value": 5, "primary": "yes"}]}, {"emails[0].value", "emails[0].primary"}),
    (IdentityStoreUser, {"emails": [{"value": "a", "mail": "b"}]}, {"emails[0].mail"}),
    (IdentityStoreUser, {"adopt": "yes"}, {"adopt"}),
    (QuickSightUser, {"tags": ["team"]}, {"tags"}),
    (QuickSightUser, {"tags": {"team": 5}}, {"tags[team]"}),
    (AppStreamUser, {"enabled": "yes"}, {"enabled"}),
    # Limits
    (IdentityStoreUser, {"user_name": "x" * 129}, {"user_name"}),
    (IdentityStoreUser, {"user_name": "jo doe"}, {"user_name"}),
    (IdentityStoreUser, {"user_name": "Administrator"}, {"user_name"}),
    (IdentityStoreUser, {"user_name": "awsADMINISTRATORS"}, {"user_name"}),
    (Group, {"display_name": "administrator"}, {"display_name"}),
    (QuickSightUser, {"iam_arn": "jo"} | OF_IAM, {"iam_arn"}),
    (QuickSightUser, {"iam_arn": "arn:aws:iam::123456789012:root"} | OF_IAM, {"iam_arn"}),
    (QuickSightUser, {"iam_arn": "arn:aws:iam::123456789012:group/analysts"} | OF_IAM, {"iam_arn"}),
    (IdentityStoreUser, {"title": "x" * 1025}, {"title"}),
    (IdentityStoreUser, {"title": "zero\u200bwidth"}, {"title"}),
    (IdentityStoreUser, {"emails": [{"value": "a"}, {"value": "b"}]}, {"emails"}),
    (IdentityStoreUser, {"photos": [{"value": str(n)} for n in range(4)]}, {"photos"}),
    (IdentityStoreUser, {"extensions": {"enterprise": {"a": "b"}}}, {"extensions[enterprise]"}),
    (Group, {"display_name": "\u0007"}, {"display_name"}),
    (QuickSightUser, {"user_name": "Łukasz"}, {"user_name"}),
    (QuickSightUser, {"user_name": "..", "namespace": "."}, {"user_name", "namespace"}),
    (QuickSightUser, {"aws_account_id": "98765"}, {"aws_account_id"}),
    (QuickSightUser, {"user_role": "reader"}, {"user_role"}),
    (QuickSightUser, {"tags": {str(n): "x" for n in range(201)}}, {"tags"}),
    (AppStreamUser, {"user_name": "jo"}, {"user_name"}),
    (AppStreamUser, {"first_name": "José"}, {"first_name"}),
    (AppStreamUser, {"last_name": "O'Brien"}, {"last_name"}),
    # What is missing
    (IdentityStoreUser, {"identity_store_id": None}, {"identity_store_id"}),
    (IdentityStoreUser, {"name": {"given_name": "Jo"}}, {"name.family_name"}),
    (GroupMembership, {"member_id": None}, {"member_id"}),
    # What does not go together
    (QuickSightUser, {"identity_type": "IAM"}, {"iam_arn", "user_name"}),
    (QuickSightUser, {"iam_arn": ROLE, "session_name": "jo"}, {"iam_arn"}),
    (QuickSightUser, {"identity_type": "IAM", "user_name": None, "iam_arn": ROLE}, {"session_name"}),
    (QuickSightUser, {"user_name": None}, {"user_name"}),
    (QuickSightUser, {"session_name": "jo"}, {"session_name"}),
    (QuickSightUser, {"external_login_id": "jo"}, {"external_login_id"}),
    (QuickSightUser, {"custom_federation_provider_url": "https://x"}, {"custom_federation_provider_url"}),
    (QuickSightUser, {"external_login_federation_provider_type": "CUSTOM_OIDC"}, {"custom_federation_provider_url"}),
    # Every failure at once
    (IdentityStoreUser, {"user_name": "", "title": 5, "emails": []}, {"user_name", "title", "emails"}),
]


@pytest.mark.parametrize(("resource", "inputs", "failing"), REFUSED, ids=short)
def test_what_aws_would_refuse_fails_in_the_preview(resource: Any, inputs: dict[str, Any], failing: set[str]) -> None:
    assert check(resource, **inputs).keys() == failing


TAKEN: list[tuple[Any, dict[str, Any]]] = [
    (IdentityStoreUser, {"user_name": "o'brien/zoë+łukasz@例え.jp"}),
    (IdentityStoreUser, {"display_name": "Zoë O'Brien / 山田 太郎\u3000さん", "title": "Ingénieure\td'État\n"}),
    (
        IdentityStoreUser,
        {"title": "x" * 1024, "extensions": {ENTERPRISE: {"employeeNumber": 7, "manager": {"a": [1]}}}},
    ),
    (IdentityStoreUser, {"extensions": {ENTERPRISE: {"employeeNumber": 2**53 - 1}}}),
    (IdentityStoreUser, {"name": {"given_name": "Suharto", "family_name": " ", "middle_name": " "}}),
    (Group, {"display_name": "Administrators"}),
    (QuickSightUser, OF_IAM | {"iam_arn": "arn:aws-us-gov:iam::123456789012:user/teams/jo"}),
    (IdentityStoreUser, {"profile": "people"}),
    (
        IdentityStoreUser,
        {"role_arn": ROLE, "assume_role": {"external_id": "a:/b", "session_name": "a@b.c", "duration": 900}},
    ),
    (IdentityStoreUser, {"adopt": True}),
    (IdentityStoreUser, {"adopt": "externally-managed"}),
    (Group, {"display_name": "Ärzte / R&D (<b>)"}),
    (GroupMembership, {"group_id": f"1234567890-{GROUP_ID}"}),
    (GroupMembership, {"identity_store_id": GROUP_ID}),
    (QuickSightUser, {"user_name": "jo/doe smith'é%2F?#"}),
    (QuickSightUser, {"tags": {"Cost:Center": "42", "ключ": "значение"}}),
    (AppStreamUser, {"user_name": "o'brien/x@exämple.com", "first_name": "Jo-Ann_2 Mary"}),
]


@pytest.mark.parametrize(("resource", "inputs"), TAKEN, ids=short)
def test_what_aws_takes_passes(resource: Any, inputs: dict[str, Any]) -> None:
    assert check(resource, **inputs) == {}


@pytest.mark.parametrize(("resource", "inputs", "failing"), REFUSED, ids=short)
def test_a_failure_never_shows_free_text(resource: Any, inputs: dict[str, Any], failing: set[str]) -> None:
    """Pulumi prints what a failure's property holds, be it a secret: so a failure names none to it."""
    result = provider_of(resource).check({}, wire(PROGRAMS[resource] | inputs))
    assert [failure.property for failure in result.failures] == [""] * len(failing)
    for value in ("jo@example.com", "Jo Doe", "x" * 129, "José", "O'Brien", "zero", "Łukasz"):
        assert all(value not in failure.reason for failure in result.failures)


def test_settings_may_be_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_REGION")  # the profile may have a region
    settings = {"role_arn": Unknown(), "profile": Unknown(), "assume_role": {"duration": 43200}}  # type: ignore[no-untyped-call]
    assert not lifecycle.check(kind_of(IdentityStoreUser), {}, PROGRAMS[IdentityStoreUser] | settings).failures


SHOWN: list[tuple[Any, dict[str, Any], str]] = [
    (QuickSightUser, {"user_role": "reader"}, "user_role 'reader' must be 'ADMIN', .*; did you mean 'READER'\\?"),
    (QuickSightUser, {"user_role": "admin-pro"}, "user_role 'admin-pro' must be .*; did you mean 'ADMIN_PRO'\\?"),
    (QuickSightUser, {"user_role": "boss"}, "user_role 'boss' must be [^;]* or 'READER_PRO'"),
    (QuickSightUser, {"user_role": 5}, "user_role 5 must be [^;]*"),
    (
        IdentityStoreUser,
        {"adopt": "external"},
        "adopt 'external' must be true or false, or 'externally-managed'; did you mean 'externally-managed'\\?",
    ),
    (
        QuickSightUser,
        {"aws_account_id": "98765"},
        "aws_account_id '98765' must be a 12-digit AWS account id, such as .*",
    ),
    (QuickSightUser, {"aws_account_id": 123456789012}, "aws_account_id 123456789012 must be a string"),
    (IdentityStoreUser, {"region": "Frankfurt"}, "region 'Frankfurt' must be a region such as us-east-1"),
    (IdentityStoreUser, {"region": {"secret": "value"}}, "region must be a string"),
    (
        IdentityStoreUser,
        {"role_arn": ROLE, "assume_role": {"externalId": "x"}},
        "assume_role.externalId is not a known property; did you mean 'external_id'\\?",
    ),
    (IdentityStoreUser, {"assume_role": {"duration": 1}}, "assume_role.duration must be 900 to 43200 seconds"),
    (
        IdentityStoreUser,
        {"assume_role": {"duration": 900}},
        "assume_role needs a role: set `role_arn`, or run `pulumi config set identity:roleArn …`",
    ),
    (IdentityStoreUser, {"role_arn": "Deploy"}, "role_arn 'Deploy' must be the ARN of a role, such as arn:aws:iam::.*"),
    (
        IdentityStoreUser,
        {"identity_store_id": "my store"},
        "identity_store_id 'my store' must be an identity store id such as d-1234567890",
    ),
    (
        GroupMembership,
        {"group_id": "Admins"},
        "group_id 'Admins' must be the group_id of a Group or .*, such as 906a.*",
    ),
    (
        IdentityStoreUser,
        {"extensions": {"department": "data"}},
        r'extensions\[department\] must be an extension .*: write \{"aws:identitystore:enterprise": \{.*',
    ),
    (
        IdentityStoreUser,
        {"extensions": {ENTERPRISE: {"cost_center": "data"}}},
        rf"extensions\[{ENTERPRISE}\]\[cost_center\] must be an attribute's name of 1 to 64 letters, .*",
    ),
    (
        IdentityStoreUser,
        {"user_name": "Administrator"},
        r"user_name must not be Administrator or .* \(upper or lower case\), .*",
    ),
    (
        QuickSightUser,
        OF_IAM | {"iam_arn": "arn:aws:sts::123456789012:assumed-role/R/jo", "session_name": "jo"},
        "iam_arn '.*' is the ARN of a session; .* such as arn:aws:iam::[0-9]+:role/R .*, and set session_name to 'jo'",
    ),
    (QuickSightUser, {"custom_permissions_name": "not/this"}, "custom_permissions_name must be a name of letters.*"),
]


@pytest.mark.parametrize(("resource", "inputs", "expected"), SHOWN, ids=short)
def test_a_failure_shows_words_and_ids_and_nothing_else(resource: Any, inputs: dict[str, Any], expected: str) -> None:
    (failure,) = lifecycle.check(kind_of(resource), {}, wire(PROGRAMS[resource] | inputs)).failures
    assert re.fullmatch(expected, str(failure)), str(failure)


PATTERNS = {
    (limits.pattern, limits.form)
    for kind in KINDS.values()
    for field in kind.schema.inputs.values()
    for limits in limits_in(field.hint)
    if limits.pattern
}


@pytest.mark.parametrize(("pattern", "form"), sorted(PATTERNS, key=str), ids=short)
def test_every_pattern_has_words(pattern: str, form: str | None) -> None:
    assert form
    assert pattern not in form


def test_a_required_input_without_a_value_is_an_output_without_one() -> None:
    inputs = {name: value for name, value in USER.program.items() if name != "identity_store_id"}
    (failure,) = provider_of(IdentityStoreUser).check({}, wire(inputs)).failures
    assert failure.reason == (
        "identity_store_id is required, but the output that the program passes for it has no value: its resource"
        " failed in this run or was left out of it (--target, --exclude), or the stack that a stack reference reads"
        " has no such output; to configure it, run `pulumi config set identity:identityStoreId …`"
    )


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the place of every value in a nested one."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [at, *itertools.chain.from_iterable(places(item, (*at, step)) for step, item in items)]
    return [at]


FULL = USER.program | {name: values[0] for name, values in USER.changes.items()}
QUICKSIGHT_ARN = "arn:aws:quicksight:us-east-1:123456789012:"
PHYSICAL_IDS = {
    "IdentityStoreUser": f"{STORE}/{EXAMPLE}",
    "Group": f"{STORE}/{EXAMPLE}",
    "GroupMembership": f"{STORE}/{EXAMPLE}",
    "GroupMembers": f"{STORE}/{EXAMPLE}/members",
    "QuickSightUser": f"{QUICKSIGHT_ARN}user/default/jo",
    "QuickSightGroup": f"{QUICKSIGHT_ARN}group/default/Sales",
    "QuickSightGroupMembers": f"{QUICKSIGHT_ARN}group/default/Sales/members",
    "AppStreamUser": "jo@example.com/USERPOOL",
    "AppStreamUserStackAssociation": "desktop/jo@example.com/USERPOOL",
}
FULL_QUICKSIGHT = QUICKSIGHT.program | {name: values[0] for name, values in QUICKSIGHT.changes.items()}


@pytest.mark.parametrize(
    ("resource", "at"),
    [(IdentityStoreUser, at) for at in places(FULL)[1:]] + [(QuickSightUser, at) for at in places(FULL_QUICKSIGHT)[1:]],
    ids=short,
)
def test_an_unknown_passes_wherever_it_is(resource: Any, at: tuple[Any, ...]) -> None:
    whole = copy.deepcopy(FULL if resource is IdentityStoreUser else FULL_QUICKSIGHT)
    inner: Any = whole
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = Unknown()
    provider = provider_of(resource)
    result = provider.check({}, whole)
    assert not result.failures
    assert has_unknown(result.inputs[at[0]])
    before = provider.check({}, FULL if resource is IdentityStoreUser else FULL_QUICKSIGHT).inputs
    diff = provider.diff(PHYSICAL_IDS[resource.__name__], wire(before), result.inputs)
    assert diff.changes is None, "what is not known yet may differ"
    assert diff.replaces == ([at[0]] if at[0] in kind_of(resource).schema.replaces else [])


def test_an_unknown_beside_a_failure_hides_nothing_else() -> None:
    program = USER.program | {"user_name": Unknown(), "title": ""}
    failures = provider_of(IdentityStoreUser).check({}, program).failures
    assert [failure.reason.split()[0] for failure in failures] == ["title"]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_what_was_checked_is_unchanged_by_another_check_and_by_the_engine(example: Example) -> None:
    provider = provider_of(example.resource)
    changes = {name: values[0] for name, values in example.changes.items()}
    first = provider.check({}, fill(example.program | changes, IDS))
    again = provider.check({}, wire(first.inputs))
    assert not first.failures
    assert again.inputs == first.inputs
    assert provider.diff(PHYSICAL_IDS[example.name], wire(first.inputs), again.inputs).changes is False


# The region


@pytest.fixture
def no_region(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without a region, on a machine without credentials."""
    for name in ("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setattr("botocore.session.Session.get_credentials", lambda *_: pytest.fail("credentials"))
    return monkeypatch


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_new_resource_without_a_region_fails_in_the_preview(no_region: Any, example: Example) -> None:
    program = wire(fill(example.program, IDS))
    (failure,) = lifecycle.check(example.kind, {}, program).failures
    assert str(failure).startswith("region is required: set `region` or AWS_REGION, or run `pulumi config set")
    assert not lifecycle.check(example.kind, {}, program | {"region": "eu-west-1"}).failures
    assert not lifecycle.check(example.kind, {}, program | {"region": Unknown()}).failures
    assert not lifecycle.check(example.kind, program, program).failures, "state has the region of an existing one"


def test_the_region_of_a_profile_is_enough(no_region: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("[profile people]\nregion = eu-west-1\n")
    no_region.setenv("AWS_CONFIG_FILE", str(config))
    no_region.setenv("AWS_PROFILE", "people")
    assert check(IdentityStoreUser) == {}
    no_region.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(Denied, match="AWS_PROFILE"):
        check(IdentityStoreUser)


@pytest.mark.parametrize("environment", [{"AWS_REGION": "eu-west-1"}, {}], ids=["environment", "program"])
def test_a_region_at_hand_costs_no_import_of_boto3(environment: dict[str, str]) -> None:
    given = {} if environment else {"region": "eu-west-1"}
    code = (
        "import sys; from pulumi_identity.provider import registry, lifecycle; import pulumi_identity.resources;"
        "kind = registry.KINDS['Group'];"
        f"checked = lifecycle.check(kind, {{}}, {PROGRAMS[Group] | given!r});"
        "assert not checked.failures; sys.exit('botocore' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0


def test_whole_numbers_stay_whole() -> None:
    result = provider_of(IdentityStoreUser).check({}, wire(USER.program | {"extensions": {ENTERPRISE: {"level": 7}}}))
    assert repr(result.inputs["extensions"][ENTERPRISE]["level"]) == "7"


def test_an_arn_is_as_good_as_an_id() -> None:
    arns = {
        "identity_store_id": f"arn:aws:identitystore::123456789012:identitystore/{STORE}",
        "group_id": f"arn:aws:identitystore:::group/{GROUP_ID}",
        "member_id": f"{STORE}/{USER_ID}",  # the physical id
    }
    result = provider_of(GroupMembership).check({}, PROGRAMS[GroupMembership] | arns)
    ids = {"identity_store_id": STORE, "group_id": GROUP_ID, "member_id": USER_ID}
    assert {name: result.inputs[name] for name in ids} == ids


# Diff


@pytest.mark.parametrize(
    ("resource", "olds", "news", "changes", "replaces"),
    [
        (IdentityStoreUser, {}, {}, False, None),
        (IdentityStoreUser, {"__provider": "old"}, {"__provider": "new"}, False, None),
        (IdentityStoreUser, {"revision": "1", "user_id": "u"}, {}, False, None),
        (IdentityStoreUser, {"region": "us-east-1", "__resolved": ["region"]}, {}, False, None),
        (IdentityStoreUser, {"region": "us-east-1"}, {"region": "us-east-1"}, False, None),
        (IdentityStoreUser, {"region": "us-east-1"}, {"region": "eu-west-1"}, None, []),
        (AppStreamUser, {"region": "us-east-1"}, {"region": "eu-west-1"}, None, ["region"]),
        (IdentityStoreUser, {"adopt": True}, {}, False, None),
        (IdentityStoreUser, {}, {"adopt": True}, False, None),
        (IdentityStoreUser, {}, {"adopt": "externally-managed"}, None, []),
        (IdentityStoreUser, {"title": "Dr"}, {}, None, []),
        (IdentityStoreUser, {"title": "Dr"}, {"title": "Dr"}, False, None),
        (IdentityStoreUser, {}, {"user_name": "j", "title": "Dr"}, None, []),
        (IdentityStoreUser, {"extensions": EMPLOYED}, {"extensions": {ENTERPRISE: {}}}, None, []),
        (QuickSightUser, {"tags": {"a": "1", "b": "2"}}, {"tags": {"b": "2", "a": "1"}}, False, None),
        (QuickSightUser, {}, {"user_role": "AUTHOR"}, None, []),
        (QuickSightUser, {}, {"aws_account_id": None}, False, None),
        (QuickSightUser, {}, {"namespace": "other", "user_name": "k"}, None, ["namespace", "user_name"]),
        (AppStreamUser, {}, {"message_action": "RESEND"}, None, []),
    ],
    ids=short,
)
def test_what_counts_as_a_change(resource: Any, olds: Any, news: Any, changes: Any, replaces: Any) -> None:
    provider = provider_of(resource)
    program = provider.check({}, PROGRAMS[resource]).inputs
    diff = provider.diff(PHYSICAL_IDS[resource.__name__], wire(program | olds), wire(program | news))
    assert (diff.changes, diff.replaces) == (changes, replaces)
    assert changes is False or diff.delete_before_replace


# What is live, cut down to what was declared


@pytest.mark.parametrize(
    ("live", "declared", "seen"),
    [
        ("a", "b", "a"),
        (None, "b", None),
        ({"a": 1, "b": 2}, {"a": 1}, {"a": 1}),
        ({"a": 1}, {"a": 1, "b": 2}, {"a": 1}),
        ({"a": None}, {"a": 1}, {}),
        ({"x": {"y": 1, "z": 2}}, {"x": {"y": 0}}, {"x": {"y": 1}}),
        ([{"value": "a", "primary": False}], [{"value": "a"}], [{"value": "a"}]),
        ([{"value": "b", "primary": False}], [{"value": "a"}], [{"value": "b"}]),
        ([{"value": "b"}, {"value": "a"}], [{"value": "a"}, {"value": "b"}], [{"value": "a"}, {"value": "b"}]),
        ([{"value": "c"}, {"value": "a"}], [{"value": "a"}, {"value": "b"}], [{"value": "a"}, {"value": "c"}]),
        ([{"value": "c"}, {"value": "b"}], [{"value": "a"}, {"value": "b"}], [{"value": "c"}, {"value": "b"}]),
        ([{"value": "a"}, {"value": "z"}], [{"value": "a"}], [{"value": "a"}, {"value": "z"}]),
        ([{"value": "a"}], [{"value": "a"}, {"value": "b"}], [{"value": "a"}]),
        ([{"value": "a"}], [{"value": "a"}, {"value": "a"}], [{"value": "a"}]),
        ([], [{"value": "a"}], []),
        ("text", {"a": 1}, "text"),
    ],
    ids=short,
)
def test_projection(live: Any, declared: Any, seen: Any) -> None:
    assert restrict_to_declared(live, declared) == seen


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=short)
def test_an_order_that_aws_made_up_is_no_drift(order: tuple[int, ...]) -> None:
    declared = [{"value": str(n)} for n in range(3)]
    live = [declared[n] | {"primary": n == 0} for n in order]
    assert restrict_to_declared(live, declared) == declared
