"""Changes → changes of memberships that follow from those of their member and their group."""

from __future__ import annotations

import pytest
from review.build import change, member

from pulumi_identity.review import Action
from pulumi_identity.review.memberships import adopt_memberships, end_memberships

A = Action


@pytest.mark.parametrize(
    ("user", "group", "before", "after"),
    [
        (A.ADOPT, A.SAME, A.CREATE, A.ADOPT),
        (A.SAME, A.ADOPT, A.CREATE, A.ADOPT),
        (A.ADOPT, A.ADOPT, A.CREATE, A.ADOPT),
        (A.ADOPT, A.CREATE, A.CREATE, A.CREATE),
        (A.SAME, A.SAME, A.CREATE, A.CREATE),
        (A.ADOPT, A.SAME, A.SAME, A.SAME),
    ],
)
def test_a_created_membership_may_exist(user: Action, group: Action, before: Action, after: Action) -> None:
    ends = [change("IdentityStoreUser", "jo", user), change("Group", "crew", group)]
    found = adopt_memberships([*ends, member("m", before)])
    assert [entry.action for entry in found] == [user, group, after]


@pytest.mark.parametrize(
    ("user", "group", "failed", "before", "after"),
    [
        (A.DELETE, A.SAME, False, A.SAME, A.DELETE),
        (A.SAME, A.DELETE, False, A.SAME, A.DELETE),
        (A.REPLACE, A.SAME, False, A.SAME, A.DELETE),
        (A.SUPERSEDE, A.SAME, False, A.SAME, A.SAME),
        (A.UPDATE, A.SAME, False, A.SAME, A.SAME),
        (A.DELETE, A.SAME, False, A.FORGET, A.DELETE),
        (A.DELETE, A.SAME, True, A.FORGET, A.DELETE),
        (A.DELETE, A.SAME, True, A.SAME, A.SAME),
        (A.DELETE, A.SAME, False, A.UPDATE, A.UPDATE),
        (A.DELETE, A.SAME, False, A.CREATE, A.CREATE),
    ],
)
def test_a_membership_ends_with_its_ends(
    user: Action, group: Action, failed: bool, before: Action, after: Action
) -> None:
    ends = [change("IdentityStoreUser", "jo", user), change("Group", "crew", group)]
    *others, found = end_memberships([*ends, member("m", before)], failed=failed)
    assert [entry.action for entry in others] == [user, group]
    assert found.action is after
    ended = after is A.DELETE
    assert (found.after is None, found.member.after is None, found.group.after is None) == (ended, ended, ended)
