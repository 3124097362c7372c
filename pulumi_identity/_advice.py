"""What to do about an error: its code, the exception and the remedy. `docs/errors.md` shows this table.

A remedy can depend on the action. For example, a create that lost AWS's response may have created the entity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .errors import AlreadyExists, Conflict, Denied, IdentityError, NotFound, Rejected, Throttled, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence


class Advice(NamedTuple):
    """What an error means, the exception, and the remedy."""

    raises: type[IdentityError]
    meaning: str
    remedy: str | None
    """An instruction without a period. None if AWS's message already explains what to change."""


_CREDENTIALS = "check the credentials (AWS_PROFILE or role_arn), and allow the operation in their IAM policy"
_LATER = "AWS kept throttling until the retries ran out; run the command again (for `pulumi`, with a lower --parallel)"
_AWS_DOWN = "the failure is on AWS's side"
_NO_SUCH = "check the id; if the entity was deleted, run `pulumi refresh` to remove it from state"
_NO_MEMBER = "check `group_id` and `member_id`; if the user or group was just created, run the command again"
_ACTIVE_DIRECTORY = (
    "manage people in Active Directory; look up a single entity with get_user(user_name=…) or"
    " get_group(display_name=…); for `pulumi-identity import`, leave out --identity-store"
)
_CLOCK = "check the secret access key and the clock of this machine"
_EXPIRED = "the credentials have expired; sign in again"
_NETWORK = "check the network, and AWS_ENDPOINT_URL if it is set"
_PROXY = "check the network's proxy, and AWS_ENDPOINT_URL if it is set"

