"""Errors: one line each, which names the action, the entity, the cause and the remedy.

IdentityError
├── NotFound        the store, namespace, subscription or entity does not exist
├── AlreadyExists   an entity with this name or e-mail address already exists
├── Conflict        another writer, identity provider or resource manages or changes the entity
├── Denied          the credentials are missing, invalid or lack a permission
├── Throttled       AWS throttled or failed until the retries ran out
└── Rejected        AWS rejects the request
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi import RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class IdentityError(RunError):
    """A failed request. Pulumi prints an uncaught one without a traceback.

    `code` is AWS's error code and `operation` the API operation. Both are "" if the error does not come from AWS.
    """

    code: str = ""
    operation: str = ""


class NotFound(IdentityError):
    """The store, namespace, subscription or entity does not exist."""


class AlreadyExists(IdentityError):
    """An entity with this name or e-mail address already exists."""


class Conflict(IdentityError):
    """Another writer, an identity provider or another resource of the program manages or changes the entity."""


class Denied(IdentityError):
    """The credentials are missing, invalid or lack a permission."""


class Throttled(IdentityError):
    """AWS throttled the request or failed until the retries ran out."""


class Rejected(IdentityError):
    """AWS rejects the request."""


for _public in (IdentityError, NotFound, AlreadyExists, Conflict, Denied, Throttled, Rejected):
    _public.__module__ = "pulumi_identity"  # the name that errors show, and that programs import


class Advice(NamedTuple):
    """The exception for an AWS error code, and the remedy."""

    raises: type[IdentityError]
    remedy: str | None
    """An instruction without a period. None if AWS's message already explains what to change."""


_CREDENTIALS = "check the credentials (AWS_PROFILE or role_arn), and allow the operation in their IAM policy"
_LATER = "AWS kept throttling until the retries ran out; run the command again (for `pulumi`, with a lower --parallel)"
_AWS_DOWN = "the failure is on AWS's side; run the command again"
_NO_ANSWER = "AWS did not answer; check the network, and run the command again"
_NO_SUCH = "check the id; if the entity was deleted, run `pulumi refresh` to remove it from state"
_CLOCK = "check the secret access key and the clock of this machine"
_EXPIRED = "the credentials have expired; sign in again"
_NETWORK = "check the network, and AWS_ENDPOINT_URL if it is set"

