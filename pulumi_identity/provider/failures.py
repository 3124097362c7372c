"""What is wrong with an input: the place, and the rule that it breaks. Never the value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .value_types import ValueKind, alternatives, annotated_with, is_verbatim, plain
from .words import to_snake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic import ValidationError


@dataclass(frozen=True)
class Failure:
    """One input that AWS would refuse. It never holds the value."""

    property: str
    reason: str
    """The rule that the value breaks."""
    at: tuple[str | int, ...] = ()
    """The steps from the property to the place in it."""
    path: str = ""
    """The property and the steps for readers: `emails[0].value`."""
    value_kind: ValueKind = ValueKind.FREE

    def __post_init__(self) -> None:
        if not self.path:
            object.__setattr__(self, "path", self.property)

    def __str__(self) -> str:
        return f"{self.path} {self.reason}"


@dataclass(frozen=True)
class PropertyRule:
    """A rule across properties, and the property at fault if it is broken.

    An unknown equals nothing: `broken` compares with `==` and `in`, so that unknowns pass.
    """

    property: str
    broken: Callable[[Mapping[str, Any]], bool]
    reason: str


_REASONS: dict[str, str] = {
    "missing": "is required",
    "extra_forbidden": "is not a property here",
    "string_type": "must be a string",
    "bool_type": "must be true or false",
    "dict_type": "must be a dict",
    "list_type": "must be a list",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_short/1": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must match {pattern}",
    "literal_error": "must be {expected}",
    "too_long": "must have at most {max_length} (it has {actual_length})",
    "too_short": "must have at least {min_length}",
    "too_short/1": "must not be empty: leave it out to have none",
}
"""Pydantic's error types, some with the limit they have, in the words of somebody who reads a preview."""


def failures_of(name: str, hint: Any, error: ValidationError) -> list[Failure]:
    """Return what pydantic found wrong with the value of a property."""
    problems: list[Any] = error.errors(include_input=False)
    reasons = [_reason(problem) for problem in problems]
    if len({*alternatives(plain(hint))} - {type(None)}) > 1:  # pydantic lists what each alternative lacks
        return [failure_at(name, hint, (), ", or ".join(reasons), _value_kind(hint, problems[0]))]
    return [
        failure_at(name, hint, problem["loc"], reason, _value_kind(hint, problem))
        for problem, reason in zip(problems, reasons, strict=True)
    ]


def failure_at(
    name: str, hint: Any, at: Iterable[str | int], reason: str, value_kind: ValueKind = ValueKind.FREE
) -> Failure:
    """Return the failure at a place in the value of a property."""
    steps = tuple(step for step in at if step != "[key]")  # pydantic's step to a key that is itself wrong
    return Failure(name, reason, steps, path_of(name, hint, steps), value_kind)


def _value_kind(hint: Any, problem: Any) -> ValueKind:
    if problem["type"] == "literal_error":
        return ValueKind.ENUMERATION
    if problem["type"] == "extra_forbidden" or "[key]" in problem["loc"]:
        return ValueKind.KEY
    identifies = any(ValueKind.IDENTIFIER in metadata for metadata in annotated_with(hint))
    return ValueKind.IDENTIFIER if identifies else ValueKind.FREE


def path_of(name: str, hint: Any, steps: Iterable[str | int]) -> str:
    """Return how a failure names a place in a property: `name.family_name`, `emails[0].value`, `tags[team]`."""
    return name + "".join(f"[{step}]" if isinstance(step, int) or is_verbatim(hint) else f".{step}" for step in steps)


def _reason(problem: Any) -> str:
    context = problem.get("ctx", {})
    if problem["type"] == "value_error":
        return str(context["error"])
    reason = _REASONS.get(f"{problem['type']}/{context.get('min_length')}") or _REASONS.get(problem["type"])
    hint = ""
    if problem["type"] == "extra_forbidden" and (key := str(problem["loc"][-1])) != to_snake(key):
        hint = f"; did you mean {to_snake(key)!r}?"
    return (reason.format(**context) if reason else str(problem["msg"])) + hint
