"""Read people and groups from files, folders and Python values, and validate them all at once."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from pulumi_identity.errors import visible

from . import models, rules
from .entries import Entry, group_of, person_of
from .people import Company
from .problems import DirectoryError, Problem, near
from .sources import documents_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .sources import Document

_NO_PEOPLE = "the files have no people; if the stack has people, `pulumi up` deletes them"


def load(*sources: str | Path | Mapping[str, Any], today: date | None = None) -> Company:
    """Read and validate people and groups. Makes no AWS call.

    Args:
        sources: Files in YAML, JSON or CSV, folders of such files, and mappings with the sections of a file.
        today: The date with which `ends` is compared. Default: today in UTC.

    Returns:
        The people and groups of all sources, with the inputs of their resources.

    Raises:
        DirectoryError: The files are invalid. It has all problems.
    """
    with _paused_collector():
        return _load(sources, _date(today))


def _date(today: date | None) -> date:
    """Return the date in UTC. Python also takes a `datetime` for a `date`, but does not compare them."""
    if today is None:
        return datetime.now(UTC).date()
    if isinstance(today, datetime):
        return (today.astimezone(UTC) if today.tzinfo else today).date()
    return today


@contextmanager
def _paused_collector() -> Iterator[None]:
    """Pause Python's garbage collector, which takes half the time for 5,000 people. Nothing here is cyclic."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load(sources: Iterable[str | Path | Mapping[str, Any]], today: date) -> Company:
    documents = list(documents_of(sources))
    if not documents:
        raise DirectoryError([Problem("", 0, "", "no file is given; pass a file, a folder or a mapping")])
    entries = _entries(documents)
    group_entries, person_entries = entries["groups"], entries["people"]
    groups = {key: (entry, group_of(entry)) for key, entry in group_entries.items()}
    people = {key: (entry, person_of(entry, today)) for key, entry in person_entries.items()}
    rules.refuse_equal_values(rules.accounts_of(people, groups))
    rules.refuse_unknown_groups(people, group_entries)
    moved = rules.moved_keys(documents, person_entries, group_entries)
    rules.refuse_equal_ids(groups)
    warnings = tuple(sorted(set(rules.warnings_of(people, groups, today))))
    if errors := {problem for document in documents for problem in document.problems}:
        raise DirectoryError(errors.union(warnings))
    if not people:
        warnings = (Problem("", 0, "", _NO_PEOPLE, "warning"), *warnings)
    return Company(
        people={key: person for key, (_, person) in people.items()},
        groups={key: group for key, (_, group) in groups.items()},
        moved=moved,
        warnings=warnings,
    )


def _entries(documents: list[Document]) -> dict[str, dict[str, Entry]]:
    """Return the entries of all documents by section and key, and add an error for each that is none."""
    entries: dict[str, dict[str, Entry]] = {"people": {}, "groups": {}}
    for document in documents:
        if document.value is None:
            if not document.problems:
                document.add((), "the file is empty")
            continue
        if not isinstance(document.value, Mapping):
            document.add((), f"must be a mapping with the sections {', '.join(models.SECTIONS)}")
            continue
        _check_sections(document)
        for section, of_section in entries.items():
            values = document.value.get(section)
            for key, value in values.items() if isinstance(values, Mapping) else ():
                _add(document, section, key, value, of_section)
    return entries


def _check_sections(document: Document) -> None:
    for name, value in document.value.items():
        if name == "$schema":
            continue
        if name not in models.SECTIONS:
            document.add((name,), f"is not a known section{near(name, models.SECTIONS)}")
        elif value is not None and not isinstance(value, Mapping):
            document.add((name,), "must be a mapping, with a line for each key")
    if document.problems:
        return
    if not any(document.value.get(name) for name in ("people", "groups", "moved")):
        document.add((), "the file has no people and no groups")
    elif "people" in document.value and not document.value["people"]:
        document.add(("people",), "has no people; add them, or remove the line")
    elif document.value.get("defaults") and "people" not in document.value:
        document.add(("defaults",), "has no effect, because the file has no people; move it to the file of the people")


def _add(document: Document, section: str, key: str, value: Any, entries: dict[str, Entry]) -> None:
    steps = (section, key)
    if not key.strip() or visible(key) != key:
        document.add(steps, f"the key {key!r} must be a string on one line")
    elif key.startswith("__"):
        document.add(steps, "the key must not start with two underscores, because Pulumi hides such keys")
    elif key in entries:
        other = entries[key].document
        place = f"{other.file}:{other.line(steps)}" if other.file else "another Python value"
        document.add(steps, f"is also in {place}; remove one of them")
    elif not isinstance(value, Mapping | None):
        document.add(steps, "must be a mapping of fields, such as `name: Jo Doe`")
    else:
        defaults = document.value.get("defaults") if section == "people" else None
        entries[key] = Entry(document, steps, value or {}, defaults if isinstance(defaults, Mapping) else {})
