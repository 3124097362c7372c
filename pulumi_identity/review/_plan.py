"""The plan: every resource that a preview shows, before and after, with names for ids."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from . import _engine
from ._kinds import EXTERNALLY_MANAGED, KINDS, REFERENCES, TYPE, WHERE
from ._values import Difference, Mark, differences, leaves, marked, own, unknown_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Action(Enum):
    """What becomes of a resource: a symbol and a word."""

    SAME = ("=", "unchanged")
    CREATE = ("+", "created")
    UPDATE = ("~", "changed")
    REPLACE = ("±", "replaced")
    DELETE = ("−", "deleted")  # noqa: RUF001  (a minus sign, as wide as the plus)
    FORGET = ("○", "forgotten, but left in AWS")
    IMPORT = ("↓", "imported")

    def __init__(self, symbol: str, word: str) -> None:
        self.symbol = symbol
        self.word = word


_ACTIONS = {
    "replace": Action.REPLACE,
    "create-replacement": Action.REPLACE,
    "import-replacement": Action.REPLACE,
    "import": Action.IMPORT,
    "create": Action.CREATE,
    "update": Action.UPDATE,
    "delete": Action.DELETE,
    "delete-replaced": Action.DELETE,
    "same": Action.SAME,
    "read": Action.SAME,
    "refresh": Action.SAME,
}
"""The engine's words, those that decide first. It has others, for reads that end: nothing happens in AWS."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A property that AWS has otherwise than state."""

    path: str
    state: Any
    aws: Any
    program: Any


@dataclass(frozen=True, slots=True)
class Reference:
    """A user or group that a membership names."""

    label: str
    key: str
    """The URN, or the id of one that the preview does not show."""
    certain: bool
    """Whether it is known which one it will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource of the program or of the state, changed or not."""

    urn: str
    kind: str
    """The class's name for what is ours, the type token for what is another provider's."""
    name: str
    label: str
    """What readers call it: its name, with AWS's name where that is another; `jo → admins` for a membership."""
    action: Action
    before: Mapping[str, Any] | None
    """What AWS has, as far as state and refresh know; None where it is not there."""
    after: Mapping[str, Any] | None
    differences: tuple[Difference, ...] = ()
    forced_by: tuple[str, ...] = ()
    drift: tuple[Drift, ...] = ()
    gone: bool = False
    """Whether a refresh found that AWS has lost it."""
    unknown: tuple[str, ...] = ()
    """The properties that nobody can know before the update."""
    protected: bool = False
    managed_by: str | None = None
    """The identity provider that owns it through SCIM."""
    references: Mapping[str, tuple[Reference | None, Reference | None]] = field(default_factory=dict)
    """Of a membership: property → whom it names before and after."""

    @property
    def changes(self) -> bool:
        """Whether anything is done about it."""
        return self.action is not Action.SAME


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
    diagnostics: tuple[_engine.Diagnostic, ...]
    failed: bool
    refreshed: bool
    hidden: int
    """How many unchanged resources the preview counts but does not show, of any provider."""

    def changed(self, *kinds: str) -> tuple[Resource, ...]:
        """The resources of these kinds, or of all, that change."""
        return tuple(each for each in self.resources if each.changes and (not kinds or each.kind in kinds))


