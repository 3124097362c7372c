"""The kinds of resources, in reading order. Importing `pulumi_identity.resources` registers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_identity.aws import answers, masking

from .words import to_pascal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .kinds import Kind
    from .traits import Import, ImportOption, ReadOption

SERVICES = ("identitystore", "quicksight", "appstream")
"""boto3's names of the services, in reading order."""

KINDS: dict[str, Kind] = {}
"""Name → kind, in reading order. Importing `pulumi_identity.resources` fills it."""


def register(kind: Kind) -> None:
    """Add a kind. In each service, people come first, then groups, then kinds that relate them.

    Args:
        kind: The kind.
    """
    kinds = sorted([*KINDS.values(), kind], key=_place)
    KINDS.clear()
    KINDS.update({kind.name: kind for kind in kinds})
    answers.expect(kind.service, kind.answers)
    names = {*kind.natural_key, *(kind.relation.natural_key if kind.relation else ())}
    masking.show(kind.service, kind.operations, map(to_pascal, names))


def _place(kind: Kind) -> tuple[int, bool, bool]:
    return SERVICES.index(kind.service), not kind.is_person, not kind.is_group


def importable() -> Iterator[tuple[Kind, Import]]:
    """Return the kinds that can be imported, in reading order.

    Returns:
        Each kind with its import.
    """
    return ((kind, kind.import_) for kind in KINDS.values() if kind.import_)


def import_options() -> list[ImportOption]:
    """Return the options that select a directory to import.

    Returns:
        The options, without duplicates.
    """
    return list({import_.option.flag: import_.option for _, import_ in importable()}.values())


def read_options() -> list[ReadOption]:
    """Return the options that read more properties of each imported entity.

    Returns:
        The options.
    """
    return [option for _, import_ in importable() for option in import_.more]
