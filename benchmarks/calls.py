"""AWS calls and memory of a refresh, compared with one read per resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_identity.emulator import Emulator

from . import directory, host
from .row import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .directory import Entity

CASES: list[tuple[str, float | None, Callable[[Emulator], list[Entity]]]] = [
    ("10 users of 10,000", 20, lambda aws: directory.users(aws, 10, of=10_000)),
    ("1,000 users of 1,000", None, lambda aws: directory.users(aws, 1000)),
    (
        "1,000 users, 50 groups, 2,000 memberships, 500 QuickSight users, 500 AppStream users",
        200,
        directory.everything,
    ),
    ("5,000 users of 5,000", None, lambda aws: directory.users(aws, 5000)),
]
"""The refreshed resources, the target, and the seeding. The quick benchmark skips the last case, the longest."""


def rows(*, quick: bool) -> Iterator[Row]:
    """Measure each case twice, with listings and with single reads. Each case has its own directory."""
    for what, target, seed in CASES[:-1] if quick else CASES:
        with Emulator() as aws:
            entities = seed(aws)
            batched = host.refresh(aws.url, entities)
            calls = len(aws.calls)
            aws.calls.clear()
            singly = host.refresh(aws.url, entities, singly=True)
            peers = len(aws.calls)
        yield Row(f"refresh of {what}", calls, "calls", peers, target)
        if len(entities) >= 1000 and singly.peak_mib:  # noqa: PLR2004  (fewer show no difference)
            yield Row(
                f"peak memory of that refresh, over {len(entities):,} single reads",
                batched.peak_mib / singly.peak_mib,
                "x",
            )
