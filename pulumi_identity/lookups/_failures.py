"""How a lookup's errors tell what was looked for, and what AWS said: in one line, and nothing that is secret."""

from __future__ import annotations

from contextvars import ContextVar

from pulumi_identity.errors import IdentityError, member, translate

hidden: ContextVar[bool] = ContextVar("hidden", default=False)
"""Whether the arguments of the current lookup are secret: then errors tell neither them nor what quotes them."""

_LABEL, _WORDS = 150, 300  # characters: what is longer helps nobody who reads it

_MISSING = {
    "identitystore": {
        "USER": "check how it is written; get_users() lists those there are",
        "GROUP": "check how it is written; get_groups() lists those there are",
        "GROUP_MEMBERSHIP": "the person is no member; get_group_memberships() lists those there are",
    },
    "quicksight": {
        "USER": "check how it is written; get_quicksight_users() lists those there are",
    },
}
"""Service → a ResourceNotFoundException's ResourceType → what to do for somebody who looks that up."""


def named(kind: str, label: str) -> str:
    """Return what errors call an object: its kind, and where and by what it was looked for."""
    return kind if hidden.get() or not label else f"{kind} ({_short(label, _LABEL)})"


def explained(error: Exception, service: str, to: str) -> Exception:
    """Return what is raised in an error's place: one line if it was expected, the error itself otherwise."""
    remedy = _MISSING.get(service, {}).get(member(error, "ResourceType"))
    translated = translate(error, "looking up", to, service, remedy, quote=_quoted)
    if translated is not None or not hidden.get() or isinstance(error, IdentityError | TypeError):
        return translated or error
    return IdentityError(f"looking up {to}: {type(error).__name__}, which may quote arguments that are secret")


def _quoted(words: str) -> str:
    return "" if hidden.get() else _short(words, _WORDS)


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
