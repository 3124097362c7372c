"""Unit tests as in Pulumi's documentation, with the user's own mocks."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pulumi
import pytest
from lookups.examples import EXAMPLES
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks

import pulumi_identity
from pulumi_identity import (
    AppStreamUser,
    Group,
    GroupMembers,
    GroupMembership,
    IdentityStoreUser,
    QuickSightUser,
    Rejected,
    get_group,
    get_group_output,
    get_quicksight_users,
    get_user,
    get_users,
    is_member_in_groups,
)
from pulumi_identity.lookups._invoke import LOOKUPS

STORE = "d-1234567890"
ID = f"{STORE}/906a1b2c-1111-70ab-cdef-0123456789ab"
NAME = {"given_name": "Jo", "family_name": "Doe"}


class Sample(Mocks):
    """Pulumi's own sample."""

    def new_resource(self, args: MockResourceArgs) -> Any:
        return [args.name + "_id", args.inputs]

    def call(self, args: MockCallArgs) -> Any:  # noqa: ARG002  (as in Pulumi's documents)
        return {}


class Given(Sample):
    """Mocks that return given values."""

    def __init__(self, answer: Any = None, id_: str | None = None, **outputs: Any) -> None:
        self.answer = answer
        self.id = id_
        self.outputs = outputs
        self.calls: list[MockCallArgs] = []

    def new_resource(self, args: MockResourceArgs) -> Any:
        return [self.id or f"{args.name}_id", {**args.inputs, **self.outputs}]

    def call(self, args: MockCallArgs) -> Any:
        self.calls.append(args)
        return self.answer


def values(*outputs: pulumi.Output[Any]) -> list[Any]:
    """Return the values of outputs."""
    seen: list[Any] = []

    @pulumi.runtime.test
    def program() -> pulumi.Output[None]:
        return pulumi.Output.all(*outputs).apply(seen.extend)

    program()
    return seen


def jo() -> IdentityStoreUser:
    return IdentityStoreUser("jo", user_name="jo", display_name="Jo", name=NAME, identity_store_id=STORE)


# Resources


def test_pulumis_sample_passes_with_every_resource() -> None:
    pulumi.runtime.set_mocks(Sample(), preview=False)

    @pulumi.runtime.test
    def program() -> pulumi.Output[None]:
        user = jo()
        group = Group("admins", display_name="Admins", identity_store_id=STORE)
        membership = GroupMembership("m", group_id=group.group_id, member_id=user.user_id, identity_store_id=STORE)
        members = GroupMembers("s", group_id=group.group_id, members=[user], identity_store_id=STORE)
        reader = QuickSightUser("r", user_name="r", email="r@example.com", user_role="READER", identity_type="IAM")
        app = AppStreamUser("a", user_name="a@example.com", authentication_type="USERPOOL")
        outputs = [user.id, user.display_name, user.user_id, user.user_arn, group.group_id, membership.membership_id]
        outputs += [members.group_id, reader.arn, reader.user_role, app.user_name]

        def check(seen: list[Any]) -> None:
            assert seen == ["jo_id", "Jo", None, None, None, None, None, None, "READER", "a@example.com"]

        return pulumi.Output.all(*outputs).apply(check)

    program()


def test_a_value_from_the_mocks_wins_over_the_id() -> None:
    pulumi.runtime.set_mocks(Given(user_id="from the mocks"), preview=False)
    assert values(jo().user_id) == ["from the mocks"]


def test_an_id_supplies_what_the_mocks_lack() -> None:
    pulumi.runtime.set_mocks(Given(id_=ID), preview=False)
    user = jo()
    assert values(user.user_id, user.user_arn) == [
        ID.partition("/")[2],
        f"arn:aws:identitystore:::user/{ID.partition('/')[2]}",
    ]


# Lookups


@pytest.fixture
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("a lookup under mocks used the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)


GROUP = {"identity_store_id": STORE, "group_id": "g-1", "group_arn": "arn:aws:g-1", "revision": "1"}


@pytest.mark.usefixtures("_no_network")
def test_call_gets_the_token_and_the_arguments_and_returns_the_fields() -> None:
    mocks = Given({**GROUP, "display_name": "Admins", "external_ids": [{"issuer": "idp", "id": "7"}]})
    pulumi.runtime.set_mocks(mocks)
    group = get_group(display_name="Admins", identity_store_id=STORE)
    assert (group.group_id, group.display_name, group.description) == ("g-1", "Admins", None)
    assert group.external_ids[0].issuer == "idp"
    assert [(call.token, call.args) for call in mocks.calls] == [
        ("identity:index:get_group", {"display_name": "Admins", "identity_store_id": STORE})
    ]


@pytest.mark.usefixtures("_no_network")
def test_the_output_form_is_mocked_too() -> None:
    mocks = Given(GROUP, id_=ID)
    pulumi.runtime.set_mocks(mocks, preview=False)
    found = get_group_output(display_name=jo().user_id)
    assert values(found.group_id) == ["g-1"]
    assert mocks.calls[0].args == {"display_name": ID.partition("/")[2]}


def test_a_thread_is_mocked_too() -> None:
    pulumi.runtime.set_mocks(Given(GROUP))
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(get_group(display_name="Admins").group_id))
    thread.start()
    thread.join()
    assert found == ["g-1"]


