"""Conflicts: a create for an entity that already exists.

If an earlier attempt of the same create lost AWS's response, the retry finds the entity of that attempt. That is a
success. With `adopt`, the resource takes over an existing entity. Otherwise the create fails with a remedy.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pulumi_identity.aws.clock import answered_at
from pulumi_identity.errors import AlreadyExists, Conflict, IdentityError, answer, code, explaining, member, translate

from . import handover, ownership
from .kinds import EXTERNALLY_MANAGED
from .schema import has_unknown, property_of, value_at

if TYPE_CHECKING:
    from pulumi_identity.aws.session import Session

    from .kinds import Kind
    from .schema import State

CONFLICTS = {"ConflictException", "ResourceExistsException", "ResourceAlreadyExistsException"}
UNANSWERED = {
    "ConnectionClosedError",
    "ForeignAnswerError",
    "HTTPClientError",
    "IncompleteAnswerError",
    "OtherEntityError",
    "ReadTimeoutError",
}
"""Codes of errors after which AWS may have executed the request."""
MOVED = ", or `moved: {old: new}` in the file of a Directory"
"""The alias of a key in a file of people."""
CLOCK_SKEW = timedelta(seconds=2)
"""The clocks of a service's servers may differ."""


class Holder(NamedTuple):
    """An entity that has a unique value."""

    path: str
    id: str
    live: State


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
    if not is_conflict(error) and code(error) not in UNANSWERED:
        raise error
    try:
        holder = find_holder(kind, aws, new, kind.unique if is_conflict(error) else kind.unique[:1])
    except Exception:  # noqa: BLE001  (the error of the create is more useful than the error of this search)
        raise error from None
    if holder is None:
        if is_conflict(error):
            remedy = (
                f"use another name or e-mail address; if the {kind.noun} that uses it was just created,"
                " run the command again in a few minutes"
            )
            raise _already_exists(kind, "creating", new, error, remedy) from None
        raise error
    if holder.path != kind.name_property:
        ownership.mark_blocked(kind, aws, holder.id, holder.live)
        raise _held_by(kind, "creating", new, error, holder) from None
    existing = ExistingEntity(holder.id, holder.live, kind.differing(holder.live, new))
    others = holder.live.keys() & kind.schema.inputs.keys() - new.keys() - kind.schema.computed_defaults
    if others or not _is_own_attempt(kind, existing, error, took):
        try:
            _adopt(kind, aws, new, error, existing)
        except IdentityError:
            ownership.mark_blocked(kind, aws, holder.id, holder.live)
            raise
    else:
        ownership.claim_created(kind, aws, holder.id, holder.live)
    return existing


def is_conflict(error: Exception) -> bool:
    """Return whether an error reports that another entity has the same name or another unique value.

    Args:
        error: The exception of a write.

    Returns:
        Whether it does.
    """
    return code(error) in CONFLICTS and member(error, "Reason") in ("", "UNIQUENESS_CONSTRAINT_VIOLATION")


def find_holder(kind: Kind, aws: Session, new: State, paths: tuple[str, ...]) -> Holder | None:
    """Return the first entity that has a unique value of some inputs.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        new: The inputs.
        paths: The paths of unique values to look for.

    Returns:
        The entity; None if AWS confirms that no entity has these values.
    """
    for path in paths:
        if value_at(path, new) is None and path != kind.name_property:
            continue
        try:
            id_ = kind.find_holder(aws, path, new)
        except Exception as error:
            if not kind.is_gone(aws, "", new, error):
                raise
            continue
        if id_:
            known = kind.parse_id(id_, aws.region)
            live = kind.read_entity(aws, id_, new | known)
            if live is not None:
                return Holder(path, id_, known | live)
    return None


def explain_held_value(
    kind: Kind, aws: Session, id_: str, new: State, error: Exception, *, changed: frozenset[str]
) -> IdentityError | None:
    """Return the error for an update that failed because another entity has one of its unique values.

    Args:
        kind: The kind of the resource.
        aws: The session of the resource.
        id_: The physical id.
        new: The inputs.
        error: The exception of the update.
        changed: The changed inputs.

    Returns:
        The error; None if the update failed for another reason.
    """
    if not is_conflict(error):
        return None
    paths = tuple(path for path in kind.unique if property_of(path) in changed)
    try:
        holder = find_holder(kind, aws, new, paths)
    except Exception:  # noqa: BLE001  (the error of the update is more useful than the error of this search)
        return None
    if holder is None or holder.id == id_:
        return None
    ownership.mark_blocked(kind, aws, holder.id, holder.live)
    return _held_by(kind, "updating", new, error, holder)


