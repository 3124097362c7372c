"""Find users, groups, and members of managed groups that no resource manages.

Members of a group are listed only if a resource manages the group or declares any of its members. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_identity.aws.session import session
from pulumi_identity.errors import NotFound
from pulumi_identity.provider.registry import importable
from pulumi_identity.provider.sets import SetKind

from .declared import DeclaredMemberships
from .forms import identifiers, member_kind
from .reader import Skipped, list_entities, list_members
from .stack import ManagedStack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.traits import Import

    from .models import Progress, Selection
    from .reader import Entity


@dataclass(frozen=True, order=True)
class UnmanagedEntity:
    """A user or group that no resource manages."""

    noun: str
    name: str
    id: str

    def __str__(self) -> str:
        return f"{self.noun}: {self.name} ({self.id})"


@dataclass(frozen=True, order=True)
class UnmanagedMember:
    """A member of a managed group that no resource declares."""

    noun: str
    """The noun of the group."""
    group: str
    member: str
    """The name of the member, or the id if the member was created after the users were listed."""
    group_id: str
    member_id: str

    def __str__(self) -> str:
        id_ = f" ({self.member_id})" if self.member_id != self.member else ""
        return f"member of {self.noun} {self.group}: {self.member}{id_}"


@dataclass
class Findings:
    """Everything that no resource manages."""

    users: list[UnmanagedEntity] = field(default_factory=list)
    groups: list[UnmanagedEntity] = field(default_factory=list)
    members: list[UnmanagedMember] = field(default_factory=list)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Plural noun and reason → number of entities that a program can't or should not manage."""
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """A line for each entity or group that can't be read."""

    def __bool__(self) -> bool:
        return bool(self.users or self.groups or self.members)

    def lines(self) -> Iterator[str]:
        """Yield a line for each finding."""
        yield from map(str, self.users)
        yield from map(str, self.groups)
        yield from map(str, self.members)

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        """Return the findings as JSON values."""
        parts: dict[str, Sequence[UnmanagedEntity | UnmanagedMember]]
        parts = {"users": self.users, "groups": self.groups, "members": self.members}
        return {name: [asdict(finding) for finding in findings] for name, findings in parts.items()}

    def summary_lines(self) -> Iterator[str]:
        """Yield the number of findings, the entities that are left out, and the problems."""
        counts = {"user": len(self.users), "group": len(self.groups), "member": len(self.members)}
        counted = [f"{count:,} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items()]
        yield f"not managed: {', '.join(counted)}"
        for (plural, reason), count in sorted(self.left_out.items()):
            yield f"{plural}: left out: {count:,} {reason}"
        yield from self.notes
        yield from self.problems


def find_unmanaged(
    selection: Selection, exports: Sequence[Path], progress: Progress = lambda _what, _done, _total: None
) -> Findings:
    """Find users, groups and members that no resource in the stacks manages.

    Args:
        selection: The entities to look at. A member is selected by the member's and the group's names together.
        exports: Files from `pulumi stack export`.
        progress: Called while entities are read.

    Returns:
        The findings.

    Raises:
        ValueError: A file is not a stack export, or contains encrypted members of a group.
        IdentityError: A request to AWS fails.
    """
    search = _Search(selection, exports, progress)
    search.run()
    return search.findings


class _Known(NamedTuple):
    """A user or group in AWS that relations refer to."""

    name: str
    names: list[str]
    """The names that patterns match."""
    is_managed: bool


class _Search:
    """One search."""

    def __init__(self, selection: Selection, exports: Sequence[Path], progress: Progress) -> None:
        self.selection, self.progress, self.findings = selection, progress, Findings()
        self.stack = ManagedStack(*exports)
        self.aws = session(selection.region, selection.role_arn)
        self.declared = DeclaredMemberships(self.stack, self.aws)
        self.known: dict[str, dict[str, _Known]] = {}
        """Kind → value that identifies an entity in relations → entity."""

    def run(self) -> None:
        """Read AWS, and collect the findings."""
        properties = identifiers()
        for kind, import_ in importable():
            if not self.selection.selects(import_):
                continue
            if isinstance(kind, SetKind):
                self._find_members(kind, import_)
            elif not kind.references:
                self.known[kind.name] = dict(self._find_entities(kind, import_, properties.get(kind.name)))
        self.findings.users.sort()
        self.findings.groups.sort()
        self.findings.members.sort()

    def _find_entities(self, kind: Kind, import_: Import, identifier: str | None) -> Iterator[tuple[str, _Known]]:
        """Find users or groups. Yield those that relations refer to."""
        done = 0
        for page in list_entities(kind, self.aws, self.selection.where(kind, import_)):
            for entity in page:
                if isinstance(entity, Skipped):
                    self._skip(kind, entity)
                    continue
                is_managed = self.stack.find(kind, entity.id, self.aws.region) is not None
                if not is_managed:
                    self._add(entity)
                if identifier:
                    yield str(entity.live[identifier]), _Known(entity.name, entity.names, is_managed)
            done += len(page)
            self.progress(import_.progress, done, None)
        self.progress(import_.progress, done, done)

    def _add(self, entity: Entity) -> None:
        """Add a user or group that no resource manages, if it is selected."""
        kind = entity.kind
        if not self.selection.matches(entity.names):
            return
        if entity.issuer and not self.selection.externally_managed:
            self.findings.left_out[kind.plural, "externally managed"] += 1
            return
        findings = self.findings.groups if kind.is_group else self.findings.users
        findings.append(UnmanagedEntity(kind.noun, entity.name, entity.id))

    def _skip(self, kind: Kind, entity: Skipped) -> None:
        self.findings.left_out[kind.plural, entity.reason] += 1
        if entity.note:
            (self.findings.problems if entity.is_problem else self.findings.notes).append(entity.note)

    def _find_members(self, kind: SetKind, import_: Import) -> None:
        """Find members of managed groups."""
        where, property_ = self.selection.where(kind, import_), kind.group_property
        group_kind = kind.references[property_].kind.name
        places = {id_: where | {property_: id_} for id_ in self.known[group_kind]}
        managed = [
            (id_, place)
            for id_, place in places.items()
            if self.known[group_kind][id_].is_managed or self.declared.has_group(kind, place)
        ]
        for number, (id_, place) in enumerate(managed, 1):
            try:
                for member in list_members(kind, self.aws, place):
                    if not self.declared.has(kind, place, member):
                        self._add_member(kind, id_, member)
            except NotFound as error:  # deleted since the groups were listed
                self.findings.problems.append(str(error))
            self.progress(import_.progress, number, len(managed))

    def _add_member(self, kind: SetKind, group_id: str, member_id: str) -> None:
        """Add a member that no resource declares, if the member or the group is selected."""
        group_kind = kind.references[kind.group_property].kind
        group = self.known[group_kind.name][group_id]
        member = self.known[member_kind(kind).name].get(member_id) or _Known(member_id, [], is_managed=False)
        if self.selection.matches([*group.names, *member.names]):
            self.findings.members.append(UnmanagedMember(group_kind.noun, group.name, member.name, group_id, member_id))
