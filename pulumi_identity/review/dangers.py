"""Find dangers: rules that look at the plan and the people, and what each rule finds, as data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

from .actions import Action
from .values import Mark, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .changes import Change
    from .names import End
    from .people import Matrix
    from .plan import Plan

ADMIN_GROUPS = ("*admin*", "*root*", "*owner*", "*superuser*", "*poweruser*", "*power user*", "*break*glass*")
MAX_DELETED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What counts as a danger."""

    admin_groups: tuple[str, ...] = ADMIN_GROUPS
    """Patterns of groups with elevated permissions: `*` and `?`, ignoring case. Both the group's name in AWS and its
    name in the program are compared; for a group that the preview does not show, the membership's name."""
    max_deleted: int = MAX_DELETED
    """Percentage of a kind that may be deleted at once; one resource always may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """One thing to look at."""

    rule: str
    title: str
    why: str
    """Why it matters, in one sentence."""
    urn: str
    """The resource, or "" for a danger about several."""
    text: str
    """What happens; values of the plan stand in it as `{name}`."""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> list[tuple[str, str | None]]:
        """What happens, in parts: a text and the value that follows it, if any."""
        parsed = Formatter().parse(self.text)
        return [(text, None if name is None else self.values[name]) for text, name, _, _ in parsed]

    def write_sentence(self, write: Callable[[str], str]) -> str:
        """Write what happens.

        Args:
            write: Escapes a value of the plan.

        Returns:
            The sentence.
        """
        return "".join(text + ("" if value is None else write(value)) for text, value in self.parts)


class _Finding(NamedTuple):
    change: Change | None
    why: str
    text: str
    values: dict[str, Any]
    title: str = ""
    """The title, if it is not the rule's."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What every rule looks at."""

    plan: Plan
    people: Matrix
    limits: Limits
    by_urn: Mapping[str, Change]


class Rule(NamedTuple):
    """One rule: its name, the title of its dangers, and its function."""

    name: str
    title: str
    find: Callable[[_Case], Iterable[_Finding]]


def find_dangers(plan: Plan, people: Matrix, limits: Limits) -> tuple[Danger, ...]:
    """Apply every rule.

    Args:
        plan: All changes.
        people: The matrix.
        limits: What counts as a danger.

    Returns:
        The dangers, in the order of the rules.
    """
    case = _Case(plan, people, limits, {change.urn: change for change in plan.resources})
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


def _find_failure(case: _Case) -> Iterator[_Finding]:
    if case.plan.failed:
        why = "What is shown here is not all that an update would do."
        yield _Finding(None, why, "The preview ended with errors", {})


def _find_new_admins(case: _Case) -> Iterator[_Finding]:
    for change in case.plan.resources:
        admin = change.kind.admin
        if not admin:
            continue
        # A role that was given outside Pulumi, and stays, is as new to the reviewer as any.
        drift = next((drift for drift in change.drift if drift.path == admin.property), None)
        before = drift.recorded if drift else _get(change.before, admin.property)
        after = _get(change.after, admin.property)
        if after not in admin.values or before == after or (before, after) in admin.unremarkable:
            continue
        if change.changes or drift:
            new = f"{Action.ADOPT.word}, {{role}}" if change.may_exist else "new, {role}"
            text = "{who}: " + ("{before} → {role}" if before else new)
            text += ", as AWS has it already" if drift and drift.before == after else ""
            values = {"who": change.label, "before": before, "role": after}
            yield _Finding(change, admin.why, text, values, admin.title)


def _find_admin_groups(case: _Case) -> Iterator[_Finding]:
    why = "Whoever is in such a group may do what its permission sets allow, which its name says is much."
    for change, member, group in _list_new_memberships(case.plan):
        if _matches(_list_group_names(case, change, group), case.limits.admin_groups):
            text = "{who} → {group}" + (", or is in it already" if change.may_exist else "")
            yield _Finding(change, why, text, {"who": member.label, "group": group.label})
    for change in case.plan.changed:
        # Renaming a group is the other way to make its members admins.
        name = change.kind.name_property
        if change.kind.is_group and name and change.action is Action.UPDATE:
            before, after = _get(change.before, name), _get(change.after, name)
            if before != after and _matches([after], case.limits.admin_groups):
                text = "all members of {before}, which becomes {after}"
                yield _Finding(change, why, text, {"before": before, "after": after})


