"""The members of groups: one resource for each group, or one for each membership."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_identity.errors import NotFound
from pulumi_identity.provider.kinds import EXTERNALLY_MANAGED
from pulumi_identity.provider.sets import SetKind, first_names

from .declared import DeclaredMemberships
from .forms import member_identifier, member_kind, single_form
from .names import UniqueNames, resource_name
from .program import Found, Target, managed_by
from .python_source import Code, call
from .reader import list_entities, list_members, read_set
from .writer import join_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.declare import Prop
    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.schema import State
    from pulumi_identity.provider.traits import Import

    from .models import Progress, Selection
    from .program import Program
    from .reader import Entity
    from .stack import ManagedResource, ManagedStack


class Relations:
    """The relations of an import.

    Args:
        program: The program to write to.
        aws: The session.
        selection: The selected entities.
        stack: The resources that exist.
        targets: Kind → identifying value → entity.
    """

    def __init__(
        self,
        program: Program,
        aws: Session,
        selection: Selection,
        stack: ManagedStack,
        targets: Mapping[str, Mapping[str, Target]],
    ) -> None:
        self.program, self.aws, self.selection, self.stack = program, aws, selection, stack
        self.targets = targets
        self.declared = DeclaredMemberships(stack, aws)

    def read(self, kind: Kind, import_: Import, progress: Progress) -> None:
        """Read the members of each group, and write them as the selection and the stack require."""
        where, property_ = self.selection.where(kind, import_), kind.group_property
        entities = self.targets[kind.references[property_].kind.name].values()
        groups = [group for group in entities if group.is_managed]
        for number, group in enumerate(groups, 1):
            try:
                self._read_group(kind, import_, where | {property_: group.id}, group)
            except NotFound as error:  # deleted since the groups were listed
                self.program.summary.problems.append(str(error))
            progress(import_.progress, number, len(groups))

    def _read_group(self, kind: Kind, import_: Import, where: State, group: Target) -> None:
        if not isinstance(kind, SetKind):
            self._read_one_by_one(kind, import_, where, group)
            return
        single = single_form(kind)
        if resource := self.stack.find(kind, kind.set_id(self.aws, where), self.aws.region):
            self.program.leave_out(import_, "already managed")
            if resource.props.get("exclusive", True):
                self._note_undeclared(kind, where, resource)
        elif single and (self.selection.memberships or self.declared.has_one_by_one(kind, where)):
            self._read_one_by_one(*single, where, group)
        elif group.issuer and not self.selection.externally_managed:
            self.program.leave_out(import_, "externally managed")
        else:
            self._write_set(kind, import_, where, group)

    # Sets

    def _write_set(self, kind: SetKind, import_: Import, where: State, group: Target) -> None:
        """Read and write all members of a group."""
        members = _Members(member_identifier(kind), self.targets.get(member_kind(kind).name, {}))
        entity = read_set(kind, self.aws, where, members.label)
        more: dict[str, Any] = {"adopt": EXTERNALLY_MANAGED} if group.issuer else {}
        if members.by_id and kind in self.program.in_file:  # a file has no ids
            more["exclusive"] = False
            entity = read_set(kind, self.aws, where | more, members.label_resources)
        if (declaration := self.program.declaration(entity, import_, **more)) is None:
            return
        if declaration.left_out:  # the next update would remove a member that is left out
            reasons = " and ".join(declaration.left_out)
            self.program.report(import_, f"importing {kind.label(entity.live)}: {reasons} — remove the member in AWS")
            return
        if kind in self.program.in_file:
            self.program.write_members(Found(entity, import_, declaration, ()), group, members.members)
            return
        written = self.program.kinds[kind.name]
        name = written.names.free(group.name)
        comments = [managed_by(group.issuer)] if group.issuer else []
        if members.by_id:
            comments.append("The stack manages the members with an id, or the import leaves them out.")
        end = {kind.group_property: _reference(kind, kind.group_property, group)}
        arguments = declaration.arguments | end | {"members": members.source()}
        source = _by_id_comment(group) + call(kind.name, name, arguments, comments)
        written.add(group.sorting_name, source, group, *members.members.values())
        self.program.enter(entity, import_, name, declaration)

    def _note_undeclared(self, kind: SetKind, where: State, resource: ManagedResource) -> None:
        """Report the members of a group that an exclusive set in the stack would remove."""
        people = self.targets.get(member_kind(kind).name, {})
        names = sorted(
            people[member].name if member in people else member
            for member in list_members(kind, self.aws, where)
            if not self.declared.has(kind, where, member)
        )
        if names:
            self.program.summary.notes.append(
                f"{kind.name} {resource.name}: the stack does not declare {first_names(names, len(names))}"
                " — add them to `members`; otherwise `pulumi up --refresh` removes them from the group"
            )

    # One resource for each membership

    def _read_one_by_one(self, kind: Kind, import_: Import, where: State, group: Target) -> None:
        """Read and write the members of a group."""
        written = self.program.kinds[kind.name]
        joined = sorted(self._join(kind, import_, where, group), key=lambda member: member.sorting_name)
        if joined:
            arguments = "".join(f"    {target.code},\n" for target in (group, *joined))
            written.add(group.sorting_name, f"join(\n{arguments})", group, *joined)
            written.joins = True

    def _join(self, kind: Kind, import_: Import, where: State, group: Target) -> Iterator[Target]:
        """Read the members of a group, and yield the members that the module's function `join` can add."""
        members = self.targets[kind.references[kind.member_property].kind.name]
        for page in list_entities(kind, self.aws, where):
            for entity in self.program.readable(page, import_):
                member = members.get(entity.live[kind.member_property])
                if self.stack.find(kind, entity.id, self.aws.region):
                    self.program.leave_out(import_, "already managed")
                elif member is None or not member.is_managed:
                    self.program.leave_out(import_, "with a member who is left out")
                elif self._write_relation(entity, import_, group, member):
                    yield member

    def _write_relation(self, entity: Entity, import_: Import, group: Target, member: Target) -> bool:
        """Write a relation, or return True if the module's function `join` can create it."""
        kind, written = entity.kind, self.program.kinds[entity.kind.name]
        usual_name = join_name(member.name, group.name)
        if (declaration := self.program.declaration(entity, import_)) is None:
            return False
        name = written.names.free(usual_name)
        self.program.enter(entity, import_, name, declaration)
        if group.code and member.code and name == usual_name:
            return True
        ends = {kind.group_property: group, kind.member_property: member}
        arguments = {property_: _reference(kind, property_, end) for property_, end in ends.items()}
        source = _by_id_comment(*ends.values()) + call(kind.name, name, arguments)
        written.add(group.sorting_name, source, group, member)
        return False


