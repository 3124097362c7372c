"""A user of AppStream's user pool, and AppStream's errors."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .errors import AwsError
from .pages import Records

Members = dict[str, Any]

USERPOOL = "USERPOOL"


class InvalidParameterCombinationException(AwsError):
    """Parameters that exclude each other, or a missing parameter."""


class InvalidParameterValueException(AwsError):
    """An authentication type that has no users here. The model lacks this code; clients report it."""


class OperationNotPermittedException(AwsError):
    """An operation that the state of the user does not allow."""


class ResourceAlreadyExistsException(AwsError):
    """A user or stack whose name is already in use."""


class ResourceNotFoundException(AwsError):
    """A user or stack that does not exist."""


@dataclass(frozen=True)
class PoolEmail:
    """An e-mail that AWS would send to a user."""

    user_name: str
    resent: bool = False
    """Whether the e-mail is a welcome message that is sent again."""
    stack_name: str = ""
    """The stack of a new association. Empty for a welcome message."""


@dataclass
class PoolUser:
    """A user of the pool. The names and the e-mail address can't change."""

    name: str
    arn: str
    names: Members
    created: datetime
    enabled: bool = True
    status: str = "UNCONFIRMED"
    visible_at: float = 0.0  # by the monotonic clock
    hidden_listings: int = 0
    stacks: Records[Members] = field(default_factory=Records)

    def answer(self) -> Members:
        """Return the user in the form of DescribeUsers."""
        return {
            "Arn": self.arn,
            "UserName": self.name,
            "Enabled": self.enabled,
            "Status": self.status,
            **self.names,
            "CreatedTime": self.created,
            "AuthenticationType": USERPOOL,
        }


def check_userpool(request: Members) -> None:
    """Raise an error for another authentication type than USERPOOL."""
    kind = request.get("AuthenticationType")
    if kind != USERPOOL:
        raise InvalidParameterCombinationException(f"authentication type must be USERPOOL, not {kind}")


def get_user(pool: Records[PoolUser], name: str) -> PoolUser:
    """Return the user with this name, or raise an error."""
    user = pool.get(name)
    if user is None:
        raise ResourceNotFoundException(f"user {name} not found in the user pool")
    return user
