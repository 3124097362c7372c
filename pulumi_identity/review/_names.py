"""Names: what readers call a resource, where it is, whom an id belongs to, and which resources are one person's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ._facts import Action
from ._kinds import KINDS, REFERENCES, TYPE, WHERE
from ._values import Mark, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from . import _engine
    from ._facts import Facts

Identity = tuple[Any, ...]
"""What tells that two resources are one and the same in AWS."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A user or group that a membership names."""

    label: str
    key: str
    """The URN, or the id of one that the preview does not show."""
    certain: bool
    """Whether it is known which one it will be."""
    name: str | None = None
    """What it is called in AWS, as far as the preview knows."""

    @property
    def shown(self) -> bool:
        """Whether the preview has more of it than an id."""
        return self.key.startswith("urn:")


class Names:
    """What is known of the names of all resources."""

    def __init__(self, facts: Iterable[Facts]) -> None:
        ours = sorted((each for each in facts if each.kind in KINDS), key=lambda each: list(KINDS).index(each.kind))
        self.facts = {each.urn: each for each in ours}
        self.where = _agreed(ours)
        self.places: dict[str, dict[str, str]] = {}
        """Kind → where all of it is, if not all else is there too."""
        for kind in KINDS:
            agreed = _agreed([each for each in ours if each.kind == kind])
            self.places[kind] = {name: value for name, value in agreed.items() if name not in self.where}
        self.ids: dict[tuple[str, str], str] = {}
        # Of two resources that are one in AWS, the id is called after the one that is managed.
        for each in sorted(ours, key=lambda each: not each.managed):
            for kind, property_ in REFERENCES.values():
                for id_ in _ids(each, property_) if each.kind == kind else ():
                    self.ids.setdefault((kind, id_), each.urn)
        self.identified = set(self.ids.values())
        self.persons = _persons(ours, self)
        """URN of somebody's account → what all accounts of that person have in common."""
        self.labels = self._labels(ours)

    def identity(self, kind: str, state: Mapping[str, Any] | None) -> Identity | None:
        """Tell what something is in AWS; None where that is not known."""
        name = (state or {}).get(KINDS[kind].named_by or "")
        if not state or not isinstance(name, str):
            return None
        places = [state.get(property_) or self._common(kind).get(property_) for property_ in KINDS[kind].unique_in]
        return None if any(isinstance(place, list | dict) for place in places) else (kind, *places, name)

    def same_as(self, key: str, moment: int) -> Any:
        """Return what a reference's key has in common with all keys of the same one in AWS, before (0) or after (1)."""
        each = self.facts.get(key)
        if each is None:
            return key
        same = self.identity(each.kind, (each.before or each.after, each.after or each.before)[moment]) or key
        anew = each.action.replaces or each.action is Action.CREATE
        return (same, moment) if anew else same

    def reference(self, name: str, state: _engine.State | None) -> Reference | None:
        """Tell whom a membership's property names."""
        if state is None or name not in state.inputs | state.outputs:
            return None
        kind, _ = REFERENCES[name]
        value = marked((state.outputs | state.inputs)[name])
        if isinstance(value, str) and (urn := self.ids.get((kind, value.rpartition("/")[2]))):
            return self._shown(urn, certain=True)
        sources = {urn for urn in state.depends.get(name, ()) if f"{TYPE}{kind}::" in urn}
        urn = sources.pop() if len(sources) == 1 else ""
        known = urn in self.identified
        if urn and (value is Mark.UNKNOWN or not known):
            # It is no mystery which id a new user will have; it is one why an existing user's is not known.
            made = urn in self.facts and self.facts[urn].action.makes
            return self._shown(urn, certain=value is not Mark.UNKNOWN or made)
        if isinstance(value, str):
            return Reference(value, value, certain=True)
        noun = KINDS[kind].noun
        label = f"a secret {noun}" if value is Mark.SECRET else f"a {noun} not known yet"
        return Reference(label, f"? {noun}", certain=False)

    def _shown(self, urn: str, *, certain: bool) -> Reference:
        each = self.facts.get(urn)
        label = self.labels[urn] if each else urn.rpartition("::")[2]
        # Of an unchanged one that the preview leaves out, the program's name is all there is.
        return Reference(label, urn, certain, _aws_name(each) if each else label)

    def _common(self, kind: str) -> dict[str, str]:
        return self.where | self.places[kind]

    def _labels(self, ours: list[Facts]) -> dict[str, str]:
        """Give each resource its name, with as much more as it takes to tell it from others."""
        more = {each.urn: [*_another_name(each), *self._place(each)] for each in ours}
        told = {each.urn: _told(each.name, more[each.urn]) for each in ours}
        # The same name is two people's, say in two services: their addresses tell them apart.
        bearers: dict[str, set[str]] = defaultdict(set)
        for urn, person in self.persons.items():
            bearers[told[urn]].add(person)
        for urn in self.persons:
            if len(bearers[told[urn]]) > 1:
                more[urn] += [address for address in _addresses(self.facts[urn]) if address not in told[urn]][:1]
        # The same name is twice in a kind, in components of two types.
        counts = Counter((each.kind, _told(each.name, more[each.urn])) for each in ours)
        for each in ours:
            if counts[each.kind, _told(each.name, more[each.urn])] > 1 and (around := each.step.around):
                more[each.urn] = [*more[each.urn], f"in {around}"]
        return {each.urn: _told(each.name, more[each.urn]) for each in ours}

    def _place(self, each: Facts) -> Iterator[str]:
        """Say where it is, as far as the others of its kind are elsewhere."""
        state = each.after or each.before or {}
        for name, word in WHERE.items():
            value = state.get(name)
            if isinstance(value, str) and self._common(each.kind).get(name) != value:
                yield f"{word} {value}"


