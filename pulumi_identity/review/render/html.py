"""Write a review as one self-contained page: the summary, and the access of each person before and after.

The page has no script and no font and makes no request, so it can be stored as an artifact and opened anywhere. Signs
and words show the changes. Colour only repeats them, and follows the reader's light or dark theme.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pulumi_identity.review.actions import Action
from pulumi_identity.review.people import NOTHING, get_columns
from pulumi_identity.review.places import PLACE_WORDS
from pulumi_identity.review.values import Mark, clip, count, escape_controls

from .wording import ANOTHER_SECRET, show_difference, show_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jinja2 import Environment

    from pulumi_identity.review.people import Cell, Matrix, Person
    from pulumi_identity.review.review import Review

MOST_UNCHANGED = 300
"""The largest number of unchanged people that are listed. If there are more, they are only counted."""
MOST_GROUPS = 40
"""The largest number of groups that all have a column. If there are more, only groups with changes have a column, and
the last column lists the others."""

_LEGEND = (
    ("●", "has it, no change"),
    ("+", "gets it"),
    ("⊕", "gets it, or already has it (adopted)"),
    ("−", "loses it"),  # noqa: RUF001
    ("~", "changes"),
    ("±", "replaced: loses it briefly"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _TableCell:
    before: str | None
    after: str | None
    dot: str
    """The word that a dot stands for, if the column has only one word."""
    way: str = ""
    """The kind of change: "gain", "loss", "move", or ""."""
    sign: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    sign: str
    label: str
    status: str
    cells: Sequence[_TableCell]
    others: Sequence[str] | None
    """The groups in the last column, or None if there is no such column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    heads: Sequence[str]
    rows: Sequence[_Row]
    unlisted: int


def render(review: Review) -> str:
    """Write the page.

    Args:
        review: The review.

    Returns:
        The HTML text.
    """
    plan = review.plan
    return (
        _load_environment()
        .get_template("page.html")
        .render(
            review=review,
            plan=plan,
            where={"stack": plan.stack} | _word_places(plan.where),
            legend=_LEGEND,
            table=_build_table(review.matrix),
            drifted=[change for change in plan.resources if change.drifted],
            unknown=[change for change in plan.changed if change.unknown],
        )
    )


@cache
def _load_environment() -> Environment:
    import jinja2  # noqa: PLC0415 - only the page needs it, so only the extra installs it

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pulumi_identity.review.render"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"another_secret": ANOTHER_SECRET}
    environment.tests["mark"] = lambda value: isinstance(value, Mark)
    environment.filters |= {
        "allow_breaks": _allow_breaks,
        "clip": clip,
        "counted": count,
        "show_difference": show_difference,
        "show_value": show_value,
        "word_places": _word_places,
    }
    return environment


def _finalize(value: Any) -> Any:
    """Escape control characters of every text before HTML escaping."""
    return value if hasattr(value, "__html__") else escape_controls(str(value))


def _allow_breaks(name: str) -> Any:
    """Let a long name wrap after a separator. Otherwise a browser wraps it inside a word."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    return Markup("<wbr>").join(map(escape_controls, re.split(r"(?<=[@._/-])(?=.)", name, flags=re.DOTALL)))


def _word_places(places: Mapping[str, str]) -> dict[str, str]:
    return {PLACE_WORDS[name]: value for name, value in places.items()}


def _build_table(matrix: Matrix) -> _Table:
    changing = [person for person in matrix.people if person.changes or person.touched]
    same = matrix.people[len(changing) :]
    listed = [*changing, *(same if len(same) <= MOST_UNCHANGED else ())]
    groups, rest = _choose_groups(listed, matrix)
    heads = ["Person", *(column.title for column in get_columns().values())]
    heads += [matrix.groups[key] for key in groups]
    return _Table(
        heads=[*heads, "Other groups"] if rest else heads,
        rows=[_build_row(person, groups, rest, matrix) for person in listed],
        unlisted=len(matrix.people) - len(listed),
    )


def _choose_groups(people: Iterable[Person], matrix: Matrix) -> tuple[list[str], list[str]]:
    """Choose the groups with a column each, those with changes first, and the groups that share the last column."""
    people = list(people)
    present = [key for key in matrix.groups if any(key in person.groups for person in people)]
    changing = {key for person in people for key, cell in person.groups.items() if cell.changes}
    first = [key for key in present if key in changing]
    rest = [key for key in present if key not in changing]
    return ([*first, *rest], []) if len(present) <= MOST_GROUPS else (first, rest)


def _build_row(person: Person, groups: Iterable[str], rest: Sequence[str], matrix: Matrix) -> _Row:
    sign, status = _choose_status(person)
    cells = [
        _build_cell(person.accounts[name], dot="yes" if column.word else "") for name, column in get_columns().items()
    ]
    cells += [_build_cell(person.groups.get(key, NOTHING), dot="yes") for key in groups]
    others = [matrix.groups[key] for key in rest if key in person.groups] if rest else None
    return _Row(sign=sign, label=person.label, status=status, cells=cells, others=others)


def _choose_status(person: Person) -> tuple[str, str]:
    if person.joins:
        return ("⊕", Action.ADOPT.word) if person.may_exist else ("+", "joins")
    if person.leaves:
        return "−", "leaves"  # noqa: RUF001
    if person.new_names and not person.changes:
        return "~", f"gets a new {' and '.join(sorted(person.new_names)).replace('_', ' ')}"
    return ("~", "changes") if person.changes or person.touched else ("", "")


def _build_cell(cell: Cell, *, dot: str) -> _TableCell:
    way, sign, meaning = _choose_way(cell)
    return _TableCell(before=cell.before, after=cell.after, dot=dot, way=way, sign=sign, meaning=meaning)


def _choose_way(cell: Cell) -> tuple[str, str, str]:
    """Choose the kind of change, the sign and the words for a cell."""
    if not cell.changes:
        return "", "", ""
    if cell.before == cell.after:
        return "move", "±", "replaced"
    if cell.has and not cell.had:
        return ("gain", "⊕", "gets it or already has it") if cell.may_exist else ("gain", "+", "gets it")
    if cell.had and not cell.has:
        return "loss", "−", "loses it"  # noqa: RUF001
    return "move", "±" if cell.replaced else "~", "changes"