ADVICE: dict[str, dict[str, Advice]] = {
    "identitystore": {
        "AccessDeniedException": Advice(Denied, _CREDENTIALS),
        "AccessDeniedException/KMS_ACCESS_DENIED": Advice(
            Denied, "allow the credentials to use the identity store's KMS key"
        ),
        "ConflictException": Advice(Conflict, None),
        "ConflictException/CONCURRENT_MODIFICATION": Advice(
            Conflict, "another process is changing the entity; run the command again"
        ),
        "ConflictException/UNIQUENESS_CONSTRAINT_VIOLATION": Advice(
            AlreadyExists, "another user or group already has this name or e-mail address; use another value"
        ),
        "InternalServerException": Advice(Throttled, _AWS_DOWN),
        "ResourceNotFoundException": Advice(
            NotFound, "check the identity store id, and set `region` to the region of IAM Identity Center"
        ),
        "ResourceNotFoundException/GROUP": Advice(NotFound, _NO_SUCH),
        "ResourceNotFoundException/GROUP_MEMBERSHIP": Advice(NotFound, _NO_SUCH),
        "ResourceNotFoundException/KMS_KEY_NOT_FOUND": Advice(
            Rejected, "restore the identity store's KMS key; without the key, AWS can't read the store"
        ),
        "ResourceNotFoundException/USER": Advice(NotFound, _NO_SUCH),
        "ServiceQuotaExceededException": Advice(
            Rejected, "the identity store is full (100,000 users, 100,000 groups); request a higher quota"
        ),
        "ThrottlingException": Advice(Throttled, _LATER),
        "ThrottlingException/KMS_THROTTLING": Advice(Throttled, _LATER),
        "ValidationException": Advice(Rejected, None),
        "ValidationException/KMS_DISABLED": Advice(Rejected, "enable the identity store's KMS key"),
        "ValidationException/KMS_INVALID_ARN": Advice(
            Rejected, "check the ARN of the KMS key in the settings of IAM Identity Center"
        ),
        "ValidationException/KMS_INVALID_KEY_USAGE": Advice(
            Rejected, "choose a symmetric KMS key with usage ENCRYPT_DECRYPT in the settings of IAM Identity Center"
        ),
        "ValidationException/KMS_INVALID_STATE": Advice(
            Rejected, "check the identity store's KMS key; its state must be Enabled"
        ),
    },
    "quicksight": {
        "AccessDeniedException": Advice(Denied, _CREDENTIALS),
        "ConflictException": Advice(Conflict, "another process is changing the same user; run the command again"),
        "InternalFailureException": Advice(Throttled, _AWS_DOWN),
        "InvalidNextTokenException": Advice(Rejected, "the listing changed while it was read; run the command again"),
        "InvalidParameterValueException": Advice(Rejected, None),
        "LimitExceededException": Advice(Rejected, "a QuickSight quota is used up; request a higher quota"),
        "PreconditionNotMetException": Advice(
            Rejected, "check the QuickSight account's settings: the account may not be ready, or may be protected"
        ),
        "QuickSightUserNotFoundException": Advice(NotFound, "register the user in QuickSight first"),
        "ResourceExistsException": Advice(AlreadyExists, None),
        "ResourceNotFoundException": Advice(
            NotFound, "check `aws_account_id` and `namespace`, and that the account is signed up for QuickSight"
        ),
        "ResourceNotFoundException/GROUP": Advice(NotFound, _NO_SUCH),
        "ResourceNotFoundException/USER": Advice(NotFound, _NO_SUCH),
        "ResourceUnavailableException": Advice(Throttled, _AWS_DOWN),
        "SessionLifetimeInMinutesInvalidException": Advice(Rejected, "set 15 to 600 minutes"),
        "ThrottlingException": Advice(Throttled, _LATER),
        "UnsupportedUserEditionException": Advice(Rejected, "upgrade the account to QuickSight Enterprise edition"),
    },
    "appstream": {
        "InvalidAccountStatusException": Advice(Denied, "the AWS account is suspended; contact AWS Support"),
        "InvalidParameterCombinationException": Advice(Rejected, None),
        "LimitExceededException": Advice(Rejected, "the user pool is full; request a higher quota"),
        "OperationNotPermittedException": Advice(
            Denied,
            "check that the account may use the user pool; RESEND works only until the user has signed in",
        ),
        "ResourceAlreadyExistsException": Advice(AlreadyExists, None),
        "ResourceNotFoundException": Advice(
            NotFound, "check `region` and the e-mail address; this region's user pool has no such user"
        ),
    },
    "any": {
        "AccessDenied": Advice(Denied, _CREDENTIALS),
        "AccessDeniedException": Advice(Denied, _CREDENTIALS),
        "ExpiredToken": Advice(Denied, _EXPIRED),
        "ExpiredTokenException": Advice(Denied, _EXPIRED),
        "InvalidClientTokenId": Advice(Denied, _CREDENTIALS),
        "InvalidSignatureException": Advice(Denied, _CLOCK),
        "SignatureDoesNotMatch": Advice(Denied, _CLOCK),
        "Throttling": Advice(Throttled, _LATER),
        "ThrottlingException": Advice(Throttled, _LATER),
        "TooManyRequestsException": Advice(Throttled, _LATER),
        "UnknownOperationException": Advice(
            Rejected,
            "check the identity source; a store connected to Active Directory, for example, lacks this operation",
        ),
        "UnrecognizedClientException": Advice(Denied, _CREDENTIALS),
        # boto3 raises the rest itself: no service answered.
        "NoCredentialsError": Advice(Denied, "set AWS_PROFILE, or configure another source of credentials for boto3"),
        "NoRegionError": Advice(
            Rejected,
            "set `region` or AWS_REGION, or run `pulumi config set identity:region …`;"
            " for `pulumi-identity import`, pass --region",
        ),
        "ProfileNotFound": Advice(Denied, "set AWS_PROFILE to a profile that this machine has"),
        "InvalidRegionError": Advice(Rejected, "write the region like `us-east-1`"),
        "EndpointProviderError": Advice(
            Rejected, "set AWS_ENDPOINT_URL to a URL such as `http://127.0.0.1:4599`, or unset it"
        ),
        "HTTPClientError": Advice(Rejected, _NETWORK),
        "EndpointConnectionError": Advice(Throttled, "check `region`, the network, and AWS_ENDPOINT_URL if it is set"),
        "ConnectTimeoutError": Advice(Throttled, _NETWORK),
        "ReadTimeoutError": Advice(Throttled, _NO_ANSWER),
        "ConnectionClosedError": Advice(Throttled, _NO_ANSWER),
        "ParamValidationError": Advice(Rejected, None),
    },
}
"""AWS service → error code → exception and remedy. `any` holds the codes that every service can return.

If a code has several meanings, a slash and the error's Reason or ResourceType follow it.
"""

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
    return getattr(error, "response", None) or {}  # in errors of boto3 it can be None


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
        remedy: Replaces the remedy in `ADVICE`.
        quote: Returns the part of AWS's message to show, or "".

    Returns:
        The translated error; None if boto3 did not raise the error.
    """
    what = code(error)
    if not what:
        return None
    message = str(answer(error).get("Error", {}).get("Message") or error).strip()
    words = " ".join(message.split())
    advice = _advice(service, what, error, words)
    line = ": ".join(part for part in (f"{doing} {to}", what, quote(words)) if part)
    remedy = remedy or advice.remedy
    translated = advice.raises(f"{line} — {remedy}" if remedy else line)
    translated.code = what
    translated.operation = str(getattr(error, "operation_name", ""))
    return translated


def _advice(service: str, what: str, error: Exception, words: str) -> Advice:
    if match := _IDENTITY_REGION.search(words):
        right = match[1]
        inside = f'set region="{right}" on the QuickSight resources'
        return Advice(Denied, f"{inside}; for `pulumi-identity import`, pass --region")
    known = ADVICE["any"] | ADVICE[service]
    keys = (f"{what}/{member(error, 'Reason')}", f"{what}/{member(error, 'ResourceType')}", what)
    return next((known[key] for key in keys if key in known), Advice(Rejected, None))


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
