"""Sets under attack: people who keep or lose access that no preview has shown, and errors that mislead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import MEMBERSHIP, STORE
from contract.examples.group_membership import group, user
from contract.host import Host, new_command, wire

from pulumi_identity import AlreadyExists, Conflict, IdentityError, NotFound
from pulumi_identity.aws.ids import EXAMPLE
from pulumi_identity.resources.identitystore.members import GroupMembersKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rules.admins import Admins

SAME = ("same", [])


# Failures that empty a group


def test_a_member_who_could_not_join_does_not_cost_the_others_their_place(admins: Admins) -> None:
    admins.up("ann")
    with pytest.raises(NotFound):
        admins.host.up(admins.labelled({"successor": EXAMPLE}))
    assert admins.members() == ["ann"], "a group without administrators can't be repaired by its members"


def test_an_adoption_whose_members_could_not_join_removes_none(admins: Admins) -> None:
    admins.join("bob")
    admins.join("eve")
    with pytest.raises(NotFound):
        admins.host.up(admins.labelled({"typo": EXAMPLE}, adopt=True))
    assert admins.members() == ["bob", "eve"]


def test_a_removal_does_not_start_before_the_joins_have_ended(admins: Admins) -> None:
    admins.up("ann")
    admins.aws.faults.add(service="identitystore", operation="CreateGroupMembership", fault="throttle")
    admins.calls()
    admins.up("jo")
    assert admins.calls()[-1] == "DeleteGroupMembership"


def test_a_replacement_into_a_group_of_an_identity_provider_fails_first(
    admins: Admins, client: Callable[[str], Any]
) -> None:
    other = group(client, "Synchronized")
    admins.aws.identitystore.set_external_ids(STORE, other, ("https://idp.example.com", "g-1"))
    admins.up("ann")
    with pytest.raises(Conflict, match="SCIM"):
        admins.up("ann", group_id=other)
    assert admins.members() == ["ann"]


# State and AWS diverge


def test_a_reverted_program_undoes_the_removals_of_a_failed_update(admins: Admins) -> None:
    """Or the error asks for a refresh."""
    admins.up("ann", "jo")
    with pytest.raises(NotFound) as raised:
        admins.host.up(admins.labelled({"jo": admins.people["jo"], "typo": EXAMPLE}))
    admins.up("ann", "jo")
    assert admins.members() == ["ann", "jo"] or "--refresh" in str(raised.value)


def _late(monkeypatch: pytest.MonkeyPatch, late: set[str]) -> None:
    """Let the listing lack some people who have just joined."""
    real = GroupMembersKind.list_members

    def pages(self: GroupMembersKind, aws: Any, where: dict[str, Any]) -> Iterator[Mapping[str, str]]:
        for page in real(self, aws, where):
            yield {member: id_ for member, id_ in page.items() if member not in late}

    monkeypatch.setattr(GroupMembersKind, "list_members", pages)


@pytest.mark.parametrize("exclusive", [True, False])
def test_a_listing_alone_does_not_decide_that_a_member_left(
    admins: Admins, monkeypatch: pytest.MonkeyPatch, exclusive: bool
) -> None:
    admins.up("ann", "jo", exclusive=exclusive)
    with monkeypatch.context() as patch:
        _late(patch, {admins.people["jo"]})
        admins.refresh()
    admins.host.destroy()
    assert admins.members() == []


def test_a_listing_of_another_group_is_not_believed(
    admins: Admins, client: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = group(client, "Others")
    admins.join("eve", group=other)
    admins.up("ann")
    relation = GroupMembersKind.relation
    real = relation.listing

    def listing(self: Any, aws: Any, old: dict[str, Any]) -> Any:
        return real(self, aws, old | {"group_id": other})

    monkeypatch.setattr(relation, "listing", listing)
    with pytest.raises(IdentityError):
        admins.refresh()


# Strangers


def test_a_stranger_who_is_then_declared_is_none(admins: Admins) -> None:
    """Under the same label, the engine sees no change. It updates anyway if the provider says so."""
    admins.up("ann")
    admins.join("eve")
    admins.refresh()
    assert admins.up("ann", "eve") == "update"
    assert "__strangers" not in admins.host.outputs
    admins.up("ann", exclusive=False)
    assert admins.members() == ["ann"], "she was declared, so she is removed"


def test_a_stranger_with_a_hidden_name_is_shown(admins: Admins, client: Callable[[str], Any]) -> None:
    """Pulumi hides keys that start with two underscores; AWS allows such user names."""
    admins.people["__eve"] = user(client, "__eve")
    admins.up("ann")
    admins.join("__eve")
    admins.refresh()
    assert not [label for label in admins.host.inputs["members"] if label.startswith("__")]


def test_a_stranger_does_not_take_the_label_of_a_member_who_left(admins: Admins) -> None:
    """The preview would show a changed id, and not that eve leaves."""
    admins.host.up(admins.labelled({"eve": admins.people["ann"], "jo": admins.people["jo"]}))
    admins.leave("ann")
    admins.join("eve")
    admins.refresh()
    assert admins.host.inputs["members"].get("eve") != admins.people["eve"]


def test_a_label_like_that_of_a_stranger_hides_no_member(admins: Admins) -> None:
    eve = admins.people["eve"]
    admins.host.up(admins.labelled({"eve": admins.people["ann"], f"eve ({eve})": admins.people["jo"]}))
    admins.join("eve")
    admins.refresh()
    assert sorted(admins.host.inputs["members"].values()) == sorted(
        admins.people[name] for name in ("ann", "eve", "jo")
    )


# Ownership


def test_replace_on_changes_of_members_replaces(admins: Admins) -> None:
    admins.up("ann", "jo")
    new_command()
    provider, program = admins.host.provider, wire(admins.program("ann", "eve"))
    news = provider.check(wire(admins.host.inputs), program).inputs
    provider.diff(admins.host.id, wire(admins.host.outputs), wire(news))
    provider.delete(admins.host.id, wire(admins.host.outputs))
    provider.create(wire(provider.check({}, program).inputs))
    assert admins.members() == ["ann", "eve"]


def test_a_lost_answer_after_a_switch_to_exclusive_is_settled(admins: Admins) -> None:
    """Jo is in state, but left. The set itself has claimed her."""
    admins.up("ann", "jo", exclusive=False)
    admins.leave("jo")
    admins.aws.faults.add(service="identitystore", operation="CreateGroupMembership", fault="reset", act="after")
    admins.up("ann", "jo")
    assert admins.members() == ["ann", "jo"]


def test_the_engine_may_check_a_set_twice_with_other_members(admins: Admins) -> None:
    """It does so for a replacement with `ignore_changes=["members"]`: the second check has the program's members."""
    provider = admins.host.provider
    assert not provider.check({}, wire(admins.program("ann"))).failures
    assert not provider.check({}, wire(admins.program("ann", "jo"))).failures


