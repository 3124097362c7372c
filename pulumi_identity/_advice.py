"""What to do about an error: its code, the exception and the remedy. `docs/errors.md` shows this table.

A remedy can depend on what was being done. For example, a create that lost AWS's answer may have created the entity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .errors import AlreadyExists, Conflict, Denied, IdentityError, NotFound, Rejected, Throttled, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence


class Advice(NamedTuple):
    """The exception for an AWS error code, and the remedy."""

    raises: type[IdentityError]
    remedy: str | None
    """An instruction without a period. None if AWS's message already explains what to change."""


_CREDENTIALS = "check the credentials (AWS_PROFILE or role_arn), and allow the operation in their IAM policy"
_LATER = "AWS kept throttling until the retries ran out; run the command again (for `pulumi`, with a lower --parallel)"
_AWS_DOWN = "the failure is on AWS's side"
_NO_SUCH = "check the id; if the entity was deleted, run `pulumi refresh` to remove it from state"
_NO_MEMBER = "check `group_id` and `member_id`; if the user or group was just created, run the command again"
_CLOCK = "check the secret access key and the clock of this machine"
_EXPIRED = "the credentials have expired; sign in again"
_NETWORK = "check the network, and AWS_ENDPOINT_URL if it is set"
_PROXY = "check the network's proxy, and AWS_ENDPOINT_URL if it is set"

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
        "InternalServerException": Advice(Unavailable, _AWS_DOWN),
        "ResourceNotFoundException": Advice(
            NotFound, "check the identity store id, and set `region` to the region of IAM Identity Center"
        ),
        "ResourceNotFoundException/GROUP": Advice(NotFound, _NO_SUCH),
        "creating ResourceNotFoundException/GROUP": Advice(NotFound, _NO_MEMBER),
        "ResourceNotFoundException/GROUP_MEMBERSHIP": Advice(NotFound, _NO_SUCH),
        "ResourceNotFoundException/KMS_KEY_NOT_FOUND": Advice(
            Rejected, "restore the identity store's KMS key; without the key, AWS can't read the store"
        ),
        "ResourceNotFoundException/USER": Advice(NotFound, _NO_SUCH),
        "creating ResourceNotFoundException/USER": Advice(NotFound, _NO_MEMBER),
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
        "InternalFailureException": Advice(Unavailable, _AWS_DOWN),
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
        "ResourceUnavailableException": Advice(Unavailable, _AWS_DOWN),
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
        "429": Advice(Throttled, _LATER),
        "5xx": Advice(Unavailable, _AWS_DOWN),
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
        # The package raises these itself: the response has a success status but must not be believed.
        "ForeignAnswerError": Advice(Unavailable, _PROXY),
        "IncompleteAnswerError": Advice(Unavailable, _PROXY),
        "OtherEntityError": Advice(Unavailable, _PROXY),
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
        "ConnectTimeoutError": Advice(Unavailable, _NETWORK),
        "ConnectionClosedError": Advice(Unavailable, _NETWORK),
        "EndpointConnectionError": Advice(
            Unavailable, "check `region`, the network, and AWS_ENDPOINT_URL if it is set"
        ),
        "HTTPClientError": Advice(Unavailable, _NETWORK),
        "ProxyConnectionError": Advice(Unavailable, "check HTTPS_PROXY and the proxy"),
        "ReadTimeoutError": Advice(Unavailable, _NETWORK),
        "SSLError": Advice(
            Unavailable, "check the network's proxy, and AWS_CA_BUNDLE if the proxy has its own certificate"
        ),
        "ParamValidationError": Advice(Rejected, None),
    },
}
"""AWS service → error → exception and remedy. `any` holds the errors that every service can have.

An error is its code. If a code has several meanings, a slash and the error's Reason or ResourceType follow. If the
remedy holds only for one action, the action precedes: `creating ResourceNotFoundException/GROUP`. The codes `429` and
`5xx` stand for all other codes with this HTTP status. `AGAIN` completes every remedy for `Unavailable`.
"""

AGAIN = {
    "creating": "run the command again; set adopt=True if the entity exists by then",
    "updating": "run `pulumi up --refresh`, because AWS may have made the update",
}
"""Action → the end of the remedy for `Unavailable`: AWS may have executed a write."""

AGAIN_ANYWAY = "run the command again"
"""The end of the remedy for `Unavailable` for every other action."""


def advise(service: str, doing: str, codes: Sequence[str]) -> Advice:
    """Return the advice for an error.

    Args:
        service: boto3's name of the service.
        doing: The action, as a verb in -ing.
        codes: The keys of the error in `ADVICE`, the most specific first.

    Returns:
        The advice, with the complete remedy.
    """
    known = ADVICE["any"] | ADVICE[service]
    keys = (key for code in codes for key in (f"{doing} {code}", code))
    advice = next((known[key] for key in keys if key in known), Advice(Rejected, None))
    if advice.raises is not Unavailable:
        return advice
    return Advice(Unavailable, f"{advice.remedy}; {AGAIN.get(doing, AGAIN_ANYWAY)}")
