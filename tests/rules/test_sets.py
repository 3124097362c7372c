"""All members of a group as one resource: who joins, who leaves, and who is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import STORE, USER
from contract.examples.group_membership import user
from contract.host import Host, Refused, new_command
from pulumi.output import Unknown

from pulumi_identity import AlreadyExists, Conflict, Denied, IdentityError, NotFound
from pulumi_identity.aws.ids import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.admins import Admins

SAME = ("same", [])


# Exclusive sets


def test_a_stranger_is_seen_under_the_user_name_and_removed(admins: Admins) -> None:
    admins.up("ann", "jo")
    admins.join("eve")
    assert admins.host.preview(admins.program("ann", "jo")) == SAME, "only a preview can announce a removal"
    admins.calls()
    assert admins.refresh()
    assert admins.calls() == ["ListGroupMemberships", "DescribeUser"]
    assert admins.host.inputs["members"] == {name: admins.people[name] for name in ("ann", "eve", "jo")}
    assert admins.host.outputs["__strangers"] == ["eve"]
    assert admins.refresh()
    assert admins.calls() == ["ListGroupMemberships"], "state remembers the name"
    assert admins.host.preview(admins.program("ann", "jo")) == ("update", ["members"])
    assert admins.up("ann", "jo") == "update"
    assert admins.calls() == ["DescribeGroup", "DeleteGroupMembership"]
    assert admins.members() == ["ann", "jo"]
    assert "__strangers" not in admins.host.outputs
    assert admins.refresh()
    assert admins.host.preview(admins.program("ann", "jo")) == SAME


def test_the_listing_of_users_names_strangers(admins: Admins, client: Callable[[str], Any]) -> None:
    """A refresh that has read the users costs no call for a stranger."""
    person = Host(USER.resource)
    person.id, person.outputs = f"{STORE}/{admins.people['ann']}", {"__resolved": [], "user_name": "ann"}
    admins.up("ann")
    admins.join("eve")
    new_command()
    person.refresh()
    admins.host.refresh()
    assert admins.calls() == ["ListUsers", "ListGroupMemberships"]
    assert "eve" in admins.host.outputs["members"]


def test_many_strangers_cost_a_listing(admins: Admins, client: Callable[[str], Any]) -> None:
    admins.up("ann")
    for number in range(30):
        admins.people[f"p{number}"] = user(client, f"p{number}")
        admins.join(f"p{number}")
    admins.refresh()
    assert admins.calls() == ["ListGroupMemberships", "ListUsers"]
    assert len(admins.host.outputs["__strangers"]) == 30


def test_a_taken_label_gets_the_id(admins: Admins) -> None:
    admins.host.up(admins.labelled({"eve": admins.people["ann"]}))
    admins.join("eve")
    admins.refresh()
    eve = admins.people["eve"]
    assert admins.host.outputs["members"] == {"eve": admins.people["ann"], f"eve ({eve})": eve}


def test_a_member_who_was_removed_is_added_again(admins: Admins) -> None:
    admins.up("ann", "jo")
    admins.leave("jo")
    admins.refresh()
    assert admins.host.preview(admins.program("ann", "jo")) == ("update", ["members"])
    admins.calls()
    admins.up("ann", "jo")
    assert admins.calls() == ["DescribeGroup", "CreateGroupMembership"]
    assert admins.members() == ["ann", "jo"]


def test_a_membership_with_a_new_id_is_no_drift(admins: Admins) -> None:
    admins.up("ann", "jo")
    admins.leave("jo")
    admins.join("jo")
    assert admins.up("ann") == "update", "state has the old id of the membership"
    assert admins.members() == ["ann"]


def test_a_changed_label_makes_no_call(admins: Admins) -> None:
    admins.up("ann", "jo")
    admins.calls()
    assert admins.host.up(admins.labelled({"Ann": admins.people["ann"], "jo": admins.people["jo"]})) == "update"
    assert admins.calls() == []
    assert admins.host.outputs["members"].keys() == {"Ann", "jo"}


def test_swapped_labels_change_nothing(admins: Admins) -> None:
    admins.up("ann", "jo")
    admins.calls()
    admins.host.up(admins.labelled({"ann": admins.people["jo"], "jo": admins.people["ann"]}))
    assert admins.calls() == []


def test_no_members_empty_the_group(admins: Admins) -> None:
    admins.up("ann", "jo")
    admins.up()
    assert admins.members() == []
    assert admins.refresh()
    assert admins.host.inputs["members"] == {}
    assert admins.host.preview(admins.program()) == SAME


# Sets beside other members


def test_an_additive_set_leaves_strangers_alone(admins: Admins) -> None:
    admins.join("eve")
    admins.up("ann", exclusive=False)
    assert admins.host.outputs["other_members"] == {"eve": admins.people["eve"]}
    admins.join("bob")
    admins.refresh()
    assert admins.host.outputs["other_members"] == {name: admins.people[name] for name in ("bob", "eve")}
    assert admins.host.inputs["members"] == {"ann": admins.people["ann"]}
    assert admins.up("ann", exclusive=False) == "same"
    admins.up("jo", exclusive=False)
    assert admins.members() == ["bob", "eve", "jo"]
    admins.host.destroy()
    assert admins.members() == ["bob", "eve"]


def test_declaring_a_stranger_of_an_additive_set(admins: Admins) -> None:
    admins.join("eve")
    admins.up("ann", exclusive=False)
    admins.up("ann", "eve", exclusive=False)
    assert admins.host.outputs["other_members"] == {}
    admins.up("ann", exclusive=False)
    assert admins.members() == ["ann"], "she was declared, so she is removed"


def test_a_set_that_becomes_additive_keeps_strangers(admins: Admins) -> None:
    admins.up("ann", "jo")
    admins.join("eve")
    admins.refresh()
    admins.up("ann", exclusive=False)
    assert admins.members() == ["ann", "eve"], "jo was declared, eve was not"
    assert admins.host.outputs["other_members"] == {"eve": admins.people["eve"]}


def test_a_set_that_becomes_exclusive_removes_everyone_else(admins: Admins) -> None:
    admins.join("eve")
    admins.up("ann", exclusive=False)
    admins.join("bob")
    admins.up("ann")
    assert admins.members() == ["ann"]
    assert "other_members" not in admins.host.outputs


# Creating


def test_a_create_over_other_members_names_them(admins: Admins) -> None:
    admins.join("eve")
    admins.join("bob")
    with pytest.raises(AlreadyExists) as raised:
        admins.up("ann")
    assert str(raised.value) == (
        f"creating IAM Identity Center Group Members ({STORE}/{admins.group}): the group also has the members bob, eve"
        " — add them to `members`, set adopt=True to remove them, or exclusive=False to leave them in the group;"
        " for a new name of the resource in the program, add an alias"
    )
    assert admins.members() == ["bob", "eve"]


def test_an_error_names_ten_members(admins: Admins, client: Callable[[str], Any]) -> None:
    for number in range(12):
        admins.people[f"p{number:02}"] = user(client, f"p{number:02}")
        admins.join(f"p{number:02}")
    with pytest.raises(AlreadyExists, match="and 2 more —") as raised:
        admins.up("ann")
    assert str(raised.value).count("p0") + str(raised.value).count("p1") == 10


def test_adopting_a_group_removes_other_members_and_keeps_the_declared(admins: Admins) -> None:
    admins.join("eve")
    admins.join("ann")
    before = admins.memberships()["ann"]
    admins.calls()
    admins.up("ann", "jo", adopt=True)
    calls = admins.calls()
    assert sorted(calls) == [
        "CreateGroupMembership",
        "DeleteGroupMembership",
        "DescribeGroup",
        "DescribeUser",
        "ListGroupMemberships",
    ]
    assert admins.members() == ["ann", "jo"]
    assert admins.memberships()["ann"] == before


def test_a_create_that_failed_half_way_goes_on(admins: Admins) -> None:
    program = admins.labelled({"ann": admins.people["ann"], "gone": EXAMPLE, "jo": admins.people["jo"]})
    with pytest.raises(NotFound) as raised:
        admins.host.up(program)
    message = str(raised.value)
    assert "creating IAM Identity Center Group Members" in message
    assert "1 of 3 changes failed: adding gone: ResourceNotFoundException" in message
    assert admins.members() == ["ann", "jo"]
    assert admins.up("ann", "jo") == "create"
    assert admins.calls().count("CreateGroupMembership") == 0


# Failures


def test_all_failures_are_reported_by_name_and_the_next_run_converges(admins: Admins) -> None:
    admins.up("ann", "bob")
    admins.aws.faults.fail("identitystore", "CreateGroupMembership", "ValidationException", times=2)
    with pytest.raises(IdentityError) as raised:
        admins.up("eve", "jo")
    message = raised.value.message
    assert "updating IAM Identity Center Group Members" in message
    assert message.count("ValidationException") == 2
    assert "2 of 4 changes failed: adding " in message
    assert message.endswith("; 2 were not attempted")
    assert "\n" not in message
    assert len(admins.members()) == 2
    admins.up("eve", "jo")
    assert admins.members() == ["eve", "jo"]
    assert admins.refresh()
    assert admins.host.preview(admins.program("eve", "jo")) == SAME


def test_a_denied_write_ends_the_others(admins: Admins, client: Callable[[str], Any]) -> None:
    names = [f"p{number:02}" for number in range(40)]
    admins.people |= {name: user(client, name) for name in names}
    admins.up("ann")
    admins.aws.faults.fail("identitystore", "CreateGroupMembership", "AccessDeniedException", times=100)
    admins.calls()
    with pytest.raises(Denied, match=r"\d+ were not attempted"):
        admins.up("ann", *names)
    assert admins.calls().count("CreateGroupMembership") <= 16


def test_nobody_leaves_if_nobody_can_join(admins: Admins) -> None:
    admins.up("ann", "bob")
    admins.aws.faults.fail("identitystore", "CreateGroupMembership", "AccessDeniedException", times=100)
    with pytest.raises(Denied, match="2 were not attempted"):
        admins.up("jo")
    assert admins.members() == ["ann", "bob"]


def test_a_lost_answer_is_settled(admins: Admins) -> None:
    admins.up("ann")
    admins.aws.faults.add(service="identitystore", operation="CreateGroupMembership", fault="reset", act="after")
    admins.up("ann", "jo")
    assert admins.members() == ["ann", "jo"]


# Deleting


def test_deleting_removes_everyone_whom_state_has(admins: Admins) -> None:
    admins.up("ann", "jo")
    admins.join("eve")
    admins.refresh()
    admins.join("bob")
    admins.host.destroy()
    assert admins.members() == ["bob"], "state has eve, and no preview has shown bob"


def test_a_deleted_group_needs_no_calls_per_member(admins: Admins) -> None:
    admins.up("ann", "jo")
    admins.store.delete_group(IdentityStoreId=STORE, GroupId=admins.group)
    admins.calls()
    admins.host.destroy()
    assert admins.calls() == ["DescribeGroup"]


def test_a_set_ends_with_its_group(admins: Admins) -> None:
    admins.up("ann")
    admins.store.delete_group(IdentityStoreId=STORE, GroupId=admins.group)
    assert not admins.refresh()


def test_a_missing_store_is_not_a_missing_group(admins: Admins) -> None:
    admins.up("ann")
    admins.aws.faults.fail(
        "identitystore", "ListGroupMemberships", "ResourceNotFoundException", ResourceType="IDENTITY_STORE"
    )
    with pytest.raises(NotFound):
        admins.refresh()


# Input


def test_one_person_under_two_labels_is_a_mistake(admins: Admins) -> None:
    with pytest.raises(Refused) as raised:
        admins.host.preview(admins.labelled({"a": admins.people["ann"], "b": admins.people["ann"]}))
    assert raised.value.args[0] == {"members": "must not contain the same member twice, as 'b' and 'a'"}


def test_known_members_are_checked_beside_unknown_ones(admins: Admins) -> None:
    unknown: Any = Unknown()  # type: ignore[no-untyped-call]
    program = admins.labelled({"new": unknown, "x": "not an id", "": admins.people["ann"], "__y": admins.people["jo"]})
    reasons = [failure.reason for failure in admins.host.provider.check({}, program).failures]
    assert reasons == [
        f"members[x] must be the user_id of an IdentityStoreUser or get_user(), such as {EXAMPLE}",
        "members[] must not be empty",
        "members[__y] must not start with two underscores, because Pulumi hides such keys",
    ]


# SCIM


def test_a_group_of_an_identity_provider_is_left_alone(admins: Admins) -> None:
    admins.aws.identitystore.set_external_ids(STORE, admins.group, ("https://idp.example.com", "g-1"))
    with pytest.raises(Conflict, match=r"idp\.example\.com manages this set of members through SCIM"):
        admins.up("ann")
    assert admins.members() == []
    admins.up("ann", adopt="externally-managed")
    assert admins.members() == ["ann"]


def test_state_of_an_import_is_enough(admins: Admins) -> None:
    """Without the ids of the memberships, each removal looks one up."""
    admins.up("ann", "jo")
    admins.host.outputs = {name: value for name, value in admins.host.outputs.items() if name != "__memberships"}
    admins.up("ann")
    assert admins.members() == ["ann"]


def test_get_reads_every_member(admins: Admins) -> None:
    admins.join("ann")
    read = admins.host.provider.read(f"{STORE}/{admins.group}/members", {})
    assert read.outs["members"] == {"ann": admins.people["ann"]}


def test_a_dict_of_unknown_members_passes(admins: Admins) -> None:
    unknown: Any = Unknown()  # type: ignore[no-untyped-call]
    checked = admins.host.provider.check({}, admins.labelled({"jo": unknown}))
    assert not checked.failures
    assert list(checked.inputs["members"]) == ["jo"]