# Input and errors


def test_a_member_without_an_id_is_a_mistake(admins: Admins) -> None:
    program = admins.labelled({"ann": admins.people["ann"], "jo": None})
    assert admins.host.provider.check({}, program).failures, "jo would be removed"


def test_the_reason_of_a_bad_label_is_one_line(admins: Admins) -> None:
    (failure,) = admins.host.provider.check({}, admins.labelled({"a\nb\x1b[31m": admins.people["ann"]})).failures
    assert failure.reason.isprintable()


def test_ids_in_upper_case_are_one_group(admins: Admins) -> None:
    provider = admins.host.provider
    assert not provider.check({}, wire(admins.program("ann"))).failures
    single = {"identity_store_id": STORE, "group_id": admins.group.upper(), "member_id": admins.people["jo"]}
    assert Host(MEMBERSHIP.resource).provider.check({}, wire(single)).failures


def test_an_error_of_a_set_names_the_set(admins: Admins) -> None:
    admins.up("ann")
    admins.aws.identitystore.set_external_ids(STORE, admins.group, ("https://idp.example.com", "g-1"))
    with pytest.raises(Conflict) as raised:
        admins.host.destroy()
    assert not str(raised.value).startswith("deleting IAM Identity Center Group ("), "the group is not deleted"


def test_a_renamed_set_that_also_changes_names_the_alias(admins: Admins) -> None:
    """`adopt=True` is not the remedy: the people are the old set's."""
    from contract.examples.group_members import SET
    from contract.host import Host

    admins.up("ann", "jo")
    admins.host = Host(SET.resource)
    with pytest.raises(AlreadyExists, match="alias"):
        admins.up("ann")
