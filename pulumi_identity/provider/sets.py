"""Sets: all members of one group as one resource.

State stores the members as a dict of label → member, so that a preview shows the people who join and leave. The member
identifies a membership. The label is only a name. A refresh records the members that were added outside Pulumi. In an
exclusive set, it adds them to `members`, so that the preview shows their removal. Otherwise it adds them to
`other_members`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeVar

from pydantic import AfterValidator
from typing_extensions import override

from pulumi_identity.errors import AlreadyExists, Conflict

from .kinds import Kind
from .member_writes import MemberWrite, write_members
from .ownership import claim_created, claim_existing, mark_kept, may_delete, unclaim
from .value_types import Limits, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pulumi_identity.aws.listings import Answer
    from pulumi_identity.aws.session import Session

    from .schema import State

SHOWN = 10
"""The maximum number of members that an error names."""
STRANGERS = "__strangers"
"""The key in state for the labels in `members` of the people who were added outside Pulumi."""
MEMBERSHIPS = "__memberships"
"""The key in state for member → the physical id of the membership."""

Members = TypeVar("Members", bound=Mapping[str, str])


def _shown(label: str) -> str:
    if label.startswith("__"):
        message = "must not start with two underscores, because Pulumi hides such keys"
        raise ValueError(message)
    return label


def distinct(members: Members) -> Members:
    """Reject two labels for one member.

    Args:
        members: Label → member.

    Returns:
        The members.

    Raises:
        ValueError: Two labels have the same member.
    """
    labels: dict[str, str] = {}
    for label, member in members.items():
        if member in labels:
            message = f"must not contain the same member twice, as {labels[member]!r} and {label!r}"
            raise ValueError(message)
        labels[member] = label
    return members


Label = Annotated[str, Limits(min_length=1, max_length=256), printable(" "), AfterValidator(_shown)]
"""The name of a member in previews, 1 to 256 characters."""


def _of(members: Mapping[str, str], memberships: Mapping[str, str]) -> dict[str, str]:
    """Return the memberships of some members."""
    return {member: memberships[member] for member in members.values() if member in memberships}


def _without(members: Mapping[str, str], others: Collection[str]) -> dict[str, str]:
    """Return the members that are not in `others`, with their labels."""
    return {label: member for label, member in members.items() if member not in others}


def _is_alone(new: State) -> bool:
    """Return whether a new set needs a group without other members."""
    return new.get("exclusive", True) and not new.get("adopt")


def first_names(names: Sequence[str], total: int) -> str:
    """Return the first names of a list, and the number of the others, as errors show them.

    Args:
        names: The names, at least `SHOWN` of them or all.
        total: The number of all names.

    Returns:
        Text such as `ann, bob and 2 more`.
    """
    more = f" and {total - SHOWN:,} more" if total > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


class SetKind(Kind):
    """The base class of the kinds that manage all members of one group.

    A separate kind, the single membership, adds and removes each member.
    """

    relation: ClassVar[type[Kind]]
    own_properties: ClassVar[Mapping[str, str]] = {
        "members": "one CreateGroupMembership for each member",
        "exclusive": "one DeleteGroupMembership for each other member",
    }
    takes_existing = True
    remembers = frozenset({STRANGERS, MEMBERSHIPS})

    @abstractmethod
    def list_members(self, aws: Session, where: State) -> Iterator[Mapping[str, str]]:
        """Yield the pages of the group's members, one AWS call each: member → the physical id of the membership."""

    @abstractmethod
    def set_id(self, aws: Session, new: State) -> str:
        """Return the physical id of a new set."""

    def names(self, aws: Session, where: State, members: Iterable[str]) -> Mapping[str, str]:  # noqa: ARG002
        """Return member → the name in AWS, for the members that still exist."""
        return {member: member for member in members}

    def require_writable(self, aws: Session, doing: str, props: State) -> None:
        """Raise if this package must not write the group's members, or if the group does not exist."""

    def membership(self, props: State, member: str) -> State:
        """Return the natural key of a single membership."""
        place = {name: props[name] for name in self.natural_key if name in props}
        return place | {self.relation().member_property: member}

    @override
    def parts(self, props: State) -> list[tuple[Kind, State]]:
        members = props.get("members")
        known = members.values() if isinstance(members, Mapping) else ()
        return [
            (self.relation(), self.membership(props, member)) for member in known if isinstance(member, str)
        ]  # an output can be unknown

    @override
    def list_pages(self, aws: Session, where: State) -> Iterator[Mapping[str, Answer]]:
        yield {self.set_id(aws, where): self._list_all(aws, where)}

    @override
    def require_replaceable(self, aws: Session, new: State) -> None:
        self.require_writable(aws, "replacing", new)
        if _is_alone(new):
            self._require_no_others(aws, "replacing", new, self._list_all(aws, new))

    @override
    def changed_inputs(self, olds: State, news: State) -> frozenset[str]:
        changed = super().changed_inputs(olds, news)
        members = news.get("members")
        declared = members.keys() if isinstance(members, Mapping) else ()
        # A refresh may have added members under labels that the program declares. Record them as declared.
        return changed | {"members"} if any(label in declared for label in olds.get(STRANGERS) or ()) else changed

    # The verbs

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        memberships = dict(listed) if listed is not None else self._list_all(aws, old)
        in_state: dict[str, str] = old.get("members", {})
        known = {
            label: member
            for label, member in (old.get("other_members", {}) | in_state).items()
            if member in memberships
        }
        missing = {label: member for label, member in in_state.items() if member not in memberships}
        for label, member in missing.items() if listed is None else ():
            # AWS may list a new member late. If state lost the member, nothing would ever remove them.
            if id_of_member := self.relation().find_id_by_name(aws, self.membership(old, member)):
                memberships[member], known[label] = id_of_member, member
        unknown = memberships.keys() - known.values()
        live = known | self._label_by_name(aws, old, unknown, known | missing)
        old_strangers = set(old.get(STRANGERS, ()))
        strangers = _without(live, set(in_state.values())) | {
            label: live[label] for label in old_strangers & live.keys()
        }
        if old.get("exclusive", True):
            return {"members": live, STRANGERS: sorted(strangers) or None, MEMBERSHIPS: memberships}
        declared = _without(live, set(strangers.values()))
        return {"members": declared, "other_members": strangers, MEMBERSHIPS: _of(declared, memberships)}

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        memberships = self._list_all(aws, new)
        others = memberships.keys() - new["members"].values()
        is_exclusive = new["exclusive"]
        if _is_alone(new):
            self._require_no_others(aws, "creating", new, memberships)
        id_ = self.set_id(aws, new)
        for label, member in new["members"].items():
            if member in memberships and not claim_existing(
                self.relation(), aws, memberships[member], self.membership(new, member), set_id=id_
            ):
                message = (
                    f"creating {self.label(new)}: this run is removing {label} from the group — run the command again"
                )
                raise Conflict(message)
        labelled = self._label_by_name(aws, new, others, new["members"])
        answer = self._write(
            aws,
            "creating",
            id_,
            new,
            memberships,
            joining=_without(new["members"], memberships.keys()),
            leaving=labelled if is_exclusive else {},
        )
        return id_, answer | {"other_members": None if is_exclusive else labelled}

    @override
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        is_exclusive = new["exclusive"]
        memberships: dict[str, str] = old.get(MEMBERSHIPS, {})
        in_group, others = old.get("members", {}), old.get("other_members", {})
        strangers = set(old.get(STRANGERS, ()))
        if is_exclusive and not old.get("exclusive", True):
            memberships = self._list_all(aws, new)
            known = {label: member for label, member in (others | in_group).items() if member in memberships}
            in_group = known | self._label(memberships.keys() - known.values(), {}, known)
        declared = set(new["members"].values())
        gone = _without(in_group, declared)
        kept = {} if is_exclusive else {label: member for label, member in gone.items() if label in strangers}
        answer = self._write(
            aws,
            "updating",
            id_,
            new,
            memberships,
            joining=_without(new["members"], set(in_group.values())),
            leaving=_without(gone, set(kept.values())),
        )
        return answer | {"other_members": None if is_exclusive else _without(others | kept, declared)}

    @override
    def delete(self, aws: Session, id_: str, old: State) -> None:
        self._write(aws, "deleting", id_, old, old.get(MEMBERSHIPS, {}), joining={}, leaving=old.get("members", {}))

    # Parts of the verbs

    def _list_all(self, aws: Session, where: State) -> dict[str, str]:
        return {member: id_ for page in self.list_members(aws, where) for member, id_ in page.items()}

    def _label_by_name(
        self, aws: Session, where: State, members: Collection[str], taken: Iterable[str]
    ) -> dict[str, str]:
        """Return label → member for members without a label, after looking up their names."""
        return self._label(members, self.names(aws, where, members) if members else {}, taken)

    def _label(self, members: Iterable[str], names: Mapping[str, str], taken: Iterable[str]) -> dict[str, str]:
        """Return label → member for members without a label. A label is the name in AWS, with the id if it is taken."""
        labelled, taken = dict[str, str](), set(taken)
        for member in sorted(members):
            label = names.get(member, member)
            if label.startswith("__"):
                label = f"({label})"  # Pulumi hides such keys
            while label in taken or label in labelled:
                label = f"{label} ({member})"
            labelled[label] = member
        return labelled

    def _require_no_others(self, aws: Session, doing: str, new: State, memberships: Mapping[str, str]) -> None:
        """Raise if the group has members that the program does not declare."""
        others = sorted(memberships.keys() - new["members"].values())
        if not others:
            return
        named = sorted(self._label_by_name(aws, new, others[:SHOWN], ()))
        message = (
            f"{doing} {self.label(new)}: the group also has the members {first_names(named, len(others))}"
            " — add them to `members`, set adopt=True to remove them, or exclusive=False to leave them in the group;"
            " for a new name of the resource in the program, add an alias"
        )
        raise AlreadyExists(message)

    def _write(
        self,
        aws: Session,
        doing: str,
        id_: str,
        props: State,
        memberships: Mapping[str, str],
        *,
        joining: Mapping[str, str],
        leaving: Mapping[str, str],
    ) -> State:
        """Add members, then remove others.

        If an add fails, no member is removed, because the person who was not added may be a successor.

        Args:
            aws: The session of the resource.
            doing: The action on the set, as a verb in -ing.
            id_: The physical id of the set.
            props: Properties of the set with its natural key.
            memberships: Member → physical id of the membership, as far as they are known.
            joining: Label → member to add.
            leaving: Label → member to remove.

        Returns:
            The values about the members to store in state.

        Raises:
            IdentityError: AWS refused some of the changes. The message names all of them.
        """
        adds = [
            MemberWrite("adding", label, member, partial(self._add, aws, id_, props, member))
            for label, member in joining.items()
        ]
        removals = [
            MemberWrite(
                "removing", label, member, partial(self._remove, aws, props, member, memberships.get(member), doing)
            )
            for label, member in leaving.items()
        ]
        if adds or removals:
            self.require_writable(aws, doing, props)
        written = write_members([adds, removals], f"{doing} {self.label(props)}", self.service)
        return {STRANGERS: None, MEMBERSHIPS: _of(props["members"], {**memberships, **written})}

    def _add(self, aws: Session, set_id: str, props: State, member: str) -> str:
        relation, membership = self.relation(), self.membership(props, member)
        unclaim(relation, aws, "", membership, set_id)  # the create claims a membership that it finds
        id_, _ = relation.create(aws, membership)
        claim_created(relation, aws, id_, membership, set_id)
        return id_

    def _remove(self, aws: Session, props: State, member: str, id_: str | None, doing: str) -> str:
        relation, membership = self.relation(), self.membership(props, member)
        id_ = id_ or relation.find_id_by_name(aws, membership)
        if not id_:
            return ""
        if may_delete(relation, aws, id_, membership):
            try:
                relation.delete(aws, id_, membership)
            except Exception:
                mark_kept(relation, aws, id_, membership)
                raise
        elif doing != "deleting":  # after a deletion, the other resource keeps the member
            message = f"removing {relation.label(membership)}: another resource in this program manages this member"
            raise Conflict(f"{message} — declare all members of the group in one resource")
        return ""
