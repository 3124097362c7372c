"""The identity store's rules about groups, ids, memberships, pages and stores, over HTTP."""

import uuid
from typing import Any

import pytest
from emulator.asking import ACCOUNT, ENTERPRISE, EVERYTHING, REGION, STORE, Ask, Store, raw_client, refused

from pulumi_identity.emulator import Emulator

NOBODY = "11111111-2222-3333-4444-555555555555"
DUPLICATE = {"Reason": "UNIQUENESS_CONSTRAINT_VIOLATION"}


def test_groups(store: Store) -> None:
    created = store.create_group(DisplayName="Admins & Söhne", Description="d")
    group = created["GroupId"]
    assert created["GroupArn"] == f"arn:aws:identitystore:::group/{group}"
    found = store.describe_group(GroupId=group)
    assert (found["DisplayName"], found["Description"], found["Revision"]) == ("Admins & Söhne", "d", "1")

    def set_(path: str, value: Any) -> Any:
        return store.update_group(GroupId=group, Operations=[{"AttributePath": path, "AttributeValue": value}])

    assert set_("description", None)["Revision"] == "2"
    assert "Description" not in store.describe_group(GroupId=group)
    set_("displayName", "Others")
    assert store.describe_group(GroupId=group)["DisplayName"] == "Others"
    for path, value in [("displayName", None), ("displayName", ""), ("description", ""), ("title", "x")]:
        with refused("ValidationException"):
            set_(path, value)
    with refused("ConflictException", **DUPLICATE):
        store.group("others")
    with refused("ValidationException"):
        store.create_group(Description="no name")
    store.group("Admins & Söhne")  # the name is free again
    with refused("ConflictException", **DUPLICATE):
        set_("displayName", "admins & söhne")


def test_what_is_not_there(store: Store) -> None:
    user, group = store.user(), store.group()
    member, operations = {"UserId": NOBODY}, [{"AttributePath": "displayName", "AttributeValue": "x"}]
    for kind, call in [
        ("USER", lambda: store.describe_user(UserId=NOBODY)),
        ("USER", lambda: store.update_user(UserId=NOBODY, Operations=operations)),
        ("USER", lambda: store.delete_user(UserId=NOBODY)),
        ("GROUP", lambda: store.describe_group(GroupId=NOBODY)),
        ("GROUP", lambda: store.update_group(GroupId=NOBODY, Operations=operations)),
        ("GROUP", lambda: store.delete_group(GroupId=NOBODY)),
        ("GROUP", lambda: store.list_group_memberships(GroupId=NOBODY)),
        ("USER", lambda: store.list_group_memberships_for_member(MemberId=member)),
        ("GROUP", lambda: store.create_group_membership(GroupId=NOBODY, MemberId={"UserId": user})),
        ("USER", lambda: store.create_group_membership(GroupId=group, MemberId=member)),
        ("GROUP_MEMBERSHIP", lambda: store.describe_group_membership(MembershipId=NOBODY)),
        ("GROUP_MEMBERSHIP", lambda: store.delete_group_membership(MembershipId=NOBODY)),
        ("USER", lambda: store.is_member_in_groups(MemberId=member, GroupIds=[group])),
        ("GROUP", lambda: store.is_member_in_groups(MemberId={"UserId": user}, GroupIds=[NOBODY])),
    ]:
        with refused("ResourceNotFoundException", ResourceType=kind, ResourceId=NOBODY) as refusal:
            call()
        assert refusal.members["RequestId"]


def test_ids_may_be_given_as_arns(store: Store) -> None:
    user = store.create_user(**EVERYTHING)
    arn = f"arn:aws:identitystore::{ACCOUNT}:identitystore/{STORE}"
    found = store.describe_user(IdentityStoreId=arn, UserId=user["UserArn"])
    assert (found["UserId"], found["IdentityStoreId"]) == (user["UserId"], STORE)


