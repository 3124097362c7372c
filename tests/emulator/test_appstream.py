"""AppStream's user pool, over HTTP, in both of its protocols."""

import time
from functools import cache
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.loaders import Loader
from emulator.asking import ACCOUNT, REGION, Ask, raw_client, refused

from pulumi_identity.emulator import Emulator

JO = {"UserName": "jo@example.org", "AuthenticationType": "USERPOOL"}
NAMES = {"FirstName": "Jo", "LastName": "Do"}
COMBINATION = "InvalidParameterCombinationException"


@cache
def cbor_client(url: str) -> Any:
    """A client that speaks the first protocol of the model: boto3 would choose the second."""

    class CborOnly(Loader):
        def load_service_model(self, service_name: str, type_name: str, api_version: str | None = None) -> Any:
            model = super().load_service_model(service_name, type_name, api_version)
            if type_name == "service-2" and service_name == "appstream":
                metadata = {**model["metadata"], "protocols": ["smithy-rpc-v2-cbor"]}
                return {**model, "metadata": metadata}
            return model

    session = boto3.Session(region_name=REGION)
    session._session.register_component("data_loader", CborOnly(include_default_search_paths=True))
    config = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
    return session.client("appstream", endpoint_url=url, config=config)


@pytest.fixture(params=["json", "smithy-rpc-v2-cbor"])
def appstream(aws: Emulator, request: pytest.FixtureRequest) -> Any:
    client = raw_client("appstream", REGION, aws.url) if request.param == "json" else cbor_client(aws.url)
    assert client.meta.service_model.resolved_protocol == request.param
    return client


def users(client: Any, **arguments: Any) -> list[dict[str, Any]]:
    return list(client.describe_users(AuthenticationType="USERPOOL", **arguments)["Users"])


def test_a_user_from_creation_to_deletion(appstream: Any, aws: Emulator) -> None:
    answer = appstream.create_user(**JO, **NAMES)
    assert set(answer) == {"ResponseMetadata"}
    (user,) = users(appstream)
    assert user.pop("Arn").startswith(f"arn:aws:appstream:{REGION}:{ACCOUNT}:user/userpool/")
    assert abs(user.pop("CreatedTime").timestamp() - time.time()) < 5
    assert user == {**JO, **NAMES, "Enabled": True, "Status": "UNCONFIRMED"}
    appstream.disable_user(**JO)
    assert users(appstream)[0]["Enabled"] is False
    appstream.enable_user(**JO)
    assert users(appstream)[0]["Enabled"] is True
    appstream.delete_user(**JO)
    assert users(appstream) == []
    assert [(e.user_name, e.resent) for e in aws.appstream.emails] == [(JO["UserName"], False)]


def test_welcome_messages(appstream: Any, aws: Emulator) -> None:
    appstream.create_user(**JO, MessageAction="SUPPRESS")
    assert aws.appstream.emails == []
    appstream.create_user(**JO, MessageAction="RESEND")
    assert [e.resent for e in aws.appstream.emails] == [True]
    with refused(COMBINATION):
        appstream.create_user(**JO, **NAMES, MessageAction="RESEND")
    with refused("ResourceNotFoundException") as refusal:
        appstream.create_user(**{**JO, "UserName": "al@example.org"}, MessageAction="RESEND")
    assert refusal.status == 404
    aws.appstream.sign_in(JO["UserName"], ACCOUNT, REGION)
    assert users(appstream)[0]["Status"] == "CONFIRMED"
    with refused("OperationNotPermittedException"):
        appstream.create_user(**JO, MessageAction="RESEND")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"FirstName": "José"}, "ValidationException"),
        ({"LastName": "O'Brien"}, "ValidationException"),
        ({"UserName": ""}, "ValidationException"),
        ({"UserName": "with space@example.org"}, "ValidationException"),
        ({"MessageAction": "SHOUT"}, "ValidationException"),
        ({"AuthenticationType": "LDAP"}, "ValidationException"),
        ({"UserName": "no-address"}, COMBINATION),
    ],
)
def test_what_creation_refuses(appstream: Any, arguments: dict[str, str], code: str) -> None:
    with refused(code) as refusal:
        appstream.create_user(**{**JO, **NAMES, **arguments})
    assert (refusal.status, bool(refusal.message)) == (400, True)
    assert users(appstream) == []


def test_names_are_case_sensitive_and_unique(appstream: Any) -> None:
    appstream.create_user(**JO)
    with refused("ResourceAlreadyExistsException"):
        appstream.create_user(**JO)
    appstream.create_user(**{**JO, "UserName": "Jo@example.org"})
    assert len(users(appstream)) == 2
    for operation in ("enable_user", "disable_user", "delete_user"):
        with refused("ResourceNotFoundException"):
            getattr(appstream, operation)(**{**JO, "UserName": "JO@example.org"})


def test_pools_are_of_an_account_and_region(ask: Ask) -> None:
    ask("appstream").create_user(**JO)
    assert users(ask("appstream", "eu-west-1")) == []


def test_pages(appstream: Any, aws: Emulator) -> None:
    names = [f"u{n}@example.org" for n in range(130)]
    aws.appstream.seed_users(names, ACCOUNT, REGION)
    pages = list(appstream.get_paginator("describe_users").paginate(AuthenticationType="USERPOOL"))
    assert [user["UserName"] for page in pages for user in page["Users"]] == names
    assert [len(page["Users"]) for page in pages] == [60, 60, 10]
    assert len(users(appstream, MaxResults=7)) == 7
    with refused(COMBINATION):
        users(appstream, NextToken="made-up")
    with refused(COMBINATION):
        appstream.describe_users(AuthenticationType="SAML")
    with refused("ValidationException"):
        users(appstream, MaxResults=0)


