"""Choose the values that renderers show to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_identity.review.actions import Action
from pulumi_identity.review.values import Mark, clip, clip_pair, show

if TYPE_CHECKING:
    from pulumi_identity.review.values import Difference

ANOTHER_SECRET = "a different secret"  # noqa: S105  (words, not a secret)

Shown = str | Mark
"""A shortened value, or a mark. A renderer must not write a mark like a value."""


def show_difference(difference: Difference, action: Action) -> tuple[Shown, ...]:
    """Choose the values of a difference that a reader sees.

    Args:
        difference: The difference.
        action: The action on the resource.

    Returns:
        One value for a new or deleted resource, the values before and after for an updated resource, and none if a
        secret changes.
    """
    before, after = difference.before, difference.after
    if action.begins:
        return (show_value(after),)
    if action is Action.DELETE:
        return (show_value(before),)
    if before is Mark.SECRET and after is Mark.SECRET:
        return ()
    if isinstance(before, Mark) or isinstance(after, Mark):
        return show_value(before), show_value(after)
    return clip_pair(show(before), show(after))


def show_value(value: Any) -> Shown:
    """Shorten a value. A mark stays a mark.

    Args:
        value: The value, or a mark.

    Returns:
        The text, or the mark.
    """
    return value if isinstance(value, Mark) else clip(show(value))