class _Members:
    """The members of one set, and their source.

    The labels of a list are the names of its resources. If AWS identifies members by name, a list can also contain
    names.
    """

    def __init__(self, identifier: Prop[Any], people: Mapping[str, Target]) -> None:
        self.identifier, self.people = identifier, people
        self.members: dict[str, Target] = {}
        """Label → member."""

    def label(self, members: Iterable[str]) -> dict[str, str]:
        """Return label → member, sorted by label."""
        targets = sorted((self.people.get(member) or Target(member, member) for member in members), key=_label_order)
        labels = UniqueNames()
        labelled = {
            target.id if self.identifier.is_name else labels.free(_visible_label(target.name)): target
            for target in targets
        }
        self.members = dict(sorted(labelled.items(), key=lambda item: item[0].casefold()))
        return {label: target.id for label, target in self.members.items()}

    def label_resources(self, members: Iterable[str]) -> dict[str, str]:
        """Return label → member for the members that have a resource in the package."""
        return self.label(member for member in members if (target := self.people.get(member)) and target.code)

    @property
    def by_id(self) -> bool:
        """Whether the source contains ids instead of resources."""
        return not self.identifier.is_name and not all(target.code for target in self.members.values())

    def source(self) -> Any:
        """Return the value of the argument."""
        codes = {label: Code(target.code) if target.code else target.id for label, target in self.members.items()}
        is_list = all(target.code and label == target.name for label, target in self.members.items())
        if codes and (is_list or self.identifier.is_name):
            return list(codes.values())
        property_ = self.identifier.name
        return {label: Code(f"{code}.{property_}") if isinstance(code, Code) else code for label, code in codes.items()}


def _label_order(target: Target) -> tuple[bool, bool, str, str]:
    """Put the members whose label must be their resource's name first, and labels that differ anyway last."""
    return not target.code, _visible_label(target.name) != target.name, target.sorting_name, target.id


def _visible_label(name: str) -> str:
    """Return a label that Pulumi shows: it hides keys that start with two underscores."""
    label = resource_name(name)
    return label.lstrip("_") or "unnamed" if label.startswith("__") else label


def _reference(kind: Kind, property_: str, end: Target) -> str:
    """Return the source of a reference. Entities of the stack have no variable in this package."""
    return Code(f"{end.code}.{kind.references[property_].property}") if end.code else end.id


def _by_id_comment(*ends: Target) -> str:
    known = " and ".join(resource_name(end.name) for end in ends if not end.code)
    return f"# {known}: given by id, because the stack already manages it.\n" if known else ""
