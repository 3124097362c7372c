"""Pulumi's six calls, built from a kind's four verbs. Arguments and results are plain values.

`check` and `diff` make no AWS call and change no state, except in the steps that their docstrings name.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from pulumi.output import Unknown

from pulumi_identity import _state
from pulumi_identity.aws import call_log, listings
from pulumi_identity.aws.regions import local_region
from pulumi_identity.aws.session import session
from pulumi_identity.errors import Conflict, IdentityError, NotFound, Rejected, explaining, translate

from . import handover, ownership
from .conflicts import explain_held_value, is_conflict, is_others_conflict, require_free_key, resolve_create_conflict
from .failures import Failure
from .group_owners import require_one_owner
from .kinds import SETTINGS, Kind
from .schema import State, has_unknown, restrict_to_declared
from .settings import ACCESS, RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_identity.aws.session import Session


P = ParamSpec("P")
T = TypeVar("T")

NO_REGION = "is required: set `region` or AWS_REGION, or run `pulumi config set identity:region …`"


class Checked(NamedTuple):
    """The result of `check`."""

    inputs: State
    """The inputs in canonical form. If there are failures, the inputs as given."""
    failures: list[Failure]


class Diff(NamedTuple):
    """The result of `diff`."""

    changed: frozenset[str]
    """The inputs that differ."""
    replaces: frozenset[str]
    """Those of them that force a replacement."""


class Read(NamedTuple):
    """The result of `read` for an existing entity."""

    id: str
    outputs: State
    inputs: State | None
    """The live values of the declared inputs. None if the program only reads the entity."""


def _logged(call: Callable[Concatenate[Kind, P], T]) -> Callable[Concatenate[Kind, P], T]:
    """Name the kind in the log of AWS calls."""

    @wraps(call)
    def of_kind(kind: Kind, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with call_log.calls_for(kind.name):
            return call(kind, *args, **kwargs)

    return of_kind


def check(kind: Kind, olds: State, news: State) -> Checked:
    """Validate the program's inputs and return all failures.

    The steps `ownership.declare`, `handover.plan_adoption` and `require_one_owner` record what the program declares.
    The step `_require_region` reads the environment and the profile.

    Args:
        kind: The kind of the resource.
        olds: The inputs in state; empty for a new resource.
        news: The program's inputs.

    Returns:
        The canonical inputs, or the failures.

    Raises:
        IdentityError: The profile does not exist.
    """
    valid, failures = kind.schema.validate(kind.schema.declared(news))
    failures += kind.schema.unknown(news)
    failed = {failure.property for failure in failures}
    old = kind.schema.declared(olds)
    unknown: Any = Unknown()  # type: ignore[no-untyped-call]
    known = valid | dict.fromkeys(failed, unknown)  # a mistake is one failure
    for rule in (*RULES, *kind.rules):
        # An imported resource may lack properties that AWS does not return. It exists, so it passes unchanged.
        if rule.property not in failed and rule.broken(known) and not (old and rule.broken(old)):
            failures.append(Failure(rule.property, rule.reason))
    if not old and "region" not in valid and not failed & {"region", "profile"}:
        failures += _require_region(kind, valid)
    if not failures and not old and valid.get("adopt"):
        failures = handover.plan_adoption(kind, valid)
    if not failures:
        failures = require_one_owner(kind, valid)
    if failures:
        return Checked(news, failures)
    handover.note_plan()
    ownership.declare(kind, old, valid)
    return Checked(valid, [])


def _require_region(kind: Kind, new: State) -> list[Failure]:
    """Return a failure if neither the program nor the machine sets a region. Credentials may come later."""
    profile = new.get("profile")
    if has_unknown(profile):
        return []
    with explaining("checking", kind.label(new), kind.service):
        return [] if local_region(profile) else [Failure("region", NO_REGION)]


def _require_known(kind: Kind, doing: str, props: State) -> None:
    """Raise if there are unknown properties. A policy sets them after `check`, and the engine doesn't check again."""
    if failures := kind.schema.unknown(props):
        raise Rejected(
            f"{doing} {kind.label(props)}: {'; '.join(map(str, failures))} — correct the policy that sets it"
        )


