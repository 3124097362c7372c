"""What a create does when AWS says that the entity is there already.

It may be ours: the connection broke after the request had left, and the retry met what the first try made.
It may be wanted: `adopt`. Otherwise it is an error that says how to go on.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _renamed
from ._errors import AlreadyExists, Conflict, IdentityError, answer, code, member, translate

if TYPE_CHECKING:
    from . import _aws
    from ._provider import Provider
    from ._schema import State

CONFLICTS = {"ConflictException", "ResourceExistsException", "ResourceAlreadyExistsException"}
UNANSWERED = {"ConnectionClosedError", "ReadTimeoutError", "HTTPClientError"}
EXTERNALLY_MANAGED = "externally-managed"
CLOCKS_DIFFER = timedelta(seconds=2)
"""Servers of one service need not agree on the second."""


class Met(NamedTuple):
    """The entity that a create has met instead of making it."""

    id: str
    live: State
    differing: frozenset[str]
    """The properties that are other than declared, and can be set."""


def settle(provider: Provider, aws: _aws.Session, new: State, error: Exception, took: timedelta) -> Met:
    """Return the entity that a failed create has met, or raise. `took` is how long it ran, retries included."""
    if code(error) not in CONFLICTS | UNANSWERED or member(error, "Reason") not in (
        "",
        "UNIQUENESS_CONSTRAINT_VIOLATION",
    ):
        raise error
    try:
        id_ = provider.locate(aws, new)
        known = provider.from_id(id_, aws.region) if id_ else {}
        live = provider.look(aws, id_, new | known) if id_ else None
    except Exception:  # noqa: BLE001  (the create's own error tells more than that of looking for its cause)
        raise error from None
    if not id_ or live is None:
        if code(error) in CONFLICTS:
            remedy = "another one has what must be unique, such as its e-mail address"
            later = "if it was made just now, run it again in some minutes"
            raise _explained(provider, new, error, f"{remedy}; {later}") from None
        raise error
    live = known | live
    differing = provider.differing(live, new)
    others = live.keys() & provider.schema.inputs.keys() - new.keys() - provider.schema.resolved
    if others or not _is_ours(provider, live, differing, error, took):
        try:
            _take_over(provider, aws, new, error, Met(id_, live, differing))
        except IdentityError:
            _renamed.refuse(provider, aws, id_)
            raise
    return Met(id_, live, differing)


def _take_over(provider: Provider, aws: _aws.Session, new: State, error: Exception, met: Met) -> None:
    """Take over what is somebody else's, or raise."""
    if not new.get("adopt"):
        remedy = "it exists already; set adopt=True to take it over, or bring it in with `pulumi-identity import`"
        raise _explained(provider, new, error, remedy) from None
    refuse_provisioned(provider, "adopting", new, met.live)
    if fixed := sorted(met.differing & provider.schema.replaces):
        message = (
            f"adopting {provider.entity_of(new)}: it has another {', '.join(fixed)}, which AWS can't change"
            " — declare what it has, or delete it first"
        )
        raise Conflict(message)
    if not _renamed.take(provider, aws, met.id):
        remedy = "it is being deleted under another name of this program: run it again"
        raise _explained(provider, new, error, remedy) from None


def refuse_provisioned(provider: Provider, doing: str, props: State, live: State) -> None:
    """Raise where an identity provider owns the entity through SCIM, unless the program says that it knows.

    AWS would not refuse: the change would last until the provider's next run, or split the two for good.
    """
    if live.get("external_ids") and props.get("adopt") != EXTERNALLY_MANAGED:
        issuer = live["external_ids"][0]["issuer"]
        message = (
            f"{doing} {provider.entity_of(props)}: it is managed by {issuer} through SCIM"
            f' — change it there, take it out of state, or set adopt="{EXTERNALLY_MANAGED}" to write all the same'
        )
        raise Conflict(message)


def _is_ours(provider: Provider, live: State, differing: frozenset[str], error: Exception, took: timedelta) -> bool:
    """Tell whether an earlier try of this create made it: it was made since, and as asked."""
    metadata: dict[str, Any] = answer(error).get("ResponseMetadata", {})
    tried_before = code(error) in UNANSWERED or metadata.get("RetryAttempts", 0) > 0
    created = live.get(provider.created)
    if not tried_before or created is None or differing - provider.set_after_creation:
        return False
    date = metadata.get("HTTPHeaders", {}).get("date")  # AWS's clock, where it answered at all
    now = parsedate_to_datetime(date) if date else datetime.now(UTC)
    return bool(datetime.fromisoformat(str(created)) >= now - took - CLOCKS_DIFFER)


def _explained(provider: Provider, new: State, error: Exception, remedy: str) -> AlreadyExists:
    explained = translate(error, "creating", provider.entity_of(new), provider.service, remedy)
    return AlreadyExists(*explained.args) if explained else AlreadyExists(remedy)
