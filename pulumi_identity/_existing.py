"""What a create does when AWS says that the entity is there already.

It may be ours: the connection broke after the request had left, and the retry met what the first try made.
It may be wanted: `adopt`. Otherwise it is an error that says how to go on.
"""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

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
        live = provider.look(aws, id_, new | provider.from_id(id_, aws.region)) if id_ else None
    except Exception:  # noqa: BLE001  (the create's own error tells more than that of looking for its cause)
        raise error from None
    if not id_ or live is None:
        if code(error) in CONFLICTS:
            remedy = "another one has what must be unique, such as its e-mail address"
            later = "if it was made just now, run it again in some minutes"
            raise _explained(provider, new, error, f"{remedy}; {later}") from None
        raise error
    live = provider.from_id(id_, aws.region) | live
    differing = provider.differing(live, new)
    others = live.keys() & provider.schema.inputs.keys() - new.keys() - provider.schema.resolved
    if others or not _is_ours(provider, live, differing, error, took):
        try:
            _take_over(provider, aws, new, error, Met(id_, live, differing))
        except IdentityError:
            with _lock:
                _refused.add(provider.identity(aws, id_))
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
    if not take(provider, aws, met.id):
        remedy = "it is being deleted under another name of this program: run it again"
        raise _explained(provider, new, error, remedy) from None


# Renamed in the program

_lock = threading.Lock()
_declared: set[str] = set()
"""What resources of the program say, as text."""
_kept: set[tuple[str, ...]] = set()
"""What resources of the program have: made, taken over, updated or unchanged by this process."""
_refused: set[tuple[str, ...]] = set()
"""What a create of this process has met, and was not to take over."""
_leaving: set[tuple[str, ...]] = set()
"""What it is deleting, or has deleted."""


def declare(provider: Provider, inputs: State) -> None:
    """Remember what a resource of the program says."""
    _declared.add(_text(provider, inputs))


def is_declared(provider: Provider, inputs: State) -> bool:
    """Tell whether a resource of the program says this: the engine asks about others too, while it refreshes."""
    return _text(provider, inputs) in _declared


def keep(provider: Provider, aws: _aws.Session, id_: str) -> None:
    """Remember that a resource of the program has it: it is not deleted under another name.

    The engine knows a resource by its name in the program. One that is renamed there is made, which takes over what
    it is in AWS, and then the one of the old name is deleted: that must not take the person's access away. Nor when
    the deleting is left to a later run, since this one failed elsewhere.
    """
    what = provider.identity(aws, id_)
    with _lock:
        _kept.add(what)
        _leaving.discard(what)


def take(provider: Provider, aws: _aws.Session, id_: str) -> bool:
    """Keep what exists already; False if this process is deleting it."""
    what = provider.identity(aws, id_)
    with _lock:
        if what not in _leaving:
            _kept.add(what)
        return what in _kept


def leaves(provider: Provider, aws: _aws.Session, id_: str, props: State) -> bool:
    """Tell whether to delete it: not if a resource of the program has it. Raises if one would have it, but failed."""
    what = provider.identity(aws, id_)
    with _lock:
        if what in _refused and what not in _kept:
            message = (
                f"deleting {provider.entity_of(props)}: the program has it under another name, which could not be made"
                " — give that resource an alias of the old name, or set adopt=True"
            )
            raise Conflict(message)
        if what not in _kept:
            _leaving.add(what)
        return what in _leaving


def forget() -> None:
    """Forget all of that, as a new process does."""
    for remembered in (_declared, _kept, _refused, _leaving):
        remembered.clear()


def _text(provider: Provider, inputs: State) -> str:
    return json.dumps([provider.name, inputs], sort_keys=True, default=repr)


# Owned by an identity provider


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
