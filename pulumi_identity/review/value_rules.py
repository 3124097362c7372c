"""Rules for updates that AWS or the provider refuses, or that change the wrong entity.

Most of them compare unique values: a plan can give one value to two resources, or hand it from one to another.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pulumi_identity._state import DIRECTORY

from .actions import Action
from .findings import Finding
from .holders import find_blocked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .changes import Change
    from .findings import Case
    from .holders import Overlap


def find_same_values(case: Case) -> Iterator[Finding]:
    """Find a unique value that two resources have after the update.

    Yields:
        A finding per resource that takes the value of another one.
    """
    why = "AWS requires this value to be unique, so it refuses one of the two. Give one resource another value."
    for overlap in case.overlaps.lasting:
        text = "{who} and {other}, " + f"{overlap.taker.kind.plural}: {{path}} {{value}}"
        yield Finding(overlap.taker, why, text, _describe(overlap))


def find_renamed(case: Case) -> Iterator[Finding]:
    """Find a new and a deleted resource that are probably the same entity.

    Yields:
        A finding per new resource.
    """
    for overlap in case.overlaps.renamed:
        joiner, leaver = overlap.taker, overlap.holder
        noun = "person" if joiner.kind.is_person else joiner.kind.noun
        why = (
            f"If both resources are the same {noun}, add the alias: Pulumi then updates the {noun} and deletes nothing."
            " Otherwise, delete the old one first, in a run of its own: AWS refuses a value that another"
            f" {joiner.kind.noun} still has."
        )
        text = "{who} is " + f"{joiner.action.word}, {{other}} is {leaver.action.word}, "
        text += f"{joiner.kind.plural} with the same {{path}}, {{value}}: "
        text += "add both keys to `moved` in the file" if f"{DIRECTORY}$" in joiner.urn else "add {alias} to {new}"
        values = _describe(overlap) | {"alias": _write_alias(joiner, leaver), "new": joiner.name}
        yield Finding(joiner, why, text, values, f"Probably the same {noun}: add an alias")


def find_takeovers(case: Case) -> Iterator[Finding]:
    """Find a new resource that adopts an entity or a value that another resource gives up.

    Yields:
        A finding per resource or value.
    """
    for change in case.plan.changed:
        if change.adopted_from and change.kind.is_person and change.differences:
            why = (
                f"The new resource adopts the {change.kind.noun} of a resource that the program no longer has, with"
                " all its memberships and access. If the new resource is for another person, use another name."
            )
            paths = {f"path{number}": difference.path for number, difference in enumerate(change.differences)}
            text = "{who} adopts the " + f"{change.kind.noun} of {{other}}, with a new " + _join(paths)
            yield Finding(change, why, text, {"who": change.label, "other": change.adopted_from} | paths)
    for overlap in case.overlaps.given_up:
        if _adopts(overlap.taker) and overlap.holder.action is not Action.DELETE:
            noun = overlap.taker.kind.noun
            why = (
                f"Until the other resource gives up the value, the new resource can adopt the wrong {noun}. Two"
                f" resources would then manage one {noun}. Change the other resource first, in a run of its own."
            )
            text = "{who} is " + f"{overlap.taker.action.word}, and takes {{path}} {{value}} from {{other}}"
            yield Finding(overlap.taker, why, text, _describe(overlap))


def find_swaps(case: Case) -> Iterator[Finding]:
    """Find resources that take values from each other.

    Yields:
        A finding per value.
    """
    why = (
        "Each update waits until another one gives up its value, so none can begin. Set a third value on one resource,"
        " run pulumi up, then set the final value."
    )
    handed_on = (
        overlap
        for overlap in case.overlaps.given_up
        if {overlap.taker.action, overlap.holder.action} <= {Action.UPDATE, Action.REPLACE}
    )
    for overlap in find_blocked(handed_on):
        text = "{who}, " + f"{overlap.taker.kind.noun}: takes {{path}} {{value}} from {{other}}"
        yield Finding(overlap.taker, why, text, _describe(overlap))


def find_values_of_leavers(case: Case) -> Iterator[Finding]:
    """Find an existing resource that takes a value of a deleted one.

    Yields:
        A finding per value.
    """
    why = (
        "Pulumi deletes at the end of a run, so AWS still has the value and refuses the update. Delete the other"
        " resource first, in a run of its own."
    )
    for overlap in case.overlaps.given_up:
        if overlap.holder.action is Action.DELETE and overlap.taker.before is not None:
            text = "{who}, " + f"{overlap.taker.kind.noun}: takes {{path}} {{value}} from {{other}}, which is deleted"
            yield Finding(overlap.taker, why, text, _describe(overlap))


def find_uncertain_updates(case: Case) -> Iterator[Finding]:
    """Find an update that AWS may refuse.

    Yields:
        A finding per update.
    """
    stops = (
        " A refused update stops pulumi up: people who leave in the same change keep their access until the program"
        " is corrected. With --continue-on-error, the run goes on."
    )
    for change in case.plan.changed:
        update = change.kind.uncertain_update
        if update and change.action is Action.UPDATE:
            before, after = ((state or {}).get(update.property) for state in (change.before, change.after))
            if isinstance(before, str) and isinstance(after, str) and update.may_refuse(before, after):
                text = "{who}, " + f"{change.kind.noun}: {{path}}, {{before}} → {{after}}"
                values = {"who": change.label, "path": update.property, "before": before, "after": after}
                remedy = change.kind.refused[update.property]
                why = f"{update.why} {remedy[0].upper()}{remedy[1:]}.{stops}"
                yield Finding(change, why, text, values)


def _adopts(change: Change) -> bool:
    return change.action.creates and bool((change.after or {}).get("adopt"))


def _describe(overlap: Overlap) -> dict[str, Any]:
    return {
        "who": overlap.taker.label,
        "other": overlap.holder.label,
        "path": overlap.path,
        "value": overlap.value,
    }


def _write_alias(new: Change, old: Change) -> str:
    """Write the argument that gives a resource an alias. A name is enough if both have parents of one type."""
    (new_place, _, _), (old_place, _, name) = (change.urn.rpartition("::") for change in (new, old))
    if new_place == old_place:
        return f"aliases=[pulumi.Alias(name={json.dumps(name, ensure_ascii=False)})]"
    return f"aliases=[{json.dumps(old.urn, ensure_ascii=False)}]"


def _join(values: dict[str, str]) -> str:
    return ", ".join(f"{{{name}}}" for name in values)
