"""How the emulator's tests ask it: by clients that neither retry nor check what they send."""

from collections.abc import Callable
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

ACCOUNT = "123456789012"
REGION = "us-east-1"
STORE = "d-1234567890"

ENTERPRISE = "aws:identitystore:enterprise"

EVERYTHING: dict[str, Any] = {
    "UserName": "jo@example.org",
    "Name": {
        "Formatted": "Dr Jo Do",
        "FamilyName": "Do",
        "GivenName": "Jo",
        "MiddleName": "M",
        "HonorificPrefix": "Dr",
        "HonorificSuffix": "PhD",
    },
    "DisplayName": "Jo Do",
    "NickName": "J",
    "ProfileUrl": "https://example.org/jo",
    "Emails": [{"Value": "jo@example.org", "Type": "work", "Primary": True}],
    "Addresses": [{"StreetAddress": "1 Way", "Locality": "Köln", "Country": "DE", "Primary": False}],
    "PhoneNumbers": [{"Value": "+49 1", "Type": "work"}],
    "UserType": "Employee",
    "Title": "Engineer",
    "PreferredLanguage": "de",
    "Locale": "de-DE",
    "Timezone": "Europe/Berlin",
    "Photos": [{"Value": "https://example.org/1.png"}, {"Value": "https://example.org/2.png", "Primary": True}],
    "Website": "https://example.org",
    "Birthdate": "2000-01-01",
    "Roles": [{"Value": "dev", "Primary": True}],
    "Extensions": {ENTERPRISE: {"employeeNumber": "7", "manager": {"value": "x"}}},
}
"""Every attribute of a user."""

Ask = Callable[..., Any]


@cache
def raw_client(service: str, region: str, url: str) -> Any:
    config = Config(retries={"total_max_attempts": 1}, parameter_validation=False, max_pool_connections=40)
    return boto3.client(service, region_name=region, endpoint_url=url, config=config)


class Refusal:
    """An error answer: its code, its HTTP status, and all of its members."""

    code = ""
    status = 0
    message = ""

    def __init__(self) -> None:
        self.members: dict[str, Any] = {}

    def _take(self, error: ClientError) -> None:
        self.code = error.response["Error"]["Code"]
        self.message = error.response["Error"]["Message"]
        self.status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        self.members = error.response


@contextmanager
def refused(code: str, **members: Any) -> Any:
    """What happens inside is refused with this code and these members."""
    refusal = Refusal()
    with pytest.raises(ClientError) as caught:
        yield refusal
    refusal._take(caught.value)
    assert refusal.code == code, refusal.members
    assert {name: refusal.members.get(name) for name in members} == members


class Store:
    """One identity store, asked over HTTP."""

    def __init__(self, client: Any, store: str = STORE) -> None:
        self.client = client
        self.id = store

    def __getattr__(self, operation: str) -> Ask:
        method = getattr(self.client, operation)

        def ask(**arguments: Any) -> Any:
            answer = method(**{"IdentityStoreId": self.id, **arguments})
            del answer["ResponseMetadata"]
            return answer

        return ask

    def user(self, name: str = "jo", **attributes: Any) -> str:
        given = {"UserName": name, "DisplayName": name, "Name": {"GivenName": "Jo", "FamilyName": "Do"}}
        return str(self.create_user(**{**given, **attributes})["UserId"])

    def group(self, name: str = "admins", **attributes: Any) -> str:
        return str(self.create_group(DisplayName=name, **attributes)["GroupId"])

    def member(self, group: str, user: str) -> str:
        return str(self.create_group_membership(GroupId=group, MemberId={"UserId": user})["MembershipId"])

    def set(self, user: str, path: str, *value: Any) -> Any:
        operation = {"AttributePath": path, **({"AttributeValue": value[0]} if value else {})}
        return self.update_user(UserId=user, Operations=[operation])


class QuickSight:
    """QuickSight, asked about one account and namespace."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def __getattr__(self, operation: str) -> Ask:
        method = getattr(self.client, operation)

        def ask(**arguments: Any) -> Any:
            return method(**{"AwsAccountId": ACCOUNT, "Namespace": "default", **arguments})

        return ask

    def user(self, name: str | None = "jo", **arguments: Any) -> Any:
        given = {"IdentityType": "QUICKSIGHT", "Email": "jo@example.org", "UserRole": "READER"}
        named = {} if name is None else {"UserName": name}
        return self.register_user(**{**given, **named, **arguments})

    def iam(self, arn: str, **arguments: Any) -> Any:
        return self.user(None, IdentityType="IAM", IamArn=arn, **arguments)["User"]

    def set(self, name: str = "jo", **arguments: Any) -> Any:
        given = {"Email": "jo@example.org", "Role": "READER"}
        return self.update_user(**{"UserName": name, **given, **arguments})["User"]

    def names(self) -> list[str]:
        return [user["UserName"] for user in self.list_users()["UserList"]]
