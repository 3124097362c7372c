"""Tests of programs that use this package."""
