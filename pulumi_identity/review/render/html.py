"""Write a review as one self-contained page: the summary, and what each person has before and after.

The page has no script, no font and no request: it can be kept as an artifact and opened anywhere. Signs and words show
what changes; colour, light or dark as the reader's system has it, only repeats them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

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
"""The number of people without a change that are listed; more are only counted."""
MOST_GROUPS = 40
"""The number of groups that all have a column; of more, those with a change have one, and a last column names the
others."""

_LEGEND = (
    ("●", "has it, and keeps it"),
    ("+", "gets it"),
    ("⊕", "gets it, or has it already: taken over"),
    ("−", "loses it"),  # noqa: RUF001
    ("~", "changes"),
    ("±", "loses it for a moment: made anew"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _TableCell:
    before: str | None
    after: str | None
    dot: str
    """The word that a dot stands for, where a column has no other word."""
    way: str = ""
    """What happens: "gain", "loss", "move", or nothing."""
    sign: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    sign: str
    label: str
    status: str
    cells: Sequence[_TableCell]
    others: Sequence[str] | None
    """The groups in the last column, if there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    heads: Sequence[str]
    rows: Sequence[_Row]
    unlisted: int


def render(review: Review) -> str:
    """Write the page."""
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
            drifted=[change for change in plan.resources if change.drift or change.gone],
            unknown=[change for change in plan.changed if change.unknown],
        )
    )


@cache
def _load_environment() -> Environment:
    import jinja2  # noqa: PLC0415 - only the page needs it, and the extra that brings it

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
        "clip": clip,
        "counted": count,
        "show_difference": show_difference,
        "show_value": show_value,
        "word_places": _word_places,
    }
    return environment


def _finalize(value: Any) -> Any:
    """Write control characters of every text out, before it is escaped."""
    return value if hasattr(value, "__html__") else escape_controls(str(value))


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
    """Choose the groups that have a column each, and those that share the last one."""
    people = list(people)
    present = [key for key in matrix.groups if any(key in person.groups for person in people)]
    if len(present) <= MOST_GROUPS:
        return present, []
    changing = {key for person in people for key, cell in person.groups.items() if cell.changes}
    return [key for key in present if key in changing], [key for key in present if key not in changing]


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
        return ("⊕", "joins or is taken over") if person.may_exist else ("+", "joins")
    if person.leaves:
        return "−", "leaves"  # noqa: RUF001
    return ("~", "changes") if person.changes or person.touched else ("", "")


def _build_cell(cell: Cell, *, dot: str) -> _TableCell:
    way, sign, meaning = _choose_way(cell)
    return _TableCell(before=cell.before, after=cell.after, dot=dot, way=way, sign=sign, meaning=meaning)


def _choose_way(cell: Cell) -> tuple[str, str, str]:
    """Choose the way, the sign and the words for what happens in a cell."""
    if not cell.changes:
        return "", "", ""
    if cell.before == cell.after:
        return "move", "±", "made anew"
    if cell.has and not cell.had:
        return ("gain", "⊕", "gets or keeps it") if cell.may_exist else ("gain", "+", "gets it")
    if cell.had and not cell.has:
        return "loss", "−", "loses it"  # noqa: RUF001
    return "move", "±" if cell.replaced else "~", "changes"