def _agreed(facts: Iterable[Facts]) -> dict[str, str]:
    """Where all of these are, as far as it is known and one and the same."""
    states = [(each, state) for each in facts if (state := each.after or each.before)]
    where = {}
    for name in WHERE:
        if name == "role_arn":  # one that has none is not there; nothing is written to what is only read
            values = [state.get(name) for each, state in states if each.managed]
        else:  # what is missing, AWS decides, and for all alike
            values = [state[name] for _, state in states if state.get(name) is not None]
        if values and isinstance(values[0], str) and values.count(values[0]) == len(values):
            where[name] = values[0]
    return where


def _ids(each: Facts, property_: str) -> Iterator[str]:
    for state in (each.before, each.after):
        if state and isinstance(id_ := state.get(property_), str):
            yield id_
    # What is read for the first time has no more than its id.
    if each.new and each.new.id and not each.managed:
        yield each.new.id.rpartition("/")[2]


def _aws_name(each: Facts) -> str | None:
    named_by = KINDS[each.kind].named_by
    names = [state[named_by] for state in (each.after, each.before) if state and named_by in state]
    return next((name for name in names if isinstance(name, str)), None)


def _another_name(each: Facts) -> list[str]:
    """AWS's name, where the program's is not the same words: `jo` says `jo@example.com`, and not `jo.doe`."""
    aws = _aws_name(each)
    return [aws] if aws and _words(each.name) not in (_words(aws), _words(aws.partition("@")[0])) else []


def _words(name: str) -> list[str]:
    return sorted(word for word in re.split(r"[\W_]+", name.casefold()) if word)


def _told(name: str, more: list[str]) -> str:
    return f"{name} ({', '.join(more)})" if more else name


# People


@dataclass(slots=True)
class _Person:
    """What one is known by."""

    in_directory: bool
    addresses: set[str] = field(default_factory=set)
    places: set[Identity] = field(default_factory=set)
    """The services that one has an account in."""


def _persons(ours: Iterable[Facts], names: Names) -> dict[str, str]:
    """Tell which accounts are one person's.

    An account in a service belongs to the person of the directory who has its e-mail address, or, where either
    has none, its user name. What fits two people, or nobody, is somebody else's: nobody is shown another's access.
    """
    people: dict[str, _Person] = {}
    by_name: dict[str, set[str]] = defaultdict(set)
    by_address: dict[str, set[str]] = defaultdict(set)
    by_identity: dict[Any, str] = {}
    found: dict[str, str] = {}
    for each in (each for each in ours if KINDS[each.kind].person):
        user_names, addresses = set(_user_names(each)), set(_addresses(each))
        identity = names.identity(each.kind, each.before or each.after)
        place = identity[:-1] if identity else (each.kind,)
        in_directory = each.kind == "IdentityStoreUser"
        ids = [("id", id_) for id_ in _ids(each, "user_id")] if in_directory else []
        known = [by_identity[key] for key in (*ids, identity) if key in by_identity]
        if known or in_directory:
            owner = known[0] if known else each.urn
        else:
            fits = set().union(*(by_address[address] for address in addresses))
            for key in set().union(*(by_name[name] for name in user_names)):
                if not (addresses and people[key].addresses):
                    fits.add(key)
            fits = {key for key in fits if people[key].in_directory or place not in people[key].places}
            owner = fits.pop() if len(fits) == 1 else each.urn
        by_identity |= dict.fromkeys((*ids, *([identity] if identity else [])), owner)
        found[each.urn] = owner
        person = people.setdefault(owner, _Person(in_directory))
        person.addresses |= addresses
        person.places.add(place)
        for name in user_names:
            by_name[name].add(owner)
        for address in addresses:
            by_address[address].add(owner)
    return found


def _user_names(each: Facts) -> Iterator[str]:
    for state in (each.after, each.before):
        if state and isinstance(name := state.get("user_name"), str):
            yield name.casefold()


def _addresses(each: Facts) -> Iterator[str]:
    for state in (each.after, each.before):
        emails = (state or {}).get("emails")
        values = [email.get("value") for email in emails if isinstance(email, dict)] if isinstance(emails, list) else []
        for value in [(state or {}).get("user_name"), (state or {}).get("email"), *values]:
            if isinstance(value, str) and "@" in value:
                yield value.casefold()
