"""What exists already is taken over when the program says so, and never what an identity provider owns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pulumi_identity import AlreadyExists, Conflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"
NAME = {"GivenName": "Jo", "FamilyName": "Doe"}


def make(client: Callable[[str], Any], **more: Any) -> str:
    """Somebody else makes the user."""
    request = {"IdentityStoreId": STORE, "UserName": "jo", "DisplayName": "Somebody's Jo", "Name": NAME} | more
    return str(client("identitystore").create_user(**request)["UserId"])


def test_without_adopt_the_error_says_how_to_go_on(user: Person, client: Callable[[str], Any]) -> None:
    make(client)
    with pytest.raises(AlreadyExists) as caught:
        user.up()
    said = str(caught.value)
    assert said.startswith(f"creating IAM Identity Center User ({STORE}/jo): ConflictException: ")
    assert "set adopt=True to take it over, or import it with `pulumi-identity import`" in said
    with pytest.raises(AlreadyExists):
        user.up(adopt=False)


def test_adopting_brings_into_line_what_is_declared_and_nothing_else(
    user: Person, client: Callable[[str], Any]
) -> None:
    made = make(client, Title="Boss", NickName="J", Emails=[{"Value": "jo@example.com", "Type": "work"}])
    user.up(adopt=True, title="Engineer", emails=[{"value": "jo@example.com"}])
    assert user.host.id == f"{STORE}/{made}"
    live = user.live()
    assert (live["DisplayName"], live["Title"], live["NickName"]) == ("Jo Doe", "Engineer", "J")
    assert live["Emails"] == [{"Value": "jo@example.com", "Type": "work"}], "what agrees is not written"
    assert "nick_name" not in user.host.outputs
    assert user.host.outputs["revision"] == live["Revision"]
    assert user.host.refresh()
    assert user.preview() == ("same", [])
    assert user.preview(adopt=None) == ("same", []), "that it was adopted is history"


def test_what_agrees_is_adopted_without_a_write(user: Person, client: Callable[[str], Any]) -> None:
    make(client, DisplayName="Jo Doe")
    user.up(adopt=True)
    assert user.live()["Revision"] == "1"


def test_adopt_makes_what_does_not_exist(user: Person, group: Person, reader: Person, viewer: Person) -> None:
    for person in (user, group, reader, viewer):
        person.up(adopt=True)
        assert person.live()


def test_a_group_is_adopted(group: Person, client: Callable[[str], Any]) -> None:
    store = client("identitystore")
    made = store.create_group(IdentityStoreId=STORE, DisplayName="Admins", Description="Theirs")["GroupId"]
    group.up(adopt=True, description="Ours")
    assert (group.host.id, group.live()["Description"]) == (f"{STORE}/{made}", "Ours")


@pytest.mark.parametrize("account", [{}, {"aws_account_id": None}], ids=["declared", "the credentials' own"])
def test_a_quicksight_user_is_adopted(reader: Person, client: Callable[[str], Any], account: dict[str, None]) -> None:
    client("quicksight").register_user(
        AwsAccountId="123456789012",
        Namespace="default",
        UserName="jo",
        IdentityType="QUICKSIGHT",
        Email="old@example.com",
        UserRole="READER",
    )
    with pytest.raises(AlreadyExists, match="adopt=True"):
        reader.up(tags={"team": "data"}, **account)
    reader.up(adopt=True)
    assert (reader.live()["Email"], reader.live()["Tags"]) == ("jo@example.com", {"team": "data"})
    assert reader.host.refresh()
    assert reader.preview() == ("same", [])


def test_what_aws_cannot_change_is_not_adopted(reader: Person, viewer: Person, client: Callable[[str], Any]) -> None:
    client("appstream").create_user(UserName="jo@example.com", AuthenticationType="USERPOOL", FirstName="Joe")
    with pytest.raises(Conflict, match="AWS has a different value for first_name, last_name, which can't be changed"):
        viewer.up(adopt=True)
    assert viewer.live()["FirstName"] == "Joe"
    viewer.up(first_name="Joe", last_name=None)


def test_a_viewer_whom_no_listing_shows_is_not_adopted_unseen(
    viewer: Person, aws: Emulator, client: Callable[[str], Any]
) -> None:
    """What is not known can't be brought into line: it would be taken for what the program says."""
    aws.appstream.hidden_listings = 5
    client("appstream").create_user(UserName="jo@example.com", AuthenticationType="USERPOOL", MessageAction="SUPPRESS")
    with pytest.raises(AlreadyExists, match="was just created, run the command again in a few minutes"):
        viewer.up(adopt=True, enabled=False)
    assert not viewer.host.id


