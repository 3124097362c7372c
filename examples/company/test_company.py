"""Tests of the component library: three without the Pulumi CLI, one with it."""

from pathlib import Path

import pytest
from company import Person, Reader, Team

from pulumi_identity import Rejected, get_user, testing
from pulumi_identity.testing import EmulatedAws
from pulumi_identity.testing.stacks import Stacks

# Unit tests


def test_people_are_members_of_their_team() -> None:
    with testing.mocks() as aws:
        team = Team("admins", [Person("jo", "Jo Doe")])
        assert testing.value(team.members.id).endswith("/members")
        assert aws.members("Admins") == ["jo"]
        assert get_user(user_name="jo").emails[0].value == "jo@example.com"


def test_a_reader_signs_in_through_the_role() -> None:
    with testing.mocks():
        reader = Reader(Person("ann", "Ann Poe"))
        assert testing.value(reader.user.user_name) == "analysts/ann@example.com"
        assert testing.value(reader.user.user_role) == "READER"


def test_a_person_needs_a_full_name() -> None:
    with pytest.raises(Rejected, match=r"name\.family_name must not be empty"), testing.mocks():
        Person("jo", "Jo")


# An integration test


def test_the_program_manages_the_company(identity_aws: EmulatedAws, identity_stack: Stacks) -> None:
    stack = identity_stack(Path(__file__).parent)
    stack.up()
    assert identity_aws.members("Admins") == ["ann", "jo"]
    identity_aws.add_user("eve")
    identity_aws.add_member("Admins", "eve")
    assert list(stack.preview(refresh=True).changes) == ["admins-members"]
    stack.destroy()
    assert identity_aws.users() == ["eve"]
