"""The stack of the engine's tests, for a preview that is really made."""

from engine.conftest import empty_stack, stack

__all__ = ["empty_stack", "stack"]
