"""Pulumi's process-wide settings are as before after each test."""

from testing.conftest import _isolated

__all__ = ["_isolated"]