def _list_new_memberships(plan: Plan) -> Iterator[tuple[Change, End, End]]:
    """Yield each membership that begins, with its member and its group."""
    for change in plan.changed:
        keys = [tuple(end and end.key for end in pair) for pair in (change.member, change.group)]
        stays = all(before == after for before, after in keys)
        member, group = change.member.after, change.group.after
        if member and group and not stays and not change.lost:
            yield change, member, group


def _list_group_names(case: _Case, membership: Change, group: End) -> list[Any]:
    """List a group's names in the program and in AWS, before and after; if it is not shown, the membership's name."""
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


def _find_unknown_access(case: _Case) -> Iterator[_Finding]:
    why = "The value decides who gets in, and this preview does not tell what it is."
    for change in case.plan.changed:
        secret = {difference.path for difference in change.differences if difference.after is Mark.SECRET}
        secret |= {name for name in change.references if _get(change.after, name) is Mark.SECRET}
        for path in (*change.unknown, *sorted(secret)):
            if path.partition(".")[0].partition("[")[0] in change.kind.decides_access:
                text = "{path} of {who}, " + change.kind.noun
                yield _Finding(change, why, text, {"path": path, "who": change.label})
    for change, *_ in _list_new_memberships(case.plan):
        for name, pair in change.references.items():
            if pair.after and pair.after.certain and pair.after.name is None:
                noun = change.kind.references[name].kind.noun
                text = "{who}: what the " + noun + " is called in AWS is not known"
                yield _Finding(change, why, text, {"who": change.label})


def _find_other_logins(case: _Case) -> Iterator[_Finding]:
    why = "Whoever has the new one may sign in, or have the password reset, as this person."
    for change in case.plan.changed:
        for difference in change.differences if change.action is Action.UPDATE else ():
            if difference.path in change.kind.sign_in and isinstance(difference.after, str):
                text = "{who}, " + change.kind.noun + ": {path}, {before} → {after}"
                values = {"path": difference.path, "before": difference.before, "after": difference.after}
                yield _Finding(change, why, text, {"who": change.label} | values)


def _find_twins(case: _Case) -> Iterator[_Finding]:
    for change in case.plan.resources:
        twin = change.twin
        if twin and change.managed and not change.adopts_twin:
            why = _STOPS if not change.uses_existing else _ENDS if twin.action.ends else _SHARED
            that = "{that} is read only" if twin.urn == change.urn else f"{{that}} is {twin.action.word}"
            text = "{who}, " + f"{change.kind.noun}: {{this}} is {change.action.word}, {that}"
            yield _Finding(change, why, text, {"who": change.label, "this": change.name, "that": twin.name})


_STOPS = "AWS can still have the one when the other is created: the update then stops with an error."
_ENDS = "Both are one in AWS, so that taking away the one can end the other: a renamed resource needs an alias."
_SHARED = "Both are one in AWS, so that what becomes of the one later also becomes of the other."


def _find_mass_deletion(case: _Case) -> Iterator[_Finding]:
    why = "So much at once is more often a mistake, such as an empty list or the wrong stack, than a wish."
    hidden = case.plan.hidden
    existing = [change for change in case.plan.resources if change.before is not None and change.managed]
    existed = Counter(change.kind.name for change in existing)
    deleted = [change for change in existing if change.action is Action.DELETE]
    plurals = {change.kind.name: change.kind.plural for change in deleted}
    for name, number in Counter(change.kind.name for change in deleted).items():
        # All unchanged resources that the preview does not show may be of this kind: the share is a lower bound.
        total = existed[name] + hidden
        share = 100 * number / total
        if number > 1 and share > case.limits.max_deleted:
            values = {"count": f"{number:,}", "total": f"{total:,}"}
            values["share"] = f"{'at least ' if hidden else ''}{share:.0f} %"
            yield _Finding(None, why, "{count} of {total} " + plurals[name] + ", {share}", values)


