"""Run the probes in an account, and report which facts hold."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from .fact import Fact, Mode, Service
from .probe import Account, Probe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NOT_TESTABLE = frozenset(
    {
        "AccessDeniedException",
        "ExpiredTokenException",
        "InvalidSignatureException",
        "ThrottlingException",
        "UnrecognizedClientException",
    }
)
"""Errors that prove nothing about a fact if its probe does not expect them."""

OPTIONS = {
    Service.IDENTITYSTORE: "--identity-store",
    Service.QUICKSIGHT: "--quicksight",
    Service.APPSTREAM: "--appstream",
}


class Result(Enum):
    """The result of a probe. The value is its sign in the report."""

    HOLDS = "✓"
    FAILS = "✗"
    SKIPPED = "-"


@dataclass(frozen=True)
class Outcome:
    """What a probe found. `problems` has a line for each entity that could not be deleted."""

    fact: Fact
    result: Result
    detail: str = ""
    problems: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return a line for the report."""
        detail = f" — {self.detail}" if self.detail else ""
        return f"{self.result.value} {self.fact.name}: {self.fact.text}{detail}"


def verify(account: Account, facts: Iterable[Fact]) -> Iterator[Outcome]:
    """Run the probe of each fact, and delete what it created.

    Args:
        account: The account.
        facts: The facts.

    Yields:
        The outcome of each fact, as soon as it is known.

    Raises:
        KeyboardInterrupt: The user pressed Ctrl-C. Its arguments are the lines about entities that are left.
    """
    for fact in facts:
        reason = _reason_to_skip(account, fact)
        yield Outcome(fact, Result.SKIPPED, reason) if reason else _run(account, fact)


def announcement(account: Account) -> list[str]:
    """Return lines about what the probes create.

    Args:
        account: The account.

    Returns:
        The lines.
    """
    lines = [f"The names of all entities begin with {account.prefix}. Each entity is deleted after its probe."]
    if account.identity_store:
        lines.append(f"- identity store {account.identity_store} ({account.region}): users, groups, memberships")
    if account.quicksight:
        lines.append(
            f"- QuickSight account {account.quicksight} ({account.quicksight_region}): readers, authors, groups in the "
            "namespace default. AWS can bill an author for the month."
        )
    if account.appstream:
        lines.append(f"- AppStream ({account.region}): users of the user pool, a stack. No e-mail is sent.")
    return lines


def _reason_to_skip(account: Account, fact: Fact) -> str:
    if not account.selects(fact.service):
        return f"{OPTIONS[fact.service]} is not set"
    if fact.mode is Mode.IAM_ROLE and account.iam_role:
        return ""
    return "" if fact.mode is Mode.ORDINARY else fact.mode.value


def _run(account: Account, fact: Fact) -> Outcome:
    probe = Probe(account)
    result, detail = Result.FAILS, ""
    try:
        observed = fact.probe(probe)
        if fact.holds(observed):
            result = Result.HOLDS
        else:
            detail = f"expected {fact.expected}, got {observed}"
    except ClientError as error:
        if error.response["Error"]["Code"] in NOT_TESTABLE:
            result = Result.SKIPPED
        detail = str(error)
    except BotoCoreError as error:
        result, detail = Result.SKIPPED, str(error)
    except (LookupError, TypeError, ValueError) as error:  # an unexpected form of a response
        detail = repr(error)
    except KeyboardInterrupt as error:
        error.args = tuple(_clean(probe))
        raise
    return Outcome(fact, result, detail, tuple(_clean(probe)))


def _clean(probe: Probe) -> list[str]:
    with _without_signals():
        return probe.clean()


@contextmanager
def _without_signals() -> Iterator[None]:
    """Ignore Ctrl-C and SIGTERM within the block, so that entities are deleted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before: dict[signal.Signals, Callable[..., object] | int | None] = {
        number: signal.signal(number, signal.SIG_IGN) for number in numbers
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
