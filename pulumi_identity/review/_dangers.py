"""What a reviewer must not overlook: rules that look at a plan, and what each finds, as data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from ._facts import Action
from ._kinds import ADMIN_ROLES, KINDS
from ._values import Mark, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ._names import Reference
    from ._people import Matrix
    from ._plan import Plan, Resource

ADMIN_GROUPS = ("*admin*", "*root*", "*owner*", "*superuser*", "*poweruser*", "*power user*", "*break*glass*")
MAX_DELETED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What counts as dangerous here."""

    admin_groups: tuple[str, ...] = ADMIN_GROUPS
    """Patterns of groups whose members may do much: `*` and `?`, capitals don't count. Both the group's name
    in AWS and its name in the program are looked at; of one that the preview does not show, the membership's."""
    max_deleted: int = MAX_DELETED
    """Per cent of a kind that may be deleted at once; one may always be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """One thing to look at."""

    rule: str
    title: str
    why: str
    """Why it matters, in one sentence."""
    urn: str
    """The resource, or "" where it is about many."""
    text: str
    """What happens; values that come from the plan stand in it as `{name}`."""
    values: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, write: Callable[[str], str]) -> str:
        """Say what happens, with each value put through `write`, which escapes it."""
        return self.text.format(**{name: write(value) for name, value in self.values.items()})


class _Finding(NamedTuple):
    resource: Resource | None
    why: str
    text: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Case:
    """What every rule looks at."""

    plan: Plan
    people: Matrix
    limits: Limits
    by_urn: Mapping[str, Resource]


class Rule(NamedTuple):
    """One rule: what it is called, what it says over its findings, and how it finds them."""

    name: str
    title: str
    find: Callable[[_Case], Iterable[_Finding]]


def find(plan: Plan, people: Matrix, limits: Limits) -> tuple[Danger, ...]:
    """Look at a plan with every rule."""
    case = _Case(plan, people, limits, {each.urn: each for each in plan.resources})
    return tuple(
        Danger(
            rule=rule.name,
            title=rule.title,
            why=found.why,
            urn=found.resource.urn if found.resource else "",
            text=found.text,
            values={name: shown(value) for name, value in found.values.items()},
        )
        for rule in RULES
        for found in rule.find(case)
    )


def _failed(case: _Case) -> Iterator[_Finding]:
    if case.plan.failed:
        why = "What is shown here is not all that an update would do."
        yield _Finding(None, why, "The preview ended with errors", {})


def _becomes_admin(case: _Case) -> Iterator[_Finding]:
    why = "An admin of QuickSight manages its users, sees every asset and can give access to all data."
    for each in case.plan.resources:
        # A role that somebody gave by hand, and that stays, is as new to the reviewer as any.
        by_hand = next((drift for drift in each.drift if drift.path == "user_role"), None)
        old, new = by_hand.state if by_hand else _value(each.before, "user_role"), _value(each.after, "user_role")
        if each.kind != "QuickSightUser" or new not in ADMIN_ROLES or (old, new) == ("ADMIN_PRO", "ADMIN"):
            continue
        if old != new and (each.changes or by_hand):
            known = "{old} → {role}" if old else f"{Action.ADOPT.word}, {{role}}" if each.adopted else "new, {role}"
            already = ", as AWS has it already" if by_hand and by_hand.aws == new else ""
            yield _Finding(each, why, "{who}: " + known + already, {"who": each.label, "old": old, "role": new})


def _admin_group(case: _Case) -> Iterator[_Finding]:
    why = "Whoever is in such a group may do what its permission sets allow, which its name says is much."
    for each, member, group in _gains(case.plan):
        if _matches(_group_names(case, each, group), case.limits.admin_groups):
            already = ", or is in it already" if each.adopted else ""
            yield _Finding(each, why, "{who} → {group}" + already, {"who": member.label, "group": group.label})
    for each in case.plan.changed("Group"):
        # The other way into an admin group is to let a group become one.
        old, new = _value(each.before, "display_name"), _value(each.after, "display_name")
        if each.action is Action.UPDATE and old != new and _matches([new], case.limits.admin_groups):
            yield _Finding(each, why, "all members of {old}, which becomes {new}", {"old": old, "new": new})


def _gains(plan: Plan) -> Iterator[tuple[Resource, Reference, Reference]]:
    """Yield each membership that comes to be, with its member and its group."""
    for each in plan.changed("GroupMembership"):
        before, after = zip(each.references["member_id"], each.references["group_id"], strict=True)
        stays = [end and end.key for end in before] == [end and end.key for end in after]
        member, group = after
        if member and group and not stays and not each.lost:
            yield each, member, group


def _group_names(case: _Case, membership: Resource, group: Reference) -> list[Any]:
    """What a group is called: by the program and in AWS, before and after; or else by whoever names the membership."""
    if group.key not in case.by_urn:
        return [group.label, membership.name]
    found = case.by_urn[group.key]
    return [found.name, _value(found.before, "display_name"), _value(found.after, "display_name")]


def _matches(names: Iterable[Any], patterns: Iterable[str]) -> bool:
    texts = [name.casefold() for name in names if isinstance(name, str)]
    return any(fnmatchcase(text, pattern.casefold()) for text in texts for pattern in patterns)


def _value(state: Mapping[str, Any] | None, name: str) -> Any:
    return (state or {}).get(name)


def _unknown(case: _Case) -> Iterator[_Finding]:
    why = "The value decides who gets in, and this preview does not tell what it is."
    for each in case.plan.changed():
        noun = KINDS[each.kind].noun
        secret = {found.path for found in each.differences if found.new is Mark.SECRET}
        secret |= {name for name in each.references if _value(each.after, name) is Mark.SECRET}
        for path in (*each.unknown, *sorted(secret)):
            if path.partition(".")[0].partition("[")[0] in KINDS[each.kind].access:
                yield _Finding(each, why, "{path} of {who}, " + noun, {"path": path, "who": each.label})
    for each, *ends in _gains(case.plan):
        for end, noun in zip(ends, ("user", "group"), strict=True):
            if end.certain and end.name is None:
                text = "{who}: what the " + noun + " is called in AWS is not known"
                yield _Finding(each, why, text, {"who": each.label})


def _another_login(case: _Case) -> Iterator[_Finding]:
    why = "Whoever has the new one may sign in, or have the password reset, as this person."
    for each in case.plan.changed():
        for found in each.differences if each.action is Action.UPDATE else ():
            if found.path in KINDS[each.kind].login and isinstance(found.new, str):
                text = "{who}, " + KINDS[each.kind].noun + ": {path}, {old} → {new}"
                values = {"who": each.label, "path": found.path, "old": found.old, "new": found.new}
                yield _Finding(each, why, text, values)


def _twins(case: _Case) -> Iterator[_Finding]:
    for each in case.plan.resources:
        if each.twin and each.managed and not each.takes_over:
            why = _STOPS if not each.meets else _ENDS if each.twin.action.ends else _SHARED
            that = "{that} is read only" if each.twin.urn == each.urn else f"{{that}} is {each.twin.action.word}"
            text = "{who}, " + f"{KINDS[each.kind].noun}: {{this}} is {each.action.word}, {that}"
            yield _Finding(each, why, text, {"who": each.label, "this": each.name, "that": each.twin.name})


_STOPS = "AWS can still have the one when the other is created: the update then stops with an error."
_ENDS = "Both are one in AWS, so that taking away the one can end the other: a renamed resource needs an alias."
_SHARED = "Both are one in AWS, so that what becomes of the one later also becomes of the other."


def _many_deleted(case: _Case) -> Iterator[_Finding]:
    why = "So much at once is more often a mistake, such as an empty list or the wrong stack, than a wish."
    plan = case.plan
    managed = [each for each in plan.resources if each.before is not None and each.managed]
    existed = Counter(each.kind for each in managed)
    deleted = Counter(each.kind for each in managed if each.action is Action.DELETE)
    for kind, count in deleted.items():
        # Unchanged ones that the preview does not show may all be of this kind: then it is at least this share.
        total = existed[kind] + plan.hidden
        share = 100 * count / total
        if count > 1 and share > case.limits.max_deleted:
            share_text = f"{'at least ' if plan.hidden else ''}{share:.0f} %"
            yield _Finding(
                None,
                why,
                "{count} of {total} " + KINDS[kind].plural + ", {share}",
                {"count": f"{count:,}", "total": f"{total:,}", "share": share_text},
            )


def _deleted(case: _Case) -> Iterator[_Finding]:
    for each in case.plan.changed():
        kind = KINDS[each.kind]
        if each.action is Action.DELETE and each.kind != "GroupMembership":
            yield _Finding(each, kind.deleting, "{who}, " + kind.noun, {"who": each.label})


def _replaced(case: _Case) -> Iterator[_Finding]:
    for each in case.plan.changed():
        if each.action is Action.REPLACE and each.kind != "GroupMembership":
            found = "; the new one is created or taken over" if _value(each.after, "adopt") else ""
            yield _forced(each, KINDS[each.kind].deleting, found)


def _forced(each: Resource, why: str, what: str) -> _Finding:
    """Say who is replaced, and by what it is forced."""
    text, values = "{who}, " + KINDS[each.kind].noun, {"who": each.label}
    for number, path in enumerate(each.forced_by):
        text += (", " if number else ", forced by ") + f"{{by{number}}}"
        values[f"by{number}"] = path
        if change := next((found for found in each.differences if found.path == path), None):
            text += f": {{old{number}}} → {{new{number}}}"
            values |= {f"old{number}": change.old, f"new{number}": change.new}
    return _Finding(each, why, text + what, values)


def _keeps(case: _Case) -> Iterator[_Finding]:
    why = "Whoever leaves the directory is locked out of these only by a change of their own."
    for person in case.people.people:
        if person.keeps:
            yield _Finding(None, why, "{who} keeps " + " and ".join(person.keeps), {"who": person.label})


def _forgotten(case: _Case) -> Iterator[_Finding]:
    why = "Access goes on in AWS, and this program no longer changes or ends it."
    for each in case.plan.changed():
        if each.action in {Action.FORGET, Action.SUPERSEDE}:
            yield _forced(each, why, f"; {each.action.word}" if each.action.replaces else "")


def _protected(case: _Case) -> Iterator[_Finding]:
    why = "Somebody marked it so that it would not be changed by accident."
    for each in case.plan.resources:
        noun = KINDS[each.kind].noun
        if each.protected and each.changes:
            yield _Finding(each, why, "{who}, " + f"{noun}, is {each.action.word}", {"who": each.label})
        if each.unprotected:
            yield _Finding(each, why, "{who}, " + f"{noun}, loses its protection", {"who": each.label})


def _provisioned(case: _Case) -> Iterator[_Finding]:
    why = "The identity provider owns it: the change lasts until its next run, or parts the two for good."
    for each in case.plan.changed():
        keys = {reference.key for pair in each.references.values() for reference in pair if reference}
        ends = [case.by_urn[key] for key in sorted(keys & case.by_urn.keys())]
        issuer = next((one.managed_by for one in (each, *ends) if one.managed_by), None)
        text = "{who}, " + f"{KINDS[each.kind].noun}, is {each.action.word}"
        if issuer:
            yield _Finding(each, why, text + "; managed by {issuer}", {"who": each.label, "issuer": issuer})
        elif any(one.overrides for one in (each, *ends)):
            yield _Finding(each, why, text + ", even if an identity provider manages it", {"who": each.label})


RULES = (
    Rule("preview-failed", "The preview failed", _failed),
    Rule("becomes-admin", "Becomes an admin of QuickSight", _becomes_admin),
    Rule("admin-group-gains", "Gets into an admin-like group", _admin_group),
    Rule("unknown-access", "Decides access, and can't be seen", _unknown),
    Rule("another-login", "Gets another address or login", _another_login),
    Rule("same-in-aws", "Exists in AWS already", _twins),
    Rule("many-deleted", "Much is deleted at once", _many_deleted),
    Rule("deleted", "Is deleted", _deleted),
    Rule("replaced", "Is deleted and made anew", _replaced),
    Rule("keeps-access", "Leaves, but not everywhere", _keeps),
    Rule("forgotten", "Stays in AWS, no longer managed", _forgotten),
    Rule("protected", "Is protected", _protected),
    Rule("externally-managed", "Belongs to an identity provider", _provisioned),
)
"""In the order in which a reviewer should read."""
