"""What a create does if AWS reports that the entity exists already.

It may be this create's own: the connection broke after the request had left, and the retry found the result of the
first attempt. It may be wanted: `adopt`. Otherwise it is an error that says how to go on.
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
"""Servers of one service need not agree on the second."""


class ExistingEntity(NamedTuple):
    """The entity that a create found instead of creating it."""

    id: str
    live: State
    differing: frozenset[str]
    """The properties that AWS has otherwise than declared."""


def resolve_create_conflict(kind: Kind, aws: Session, new: State, error: Exception, took: timedelta) -> ExistingEntity:
    """Return the existing entity to manage after a create failed.

    Args:
        kind: The kind of the resource.
        aws: Its session.
        new: Its inputs.
        error: What the create raised.
        took: How long the create ran, retries included.

    Raises:
        AlreadyExists: The entity is not this create's, and must not be adopted.
        Conflict: The entity can't be adopted as it is.
        Exception: `error` itself, if it is not about an existing entity.
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
    except Exception:  # noqa: BLE001  (the create's own error says more than that of looking for its cause)
        raise error from None
    if not id_ or live is None:
        if code(error) in CONFLICTS:
            remedy = "another one has what must be unique, such as its e-mail address"
            later = "if it was made just now, run it again in some minutes"
            raise _already_exists(kind, new, error, f"{remedy}; {later}") from None
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
    """Raise if an identity provider owns the entity through SCIM, unless the program says so in `adopt`.

    AWS would not refuse: the change would last until the identity provider's next run, or separate the two for good.

    Raises:
        Conflict: An identity provider owns the entity.
    """
    if live.get("external_ids") and props.get("adopt") != EXTERNALLY_MANAGED:
        issuer = live["external_ids"][0]["issuer"]
        message = (
            f"{doing} {kind.label(props)}: it is managed by {issuer} through SCIM"
            f' — change it there, take it out of state, or set adopt="{EXTERNALLY_MANAGED}" to write all the same'
        )
        raise Conflict(message)


def _adopt(kind: Kind, aws: Session, new: State, error: Exception, existing: ExistingEntity) -> None:
    """Claim an entity that another program or a person created, or raise."""
    if not new.get("adopt"):
        remedy = "it exists already; set adopt=True to take it over, or bring it in with `pulumi-identity import`"
        raise _already_exists(kind, new, error, remedy) from None
    refuse_externally_managed(kind, "adopting", new, existing.live)
    if fixed := sorted(existing.differing & kind.schema.replaces):
        message = (
            f"adopting {kind.label(new)}: it has another {', '.join(fixed)}, which AWS can't change"
            " — declare what it has, or delete it first"
        )
        raise Conflict(message)
    if not ownership.claim_existing(kind, aws, existing.id):
        remedy = "it is being deleted under another name of this program: run it again"
        raise _already_exists(kind, new, error, remedy) from None


def _is_own_attempt(kind: Kind, existing: ExistingEntity, error: Exception, took: timedelta) -> bool:
    """Tell whether an earlier attempt of this create made the entity: it is new, and as declared."""
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
