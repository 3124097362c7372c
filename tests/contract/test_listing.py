"""Reads are answered from listings, as few calls as pages, and never from an old one."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import ACCOUNT, STORE
from contract.host import Host, new_command

import pulumi_identity as identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

NAME = {"given_name": "Jo", "family_name": "Doe"}


def hosts_of(
    resource: Any, ids: list[str], declared: dict[str, Any], each: Callable[[int], dict[str, Any]]
) -> list[Host]:
    """Return a host for each id, as if it had been made by a program."""
    made = []
    for number, id_ in enumerate(ids):
        host = Host(resource)
        host.id = id_
        host.inputs = declared | each(number)
        host.outputs = host.inputs | host.kind.parse_id(id_) | {"region": "us-east-1", "__resolved": ["region"]}
        made.append(host)
    return made


def seeded(aws: Emulator, names: list[str]) -> list[str]:
    """Put users into the store, and return their ids."""
    named = {"GivenName": "Jo", "FamilyName": "Doe"}
    users = ({"UserName": name, "DisplayName": name, "Name": named} for name in names)
    return aws.identitystore.seed_users(STORE, users, ACCOUNT, "us-east-1")


@pytest.fixture
def users(aws: Emulator) -> list[Host]:
    """1,000 users of a directory that holds 1,000: ten pages."""
    ids = seeded(aws, [f"user-{number:04}" for number in range(1000)])
    declared = {"identity_store_id": STORE}
    return hosts_of(
        identity.IdentityStoreUser,
        [f"{STORE}/{id_}" for id_ in ids],
        declared,
        lambda number: {"user_name": f"user-{number:04}"},
    )


def test_a_refresh_costs_what_listing_costs(aws: Emulator, users: list[Host]) -> None:
    random.Random(7).shuffle(users)
    aws.calls.clear()
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(Host.refresh, users))
    assert aws.calls.count(operation="ListUsers") == 10
    assert len(aws.calls) <= 20
    assert all(host.inputs["user_name"] == host.outputs["user_name"] for host in users)


def test_a_few_of_many_cost_two_calls_each(aws: Emulator, users: list[Host]) -> None:
    aws.calls.clear()
    for host in random.Random(7).sample(users, 4):
        assert host.refresh()
    assert len(aws.calls) <= 8


def test_a_write_ends_the_listing(aws: Emulator, users: list[Host], client: Callable[[str], Any]) -> None:
    first, second = users[:2]
    assert first.refresh()
    said = {"identity_store_id": STORE, "user_name": "jo", "display_name": "Jo", "name": NAME}
    mine = Host(identity.IdentityStoreUser)
    mine.up(said)
    assert mine.refresh()
    mine.up(said | {"display_name": "Joanna"})
    assert mine.refresh()
    assert mine.outputs["display_name"] == "Joanna"
    client("identitystore").delete_user(IdentityStoreId=STORE, UserId=second.id.split("/")[1])
    mine.destroy()
    assert not second.refresh()


def test_what_no_page_has_is_asked_for_alone(aws: Emulator, users: list[Host], client: Callable[[str], Any]) -> None:
    client("identitystore").delete_user(IdentityStoreId=STORE, UserId=users[0].id.split("/")[1])
    aws.calls.clear()
    assert not users[0].refresh()
    assert aws.calls.by_operation() == {"identitystore:ListUsers": 1, "identitystore:DescribeUser": 1}


def test_a_listing_that_is_refused_is_done_without(aws: Emulator, users: list[Host]) -> None:
    aws.faults.fail("identitystore", "ListUsers", "AccessDeniedException", times=100)
    aws.calls.clear()
    assert all(host.refresh() for host in users[:10])
    assert aws.calls.by_operation() == {"identitystore:ListUsers": 1, "identitystore:DescribeUser": 10}


def test_extensions_are_asked_for_only_where_declared(aws: Emulator, client: Callable[[str], Any]) -> None:
    extensions = {"aws:identitystore:enterprise": {"costCenter": "42"}}
    said = {"identity_store_id": STORE, "display_name": "Jo", "name": NAME}
    with_one, without = Host(identity.IdentityStoreUser), Host(identity.IdentityStoreUser)
    with_one.up(said | {"user_name": "a", "extensions": extensions})
    without.up(said | {"user_name": "b"})
    assert without.refresh()
    assert with_one.refresh()
    assert with_one.outputs["extensions"] == extensions
    assert "extensions" not in without.outputs


def test_memberships_page_by_group(aws: Emulator, client: Callable[[str], Any]) -> None:
    store = client("identitystore")
    group = store.create_group(IdentityStoreId=STORE, DisplayName="g")["GroupId"]
    hosts = []
    for user in seeded(aws, [f"user-{number}" for number in range(150)]):
        host = Host(identity.GroupMembership)
        host.up({"identity_store_id": STORE, "group_id": group, "member_id": user})
        hosts.append(host)
    aws.calls.clear()
    assert all(host.refresh() for host in hosts)
    assert len(aws.calls) <= 4


def test_associations_page_by_stack(aws: Emulator, client: Callable[[str], Any]) -> None:
    names = [f"user-{number:03}@example.com" for number in range(150)]
    aws.appstream.seed_users(names, ACCOUNT, "us-east-1")
    appstream = client("appstream")
    appstream.create_stack(Name="desktop")
    associations = [{"StackName": "desktop", "UserName": name, "AuthenticationType": "USERPOOL"} for name in names]
    for start in range(0, 150, 25):
        appstream.batch_associate_user_stack(UserStackAssociations=associations[start : start + 25])
    ids = [f"desktop/{name}/USERPOOL" for name in names]
    hosts = hosts_of(identity.AppStreamUserStackAssociation, ids, {}, lambda _: {})
    aws.calls.clear()
    assert all(host.refresh() for host in hosts)
    assert (aws.calls.count("appstream"), aws.calls.count("appstream", "DescribeUserStackAssociations")) == (6, 6)
    appstream.batch_disassociate_user_stack(UserStackAssociations=associations[:1])
    new_command()
    aws.calls.clear()
    assert [host.refresh() for host in hosts] == [False] + [True] * 149
    assert aws.calls.count("appstream") == 7, "a single read confirms that one is gone"


@pytest.mark.parametrize("made", ["quicksight", "appstream"])
def test_the_other_services_too(aws: Emulator, made: str) -> None:
    names = [f"user-{number:03}@example.com" for number in range(250)]
    if made == "quicksight":
        ids = aws.quicksight.seed_users(names, ACCOUNT)
        declared = {"identity_type": "QUICKSIGHT"}
        hosts = hosts_of(identity.QuickSightUser, ids, declared, lambda number: {"user_name": names[number]})
    else:
        aws.appstream.seed_users(names, ACCOUNT, "us-east-1")
        ids = [f"{name}/USERPOOL" for name in names]
        hosts = hosts_of(identity.AppStreamUser, ids, {"enabled": True}, lambda _: {})
    aws.calls.clear()
    assert all(host.refresh() for host in hosts)
    assert len(aws.calls) <= 6
