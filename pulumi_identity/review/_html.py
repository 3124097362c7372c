"""The review as one self-contained page: the summary, and who has what before and after.

No script, no font and no request: the page may be kept as an artifact and opened anywhere. What changes is
told by signs and words; colour, light or dark as the reader's system has it, only repeats it.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ._facts import Action
from ._kinds import KINDS, WHERE
from ._people import NOTHING, Cell, Matrix, Person
from ._values import Mark, clip, pair, shown, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ._plan import Drift, Resource
    from ._review import Review
    from ._values import Difference

MOST_UNCHANGED = 300
"""People without a change that are listed; more are only counted."""
MOST_GROUPS = 40
"""Groups that have a column; with more, only those with a change have one, and a last column names the others."""

_CSP = "default-src 'none'; style-src 'unsafe-inline'"
_LEGEND = (
    ("●", "has it, and keeps it"),
    ("+", "gets it"),
    ("⊕", "gets it, or has it already: taken over"),
    ("−", "loses it"),  # noqa: RUF001
    ("~", "changes"),
    ("±", "loses it for a moment: made anew"),
)


def render(review: Review) -> str:
    """Write the page."""
    return "\n".join(_page(review)) + "\n"


def _page(review: Review) -> Iterator[str]:
    plan = review.plan
    style = files(__package__).joinpath("_page.css").read_text(encoding="utf-8")
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_CSP}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{_text(review.title)}: {_text(review.headline)}</title>"
    yield f"<style>\n{style}</style>\n</head>\n<body>\n<main>"
    yield f'<h1>{_text(review.title)}</h1>\n<p class="headline">{_text(review.headline)}</p>'
    yield _where({"stack": plan.stack} | {WHERE[name]: value for name, value in plan.where.items()})
    yield from _diagnostics(review) if plan.failed else ()
    yield from _dangers(review)
    yield from _matrix(review.matrix)
    yield from _changes(review)
    yield from _drift(review)
    yield from _unknown(review)
    yield from _others(review)
    yield from () if plan.failed else _diagnostics(review)
    yield "</main>\n</body>\n</html>"


def _where(where: Mapping[str, str]) -> str:
    pairs = (f"<div><dt>{name}</dt><dd>{_text(value)}</dd></div>" for name, value in where.items())
    return f'<dl class="where">{"".join(pairs)}</dl>'


def _diagnostics(review: Review) -> Iterator[str]:
    if said := review.plan.diagnostics:
        yield f"<h2>{'✖ The preview failed' if review.plan.failed else 'Warnings'}</h2>"
        for each in said:
            lines = "\n".join(map(_text, each.message.strip().splitlines()))
            yield f"<pre>{lines}</pre>"


def _dangers(review: Review) -> Iterator[str]:
    count = len(review.dangers)
    if count:
        yield f"<h2>⚠ {count:,} {'danger' if count == 1 else 'dangers'}</h2>"
    for (title, why), dangers in review.dangers_by_rule.items():
        items = "".join(f"<li>{danger.sentence(_code)}</li>" for danger in dangers)
        yield f'<section class="danger"><h3>⚠ {_text(title)}</h3><p>{_text(why)}</p><ul>{items}</ul></section>'


# The matrix


def _matrix(matrix: Matrix) -> Iterator[str]:
    yield "<h2>Who has what, before and after</h2>"
    changing = [person for person in matrix.people if person.changes or person.touched]
    same = matrix.people[len(changing) :]
    listed = [*changing, *(same if len(same) <= MOST_UNCHANGED else ())]
    if not listed:
        yield '<p class="soft">Nobody, as far as this preview shows.</p>'
        return
    columns, rest = _columns(listed, matrix)
    yield '<ul class="legend">'
    yield from (f'<li><span class="sign">{sign}</span> {meaning}</li>' for sign, meaning in _LEGEND)
    yield "</ul>"
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Who has what"><table>'
    unlisted = len(matrix.people) - len(listed)
    note = f", and {unlisted:,} without a change, who are not listed" if unlisted else ""
    yield f"<caption>{len(listed):,} {'person' if len(listed) == 1 else 'people'}{note}</caption>"
    heads = ["Person", "Directory", "QuickSight", "AppStream", *(matrix.groups[key] for key in columns)]
    heads += ["Other groups"] if rest else []
    yield _heads(heads)
    for person in listed:
        yield _row(person, columns, rest, matrix)
    yield "</tbody></table></div>"


def _heads(heads: Iterable[str]) -> str:
    columns = "".join(f'<th scope="col">{_text(head)}</th>' for head in heads)
    return f"<thead><tr>{columns}</tr></thead>\n<tbody>"


def _columns(people: Iterable[Person], matrix: Matrix) -> tuple[list[str], list[str]]:
    """The groups that have a column each, and those that share the last one."""
    used = {key: any(key in person.groups and person.groups[key].changes for person in people) for key in matrix.groups}
    present = [key for key in matrix.groups if any(key in person.groups for person in people)]
    columns = [key for key in present if used[key]] if len(present) > MOST_GROUPS else present
    return columns, [key for key in present if key not in columns]


def _row(person: Person, columns: list[str], rest: list[str], matrix: Matrix) -> str:
    sign, word = _status(person)
    head = (
        f'<th scope="row"><span class="sign">{sign}</span> {_text(person.label)} <span class="soft">{word}</span></th>'
    )
    cells = [_cell(cell, "yes") for cell in (person.directory,)]
    cells += [_cell(cell) for cell in (person.quicksight, person.appstream)]
    cells += [_cell(person.groups.get(key, NOTHING), "yes") for key in columns]
    if rest:
        names = ", ".join(_text(matrix.groups[key]) for key in rest if key in person.groups)
        cells.append(f"<td>{names}</td>")
    return f'<tr class="{"change" if word else "same"}">{head}{"".join(cells)}</tr>'


def _status(person: Person) -> tuple[str, str]:
    if person.joins:
        return ("⊕", "joins or is taken over") if person.adopted else ("+", "joins")
    if person.leaves:
        return "−", "leaves"  # noqa: RUF001
    return ("~", "changes") if person.changes or person.touched else ("", "")


def _cell(cell: Cell, yes: str = "") -> str:
    """One cell; `yes` is the word for having what is no more than had or not, shown as a dot."""
    before, after = (_has(value, yes) if value else "" for value in (cell.before, cell.after))
    if not cell.changes:
        return f"<td>{after}</td>"
    if cell.before == cell.after:
        return _td("move", "±", after, "made anew")
    inner = " → ".join(filter(None, (before and f"<del>{before}</del>", after and f"<ins>{after}</ins>")))
    if cell.has and not cell.had:
        return _td("gain", "⊕", inner, "gets or keeps it") if cell.adopted else _td("gain", "+", inner, "gets it")
    if cell.had and not cell.has:
        return _td("loss", "−", inner, "loses it")  # noqa: RUF001
    return _td("move", "±" if cell.replaced else "~", inner, "changes")


def _td(way: str, sign: str, inner: str, meaning: str) -> str:
    return f'<td class="{way}"><span class="sign">{sign}</span> {inner} <span class="unseen">{meaning}</span></td>'


def _has(value: str, yes: str) -> str:
    return f'●<span class="unseen">{yes}</span>' if yes else _text(value)


# What changes


def _changes(review: Review) -> Iterator[str]:
    if review.plan.changed():
        yield "<h2>What changes</h2>"
    for kind, words in KINDS.items():
        changed = review.plan.changed(kind)
        if changed:
            yield f"<h3>{words.title}</h3>"
        if changed and (place := review.plan.places[kind]):
            yield _where({WHERE[name]: value for name, value in place.items()})
        yield from map(_change, changed)


def _change(each: Resource) -> str:
    forced = f", forced by {', '.join(map(_code, each.forced_by))}" if each.forced_by else ""
    items = "".join(f"<li>{_property(found, each)}</li>" for found in each.differences)
    return (
        f'<div class="change"><p><span class="sign">{each.action.symbol}</span> {_text(each.label)}'
        f' <span class="soft">is {each.action.word}{forced}</span></p>{f"<ul>{items}</ul>" if items else ""}</div>'
    )


def _property(found: Difference, each: Resource) -> str:
    path = _code(found.path)
    if each.action.begins:
        return f"{path} {_value(found.new)}"
    if each.action is Action.DELETE:
        return f"{path} {_value(found.old)}"
    if found.old is Mark.SECRET and found.new is Mark.SECRET:
        return f"{path} another secret"
    if isinstance(found.old, Mark) or isinstance(found.new, Mark):
        return f"{path} {_value(found.old)} → {_value(found.new)}"
    old, new = pair(shown(found.old), shown(found.new))
    return f"{path} <del>{_code(old)}</del> → <ins>{_code(new)}</ins>"


def _drift(review: Review) -> Iterator[str]:
    drifted = [each for each in review.plan.resources if each.drift or each.gone]
    if not drifted:
        return
    yield '<h2>Changed outside Pulumi</h2>\n<div class="scroll" tabindex="0" role="region" aria-label="Drift"><table>'
    heads = ("Resource", "Property", "State has", "AWS has", "Program says")
    yield _heads(heads)
    for each in drifted:
        name = f'<th scope="row">{_text(each.label)} <span class="soft">{KINDS[each.kind].noun}</span></th>'
        if each.gone:
            made = "make it anew" if each.changes else "nothing"
            yield f"<tr>{name}<td></td><td>it</td><td>nothing</td><td>{made}</td></tr>"
        for drift in each.drift:
            yield f"<tr>{name}{_drifted(drift)}</tr>"
    yield "</tbody></table></div>"


def _drifted(drift: Drift) -> str:
    values = "".join(f"<td>{_value(value)}</td>" for value in (drift.state, drift.aws, drift.program))
    return f"<td>{_code(drift.path)}</td>{values}"


def _unknown(review: Review) -> Iterator[str]:
    unknown = [each for each in review.plan.changed() if each.unknown]
    if unknown or review.notes:
        yield "<h2>Not known</h2><ul>"
        for each in unknown:
            paths = ", ".join(map(_code, each.unknown))
            yield f'<li>{_text(each.label)} <span class="soft">{KINDS[each.kind].noun}</span>: {paths}</li>'
        yield from (f"<li>{_text(note)}</li>" for note in review.notes)
        yield "</ul>"


def _others(review: Review) -> Iterator[str]:
    if review.plan.others:
        yield "<h2>Resources of other providers</h2><ul>"
        for each in review.plan.others:
            sign = f'<span class="sign">{each.action.symbol}</span>'
            yield f"<li>{sign} {_text(each.name)} {_code(each.kind)} is {each.action.word}</li>"
        yield "</ul>"


# Escaping


def _text(text: str) -> str:
    return escape(visible(text))


def _code(text: str) -> str:
    return f"<code>{_text(clip(text))}</code>"


def _value(value: Any) -> str:
    return f'<span class="soft">{_text(value.value)}</span>' if isinstance(value, Mark) else _code(shown(value))
