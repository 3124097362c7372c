"""Concurrent writes for one resource, with progress and one error for all failures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING, NamedTuple

from pulumi_identity.errors import Denied, IdentityError, Throttled, Unavailable, explaining

from .progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WORKERS = 4
"""The number of concurrent writes. More are slower: AWS throttles them, and the rate limiter slows all calls down."""
SHOWN = 10
"""The maximum number of failures that an error shows."""
HOPELESS = (Denied, Throttled, Unavailable)
"""Errors that would also make every further write fail."""


class MemberWrite(NamedTuple):
    """One write."""

    doing: str
    """The action, as a verb in -ing."""
    label: str
    """The member's name in the program, or in AWS."""
    member: str
    call: Callable[[], str]


def write_members(steps: Sequence[Sequence[MemberWrite]], doing: str, service: str) -> dict[str, str]:
    """Execute writes. A failure does not prevent others of the same step, unless they would fail for the same reason.

    Args:
        steps: The writes. The writes of a step run concurrently. If one fails, the next step does not start.
        doing: The action on the whole resource, for the error.
        service: boto3's name of the service.

    Returns:
        Member → the result of its write.

    Raises:
        IdentityError: Some writes failed. The message names each member.
    """
    total = sum(map(len, steps))
    results: dict[str, str] = {}
    failures: list[IdentityError] = []
    progress = Progress(doing, total)

    def execute(write: MemberWrite) -> None:
        if any(isinstance(failure, HOPELESS) for failure in failures):
            return
        try:
            with explaining(write.doing, write.label, service):
                results[write.member] = write.call()
        except IdentityError as error:
            failures.append(error)
        else:
            progress.advance()

    with ThreadPoolExecutor(min(WORKERS, total) or 1) as pool:
        for writes in steps:
            if not failures:
                # The context holds the kind in the log of AWS calls. It is copied, because it runs in one thread only.
                running = [pool.submit(copy_context().run, execute, write) for write in writes]
                for write in running:
                    write.result()
    if failures:
        raise _joined(failures, doing, total, total - len(results) - len(failures))
    return results


def _joined(failures: Sequence[IdentityError], doing: str, total: int, skipped: int) -> IdentityError:
    """Return one error for all failures."""
    first = failures[0]
    kind = type(first) if len({type(failure) for failure in failures}) == 1 else IdentityError
    count = f"{len(failures)} of {total} changes failed: " if total > 1 else ""
    more = [f"{len(failures) - SHOWN:,} more failed"] if len(failures) > SHOWN else []
    more += [f"{skipped:,} were not attempted"] if skipped else []
    done = total - len(failures) - skipped
    more += [f"{done:,} of {total:,} were made and are not in state: use --refresh in the next command"] if done else []
    error = kind(f"{doing}: {count}{'; '.join([*(failure.message for failure in failures[:SHOWN]), *more])}")
    return error.of_request(first)
