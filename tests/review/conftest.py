"""The stack of the engine's tests, for a preview that is really made."""

from engine.conftest import stack

__all__ = ["stack"]
