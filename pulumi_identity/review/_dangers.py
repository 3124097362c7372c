"""What a reviewer must not overlook: rules that look at a plan, and what each finds, as data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from ._kinds import ADMIN_ROLES, KINDS
from ._plan import Action, Plan, Resource
from ._values import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

ADMIN_GROUPS = ("*admin*", "*root*", "*owner*", "*superuser*", "*poweruser*", "*power user*", "*break*glass*")
MAX_DELETED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What counts as dangerous here."""

    admin_groups: tuple[str, ...] = ADMIN_GROUPS
    """Patterns of groups whose members may do much: `*` and `?`, capitals don't count. Both the group's name
    in AWS and its name in the program are looked at."""
    max_deleted: int = MAX_DELETED
    """Per cent of a kind that may be deleted at once."""


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


class Rule(NamedTuple):
    """One rule: what it is called, what it says over its findings, and how it finds them."""

    name: str
    title: str
    find: Callable[[Plan, Limits], Iterable[_Finding]]


def find(plan: Plan, limits: Limits) -> tuple[Danger, ...]:
    """Look at a plan with every rule."""
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
        for found in rule.find(plan, limits)
    )


def _failed(plan: Plan, _: Limits) -> Iterator[_Finding]:
    if plan.failed:
        why = "What is shown here is not all that an update would do."
        yield _Finding(None, why, "The preview ended with errors", {})


def _deleted(plan: Plan, _: Limits) -> Iterator[_Finding]:
    for each in plan.changed():
        kind = KINDS[each.kind]
        if each.action is Action.DELETE and each.kind != "GroupMembership":
            yield _Finding(each, kind.deleting, "{who}, " + kind.noun, {"who": each.label})


def _replaced(plan: Plan, _: Limits) -> Iterator[_Finding]:
    for each in plan.changed():
        kind = KINDS[each.kind]
        if each.action is Action.REPLACE and each.kind != "GroupMembership":
            forces = {f"by{number}": path for number, path in enumerate(each.forced_by)}
            by = ", forced by " + ", ".join(f"{{{name}}}" for name in forces) if forces else ""
            yield _Finding(each, kind.deleting, "{who}, " + kind.noun + by, {"who": each.label} | forces)


def _becomes_admin(plan: Plan, _: Limits) -> Iterator[_Finding]:
    why = "An admin of QuickSight manages its users, sees every asset and can give access to all data."
    for each in plan.changed("QuickSightUser"):
        old, new = ((state or {}).get("user_role") for state in (each.before, each.after))
        if new in ADMIN_ROLES and new != old and not (old == "ADMIN_PRO" and new == "ADMIN"):
            values = {"who": each.label, "role": new} | ({"old": old} if old else {})
            was = "{who}: {old} → {role}" if old else "{who}: new, {role}"
            yield _Finding(each, why, was, values)


def _admin_group(plan: Plan, limits: Limits) -> Iterator[_Finding]:
    why = "Whoever is in such a group may do what its permission sets allow, which its name says is much."
    groups = {each.urn: each for each in plan.resources if each.kind == "Group"}
    for each in plan.changed("GroupMembership"):
        (old_member, new_member), (old_group, new_group) = each.references["member_id"], each.references["group_id"]
        if not new_group or not new_member:
            continue
        stays = old_member and old_group and (old_member.key, old_group.key) == (new_member.key, new_group.key)
        group = groups.get(new_group.key)
        names = [new_group.label, *(_aws_names(group) if group else ())]
        if not stays and _matches(names, limits.admin_groups):
            values = {"who": new_member.label, "group": new_group.label}
            yield _Finding(each, why, "{who} → {group}", values)
    for each in plan.changed("Group"):
        # The other way into an admin group is to let a group become one.
        old, new = ((state or {}).get("display_name") for state in (each.before, each.after))
        if (
            each.action is Action.UPDATE
            and old != new
            and isinstance(new, str)
            and _matches([new], limits.admin_groups)
        ):
            yield _Finding(each, why, "all members of {old}, which becomes {new}", {"old": old, "new": new})