def test_ids_of_users_by_what_is_unique(store: Store, aws: Emulator) -> None:
    user = store.create_user(**EVERYTHING)
    aws.identitystore.set_external_ids(STORE, user["UserId"], ("https://idp", "42"))
    unique = {"UniqueAttribute": {"AttributePath": "userName", "AttributeValue": "jo@example.org"}}
    external = {"ExternalId": {"Issuer": "https://idp", "Id": "42"}}
    address = {"UniqueAttribute": {"AttributePath": "emails.value", "AttributeValue": "jo@example.org"}}
    pascal = [
        {"UniqueAttribute": {"AttributePath": path, "AttributeValue": "jo@example.org"}}
        for path in ("UserName", "Emails.Value")
    ]
    for alternate in (unique, external, address, *pascal):
        found = store.get_user_id(AlternateIdentifier=alternate)
        assert found == {k: user[k] for k in ("IdentityStoreId", "UserId", "UserArn")}
    for alternate in (
        {"UniqueAttribute": {"AttributePath": "userName", "AttributeValue": "other"}},
        {"ExternalId": {"Issuer": "https://idp", "Id": "43"}},
    ):
        with refused("ResourceNotFoundException", ResourceType="USER"):
            store.get_user_id(AlternateIdentifier=alternate)
    for path, value in [("title", "Engineer"), ("userName", ""), ("userName", 7), ("userName", None)]:
        with refused("ValidationException"):
            attribute = {"AttributePath": path, "AttributeValue": value}
            store.get_user_id(AlternateIdentifier={"UniqueAttribute": attribute})
    for alternate in ({}, {**external, **unique}):
        with refused("SerializationException"):
            store.get_user_id(AlternateIdentifier=alternate)


def test_ids_of_groups_by_what_is_unique(store: Store, aws: Emulator) -> None:
    group = store.group("Admins")
    aws.identitystore.set_external_ids(STORE, group, ("https://idp", "1"))
    name = {"UniqueAttribute": {"AttributePath": "displayName", "AttributeValue": "Admins"}}
    assert store.get_group_id(AlternateIdentifier=name)["GroupId"] == group
    pascal = {"UniqueAttribute": {"AttributePath": "DisplayName", "AttributeValue": "admins"}}
    assert store.get_group_id(AlternateIdentifier=pascal)["GroupId"] == group
    external = {"ExternalId": {"Issuer": "https://idp", "Id": "1"}}
    assert store.get_group_id(AlternateIdentifier=external)["GroupId"] == group
    name["UniqueAttribute"]["AttributeValue"] = "other"
    with refused("ResourceNotFoundException", ResourceType="GROUP"):
        store.get_group_id(AlternateIdentifier=name)


def test_external_ids_as_scim_writes_them(store: Store, aws: Emulator) -> None:
    user = store.user()
    aws.identitystore.set_external_ids(STORE, user, ("https://idp", "42"))
    found = store.describe_user(UserId=user)
    assert found["ExternalIds"] == [{"Issuer": "https://idp", "Id": "42"}]
    assert found["Revision"] == "2"
    assert store.list_users()["Users"] == [found]
    aws.identitystore.set_external_ids(STORE, user)
    assert "ExternalIds" not in store.describe_user(UserId=user)


def test_memberships(store: Store) -> None:
    user, group, other = store.user(), store.group(), store.group("other")
    member = {"UserId": user}
    created = store.create_group_membership(GroupId=group, MemberId=member)
    membership = created["MembershipId"]
    assert created["MembershipArn"] == f"arn:aws:identitystore:::membership/{membership}"
    found = store.describe_group_membership(MembershipId=membership)
    assert (found["GroupId"], found["MemberId"]) == (group, member)
    assert store.list_group_memberships(GroupId=group)["GroupMemberships"] == [found]
    assert store.list_group_memberships(GroupId=other)["GroupMemberships"] == []
    assert store.list_group_memberships_for_member(MemberId=member)["GroupMemberships"] == [found]
    assert store.get_group_membership_id(GroupId=group, MemberId=member) == created
    with refused("ResourceNotFoundException", ResourceType="GROUP_MEMBERSHIP"):
        store.get_group_membership_id(GroupId=other, MemberId=member)
    with refused("ConflictException", **DUPLICATE):
        store.create_group_membership(GroupId=group, MemberId=member)
    answer = store.is_member_in_groups(MemberId=member, GroupIds=[other, group])["Results"]
    assert [(r["GroupId"], r["MemberId"], r["MembershipExists"]) for r in answer] == [
        (other, member, False),
        (group, member, True),
    ]
    store.delete_group_membership(MembershipId=membership)
    assert store.list_group_memberships(GroupId=group)["GroupMemberships"] == []
    assert store.member(group, user) != membership


