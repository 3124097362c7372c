"""The caller of a backend, and the errors that backends raise."""

from dataclasses import dataclass
from typing import Any

DEFAULT_ACCOUNT = "123456789012"  # moto's
DEFAULT_REGION = "us-east-1"


@dataclass(frozen=True)
class Caller:
    """The sender of a request, and its region.

    The access key determines the account. A key from STS for a role belongs to the role's account. Every other key
    belongs to moto's default account, 123456789012.
    """

    account: str
    region: str
    access_key: str = ""


class AwsError(Exception):
    """An error response. The class name is the error code, and `members` are further members of its shape.

    A code that is missing in the service's model gets HTTP status 400. AWS has such codes, for example
    ValidationException of a JSON service.
    """

    def __init__(self, message: str, **members: Any) -> None:
        super().__init__(message)
        self.message = message
        self.members = {name: value for name, value in members.items() if value is not None}

    @property
    def code(self) -> str:
        """The error code in the response."""
        return type(self).__name__


class ValidationException(AwsError):
    """A request that violates a limit, a pattern or a rule."""


class SerializationException(AwsError):
    """A body that can't be parsed."""


class ThrottlingException(AwsError):
    """More calls than the rate limit allows."""


class InjectedError(AwsError):
    """An injected error, with any code."""

    def __init__(self, code: str, message: str, **members: Any) -> None:
        super().__init__(message, **members)
        self._code = code

    @property
    def code(self) -> str:
        """The injected code."""
        return self._code
