"""docs/lookups.md has every operation of the API, and docstrings document every argument."""

from __future__ import annotations

import inspect

import pytest

import pulumi_identity
from pulumi_identity.lookups._invoke import LOOKUPS
from tools.lookup_docs import operations, reference
from tools.lookup_docstrings import SHARED, parse

ASKED_FOR = {
    "appstream": "CreateUser",
    "quicksight": """
        DescribeGroup DescribeGroupMembership GetIdentityContext GetSessionEmbedUrl ListGroupMemberships ListGroups
        ListUserGroups RegisterUser SearchGroups
    """,
    "identitystore": """
        CreateGroup CreateGroupMembership CreateUser DeleteGroup DeleteGroupMembership DeleteUser DescribeGroup
        DescribeGroupMembership DescribeUser GetGroupId GetGroupMembershipId GetUserId IsMemberInGroups
        ListGroupMemberships ListGroupMembershipsForMember ListGroups ListUsers UpdateGroup UpdateUser
    """,
}
"""The operations that this package set out to cover."""


def rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in operations().splitlines()[2:]]


@pytest.mark.parametrize(
    "action", [f"{service}:{name}" for service, names in ASKED_FOR.items() for name in names.split()]
)
def test_each_operation_has_its_row(action: str) -> None:
    (row,) = [row for row in rows() if row[-1] == f"`{action}`"]
    assert row[0] == action.partition(":")[2]


def test_no_cell_is_empty() -> None:
    assert rows()
    for row in rows():
        assert len(row) == 4
        assert all(row), row


def test_each_lookup_has_its_section() -> None:
    sections = reference()
    for name in LOOKUPS:
        assert f"### {name}\n" in sections
        assert f"`{name}_output(…)`" in sections


@pytest.mark.parametrize("name", [form for name in LOOKUPS for form in (name, f"{name}_output")])
def test_each_argument_is_documented(name: str) -> None:
    form = getattr(pulumi_identity, name)
    docstring = parse(form.__doc__)
    assert list(docstring.arguments) == list(inspect.signature(form).parameters)
    assert all(docstring.arguments.values())
    assert docstring.returns
    assert "TypeError" in docstring.raises


def test_the_page_documents_a_shared_argument_once() -> None:
    for name in SHARED:
        assert f"- `{name}`: " not in reference()
