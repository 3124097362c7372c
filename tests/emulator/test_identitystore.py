"""The identity store's rules, over HTTP."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from emulator.asking import ACCOUNT, REGION, STORE, Ask, Store, raw_client, refused

from pulumi_identity.emulator import Emulator

NOBODY = "11111111-2222-3333-4444-555555555555"
ENTERPRISE = "aws:identitystore:enterprise"
DUPLICATE = {"Reason": "UNIQUENESS_CONSTRAINT_VIOLATION"}
CONCURRENT = {"Reason": "CONCURRENT_MODIFICATION"}

EVERYTHING: dict[str, Any] = {
    "UserName": "jo@example.org",
    "Name": {
        "Formatted": "Dr Jo Do",
        "FamilyName": "Do",
        "GivenName": "Jo",
        "MiddleName": "M",
        "HonorificPrefix": "Dr",
        "HonorificSuffix": "PhD",
    },
    "DisplayName": "Jo Do",
    "NickName": "J",
    "ProfileUrl": "https://example.org/jo",
    "Emails": [{"Value": "jo@example.org", "Type": "work", "Primary": True}],
    "Addresses": [{"StreetAddress": "1 Way", "Locality": "Köln", "Country": "DE", "Primary": False}],
    "PhoneNumbers": [{"Value": "+49 1", "Type": "work"}],
    "UserType": "Employee",
    "Title": "Engineer",
    "PreferredLanguage": "de",
    "Locale": "de-DE",
    "Timezone": "Europe/Berlin",
    "Photos": [{"Value": "https://example.org/1.png"}, {"Value": "https://example.org/2.png", "Primary": True}],
    "Website": "https://example.org",
    "Birthdate": "2000-01-01",
    "Roles": [{"Value": "dev", "Primary": True}],
    "Extensions": {ENTERPRISE: {"employeeNumber": "7", "manager": {"value": "x"}}},
}


def test_a_user_is_answered_as_it_was_created(store: Store) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    created = store.create_user(**EVERYTHING)
    assert created["UserArn"] == f"arn:aws:identitystore:::user/{created['UserId']}"
    assert (created["IdentityStoreId"], created["Revision"]) == (STORE, "1")
    user = store.describe_user(UserId=created["UserId"], Extensions=[ENTERPRISE])
    assert {name: user[name] for name in EVERYTHING} == EVERYTHING
    assert {name: user[name] for name in created} == created
    assert user["UserStatus"] == "ENABLED"
    assert before < user["CreatedAt"] <= user["UpdatedAt"]
    assert user["CreatedBy"] == user["UpdatedBy"]
    assert "ExternalIds" not in user


def test_extensions_are_answered_only_if_asked_for(store: Store) -> None:
    user = store.create_user(**EVERYTHING)["UserId"]
    assert "Extensions" not in store.describe_user(UserId=user)
    assert "Extensions" not in store.list_users()["Users"][0]
    assert store.list_users(Extensions=[ENTERPRISE])["Users"][0]["Extensions"] == EVERYTHING["Extensions"]
    with refused("ValidationException"):
        store.describe_user(UserId=user, Extensions=["aws:identitystore:other"])
    with refused("ValidationException"):
        store.user("other", Extensions={"aws:identitystore:other": {"a": "b"}})


@pytest.mark.parametrize(
    ("missing", "names"),
    [
        (["UserName"], ["userName"]),
        (["DisplayName"], ["displayname"]),
        (["Name"], ["name"]),
        (["DisplayName", "Name"], ["displayname", "name"]),
    ],
)
def test_required_attributes_of_a_user(store: Store, missing: list[str], names: list[str]) -> None:
    with refused("ValidationException") as refusal:
        store.create_user(**{name: value for name, value in EVERYTHING.items() if name not in missing})
    assert refusal.status == 400
    assert all(name in refusal.message for name in names)


@pytest.mark.parametrize("part", ["GivenName", "FamilyName"])
def test_required_parts_of_a_name(store: Store, part: str) -> None:
    with refused("ValidationException") as refusal:
        store.user(Name={name: "x" for name in ("GivenName", "FamilyName", "MiddleName") if name != part})
    assert part.lower() in refusal.message


@pytest.mark.parametrize(
    "attributes",
    [
        {"UserName": "with space"},
        {"UserName": ""},
        {"UserName": "x" * 129},
        {"DisplayName": ""},
        {"Title": "x" * 1025},
        {"Title": 7},
        {"Title": "nul\0"},
        {"Emails": []},
        {"Emails": [{"Value": "a@b"}, {"Value": "c@d"}]},
        {"Emails": [{"Value": "a@b", "Primary": "yes"}]},
        {"Addresses": [{}, {}]},
        {"PhoneNumbers": [{"Value": "1"}, {"Value": "2"}]},
        {"Roles": [{"Value": "1"}, {"Value": "2"}]},
        {"Photos": [{"Value": "1"}] * 4},
        {"Photos": [{"Type": "no value"}]},
        {"IdentityStoreId": "d-nothex"},
        {"IdentityStoreId": ""},
        {"UserName": "Administrator"},
        {"UserName": "awsadministrators"},
    ],
)
def test_what_breaks_the_model_or_a_rule_is_refused(store: Store, attributes: dict[str, Any]) -> None:
    with refused("ValidationException") as refusal:
        store.user(**attributes)
    assert refusal.members["RequestId"]
    assert store.list_users()["Users"] == []


def test_user_names_are_unique_whatever_their_case(store: Store) -> None:
    store.user("jo")
    with refused("ConflictException", **DUPLICATE) as refusal:
        store.user("JO")
    assert refusal.status == 400


def test_addresses_are_unique_whatever_their_case(store: Store) -> None:
    store.user("a", Emails=[{"Value": "jo@example.org"}])
    with refused("ConflictException", **DUPLICATE):
        store.user("b", Emails=[{"Value": "Jo@Example.org"}])
    other = store.user("b", Emails=[{"Value": "b@example.org"}])
    with refused("ConflictException", **DUPLICATE):
        store.set(other, "emails", [{"value": "jo@example.org"}])
    assert store.describe_user(UserId=other)["Revision"] == "1"


def test_an_address_is_free_again_once_it_is_given_up(store: Store) -> None:
    jo = store.user("a", Emails=[{"Value": "jo@example.org"}])
    store.set(jo, "emails", None)
    other = store.user("b", Emails=[{"Value": "jo@example.org"}])
    store.delete_user(UserId=other)
    store.set(jo, "emails", [{"value": "jo@example.org"}])


@pytest.mark.parametrize("name", [name for name in EVERYTHING if name not in ("UserName", "Name", "Extensions")])
def test_every_attribute_is_updated_and_cleared(store: Store, name: str) -> None:
    user = store.user()
    path, value = name[0].lower() + name[1:], EVERYTHING[name]
    document = value
    if isinstance(value, list):
        document = [{key[0].lower() + key[1:]: part for key, part in item.items()} for item in value]
    answer = store.set(user, path, document)
    assert answer["Revision"] == "2"
    assert store.describe_user(UserId=user)[name] == value
    if name == "DisplayName":
        with refused("ValidationException"):
            store.set(user, path, None)
        return
    store.set(user, path, None)
    found = store.describe_user(UserId=user)
    assert name not in found
    assert found["Revision"] == "3"


def test_an_operation_without_a_value_clears_too(store: Store) -> None:
    user = store.user(Title="x")
    store.set(user, "title")
    assert "Title" not in store.describe_user(UserId=user)


def test_parts_of_the_name(store: Store) -> None:
    user = store.user()
    store.set(user, "name.middleName", "M")
    store.set(user, "name.familyName", "Doe")
    assert store.describe_user(UserId=user)["Name"] == {"GivenName": "Jo", "FamilyName": "Doe", "MiddleName": "M"}
    store.set(user, "name.middleName", None)
    assert store.describe_user(UserId=user)["Name"] == {"GivenName": "Jo", "FamilyName": "Doe"}
    for part in ("name.familyName", "name.givenName", "name"):
        with refused("ValidationException"):
            store.set(user, part, None)
    store.set(user, "name", {"givenName": "A", "familyName": "B"})
    assert store.describe_user(UserId=user)["Name"] == {"GivenName": "A", "FamilyName": "B"}


def test_extensions_are_updated_whole_and_in_part(store: Store) -> None:
    user = store.create_user(**EVERYTHING)["UserId"]

    def extensions() -> Any:
        return store.describe_user(UserId=user, Extensions=[ENTERPRISE]).get("Extensions")

    store.set(user, f"{ENTERPRISE}.division", "x")
    assert extensions() == {ENTERPRISE: {**EVERYTHING["Extensions"][ENTERPRISE], "division": "x"}}
    store.set(user, ENTERPRISE, {"costCenter": "1"})
    assert extensions() == {ENTERPRISE: {"costCenter": "1"}}
    store.set(user, f"{ENTERPRISE}.costCenter", None)
    assert extensions() is None
    for path, value in (("aws:identitystore:other", {"a": "b"}), (ENTERPRISE, {}), (f"{ENTERPRISE}.division", "")):
        with refused("ValidationException"):
            store.set(user, path, value)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", ""),
        ("emails", []),
        ("name", {}),
        ("nonsense", "x"),
        ("name.nonsense", "x"),
        ("title.part", "x"),
        ("Title", "x"),
        ("userName", "x"),
        ("identityStoreId", STORE),
        ("userStatus", "DISABLED"),
        ("title", 7),
        ("title", ["x"]),
        ("title", "x" * 1025),
        ("title", "nul\0"),
        ("emails", "x"),
        ("emails", [{"Value": "a@b"}]),
        ("emails", [{"value": "a@b", "nonsense": "x"}]),
        ("emails", [{"value": "a@b"}, {"value": "c@d"}]),
        ("emails", [{"primary": "yes"}]),
        ("photos", [{"type": "no value"}]),
    ],
)
def test_operations_that_are_refused_change_nothing(store: Store, path: str, value: Any) -> None:
    user = store.user()
    with refused("ValidationException"):
        store.update_user(
            UserId=user,
            Operations=[
                {"AttributePath": "nickName", "AttributeValue": "x"},
                {"AttributePath": path, "AttributeValue": value},
            ],
        )
    found = store.describe_user(UserId=user)
    assert (found["Revision"], found.get("NickName")) == ("1", None)


@pytest.mark.parametrize("count", [0, 101])
def test_an_update_has_one_to_a_hundred_operations(store: Store, count: int) -> None:
    user = store.user()
    with refused("ValidationException"):
        store.update_user(UserId=user, Operations=[{"AttributePath": "title", "AttributeValue": "x"}] * count)
    with refused("ValidationException"):
        store.client.update_user(IdentityStoreId=STORE, UserId=user)


def test_writes_can_be_made_for_one_revision_only(store: Store) -> None:
    user = store.user()
    operations = [{"AttributePath": "title", "AttributeValue": "x"}]
    assert store.update_user(UserId=user, Revision="1", Operations=operations)["Revision"] == "2"
    with refused("ConflictException", **CONCURRENT):
        store.update_user(UserId=user, Revision="1", Operations=operations)
    with refused("ConflictException", **CONCURRENT):
        store.delete_user(UserId=user, Revision="1")
    store.delete_user(UserId=user, Revision="2")
    group = store.group()
    with refused("ConflictException", **CONCURRENT):
        store.update_group(GroupId=group, Revision="9", Operations=operations)
    with refused("ConflictException", **CONCURRENT):
        store.delete_group(GroupId=group, Revision="9")
    store.delete_group(GroupId=group, Revision="1")


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
    for alternate in (unique, external, address):
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