def _find_deleted(case: _Case) -> Iterator[_Finding]:
    for change in case.plan.changed:
        if change.action is Action.DELETE and not change.kind.references:
            yield _Finding(change, change.kind.deleting, "{who}, " + change.kind.noun, {"who": change.label})


def _find_replaced(case: _Case) -> Iterator[_Finding]:
    for change in case.plan.changed:
        if change.action is Action.REPLACE and not change.kind.references:
            new = "; the new one is created or taken over" if _get(change.after, "adopt") else ""
            yield _describe_replacement(change, change.kind.deleting, new)


def _describe_replacement(change: Change, why: str, end: str) -> _Finding:
    """Describe which resource is replaced, and which properties force it."""
    text, values = "{who}, " + change.kind.noun, {"who": change.label}
    for number, path in enumerate(change.forced_by):
        text += (", " if number else ", forced by ") + f"{{by{number}}}"
        values[f"by{number}"] = path
        if difference := next((entry for entry in change.differences if entry.path == path), None):
            text += f": {{before{number}}} → {{after{number}}}"
            values |= {f"before{number}": difference.before, f"after{number}": difference.after}
    return _Finding(change, why, text + end, values)


def _find_kept_access(case: _Case) -> Iterator[_Finding]:
    why = "Whoever leaves the directory is locked out of these only by a change of their own."
    for person in case.people.people:
        if person.keeps:
            kept = " and ".join(column.place for column in person.keeps)
            yield _Finding(None, why, "{who} keeps " + kept, {"who": person.label})


def _find_forgotten(case: _Case) -> Iterator[_Finding]:
    why = "Access goes on in AWS, and this program no longer changes or ends it."
    for change in case.plan.changed:
        if change.action in {Action.FORGET, Action.SUPERSEDE}:
            yield _describe_replacement(change, why, f"; {change.action.word}" if change.action.replaces else "")


def _find_protected(case: _Case) -> Iterator[_Finding]:
    why = "Somebody marked it so that it would not be changed by accident."
    for change in case.plan.resources:
        text = "{who}, " + change.kind.noun
        if change.protected and change.changes:
            yield _Finding(change, why, f"{text}, is {change.action.word}", {"who": change.label})
        if change.unprotected:
            yield _Finding(change, why, f"{text}, loses its protection", {"who": change.label})


def _find_externally_managed(case: _Case) -> Iterator[_Finding]:
    why = "The identity provider owns it: the change lasts until its next run, or parts the two for good."
    for change in case.plan.changed:
        keys = {end.key for pair in change.references.values() for end in pair if end}
        involved = [change, *(case.by_urn[key] for key in sorted(keys & case.by_urn.keys()))]
        issuer = next((resource.managed_by for resource in involved if resource.managed_by), None)
        text = "{who}, " + f"{change.kind.noun}, is {change.action.word}"
        if issuer:
            yield _Finding(change, why, text + "; managed by {issuer}", {"who": change.label, "issuer": issuer})
        elif any(resource.overrides for resource in involved):
            yield _Finding(change, why, text + ", even if an identity provider manages it", {"who": change.label})


RULES = (
    Rule("preview-failed", "The preview failed", _find_failure),
    Rule("becomes-admin", "Becomes an admin", _find_new_admins),
    Rule("admin-group-gains", "Gets into an admin-like group", _find_admin_groups),
    Rule("unknown-access", "Decides access, and can't be seen", _find_unknown_access),
    Rule("another-login", "Gets another address or login", _find_other_logins),
    Rule("same-in-aws", "Exists in AWS already", _find_twins),
    Rule("many-deleted", "Much is deleted at once", _find_mass_deletion),
    Rule("deleted", "Is deleted", _find_deleted),
    Rule("replaced", "Is deleted and made anew", _find_replaced),
    Rule("keeps-access", "Leaves, but not everywhere", _find_kept_access),
    Rule("forgotten", "Stays in AWS, no longer managed", _find_forgotten),
    Rule("protected", "Is protected", _find_protected),
    Rule("externally-managed", "Belongs to an identity provider", _find_externally_managed),
)
"""In the order in which a reviewer should read."""
