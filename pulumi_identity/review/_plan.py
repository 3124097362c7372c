"""The plan: every resource that a preview shows, before and after, with names for ids."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from . import _engine
from ._facts import Action, Facts, gather
from ._kinds import EXTERNALLY_MANAGED, KINDS, NEVER_READ, REFERENCES, USUAL
from ._names import Names, Reference
from ._values import Difference, Mark, differences, leaves, own, unknown_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Pair = tuple[Reference | None, Reference | None]
BEFORE, AFTER = 0, 1


@dataclass(frozen=True, slots=True)
class Drift:
    """A property that AWS has otherwise than state."""

    path: str
    state: Any
    aws: Any
    program: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource of the program or of the state, changed or not."""

    urn: str
    kind: str
    """The class's name for what is ours, the type token for what is another provider's."""
    name: str
    label: str
    """What readers call it: its name, with AWS's name and the place where they tell more; `jo → admins`."""
    action: Action
    before: Mapping[str, Any] | None
    """What AWS has, as far as state and refresh know; None where it is not there, or where nobody knows."""
    after: Mapping[str, Any] | None
    differences: tuple[Difference, ...] = ()
    forced_by: tuple[str, ...] = ()
    drift: tuple[Drift, ...] = ()
    gone: bool = False
    """Whether a refresh found that AWS has lost it."""
    unknown: tuple[str, ...] = ()
    """The properties that nobody can know before the update."""
    managed: bool = True
    """Whether it is more than only read, as `get` does."""
    protected: bool = False
    unprotected: bool = False
    """Whether its protection ends."""
    managed_by: str | None = None
    """The identity provider that owns it through SCIM."""
    overrides: bool = False
    """Whether it is written to even if an identity provider owns it, of which the preview does not know."""
    references: Mapping[str, Pair] = field(default_factory=dict)
    """Of a membership: property → whom it names before and after."""
    person: str = ""
    """What all accounts of one person have in common."""
    twin: Resource | None = None
    """Another resource that is the same in AWS, where this one is made or the other one is taken away."""

    @property
    def changes(self) -> bool:
        """Whether anything is done about it."""
        return self.action is not Action.SAME

    @property
    def adopted(self) -> bool:
        """Whether it may exist already, of which the preview does not know."""
        return self.action is Action.ADOPT and self.before is None

    @property
    def meets(self) -> bool:
        """Whether it is, or takes over, what exists already; memberships always do."""
        return bool(not self.action.makes or self.kind == "GroupMembership" or (self.after or {}).get("adopt"))

    @property
    def takes_over(self) -> bool:
        """Whether it is made of what its twin is in AWS, which an update then doesn't take away."""
        return self.twin is not None and self.twin.action.ends and self.action.makes and self.meets

    @property
    def lost(self) -> bool:
        """Whether it is not there in the end: its twin is deleted, and the program only reads what both are."""
        return self.twin is not None and self.twin.action is Action.DELETE and not self.managed


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a preview tells of people and groups, and a little of the rest."""

    stack: str
    """`project/stack`."""
    resources: tuple[Resource, ...]
    """Ours, unchanged ones too where the preview shows them, in the order of kinds and names."""
    others: tuple[Resource, ...]
    """Other providers' resources that change."""
    where: Mapping[str, str]
    """Store, account, region, … where all resources agree."""
    places: Mapping[str, Mapping[str, str]]
    """Kind → the same, where only its resources agree."""
    diagnostics: tuple[_engine.Diagnostic, ...]
    failed: bool
    refreshed: bool
    stale: int
    """How many of ours a refresh has left out."""
    skipped: int
    """How many new ones the program has and the run leaves out, of any provider."""
    hidden: int
    """How many unchanged resources the preview counts but does not show, of any provider."""

    @property
    def partial(self) -> bool:
        """Whether it is of a part of the stack only."""
        return bool(self.stale or self.skipped)

    def changed(self, *kinds: str) -> tuple[Resource, ...]:
        """The resources of these kinds, or of all, that change."""
        return tuple(each for each in self.resources if each.changes and (not kinds or each.kind in kinds))


