"""A cell of the matrix → its piece of the page."""

from __future__ import annotations

import re

import pytest
from review.build import plan

from pulumi_identity.review import RENDERERS, Account, Cell, Matrix, Person, Review

LOCKED_OUT = frozenset({"disabled"})


def render_cell(cell: Cell, *, kind: str) -> str:
    """Return the cell of that kind, on the page of one person."""
    accounts = {name: Cell() for name in ("IdentityStoreUser", "QuickSightUser", "AppStreamUser")} | {kind: cell}
    person = Person(label="jo", accounts=accounts, groups={}, touched=True)
    matrix = Matrix((person,), {})
    page = RENDERERS["html"](Review(title="T", headline="H", plan=plan(), dangers=(), matrix=matrix))
    (row,) = re.findall(r"<tbody>\n<tr.*?</th>(.*)</tr>", page)
    (full,) = (part for part in re.findall("<td.*?</td>", row) if part != "<td></td>")
    return full


@pytest.mark.parametrize(
    ("account", "html"),
    [
        (Account(urn="", before="A", after="A"), "<td>A</td>"),
        (Account(urn="", after="A"), '<td class="gain">+ <ins>A</ins> gets it</td>'),
        (Account(urn="", after="A", may_exist=True), '<td class="gain">⊕ <ins>A</ins> gets it or already has it</td>'),
        (Account(urn="", before="A"), '<td class="loss">− <del>A</del> loses it</td>'),  # noqa: RUF001
        (Account(urn="", before="A", after="B"), '<td class="move">~ <del>A</del> → <ins>B</ins> changes</td>'),
        (Account(urn="", before="A", after="A", replaced=True), '<td class="move">± A replaced</td>'),
        (
            Account(urn="", before="A", after="B", replaced=True),
            '<td class="move">± <del>A</del> → <ins>B</ins> changes</td>',
        ),
        (
            Account(urn="", after="disabled", locked_out=LOCKED_OUT),
            '<td class="move">~ <ins>disabled</ins> changes</td>',
        ),
        (Account(urn="", after="<b>"), '<td class="gain">+ <ins>&lt;b&gt;</ins> gets it</td>'),
    ],
)
def test_a_cell(account: Account, html: str) -> None:
    cell = render_cell(Cell((account,)), kind="QuickSightUser")
    assert re.sub("</?span.*?>", "", cell) == html


@pytest.mark.parametrize(("changes", "status"), [(False, "gets a new user name"), (True, "changes")])
def test_the_status_of_a_person_with_a_new_name(changes: bool, status: str) -> None:
    accounts = {name: Cell() for name in ("IdentityStoreUser", "QuickSightUser", "AppStreamUser")}
    accounts["QuickSightUser"] = Cell((Account(urn="", before="A", after="B" if changes else "A"),))
    person = Person(label="jo", accounts=accounts, groups={}, touched=True, new_names=frozenset({"user_name"}))
    page = RENDERERS["html"](Review(title="T", headline="H", plan=plan(), dangers=(), matrix=Matrix((person,), {})))
    assert re.findall(r'<th scope="row">.*<span class="soft">(.*)</span></th>', page) == [status]


def test_a_column_with_one_word_has_a_dot() -> None:
    cell = render_cell(Cell((Account(urn="", before="user", after="user"),)), kind="IdentityStoreUser")
    assert cell == '<td>●<span class="unseen">yes</span></td>'
