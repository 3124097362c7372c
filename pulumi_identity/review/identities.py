"""Group the accounts that belong to one person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .kinds import list_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pulumi_identity.provider.kinds import Kind

    from .outcomes import Outcome
    from .places import Identity, Places


def group_accounts(ours: Sequence[Outcome], places: Places) -> dict[str, str]:
    """Group accounts by person.

    A service account belongs to the directory user with the same e-mail address. If either has no address, the user
    names must match. An account that matches no user, or several users, becomes a separate person: a row never shows
    the access of another person.

    Args:
        ours: The outcomes, in the order of kinds.
        places: The places that resources share.

    Returns:
        URN of an account → a key that all accounts of one person share.
    """
    people = _People()
    accounts = [(outcome.kind, outcome) for outcome in ours if outcome.kind and outcome.kind.is_person]
    for kind, outcome in sorted(accounts, key=lambda account: not _is_directory(account[0])):
        people.add(outcome, kind, places)
    return people.owners


def find_ids(outcome: Outcome, property_: str) -> Iterator[str]:
    """Yield the ids in a property of a resource, before and after the update.

    Args:
        outcome: The resource.
        property_: The name of the property.

    Yields:
        The ids.
    """
    for state in (outcome.before, outcome.after):
        if state and isinstance(id_ := state.get(property_), str):
            yield id_
    # A resource that `get` reads for the first time has only an id.
    if outcome.state_after and outcome.state_after.id and not outcome.managed:
        yield outcome.state_after.id.rpartition("/")[2]


def referenced_properties(kind: Kind) -> set[str]:
    """Return the properties of a kind that other kinds refer to.

    Args:
        kind: The kind.

    Returns:
        The names of the properties.
    """
    references = [reference for other in list_kinds().values() for reference in other.references.values()]
    return {reference.property for reference in references if reference.kind.name == kind.name}


def find_addresses(outcome: Outcome) -> Iterator[str]:
    """Yield the e-mail addresses of an account, in lower case.

    Args:
        outcome: The account.

    Yields:
        The addresses.
    """
    for state in (outcome.after, outcome.before):
        emails = (state or {}).get("emails")
        values = [email.get("value") for email in emails if isinstance(email, dict)] if isinstance(emails, list) else []
        for value in [(state or {}).get("user_name"), (state or {}).get("email"), *values]:
            if isinstance(value, str) and "@" in value:
                yield value.casefold()


@dataclass(slots=True)
class _KnownPerson:
    in_directory: bool
    addresses: set[str] = field(default_factory=set)
    services: set[Identity] = field(default_factory=set)
    """The services where the person has an account: a kind and its places."""


class _People:
    """The people found so far, indexed by name, address and identity."""

    def __init__(self) -> None:
        self.owners: dict[str, str] = {}
        self._people: dict[str, _KnownPerson] = {}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_address: dict[str, set[str]] = defaultdict(set)
        self._by_identity: dict[Any, str] = {}

    def add(self, outcome: Outcome, kind: Kind, places: Places) -> None:
        """Find the owner of an account and add the account's names and addresses to that person."""
        names, addresses = set(_find_user_names(outcome)), set(find_addresses(outcome))
        before, after = (places.identify(kind, state) for state in (outcome.before, outcome.after))
        identity = before or after
        service = identity[:-1] if identity else (kind.name,)
        properties = referenced_properties(kind) if _is_directory(kind) else set()
        keys = [("id", id_) for property_ in properties for id_ in find_ids(outcome, property_)]
        # If an entity gets another name, other people can have its old and its new name before and after.
        renamed = before and after and before != after
        keys += [identity] if identity and not renamed else []
        known = [self._by_identity[key] for key in keys if key in self._by_identity]
        if known or _is_directory(kind):
            owner = known[0] if known else outcome.urn
        else:
            fits = self._find_fitting(names, addresses, service)
            owner = fits.pop() if len(fits) == 1 else outcome.urn
        self.owners[outcome.urn] = owner
        self._by_identity |= dict.fromkeys(keys, owner)
        person = self._people.setdefault(owner, _KnownPerson(_is_directory(kind)))
        person.addresses |= addresses
        person.services.add(service)
        for name in names:
            self._by_name[name].add(owner)
        for address in addresses:
            self._by_address[address].add(owner)

    def _find_fitting(self, names: set[str], addresses: set[str], service: Identity) -> set[str]:
        fits = set().union(*(self._by_address[address] for address in addresses))
        for owner in set().union(*(self._by_name[name] for name in names)):
            if not (addresses and self._people[owner].addresses):
                fits.add(owner)
        # Two accounts in one service belong to two people, unless both match one directory user.
        return {fit for fit in fits if self._people[fit].in_directory or service not in self._people[fit].services}


def _is_directory(kind: Kind) -> bool:
    return kind.column is not None and kind.column.is_directory


def _find_user_names(outcome: Outcome) -> Iterator[str]:
    property_ = outcome.kind.name_property if outcome.kind else None
    for state in (outcome.after, outcome.before):
        if state and property_ and isinstance(name := state.get(property_), str):
            yield name.casefold()
