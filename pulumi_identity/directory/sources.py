"""Read files of people and groups, and keep the line of every value.

YAML 1.1 reads `NO` as False, `+4930123` as a number and `12:30` as 750. Here every scalar is a text, unless the file
has a tag such as `!!int`. JSON goes through the same loader, because Python's JSON parser knows no lines.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml  # type: ignore[import-untyped]  # its types are in another package

from .folders import places_of
from .problems import Problem
from .tables import read_csv

Steps: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""

STANDARD_INPUT = "-"

MOST_VALUES = 2_000_000
"""Aliases in YAML can repeat a value. A file that expands to more values is an error."""

DEEPEST = 200
"""The deepest level of nested values that a file can have."""

_TAG = "tag:yaml.org,2002:"
_BOOLEANS = {"true": True, "false": False}
_TAGGED = {"int": int, "float": float, "bool": lambda text: _BOOLEANS[text.casefold()], "null": lambda _: None}
_NULLS = ("", "~", "null")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?=\s|$)", re.MULTILINE)
"""A line that Git adds. In a value of several lines, YAML takes it for text."""
_SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
"""A character that JSON writes as two escapes, which YAML does not have."""


@dataclass
class Document:
    """The content of a file, or a Python value."""

    file: str
    value: Any = None
    """Dicts, lists, strings, and None."""
    lines: dict[Steps, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, steps: Steps) -> int:
        """Return the line of a value, or of the nearest value around it. 0 if there is none.

        Args:
            steps: The keys and indexes that lead to the value.
        """
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 0)

    def add(self, steps: Steps, message: str) -> None:
        """Add an error.

        Args:
            steps: The keys and indexes that lead to the value.
            message: The value, the rule that it breaks, and the remedy.
        """
        self.add_at(self.line(steps), message, path_of(steps))

    def add_at(self, line: int, message: str, path: str = "") -> None:
        """Add an error at a line.

        Args:
            line: The line, from 1. 0 if it is unknown.
            message: The value, the rule that it breaks, and the remedy.
            path: The path as shown in messages. Empty for the whole file.
        """
        self.problems.append(Problem(self.file, line, path, message))


def path_of(steps: Iterable[str | int]) -> str:
    """Return the path of a value as shown in messages, such as `people.jo.doe.groups[0]`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def documents_of(sources: Iterable[str | Path | Mapping[str, Any]]) -> Iterator[Document]:
    """Yield the documents of files, folders and Python values. A file that is named twice is read once.

    Args:
        sources: Files, folders and mappings. `-` is standard input.

    Yields:
        A document for each file and each mapping.
    """
    seen: set[str] = set()
    for source in sources:
        if isinstance(source, Mapping):
            yield _from_python(source)
        elif str(source) == STANDARD_INPUT:
            yield _parsed("<stdin>", sys.stdin.buffer.read(), _from_yaml)
        else:
            yield from _from_path(Path(source), seen)


def _from_path(path: Path, seen: set[str]) -> Iterator[Document]:
    for file, problem in places_of(path):
        if problem:
            yield _unread(file, problem)
        elif (real := os.path.realpath(file)) not in seen:
            seen.add(real)
            yield _from_file(file)


def _from_file(file: Path) -> Document:
    parse = {".csv": read_csv, ".json": _from_json}.get(file.suffix.lower(), _from_yaml)
    try:
        data = file.read_bytes()
    except OSError as error:
        return _unread(file, f"the file can't be read: {error.strerror}")
    return _parsed(str(file), data, parse)


def _unread(file: Path, problem: str) -> Document:
    document = Document(str(file))
    document.add((), problem)
    return document