ADVICE: dict[str, dict[str, Advice]] = {
    "identitystore": {
        "AccessDeniedException": Advice(Denied, "the credentials lack a permission", _CREDENTIALS),
        "AccessDeniedException/KMS_ACCESS_DENIED": Advice(
            Denied,
            "the credentials may not use the key that encrypts the identity store",
            "allow the credentials to use the identity store's KMS key",
        ),
        "ConflictException": Advice(Conflict, "the request conflicts with the state of the entity", None),
        "ConflictException/CONCURRENT_MODIFICATION": Advice(
            Conflict,
            "the entity changed between two requests",
            "another process is changing the entity; run the command again",
        ),
        "ConflictException/UNIQUENESS_CONSTRAINT_VIOLATION": Advice(
            AlreadyExists,
            "a value that must be unique is in use",
            "another user or group already has this name or e-mail address; use another value",
        ),
        "InternalServerException": Advice(Unavailable, "AWS failed until the retries ran out", _AWS_DOWN),
        "ResourceNotFoundException": Advice(
            NotFound,
            "the identity store does not exist in this region",
            "check the identity store id, and set `region` to the region of IAM Identity Center",
        ),
        "ResourceNotFoundException/GROUP": Advice(NotFound, "the group does not exist", _NO_SUCH),
        "creating ResourceNotFoundException/GROUP": Advice(
            NotFound, "the group of a new membership does not exist, or is not yet known everywhere in AWS", _NO_MEMBER
        ),
        "ResourceNotFoundException/GROUP_MEMBERSHIP": Advice(NotFound, "the membership does not exist", _NO_SUCH),
        "ResourceNotFoundException/KMS_KEY_NOT_FOUND": Advice(
            Rejected,
            "the key that encrypts the identity store does not exist",
            "restore the identity store's KMS key; without the key, AWS can't read the store",
        ),
        "ResourceNotFoundException/USER": Advice(NotFound, "the user does not exist", _NO_SUCH),
        "creating ResourceNotFoundException/USER": Advice(
            NotFound, "the user of a new membership does not exist, or is not yet known everywhere in AWS", _NO_MEMBER
        ),
        "ServiceQuotaExceededException": Advice(
            Rejected,
            "a quota of the identity store is used up",
            "the identity store is full (100,000 users, 100,000 groups); request a higher quota",
        ),
        "ThrottlingException": Advice(Throttled, "the account sends too many requests", _LATER),
        "ThrottlingException/KMS_THROTTLING": Advice(
            Throttled, "the account sends too many requests to AWS KMS", _LATER
        ),
        "ValidationException": Advice(Rejected, "a value in the request is invalid", None),
        "UnknownOperationException": Advice(
            Rejected, "the source of the store is Active Directory, which lacks the operation", _ACTIVE_DIRECTORY
        ),
        "ValidationException/Filter is required": Advice(
            Rejected, "the source of the store is Active Directory, whose users can't be listed", _ACTIVE_DIRECTORY
        ),
        "ValidationException/KMS_DISABLED": Advice(
            Rejected, "the key that encrypts the identity store is disabled", "enable the identity store's KMS key"
        ),
        "ValidationException/KMS_INVALID_ARN": Advice(
            Rejected,
            "the ARN of the identity store's key is invalid",
            "check the ARN of the KMS key in the settings of IAM Identity Center",
        ),
        "ValidationException/KMS_INVALID_KEY_USAGE": Advice(
            Rejected,
            "the identity store's key has the wrong type",
            "choose a symmetric KMS key with usage ENCRYPT_DECRYPT in the settings of IAM Identity Center",
        ),
        "ValidationException/KMS_INVALID_STATE": Advice(
            Rejected,
            "the identity store's key can't be used in its state",
            "check the identity store's KMS key; its state must be Enabled",
        ),
    },
    "quicksight": {
        "AccessDeniedException": Advice(
            Denied,
            "the credentials lack a permission, or QuickSight does not allow the operation for this user",
            _CREDENTIALS,
        ),
        "AccessDeniedException/disabled for identities managed by IAM Identity Center": Advice(
            Denied,
            "IAM Identity Center manages the users of this QuickSight account",
            "QuickSight's users are the members of the groups that are mapped to roles;"
            " manage Group and GroupMembership instead",
        ),
        "ConflictException": Advice(
            Conflict,
            "the user changed between two requests",
            "another process is changing the same user; run the command again",
        ),
        "InternalFailureException": Advice(Unavailable, "AWS failed until the retries ran out", _AWS_DOWN),
        "InvalidNextTokenException": Advice(
            Rejected, "a listing can't continue", "the listing changed while it was read; run the command again"
        ),
        "InvalidParameterValueException": Advice(Rejected, "a value in the request is invalid", None),
        "LimitExceededException": Advice(
            Rejected, "a quota is used up", "a QuickSight quota is used up; request a higher quota"
        ),
        "PreconditionNotMetException": Advice(
            Rejected,
            "the account is not in a state that allows the request",
            "check the QuickSight account's settings: the account may not be ready, or may be protected",
        ),
        "QuickSightUserNotFoundException": Advice(
            NotFound, "the caller is not a user of QuickSight", "register the caller as a QuickSight user first"
        ),
        "ResourceExistsException": Advice(AlreadyExists, "an entity with this name exists", None),
        "ResourceNotFoundException": Advice(
            NotFound,
            "the namespace or the QuickSight subscription does not exist",
            "check `aws_account_id` and `namespace`, and that the account is signed up for QuickSight",
        ),
        "ResourceNotFoundException/GROUP": Advice(NotFound, "the group does not exist", _NO_SUCH),
        "creating ResourceNotFoundException/GROUP": Advice(
            NotFound,
            "the group of new members does not exist, or is not yet known everywhere in AWS",
            "check `group_name`; if the group was just created, run the command again",
        ),
        "ResourceNotFoundException/USER": Advice(NotFound, "the user does not exist", _NO_SUCH),
        "adding ResourceNotFoundException/USER": Advice(
            NotFound,
            "the user of a new member does not exist, or is not yet known everywhere in AWS",
            "check the user's name in `members`; if the user was just created, run the command again",
        ),
        "ResourceUnavailableException": Advice(Unavailable, "AWS failed until the retries ran out", _AWS_DOWN),
        "SessionLifetimeInMinutesInvalidException": Advice(
            Rejected, "the lifetime of the session is out of range", "set 15 to 600 minutes"
        ),
        "ThrottlingException": Advice(Throttled, "the account sends too many requests", _LATER),
        "UnsupportedUserEditionException": Advice(
            Rejected,
            "the account's edition lacks the operation",
            "upgrade the account to QuickSight Enterprise edition",
        ),
    },
    "appstream": {
        # Successful responses to association requests contain the codes in capitals.
        "DIRECTORY_NOT_FOUND": Advice(
            NotFound, "the region has no user pool", "check `region`; the first AppStreamUser creates the user pool"
        ),
        "INTERNAL_ERROR": Advice(Unavailable, "AWS failed until the retries ran out", _AWS_DOWN),
        "STACK_NOT_FOUND": Advice(
            NotFound,
            "the stack does not exist",
            "check `stack_name` and `region`; if the stack was just created, run the command again",
        ),
        "USER_NAME_NOT_FOUND": Advice(
            NotFound,
            "the user of an association does not exist",
            "check `region` and the case of `user_name`; if the user was just created, run the command again",
        ),
        "InvalidAccountStatusException": Advice(
            Denied, "AWS blocks the account", "the AWS account is suspended; contact AWS Support"
        ),
        "InvalidParameterCombinationException": Advice(Rejected, "two values in the request exclude each other", None),
        "LimitExceededException": Advice(
            Rejected, "a quota is used up", "the user pool is full; request a higher quota"
        ),
        "OperationNotPermittedException": Advice(
            Denied,
            "the account or the user does not allow the operation",
            "check that the account may use the user pool; RESEND works only until the user has signed in",
        ),
        "ResourceAlreadyExistsException": Advice(AlreadyExists, "a user with this e-mail address exists", None),
        "ResourceNotFoundException": Advice(
            NotFound,
            "the user does not exist",
            "check `region` and the e-mail address; this region's user pool has no such user",
        ),
    },
    "any": {
        "429": Advice(Throttled, "the account sends too many requests", _LATER),
        "5xx": Advice(Unavailable, "AWS failed until the retries ran out", _AWS_DOWN),
        "AccessDenied": Advice(Denied, "the credentials lack a permission", _CREDENTIALS),
        "AccessDeniedException": Advice(Denied, "the credentials lack a permission", _CREDENTIALS),
        "ExpiredToken": Advice(Denied, "the credentials have expired", _EXPIRED),
        "ExpiredTokenException": Advice(Denied, "the credentials have expired", _EXPIRED),
        "InvalidClientTokenId": Advice(Denied, "the access key does not exist or is inactive", _CREDENTIALS),
        "InvalidSignatureException": Advice(Denied, "the signature of the request is wrong or too old", _CLOCK),
        "SignatureDoesNotMatch": Advice(Denied, "the signature of the request is wrong", _CLOCK),
        "Throttling": Advice(Throttled, "the account sends too many requests", _LATER),
        "ThrottlingException": Advice(Throttled, "the account sends too many requests", _LATER),
        "TooManyRequestsException": Advice(Throttled, "the account sends too many requests", _LATER),
        "UnknownOperationException": Advice(
            Rejected,
            "the service lacks the operation",
            "check `region`, and AWS_ENDPOINT_URL if it is set",
        ),
        "UnrecognizedClientException": Advice(Denied, "the access key does not exist or is inactive", _CREDENTIALS),
        # The package raises these itself: the response has a success status but can't be trusted.
        "ForeignAnswerError": Advice(Unavailable, "the response has no request id, so it is not from AWS", _PROXY),
        "IncompleteAnswerError": Advice(
            Unavailable, "the response lacks a required member, or its body is cut or invalid", _PROXY
        ),
        "OtherEntityError": Advice(Unavailable, "the response is about a different entity", _PROXY),
        # boto3 raises the rest itself: no service answered.
        "NoCredentialsError": Advice(
            Denied,
            "boto3 found no credentials",
            "set AWS_PROFILE, or configure another source of credentials for boto3",
        ),
        "CredentialRetrievalError": Advice(
            Denied,
            "the credential process of the profile failed",
            "check AWS_PROFILE, and the `credential_process` of the profile",
        ),
        "PartialCredentialsError": Advice(
            Denied, "the credentials are incomplete", "set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        ),
        "SSOError": Advice(Denied, "the single sign-on session has expired", "run `aws sso login`"),
        "TokenRetrievalError": Advice(Denied, "the single sign-on session has expired", "run `aws sso login`"),
        "NoRegionError": Advice(
            Rejected,
            "no region is set",
            "set `region` or AWS_REGION, or run `pulumi config set identity:region …`;"
            " for `pulumi-identity import`, pass --region",
        ),
        "ProfileNotFound": Advice(
            Denied,
            "the profile does not exist",
            "set `profile` or AWS_PROFILE to a profile in the AWS configuration of this machine",
        ),
        "InvalidRegionError": Advice(
            Rejected, "the name of the region is invalid", "use the name of a region, such as `us-east-1`"
        ),
        "EndpointProviderError": Advice(
            Rejected,
            "the URL in AWS_ENDPOINT_URL is invalid",
            "set AWS_ENDPOINT_URL to a URL such as `http://127.0.0.1:4599`, or unset it",
        ),
        "ConnectTimeoutError": Advice(Unavailable, "the connection was not established in time", _NETWORK),
        "ConnectionClosedError": Advice(Unavailable, "the connection broke before the response arrived", _NETWORK),
        "EndpointConnectionError": Advice(
            Unavailable,
            "the connection was refused, or the host name is unknown",
            "check `region`, the network, and AWS_ENDPOINT_URL if it is set",
        ),
        "HTTPClientError": Advice(
            Unavailable, "the request could not be sent, or its response could not be read", _NETWORK
        ),
        "ProxyConnectionError": Advice(
            Unavailable, "the proxy could not be reached", "check HTTPS_PROXY and the proxy"
        ),
        "ReadTimeoutError": Advice(Unavailable, "the response did not arrive in time", _NETWORK),
        "SSLError": Advice(
            Unavailable,
            "the certificate of the server is not trusted",
            "check the network's proxy, and AWS_CA_BUNDLE if the proxy has its own certificate",
        ),
        "ParamValidationError": Advice(Rejected, "boto3 rejects the parameters of the request", None),
    },
}
"""AWS service → error → exception and remedy. `any` holds the errors that every service can have.

An error is its code. If a code has several meanings, a slash and the error's Reason or ResourceType follow, or the part
of AWS's message that decides the meaning. Such a part contains a space and applies to every code. If a remedy applies
to one action only, the action comes first: `creating ResourceNotFoundException/GROUP`. The codes `429` and
`5xx` stand for all other codes with this HTTP status. `AGAIN` completes every remedy for `Unavailable`.
"""

AGAIN = {
    "creating": "run the command again; if it reports that the entity already exists, set adopt=True",
    "updating": "run `pulumi up --refresh`, because AWS may have made the update",
}
"""Action → the end of the remedy for `Unavailable`: AWS may have executed a write."""

AGAIN_ANYWAY = "run the command again"
"""The end of the remedy for `Unavailable` for every other action."""


def advise(service: str, doing: str, codes: Sequence[str], message: str = "") -> Advice:
    """Return the advice for an error.

    Args:
        service: boto3's name of the service.
        doing: The action, as a verb in -ing.
        codes: The keys of the error in `ADVICE`, the most specific first.
        message: AWS's message.

    Returns:
        The advice, with the complete remedy.
    """
    known = ADVICE["any"] | ADVICE[service]
    by_message = [key for key in known if " " in (part := key.partition("/")[2]) and part in message]
    keys = (key for code in (*by_message, *codes) for key in (f"{doing} {code}", code))
    advice = next((known[key] for key in keys if key in known), Advice(Rejected, "", None))
    if advice.raises is not Unavailable:
        return advice
    return advice._replace(remedy=f"{advice.remedy}; {AGAIN.get(doing, AGAIN_ANYWAY)}")
