"""What a backend is told about its caller, and how it says no."""

from dataclasses import dataclass
from typing import Any

DEFAULT_ACCOUNT = "123456789012"  # moto's
DEFAULT_REGION = "us-east-1"


@dataclass(frozen=True)
class Caller:
    """Who sent a request, and to which region.

    `account` follows from the access key: keys that STS gave out for a role act in the
    role's account, every other key in moto's default account, 123456789012.
    """

    account: str
    region: str
    access_key: str = ""


class AwsError(Exception):
    """A refusal. The class is the error code; `members` are what AWS's model adds to it.

    A code that a service's model does not know is answered as well (AWS has such codes,
    ValidationException of a JSON service among them), with HTTP status 400.
    """

    def __init__(self, message: str, **members: Any) -> None:
        super().__init__(message)
        self.message = message
        self.members = {name: value for name, value in members.items() if value is not None}

    @property
    def code(self) -> str:
        """The error code as it is on the wire."""
        return type(self).__name__


class ValidationException(AwsError):
    """A request that breaks a limit, a pattern or a rule."""


class SerializationException(AwsError):
    """A body that can't be read."""


class ThrottlingException(AwsError):
    """More calls than the service takes."""


class InjectedError(AwsError):
    """A refusal that a test asked for, with any code."""

    def __init__(self, code: str, message: str, **members: Any) -> None:
        super().__init__(message, **members)
        self._code = code

    @property
    def code(self) -> str:
        """The code that was asked for."""
        return self._code