@pytest.mark.parametrize(
    ("answer", "field"),
    [({}, "identity_store_id"), (None, "identity_store_id"), ({**GROUP, "group_id": None}, "group_id")],
    ids=str,
)
def test_a_missing_field_is_an_error_that_names_mocks_token_and_field(answer: Any, field: str) -> None:
    pulumi.runtime.set_mocks(Given(answer))
    with pytest.raises(Rejected) as caught:
        get_group(display_name="Admins")
    assert str(caught.value) == (
        f"mocks: call() returned no {field} for identity:index:get_group — return all required fields of the result"
    )


def test_a_missing_field_of_a_part_is_named_by_its_place() -> None:
    pulumi.runtime.set_mocks(Given({**GROUP, "external_ids": [{"issuer": "idp"}]}))
    with pytest.raises(Rejected, match=r"returned no external_ids\[0\]\.id for identity:index:get_group"):
        get_group(display_name="Admins")


def test_check_failures_of_the_mocks_are_errors() -> None:
    pulumi.runtime.set_mocks(Given(({}, [("display_name", "no such group")])))
    with pytest.raises(Rejected, match=r"^mocks: identity:index:get_group: no such group$"):
        get_group(display_name="Admins")


@pytest.mark.parametrize("wrap", [list, lambda items: {"items": items}], ids=["list", "items"])
def test_a_list_is_a_list_of_fields(wrap: Any) -> None:
    user = {"identity_store_id": STORE, "user_id": "u-1", "user_arn": "arn:aws:u-1", "revision": "1"}
    pulumi.runtime.set_mocks(Given(wrap([user, {**user, "user_id": "u-2"}])))
    assert [user.user_id for user in get_users()] == ["u-1", "u-2"]


def test_an_empty_answer_is_no_list() -> None:
    pulumi.runtime.set_mocks(Sample())
    with pytest.raises(Rejected, match="returned no items for identity:index:get_quicksight_users"):
        get_quicksight_users()


@pytest.mark.parametrize("answer", [None, 3, "jo", {"items": "jo"}], ids=str)
def test_an_answer_that_is_no_list_is_an_error(answer: Any) -> None:
    """Mocks without a branch for a lookup return None."""
    pulumi.runtime.set_mocks(Given(answer))
    with pytest.raises(
        Rejected, match=r"^mocks: call\(\) returned no list as the result for identity:index:get_users "
    ):
        get_users()


def test_a_field_that_is_no_list_is_named() -> None:
    pulumi.runtime.set_mocks(Given({**GROUP, "external_ids": 3}))
    with pytest.raises(Rejected, match="returned no list as external_ids for identity:index:get_group "):
        get_group(display_name="Admins")


def test_an_answer_for_groups_has_an_entry_for_each() -> None:
    pulumi.runtime.set_mocks(Given({"g-1": True, "g-2": False}))
    assert is_member_in_groups(member_id="u-1", group_ids=["g-1", "g-2"]) == {"g-1": True, "g-2": False}
    with pytest.raises(Rejected, match="returned no g-3 for identity:index:is_member_in_groups"):
        is_member_in_groups(member_id="u-1", group_ids=["g-1", "g-3"])


def test_other_mocks_give_another_answer() -> None:
    for id_ in ("g-1", "g-2"):
        pulumi.runtime.set_mocks(Given({**GROUP, "group_id": id_}))
        assert get_group(display_name="Admins").group_id == id_


def test_wrong_arguments_are_still_errors() -> None:
    pulumi.runtime.set_mocks(Sample())
    with pytest.raises(TypeError, match="takes exactly one of"):
        get_user()


@pytest.mark.usefixtures("_no_network")
@pytest.mark.parametrize("name", LOOKUPS)
def test_no_lookup_uses_the_network(name: str) -> None:
    pulumi.runtime.set_mocks(Sample())
    with pytest.raises(Rejected, match=f"^mocks: call.. returned no .* for identity:index:{name} "):
        getattr(pulumi_identity, name)(**EXAMPLES[name].arguments)
