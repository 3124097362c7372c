"""Unique values that pass from one resource of the program to another in one run, such as a user name.

AWS refuses a value while another entity has it. If the resource of that entity gives the value up in the same run, the
write waits for it. Two plans can't work and fail the preview: a swap, and an adoption by the given-up name, which
would adopt the wrong entity.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pulumi_identity.aws import process
from pulumi_identity.aws.process import Pauses
from pulumi_identity.aws.regions import ambient_region
from pulumi_identity.errors import Conflict

from .failures import Failure
from .schema import has_unknown, property_of
from .settings import account_setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .kinds import Kind
    from .schema import State

T = TypeVar("T")

WAITERS = 3
"""The number of writes that can wait at a time. Pulumi's host has four threads, and one must stay free."""


class Value(NamedTuple):
    """A unique value of a resource."""

    kind: str
    path: str
    text: str
    scope: tuple[str, ...]
    """Where the value is unique. An empty part, such as an account that the program leaves open, stands for any."""

    def is_same(self, other: Value) -> bool:
        """Return whether two values can be the same value in AWS."""
        return self[:3] == other[:3] and all(
            one in ("", another) or not another for one, another in zip(self.scope, other.scope, strict=True)
        )


class Handovers:
    """The unique values that resources of this run give up and take."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.givers: defaultdict[tuple[str, str, str], dict[Value, str]] = defaultdict(dict)
        """Kind, path and text → value → physical id of the entity whose resource gives it up."""
        self.given: defaultdict[str, list[Value]] = defaultdict(list)
        """Physical id → the values that its resource gives up."""
        self.pending: set[str] = set()
        """The physical ids in `givers` whose resources have not been updated yet."""
        self.takers: dict[str, list[Value]] = {}
        """Physical id → the values that its resource takes."""
        self.adopting: defaultdict[tuple[str, str, str], list[Value]] = defaultdict(list)
        """Kind, path and text → names of new resources that may adopt."""
        self.planned = 0.0
        """When the engine last asked about a resource of the program. Until it is silent, more resources may follow."""
        self.waiting = threading.Semaphore(WAITERS)

    def givers_of(self, value: Value) -> set[str]:
        """Return the physical ids of the entities whose resources give a value up."""
        return {id_ for other, id_ in self.givers.get(value[:3], {}).items() if other.is_same(value)}


def plan_adoption(kind: Kind, inputs: State) -> list[Failure]:
    """Record the name of a new resource that may adopt.

    Args:
        kind: The kind of the resource.
        inputs: Its inputs.

    Returns:
        A failure if another resource gives the name up.
    """
    handovers = process.get(Handovers)
    names = [value for value in _values(kind, inputs) if value.path == kind.name_property]
    with handovers.lock:
        for value in names:
            handovers.adopting[value[:3]].append(value)
        return [
            Failure(
                value.path,
                "belongs to another resource of this program until this run changes it, so adopt=True would adopt the"
                " wrong entity; change the other resource in a run of its own first",
            )
            for value in names
            if handovers.givers_of(value)
        ]


def plan_update(kind: Kind, id_: str, olds: State, news: State) -> None:
    """Record the unique values that an update gives up and takes.

    Args:
        kind: The kind of the resource.
        id_: The physical id.
        olds: Its properties in state.
        news: Its inputs, with the computed defaults that still hold.

    Raises:
        Conflict: The plan can't work in one run.
    """
    handovers = process.get(Handovers)
    old = {value.path: value for value in _values(kind, olds)}
    new = {value.path: value for value in _values(kind, news)}
    with handovers.lock:
        _forget(handovers, id_)
        for path in kind.unique:
            if old.get(path) == new.get(path) or has_unknown(news.get(property_of(path))):
                continue
            if path in old:
                if any(value.is_same(old[path]) for value in handovers.adopting.get(old[path][:3], [])):
                    message = (
                        f"updating {kind.label(olds)}: a new resource with adopt=True declares this {path} in the same"
                        " run and would adopt the wrong entity — make this update in a run of its own first"
                    )
                    raise Conflict(message)
                handovers.givers[old[path][:3]][old[path]] = id_
                handovers.given[id_].append(old[path])
                handovers.pending.add(id_)
            if path in new:
                handovers.takers[id_] = [*handovers.takers.get(id_, []), new[path]]
                if _returns_to(handovers, id_, new[path]):
                    message = (
                        f"updating {kind.label(olds)}: resources of this program swap their {path}, which AWS can't do"
                        " in one run — change one of them to a third value in a run of its own first"
                    )
                    raise Conflict(message)


def note_plan() -> None:
    """Record that the engine asks about a resource of the program."""
    process.get(Handovers).planned = time.monotonic()


def finished(id_: str) -> None:
    """Record that an update or deletion has ended, successfully or not: nothing waits for its values any more.

    Args:
        id_: The physical id.
    """
    handovers = process.get(Handovers)
    with handovers.lock:
        handovers.pending.discard(id_)


def is_given_up(id_: str) -> bool:
    """Return whether a resource of this run gives up a unique value of an entity.

    Args:
        id_: The physical id of the entity.

    Returns:
        Whether it does.
    """
    return bool(process.get(Handovers).given.get(id_))


def waiting_for_values(
    kind: Kind, inputs: State, write: Callable[[], T], is_conflict: Callable[[Exception], bool]
) -> T:
    """Write an entity. After a conflict, retry while another resource of this run still has a value that it takes.

    A resource that the engine has not compared yet may give the value up. So a write also waits while the engine still
    asks about resources, unless it may adopt.

    Args:
        kind: The kind of the resource.
        inputs: Its inputs.
        write: Calls AWS.
        is_conflict: Returns whether an exception of `write` reports a value that another entity has.

    Returns:
        The result of `write`.

    Raises:
        Conflict: Too many writes wait already.
    """
    handovers, pauses = process.get(Handovers), process.get(Pauses)
    values = _values(kind, inputs)
    end = time.monotonic() + pauses.handover
    while True:
        with handovers.lock:  # before the attempt, because a value may become free during it
            in_the_way = any(handovers.givers_of(value) & handovers.pending for value in values)
        try:
            return write()
        except Exception as error:
            is_planning = not inputs.get("adopt") and time.monotonic() < handovers.planned + pauses.planning
            if not is_conflict(error) or not (in_the_way or is_planning) or time.monotonic() > end:
                raise
            if not handovers.waiting.acquire(blocking=False):
                if not in_the_way:
                    raise
                message = (
                    f"writing {kind.label(inputs)}: another resource of this program has not given up the name or"
                    " address yet — run the command again"
                )
                raise Conflict(message) from None
        time.sleep(pauses.poll)
        handovers.waiting.release()


def _forget(handovers: Handovers, id_: str) -> None:
    """Forget what an earlier comparison of a resource has recorded."""
    handovers.takers.pop(id_, None)
    handovers.pending.discard(id_)
    for value in handovers.given.pop(id_, []):
        handovers.givers[value[:3]].pop(value, None)


def _returns_to(handovers: Handovers, id_: str, value: Value) -> bool:
    """Return whether the value that an entity takes is given up by one that, directly or not, waits for this entity."""
    seen: set[str] = set()
    values: Iterable[Value] = [value]
    while values:
        givers = {giver for value in values for giver in handovers.givers_of(value)} - seen
        if id_ in givers:
            return True
        seen |= givers
        values = [value for giver in givers for value in handovers.takers.get(giver, [])]
    return False


def _values(kind: Kind, props: State) -> list[Value]:
    """Return the known unique values of a resource."""
    within = {**props, "region": props.get("region") or ambient_region()}
    if has_unknown([within.get(name) for name in (*kind.unique_within, "role_arn", "profile")]):
        return []
    account = account_setting(props) or "the environment's credentials"
    scope = (account, *(str(within.get(name) or "") for name in kind.unique_within))
    return [Value(kind.name, path, text, scope) for path, text in kind.unique_values(props).items()]
