"""Find dangers: each rule checks the plan and the people and returns its findings as data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from string import Formatter
from typing import TYPE_CHECKING, Any

from pulumi_identity.provider.schema import property_of

from . import set_rules, value_rules
from .actions import Action
from .findings import Case, Finding, Rule
from .holders import find_overlaps
from .values import Mark, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .changes import Change
    from .findings import Thresholds
    from .names import End
    from .people import Matrix
    from .plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """One finding that a reviewer must look at."""

    rule: str
    title: str
    why: str
    """The reason why it matters."""
    urn: str
    """The URN of the resource, or "" if the danger concerns several resources."""
    text: str
    """The sentence for the change, with values of the plan as `{name}`."""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> list[tuple[str, str | None]]:
        """The sentence in parts: each has a text and the value after it, if any."""
        parsed = Formatter().parse(self.text)
        return [(text, None if name is None else self.values[name]) for text, name, _, _ in parsed]

    def write_sentence(self, write: Callable[[str], str]) -> str:
        """Write the sentence.

        Args:
            write: Escapes a value of the plan.

        Returns:
            The sentence.
        """
        return "".join(text + ("" if value is None else write(value)) for text, value in self.parts)


def find_dangers(plan: Plan, people: Matrix, limits: Thresholds) -> tuple[Danger, ...]:
    """Apply every rule.

    Args:
        plan: All changes.
        people: The matrix.
        limits: The limits that decide which changes are dangers.

    Returns:
        The dangers, in the order of the rules.
    """
    by_urn = {change.urn: change for change in plan.resources}
    case = Case(plan, people, limits, by_urn, find_overlaps(plan))
    return tuple(
        Danger(
            rule=rule.name,
            title=finding.title or rule.title,
            why=finding.why,
            urn=finding.change.urn if finding.change else "",
            text=finding.text,
            values={name: show(value) for name, value in finding.values.items()},
        )
        for rule in RULES
        for finding in rule.find(case)
    )


def _find_failure(case: Case) -> Iterator[Finding]:
    if case.plan.failed:
        why = "The review is incomplete: an update can make changes that it does not show."
        yield Finding(None, why, "The preview ended with errors", {})


def _find_new_admins(case: Case) -> Iterator[Finding]:
    for change in case.plan.resources:
        admin = change.kind.admin
        if not admin:
            continue
        # A role that was assigned outside Pulumi and stays is new to the reviewer too.
        drift = next((drift for drift in change.drift if drift.path == admin.property), None)
        before = drift.recorded if drift else _get(change.before, admin.property)
        after = _get(change.after, admin.property)
        if after not in admin.values or before == after or (before, after) in admin.unremarkable:
            continue
        if change.changes or drift:
            new = f"{Action.ADOPT.word} as {{role}}" if change.may_exist else "created as {role}"
            text = "{who}: " + ("{before} → {role}" if before else new)
            text += ", already set in AWS outside Pulumi" if drift and drift.before == after else ""
            values = {"who": change.label, "before": before, "role": after}
            yield Finding(change, admin.why, text, values, admin.title)


def _find_admin_groups(case: Case) -> Iterator[Finding]:
    why = "The group's name suggests elevated permissions. New members get everything that its permission sets allow."
    for change, member, group in _list_new_memberships(case.plan):
        if _matches(_list_group_names(case, change, group), case.limits.admin_groups):
            text = "{who} → {group}" + (" (may already be a member)" if change.may_exist else "")
            yield Finding(change, why, text, {"who": member.label, "group": group.label})
    for change in case.plan.changed:
        # Renaming a group can also make its members admins.
        name = change.kind.name_property
        if change.kind.is_group and name and change.new_name:
            before, after = _get(change.before, name), _get(change.after, name)
            if _matches([after], case.limits.admin_groups):
                text = "all members of {before}, which is renamed to {after}"
                yield Finding(change, why, text, {"before": before, "after": after})


def _list_new_memberships(plan: Plan) -> Iterator[tuple[Change, End, End]]:
    """Yield each new membership, with its member and its group."""
    for change in plan.changed:
        keys = [tuple(end and end.key for end in pair) for pair in (change.member, change.group)]
        stays = all(before == after for before, after in keys)
        member, group = change.member.after, change.group.after
        if member and group and not stays and not change.lost:
            yield change, member, group


def _list_group_names(case: Case, membership: Change, group: End) -> list[Any]:
    """List a group's names in the program and in AWS, or the membership's name if the group is not shown."""
    if group.key not in case.by_urn:
        return [group.label, membership.name]
    change = case.by_urn[group.key]
    name = change.kind.name_property or ""
    return [change.name, _get(change.before, name), _get(change.after, name)]


def _matches(names: Iterable[Any], patterns: Iterable[str]) -> bool:
    texts = [name.casefold() for name in names if isinstance(name, str)]
    return any(fnmatchcase(text, pattern.casefold()) for text in texts for pattern in patterns)


def _get(state: Mapping[str, Any] | None, name: str) -> Any:
    return (state or {}).get(name)


def _find_unknown_access(case: Case) -> Iterator[Finding]:
    why = "This value decides who gets access, and the preview does not show it."
    for change in case.plan.changed:
        secret = {difference.path for difference in change.differences if difference.after is Mark.SECRET}
        secret |= {name for name in change.references if _get(change.after, name) is Mark.SECRET}
        for path in (*change.unknown, *sorted(secret)):
            if property_of(path) in change.kind.decides_access:
                text = "{path} of {who}, " + change.kind.noun
                yield Finding(change, why, text, {"path": path, "who": change.label})
    for change, *_ in _list_new_memberships(case.plan):
        for name, pair in change.references.items():
            if pair.after and pair.after.certain and pair.after.name is None:
                noun = change.kind.references[name].kind.noun
                text = "{who}: the preview has only the id of the " + noun + ", not its name"
                yield Finding(change, why, text, {"who": change.label})


def _find_other_logins(case: Case) -> Iterator[Finding]:
    why = "The owner of the new address or login can sign in as this person or reset the password."
    for change in case.plan.changed:
        for difference in change.differences if change.action is Action.UPDATE else ():
            if difference.path in change.kind.sign_in and isinstance(difference.after, str):
                text = "{who}, " + change.kind.noun + ": {path}, {before} → {after}"
                values = {"path": difference.path, "before": difference.before, "after": difference.after}
                yield Finding(change, why, text, {"who": change.label} | values)


def _find_twins(case: Case) -> Iterator[Finding]:
    renamed = {overlap.taker.urn: overlap.holder.urn for overlap in case.overlaps.renamed}
    for change in case.plan.resources:
        twin = change.twin
        if twin and change.managed and not change.adopts_twin and renamed.get(change.urn) != twin.urn:
            why = _STOPS if not change.uses_existing else _ENDS if twin.action.ends else _SHARED
            that = "{that} is read only" if twin.urn == change.urn else f"{{that}} is {twin.action.word}"
            text = "{who}, " + f"{change.kind.noun}: {{this}} is {change.action.word}, {that}"
            yield Finding(change, why, text, {"who": change.label, "this": change.name, "that": twin.name})


_STOPS = "Both resources are the same entity in AWS. The create fails if AWS still has the entity."
_ENDS = "Both resources are the same entity in AWS. Deleting one can delete the other: add an alias if you renamed it."
_SHARED = "Both resources are the same entity in AWS. A later change of one also affects the other."


def _find_mass_deletion(case: Case) -> Iterator[Finding]:
    why = "Deleting this many at once is usually a mistake: an empty list, or the wrong stack."
    hidden = case.plan.hidden
    existing = [change for change in case.plan.resources if change.before is not None and change.managed]
    existed = Counter(change.kind.name for change in existing)
    deleted = [change for change in existing if change.action is Action.DELETE]
    plurals = {change.kind.name: change.kind.plural for change in deleted}
    for name, number in Counter(change.kind.name for change in deleted).items():
        # Any unchanged resource that the preview hides may be of this kind, so the share is a lower bound.
        total = existed[name] + hidden
        share = 100 * number / total
        if number > 1 and share > case.limits.max_deleted:
            values = {"count": f"{number:,}", "total": f"{total:,}"}
            values["share"] = f"{'at least ' if hidden else ''}{share:.0f} %"
            yield Finding(None, why, "{count} of {total} " + plurals[name] + ", {share}", values)


def _find_deleted(case: Case) -> Iterator[Finding]:
    for change in case.plan.changed:
        if change.action is Action.DELETE and not change.kind.references:
            yield Finding(change, change.kind.deleting, "{who}, " + change.kind.noun, {"who": change.label})


def _find_replaced(case: Case) -> Iterator[Finding]:
    for change in case.plan.changed:
        if change.action is Action.REPLACE and not change.kind.references:
            new = f"; the new one is {Action.ADOPT.word}" if _get(change.after, "adopt") else ""
            yield _describe_replacement(change, change.kind.deleting, new)


def _describe_replacement(change: Change, why: str, end: str) -> Finding:
    """Describe a replaced resource and the properties that force the replacement."""
    text, values = "{who}, " + change.kind.noun, {"who": change.label}
    for number, path in enumerate(change.forced_by):
        text += (", " if number else ", forced by ") + f"{{by{number}}}"
        values[f"by{number}"] = path
        if difference := next((entry for entry in change.differences if entry.path == path), None):
            text += f": {{before{number}}} → {{after{number}}}"
            values |= {f"before{number}": difference.before, f"after{number}": difference.after}
    return Finding(change, why, text + end, values)


def _find_kept_access(case: Case) -> Iterator[Finding]:
    why = "Deleting the user in the directory does not end access to these services: delete these accounts too."
    for person in case.people.people:
        if person.keeps:
            kept = " and ".join(column.place for column in person.keeps)
            yield Finding(None, why, "{who} keeps " + kept, {"who": person.label})


def _find_forgotten(case: Case) -> Iterator[Finding]:
    why = "The access remains until someone removes it in AWS."
    for change in case.plan.changed:
        if change.action in {Action.FORGET, Action.SUPERSEDE}:
            yield _describe_replacement(change, why, f"; {change.action.word}" if change.action.replaces else "")


def _find_protected(case: Case) -> Iterator[Finding]:
    why = "Protection marks resources that must not change by accident."
    for change in case.plan.resources:
        text = "{who}, " + change.kind.noun
        if change.protected and change.changes:
            yield Finding(change, why, f"{text}, is {change.action.word}", {"who": change.label})
        if change.unprotected:
            yield Finding(change, why, f"{text}, loses its protection", {"who": change.label})


def _find_externally_managed(case: Case) -> Iterator[Finding]:
    why = "The identity provider manages this entity. Its next synchronization can overwrite the change."
    for change in case.plan.changed:
        keys = {end.key for pair in change.references.values() for end in pair if end}
        involved = [change, *(case.by_urn[key] for key in sorted(keys & case.by_urn.keys()))]
        issuer = next((resource.managed_by for resource in involved if resource.managed_by), None)
        text = "{who}, " + f"{change.kind.noun}, is {change.action.word}"
        if issuer:
            yield Finding(change, why, text + "; managed by {issuer}", {"who": change.label, "issuer": issuer})
        elif any(resource.overrides for resource in involved):
            yield Finding(change, why, text + ", even if an identity provider manages it", {"who": change.label})


RULES = (
    Rule("preview-failed", "Preview failed", _find_failure),
    Rule("becomes-admin", "Becomes an admin", _find_new_admins),
    Rule("admin-group-gains", "Added to an admin-like group", _find_admin_groups),
    Rule("added-outside", "Added outside Pulumi", set_rules.find_added),
    Rule("unknown-access", "Access depends on an unknown value", _find_unknown_access),
    Rule("another-login", "New e-mail address or login", _find_other_logins),
    Rule("same-in-aws", "Same entity as another resource", _find_twins),
    Rule("same-value", "Same value on two resources", value_rules.find_same_values),
    Rule("probably-renamed", "Probably the same entity: add an alias", value_rules.find_renamed),
    Rule("takes-over", "Adopts an entity or value of another resource", value_rules.find_takeovers),
    Rule("swapped", "Values are swapped", value_rules.find_swaps),
    Rule("not-free-yet", "Takes a value of a deleted resource", value_rules.find_values_of_leavers),
    Rule("may-be-refused", "AWS may refuse the update", value_rules.find_uncertain_updates),
    Rule("many-deleted", "Bulk deletion", _find_mass_deletion),
    Rule("many-removed", "Bulk removal", set_rules.find_bulk_removals),
    Rule("removes-others", "Removes members that the program does not declare", set_rules.find_unnamed_removals),
    Rule("not-exclusive", "No longer exclusive", set_rules.find_opened),
    Rule("deleted", "Deleted", _find_deleted),
    Rule("replaced", "Replaced", _find_replaced),
    Rule("keeps-access", "Leaves the directory but keeps access elsewhere", _find_kept_access),
    Rule("forgotten", "No longer managed but stays in AWS", _find_forgotten),
    Rule("protected", "Protected resource changes", _find_protected),
    Rule("externally-managed", "Externally managed entity changes", _find_externally_managed),
)
"""All rules, in the order in which a reviewer reads them."""
