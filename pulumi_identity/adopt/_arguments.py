"""What values the command line takes: a slip is told in a line of ours, and not by AWS with a regular expression."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from pulumi_identity._declare import Region, RoleArn
from pulumi_identity.identitystore import StoreId
from pulumi_identity.quicksight import AccountId, Namespace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from . import Directory


class _Form(NamedTuple):
    """What an option takes."""

    option: str
    attribute: str
    """Where a `Directory` has it."""
    takes: Any
    """The type, with its limits."""
    words: str
    """The same, for people."""


FORMS = (
    _Form("--identity-store", "identity_store_id", StoreId, "an id such as d-1234567890"),
    _Form("--quicksight", "aws_account_id", AccountId, "an account of 12 digits"),
    _Form("--quicksight", "namespace", Namespace, "a namespace of 1 to 64 letters, digits and . _ -"),
    _Form("--region", "region", Region, "a region such as us-east-1"),
    _Form("--role-arn", "role_arn", RoleArn, "an ARN such as arn:aws:iam::123456789012:role/Reader"),
)


def mistakes(wanted: Directory) -> Iterator[str]:
    """Yield a line for each value that can't be right."""
    for form in FORMS:
        value = getattr(wanted, form.attribute)
        if value is not None:
            try:
                TypeAdapter(form.takes).validate_python(value)
            except ValidationError:
                yield f"importing: {form.option} takes {form.words}, not {shlex.quote(value)}"
