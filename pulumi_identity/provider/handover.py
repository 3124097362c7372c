"""Unique values that pass from one resource of the program to another in one run, such as a user name.

AWS refuses a value while another entity has it. If the resource of that entity gives the value up in the same run, the
write waits for it. Two plans can't work and fail the preview: a swap, and a new resource with `adopt` that takes the
value, because it would adopt the wrong entity.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from pulumi_identity.aws import process
from pulumi_identity.aws.process import Pauses
from pulumi_identity.aws.regions import ambient_region
from pulumi_identity.errors import Conflict

from .failures import Failure
from .schema import has_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .kinds import Kind
    from .schema import State

T = TypeVar("T")

Value = tuple[str, ...]
"""A kind, the values of `unique_within`, a path, and the value at the path."""


class Handovers:
    """The unique values that resources of this run give up and take."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.givers: dict[Value, str] = {}
        """Value → physical id of the entity whose resource gives it up."""
        self.pending: set[Value] = set()
        """The values of `givers` that AWS has not yet released."""
        self.takers: defaultdict[str, set[Value]] = defaultdict(set)
        """Physical id → the values that its resource takes."""
        self.adopting: set[Value] = set()
        """Values of new resources that may adopt."""


def plan_adoption(kind: Kind, inputs: State) -> list[Failure]:
    """Record the unique values of a new resource that may adopt.

    Args:
        kind: The kind of the resource.
        inputs: Its inputs.

    Returns:
        A failure for each value that another resource gives up.
    """
    handovers = process.get(Handovers)
    values = dict(_values(kind, inputs))
    with handovers.lock:
        handovers.adopting.update(values.values())
        return [
            Failure(
                path,
                "belongs to another resource of this program until this run changes it, so adopt=True would adopt the"
                " wrong entity; change the other resource in a run of its own first",
            )
            for path, value in values.items()
            if value in handovers.givers
        ]


def plan_update(kind: Kind, id_: str, olds: State, news: State) -> None:
    """Record the unique values that an update gives up and takes.

    Args:
        kind: The kind of the resource.
        id_: The physical id.
        olds: Its properties in state.
        news: Its inputs.

    Raises:
        Conflict: The plan can't work in one run.
    """
    handovers = process.get(Handovers)
    old, new = dict(_values(kind, olds)), dict(_values(kind, news))
    with handovers.lock:  # the engine may compare a resource twice
        handovers.takers.pop(id_, None)
        for value in [value for value, giver in handovers.givers.items() if giver == id_]:
            del handovers.givers[value]
            handovers.pending.discard(value)
    for path in kind.unique:
        if old.get(path) == new.get(path) or has_unknown(news.get(_property(path))):
            continue
        with handovers.lock:
            if path in old:
                if old[path] in handovers.adopting:
                    message = (
                        f"updating {kind.label(olds)}: a new resource with adopt=True takes over this {path} in the"
                        " same run and would adopt the wrong entity — make this update in a run of its own first"
                    )
                    raise Conflict(message)
                handovers.givers[old[path]] = id_
                handovers.pending.add(old[path])
            if path in new:
                handovers.takers[id_].add(new[path])
                if _returns_to(handovers, id_, new[path]):
                    message = (
                        f"updating {kind.label(olds)}: resources of this program swap their {path}, which AWS can't do"
                        " in one run — change one of them to a third value in a run of its own first"
                    )
                    raise Conflict(message)


def finished(kind: Kind, id_: str, olds: State) -> None:
    """Record that an update has ended, successfully or not. Other writes no longer wait for its values.

    Args:
        kind: The kind of the resource.
        id_: The physical id.
        olds: Its properties before the update.
    """
    handovers = process.get(Handovers)
    with handovers.lock:
        handovers.pending -= {value for _, value in _values(kind, olds) if handovers.givers.get(value) == id_}


def waiting_for_values(
    kind: Kind, inputs: State, write: Callable[[], T], is_conflict: Callable[[Exception], bool]
) -> T:
    """Write an entity. After a conflict, retry while another resource of this run still has one of its values.

    Args:
        kind: The kind of the resource.
        inputs: Its inputs.
        write: Calls AWS.
        is_conflict: Returns whether an exception of `write` reports a value that another entity has.

    Returns:
        The result of `write`.
    """
    handovers, pauses = process.get(Handovers), process.get(Pauses)
    values = {value for _, value in _values(kind, inputs)}
    end = time.monotonic() + pauses.handover
    while True:
        in_the_way = values & handovers.pending  # read before the attempt: a value may become free during it
        try:
            return write()
        except Exception as error:
            if not is_conflict(error) or not in_the_way or time.monotonic() > end:
                raise
        time.sleep(pauses.poll)


def _returns_to(handovers: Handovers, id_: str, value: Value) -> bool:
    """Return whether the resource that gives up a value waits, directly or indirectly, for an entity."""
    seen, values = set(), {value}
    while values:
        givers = {giver for value in values if (giver := handovers.givers.get(value)) and giver not in seen}
        if id_ in givers:
            return True
        seen |= givers
        values = {value for giver in givers for value in handovers.takers[giver]}
    return False


def _values(kind: Kind, props: State) -> Iterator[tuple[str, Value]]:
    """Yield each path with its known value, in the scope in which the value is unique."""
    within = {**props, "region": props.get("region") or ambient_region()}
    if has_unknown([within.get(name) for name in kind.unique_within]):
        return
    scope = (str(within.get(name)) for name in kind.unique_within)
    start = (kind.name, *scope)
    for path, value in kind.unique_values(props).items():
        yield path, (*start, path, value)


def _property(path: str) -> str:
    return path.partition("[")[0]
