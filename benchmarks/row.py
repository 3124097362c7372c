"""One figure of the benchmark."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A count or a ratio, what it compares with, and what it should be at most; None where there is no such thing."""

    measure: str
    value: float
    unit: str
    """`calls`, `x` for a ratio within the run, or `s` for what a rate of calls makes the same everywhere."""
    peers: float | None = None
    """The same for one read per resource, measured in the same run."""
    target: float | None = None

    @property
    def holds(self) -> bool:
        """Whether it is what it should be."""
        return self.target is None or self.value <= self.target