def _aws_names(group: Resource) -> list[str]:
    names = [group.name, *((state or {}).get("display_name") for state in (group.before, group.after))]
    return [name for name in names if isinstance(name, str)]


def _matches(names: Iterable[str], patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for name in names for pattern in patterns)


def _many_deleted(plan: Plan, limits: Limits) -> Iterator[_Finding]:
    why = "So much at once is more often a mistake, such as an empty list or the wrong stack, than a wish."
    existed = Counter(each.kind for each in plan.resources if each.before is not None)
    deleted = Counter(each.kind for each in plan.changed() if each.action is Action.DELETE)
    for kind, count in deleted.items():
        # Unchanged ones that the preview does not show may all be of this kind: then it is at least this share.
        total = existed[kind] + plan.hidden
        share = 100 * count / total
        if share > limits.max_deleted:
            share_text = f"{'at least ' if plan.hidden else ''}{share:.0f} %"
            nouns = KINDS[kind].plural
            yield _Finding(
                None,
                why,
                "{count} of {total} " + nouns + ", {share}",
                {"count": f"{count:,}", "total": f"{total:,}", "share": share_text},
            )


def _forgotten(plan: Plan, _: Limits) -> Iterator[_Finding]:
    why = "Access goes on in AWS after the program has dropped it, and no later preview will show it."
    for each in plan.changed():
        if each.action is Action.FORGET:
            yield _Finding(each, why, "{who}, " + KINDS[each.kind].noun, {"who": each.label})


def _protected(plan: Plan, _: Limits) -> Iterator[_Finding]:
    why = "Somebody marked it so that it would not be changed by accident."
    for each in plan.changed():
        if each.protected:
            text = "{who}, " + f"{KINDS[each.kind].noun}, is {each.action.word}"
            yield _Finding(each, why, text, {"who": each.label})


def _provisioned(plan: Plan, _: Limits) -> Iterator[_Finding]:
    why = "The identity provider owns it: the change lasts until its next run, or parts the two for good."
    owned = {each.urn: each.managed_by for each in plan.resources if each.managed_by}
    for each in plan.changed():
        keys = {reference.key for pair in each.references.values() for reference in pair if reference}
        issuer = each.managed_by or next((owned[key] for key in sorted(keys & owned.keys())), None)
        if issuer:
            text = "{who}, " + f"{KINDS[each.kind].noun}, is {each.action.word}; managed by {{issuer}}"
            yield _Finding(each, why, text, {"who": each.label, "issuer": issuer})


def _unknown(plan: Plan, _: Limits) -> Iterator[_Finding]:
    why = "The value decides who gets in, and nobody can review it before it is applied."
    for each in plan.changed():
        for path in each.unknown:
            if path.partition(".")[0].partition("[")[0] in KINDS[each.kind].access:
                text = "{path} of {who}, " + KINDS[each.kind].noun
                yield _Finding(each, why, text, {"path": path, "who": each.label})


RULES = (
    Rule("preview-failed", "The preview failed", _failed),
    Rule("becomes-admin", "Becomes an admin of QuickSight", _becomes_admin),
    Rule("admin-group-gains", "Gets into an admin-like group", _admin_group),
    Rule("unknown-access", "Decides access, and is not known yet", _unknown),
    Rule("many-deleted", "Much is deleted at once", _many_deleted),
    Rule("deleted", "Is deleted", _deleted),
    Rule("replaced", "Is deleted and made anew", _replaced),
    Rule("forgotten", "Is forgotten, but stays in AWS", _forgotten),
    Rule("protected", "Is protected", _protected),
    Rule("externally-managed", "Belongs to an identity provider", _provisioned),
)
"""In the order in which a reviewer should read."""
