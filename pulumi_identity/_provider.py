"""The one provider: Pulumi's six calls in terms of four verbs that a resource file writes."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from typing_extensions import override

from . import _aws, _errors, _existing, _listing, _renamed, _state
from ._schema import Failure, Rule, Schema, State, project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ._listing import Kind

_OURS = {"region", "role_arn", "adopt"}
"""Inputs that say how to go about it; AWS doesn't know them."""


class Provider(ResourceProvider):
    """Create, read, update and delete of one kind of resource.

    An instance must hold nothing: Pulumi pickles one into the state of each resource, and a single
    attribute would make that pickle grow until the program dies.
    """

    serialize_as_secret_always = False  # its pickle is a name

    service: ClassVar[str]
    """boto3's name of the service."""
    id_format: ClassVar[str]
    """What a physical id looks like."""
    kind: ClassVar[str]
    """What errors call the entity."""
    label: ClassVar[tuple[str, ...]]
    """The properties that name the entity in errors, joined by `/`."""
    known_from_id: ClassVar[frozenset[str]]
    """The properties that `from_id` can tell."""

    created: ClassVar[str] = "created_at"
    """The property, declared or not, that tells when the entity was made."""
    set_after_creation: ClassVar[frozenset[str]] = frozenset()
    """Properties that a create sets with a call of their own."""

    rules: ClassVar[tuple[Rule, ...]] = ()
    """What AWS demands across properties."""

    name: ClassVar[str]
    schema: ClassVar[Schema]

    @classmethod
    def register(cls, name: str, schema: Schema) -> None:
        """Take what the resource class called `name` declares, and answer to that name in state."""
        cls.name, cls.schema = name, schema
        _state.PROVIDERS[name] = cls

    def __reduce__(self) -> tuple[Any, ...]:
        return _state.provider, (self.name,)

    # What a resource writes

    @classmethod
    def from_id(cls, id_: str, region: str = "") -> State:
        """Tell every property in `known_from_id` from the physical id, and the region for an ARN's partition.

        Raises what `not_an_id` returns for an id that isn't one.
        """
        raise NotImplementedError

    @classmethod
    def not_an_id(cls, id_: str) -> _errors.Rejected:
        """Return the error for what was given as an id but isn't one."""
        return _errors.Rejected(f"reading {cls.kind} ({id_}): not an id — it looks like {cls.id_format}")

    def _create(self, aws: _aws.Session, new: State) -> tuple[str, State]:
        """Make it, with one call where AWS allows, and return its physical id and what AWS answered.

        On an error nothing may be left behind; once it is made, nothing may fail.
        """
        raise NotImplementedError

    def _find(self, aws: _aws.Session, id_: str, old: State, listed: State | None = None) -> State | None:
        """Return its live properties in our words, or None where it is certain that AWS has none.

        `listed` is what a listing of its kind has of it; without, AWS is asked for it alone.
        """
        raise NotImplementedError

    def _kind(self, aws: _aws.Session, old: State) -> Kind | None:
        """Return how to list its kind, in answers of the same shape; None where it can't be listed."""
        raise NotImplementedError

    def _update(self, aws: _aws.Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        """Set what changed, with one call for each changed thing; a changed property not in `new` is cleared.

        Returns what AWS answered.
        """
        raise NotImplementedError

    def _delete(self, aws: _aws.Session, id_: str, old: State) -> None:
        """Remove it."""
        raise NotImplementedError

    def locate(self, aws: _aws.Session, new: State) -> str | None:
        """Return the id of the entity that has the name which `new` wants, or None."""
        raise NotImplementedError

    def _is_gone(self, aws: _aws.Session, id_: str, old: State, error: Exception) -> bool:
        """Tell whether an error means that the entity itself is gone, and not its store, namespace or region."""
        raise NotImplementedError

    def found_as(self, id_: str, live: State) -> str:  # noqa: ARG002
        """Return the physical id of what `_find` found: the same, unless it counts as the same by another."""
        return id_

    def identity(self, aws: _aws.Session, id_: str) -> tuple[str, ...]:  # noqa: ARG002
        """Return what tells the entity from all others in the world: most ids do."""
        return self.service, id_

    def request(self, new: State, *but: str) -> State:
        """Return a create's request: every input that is AWS's, in its words, but those named."""
        return self.schema.to_aws({name: value for name, value in new.items() if name not in _OURS.union(but)})

    # Pulumi's calls

    @override
    def check(self, _olds: State, news: State) -> CheckResult:
        valid, failures = self.schema.validate(self.schema.declared(news))
        failed = {failure.property.partition("[")[0].partition(".")[0] for failure in failures}
        for rule in self.rules:
            if rule.property not in failed and rule.broken(valid):
                # What was brought in may lack what AWS doesn't tell; it exists all the same, and may stay as it is.
                old = self.schema.declared(_olds)
                if not old or not rule.broken(old):
                    failures.append(Failure(rule.property, rule.reason))
        if failures:
            # Under a property's name Pulumi would print its value, be it a secret or somebody's date of birth.
            return CheckResult(news, [CheckFailure("", f"{failure.property} {failure.reason}") for failure in failures])
        _renamed.declare(self, valid)
        return CheckResult(valid, [])

    @override
    def diff(self, _id: str, _olds: State, _news: State) -> DiffResult:
        changed = self._changed(_olds, _news)
        if not changed:
            if _renamed.is_declared(self, _news):
                _renamed.keep(self, self._session(_olds), _id)
            return DiffResult(changes=False)
        # None, not True: the engine then compares the inputs itself and shows each property that changed.
        return DiffResult(changes=None, replaces=sorted(changed & self.schema.replaces), delete_before_replace=True)

    @override
    def create(self, props: State) -> CreateResult:
        new = self.schema.declared(props)
        aws = self._session(new)
        with _errors.explaining("creating", self.entity_of(new), self.service):
            region, began = aws.region, time.monotonic()
            try:
                id_, answered = self._create(aws, new)
            except Exception as error:  # noqa: BLE001  (what it can't settle, it raises again)
                took = timedelta(seconds=time.monotonic() - began)
                id_, live, differing = _existing.settle(self, aws, new, error, took)
                before = live | {name: project(live[name], value) for name, value in new.items() if name in live}
                answered = live | (self._update(aws, id_, before, new, differing) if differing else {})
            finally:
                _listing.written(self.service)
        _renamed.keep(self, aws, id_)
        return CreateResult(id_, self.outputs_of(id_, new, {"region": region} | answered))

    @override
    def read(self, id_: str, props: State) -> ReadResult:
        managed = _state.RESOLVED in props
        with _errors.explaining("reading", f"{self.kind} ({id_})", self.service):
            old = self._stored(id_, props)
            aws = self._session(old)
            kind = self._kind(aws, old)
            live = self.look(aws, id_, old, _listing.find(aws, kind, id_) if kind else None)
            if live is None and not managed:
                raise _errors.NotFound(f"reading {self.kind} ({id_}): there is none — check the id and the region")
        if live is None:
            return ReadResult("", {})
        if not managed:
            names = self.schema.inputs.keys() | self.schema.outputs
            told = old | {"region": aws.region} | live
            return ReadResult(id_, {name: told[name] for name in sorted(names & told.keys())})
        id_ = self.found_as(id_, live)
        live = self.from_id(id_, old.get("region", "")) | live
        inputs: State = {}
        for name, declared in self.schema.declared(props).items():
            if name not in props.get(_state.RESOLVED, ()):
                field = self.schema.inputs[name]
                inputs[name] = declared if field.write_only else project(live.get(name), declared)
        inputs = {name: value for name, value in inputs.items() if value not in (None, [], {})}
        return ReadResult(id_, self.outputs_of(id_, inputs, {"region": old.get("region")} | live), inputs)

    @override
    def update(self, _id: str, _olds: State, _news: State) -> UpdateResult:
        old = self._stored(_id, _olds)
        new = self.schema.declared(_news)
        kept = {name: old[name] for name in self.schema.resolved & old.keys() if name not in new}
        aws = self._session(kept | new)
        changed = self._changed(_olds, _news)
        with _errors.explaining("updating", self.entity_of(old), self.service):
            for name in sorted(changed & {"region", "role_arn"}):
                # Where it is looked for is no reason to replace it: that would delete it, and fail to make it there.
                if self.look(aws, _id, old) is None:
                    message = f"updating {self.entity_of(old)}: with the new {name} it is not there — check the {name}"
                    raise _errors.NotFound(message)
            _renamed.keep(self, aws, _id)
            try:
                answered = self._update(aws, _id, old, kept | new, changed - _OURS)
            finally:
                _listing.written(self.service)
        return UpdateResult(self.outputs_of(_id, new, old | answered))

    @override
    def delete(self, _id: str, _props: State) -> None:
        old = self._stored(_id, _props)
        aws = self._session(old)
        with _errors.explaining("deleting", self.entity_of(old), self.service):
            if not _renamed.leaves(self, aws, _id, old):
                return  # it was renamed in the program, and the resource of the new name has it now
            try:
                self._delete(aws, _id, old)
            except Exception as error:
                if not self._is_gone(aws, _id, old, error):
                    raise
            finally:
                _listing.written(self.service)

    # Shared steps

    def differing(self, live: State, new: State) -> frozenset[str]:
        """Name the declared properties that AWS has otherwise."""
        told = {name: value for name, value in new.items() if not self.schema.inputs[name].write_only}
        return frozenset(name for name, value in told.items() if project(live.get(name), value) != value)

    def _changed(self, olds: State, news: State) -> frozenset[str]:
        """Name the inputs that differ; one that AWS decides does not when the program leaves it open."""
        old, new = self.schema.declared(olds), self.schema.declared(news)
        return frozenset(
            name
            for name in old.keys() | new.keys()
            if _lasting(name, old) != _lasting(name, new) and (name in new or name not in self.schema.resolved)
        )

    def _stored(self, id_: str, props: State) -> State:
        """What state knows of the entity, and what its id tells."""
        names = self.schema.inputs.keys() | self.schema.outputs
        stored = {name: value for name, value in props.items() if name in names and value is not None}
        return self.from_id(id_, stored.get("region", "")) | stored

    def outputs_of(self, id_: str, inputs: State, known: State) -> State:
        """What is kept in state: the inputs, what was decided for the program, what AWS computes."""
        known = self.from_id(id_, known.get("region") or "") | known
        resolved = sorted(name for name in self.schema.resolved - inputs.keys() if known.get(name) is not None)
        computed = [name for name in sorted(self.schema.outputs) if known.get(name) is not None]
        return inputs | {name: known[name] for name in (*resolved, *computed)} | {_state.RESOLVED: resolved}

    def _session(self, props: State) -> _aws.Session:
        return _aws.session(props.get("region"), props.get("role_arn"))

    def pages(self, aws: _aws.Session, where: State) -> Iterator[Mapping[str, State]]:
        """List its kind: a call of AWS for each page, as AWS's answers by physical id."""
        kind = self._kind(aws, where)
        return kind.pages() if kind else iter(())

    def look(self, aws: _aws.Session, id_: str, old: State, listed: State | None = None) -> State | None:
        """Return its live properties, or None where it is certain that it is gone."""
        try:
            return self._find(aws, id_, old, listed)
        except Exception as error:
            if self._is_gone(aws, id_, old, error):
                return None
            raise

    def entity_of(self, props: State) -> str:
        """Return what errors call the entity: its kind and its name."""
        return f"{self.kind} ({'/'.join(str(props[name]) for name in self.label if name in props)})"


def _lasting(name: str, props: State) -> Any:
    """Return a value as `diff` sees it: that something was adopted is history once it has happened."""
    value = props.get(name)
    return None if name == "adopt" and isinstance(value, bool) else value
