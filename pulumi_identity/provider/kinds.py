"""What a kind of resource is: its properties, its four verbs, and all that the rest of the package knows of it.

A kind is declared once, in `pulumi_identity/resources`. The lifecycle, the review, the importer, the documents and the
benchmarks go by what this class describes, and name no kind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, get_args

from pulumi_identity import _state
from pulumi_identity.errors import Rejected

from .schema import State, restrict_to_declared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_identity.aws.listings import Answer, Listing
    from pulumi_identity.aws.session import Session

    from .failures import PropertyRule
    from .schema import Schema
    from .traits import Admin, Column, Import, ImportOption, ReadOption, UncertainUpdate

TYPE = "pulumi-python:dynamic/identity:"
"""How the type tokens of this package begin."""

SETTINGS = frozenset({"region", "role_arn", "adopt"})
"""Inputs of every kind that are not AWS's: they decide where and how it is managed."""

ExternallyManaged: TypeAlias = Literal["externally-managed"]
(EXTERNALLY_MANAGED,) = get_args(ExternallyManaged)
"""The value of `adopt` that also writes to what an identity provider owns through SCIM."""

SERVICES = ("identitystore", "quicksight", "appstream")
"""boto3's names of the services, in the order in which readers want them."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The entity that a property of a kind names."""

    kind: type[Kind]
    property: str
    """The property there that holds the same value."""