def test_another_users_address_is_not_a_reason_to_adopt(user: Person, client: Callable[[str], Any]) -> None:
    make(client, UserName="other", Emails=[{"Value": "jo@example.com", "Primary": True}])
    with pytest.raises(
        AlreadyExists, match=r"/other\) has the same emails\[0\]\.value; if it is the same user, add .*alias"
    ):
        user.up(adopt=True, emails=[{"value": "JO@example.com", "primary": True}])


def test_a_user_whose_name_differs_in_case_only_is_adopted_and_renamed(
    user: Person, client: Callable[[str], Any]
) -> None:
    id_ = make(client, UserName="JO")
    user.up(adopt=True)
    assert user.host.id == f"{STORE}/{id_}"
    assert user.live()["UserName"] == "jo"


# Owned by an identity provider


@pytest.fixture
def provisioned(client: Callable[[str], Any], aws: Emulator) -> str:
    """The id of a user that SCIM has made."""
    made = make(client)
    aws.identitystore.set_external_ids(STORE, made, ("https://idp.example.com", "x-1"))
    return made


OWNED = r"https://idp\.example\.com manages this (user|group) through SCIM .* set adopt=\"externally-managed\""


def test_adoption_is_refused(user: Person, provisioned: str) -> None:
    with pytest.raises(Conflict, match=OWNED):
        user.up(adopt=True)
    assert (user.live_as(provisioned)["DisplayName"], user.live_as(provisioned)["Revision"]) == ("Somebody's Jo", "2")


def test_adoption_that_is_written_out_is_done(user: Person, provisioned: str) -> None:
    user.up(adopt="externally-managed")
    assert user.live()["DisplayName"] == "Jo Doe"
    user.up(title="Dr")
    assert user.host.outputs["external_ids"] == [{"issuer": "https://idp.example.com", "id": "x-1"}]
    user.host.destroy()


def test_a_user_that_came_under_external_management_is_left_alone(user: Person, aws: Emulator) -> None:
    user.up()
    aws.identitystore.set_external_ids(STORE, user.where()["UserId"], ("https://idp.example.com", "x-1"))
    # Without a refresh only the revision tells.
    with pytest.raises(Conflict, match="updating .*" + OWNED):
        user.up(title="Dr")
    with pytest.raises(Conflict, match="deleting .*" + OWNED):
        user.host.destroy()
    assert user.host.refresh()
    before = len(aws.calls)
    with pytest.raises(Conflict, match="updating .*" + OWNED):
        user.up(title="Dr")
    with pytest.raises(Conflict, match="deleting .*" + OWNED):
        user.host.destroy()
    assert len(aws.calls) == before, "state tells it"
    assert "Title" not in user.live()
    user.up(adopt="externally-managed")
    assert user.live()["Title"] == "Dr"
    user.host.destroy()


def test_a_group_that_came_under_external_management_is_left_alone(group: Person, aws: Emulator) -> None:
    group.up()
    aws.identitystore.set_external_ids(STORE, group.where()["GroupId"], ("https://idp.example.com", "g-1"))
    with pytest.raises(Conflict, match=OWNED):
        group.up(description="Ours")
    with pytest.raises(Conflict, match=OWNED):
        group.host.destroy()
    assert group.live()
