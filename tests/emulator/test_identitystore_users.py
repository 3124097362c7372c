"""The identity store's rules about users and their attributes, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from emulator.asking import ENTERPRISE, EVERYTHING, STORE, Store, refused

DUPLICATE = {"Reason": "UNIQUENESS_CONSTRAINT_VIOLATION"}
CONCURRENT = {"Reason": "CONCURRENT_MODIFICATION"}


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


def test_primary_addresses_are_unique_whatever_their_case(store: Store) -> None:
    store.user("a", Emails=[{"Value": "jo@example.org", "Primary": True}])
    with refused("ConflictException", **DUPLICATE):
        store.user("b", Emails=[{"Value": "Jo@Example.org", "Primary": True}])
    other = store.user("b", Emails=[{"Value": "b@example.org"}])
    with refused("ConflictException", **DUPLICATE):
        store.set(other, "emails", [{"value": "jo@example.org", "primary": True}])
    assert store.describe_user(UserId=other)["Revision"] == "1"


def test_a_shared_address_finds_no_user(store: Store) -> None:
    def find() -> str:
        attribute = {"AttributePath": "emails.value", "AttributeValue": "jo@example.org"}
        return str(store.get_user_id(AlternateIdentifier={"UniqueAttribute": attribute})["UserId"])

    first = store.user("a", Emails=[{"Value": "jo@example.org"}])
    assert find() == first
    second = store.user("b", Emails=[{"Value": "JO@example.org"}])
    with refused("ResourceNotFoundException", ResourceType="USER"):
        find()
    store.delete_user(UserId=first)
    assert find() == second


def test_an_address_is_free_again_once_it_is_given_up(store: Store) -> None:
    jo = store.user("a", Emails=[{"Value": "jo@example.org"}])
    store.set(jo, "emails", None)
    other = store.user("b", Emails=[{"Value": "jo@example.org"}])
    store.delete_user(UserId=other)
    store.set(jo, "emails", [{"value": "jo@example.org"}])


@pytest.mark.parametrize("name", [name for name in EVERYTHING if name not in ("UserName", "Name", "Extensions")])
def test_every_attribute_is_updated(store: Store, name: str) -> None:
    user = store.user()
    path, value = name[0].lower() + name[1:], EVERYTHING[name]
    document = value
    if isinstance(value, list):
        document = [{key[0].lower() + key[1:]: part for key, part in item.items()} for item in value]
    answer = store.set(user, path, document)
    assert answer["Revision"] == "2"
    assert store.describe_user(UserId=user)[name] == value


@pytest.mark.parametrize(
    "name", [name for name in EVERYTHING if name not in ("UserName", "DisplayName", "Name", "Extensions")]
)
def test_every_other_attribute_is_cleared(store: Store, name: str) -> None:
    user = store.user(**{name: EVERYTHING[name]})
    store.set(user, name[0].lower() + name[1:], None)
    found = store.describe_user(UserId=user)
    assert name not in found
    assert found["Revision"] == "2"


def test_a_display_name_is_not_cleared(store: Store) -> None:
    user = store.user(DisplayName="Jo")
    with refused("ValidationException"):
        store.set(user, "displayName", None)
    assert store.describe_user(UserId=user)["DisplayName"] == "Jo"


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
        ("UserName", "x"),
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
