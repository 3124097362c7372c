"""What the tests and the benchmark of writes need to know of a resource: data, in one object an example."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_identity.provider.declare import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi_identity.provider.kinds import Kind

State = dict[str, Any]

STORE = "d-1234567890"
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/Analysts"

SETTINGS: dict[str, Any] = {
    "region": "eu-central-1",
    "role_arn": f"arn:aws:iam::{ACCOUNT}:role/Other",
    "profile": "people",
    "assume_role": {"external_id": "people-1", "session_name": "pulumi", "duration": 900},
    "adopt": "externally-managed",
}
"""Inputs that every resource has and AWS never returns → another value, which is an update."""
CONFIGURED_SETTINGS = {
    "region": ("region", "eu-west-1"),
    "role_arn": ("roleArn", ROLE),
    "profile": ("profile", "directory"),
    "assume_role": ("assumeRole", {"external_id": "people-2"}),
}


@dataclass(frozen=True, kw_only=True)
class Write:
    """One row in the benchmark of writes."""

    particular: str = ""
    """What is special; nothing for an ordinary write."""
    more: State = field(default_factory=dict)
    """Inputs besides those of the example's program."""
    change: State = field(default_factory=dict)
    """The inputs that the update sets."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A program with one resource, and what each property of it does.

    A resource can have several examples. Together they show every property and every flag.
    """

    resource: Any
    variant: str = ""
    """What distinguishes this example from others of the resource."""
    program: State
    """The required inputs, and the optional ones that `replacements` replaces."""
    changes: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Property → values that it takes in place, one after the other."""
    kept: frozenset[str] = frozenset()
    """Changed properties that can't be cleared: AWS or the program needs them."""
    replacements: State = field(default_factory=dict)
    """Property → a value that replaces the entity."""
    previewed: State = field(default_factory=dict)
    """The same for values that the emulator or the property doesn't accept: state has one, and the program another."""
    never_returned: frozenset[str] = frozenset()
    """Properties besides the settings that AWS never returns."""
    computed_defaults: frozenset[str] = frozenset({"region"})
    """Properties that the program leaves open and that are decided at creation."""
    defaults: State = field(default_factory=dict)
    """Property that the program leaves open → its default."""
    configured: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Property besides the settings → its key in Pulumi configuration, and a value."""
    computed: frozenset[str] = frozenset()
    """The outputs that AWS computes, as they are after a refresh."""
    secrets: frozenset[str] = frozenset()
    """Computed outputs that are secrets."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Output that no program can cause → the test that covers it."""
    parents: Mapping[str, Callable[[Callable[[str], Any]], str]] = field(default_factory=dict)
    """Stand-in for an id in the values above → a function that creates its entity and returns the id."""
    calls: Mapping[str, int] = field(default_factory=lambda: {"create": 1, "update": 1, "delete": 1})
    """Number of AWS calls that each step may cost."""
    takes_existing: bool = False
    """Whether a create takes over an entity that exists without `adopt`."""
    outlives_deletion: bool = False
    """Whether a refresh still finds the entity after its deletion: a set exists as long as its group."""
    intrude: Callable[..., object] | None = None
    """Add `count` members that the program does not declare. Takes a function from service to client, and `where`."""
    orphan: Callable[[Any], object] | None = None
    """Delete from an emulator what the entity depends on."""
    where: Callable[[State], dict[str, str]] | None = None
    """Return the members that name the entity in requests, from its properties."""
    live: Callable[[Any, dict[str, str]], State] | None = None
    """Return what AWS has, from a client of the service and those members."""
    writes: tuple[Write, ...] = ()

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.variant)))

    @property
    def name(self) -> str:
        """The resource's class name."""
        return str(self.resource.__name__)

    @property
    def kind(self) -> Kind:
        """What the resource class declares."""
        return kind_of(self.resource)

    @property
    def inputs(self) -> Mapping[str, Any]:
        """Every input of the resource with its flags."""
        fields: Mapping[str, Any] = self.kind.schema.inputs
        return fields

    @property
    def replaces(self) -> State:
        """Every property that replaces the entity, with another value."""
        return {**self.replacements, **self.previewed}

    @property
    def settings(self) -> State:
        """The settings that change in place, with another value."""
        return {name: value for name, value in SETTINGS.items() if name not in self.replaces}

    def create_parents(self, client: Callable[[str], Any]) -> dict[str, str]:
        """Create what the entity refers to, and return stand-in → id."""
        return {stand_in: create(client) for stand_in, create in self.parents.items()}


def fill(value: Any, ids: Mapping[str, str]) -> Any:
    """Return a value with ids for their stand-ins, at every depth."""
    if isinstance(value, dict):
        return {key: fill(item, ids) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, ids) for item in value]
    return ids.get(value, value) if isinstance(value, str) else value