@_logged
def diff(kind: Kind, id_: str, olds: State, news: State) -> Diff:
    """Return the inputs that differ.

    The steps of `ownership` and `handover` record what a resource of the program does with its entity. The step
    `require_free_key` makes one AWS call before a replacement under another natural key.

    Args:
        kind: The kind of the resource.
        id_: The physical id.
        olds: The outputs in state.
        news: The program's inputs, checked.

    Returns:
        The names of the inputs, and of those that force a replacement.

    Raises:
        IdentityError: The plan would fail halfway, the natural key of a replacement can't be looked up, or a policy
            has set an unknown property.
    """
    _require_known(kind, "updating", news)
    changed, is_declared = kind.changed_inputs(olds, news), ownership.is_declared(kind, news)
    if is_declared:
        ownership.compare(kind, _session(olds), id_, olds, news, changed=bool(changed))
    if not changed:
        return Diff(changed, replaces=frozenset())
    old, new = kind.stored(id_, olds), kind.schema.declared(news)
    # A value that state lacks may be the value in AWS. The update compares them.
    replaces = frozenset(name for name in changed & kind.schema.replaces if name in old or name not in new)
    if not is_declared:
        return Diff(changed, replaces)
    all_new = _with_computed_defaults(kind, old, new)
    handover.plan_update(kind, id_, old, all_new)
    if changed & {*kind.natural_key, *kind.key_sources, *kind.unique_properties}:
        if replaces:
            _require_free_key(kind, id_, old, all_new)
        else:
            ownership.mark_renamed(kind, _session(old), id_, old, all_new)
    return Diff(changed, replaces)


@_logged
def create(kind: Kind, props: State) -> tuple[str, State]:
    """Create the entity, or adopt an existing one.

    Args:
        kind: The kind of the resource.
        props: The program's inputs, checked.

    Returns:
        The physical id, and the outputs.

    Raises:
        IdentityError: The request failed, the entity exists and must not be adopted, or a policy has set an unknown
            property.
    """
    _require_known(kind, "creating", props)
    new = kind.schema.declared(props)
    aws = _session(new)
    with explaining("creating", kind.label(new), kind.service), _noting_failure():
        region, began = aws.region, time.monotonic()
        try:
            id_, answer = handover.waiting_for_values(kind, new, lambda: kind.create(aws, new), is_others_conflict)
        except Exception as error:  # noqa: BLE001  (raised again unless the conflict can be resolved)
            took = timedelta(seconds=time.monotonic() - began)
            id_, live, differing = resolve_create_conflict(kind, aws, new, error, took)
            before = live | {
                name: restrict_to_declared(live[name], value) for name, value in new.items() if name in live
            }
            try:
                answer = live | (_write(kind, aws, id_, before, new, changed=differing) if differing else {})
            except BaseException:
                ownership.release(kind, aws, id_, live)
                raise
        else:
            ownership.claim_created(kind, aws, id_, new)
        finally:
            listings.end(kind.service)
    ownership.mark_done(kind, new)
    return id_, kind.outputs(id_, new, {"region": region} | answer)


@_logged
def read(kind: Kind, id_: str, props: State) -> Read | None:
    """Read the entity from AWS, for a refresh or for `get`.

    Args:
        kind: The kind of the resource.
        id_: The physical id.
        props: The resource's properties in state; for `get`, the program's inputs.

    Returns:
        The live entity; None if AWS confirms that a managed entity no longer exists.

    Raises:
        NotFound: The program only reads the entity, and it does not exist.
        IdentityError: The request failed. Whether the entity exists is unknown.
    """
    managed = _state.RESOLVED in props
    with explaining("reading", f"{kind.entity} ({id_})", kind.service):
        old = kind.stored(id_, props)
        aws = _session(old)
        listing = kind.listing(aws, old)
        live = kind.read_entity(aws, id_, old, listings.find(aws, listing, id_) if listing else None)
        if live is None and not managed:
            raise NotFound(f"reading {kind.entity} ({id_}): not found — check the id and the region")
    if live is None:
        return None
    if not managed:
        names = kind.schema.inputs.keys() | kind.schema.outputs
        known = old | {"region": aws.region} | live
        return Read(id_, {name: known[name] for name in sorted(names & known.keys())}, None)
    id_ = kind.current_id(id_, live)
    live = kind.parse_id(id_, old.get("region", "")) | live
    inputs: State = {}
    for name, declared in kind.schema.declared(props).items():
        if name not in props.get(_state.RESOLVED, ()):
            inputs[name] = kind.schema.managed(name, live.get(name), declared)
    inputs = {name: value for name, value in inputs.items() if value is not None}
    return Read(id_, kind.outputs(id_, inputs, {"region": old.get("region")} | live), inputs)


