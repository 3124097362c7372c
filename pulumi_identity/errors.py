"""What goes wrong, in one line: what was being done, to whom, the cause, the remedy.

IdentityError
├── NotFound        the store, namespace, subscription or entity is not there
├── AlreadyExists   somebody made it before us
├── Conflict        somebody changed it meanwhile
├── Denied          no credentials, or not allowed
├── Throttled       AWS asked for patience longer than ours
└── Rejected        AWS refuses the request as it stands
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi import RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class IdentityError(RunError):
    """AWS didn't do what was asked. Pulumi prints one that a program doesn't catch without a traceback.

    `code` is AWS's error code and `operation` the API operation, where it was AWS that said it; else "".
    """

    code: str = ""
    operation: str = ""


class NotFound(IdentityError):
    """The store, namespace, subscription or entity is not there."""


class AlreadyExists(IdentityError):
    """An entity with this name exists, and this program did not make it."""


class Conflict(IdentityError):
    """Somebody changed the entity between our reading and our writing."""


class Denied(IdentityError):
    """There are no credentials, or they don't allow this."""


class Throttled(IdentityError):
    """AWS asked for patience for longer than ours lasts."""


class Rejected(IdentityError):
    """AWS refuses the request as it stands."""


for _public in (IdentityError, NotFound, AlreadyExists, Conflict, Denied, Throttled, Rejected):
    _public.__module__ = "pulumi_identity"  # the name that errors show, and that programs import


class Advice(NamedTuple):
    """What an AWS error code means here, and what to do."""

    raises: type[IdentityError]
    remedy: str | None
    """One sentence fragment, or None where AWS's own message says all that can be said."""


_CREDENTIALS = "check the credentials (AWS_PROFILE, or role_arn) and that their policy allows the operation"
_LATER = "AWS was busy for longer than the retries last; run it again, with fewer resources in parallel (--parallel)"
_AWS_DOWN = "AWS failed to answer; nothing is known to be wrong with the request: run it again"
_NO_SUCH = "there is none of this id; if it was deleted, `pulumi refresh` takes it out of state"
_KMS_KEY = "look at the identity store's KMS key: it can't be used as it is"

