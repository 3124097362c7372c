"""Check failures: the place of an invalid input, the rule that it breaks, and the value if it can't be a secret."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pulumi_identity.errors import visible

from .value_types import ValueKind, alternatives, annotated_with, form_of, is_verbatim, plain
from .words import to_snake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic import ValidationError


MISSING = "is required"
"""The reason of the failure for a required input without a value."""
NO_VALUE = (
    "but the output that the program passes for it has no value: its resource failed in this run or was left out of it"
    " (--target, --exclude), or the stack that a stack reference reads has no such output"
)
"""The cause of a missing value. Pulumi does not show a provider where a value comes from."""


@dataclass(frozen=True)
class Failure:
    """One invalid input."""

    property: str
    reason: str
    """The rule that the value breaks."""
    at: tuple[str | int, ...] = ()
    """The steps from the property to the invalid place in it."""
    path: str = ""
    """The property and the steps as readers see them: `emails[0].value`."""
    value_kind: ValueKind = ValueKind.FREE
    value: str = ""
    """The value as readers see it. Empty for a value that may be a secret, and for a key, which is in the path."""
    config: str | None = None
    """The key under `identity:` in Pulumi configuration that can supply the value."""

    def __post_init__(self) -> None:
        if not self.path:
            object.__setattr__(self, "path", self.property)

    def __str__(self) -> str:
        return visible(" ".join(filter(None, (self.path, self.value, self.reason))))

    def in_preview(self) -> str:
        """Return what a preview shows. The constructor requires its arguments, so only an output can have no value."""
        if self.reason != MISSING or self.at:
            return str(self)
        configured = f"; to configure it, run `pulumi config set identity:{self.config} …`" if self.config else ""
        return f"{self}, {NO_VALUE}{configured}"


@dataclass(frozen=True)
class PropertyRule:
    """A rule across properties.

    `broken` compares with `==` and `in`. An unknown equals nothing, so unknowns pass.
    """

    property: str
    """The property to report if the rule is broken."""
    broken: Callable[[Mapping[str, Any]], bool]
    reason: str


_REASONS: dict[str, str] = {
    "missing": "is required",
    "extra_forbidden": "is not a known property",
    "string_type": "must be a string",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "dict_type": "must be a dict",
    "list_type": "must be a list",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_short/1": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "literal_error": "must be {expected}",
    "too_long": "has {actual_length} items; the maximum is {max_length}",
    "too_short": "must have at least {min_length} items",
    "too_short/1": "must not be empty; to have none, leave it out",
}
"""Pydantic's error types, some with a limit, and the reason for each."""


def failures_of(name: str, hint: Any, error: ValidationError) -> list[Failure]:
    """Return the failures that pydantic found in a property, one per place.

    Args:
        name: The property.
        hint: Its declared type.
        error: Pydantic's error.

    Returns:
        The failures, in pydantic's order.
    """
    problems: list[Any] = error.errors()
    if len({*alternatives(plain(hint))} - {type(None)}) > 1:  # pydantic reports one problem for each alternative
        first, *others = [_reason(hint, problem) for problem in problems]
        reason = ", or ".join([first, *(other.removeprefix("must be ") for other in others)])
        return [_failure(name, hint, problems[-1], reason, ())]
    failures: dict[tuple[str | int, ...], Failure] = {}
    for problem in problems:
        failure = _failure(name, hint, problem, _reason(hint, problem), problem["loc"])
        failures.setdefault(failure.at, failure)  # pydantic reports an invalid key before its value
    return list(failures.values())


def failure_at(name: str, hint: Any, at: Iterable[str | int], reason: str) -> Failure:
    """Return the failure at a place in the value of a property.

    Args:
        name: The property.
        hint: Its declared type.
        at: The steps from the property to the place.
        reason: The rule that the value breaks.

    Returns:
        The failure, without the value.
    """
    steps = tuple(at)
    return Failure(name, reason, steps, path_of(name, hint, steps))


def did_you_mean(word: str, known: Iterable[str], *, prefix: str = "") -> str:
    """Return the end of an error about an unknown word: the known word that resembles it.

    Args:
        word: The unknown word, in any casing.
        known: The known words.
        prefix: Text to show before the known word.

    Returns:
        A text such as `; did you mean 'title'?`; "" if no word resembles it.
    """
    near = difflib.get_close_matches(to_snake(word), list(known), n=1)
    return f"; did you mean {prefix + near[0]!r}?" if near else ""


def _failure(name: str, hint: Any, problem: Any, reason: str, at: Iterable[str | int]) -> Failure:
    steps = tuple(step for step in at if step != "[key]")  # pydantic's step to an invalid key
    kind = _value_kind(hint, problem)
    shows_value = kind in (ValueKind.ENUMERATION, ValueKind.IDENTIFIER)
    return Failure(
        name, reason, steps, path_of(name, hint, steps), kind, _shown(problem["input"]) if shows_value else ""
    )


def _shown(value: Any) -> str:
    """Return a value on one line; "" for a list or dict, which may hold secrets."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # Pulumi turns each number into a float
    return "" if isinstance(value, dict | list) else repr(value)


def _value_kind(hint: Any, problem: Any) -> ValueKind:
    if problem["type"] == "literal_error":
        return ValueKind.ENUMERATION
    if problem["type"] == "extra_forbidden" or "[key]" in problem["loc"]:
        return ValueKind.KEY
    identifies = any(ValueKind.IDENTIFIER in metadata for metadata in annotated_with(hint))
    return ValueKind.IDENTIFIER if identifies else ValueKind.FREE


def path_of(name: str, hint: Any, steps: Iterable[str | int]) -> str:
    """Return the name of a place in a property, for readers.

    Args:
        name: The property.
        hint: Its declared type.
        steps: The steps from the property to the place.

    Returns:
        A path such as `name.family_name`, `emails[0].value` or `tags[team]`.
    """
    return name + "".join(f"[{step}]" if isinstance(step, int) or is_verbatim(hint) else f".{step}" for step in steps)


def _reason(hint: Any, problem: Any) -> str:
    context = problem.get("ctx", {})
    if problem["type"] == "value_error":
        return str(context["error"])
    if problem["type"] == "string_pattern_mismatch":
        return f"must be {form_of(hint, context['pattern'])}"
    reason = _REASONS.get(f"{problem['type']}/{context.get('min_length')}") or _REASONS.get(problem["type"])
    meant = _meant(hint, problem)
    return (reason.format(**context) if reason else str(problem["msg"])) + (
        f"; did you mean {meant!r}?" if meant else ""
    )


def _meant(hint: Any, problem: Any) -> str:
    """Return the valid word that resembles an invalid one, or ""."""
    if problem["type"] == "extra_forbidden":
        key = str(problem["loc"][-1])
        return to_snake(key) if to_snake(key) != key else ""
    if problem["type"] != "literal_error":
        return ""
    literals = [alternative for alternative in alternatives(plain(hint)) if get_origin(alternative) is Literal]
    words = {str(word).casefold(): str(word) for literal in literals for word in get_args(literal)}
    near = difflib.get_close_matches(str(problem["input"]).casefold(), words, n=1)
    return words[near[0]] if near else ""
