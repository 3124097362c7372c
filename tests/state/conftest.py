"""Golden states are tried with the real engine, as `tests/engine` has it."""

from engine.conftest import empty_stack, stack  # noqa: F401

__all__ = ["stack"]
