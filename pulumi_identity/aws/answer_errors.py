"""Errors for responses that can't be trusted although their status is a success. They are errors of boto3.

This module imports botocore, so only code that calls AWS imports it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Mapping


class UntrustedAnswerError(BotoCoreError):
    """A response that can't be trusted.

    Args:
        operation_name: The operation.
        metadata: botocore's ResponseMetadata, if AWS sent the response.
        details: The values for the message.
    """

    def __init__(self, *, operation_name: str, metadata: Mapping[str, Any] | None = None, **details: str) -> None:
        super().__init__(operation_name=operation_name, **details)
        self.operation_name = operation_name
        self.response = {"ResponseMetadata": metadata} if metadata else None


class IncompleteAnswerError(UntrustedAnswerError):
    """The response lacks a required member, or its body is not valid."""

    fmt = "AWS's response is incomplete: {operation_name} returned {problem}"


class OtherEntityError(UntrustedAnswerError):
    """The response is about a different entity."""

    fmt = "AWS's response is about a different entity: {operation_name} returned {member} {returned}, not {requested}"


class ForeignAnswerError(UntrustedAnswerError):
    """The response has no request id, so it is not from AWS."""

    fmt = "the response to {operation_name} is not from AWS"


def item_error(operation_name: str, answer: Mapping[str, Any]) -> ClientError | None:
    """Return the error that AWS reports for the only item of a batch, in a successful response.

    Args:
        operation_name: The operation.
        answer: The response, with the list `errors`.

    Returns:
        The error, as if AWS had refused the request; None if the item succeeded.
    """
    for error in answer["errors"]:
        refusal: Any = {
            "Error": {"Code": error["ErrorCode"], "Message": error.get("ErrorMessage", "")},
            "ResponseMetadata": answer["ResponseMetadata"],
        }
        return ClientError(refusal, operation_name)
    return None
