"""The instances of IAM Identity Center: ListInstances and DescribeInstance. moto serves all other operations.

moto's instance has an identity store that does not exist here. Programs find their store with these operations.
"""

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from botocore import xform_name

from pulumi_identity.aws.regions import partition

from .errors import AwsError, Caller, ValidationException
from .identifiers import START
from .pages import BadTokenError, Records

Members = dict[str, Any]

PAGE = 100  # model


class ResourceNotFoundException(AwsError):
    """An instance that does not exist."""


class SsoAdmin:
    """The service `sso-admin`: each operation is a method of its snake_case name."""

    def __init__(self, stores_of: Callable[[Caller], Sequence[str]]) -> None:
        self.lock = threading.RLock()
        self._stores_of = stores_of

    def reset(self) -> None:
        """Do nothing: the identity store has the content."""

    @staticmethod
    def refuse(problems: list[str]) -> AwsError:
        """Return the error for a request that violates the model."""
        return ValidationException("; ".join(problems))

    def guard(self, caller: Caller, operation: str, path: Mapping[str, str]) -> None:
        """Accept every request."""

    def serves(self, operation: str, _path: Mapping[str, str]) -> bool:
        """Return whether this backend serves an operation, and not moto."""
        return hasattr(self, xform_name(operation))

    def list_instances(self, caller: Caller, request: Members) -> Members:
        instances = Records[Members]()
        for store in self._stores_of(caller):
            instances.add(store, _instance(caller, store))
        try:
            found, token = instances.page("instances", request.get("MaxResults", PAGE), request.get("NextToken"))
        except BadTokenError as error:
            raise ValidationException(str(error)) from error
        return {"Instances": found} if token is None else {"Instances": found, "NextToken": token}

    def describe_instance(self, caller: Caller, request: Members) -> Members:
        for store in self._stores_of(caller):
            instance = _instance(caller, store)
            if instance["InstanceArn"] == request["InstanceArn"]:
                return instance
        raise ResourceNotFoundException(f"instance {request['InstanceArn']} not found")


def _instance(caller: Caller, store: str) -> Members:
    """Return the instance of a store. The ids of instances follow from the ids of stores."""
    digest = hashlib.sha256(store.encode()).hexdigest()[:16]
    return {
        "InstanceArn": f"arn:{partition(caller.region)}:sso:::instance/ssoins-{digest}",
        "IdentityStoreId": store,
        "OwnerAccountId": caller.account,
        "CreatedDate": START,
        "Status": "ACTIVE",
    }
