"""One figure of the benchmark."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A count or a ratio, with the figure to compare it with and the maximum. Both may be None."""

    measure: str
    value: float
    unit: str
    """`calls`, `x` for a ratio within the run, or `s` for seconds that depend on the rate of calls."""
    peers: float | None = None
    """The same figure with one read per resource, from the same run."""
    target: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the value meets its target."""
        return self.target is None or self.value <= self.target
