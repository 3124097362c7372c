"""One property in three spellings: `family_name` here, `FamilyName` in requests, `familyName` in attribute paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import alias_generators

# pydantic's functions are slow for the same few words of each of thousands of entities.
to_camel = cache(alias_generators.to_camel)
to_pascal = cache(alias_generators.to_pascal)
to_snake = cache(alias_generators.to_snake)


def rename(value: Any, word: Callable[[str], str]) -> Any:
    """Put each key at every depth through `word`."""
    if isinstance(value, Mapping):
        return {word(key): rename(item, word) for key, item in value.items()}
    if isinstance(value, list):
        return [rename(item, word) for item in value]
    return value
