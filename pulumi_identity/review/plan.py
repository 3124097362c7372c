"""Convert the steps of a preview into a plan: all changes, with names instead of ids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .changes import describe_changes, describe_others
from .identities import group_accounts
from .kinds import list_kinds
from .memberships import adopt_memberships, end_memberships
from .names import name_resources
from .outcomes import combine_steps, select_ours
from .places import find_places
from .set_changes import select_own_changes
from .sets import expand_sets
from .twins import link_twins, merge_renamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pulumi_identity.provider.kinds import Kind

    from .changes import Change, OtherChange
    from .preview import Diagnostic, Preview


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The changes of a preview: all people and groups, and a summary of other resources."""

    stack: str
    """`project/stack`."""
    resources: tuple[Change, ...]
    """This package's resources, sorted by kind and label. Unchanged ones are included if the preview shows them."""
    others: tuple[OtherChange, ...]
    """The changed resources of other providers, and components whose inputs change."""
    where: Mapping[str, str]
    """Store, account, region, … if all resources share it."""
    places: Mapping[str, Mapping[str, str]]
    """Name of the kind → store, account, region, … if only its resources share it."""
    diagnostics: tuple[Diagnostic, ...]
    failed: bool
    refreshed: bool
    stale: int
    """The number of this package's resources that the refresh left out."""
    skipped: int
    """The number of new resources of any provider that the preview leaves out."""
    hidden: int
    """The number of unchanged resources of any provider that the preview counts but does not show."""

    @property
    def partial(self) -> bool:
        """Whether the plan covers only part of the stack."""
        return bool(self.stale or self.skipped)

    @property
    def changed(self) -> tuple[Change, ...]:
        """The changed resources."""
        return tuple(change for change in self.resources if change.changes)

    @property
    def errors(self) -> int:
        """The number of errors."""
        return sum(diagnostic.severity == "error" for diagnostic in self.diagnostics)

    def group_changed(self) -> Iterator[tuple[Kind, list[Change]]]:
        """Group the changed resources by kind.

        Yields:
            Each kind with changes, and its changed resources.
        """
        for kind in list_kinds().values():
            if changed := [change for change in self.changed if change.kind.name == kind.name]:
                yield kind, changed


def plan_changes(preview: Preview) -> Plan:
    """Plan the changes of an update.

    Args:
        preview: The preview.

    Returns:
        The plan.

    Raises:
        NotAPreviewError: A step has an unknown operation.
    """
    outcomes = combine_steps(preview)
    declared = select_ours(outcomes)
    ours = expand_sets(declared)
    places = find_places(ours)
    persons = group_accounts(ours, places)
    names = name_resources(ours, places, persons)

    refreshed = any(outcome.refreshed for outcome in outcomes)
    changes = describe_changes(ours, names, places, persons)
    if refreshed:
        stale = {outcome.urn for outcome in ours if outcome.stale}
        changes = [replace(change, targeted=change.urn not in stale) for change in changes]
    changes = adopt_memberships(changes)
    changes = link_twins(changes, places)
    changes = merge_renamed(changes)
    changes = end_memberships(changes, failed=preview.failed)
    changes = select_own_changes(changes)
    changes = sort_changes(changes)

    return Plan(
        stack=preview.stack,
        resources=tuple(changes),
        others=tuple(describe_others(outcomes)),
        where=places.shared,
        places=places.by_kind,
        diagnostics=preview.select_diagnostics(),
        failed=preview.failed,
        refreshed=refreshed or not any(outcome.step.before for outcome in outcomes),
        stale=sum(outcome.stale for outcome in declared) if refreshed else 0,
        skipped=preview.skipped,
        hidden=preview.hidden,
    )


def sort_changes(changes: Iterable[Change]) -> list[Change]:
    """Sort changes by kind, then by label.

    Args:
        changes: The changes.

    Returns:
        The sorted changes.
    """
    order = list(list_kinds())
    return sorted(changes, key=lambda change: (order.index(change.kind.name), change.label.casefold(), change.urn))
