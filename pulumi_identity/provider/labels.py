"""Conversion of lists of members to the dicts in state and previews: label → member.

A preview of a dict shows the people who join and leave. A preview of a list would show indexes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pulumi import Output
from pulumi.output import Unknown
from pulumi.runtime import is_dry_run

if TYPE_CHECKING:
    from .declare import Prop

NO_MEMBER = ""
"""The identifier of a member whose output has no value."""


def labelled(name: str, members: Any, identifier: Prop[Any]) -> Any:
    """Return a list of members as a dict. Return other values unchanged.

    The label of a resource is its name in the program, which is known before any output. If AWS identifies members by
    their names, the name is the label, and a list may contain names.

    Args:
        name: The property.
        members: The members, as the program passes them.
        identifier: The property of the members' resource that identifies a member.

    Returns:
        The dict, or an output of it.

    Raises:
        TypeError: The list contains something else, or two resources have the same name.
    """
    if isinstance(members, Mapping):
        if missing := sorted(str(label) for label, member in members.items() if member is None):
            raise TypeError(f"{name}[{missing[0]}] has no value")
        return {label: _present(member) for label, member in members.items()}
    if not isinstance(members, Iterable) or isinstance(members, str | bytes | Output):
        return members
    members = list(members)
    resource = identifier.owner
    if identifier.is_name:
        if not all(isinstance(member, str | Output | resource) for member in members):
            raise TypeError(f"{name} must be a list of names or of {resource.__name__} resources")
        values = [getattr(member, identifier.name) if isinstance(member, resource) else member for member in members]
        return Output.all(*map(_present, values)).apply(lambda names: {name: name for name in names})
    if not all(isinstance(member, resource) for member in members):
        raise TypeError(
            f"{name} must be a list of {resource.__name__} resources, or a dict of any label → {identifier.name}"
        )
    labels = [member.pulumi_resource_name for member in members]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise TypeError(
            f"{name} has two resources with the name {twice[0]!r} — use a dict of label → {identifier.name}"
        )
    return {label: _present(getattr(member, identifier.name)) for label, member in zip(labels, members, strict=True)}


def _present(member: Any) -> Any:
    """Return a member. If its output has no value in an update, the output becomes "", which `check` refuses.

    Without this, Pulumi would drop the member, and the group would lose the person. The engine would also write a state
    that it can't read, because the set depends on a resource that was left out.
    """
    if not isinstance(member, Output):
        return member

    def filled(value: Any) -> Any:
        is_missing = value is None or (isinstance(value, Unknown) and not is_dry_run())
        return NO_MEMBER if is_missing else member

    return member.apply(filled, run_with_unknowns=True)
