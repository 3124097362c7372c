"""Conflicts: a create for an entity that already exists.

If an earlier attempt of the same create lost AWS's response, the retry finds the entity of that attempt. That is a
success. With `adopt`, the resource takes over an existing entity. Otherwise the create fails with a remedy.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_identity.errors import AlreadyExists, Conflict, IdentityError, answer, code, member, translate

from . import ownership
from .kinds import EXTERNALLY_MANAGED

if TYPE_CHECKING:
    from pulumi_identity.aws.session import Session

    from .kinds import Kind
    from .schema import State

CONFLICTS = {"ConflictException", "ResourceExistsException", "ResourceAlreadyExistsException"}
UNANSWERED = {"ConnectionClosedError", "ReadTimeoutError", "HTTPClientError"}
CLOCK_SKEW = timedelta(seconds=2)
"""The clocks of a service's servers may differ."""


class ExistingEntity(NamedTuple):
    """An entity that a create found."""

    id: str
    live: State
    differing: frozenset[str]
    """The declared properties whose live values differ."""


def resolve_create_conflict(kind: Kind, aws: Session, new: State, error: Exception, took: timedelta) -> ExistingEntity:
    """Return the existing entity to manage after a create failed.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        new: The resource's inputs.
        error: The exception of the create.
        took: The duration of the create, including retries.

    Returns:
        The existing entity.

    Raises:
        AlreadyExists: Another writer created the entity, and `adopt` is not set.
        Conflict: The entity can't be adopted.
        Exception: `error` itself, if it does not report an existing entity.
    """
    if code(error) not in CONFLICTS | UNANSWERED or member(error, "Reason") not in (
        "",
        "UNIQUENESS_CONSTRAINT_VIOLATION",
    ):
        raise error
    try:
        id_ = kind.find_id_by_name(aws, new)
        known = kind.parse_id(id_, aws.region) if id_ else {}
        live = kind.read_entity(aws, id_, new | known) if id_ else None
    except Exception:  # noqa: BLE001  (the error of the create is more useful than the error of this search)
        raise error from None
    if not id_ or live is None:
        if code(error) in CONFLICTS:
            remedy = (
                f"use another name or e-mail address; if the {kind.noun} that uses it was just created,"
                " run the command again in a few minutes"
            )
            raise _already_exists(kind, new, error, remedy) from None
        raise error
    live = known | live
    existing = ExistingEntity(id_, live, kind.differing(live, new))
    others = live.keys() & kind.schema.inputs.keys() - new.keys() - kind.schema.computed_defaults
    if others or not _is_own_attempt(kind, existing, error, took):
        try:
            _adopt(kind, aws, new, error, existing)
        except IdentityError:
            ownership.mark_blocked(kind, aws, id_)
            raise
    return existing


def refuse_externally_managed(kind: Kind, doing: str, props: State, live: State) -> None:
    """Raise if an identity provider manages the entity through SCIM, unless `adopt` allows it.

    AWS would accept the write. The identity provider's next run would revert it, or could no longer find the entity.

    Args:
        kind: The kind of the resource.
        doing: The action, as a verb in -ing.
        props: The resource's inputs.
        live: The live properties.

    Raises:
        Conflict: An identity provider manages the entity.
    """
    if live.get("external_ids") and props.get("adopt") != EXTERNALLY_MANAGED:
        issuer = live["external_ids"][0]["issuer"]
        message = (
            f"{doing} {kind.label(props)}: {issuer} manages this {kind.noun} through SCIM"
            " — change it there, remove the resource from state with `pulumi state delete`,"
            f' or set adopt="{EXTERNALLY_MANAGED}" to write anyway'
        )
        raise Conflict(message)


def _adopt(kind: Kind, aws: Session, new: State, error: Exception, existing: ExistingEntity) -> None:
    """Claim an entity that another program or a person created."""
    if not new.get("adopt"):
        remedy = "set adopt=True to take it over, or import it with `pulumi-identity import`"
        raise _already_exists(kind, new, error, remedy) from None
    refuse_externally_managed(kind, "adopting", new, existing.live)
    if fixed := sorted(existing.differing & kind.schema.replaces):
        message = (
            f"adopting {kind.label(new)}: AWS has a different value for {', '.join(fixed)}, which can't be changed"
            f" — see it with `get` and declare it, or delete the existing {kind.noun} first"
        )
        raise Conflict(message)
    if not ownership.claim_existing(kind, aws, existing.id):
        remedy = f"this run is deleting the {kind.noun} under its old name; run the command again"
        raise _already_exists(kind, new, error, remedy) from None


def _is_own_attempt(kind: Kind, existing: ExistingEntity, error: Exception, took: timedelta) -> bool:
    """Return whether an earlier attempt of this create created the entity: it is new, and matches the program."""
    metadata: dict[str, Any] = answer(error).get("ResponseMetadata", {})
    tried_before = code(error) in UNANSWERED or metadata.get("RetryAttempts", 0) > 0
    created = existing.live.get(kind.created)
    if not tried_before or created is None or existing.differing - kind.set_after_creation:
        return False
    date = metadata.get("HTTPHeaders", {}).get("date")  # AWS's clock, if AWS answered at all
    now = parsedate_to_datetime(date) if date else datetime.now(UTC)
    return bool(datetime.fromisoformat(str(created)) >= now - took - CLOCK_SKEW)


def _already_exists(kind: Kind, new: State, error: Exception, remedy: str) -> AlreadyExists:
    translated = translate(error, "creating", kind.label(new), kind.service, remedy)
    return AlreadyExists(*translated.args) if translated else AlreadyExists(remedy)