def build(preview: _engine.Preview) -> Plan:
    """Put the steps of a preview together, resource by resource."""
    stacks = [step for step in preview.steps if step.type == _engine.STACK]
    shown = {step.urn for step in preview.steps if step.op == "same" and not step.type.startswith(_engine.PROVIDERS)}
    hidden = max(0, preview.summary.get("same", 0) - len(shown))
    facts = list(gather(preview, hidden))
    names = Names(facts)
    ours = [_resource(each, names) for each in facts if each.kind in KINDS]
    others = [
        _resource(each, names)
        for each in facts
        if each.kind not in KINDS
        and each.action is not Action.SAME
        and (each.new or each.old or _engine.State()).custom
    ]
    order = list(KINDS)
    refreshed = any(each.refreshed for each in facts)
    return Plan(
        stack=f"{stacks[-1].urn.split('::')[1]}/{stacks[-1].urn.split('::')[0].removeprefix('urn:pulumi:')}"
        if stacks
        else "",
        resources=tuple(
            sorted(
                _swept(list(_renamed(list(_with_twins(ours, names)))), failed=preview.failed),
                key=lambda each: (order.index(each.kind), each.label.casefold(), each.urn),
            )
        ),
        others=tuple(sorted(others, key=lambda each: each.urn)),
        where=names.where,
        places=names.places,
        diagnostics=tuple(_worth_reading(preview)),
        failed=preview.failed,
        refreshed=refreshed or not any(each.step.old for each in facts),
        stale=sum(each.stale for each in names.facts.values()) if refreshed else 0,
        skipped=len({step.urn for step in preview.steps if step.skipped}),
        hidden=hidden,
    )


_ECHOES = {"preview failed", "an unhandled error occurred: program exited with non-zero exit code: 1"}
"""What the engine says after an error that it has told."""


def _worth_reading(preview: _engine.Preview) -> Iterator[_engine.Diagnostic]:
    echoes = [said for said in preview.diagnostics if said.message.strip().removeprefix("error: ") in _ECHOES]
    errors = sum(said.severity == "error" for said in preview.diagnostics)
    for said in preview.diagnostics:
        # What a program prints to stderr is worth reading only where it may be why the preview failed.
        worth = said.severity in {"error", "warning"} or (preview.failed and said.severity == "info#err")
        if worth and not (said in echoes and errors > len(echoes)):
            yield said


def _resource(each: Facts, names: Names) -> Resource:
    old_inputs = own(each.old.inputs) if each.old else {}
    new_inputs = own(each.new.inputs) if each.new else {}
    references: dict[str, Pair] = {
        name: (names.reference(name, each.old), names.reference(name, each.new))
        for name in (REFERENCES if each.kind == "GroupMembership" else ())
    }
    certain = {name for name, (_, after) in references.items() if after and after.certain}
    return Resource(
        urn=each.urn,
        kind=each.kind,
        name=each.name,
        label=_membership(references, each) if references else names.labels.get(each.urn, each.name),
        action=_met(references, each, names),
        before=each.before,
        after=each.after,
        differences=_differences(each, old_inputs, new_inputs, names, references),
        forced_by=tuple(each.step.forces) if each.action.replaces else (),
        drift=_drift(each, new_inputs) if each.kind in KINDS else (),
        gone=each.gone,
        unknown=tuple(path for path in unknown_paths(new_inputs) if path not in certain),
        managed=each.managed,
        protected=bool(each.old and each.old.protect),
        unprotected=bool(each.old and each.old.protect and each.new and not each.new.protect),
        managed_by=_managed_by(each.before, each.after),
        overrides=(each.after or {}).get("adopt") == EXTERNALLY_MANAGED and (each.action is Action.ADOPT or each.stale),
        references=references,
        person=names.persons.get(each.urn, ""),
    )


def _met(references: Mapping[str, Pair], each: Facts, names: Names) -> Action:
    """Return what becomes of it: somebody who is taken over may be a member already."""
    ends = [names.facts[after.key].action for _, after in references.values() if after and after.key in names.facts]
    if each.action is Action.CREATE and Action.ADOPT in ends and Action.CREATE not in ends:
        return Action.ADOPT
    return each.action


def _differences(
    each: Facts,
    old: dict[str, Any],
    new: dict[str, Any],
    names: Names,
    references: Mapping[str, Pair],
) -> tuple[Difference, ...]:
    if each.action in {Action.SAME, Action.FORGET}:
        return ()
    if each.action.begins:
        # The label of a membership says both of its references, and a heading where all are.
        told = USUAL | (names.where | names.places[each.kind] if each.kind in KINDS else {})
        return tuple(d for d in differences({}, new) if d.path not in references and told.get(d.path) != d.new)
    if each.action is Action.DELETE:
        named_by = KINDS[each.kind].named_by if each.kind in KINDS else None
        return (Difference(named_by, old.get(named_by), Mark.ABSENT),) if named_by else ()
    found = list(differences(old, new))
    before, after = dict(leaves(old)), dict(leaves(new))
    for path in each.step.detailed:
        # What differs where nothing is to be seen: secrets.
        if not path.startswith("__") and not any(d.path.startswith(path) or path.startswith(d.path) for d in found):
            found.append(Difference(path, before.get(path, Mark.SECRET), after.get(path, Mark.SECRET)))
    named = (_named(difference, references) for difference in sorted(found, key=lambda d: d.path))
    # A membership that is made anew because its person is says nothing by naming the same person twice; and that
    # something was taken over is history.
    return tuple(
        d
        for d in named
        if (d.path not in references or d.old != d.new)
        and (d.path != "adopt" or EXTERNALLY_MANAGED in (d.old, d.new) or (each.action.replaces and d.new is True))
    )


