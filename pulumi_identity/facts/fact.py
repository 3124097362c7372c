"""A fact about AWS: a sentence, its source, its certainty, and a probe that tests it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from .probe import Probe


class Certainty(StrEnum):
    """How well a fact is known."""

    MODEL = "model"
    DOCUMENTATION = "documentation"
    REPORT = "first-hand report"
    UNVERIFIED = "unverified"


class Service(Enum):
    """A service that facts are about. The value is its name in the documents."""

    IDENTITYSTORE = "IAM Identity Center"
    QUICKSIGHT = "QuickSight"
    APPSTREAM = "AppStream"


class Mode(Enum):
    """What an account must be for a probe. The value is the reason for which other accounts skip the probe."""

    ORDINARY = "is for an ordinary account"
    ACTIVE_DIRECTORY = "needs an identity store whose source is Active Directory"
    IDENTITY_CENTER = "needs an account whose QuickSight users IAM Identity Center manages"
    NO_PRINCIPAL = "needs a QuickSight user whose IAM user or role is deleted"
    IAM_ROLE = "needs an IAM role; set --iam-role"
    ANY_NAME = "needs a name without the prefix, so only the emulator runs it"


@dataclass(frozen=True)
class Refusal:
    """An error response: its code, words of its message, and other members.

    As an expectation, an empty code stands for any code, `words` for a part of the message, and `members` for a part of
    the members.
    """

    code: str = ""
    words: str = ""
    members: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the code, the members and the message."""
        members = [f"{name}={value}" for name, value in self.members.items()]
        return " ".join(filter(None, ["error", self.code, *members, f'"{self.words}"' if self.words else ""]))


@dataclass(frozen=True)
class Fact:
    """A statement about AWS on which code relies.

    - `name`: the name in the report of `verify-aws`.
    - `text`: the statement, as one sentence.
    - `source`: where the statement comes from.
    - `probe`: makes calls, and returns what AWS does.
    - `expected`: what the probe returns if the fact holds.
    """

    name: str
    service: Service
    text: str
    source: str
    certainty: Certainty
    probe: Callable[[Probe], object]
    expected: object
    mode: Mode

    def holds(self, observed: object) -> bool:
        """Return whether the result of the probe is the expected one."""
        if not isinstance(self.expected, Refusal):
            return observed == self.expected
        return (
            isinstance(observed, Refusal)
            and self.expected.code in ("", observed.code)
            and self.expected.words in observed.words
            and self.expected.members.items() <= observed.members.items()
        )


class Facts(list[Fact]):
    """The facts about one service. `about` adds one."""

    def __init__(self, service: Service) -> None:
        super().__init__()
        self._service = service

    def about(
        self, certainty: Certainty, source: str, *, expect: object, mode: Mode = Mode.ORDINARY
    ) -> Callable[[Callable[[Probe], object]], Callable[[Probe], object]]:
        """Return a decorator that adds a probe as a fact. The probe's docstring is the fact's sentence.

        Args:
            certainty: How well the fact is known.
            source: Where the fact comes from.
            expect: What the probe returns if the fact holds.
            mode: What an account must be for the probe.

        Returns:
            The decorator.
        """

        def add(probe: Callable[[Probe], object]) -> Callable[[Probe], object]:
            text = " ".join((probe.__doc__ or "").split())
            name = f"{self._service.name.lower()}/{probe.__name__.replace('_', '-')}"
            self.append(Fact(name, self._service, text, source, certainty, probe, expect, mode))
            return probe

        return add
