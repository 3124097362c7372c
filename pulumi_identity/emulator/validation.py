"""Validation of values against botocore's model.

botocore's validator checks types, required members, unions and lower limits. A service also checks upper limits,
patterns and enums. This module adds those checks.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import regex  # type: ignore[import-untyped]  # the model's patterns use \p{L}, which re does not support
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape
from botocore.validate import ParamValidator

Report = Callable[[str], None]
Check = Callable[[Any, str, Report], None]


class Validator:
    """Validates the requests and answers of one service."""

    def __init__(self, service: ServiceModel) -> None:
        self._shapes: dict[str, Check | None] = {}
        self._service = service
        self._types = ParamValidator()

    def problems(self, value: dict[str, Any], shape: Shape | None) -> list[str]:
        """Return a sentence for each way in which a value violates a shape."""
        if shape is None:
            return []
        report = self._types.validate(value, shape)
        if report.has_errors():
            return str(report.generate_report()).splitlines()
        found: list[str] = []
        check = self._check_of(shape)
        if check:
            check(value, "", found.append)
        return found

    def _check_of(self, shape: Shape) -> Check | None:
        # The validated shapes have no cycles.
        if shape.name not in self._shapes:
            self._shapes[shape.name] = self._make_check(shape)
        return self._shapes[shape.name]

    def _make_check(self, shape: Shape) -> Check | None:
        """Return the check of a shape, or None if it has no limits."""
        own = _own_limits(shape)
        match shape:
            case StructureShape():
                return self._structure_check(shape)
            case ListShape():
                return _both(own, _each(self._check_of(shape.member)))
            case MapShape():
                return _both(own, _items(self._check_of(shape.key), self._check_of(shape.value)))
        return own

    def _structure_check(self, shape: StructureShape) -> Check | None:
        checks = {n: c for n, m in shape.members.items() if (c := self._check_of(m))}

        def check(value: Any, path: str, report: Report) -> None:
            for name, member in value.items():
                if name in checks:
                    checks[name](member, f"{path}.{name}" if path else name, report)

        return check if checks else None


def _each(inner: Check | None) -> Check | None:
    if inner is None:
        return None

    def check(value: Any, path: str, report: Report) -> None:
        for i, item in enumerate(value):
            inner(item, f"{path}[{i}]", report)

    return check


def _items(of_key: Check | None, of_value: Check | None) -> Check | None:
    def check(value: Any, path: str, report: Report) -> None:
        for key, item in value.items():
            if of_key:
                of_key(key, f"{path} key", report)
            if of_value:
                of_value(item, f"{path}.{key}", report)

    return check if of_key or of_value else None


def _both(first: Check | None, second: Check | None) -> Check | None:
    if first is None or second is None:
        return first or second

    def check(value: Any, path: str, report: Report) -> None:
        first(value, path, report)
        second(value, path, report)

    return check


def _own_limits(shape: Shape) -> Check | None:
    """Return the check of a shape's upper limit, pattern and enum."""
    most = shape.metadata.get("max")
    sized = shape.type_name in ("string", "list", "map")
    enum = list(shape.enum) if isinstance(shape, StringShape) else []
    pattern = _pattern(shape.metadata["pattern"]) if "pattern" in shape.metadata else None
    if most is None and not enum and pattern is None:
        return None

    def check(value: Any, path: str, report: Report) -> None:
        if most is not None and (len(value) if sized else value) > most:
            what = "length less than or equal to" if sized else "value less than or equal to"
            report(f"Value at '{path}' failed to satisfy constraint: Member must have {what} {most}")
        if pattern is not None and not pattern.fullmatch(value):
            report(
                f"Value at '{path}' failed to satisfy constraint: "
                f"Member must satisfy regular expression pattern: {shape.metadata['pattern']}"
            )
        if enum and value not in enum:
            report(f"Value at '{path}' failed to satisfy constraint: Member must satisfy enum value set: {enum}")

    return check


@cache
def _pattern(text: str) -> regex.Pattern[str]:
    return regex.compile(text)