def test_a_question_about_groups_has_at_most_a_hundred(store: Store) -> None:
    user, group = store.user(), store.group()
    store.is_member_in_groups(MemberId={"UserId": user}, GroupIds=[group] * 100)
    with refused("ValidationException"):
        store.is_member_in_groups(MemberId={"UserId": user}, GroupIds=[group] * 101)


@pytest.mark.parametrize("kind", ["user", "group"])
def test_memberships_end_with_their_user_or_group(store: Store, kind: str) -> None:
    user, group = store.user(), store.group()
    membership = store.member(group, user)
    if kind == "user":
        store.delete_user(UserId=user)
        assert store.list_group_memberships(GroupId=group)["GroupMemberships"] == []
    else:
        store.delete_group(GroupId=group)
        listed = store.list_group_memberships_for_member(MemberId={"UserId": user})
        assert listed["GroupMemberships"] == []
    with refused("ResourceNotFoundException", ResourceType="GROUP_MEMBERSHIP"):
        store.describe_group_membership(MembershipId=membership)


def test_pages(store: Store, aws: Emulator) -> None:
    names = [f"u{n}" for n in range(250)]
    users = [{"UserName": n, "DisplayName": n, "Name": {"GivenName": "a", "FamilyName": "b"}} for n in names]
    ids = aws.identitystore.seed_users(STORE, users, ACCOUNT, REGION)
    first = store.list_users()
    assert [u["UserName"] for u in first["Users"]] == names[:100]
    store.delete_user(UserId=ids[50])  # what is gone moves nobody
    store.user("late")
    second = store.list_users(NextToken=first["NextToken"])
    third = store.list_users(NextToken=second["NextToken"])
    assert [u["UserName"] for u in second["Users"] + third["Users"]] == [*names[100:], "late"]
    assert "NextToken" not in third
    assert len(store.list_users(MaxResults=7)["Users"]) == 7
    for size in (0, 101):
        with refused("ValidationException"):
            store.list_users(MaxResults=size)
    for call in (
        lambda token: store.list_users(NextToken=token, Extensions=[ENTERPRISE]),
        lambda token: store.list_groups(NextToken=token),
        lambda token: store.list_users(NextToken=token, IdentityStoreId="d-0000000000"),
        lambda token: store.list_users(NextToken=f"{token[:-4]}AAA="),
        lambda _: store.list_users(NextToken="made-up"),
    ):
        with refused("ValidationException"):
            call(first["NextToken"])


def test_pages_of_memberships_and_groups(store: Store, aws: Emulator) -> None:
    user = store.user()
    names = [{"DisplayName": f"g{n}"} for n in range(150)]
    groups = aws.identitystore.seed_groups(STORE, names, ACCOUNT, REGION)
    aws.identitystore.seed_memberships(STORE, [(group, user) for group in groups])
    pages = list(store.client.get_paginator("list_groups").paginate(IdentityStoreId=STORE))
    assert [len(page["Groups"]) for page in pages] == [100, 50]
    paginator = store.client.get_paginator("list_group_memberships_for_member")
    pages = list(paginator.paginate(IdentityStoreId=STORE, MemberId={"UserId": user}))
    assert [len(page["GroupMemberships"]) for page in pages] == [100, 50]
    assert [m["GroupId"] for page in pages for m in page["GroupMemberships"]] == groups


def test_filters(store: Store) -> None:
    user, _, group = store.user("jo"), store.user("al"), store.group("admins")

    def by(path: str, value: str) -> list[dict[str, str]]:
        return [{"AttributePath": path, "AttributeValue": value}]

    assert [u["UserId"] for u in store.list_users(Filters=by("UserName", "jo"))["Users"]] == [user]
    assert store.list_users(Filters=by("UserName", "j"))["Users"] == []
    assert len(store.list_users(Filters=[])["Users"]) == 2
    assert [g["GroupId"] for g in store.list_groups(Filters=by("DisplayName", "admins"))["Groups"]] == [group]
    for call in (
        lambda: store.list_users(Filters=by("Title", "x")),
        lambda: store.list_groups(Filters=by("UserName", "x")),
        lambda: store.list_users(Filters=by("UserName", "jo") * 2),
    ):
        with refused("ValidationException"):
            call()


def test_every_well_formed_store_exists_unless_they_are_named(store: Store) -> None:
    assert store.list_users(IdentityStoreId=str(uuid.uuid4()))["Users"] == []
    with Emulator(identity_stores=[STORE]) as strict:
        only = Store(raw_client("identitystore", REGION, strict.url))
        only.user()
        with refused("ResourceNotFoundException", ResourceType="IDENTITY_STORE") as refusal:
            only.list_users(IdentityStoreId="d-0000000000")
        assert "ResourceId" not in refusal.members


