"""The errors of lookups: one line with the entity and AWS's message, and without secrets."""

from __future__ import annotations

from contextvars import ContextVar

from pulumi_identity.errors import IdentityError, member, translate

hidden: ContextVar[bool] = ContextVar("hidden", default=False)
"""Whether the arguments of the current lookup are secret. Errors then contain neither them nor AWS's message."""

_LABEL, _WORDS = 150, 300  # characters: longer text does not help the reader

_MISSING = {
    "identitystore": {
        "USER": "check the spelling; get_users() lists all users",
        "GROUP": "check the spelling; get_groups() lists all groups",
        "GROUP_MEMBERSHIP": "the user is not a member; get_group_memberships() lists the members",
    },
    "quicksight": {
        "USER": "check the spelling; get_quicksight_users() lists all users",
        "GROUP": "check the spelling; get_quicksight_groups() lists all groups",
        "DescribeGroupMembership USER": (
            "the user is not a member; get_quicksight_group_memberships() lists the members"
        ),
    },
}
"""Service → ResourceType of a ResourceNotFoundException → remedy. If the operation matters, it precedes the type."""


def named(kind: str, label: str) -> str:
    """Return the name of an entity in errors: its kind, and the arguments that identify it."""
    return kind if hidden.get() or not label else f"{kind} ({_short(label, _LABEL)})"


def explained(error: Exception, service: str, to: str) -> Exception:
    """Return the error to raise: one line for an expected error, and an unexpected error unchanged."""
    remedies, missing = _MISSING.get(service, {}), member(error, "ResourceType")
    remedy = remedies.get(f"{getattr(error, 'operation_name', '')} {missing}") or remedies.get(missing)
    translated = translate(error, "looking up", to, service, remedy, quote=_quoted)
    if translated is not None or not hidden.get() or isinstance(error, IdentityError | TypeError):
        return translated or error
    hides = "the message may contain secret arguments and is hidden"
    return IdentityError(f"looking up {to}: {type(error).__name__}; {hides}")


def _quoted(words: str) -> str:
    return "" if hidden.get() else _short(words, _WORDS)


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