class Kind(ABC):
    """One kind of resource. Instances hold nothing.

    A kind must set the class attributes that have no default, implement the abstract methods, and be declared by a
    `Resource` class (`class Group(Resource, kind=GroupKind)`), whose properties become its schema. It may override
    the other methods, and set the attributes that have a default.

    Verbs take a session and properties in our words, make as few AWS calls as the API allows, and let boto3's errors
    pass: the lifecycle explains them. They never see an unknown value.
    """

    # AWS

    service: ClassVar[str]
    """boto3's name of the service."""
    actions: ClassVar[Mapping[str, tuple[str, ...]]]
    """Verb → the API operations it may call, without the service's prefix. The first one of `create` takes the
    properties."""
    conditional_actions: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Condition, in words → operations that are called only then, for IAM policies."""
    own_properties: ClassVar[Mapping[str, str]] = {}
    """Properties that the create operation does not take → the reason why the kind has them."""

    # Words

    entity: ClassVar[str]
    """What errors call the entity."""
    noun: ClassVar[str]
    """What other texts call one."""
    plural: ClassVar[str]
    """What they call many."""
    deleting: ClassVar[str]
    """What deleting or replacing one does to people, in one sentence."""

    # Identity

    id_format: ClassVar[str]
    """What a physical id looks like."""
    id_properties: ClassVar[frozenset[str]]
    """The properties that `parse_id` returns."""
    natural_key: ClassVar[tuple[str, ...]]
    """The properties that identify an entity in AWS, the most general first."""
    references: ClassVar[Mapping[str, Reference]] = {}
    """Property → the entity that it names. A kind that has references relates two others, and has no name."""

    # People and access

    is_person: ClassVar[bool] = False
    """Whether it is an account of one person."""
    is_group: ClassVar[bool] = False
    """Whether people are put into it."""
    decides_access: ClassVar[frozenset[str]]
    """The properties whose values decide who gets in, or as what."""
    sign_in: ClassVar[frozenset[str]] = frozenset()
    """Paths of values that decide who can sign in as an existing person, or reset the password."""
    column: ClassVar[Column | None] = None
    admin: ClassVar[Admin | None] = None
    uncertain_update: ClassVar[UncertainUpdate | None] = None
    usual: ClassVar[Mapping[str, Any]] = {}
    """Properties whose value is always the same, so that a review need not show it."""

    # Lifecycle

    created: ClassVar[str] = "created_at"
    """The property, declared or not, that holds the time of creation."""
    set_after_creation: ClassVar[frozenset[str]] = frozenset()
    """Properties that a create sets with another call."""
    rules: ClassVar[tuple[PropertyRule, ...]] = ()
    """What AWS demands across properties."""
    import_: ClassVar[Import | None] = None
    """How `pulumi-identity import` reads and writes it."""

    # Set when its `Resource` class is declared

    name: ClassVar[str]
    """The class's name, which is also the last part of the type token."""
    schema: ClassVar[Schema]
    properties: ClassVar[tuple[str, ...]]
    """Every property, the kind's own first, in the order of declaration."""
    secrets: ClassVar[frozenset[str]]
    """The outputs that are encrypted in state."""

    @property
    def token(self) -> str:
        """Pulumi's type token."""
        return TYPE + self.name

    @property
    def title(self) -> str:
        """What many are called in a heading."""
        return self.plural[0].upper() + self.plural[1:]

    @property
    def name_property(self) -> str | None:
        """The property that is an entity's name in AWS; None for a kind that relates others."""
        return None if self.references else self.natural_key[-1]

    @property
    def unique_within(self) -> tuple[str, ...]:
        """The properties that say where the name is unique."""
        return tuple(name for name in self.natural_key[:-1] if name not in self.references)

    @property
    def member_property(self) -> str:
        """Of a kind that relates two others: the property that names the person."""
        return next(name for name, reference in self.references.items() if reference.kind.is_person)

    @property
    def group_property(self) -> str:
        """Of a kind that relates two others: the property that names the group."""
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

        Nothing may be left behind if it raises; after the entity exists, nothing may raise.

        Returns:
            The physical id, and AWS's answer in our words.
        """

    @abstractmethod
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        """Read the entity.

        Args:
            aws: The session of the resource.
            id_: The physical id.
            old: The properties that state has.
            listed: AWS's answer for the entity from `listing`, if there is one; otherwise AWS is called.

        Returns:
            The live properties, or None if AWS certainly has no such entity.
        """

    @abstractmethod
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        """Set the properties in `changed`, and clear those of them that `new` lacks.

        Returns:
            AWS's answer in our words, or nothing.
        """

    @abstractmethod
    def delete(self, aws: Session, id_: str, old: State) -> None:
        """Delete the entity."""

    # What a kind must implement besides

    @classmethod
    @abstractmethod
    def parse_id(cls, id_: str, region: str = "") -> State:
        """Return the properties in `id_properties` from a physical id; the region decides an ARN's partition.

        Raises:
            Rejected: `not_an_id`, for anything else.
        """

    @abstractmethod
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        """Tell whether an error means that the entity is gone, and not its store, namespace or region."""

    # What a kind may implement

    def find_id_by_name(self, aws: Session, new: State) -> str | None:  # noqa: ARG002
        """Return the physical id of the entity that has the natural key of `new`, or None."""
        return None

    def listing(self, aws: Session, old: State) -> Listing | None:  # noqa: ARG002
        """Return how to list the kind; None if it can't be listed."""
        return None

    def current_id(self, id_: str, live: State) -> str:  # noqa: ARG002
        """Return the physical id of what `read` returned, if another id counts as the same entity."""
        return id_

    def identity(self, aws: Session, id_: str) -> tuple[str, ...]:  # noqa: ARG002
        """Return what distinguishes the entity from all others in the world; most ids do."""
        return self.service, id_

    def changed_inputs(self, olds: State, news: State) -> frozenset[str]:
        """Return the inputs that differ; a computed default that the program leaves open does not."""
        old, new = self.schema.declared(olds), self.schema.declared(news)
        return frozenset(
            name
            for name in old.keys() | new.keys()
            if _lasting(name, old) != _lasting(name, new) and (name in new or name not in self.schema.computed_defaults)
        )

    # What every kind has

    @classmethod
    def not_an_id(cls, id_: str) -> Rejected:
        """Return the error for a physical id that isn't one."""
        return Rejected(f"reading {cls.entity} ({id_}): not an id — it looks like {cls.id_format}")

    def label(self, props: State) -> str:
        """Return what errors call an entity: its kind and its natural key."""
        names = [name for name in self.natural_key if name not in SETTINGS and name in props]
        return f"{self.entity} ({'/'.join(str(props[name]) for name in names)})"

    def request(self, new: State, *leave_out: str) -> State:
        """Return a create's request: every input that is AWS's, in its words, except those named."""
        return self.schema.to_aws({name: value for name, value in new.items() if name not in SETTINGS.union(leave_out)})

    def read_entity(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        """Return the live properties, or None if the entity is certainly gone."""
        try:
            return self.read(aws, id_, old, listed)
        except Exception as error:
            if self.is_gone(aws, id_, old, error):
                return None
            raise

    def list_pages(self, aws: Session, where: State) -> Iterator[Mapping[str, Answer]]:
        """List the kind: one AWS call a page, as AWS's answers by physical id."""
        listing = self.listing(aws, where)
        return listing.pages() if listing else iter(())

    def differing(self, live: State, new: State) -> frozenset[str]:
        """Return the declared properties that AWS has otherwise."""
        readable = {name: value for name, value in new.items() if name not in self.schema.write_only}
        return frozenset(
            name for name, value in readable.items() if restrict_to_declared(live.get(name), value) != value
        )

    def stored(self, id_: str, props: State) -> State:
        """Return what state knows of an entity, and what its id says."""
        names = self.schema.inputs.keys() | self.schema.outputs
        stored = {name: value for name, value in props.items() if name in names and value is not None}
        return self.parse_id(id_, stored.get("region", "")) | stored

    def outputs(self, id_: str, inputs: State, known: State) -> State:
        """Return what state holds: the inputs, the computed defaults, and what AWS computes."""
        known = self.parse_id(id_, known.get("region") or "") | known
        defaults = sorted(name for name in self.schema.computed_defaults - inputs.keys() if known.get(name) is not None)
        computed = [name for name in sorted(self.schema.outputs) if known.get(name) is not None]
        return inputs | {name: known[name] for name in (*defaults, *computed)} | {_state.RESOLVED: defaults}


def _lasting(name: str, props: State) -> Any:
    """Return a value as `diff` compares it: that an entity was adopted no longer matters afterwards."""
    value = props.get(name)
    return None if name == "adopt" and isinstance(value, bool) else value


KINDS: dict[str, Kind] = {}
"""Name → kind, in reading order. Importing `pulumi_identity.resources` fills it."""


def register(kind: Kind) -> None:
    """Add a kind: in each service, people come first, then groups, then what relates them."""
    kinds = sorted([*KINDS.values(), kind], key=_place)
    KINDS.clear()
    KINDS.update({kind.name: kind for kind in kinds})


def _place(kind: Kind) -> tuple[int, bool, bool]:
    return SERVICES.index(kind.service), not kind.is_person, not kind.is_group


def importable() -> Iterator[tuple[Kind, Import]]:
    """Yield every kind that can be imported, in reading order."""
    return ((kind, kind.import_) for kind in KINDS.values() if kind.import_)


def import_options() -> list[ImportOption]:
    """Return the options that select what to import, each once."""
    return list({import_.option.flag: import_.option for _, import_ in importable()}.values())


def read_options() -> list[ReadOption]:
    """Return the options that read more of each imported entity."""
    return [option for _, import_ in importable() for option in import_.more]
