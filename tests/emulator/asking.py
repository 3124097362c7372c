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