ADVICE: dict[str, dict[str, Advice]] = {
    "identitystore": {
        "AccessDeniedException": Advice(Denied, _CREDENTIALS),
        "AccessDeniedException/KMS_ACCESS_DENIED": Advice(
            Denied, "the credentials must be allowed to use the identity store's KMS key too"
        ),
        "ConflictException": Advice(Conflict, None),
        "ConflictException/CONCURRENT_MODIFICATION": Advice(Conflict, "somebody else is changing it; run it again"),
        "ConflictException/UNIQUENESS_CONSTRAINT_VIOLATION": Advice(
            AlreadyExists, "another one has what must be unique: the name, or the e-mail address"
        ),
        "InternalServerException": Advice(Throttled, _AWS_DOWN),
        "ResourceNotFoundException": Advice(
            NotFound, "check the identity store id, and that `region` is the region of IAM Identity Center"
        ),
        "ResourceNotFoundException/GROUP": Advice(NotFound, _NO_SUCH),
        "ResourceNotFoundException/GROUP_MEMBERSHIP": Advice(NotFound, _NO_SUCH),
        "ResourceNotFoundException/KMS_KEY_NOT_FOUND": Advice(
            Rejected, "the identity store's KMS key is gone or disabled; restore it: without it nothing can be told"
        ),
        "ResourceNotFoundException/USER": Advice(NotFound, _NO_SUCH),
        "ServiceQuotaExceededException": Advice(
            Rejected, "the identity store is full (100,000 users, 100,000 groups); ask for a higher quota"
        ),
        "ThrottlingException": Advice(Throttled, _LATER),
        "ThrottlingException/KMS_THROTTLING": Advice(Throttled, _LATER),
        "ValidationException": Advice(Rejected, None),
        "ValidationException/KMS_DISABLED": Advice(Rejected, _KMS_KEY),
        "ValidationException/KMS_INVALID_ARN": Advice(Rejected, _KMS_KEY),
        "ValidationException/KMS_INVALID_KEY_USAGE": Advice(Rejected, _KMS_KEY),
        "ValidationException/KMS_INVALID_STATE": Advice(Rejected, _KMS_KEY),
    },
    "quicksight": {
        "AccessDeniedException": Advice(Denied, _CREDENTIALS),
        "ConflictException": Advice(Conflict, "somebody else is changing the same user; run it again"),
        "InternalFailureException": Advice(Throttled, _AWS_DOWN),
        "InvalidNextTokenException": Advice(Rejected, "the listing changed while it was being read; run it again"),
        "InvalidParameterValueException": Advice(Rejected, None),
        "LimitExceededException": Advice(Rejected, "a QuickSight quota is used up; ask for a higher one"),
        "PreconditionNotMetException": Advice(
            Rejected, "the QuickSight account is not ready, or is protected against this; look at its settings"
        ),
        "QuickSightUserNotFoundException": Advice(NotFound, "register the user first"),
        "ResourceExistsException": Advice(AlreadyExists, None),
        "ResourceNotFoundException": Advice(
            NotFound,
            "check the namespace, and that the account is signed up for QuickSight",
        ),
        "ResourceNotFoundException/GROUP": Advice(NotFound, _NO_SUCH),
        "ResourceNotFoundException/USER": Advice(NotFound, _NO_SUCH),
        "ResourceUnavailableException": Advice(Throttled, _AWS_DOWN),
        "SessionLifetimeInMinutesInvalidException": Advice(Rejected, "give 15 to 600 minutes"),
        "ThrottlingException": Advice(Throttled, _LATER),
        "UnsupportedUserEditionException": Advice(Rejected, "this needs QuickSight's Enterprise edition"),
    },
    "appstream": {
        "InvalidAccountStatusException": Advice(Denied, "the AWS account is suspended; contact AWS Support"),
        "InvalidParameterCombinationException": Advice(Rejected, None),
        "LimitExceededException": Advice(Rejected, "the user pool is full; ask for a higher quota"),
        "OperationNotPermittedException": Advice(
            Denied,
            "AWS doesn't allow this to the account, or not to this user: RESEND is for who has not signed in yet",
        ),
        "ResourceAlreadyExistsException": Advice(AlreadyExists, None),
        "ResourceNotFoundException": Advice(NotFound, "there is no such user in this region's user pool"),
    },
    "any": {
        "AccessDenied": Advice(Denied, _CREDENTIALS),
        "AccessDeniedException": Advice(Denied, _CREDENTIALS),
        "ExpiredToken": Advice(Denied, "the credentials have expired; sign in again"),
        "ExpiredTokenException": Advice(Denied, "the credentials have expired; sign in again"),
        "InvalidClientTokenId": Advice(Denied, _CREDENTIALS),
        "InvalidSignatureException": Advice(Denied, "check the secret key and this machine's clock"),
        "SignatureDoesNotMatch": Advice(Denied, "check the secret key and this machine's clock"),
        "Throttling": Advice(Throttled, _LATER),
        "ThrottlingException": Advice(Throttled, _LATER),
        "TooManyRequestsException": Advice(Throttled, _LATER),
        "UnknownOperationException": Advice(
            Rejected, "this identity store (one connected to Active Directory, for example) doesn't have the operation"
        ),
        "UnrecognizedClientException": Advice(Denied, _CREDENTIALS),
        # Not AWS's words but boto3's: no request was answered.
        "NoCredentialsError": Advice(Denied, "set AWS_PROFILE, or another of boto3's sources of credentials"),
        "NoRegionError": Advice(
            Rejected,
            "set `region`, `pulumi config set identity:region …`, or AWS_REGION; `pulumi-identity import` has --region",
        ),
        "ProfileNotFound": Advice(Denied, "AWS_PROFILE names no profile of this machine"),
        "InvalidRegionError": Advice(Rejected, "write the region as `us-east-1`"),
        "EndpointProviderError": Advice(Rejected, "write AWS_ENDPOINT_URL as `http://127.0.0.1:4599`, or unset it"),
        "HTTPClientError": Advice(Rejected, "check the network, and AWS_ENDPOINT_URL if it is set"),
        "EndpointConnectionError": Advice(Throttled, "check `region`, the network, and AWS_ENDPOINT_URL if it is set"),
        "ConnectTimeoutError": Advice(Throttled, "check the network, and AWS_ENDPOINT_URL if it is set"),
        "ReadTimeoutError": Advice(Throttled, _AWS_DOWN),
        "ConnectionClosedError": Advice(Throttled, _AWS_DOWN),
        "ParamValidationError": Advice(Rejected, None),
    },
}
"""AWS service → error code → what it is and what to do about it. `any` holds what every service can say.

A code that means several things is followed by a slash and the error's Reason or ResourceType.
"""

_IDENTITY_REGION = re.compile(r"your identity region is ([a-z0-9-]+)")
"""QuickSight's words where it is called in another region: nothing else of AWS tells the right one."""


def code(error: BaseException) -> str:
    """Return AWS's error code (`ConflictException`), or the name of boto3's own error; "" for anything else."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  (programs don't pay for boto3)

    if isinstance(error, ClientError):
        return str(error.response["Error"]["Code"])
    return type(error).__name__ if isinstance(error, BotoCoreError) else ""


def member(error: BaseException, name: str) -> str:
    """Return a member of AWS's error shape, such as `ResourceType`; "" where it has none."""
    return str(answer(error).get(name, ""))


def answer(error: BaseException) -> dict[str, Any]:
    """Return AWS's answer that an error is about; empty where there was none."""
    return getattr(error, "response", None) or {}  # boto3's own errors have one that is None


def translate(
    error: Exception,
    doing: str,
    to: str,
    service: str,
    remedy: str | None = None,
    *,
    quote: Callable[[str], str] = str,
) -> IdentityError | None:
    """Put an error of boto3's in our words; None if it is not one of boto3's, and so not expected.

    `doing` is a verb in -ing, `to` names the entity, `remedy` outdoes the advice for the error's code. `quote` makes of
    AWS's words what is told of them, or "".
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
        return Advice(Denied, f"{inside}; `pulumi-identity import` has --region")
    known = ADVICE["any"] | ADVICE[service]
    keys = (f"{what}/{member(error, 'Reason')}", f"{what}/{member(error, 'ResourceType')}", what)
    return next((known[key] for key in keys if key in known), Advice(Rejected, None))


@contextmanager
def explaining(doing: str, to: str, service: str) -> Iterator[None]:
    """Turn boto3's errors within the block into one line; an unexpected error stays as it is.

    Raises:
        IdentityError: AWS, or boto3, refused or failed.
    """
    try:
        yield
    except IdentityError as error:
        raise error from None  # its text already has the cause
    except Exception as error:
        translated = translate(error, doing, to, service)
        if translated is None:
            raise
        raise translated from None
