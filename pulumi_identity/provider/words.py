"""The three spellings of a property: `family_name` here, `FamilyName` in requests, `familyName` in attribute paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import alias_generators

# Thousands of entities repeat the same few words, and pydantic's functions are slow.
to_camel = cache(alias_generators.to_camel)
to_pascal = cache(alias_generators.to_pascal)
to_snake = cache(alias_generators.to_snake)


def rename(value: Any, word: Callable[[str], str]) -> Any:
    """Rename the keys of dicts at every depth.

    Args:
        value: A dict, a list or another value.
        word: Returns the new key.

    Returns:
        The value with renamed keys.
    """
    if isinstance(value, Mapping):
        return {word(key): rename(item, word) for key, item in value.items()}
    if isinstance(value, list):
        return [rename(item, word) for item in value]
    return value