def build(preview: _engine.Preview) -> Plan:
    """Put the steps of a preview together, resource by resource."""
    by_urn: dict[str, dict[str, _engine.Step]] = defaultdict(dict)
    stack = ""
    for step in preview.steps:
        if step.type == _engine.STACK:
            stack = f"{step.urn.split('::')[1]}/{step.urn.split('::')[0].removeprefix('urn:pulumi:')}"
        elif not step.type.startswith(_engine.PROVIDERS) and step.op in _ACTIONS:
            by_urn[step.urn].setdefault(step.op, step)
    shown_sames = sum("same" in steps for steps in by_urn.values())
    # The root stack is the one resource that every preview shows and counts.
    hidden = max(
        0,
        preview.summary.get("same", 0)
        - shown_sames
        - sum(s.op == "same" and s.type == _engine.STACK for s in preview.steps),
    )
    facts = [_Facts.of(urn, steps, preview, hidden) for urn, steps in by_urn.items()]
    where = _where(facts)
    names = _Names(facts)
    ours = [_resource(each, names, where) for each in facts if each.kind in KINDS]
    others = [
        _resource(each, names, {})
        for each in facts
        if each.kind not in KINDS
        and each.action is not Action.SAME
        and (each.new or each.old or _engine.State()).custom
    ]
    order = list(KINDS)
    return Plan(
        stack=stack,
        resources=tuple(sorted(ours, key=lambda each: (order.index(each.kind), each.label.casefold(), each.urn))),
        others=tuple(sorted(others, key=lambda each: each.urn)),
        where=where,
        # What a program prints to stderr is worth reading only where it may be why the preview failed.
        diagnostics=tuple(
            said
            for said in preview.diagnostics
            if said.severity in {"error", "warning"} or (preview.failed and said.severity == "info#err")
        ),
        failed=preview.failed,
        refreshed=any(step.op == "refresh" for step in preview.steps),
        hidden=hidden,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the steps of one URN say, before anything has a name."""

    urn: str
    kind: str
    name: str
    action: Action
    step: _engine.Step
    state: _engine.State | None
    """What state held before the refresh."""
    old: _engine.State | None
    """What AWS has."""
    new: _engine.State | None
    gone: bool

    @classmethod
    def of(cls, urn: str, steps: Mapping[str, _engine.Step], preview: _engine.Preview, hidden: int) -> _Facts:
        decisive = next(steps[op] for op in _ACTIONS if op in steps)
        action = _ACTIONS[decisive.op]
        refresh = steps.get("refresh")
        state = refresh.old if refresh else None
        old = decisive.old
        if decisive.op == "refresh":
            # No step follows it: it is unchanged and not shown, or gone from both AWS and the program.
            # Events say which. The object does only when it shows whatever is unchanged.
            old = preview.live.get(urn, state if hidden or preview.failed else None)
        gone = state is not None and old is None
        if action is Action.DELETE and old and old.retain:
            action = Action.FORGET
        new = {Action.DELETE: None, Action.SAME: decisive.new if decisive.op != "refresh" else old}.get(
            action, old if action is Action.FORGET else decisive.new
        )
        type_ = decisive.type
        return cls(
            urn=urn,
            kind=type_.removeprefix(TYPE),
            name=decisive.name,
            action=action,
            step=decisive,
            state=state,
            old=old,
            new=new,
            gone=gone,
        )

    @property
    def before(self) -> dict[str, Any] | None:
        return own(self.old.outputs | self.old.inputs) if self.old else None

    @property
    def after(self) -> dict[str, Any] | None:
        if self.new is None:
            return None
        kept: dict[str, Any] = {}
        if self.old and self.action is not Action.REPLACE:
            # What AWS computed stays through an update, and a preview does not repeat it.
            kept = {name: value for name, value in self.old.outputs.items() if name not in self.old.inputs}
        return own(kept | self.new.outputs | self.new.inputs)


class _Names:
    """Whom an id belongs to."""

    def __init__(self, facts: Iterable[_Facts]) -> None:
        self.labels = {each.urn: _label(each) for each in facts}
        self.ids: dict[tuple[str, str], str] = {}
        self.made: set[str] = set()
        for each in facts:
            if each.action in {Action.CREATE, Action.REPLACE}:
                self.made.add(each.urn)
            for kind, id_property in REFERENCES.values():
                for state in (each.before, each.after) if each.kind == kind else ():
                    if state and isinstance(state.get(id_property), str):
                        self.ids[kind, state[id_property]] = each.urn

    def reference(self, name: str, state: _engine.State | None) -> Reference | None:
        """Tell whom a membership's property names."""
        if state is None or name not in state.inputs:
            return None
        kind, _ = REFERENCES[name]
        value = marked(state.inputs[name])
        if isinstance(value, str) and (urn := self.ids.get((kind, value))):
            return Reference(self.labels[urn], urn, certain=True)
        sources = {urn for urn in state.depends.get(name, ()) if f"{TYPE}{kind}::" in urn}
        urn = sources.pop() if len(sources) == 1 else ""
        known = urn in self.ids.values()
        if urn and (value is Mark.UNKNOWN or not known):
            # It is no mystery which id a new user will have; it is one why an existing user's is not known.
            certain = value is not Mark.UNKNOWN or urn in self.made
            return Reference(self.labels.get(urn, urn.rpartition("::")[2]), urn, certain=certain)
        if isinstance(value, str):
            return Reference(value, value, certain=True)
        noun = KINDS[kind].noun
        return Reference(f"a {noun} not known yet", f"? {noun}", certain=False)


def _resource(each: _Facts, names: _Names, where: Mapping[str, str]) -> Resource:
    old_inputs = own(each.old.inputs) if each.old else {}
    new_inputs = own(each.new.inputs) if each.new else {}
    references = {
        name: (names.reference(name, each.old), names.reference(name, each.new))
        for name in (REFERENCES if each.kind == "GroupMembership" else ())
    }
    certain = {name for name, (_, after) in references.items() if after and after.certain}
    return Resource(
        urn=each.urn,
        kind=each.kind,
        name=each.name,
        label=_membership(references, each) if references else names.labels[each.urn],
        action=each.action,
        before=each.before,
        after=each.after,
        differences=_differences(each, old_inputs, new_inputs, where, references),
        forced_by=tuple(each.step.forces) if each.action is Action.REPLACE else (),
        drift=_drift(each, new_inputs) if each.kind in KINDS else (),
        gone=each.gone,
        unknown=tuple(path for path in unknown_paths(new_inputs) if path not in certain),
        protected=bool(each.old and each.old.protect),
        managed_by=_managed_by(each.before, each.after),
        references=references,
    )


def _differences(
    each: _Facts,
    old: dict[str, Any],
    new: dict[str, Any],
    where: Mapping[str, str],
    references: Mapping[str, tuple[Reference | None, Reference | None]],
) -> tuple[Difference, ...]:
    if each.action in {Action.SAME, Action.FORGET}:
        return ()
    if each.action in {Action.CREATE, Action.IMPORT}:
        # The label of a membership says both of its references.
        return tuple(d for d in differences({}, new) if d.path not in references and where.get(d.path) != d.new)
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
    # A membership that is made anew because its person is says nothing by naming the same person twice.
    return tuple(d for d in named if d.path not in references or d.old != d.new)


def _named(difference: Difference, references: Mapping[str, tuple[Reference | None, Reference | None]]) -> Difference:
    if difference.path not in references:
        return difference
    labels = [reference.label if reference else Mark.ABSENT for reference in references[difference.path]]
    return Difference(difference.path, *labels)


def _drift(each: _Facts, new: dict[str, Any]) -> tuple[Drift, ...]:
    if each.state is None or each.old is None:
        return ()
    program = dict(leaves(new))
    missing = Mark.UNKNOWN if each.step.op == "refresh" else Mark.ABSENT  # the program has not come that far
    program = {} if missing is Mark.UNKNOWN else program
    return tuple(
        Drift(found.path, found.old, found.new, program.get(found.path, missing))
        for found in differences(own(each.state.inputs), own(each.old.inputs))
    )


def _managed_by(*states: Mapping[str, Any] | None) -> str | None:
    for state in states:
        external = (state or {}).get("external_ids")
        if isinstance(external, list) and external and isinstance(external[0], dict):
            return str(external[0].get("issuer", "an identity provider"))
        if (state or {}).get("adopt") == EXTERNALLY_MANAGED:
            return "an identity provider"
    return None


def _where(facts: Iterable[_Facts]) -> dict[str, str]:
    states = [state for each in facts if each.kind in KINDS for state in (each.before, each.after) if state]
    where = {}
    for name in WHERE:
        values = {value if isinstance(value, str) else "" for state in states if (value := state.get(name)) is not None}
        if len(values) == 1 and "" not in values:
            where[name] = values.pop()
    return where


def _label(each: _Facts) -> str:
    named_by = KINDS[each.kind].named_by if each.kind in KINDS else None
    if not named_by:
        return each.name
    aws = [state[named_by] for state in (each.after, each.before) if state and isinstance(state.get(named_by), str)]
    return each.name if not aws or _words(each.name) <= _words(aws[0]) else f"{each.name} ({aws[0]})"


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[\W_]+", name.casefold()) if word}


def _membership(references: Mapping[str, tuple[Reference | None, Reference | None]], each: _Facts) -> str:
    people, groups = references["member_id"], references["group_id"]
    member, group = people[1] or people[0], groups[1] or groups[0]
    if not member or not group:
        return each.name
    label = f"{member.label} → {group.label}"
    return label if member.certain and group.certain else f"{each.name} ({label})"