def _named(difference: Difference, references: Mapping[str, Pair]) -> Difference:
    if difference.path not in references:
        return difference
    labels = [reference.label if reference else Mark.ABSENT for reference in references[difference.path]]
    return Difference(difference.path, *labels)


def _drift(each: Facts, new: dict[str, Any]) -> tuple[Drift, ...]:
    if each.state is None or each.old is None:
        return ()
    program = dict(leaves(new))
    missing = Mark.UNKNOWN if each.step.op == "refresh" else Mark.ABSENT  # the program has not come that far
    program = {} if missing is Mark.UNKNOWN else program
    return tuple(
        Drift(found.path, found.old, found.new, program.get(found.path, missing))
        for found in differences(own(each.state.inputs), own(each.old.inputs))
        if found.path not in NEVER_READ
    )


def _managed_by(*states: Mapping[str, Any] | None) -> str | None:
    for state in states:
        external = (state or {}).get("external_ids")
        if isinstance(external, list) and external and isinstance(external[0], dict):
            return str(external[0].get("issuer", "an identity provider"))
    return None


def _membership(references: Mapping[str, Pair], each: Facts) -> str:
    people, groups = references["member_id"], references["group_id"]
    member, group = people[1] or people[0], groups[1] or groups[0]
    if not member or not group:
        return each.name
    label = f"{member.label} → {group.label}"
    known = all(end.certain and end.shown for end in (member, group))
    return label if known else f"{each.name} ({label})"


def _with_twins(ours: list[Resource], names: Names) -> Iterator[Resource]:
    """Tell each resource that is there afterwards which other one is the same in AWS, before all one that goes."""
    there: dict[Any, Resource] = {}
    for each in sorted(ours, key=lambda each: (each.action.ends, each.action is Action.DELETE)):
        if each.before is not None and (same := _identity(each, BEFORE, names)):
            there[same] = each
    for each in ours:
        twin = there.get(_identity(each, AFTER, names))
        # What is only read so far is another one than what is created under its name.
        if twin and not (each.action.makes or twin.action.ends):
            twin = None
        yield replace(each, twin=None if twin is each and each.action is not Action.CREATE else twin)


def _renamed(ours: list[Resource]) -> Iterator[Resource]:
    """Take one that is deleted under an old name for the one that it is in AWS, which is made, or is there already."""
    named_anew = {each.urn: each.twin for each in ours if each.takes_over and each.action.begins and each.twin}
    named_anew = {urn: twin for urn, twin in named_anew.items() if twin.action is Action.DELETE}
    old = {twin.urn for twin in named_anew.values()}
    kept = {each.twin.urn for each in ours if each.twin and each.managed and not each.action.makes}
    old |= {each.urn for each in ours if each.urn in kept and each.action is Action.DELETE}
    for each in ours:
        if each.urn in named_anew:
            was = named_anew[each.urn]
            before, after = dict(was.before or {}), dict(each.after or {})
            changed = tuple(
                found
                for found in differences({name: before[name] for name in after.keys() & before.keys()}, after)
                if found.path not in NEVER_READ and found.path not in each.references
            )
            yield replace(
                each,
                action=Action.UPDATE if changed else Action.SAME,
                before=was.before,
                differences=changed,
                references={name: (was.references[name][0], pair[1]) for name, pair in each.references.items()},
                twin=None,
            )
        elif each.urn not in old:
            yield each


def _swept(ours: list[Resource], *, failed: bool) -> Iterator[Resource]:
    """Take a membership that the engine leaves alone for what becomes of it when its user or its group is deleted."""
    left_alone = {Action.FORGET} if failed else {Action.FORGET, Action.SAME}  # the program may not have come that far
    ending = {each.urn for each in ours if each.action.ends}
    for each in ours:
        ends = {was.key for was, _ in each.references.values() if was}
        if each.action in left_alone and ends & ending:
            was = {name: (pair[BEFORE], None) for name, pair in each.references.items()}
            yield replace(each, action=Action.DELETE, after=None, references=was)
        else:
            yield each


def _identity(each: Resource, moment: int, names: Names) -> Any:
    if not each.references:
        return names.identity(each.kind, (each.before, each.after)[moment])
    ends = [each.references[name][moment] for name in REFERENCES]
    certain = [names.same_as(end.key, moment) for end in ends if end and end.certain]
    return tuple(certain) if len(certain) == len(ends) else None
