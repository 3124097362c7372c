"""The description of a kind of resource: its properties, its four verbs, and all facts that other modules use.

A kind is declared once, in `pulumi_identity/resources`. The lifecycle, the review, the importer, the documents and the
benchmarks use this class, and contain no names of kinds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, get_args

from pulumi_identity import _state
from pulumi_identity.aws.ids import bare_id
from pulumi_identity.errors import Rejected

from .schema import State, property_of, restrict_to_declared, value_at
from .settings import ACCESS
from .words import to_pascal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_identity.aws.listings import Answer, Listing
    from pulumi_identity.aws.session import Session

    from .failures import PropertyRule
    from .schema import Schema
    from .traits import Admin, Column, Import, Obstacle, UncertainUpdate

TYPE = "pulumi-python:dynamic/identity:"
"""The prefix of this package's type tokens."""

SETTINGS = frozenset({*ACCESS, "adopt"})
"""Inputs of every kind that are not properties in AWS. They set how this package manages the entity."""

ExternallyManaged: TypeAlias = Literal["externally-managed"]
(EXTERNALLY_MANAGED,) = get_args(ExternallyManaged)
"""The value of `adopt` that also allows writes to entities that an identity provider manages through SCIM."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A reference from a property to another entity."""

    kind: type[Kind]
    property: str
    """The property of that kind with the same value."""


