"""The emulator is what we know about AWS: every fact's probe gets the expected answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from emulator.asking import ACCOUNT, REGION, STORE, raw_client

from pulumi_identity.emulator import Emulator
from pulumi_identity.facts import FACTS, Certainty, Fact, Mode
from pulumi_identity.facts.probe import Account, Probe, UnprefixedNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLE = f"arn:aws:iam::{ACCOUNT}:role/team/Analyst"
GONE = "probe-gone"
"""A group with a member whose role is gone."""


@pytest.fixture
def aws(port: int) -> Iterator[Emulator]:
    with Emulator(port=port, identity_stores=[STORE]) as emulator:
        yield emulator


@pytest.fixture
def account(aws: Emulator) -> Account:
    return Account(
        client=lambda service, region: raw_client(service, region, aws.url),
        prefix="probe-",
        region=REGION,
        quicksight_region=REGION,
        identity_store=STORE,
        quicksight=ACCOUNT,
        appstream=True,
        iam_role=ROLE,
    )


def prepare(aws: Emulator, account: Account, mode: Mode) -> Account:
    """Let the account be what the facts of a mode need."""
    aws.identitystore.active_directory = mode is Mode.ACTIVE_DIRECTORY
    aws.quicksight.identity_center = mode is Mode.IDENTITY_CENTER
    if mode is Mode.NO_PRINCIPAL:
        probe = Probe(account)
        user = probe.registered(IdentityType="IAM", IamArn=ROLE, SessionName="probe-gone")["User"]["UserName"]
        probe.joined(probe.quicksight_group(GONE), user)
        aws.quicksight.remove_iam_principal(ROLE)
    if mode is Mode.ANY_NAME:
        return Account(**{**vars(account), "prefix": ""})
    return account


@pytest.mark.parametrize("fact", FACTS, ids=[fact.name for fact in FACTS])
def test_every_fact_holds(aws: Emulator, account: Account, fact: Fact) -> None:
    probe = Probe(prepare(aws, account, fact.mode))
    observed = fact.probe(probe)
    assert fact.holds(observed), f"{fact.text} Expected {fact.expected}, got {observed}"
    assert probe.clean() == []
    client = raw_client("identitystore", REGION, aws.url)
    if fact.mode is not Mode.ACTIVE_DIRECTORY:
        assert client.list_users(IdentityStoreId=STORE)["Users"] == []
        assert client.list_groups(IdentityStoreId=STORE)["Groups"] == []
    quicksight = raw_client("quicksight", REGION, aws.url)
    place = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
    users, groups = quicksight.list_users(**place)["UserList"], quicksight.list_groups(**place)["GroupList"]
    assert [user for user in users if user["UserName"] != "N/A"] == []
    assert [group for group in groups if group["GroupName"] != GONE] == []
    appstream = raw_client("appstream", REGION, aws.url)
    assert appstream.describe_users(AuthenticationType="USERPOOL")["Users"] == []
    assert appstream.describe_stacks()["Stacks"] == []


def test_facts_are_complete() -> None:
    assert len({fact.name for fact in FACTS}) == len(FACTS)
    for fact in FACTS:
        assert fact.text.endswith("."), fact.name
        assert len(fact.text.split()) <= 25, fact.name
        assert fact.source, fact.name
    assert {fact.certainty for fact in FACTS} == set(Certainty)
    assert {fact.mode for fact in FACTS} == set(Mode)


def test_nothing_is_created_without_the_prefix(account: Account) -> None:
    probe = Probe(account)
    for create in (probe.user, probe.group, probe.registered, probe.pool_user):
        with pytest.raises(UnprefixedNameError):
            create("somebody")
    assert probe.clean() == []
