"""Pulumi's six calls, built from a kind's four verbs. Arguments and results are plain values.

`check` and `diff` make no AWS call and change no state, except in the steps that their docstrings name.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from pulumi_identity import _state
from pulumi_identity.aws import listings
from pulumi_identity.aws.session import session
from pulumi_identity.errors import NotFound, explaining

from . import ownership
from .conflicts import resolve_create_conflict
from .failures import Failure
from .kinds import SETTINGS, Kind
from .schema import State, restrict_to_declared

if TYPE_CHECKING:
    from pulumi_identity.aws.session import Session


class Checked(NamedTuple):
    """The result of `check`."""

    inputs: State
    """The inputs in canonical form. If there are failures, the inputs as given."""
    failures: list[Failure]


class Read(NamedTuple):
    """The result of `read` for an existing entity."""

    id: str
    outputs: State
    inputs: State | None
    """The live values of the declared inputs. None if the program only reads the entity."""


def check(kind: Kind, olds: State, news: State) -> Checked:
    """Validate the program's inputs and return all failures.

    The step `ownership.declare` records that the program declares the resource.

    Args:
        kind: The kind of the resource.
        olds: The inputs in state; empty for a new resource.
        news: The program's inputs.

    Returns:
        The canonical inputs, or the failures.
    """
    valid, failures = kind.schema.validate(kind.schema.declared(news))
    failed = {failure.property for failure in failures}
    old = kind.schema.declared(olds)
    for rule in kind.rules:
        # An imported resource may lack properties that AWS does not return. It exists, so it passes unchanged.
        if rule.property not in failed and rule.broken(valid) and not (old and rule.broken(old)):
            failures.append(Failure(rule.property, rule.reason))
    if failures:
        return Checked(news, failures)
    ownership.declare(kind, valid)
    return Checked(valid, [])


def diff(kind: Kind, id_: str, olds: State, news: State) -> frozenset[str]:
    """Return the inputs that differ.

    The step `ownership.claim` records that an unchanged resource of the program manages the entity.

    Args:
        kind: The kind of the resource.
        id_: The physical id.
        olds: The outputs in state.
        news: The program's inputs, checked.

    Returns:
        The names of the inputs.
    """
    changed = kind.changed_inputs(olds, news)
    if not changed and ownership.is_declared(kind, news):
        ownership.claim(kind, _session(olds), id_)
    return changed


def create(kind: Kind, props: State) -> tuple[str, State]:
    """Create the entity, or adopt an existing one.

    Args:
        kind: The kind of the resource.
        props: The program's inputs, checked.

    Returns:
        The physical id, and the outputs.

    Raises:
        IdentityError: The request failed, or the entity exists and must not be adopted.
    """
    new = kind.schema.declared(props)
    aws = _session(new)
    with explaining("creating", kind.label(new), kind.service):
        region, began = aws.region, time.monotonic()
        try:
            id_, answer = kind.create(aws, new)
        except Exception as error:  # noqa: BLE001  (raised again unless the conflict can be resolved)
            took = timedelta(seconds=time.monotonic() - began)
            id_, live, differing = resolve_create_conflict(kind, aws, new, error, took)
            before = live | {
                name: restrict_to_declared(live[name], value) for name, value in new.items() if name in live
            }
            answer = live | (kind.update(aws, id_, before, new, differing) if differing else {})
        finally:
            listings.end(kind.service)
    ownership.claim(kind, aws, id_)
    return id_, kind.outputs(id_, new, {"region": region} | answer)


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
            readable = not kind.schema.inputs[name].write_only
            inputs[name] = restrict_to_declared(live.get(name), declared) if readable else declared
    inputs = {name: value for name, value in inputs.items() if value not in (None, [], {})}
    return Read(id_, kind.outputs(id_, inputs, {"region": old.get("region")} | live), inputs)


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
    kept = {name: old[name] for name in kind.schema.computed_defaults & old.keys() if name not in new}
    aws = _session(kept | new)
    changed = kind.changed_inputs(olds, news)
    with explaining("updating", kind.label(old), kind.service):
        for name in sorted(changed & {"region", "role_arn"}):
            # A new region or role must not replace: that would delete the entity and fail to create it there.
            if kind.read_entity(aws, id_, old) is None:
                message = f"updating {kind.label(old)}: not found with the new {name} — check `{name}`"
                raise NotFound(message)
        ownership.claim(kind, aws, id_)
        try:
            answer = kind.update(aws, id_, old, kept | new, changed - SETTINGS)
        finally:
            listings.end(kind.service)
    return kind.outputs(id_, new, old | answer)


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
    with explaining("deleting", kind.label(old), kind.service):
        if not ownership.may_delete(kind, aws, id_, old):
            return
        try:
            kind.delete(aws, id_, old)
        except Exception as error:
            if not kind.is_gone(aws, id_, old, error):
                raise
        finally:
            listings.end(kind.service)


def _session(props: State) -> Session:
    return session(props.get("region"), props.get("role_arn"))