class Kind(ABC):
    """One kind of resource. Instances have no attributes.

    A kind must set every class attribute that has no default, and implement the abstract methods. A `Resource` class
    must declare it (`class Group(Resource, kind=GroupKind)`). That class sets the attributes from `name` on: its
    properties become the schema. A kind may override the other methods, and may set the attributes with a default.

    The methods share these arguments. `aws` is the session of the resource, and `id_` the physical id. `old` holds
    the properties in state, `new` the program's inputs, and `live` the properties in AWS, all with this package's
    names. Unknown values reach only `changed_inputs`. Verbs make as few AWS calls as the API allows. They don't
    translate boto3's errors: the lifecycle does.
    """

    # AWS

    service: ClassVar[str]
    """boto3's name of the service."""
    actions: ClassVar[Mapping[str, tuple[str, ...]]]
    """Verb → the API operations that it may call, without the service's prefix. The first operation of `create` takes
    the properties."""
    conditional_actions: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Condition, in words → operations that are called only under this condition, for IAM policies."""
    answers: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Operation → paths of members, such as `User.Arn` or `UserList[].Arn`, that AWS's response must have besides those
    that the model requires. A response without one is an error."""
    own_properties: ClassVar[Mapping[str, str]] = {}
    """Property that the create operation does not take → the operation that sets it."""

    # Words

    entity: ClassVar[str]
    """The entity's name in errors."""
    noun: ClassVar[str]
    """The entity's name in other texts."""
    plural: ClassVar[str]
    """The plural of `noun`."""
    deleting: ClassVar[str]
    """The effect on people if an entity is deleted or replaced, in one or two sentences."""

    # Identity

    id_format: ClassVar[str]
    """The form of a physical id."""
    id_properties: ClassVar[frozenset[str]]
    """The properties that `parse_id` returns."""
    natural_key: ClassVar[tuple[str, ...]]
    """The properties that identify an entity in AWS. The most general comes first."""
    unique: ClassVar[tuple[str, ...]] = ()
    """Paths of the values that AWS requires to be unique, such as `emails[0].value`."""
    ignores_case: ClassVar[bool] = False
    """Whether AWS compares names and other unique values without regard to case."""
    key_sources: ClassVar[frozenset[str]] = frozenset()
    """Inputs from which AWS derives a part of the natural key."""
    references: ClassVar[Mapping[str, Reference]] = {}
    """Property → the entity that it refers to. A kind with references relates two other kinds and has no name."""
    takes_existing: ClassVar[bool] = False
    """Whether a create adopts an existing entity without `adopt`, because no property can differ."""
    relation: ClassVar[type[Kind] | None] = None
    """The kind of a single membership, if this kind is a set: a resource that manages all members of a group."""

    # People and access

    is_person: ClassVar[bool] = False
    """Whether an entity is the account of one person."""
    is_group: ClassVar[bool] = False
    """Whether an entity has members."""
    decides_access: ClassVar[frozenset[str]]
    """The properties whose values decide who has access, and with which permissions."""
    sign_in: ClassVar[frozenset[str]] = frozenset()
    """Paths of values that decide who can sign in as an existing person or reset the password."""
    column: ClassVar[Column | None] = None
    admin: ClassVar[Admin | None] = None
    refused: ClassVar[Mapping[str, str]] = {}
    """Property → the remedy if AWS refuses to update it."""
    uncertain_update: ClassVar[UncertainUpdate | None] = None
    usual: ClassVar[Mapping[str, Any]] = {}
    """Property → its usual value, which the review omits."""

    # Lifecycle

    created: ClassVar[str] = "created_at"
    """The property with the time of creation. It need not be declared."""
    remembers: ClassVar[frozenset[str]] = frozenset()
    """Keys of state besides the properties. They start with `__`, so that no preview shows them."""
    set_after_creation: ClassVar[frozenset[str]] = frozenset()
    """Properties that a create sets in a second call."""
    rules: ClassVar[tuple[PropertyRule, ...]] = ()
    """AWS's rules across properties."""
    import_: ClassVar[Import | None] = None
    """How `pulumi-identity import` reads and writes the kind."""

    # Set when its `Resource` class is declared

    name: ClassVar[str]
    """The name of the class, and the last part of the type token."""
    schema: ClassVar[Schema]
    properties: ClassVar[tuple[str, ...]]
    """All properties in the order of declaration. The kind's own properties come first."""
    secrets: ClassVar[frozenset[str]]
    """The outputs that Pulumi encrypts in state."""

    @property
    def token(self) -> str:
        """Pulumi's type token."""
        return TYPE + self.name

    @property
    def title(self) -> str:
        """The plural as a heading."""
        return self.plural[0].upper() + self.plural[1:]

    @property
    def name_property(self) -> str | None:
        """The property with an entity's name in AWS. None for a kind that relates other kinds."""
        return None if self.references else self.natural_key[-1]

    @property
    def unique_within(self) -> tuple[str, ...]:
        """The properties that define where the name is unique."""
        return tuple(name for name in self.natural_key[:-1] if name not in self.references)

    @property
    def member_property(self) -> str:
        """The property that refers to the person, in a kind that relates two other kinds."""
        return next(name for name, reference in self.references.items() if reference.kind.is_person)

    @property
    def group_property(self) -> str:
        """The property that refers to the group, in a kind that relates two other kinds."""
        return next(name for name, reference in self.references.items() if reference.kind.is_group)

    @property
    def write_only(self) -> frozenset[str]:
        """The properties that AWS never returns."""
        return self.schema.write_only

    @property
    def operations(self) -> tuple[str, ...]:
        """Every API operation that a verb may call."""
        groups = [*self.actions.values(), *self.conditional_actions.values()]
        return tuple(dict.fromkeys(operation for group in groups for operation in group))

    # The four verbs, which a kind must implement

    @abstractmethod
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        """Create the entity, in one call if AWS allows.

        If it raises, it must not leave an entity behind. After the entity exists, it must not raise.

        Returns:
            The physical id, and the properties in AWS's response.
        """

    @abstractmethod
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        """Read the entity.

        Args:
            aws: The session of the resource.
            id_: The physical id.
            old: The properties in state.
            listed: AWS's response for the entity from `listing`. If None, the method calls AWS.

        Returns:
            The live properties; None if AWS confirms that the entity does not exist.
        """

    @abstractmethod
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        """Write the properties in `changed`, and clear those that `new` lacks.

        Returns:
            The properties in AWS's response; may be empty.
        """

    @abstractmethod
    def delete(self, aws: Session, id_: str, old: State) -> None:
        """Delete the entity."""

    # Other methods that a kind must implement

    @classmethod
    @abstractmethod
    def parse_id(cls, id_: str, region: str = "") -> State:
        """Return the properties in `id_properties` from a physical id. The region decides an ARN's partition.

        Raises:
            Rejected: `id_` is not a physical id of this kind. Raise `not_an_id`.
        """

    @abstractmethod
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        """Return whether an error means that the entity itself is gone, not its store, namespace or region."""

    # Methods that a kind may implement

    def find_id_by_name(self, aws: Session, new: State) -> str | None:  # noqa: ARG002
        """Return the physical id of the entity with the natural key of `new`; None if AWS has none."""
        return None

    def find_holder(self, aws: Session, path: str, new: State) -> str | None:
        """Return the physical id of the entity with the unique value at `path` in `new`; None if AWS has none."""
        return self.find_id_by_name(aws, new) if path == self.name_property else None

    def find_taken_key(self, aws: Session, new: State) -> str | None:
        """Return the physical id of the entity with the natural key of `new`, as of this run's first look at AWS."""
        return self.find_id_by_name(aws, new)

    def require_replaceable(self, aws: Session, new: State) -> None:  # noqa: B027
        """Raise if the create of a replacement would fail for a reason other than the unique values."""

    def contradicting(self, old: State, new: State) -> frozenset[str]:  # noqa: ARG002
        """Return the write-only inputs that state lacks, and that other properties in state contradict."""
        return frozenset()

    def listing(self, aws: Session, old: State) -> Listing | None:  # noqa: ARG002
        """Return the listing of the kind; None if AWS can't list it."""
        return None

    def obstacle(self, where: State, answer: Answer) -> Obstacle | None:  # noqa: ARG002
        """Return why a program can't manage an entity in AWS's listing for `where`; None if it can."""
        return None

    def current_id(self, id_: str, live: State) -> str:  # noqa: ARG002
        """Return the physical id of the entity that `read` returned. It differs if AWS gave the entity a new id."""
        return id_

    def identity(self, aws: Session, id_: str, props: State) -> tuple[str, ...]:  # noqa: ARG002
        """Return values that identify the entity across all accounts and regions.

        For most kinds, the service and the id are enough.
        """
        return self.service, id_

    def other_identities(self, identity: tuple[str, ...], known: set[tuple[str, ...]]) -> set[tuple[str, ...]]:  # noqa: ARG002
        """Return those of the known identities that other settings gave to the same entity."""
        return set()

    def parts(self, props: State) -> list[tuple[Kind, State]]:
        """Return the entities of a resource with these properties: each entity's kind, and its natural key."""
        return [(self, props)]

    def changed_inputs(self, olds: State, news: State) -> frozenset[str]:
        """Return the inputs that differ. A computed default that the program does not set never differs."""
        old, new = self.schema.declared(olds), self.schema.declared(news)
        return frozenset(
            name
            for name in old.keys() | new.keys()
            if _lasting(name, old) != _lasting(name, new) and (name in new or name not in self.schema.computed_defaults)
        )

    # Methods of every kind

    @classmethod
    def not_an_id(cls, id_: str) -> Rejected:
        """Return the error for an invalid physical id."""
        return Rejected(f"reading {cls.entity} ({id_}): invalid id — write the id like {cls.id_format}")

    def label(self, props: State) -> str:
        """Return the entity's kind and natural key, as errors show them."""
        props = self.with_name(props)
        names = [name for name in self.natural_key if name not in SETTINGS and name in props]
        return f"{self.entity} ({'/'.join(str(props[name]) for name in names)})"

    def unique_values(self, props: State) -> dict[str, str]:
        """Return path → value, in the form in which AWS compares, of the unique values that are set and known."""
        values = {path: value_at(path, props) for path in self.unique}
        return {path: self.compared(value) for path, value in values.items() if isinstance(value, str)}

    @property
    def unique_properties(self) -> frozenset[str]:
        """The properties of the unique values."""
        return frozenset(map(property_of, self.unique))

    def with_name(self, props: State) -> State:
        """Return properties with the part of the natural key that AWS derives from others, if it can be derived."""
        return props

    def compared(self, value: str) -> str:
        """Return a unique value in the form in which AWS compares it."""
        return value.casefold() if self.ignores_case else value

    def request(self, new: State, *leave_out: str) -> State:
        """Return a create's request: the inputs with AWS's names, without settings and the names in `leave_out`."""
        return self.schema.to_aws({name: value for name, value in new.items() if name not in SETTINGS.union(leave_out)})

    def read_entity(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        """Return the live properties; None if AWS confirms that the entity does not exist."""
        try:
            live = self.read(aws, id_, old, listed)
        except Exception as error:
            if self.is_gone(aws, id_, old, error):
                return None
            raise
        if live is not None:
            self._require_same_entity(id_, old, live)
        return live

    def _require_same_entity(self, id_: str, old: State, live: State) -> None:
        """Raise if AWS's response lacks the entity's name, or if a relation with a new id relates other entities."""
        from pulumi_identity.aws.answer_errors import (  # noqa: PLC0415  (programs don't pay for boto3)
            IncompleteAnswerError,
            OtherEntityError,
        )

        operation, name = self.actions["read"][0], self.name_property
        if name and name in old and name not in self.parse_id(id_) | live:
            raise IncompleteAnswerError(operation_name=operation, problem=f"no {to_pascal(name)}")
        for end in self.references if self.current_id(id_, live) != id_ else ():
            if end in old and bare_id(str(old[end])) != bare_id(str(live.get(end))):
                raise OtherEntityError(
                    operation_name=operation, member=to_pascal(end), returned=str(live.get(end)), requested=old[end]
                )

    def list_pages(self, aws: Session, where: State) -> Iterator[Mapping[str, Answer]]:
        """Yield the pages of a listing, one AWS call each. A page maps physical ids to AWS's responses."""
        listing = self.listing(aws, where)
        return listing.pages() if listing else iter(())

    def differing(self, live: State, new: State) -> frozenset[str]:
        """Return the declared properties whose live values differ."""
        readable = {name: value for name, value in new.items() if name not in self.schema.write_only}
        return frozenset(
            name for name, value in readable.items() if restrict_to_declared(live.get(name), value) != value
        )

    def stored(self, id_: str, props: State) -> State:
        """Return the properties in state, and those in the physical id."""
        names = self.schema.inputs.keys() | self.schema.outputs | self.remembers
        stored = {name: value for name, value in props.items() if name in names and value is not None}
        return self.parse_id(id_, stored.get("region", "")) | stored

    def outputs(self, id_: str, inputs: State, known: State) -> State:
        """Return the outputs for state: the inputs, the computed defaults, and the computed properties."""
        known = self.parse_id(id_, known.get("region") or "") | known
        defaults = sorted(name for name in self.schema.computed_defaults - inputs.keys() if known.get(name) is not None)
        computed = [name for name in sorted(self.schema.outputs | self.remembers) if known.get(name) is not None]
        return inputs | {name: known[name] for name in (*defaults, *computed)} | {_state.RESOLVED: defaults}


def _lasting(name: str, props: State) -> Any:
    """Return a value as `diff` compares it. After an adoption, `adopt` no longer matters."""
    value = props.get(name)
    return None if name == "adopt" and isinstance(value, bool) else value