def test_a_store_lives_in_the_region_that_wrote_to_it(store: Store, ask: Ask) -> None:
    elsewhere = Store(ask("identitystore", "eu-west-1"))
    assert elsewhere.list_users()["Users"] == []
    user = store.user()
    for call in (lambda: elsewhere.describe_user(UserId=user), elsewhere.list_users, elsewhere.user):
        with refused("ResourceNotFoundException", ResourceType="IDENTITY_STORE"):
            call()


def test_discovery(ask: Ask) -> None:
    with Emulator(identity_stores=["d-0000000001", "d-0000000002"]) as strict:
        client = raw_client("identitystore", REGION, strict.url)
        listed = client.list_identity_stores(MaxResults=1)
        assert [s["IdentityStoreId"] for s in listed["IdentityStores"]] == ["d-0000000001"]
        listed = client.list_identity_stores(NextToken=listed["NextToken"])
        arn = f"arn:aws:identitystore::{ACCOUNT}:identitystore/d-0000000002"
        assert listed["IdentityStores"] == [{"IdentityStoreId": "d-0000000002", "IdentityStoreArn": arn}]
        found = client.describe_identity_store(IdentityStoreId="d-0000000002")
        assert found["IdentityStoreArn"] == arn
        client.update_identity_store(IdentityStoreId="d-0000000002", NetworkConfiguration={"VpceAccessRequired": True})
        found = client.describe_identity_store(IdentityStoreId="d-0000000002")
        assert found["NetworkConfiguration"] == {"VpceAccessRequired": True}
        with refused("ResourceNotFoundException", ResourceType="IDENTITY_STORE"):
            client.describe_identity_store(IdentityStoreId="d-0000000003")
    assert ask("identitystore").list_identity_stores()["IdentityStores"] == []


@pytest.mark.parametrize("name", ["Administrator", "AWSAdministrators", "awsADMINISTRATORS"])
def test_reserved_names_of_groups(store: Store, name: str) -> None:
    with refused("ValidationException") as refusal:
        store.group(name)
    assert "reserved" in refusal.message
    group = store.group("admins")
    with refused("ValidationException"):
        store.update_group(GroupId=group, Operations=[{"AttributePath": "displayName", "AttributeValue": name}])


def test_a_store_whose_source_is_active_directory(aws: Emulator, store: Store) -> None:
    user, group = store.user("jo"), store.group("admins")
    aws.identitystore.active_directory = True
    by_name = {"UniqueAttribute": {"AttributePath": "userName", "AttributeValue": "jo"}}
    for call in (
        lambda: store.get_user_id(AlternateIdentifier=by_name),
        lambda: store.get_group_id(AlternateIdentifier=by_name),
    ):
        with refused("UnknownOperationException"):
            call()
    for call in (store.list_users, store.list_groups):
        with refused("ValidationException") as refusal:
            call()
        assert refusal.message == "Filter is required"
    (found,) = store.list_users(Filters=[{"AttributePath": "UserName", "AttributeValue": "jo"}])["Users"]
    assert found["UserId"] == user
    (found,) = store.list_groups(Filters=[{"AttributePath": "DisplayName", "AttributeValue": "admins"}])["Groups"]
    assert found["GroupId"] == group


def test_arns_are_in_the_partition_of_the_region(ask: Ask) -> None:
    store = Store(ask("identitystore", "us-gov-west-1"))
    user = store.describe_user(UserId=store.user())
    assert user["UserArn"].startswith("arn:aws-us-gov:identitystore:::user/")
    assert user["CreatedBy"].startswith("arn:aws-us-gov:iam::")
    (described,) = store.client.list_identity_stores()["IdentityStores"]
    assert described["IdentityStoreArn"].startswith("arn:aws-us-gov:identitystore::")


def test_status_of_users(store: Store, aws: Emulator) -> None:
    aws.identitystore.disabled_users.add("jo")
    user, other = store.user("Jo"), store.user("al")
    assert store.describe_user(UserId=user)["UserStatus"] == "DISABLED"
    assert store.describe_user(UserId=other)["UserStatus"] == "ENABLED"
    assert [found["UserStatus"] for found in store.list_users()["Users"]] == ["DISABLED", "ENABLED"]
