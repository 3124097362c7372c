"""Errors: one line each, which names the action, the entity, the cause and the remedy.

IdentityError
├── NotFound        the store, namespace, subscription or entity does not exist
├── AlreadyExists   an entity with this name or e-mail address already exists
├── Conflict        another writer, identity provider or resource manages or changes the entity
├── Denied          the credentials are missing, invalid or lack a permission
├── Throttled       AWS throttled the request until the retries ran out
├── Unavailable     AWS failed, could not be reached, or returned an incomplete response
└── Rejected        AWS rejects the request
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from pulumi import RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ._advice import Advice


class IdentityError(RunError):
    """A failed request. Pulumi prints an uncaught one without a traceback.

    `code` is AWS's error code, `operation` the API operation, and `request_id` AWS's id of the request, which AWS
    Support needs. Each is "" if the error does not come from AWS.
    """

    code: str = ""
    operation: str = ""
    request_id: str = ""

    def __init__(self, message: str = "") -> None:
        super().__init__(visible(message))

    def __str__(self) -> str:
        return f"{self.message} (AWS request id: {self.request_id})" if self.request_id else self.message

    @property
    def message(self) -> str:
        """The error without the request id."""
        return super().__str__()

    def of_request(self, error: IdentityError) -> Self:
        """Take the code, the operation and the request id from another error.

        Args:
            error: The error of the request.

        Returns:
            This error.
        """
        self.code, self.operation, self.request_id = error.code, error.operation, error.request_id
        return self


class NotFound(IdentityError):
    """The store, namespace, subscription or entity does not exist."""


class AlreadyExists(IdentityError):
    """An entity with this name or e-mail address already exists."""


class Conflict(IdentityError):
    """Another writer, an identity provider or another resource of the program manages or changes the entity."""


class Denied(IdentityError):
    """The credentials are missing, invalid or lack a permission."""


class Throttled(IdentityError):
    """AWS throttled the request until the retries ran out."""


class Unavailable(IdentityError):
    """AWS failed, could not be reached, or returned an incomplete response. AWS may have executed a write."""


class Rejected(IdentityError):
    """AWS rejects the request."""


for _public in (IdentityError, NotFound, AlreadyExists, Conflict, Denied, Throttled, Unavailable, Rejected):
    _public.__module__ = "pulumi_identity"  # the name that errors show, and that programs import


_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f"  # C0, delete and C1: escape sequences and bells
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # change the direction of text
    r"\u2028\u2029\ud800-\udfff]"  # line breaks, and halves of characters, which can't be printed
)

_IDENTITY_REGION = re.compile(r"your identity region is ([a-z0-9-]+)")
"""Part of QuickSight's message in a wrong region. No other AWS response names the identity region."""


def code(error: BaseException) -> str:
    """Return the code of an error.

    Args:
        error: Any exception.

    Returns:
        AWS's error code, such as `ConflictException`; the class name of an error of boto3; "" for other exceptions.
    """
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  (programs don't pay for boto3)

    if isinstance(error, ClientError):
        return str(error.response["Error"]["Code"])
    return type(error).__name__ if isinstance(error, BotoCoreError) else ""


def member(error: BaseException, name: str) -> str:
    """Return a member of AWS's error response.

    Args:
        error: Any exception.
        name: The member's name, such as `ResourceType`.

    Returns:
        The member's value; "" if the response lacks the member.
    """
    return str(answer(error).get(name, ""))


def answer(error: BaseException) -> dict[str, Any]:
    """Return AWS's error response.

    Args:
        error: Any exception.

    Returns:
        The response; an empty dict if AWS did not answer.
    """
    response = getattr(error, "response", None)  # in errors of boto3 it can be None
    return response if isinstance(response, dict) else {}


def request_id(error: BaseException) -> str:
    """Return AWS's id of a failed request.

    Args:
        error: Any exception.

    Returns:
        The id; "" if AWS did not answer.
    """
    return visible(str(answer(error).get("ResponseMetadata", {}).get("RequestId", "")))


def translate(
    error: Exception,
    doing: str,
    to: str,
    service: str,
    remedy: str | None = None,
    *,
    quote: Callable[[str], str] = str,
) -> IdentityError | None:
    """Translate an error of AWS or boto3 into one line.

    Args:
        error: The exception that boto3 raised.
        doing: The action, as a verb in -ing.
        to: The entity.
        service: boto3's name of the service.
        remedy: Replaces the remedy in the advice table.
        quote: Returns the part of AWS's message to show, or "".

    Returns:
        The translated error; None if boto3 did not raise the error.
    """
    what = code(error)
    if not what:
        return None
    message = str(answer(error).get("Error", {}).get("Message") or error).strip()
    words = " ".join(message.split())
    advice = _advice(service, doing, what, error, words)
    line = ": ".join(part for part in (f"{doing} {to}", what, quote(words)) if part)
    remedy = remedy or advice.remedy
    translated = advice.raises(f"{line} — {remedy}" if remedy else line)
    translated.code = what
    translated.request_id = request_id(error)
    translated.operation = str(getattr(error, "operation_name", ""))
    return translated


def _advice(service: str, doing: str, what: str, error: Exception, words: str) -> Advice:
    from ._advice import Advice, advise  # noqa: PLC0415  (only failed requests need the table)

    if match := _IDENTITY_REGION.search(words):
        right = match[1]
        inside = f'set region="{right}" on the QuickSight resources'
        return Advice(
            Denied, "the region is not the identity region", f"{inside}; for `pulumi-identity import`, pass --region"
        )
    codes = [f"{what}/{member(error, 'Reason')}", f"{what}/{member(error, 'ResourceType')}", what]
    if status := answer(error).get("ResponseMetadata", {}).get("HTTPStatusCode"):
        codes += [str(status), f"{status // 100}xx"]
    if what == type(error).__name__:  # an error of boto3: its base classes have advice, too
        codes += [base.__name__ for base in type(error).__mro__]
    return advise(service, doing, codes, words)


def visible(text: str) -> str:
    """Replace control characters, which could change what a terminal shows, and put the text on one line.

    Args:
        text: A text that may quote AWS, the program or the command line.

    Returns:
        The text with a space for each white-space character, and with � for each other control character.
    """
    return _CONTROL.sub(lambda match: " " if match[0].isspace() else "\N{REPLACEMENT CHARACTER}", text)


@contextmanager
def explaining(doing: str, to: str, service: str) -> Iterator[None]:
    """Translate errors of AWS and boto3 within the block into one line. Other errors pass unchanged.

    Args:
        doing: The action, as a verb in -ing.
        to: The entity.
        service: boto3's name of the service.

    Raises:
        IdentityError: The request failed.
    """
    try:
        yield
    except IdentityError as error:
        raise error from None  # its text already names the cause
    except Exception as error:
        translated = translate(error, doing, to, service)
        if translated is None:
            raise
        raise translated from None