@_logged
def update(kind: Kind, id_: str, olds: State, news: State) -> State:
    """Write the changed inputs to AWS.

    Args:
        kind: The kind of the resource.
        id_: The physical id.
        olds: The outputs in state.
        news: The program's inputs, checked.

    Returns:
        The outputs.

    Raises:
        NotFound: The entity does not exist in the new region, or for the new role.
        IdentityError: The request failed.
    """
    old = kind.stored(id_, olds)
    new = kind.schema.declared(news)
    all_new = _with_computed_defaults(kind, old, new)
    aws = _session(all_new)
    changed = kind.changed_inputs(olds, news)
    with explaining("updating", kind.label(old), kind.service), _noting_failure():
        moved = [name for name in ACCESS if name in changed]
        # A new region or account must not replace: that would delete the entity and fail to create it there.
        if moved and kind.read_entity(aws, id_, old) is None:
            names = " and ".join(f"`{name}`" for name in moved)
            message = f"updating {kind.label(old)}: not found with the new {' and '.join(moved)} — check {names}"
            raise NotFound(message)
        try:
            if not ownership.claim_existing(kind, aws, id_, old, "updating"):
                message = (
                    f"updating {kind.label(old)}: this run is deleting the {kind.noun} under its old name"
                    " — run the command again"
                )
                raise Conflict(message)
            _require_equal(kind, aws, id_, old, all_new, names=changed & kind.schema.replaces)
            writable = changed - SETTINGS - kind.schema.replaces
            answer = _write(kind, aws, id_, old, all_new, changed=writable) if writable else {}
        finally:
            handover.finished(id_)
            listings.end(kind.service)
    ownership.mark_done(kind, new)
    return kind.outputs(id_, new, old | answer)


@_logged
def delete(kind: Kind, id_: str, props: State) -> None:
    """Delete the entity, unless another resource of the program manages it under a new name.

    Args:
        kind: The kind of the resource.
        id_: The physical id.
        props: The resource's properties in state.

    Raises:
        IdentityError: The request failed, or another resource declares the entity but could not adopt it.
    """
    old = kind.stored(id_, props)
    aws = _session(old)
    with explaining("deleting", kind.label(old), kind.service), _noting_failure():
        try:
            if renamed := ownership.renamed_to(
                kind, aws, id_, old
            ):  # `replace_on_changes` replaces instead of updating
                _require_free_key(kind, id_, old, renamed)
            # A set checks each of its memberships itself, because another resource may manage some of them.
            if kind.relation or ownership.may_delete(kind, aws, id_, old):
                kind.delete(aws, id_, old)
        except Exception as error:
            if isinstance(error, IdentityError) or not kind.is_gone(aws, id_, old, error):
                ownership.mark_kept(kind, aws, id_, old)
                raise
        finally:
            handover.finished(id_)
            listings.end(kind.service)


def _require_free_key(kind: Kind, id_: str, old: State, new: State) -> None:
    """Raise if another entity has a unique value of a replacement, whose entity would be deleted first."""
    if not has_unknown([new.get(name) for name in ACCESS]):
        require_free_key(kind, _session(new), kind.identity(_session(old), id_, old), old, new)


@contextmanager
def _noting_failure() -> Iterator[None]:
    try:
        yield
    except BaseException:
        ownership.mark_failed()
        raise


def _write(kind: Kind, aws: Session, id_: str, old: State, new: State, *, changed: frozenset[str]) -> State:
    """Update the entity. Explain the errors that concern one property."""
    try:
        return handover.waiting_for_values(kind, new, lambda: kind.update(aws, id_, old, new, changed), is_conflict)
    except Exception as error:
        for name in sorted(changed & kind.refused.keys()):
            refused = translate(error, "updating", kind.label(old), kind.service, kind.refused[name])
            if isinstance(refused, Rejected):
                raise refused from None
        held = explain_held_value(kind, aws, id_, new, error, changed=changed)
        if held is None:
            raise
        raise held from None


def _require_equal(kind: Kind, aws: Session, id_: str, old: State, new: State, *, names: frozenset[str]) -> None:
    """Raise if AWS has other values for properties that can't be updated. State lacks some of these properties."""
    if not names:
        return
    live = old
    if names - old.keys() - kind.schema.write_only:
        entity = kind.read_entity(aws, id_, old)
        if entity is None:
            message = (
                f"updating {kind.label(old)}: not found — run `pulumi up --refresh` to create the {kind.noun} again"
            )
            raise NotFound(message)
        live = entity
    declared = {name: new[name] for name in names if name in new}
    differing = sorted(kind.differing(live, declared) | (kind.contradicting(old, new) & names))
    if differing:
        message = (
            f"updating {kind.label(old)}: AWS has a different value for {', '.join(differing)}, which can't be updated"
            f" — declare AWS's value, or replace the {kind.noun} with"
            f" opts=ResourceOptions(replace_on_changes={differing!r})"
        )
        raise Conflict(message)


def _with_computed_defaults(kind: Kind, old: State, new: State) -> State:
    """Return the new inputs, with the computed defaults in state that still hold."""
    derived = {kind.name_property} if kind.key_sources & new.keys() else set()
    names = (kind.schema.computed_defaults & old.keys()) - new.keys() - derived
    return {name: old[name] for name in names} | new


def _session(props: State) -> Session:
    return session(*(props.get(name) for name in ACCESS))
