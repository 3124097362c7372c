"""Golden states are tried with the real engine, as `tests/engine` has it."""

from engine.conftest import stack

__all__ = ["stack"]
