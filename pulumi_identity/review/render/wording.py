"""What all renderers for people have in common: which values of a change a reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_identity.review.actions import Action
from pulumi_identity.review.values import Mark, clip, clip_pair, show

if TYPE_CHECKING:
    from pulumi_identity.review.values import Difference

ANOTHER_SECRET = "another secret"  # noqa: S105  (no secret, but the words for one)

Shown = str | Mark
"""A value cut to a readable length, or a mark, which no renderer may write like a value."""


def show_difference(difference: Difference, action: Action) -> tuple[Shown, ...]:
    """Choose the values of a difference that a reader sees.

    Args:
        difference: The difference.
        action: What happens to the resource.

    Returns:
        One value for a resource that begins or ends, the values before and after for one that changes, and none for
        a secret that becomes another secret.
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
    """Cut a value to a readable length; a mark stays a mark."""
    return value if isinstance(value, Mark) else clip(show(value))