def test_a_user_is_not_seen_at_once(ask: Ask, aws: Emulator) -> None:
    client = ask("appstream")
    aws.appstream.hidden_listings = 2
    client.create_user(**JO)
    client.disable_user(**JO)  # found by name, though not listed
    assert [len(users(client)) for _ in range(3)] == [0, 0, 1]
    with Emulator(appstream_visible_after=0.2) as slow:
        client = raw_client("appstream", REGION, slow.url)
        client.create_user(**JO)
        assert users(client) == []
        time.sleep(0.25)
        assert len(users(client)) == 1


@pytest.mark.parametrize("kind", ["API", "SAML"])
def test_only_the_user_pool_has_users(appstream: Any, kind: str) -> None:
    with refused("InvalidParameterValueException") as refusal:
        appstream.create_user(**{**JO, "AuthenticationType": kind})
    assert refusal.message == f"Cannot create a user with '{kind}' authentication type"


def test_stacks_from_creation_to_deletion(appstream: Any) -> None:
    stack = appstream.create_stack(Name="desktop", Description="For all", Tags={"a": "b"})["Stack"]
    assert (stack["Name"], stack["Description"]) == ("desktop", "For all")
    assert stack["Arn"] == f"arn:aws:appstream:{REGION}:{ACCOUNT}:stack/desktop"
    with refused("ResourceAlreadyExistsException"):
        appstream.create_stack(Name="desktop")
    with refused("ValidationException"):
        appstream.create_stack(Name="no spaces")
    appstream.create_stack(Name="other")
    assert [found["Name"] for found in appstream.describe_stacks()["Stacks"]] == ["desktop", "other"]
    assert appstream.describe_stacks(Names=["desktop"])["Stacks"] == [stack]
    appstream.create_user(**JO)
    appstream.batch_associate_user_stack(UserStackAssociations=[{**JO, "StackName": "desktop"}])
    appstream.delete_stack(Name="desktop")
    assert appstream.describe_user_stack_associations(**JO)["UserStackAssociations"] == []
    with refused("ResourceNotFoundException"):
        appstream.describe_stacks(Names=["desktop"])


def test_arns_are_in_the_partition_of_the_region(ask: Ask) -> None:
    client = ask("appstream", "us-gov-west-1")
    client.create_user(**JO)
    assert users(client)[0]["Arn"].startswith("arn:aws-us-gov:appstream:us-gov-west-1:")
    assert client.create_stack(Name="desktop")["Stack"]["Arn"].startswith("arn:aws-us-gov:appstream:")


def test_associations(appstream: Any) -> None:
    appstream.create_user(**JO)
    appstream.create_stack(Name="desktop")
    good = {**JO, "StackName": "desktop"}
    nobody = {**good, "UserName": "al@example.org"}
    nowhere = {**good, "StackName": "other"}
    answer = appstream.batch_associate_user_stack(UserStackAssociations=[good, nobody, nowhere])
    assert [(e["ErrorCode"], e["UserStackAssociation"]) for e in answer["errors"]] == [
        ("USER_NAME_NOT_FOUND", nobody),
        ("STACK_NOT_FOUND", nowhere),
    ]
    for asked in ({"StackName": "desktop"}, JO):
        found = appstream.describe_user_stack_associations(**asked)
        assert found["UserStackAssociations"] == [good]
    with refused(COMBINATION):
        appstream.describe_user_stack_associations()
    with refused("ValidationException"):
        appstream.batch_associate_user_stack(UserStackAssociations=[good] * 26)
    appstream.batch_disassociate_user_stack(UserStackAssociations=[good])
    assert appstream.describe_user_stack_associations(StackName="desktop")["UserStackAssociations"] == []


def test_an_association_sends_an_email_if_asked(appstream: Any, aws: Emulator) -> None:
    appstream.create_user(**JO, MessageAction="SUPPRESS")
    appstream.create_stack(Name="desktop")
    association = {**JO, "StackName": "desktop"}
    appstream.batch_associate_user_stack(UserStackAssociations=[association])
    assert aws.appstream.emails == []
    for _ in range(2):
        appstream.batch_associate_user_stack(UserStackAssociations=[{**association, "SendEmailNotification": True}])
    assert [(email.user_name, email.stack_name) for email in aws.appstream.emails] == [
        ("jo@example.org", "desktop")
    ] * 2
    assert len(appstream.describe_user_stack_associations(**JO)["UserStackAssociations"]) == 1


def test_associations_are_listed_in_pages(appstream: Any, aws: Emulator) -> None:
    names = [f"u{n:02}@example.org" for n in range(30)]
    aws.appstream.seed_users(names, ACCOUNT, REGION)
    appstream.create_stack(Name="desktop")
    for start in (0, 15):
        users = [{**JO, "UserName": name, "StackName": "desktop"} for name in names[start : start + 15]]
        appstream.batch_associate_user_stack(UserStackAssociations=users)
    pages = list(appstream.get_paginator("describe_user_stack_associations").paginate(StackName="desktop"))
    assert [len(page["UserStackAssociations"]) for page in pages] == [25, 5]
    assert [each["UserName"] for page in pages for each in page["UserStackAssociations"]] == names


def test_what_is_not_served_says_so(appstream: Any) -> None:
    with refused("UnknownOperationException") as refusal:
        appstream.describe_fleets()
    assert "DescribeFleets" in refusal.message