def require_free_key(kind: Kind, aws: Session, identity: tuple[str, ...], old: State, new: State) -> None:
    """Raise if another entity already has a unique value of a replacement, whose entity would be deleted first.

    Costs one call for each unique value, or one listing for AppStream.

    Args:
        kind: The kind of the resource.
        aws: The session for the new entity.
        identity: The identity of the entity to replace.
        old: Its properties in state.
        new: The new inputs.

    Raises:
        AlreadyExists: Another entity has the value.
    """
    with explaining("reading", kind.label(new), kind.service):
        if kind.references:
            if not has_unknown([new.get(name) for name in kind.natural_key]):
                kind.require_replaceable(aws, new)
            return
        for path in kind.unique:
            is_name = path == kind.name_property
            sources = {*kind.natural_key, *kind.key_sources} if is_name else {*kind.unique_within, property_of(path)}
            if has_unknown([new.get(name) for name in sources]) or not (is_name or value_at(path, new)):
                continue
            try:
                other = kind.find_taken_key(aws, new) if is_name else kind.find_holder(aws, path, new)
            except Exception as error:
                if not kind.is_gone(aws, "", new, error):
                    raise
                continue
            if other and kind.identity(aws, other, new) != identity:
                has = "already exists" if is_name else f"has the same {path}"
                taken = kind.label(new | kind.parse_id(other, aws.region)) if is_name else other
                message = (
                    f"replacing {kind.label(old)}: {taken} {has}, so the replacement would fail"
                    f" after the {kind.noun} was deleted — use another name, or delete or rename the existing"
                    f" {kind.noun} first"
                )
                raise AlreadyExists(message)


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
        remedy = (
            "set adopt=True to take it over, or import it with `pulumi-identity import`; if the resource only has a new"
            " name or parent in the program, add opts=ResourceOptions(aliases=[pulumi.Alias(…)]) with the old one"
            f"{MOVED}"
        )
        raise _already_exists(kind, "creating", new, error, remedy) from None
    refuse_externally_managed(kind, "adopting", new, existing.live)
    if fixed := sorted(existing.differing & kind.schema.replaces):
        message = (
            f"adopting {kind.label(new)}: AWS has a different value for {', '.join(fixed)}, which can't be changed"
            f" — read it with `get` and declare it, or delete the existing {kind.noun} first"
        )
        raise Conflict(message)
    if not ownership.claim_existing(kind, aws, existing.id, new):
        remedy = f"this run is deleting the {kind.noun} under its old name; run the command again"
        raise _already_exists(kind, "creating", new, error, remedy) from None


def is_others_conflict(error: Exception) -> bool:
    """Return whether an error of a create reports an entity that this create can't have created itself.

    Args:
        error: The exception of the create.

    Returns:
        Whether it does.
    """
    return is_conflict(error) and not _was_tried_before(error)


def _was_tried_before(error: Exception) -> bool:
    """Return whether an earlier attempt of the request may have been executed."""
    return code(error) in UNANSWERED or answer(error).get("ResponseMetadata", {}).get("RetryAttempts", 0) > 0


def _is_own_attempt(kind: Kind, existing: ExistingEntity, error: Exception, took: timedelta) -> bool:
    """Return whether an earlier attempt of this create created the entity: it is new, and matches the program."""
    created = existing.live.get(kind.created)
    if not _was_tried_before(error) or created is None or existing.differing - kind.set_after_creation:
        return False
    now = answered_at(answer(error)) or datetime.now(UTC)  # AWS's clock, if AWS answered at all
    return bool(datetime.fromisoformat(str(created)) >= now - took - CLOCK_SKEW)


def _held_by(kind: Kind, doing: str, new: State, error: Exception, holder: Holder) -> AlreadyExists:
    same = f"{kind.label(holder.live)} has the same {holder.path}"
    name = holder.live.get(kind.natural_key[-1])
    if handover.is_given_up(holder.id):
        remedy = f"{same}, which its resource gives up; run the command again"
    elif holder.path == kind.name_property or doing == "updating":
        remedy = f"{same}; use another value"
    else:
        remedy = (
            f"{same}; if it is the same {kind.noun}, add"
            f' opts=ResourceOptions(aliases=[pulumi.Alias(name="{name}")]), with'
            f" the resource's old name in the program, to rename it{MOVED}; otherwise use another value"
        )
    return _already_exists(kind, doing, new, error, remedy)


def _already_exists(kind: Kind, doing: str, new: State, error: Exception, remedy: str) -> AlreadyExists:
    translated = translate(error, doing, kind.label(new), kind.service, remedy)
    return AlreadyExists(translated.message).of_request(translated) if translated else AlreadyExists(remedy)
