"""What the passes of a review receive and return, written by hand."""

from __future__ import annotations

from typing import Any

from review.steps import STORE, preview, urn

from pulumi_identity.provider.registry import KINDS
from pulumi_identity.review.actions import Action
from pulumi_identity.review.changes import Change, Pair
from pulumi_identity.review.names import End
from pulumi_identity.review.outcomes import Outcome, combine_steps, select_ours
from pulumi_identity.review.plan import Plan
from pulumi_identity.review.preview import read_preview


def outcomes(*steps: dict[str, Any], **others: Any) -> list[Outcome]:
    return select_ours(combine_steps(read_preview(preview(*steps, **others))))


def end(kind: str, name: str, **others: Any) -> End:
    return End(**{"label": name, "key": urn(kind, name), "certain": True, "name": name} | others)


def change(kind: str, name: str, action: Action = Action.SAME, **others: Any) -> Change:
    """A change of a resource that exists before and after, as far as its action says."""
    property_ = KINDS[kind].name_property
    known = {"identity_store_id": STORE} | ({property_: name} if property_ else {})
    before = None if action.begins else known
    after = None if action is Action.DELETE else known
    made = {"urn": urn(kind, name), "kind": KINDS[kind], "name": name, "label": name, "action": action}
    return Change(**made | {"before": before, "after": after, "person": urn(kind, name)} | others)


def member(name: str, action: Action = Action.SAME, *, user: str = "jo", group: str = "crew", **others: Any) -> Change:
    """A change of a membership, whose ends are there before and after as far as its action says."""
    ends = {"member_id": end("IdentityStoreUser", user), "group_id": end("Group", group)}
    references = {
        property_: Pair(None if action.begins else one, None if action is Action.DELETE else one)
        for property_, one in ends.items()
    }
    return change("GroupMembership", name, action, **{"references": references} | others)


def plan(*changes: Change, **others: Any) -> Plan:
    none = {"stack": "", "others": (), "where": {}, "places": {}, "diagnostics": (), "stale": 0, "skipped": 0}
    return Plan(**none | {"resources": changes, "failed": False, "refreshed": True, "hidden": 0} | others)
