"""What resources of the program have in AWS is not deleted under another name.

The engine knows a resource by its name in the program. One that is renamed there is made, which takes over what it is
in AWS, and then the one of the old name is deleted: that must not take the person's access away. Nor when the deleting
is left to a later run, since this one failed elsewhere.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ._errors import Conflict

if TYPE_CHECKING:
    from . import _aws
    from ._provider import Provider
    from ._schema import State

_lock = threading.Lock()
_declared: set[tuple[str, ...]] = set()
"""Resources of the program, by what tells them apart there."""
_kept: set[tuple[str, ...]] = set()
"""What resources of the program have: made, taken over, updated or unchanged by this process."""
_refused: set[tuple[str, ...]] = set()
"""What a create of this process has met, and was not to take over."""
_leaving: set[tuple[str, ...]] = set()
"""What it is deleting, or has deleted."""


def declare(provider: Provider, inputs: State) -> None:
    """Remember a resource of the program."""
    _declared.add(_said(provider, inputs))


def is_declared(provider: Provider, inputs: State) -> bool:
    """Tell whether a resource is the program's: the engine asks about others too, while it refreshes."""
    return _said(provider, inputs) in _declared


def keep(provider: Provider, aws: _aws.Session, id_: str) -> None:
    """Remember that a resource of the program has it."""
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


def refuse(provider: Provider, aws: _aws.Session, id_: str) -> None:
    """Remember that a create has met what exists, and was not to take it over."""
    with _lock:
        _refused.add(provider.identity(aws, id_))


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


def _said(provider: Provider, inputs: State) -> tuple[str, ...]:
    names = sorted({*provider.label, *provider.schema.replaces, "region", "role_arn"})
    return provider.name, *(str(inputs.get(name)) for name in names)
