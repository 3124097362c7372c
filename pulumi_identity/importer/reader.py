"""Read AWS's listings, and declare every property that AWS returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_identity.errors import IdentityError, Rejected, explaining
from pulumi_identity.provider import lifecycle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pulumi_identity.aws.listings import Answer
    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.failures import Failure
    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.schema import State
    from pulumi_identity.provider.sets import SetKind

NAMES = ("display_name", "email")
"""The properties that patterns match, besides the name in AWS and the e-mail addresses of identity store users."""


@dataclass(frozen=True)
class Entity:
    """An entity in AWS."""

    kind: Kind
    id: str
    live: State
    """The properties that AWS returns, under the names of this package."""

    @property
    def name(self) -> str:
        """The name in AWS."""
        return str(self.live.get(self.kind.natural_key[-1]) or self.id)

    @property
    def names(self) -> list[str]:
        """The names that patterns match."""
        names = [self.live.get(property_) for property_ in (self.kind.name_property or "", *NAMES)]
        names += [email.get("value") for email in self.live.get("emails", ())]
        return [name for name in names if name]

    @property
    def issuer(self) -> str | None:
        """The identity provider that manages the entity through SCIM, or None."""
        external_ids = self.live.get("external_ids")
        return str(external_ids[0]["issuer"]) if external_ids else None


@dataclass(frozen=True)
class Skipped:
    """An entity that is left out."""

    reason: str
    """The reason, in words that follow a number."""
    note: str = ""
    """A line about this entity, with the remedy."""
    is_problem: bool = False
    """Whether the entity should have been imported."""


@dataclass(frozen=True)
class Declaration:
    """The declaration of an entity, and its state."""

    arguments: State
    """The arguments in the program, without defaults and values from configuration."""
    inputs: State
    outputs: State
    left_out: tuple[str, ...]
    """The reasons for leaving out values that AWS returns but rejects as input."""


def list_entities(kind: Kind, aws: Session, where: State) -> Iterator[list[Entity | Skipped]]:
    """Yield every entity of a kind once, a page at a time. A listing can repeat an entity that changes meanwhile.

    An entity that can't be read does not end the listing.

    Args:
        kind: The kind to list.
        aws: The session.
        where: The properties that select the listing (the store, a group, the account and namespace), and the ones
            for reading each entity.

    Yields:
        The entities of a page.

    Raises:
        IdentityError: A request for a page fails.
    """
    seen = set[str]()
    label = "/".join(str(where[name]) for name in kind.unique_within if name in where)
    with explaining("listing", f"{kind.entity}s ({label or aws.region})", kind.service):
        for page in kind.list_pages(aws, where):
            new = {id_: answer for id_, answer in page.items() if id_ not in seen}
            seen.update(new)
            yield [_entity(kind, aws, id_, where, answer) for id_, answer in new.items()]


def read_set(kind: SetKind, aws: Session, where: State, label: Callable[[Iterable[str]], Mapping[str, str]]) -> Entity:
    """Read the members of a group with one listing.

    Args:
        kind: The kind of the set.
        aws: The session.
        where: The natural key of the set.
        label: Takes the members, and returns label → member.

    Returns:
        The set.

    Raises:
        NotFound: The group does not exist.
        IdentityError: A request fails.
    """
    with explaining("listing", kind.label(where), kind.service):
        ((id_, memberships),) = (item for page in kind.list_pages(aws, where) for item in page.items())
        old = where | kind.parse_id(id_, aws.region) | {"members": label(memberships)}
        return Entity(kind, id_, old | (kind.read_entity(aws, id_, old, memberships) or {}))


def list_members(kind: SetKind, aws: Session, where: State) -> Iterator[str]:
    """Yield the members of a group. One call lists a page.

    Args:
        kind: The kind of the set.
        aws: The session.
        where: The natural key of the set.

    Yields:
        The value that identifies each member.

    Raises:
        NotFound: The group does not exist.
        IdentityError: A request fails.
    """
    with explaining("listing", kind.label(where), kind.service):
        for page in kind.list_members(aws, where):
            yield from page


def _entity(kind: Kind, aws: Session, id_: str, where: State, answer: Answer) -> Entity | Skipped:
    """Return an entity in a listing, or why it is left out."""
    if obstacle := kind.obstacle(where, answer):
        return Skipped(obstacle.reason, obstacle.note)
    try:
        with explaining("reading", f"{kind.entity} ({id_})", kind.service):
            old = where | kind.parse_id(id_, aws.region)
            live = kind.read_entity(aws, id_, old, answer)
    except IdentityError as error:
        return Skipped("can't be read", str(error), is_problem=True)
    return Skipped("deleted during the import") if live is None else Entity(kind, id_, _without_empty(old | live))


def declare(entity: Entity, config: Mapping[str, str], **more: Any) -> Declaration:
    """Declare every property of an entity that AWS returns and that a program can declare.

    Args:
        entity: The entity.
        config: The configuration under `identity:` that the program needs.
        more: Additional properties to declare.

    Returns:
        The declaration.

    Raises:
        Rejected: AWS does not return a required property.
    """
    kind, fields = entity.kind, entity.kind.schema.inputs
    given = {name: config[key] for name, field in fields.items() if (key := field.config) and key in config} | more
    live = {name: entity.live[name] for name, field in fields.items() if name in entity.live and not field.write_only}
    left_out: dict[str, Failure] = {}
    while failures := [f for f in lifecycle.check(kind, {}, live | given).failures if f.property in live]:
        for failure in failures:
            live[failure.property] = _without(live[failure.property], failure.at)
            left_out[failure.path] = failure
        live = {name: value for name, value in live.items() if value is not None}
    news = live | given
    checked = lifecycle.check(kind, news, news)  # an existing resource can lack properties
    if checked.failures:
        failures_by_path = {failure.path: failure for failure in checked.failures} | left_out
        reasons = " and ".join(map(str, failures_by_path.values()))
        remedy = "set it in AWS and import again, or leave the entity out with --exclude"
        raise Rejected(f"importing {kind.label(entity.live)}: {reasons} — {remedy}")
    inputs = checked.inputs
    arguments = {
        name: inputs[name]
        for name, field in fields.items()
        if name in inputs and inputs[name] != config.get(field.config or "", field.default)
    }
    defaults = kind.schema.computed_defaults
    comments = tuple(str(failure) for path, failure in left_out.items() if path not in defaults)
    return Declaration(arguments, inputs, kind.outputs(entity.id, inputs, given | entity.live), comments)


def _without(value: Any, steps: tuple[str | int, ...]) -> Any:
    """Return a value without the part at the steps, or None if nothing is left or the part does not exist.

    A list is declared as a whole. If one item is left out, the list is left out.
    """
    if not steps:
        return None
    first, rest = steps[0], steps[1:]
    if isinstance(value, list) and isinstance(first, int) and first < len(value):
        items = [_without(item, rest) if number == first else item for number, item in enumerate(value)]
        return None if None in items else items
    if isinstance(value, dict) and first in value:
        return _without_empty(value | {first: _without(value[first], rest)})
    return None


def _without_empty(value: Any) -> Any:
    """Return a value without empty parts, which AWS can return but rejects. Return None for an empty value.

    A space stays: for a person with a single name, it is a part of the name.
    """
    if isinstance(value, dict):
        value = {key: kept for key, item in value.items() if (kept := _without_empty(item)) is not None}
    elif isinstance(value, list):
        value = [kept for item in value if (kept := _without_empty(item)) is not None]
    return None if value in ("", [], {}) else value