def _parsed(name: str, data: bytes, parse: Any) -> Document:
    document = Document(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        remedy = "save the file as UTF-8; in Excel, choose `CSV UTF-8`"
        document.add_at(line, f"the text is not UTF-8 — {remedy}")
        return document
    if not text.strip():
        document.add((), "the file is empty")
        return document
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        message = "the file has an unresolved merge conflict of Git; choose the lines to keep"
        document.add_at(line, message)
        return document
    parse(document, text)
    return document


# YAML and JSON


def _from_json(document: Document, text: str) -> None:
    def character(match: re.Match[str]) -> str:
        return match[1] + bytes.fromhex(match[2] + match[3]).decode("utf-16-be")

    _from_yaml(document, _SURROGATES.sub(character, text))


def _from_yaml(document: Document, text: str) -> None:
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # it resolves no scalar
    too_deep = "the values are nested too deeply, or an alias contains itself"
    if _is_nested_deeply(text, loader):
        document.add((), too_deep)
        return
    try:
        node = yaml.compose(text, loader)
        document.value = _Values(document).of(node, ()) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        document.add_at(line, _explained(error, text, line))
    except yaml.YAMLError as error:
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if position is not None else 0
        reason = getattr(error, "reason", "") or str(error)
        document.add_at(line, f"the text is not valid YAML: {reason}")
    except RecursionError:
        document.add((), too_deep)
    except _TooManyValues:
        document.add((), f"aliases repeat values more than {MOST_VALUES:,} times")


def _is_nested_deeply(text: str, loader: Any) -> bool:
    """Return whether values are nested so deeply that the C loader, which is recursive, would crash Python."""
    depth = deepest = 0
    for match in re.finditer(r"([\[{])|[\]}]", text):
        depth = depth + 1 if match[1] else max(depth - 1, 0)
        deepest = max(deepest, depth)
    if deepest <= DEEPEST and not re.search(rf"(?:[-?:][ \t]+){{{DEEPEST}}}", text):
        return False
    depth = 0  # brackets can also be in strings, so count the nested values
    with suppress(yaml.YAMLError):
        for event in yaml.parse(text, loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return True
    return False


def _explained(error: yaml.MarkedYAMLError, text: str, line: int) -> str:
    reason = ", ".join(filter(None, (error.context, error.problem)))
    lines = text.splitlines()
    tab = 0 < line <= len(lines) and "\t" in lines[line - 1]
    return f"the text is not valid YAML: {reason}" + (" — indent with spaces, because YAML allows no tabs" * tab)


class _TooManyValues(Exception):
    """Aliases expand to too many values."""


class _Values:
    """Convert the nodes of a document, and note lines and problems in it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = document.lines
        self.left = MOST_VALUES

    def of(self, node: Any, steps: Steps) -> Any:
        """Return the value of a node."""
        self.left -= 1
        if self.left < 0:
            raise _TooManyValues
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, steps)
        if isinstance(node, yaml.SequenceNode):
            values = []
            for index, item in enumerate(node.value):
                self.lines[*steps, index] = item.start_mark.line + 1
                values.append(self.of(item, (*steps, index)))
            return values
        return self._scalar(node, steps)

    def _scalar(self, node: Any, steps: Steps) -> Any:
        if node.tag == f"{_TAG}str":
            return None if not node.style and node.value in _NULLS else node.value
        convert: Any = _TAGGED.get(node.tag.removeprefix(_TAG))
        if convert is None:
            self.document.add(steps, f"the tag {node.tag!r} is not known; remove it")
            return node.value
        try:
            return convert(node.value)
        except (KeyError, ValueError):
            self.document.add(steps, f"{node.value!r} does not match its tag {node.tag.replace(_TAG, '!!')}")
            return node.value

    def _mapping(self, node: Any, steps: Steps) -> dict[str, Any]:
        values: dict[str, Any] = {}
        own: dict[str, int] = {}
        merged: list[Any] = []
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.document.add_at(line, "a key must be a string", path_of(steps))
                continue
            key = key_node.value
            at = (*steps, key)
            if key == "<<" and not key_node.style:
                merged += value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
            elif key in own:
                message = f"is set twice; the first is at line {own[key]}"
                self.document.add_at(line, message, path_of(at))
            else:
                own[key] = self.lines[at] = line
                values[key] = self.of(value_node, at)
        for source in merged:
            if not isinstance(source, yaml.MappingNode):
                self.document.add(steps, "`<<` takes a mapping")
                continue
            for key_node, value_node in source.value:
                at = (*steps, key_node.value)
                if isinstance(key_node, yaml.ScalarNode) and key_node.value not in values:
                    self.lines[at] = key_node.start_mark.line + 1
                    values[key_node.value] = self.of(value_node, at)
        return values


# Python values


def _from_python(source: Mapping[str, Any]) -> Document:
    document = Document("")
    try:
        document.value = _plain(document, source, ())
    except RecursionError:
        document.add((), "the values are nested too deeply")
    return document


def _plain(document: Document, value: Any, steps: Steps) -> Any:
    """Return a value as dicts and lists."""
    if isinstance(value, Mapping):
        result = {}
        for key, item in value.items():
            if isinstance(key, str):
                result[key] = _plain(document, item, (*steps, key))
            else:
                document.add(steps, f"the key {key!r} must be a string")
        return result
    if isinstance(value, list | tuple):
        return [_plain(document, item, (*steps, index)) for index, item in enumerate(value)]
    return value
