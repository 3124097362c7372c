"""QuickSight's errors, and what its answers look like."""

from typing import Any, Protocol, TypeVar

from .errors import AwsError
from .pages import BadTokenError, Records

Members = dict[str, Any]

PAGE = 100  # model


class Answered(Protocol):
    """What can be listed."""

    def answer(self) -> Members:
        """Return the members that AWS returns."""


ListedEntity = TypeVar("ListedEntity", bound=Answered)


class AccessDeniedException(AwsError):
    """A request for another account, or outside the identity region."""


class InvalidNextTokenException(AwsError):
    """A token that is not valid for this listing."""


class InvalidParameterValueException(AwsError):
    """A missing, invalid or inapplicable parameter."""


class LimitExceededException(AwsError):
    """Too many tags."""


class PreconditionNotMetException(AwsError):
    """An account whose subscription is changing."""


class QuickSightUserNotFoundException(AwsError):
    """A user of a session that does not exist."""


class ResourceExistsException(AwsError):
    """A user or group that already exists."""


class ResourceNotFoundException(AwsError):
    """A user, group, namespace or subscription that does not exist."""


class SessionLifetimeInMinutesInvalidException(AwsError):
    """A session that is too short or too long."""


class UnsupportedUserEditionException(AwsError):
    """An operation that needs the Enterprise edition."""


def answer(status: int = 200, **members: Any) -> Members:
    """Return an answer, with the status that every answer of QuickSight carries."""
    return {"Status": status, **members}


def listing(
    name: str,
    records: Records[ListedEntity],
    request: Members,
    bad_token: type[AwsError] = InvalidNextTokenException,
) -> Members:
    """Return the page that a request asks for.

    Args:
        name: The member that holds the page.
        records: Everything that is listed.
        request: The request. Its page token is valid for a request with the same other members.
        bad_token: The error for a token that is not valid.
    """
    query = {key: value for key, value in request.items() if key not in ("MaxResults", "NextToken")}
    try:
        page, token = records.page(query, request.get("MaxResults", PAGE), request.get("NextToken"))
    except BadTokenError as error:
        raise bad_token(str(error)) from error
    found = {**answer(), name: [entity.answer() for entity in page]}
    return found if token is None else {**found, "NextToken": token}


def not_found(noun: str, name: str) -> ResourceNotFoundException:
    """Return the error for a User or a Group that does not exist."""
    return ResourceNotFoundException(f"{noun} {name} not found", ResourceType=noun.upper())
