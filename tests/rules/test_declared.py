"""What the program declares is its own; what it doesn't is nobody's business; what it stops declaring is cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

ENTERPRISE = "aws:identitystore:enterprise"


def test_a_refresh_takes_in_nothing_that_was_not_declared(user: Person) -> None:
    user.up(emails=[{"value": "jo@example.com"}])
    before = user.host.outputs
    user.somebody_sets("title", "Boss")
    user.somebody_sets("name.honorificPrefix", "Dr")
    user.somebody_sets("emails", [{"value": "jo@example.com", "type": "work", "primary": True}])
    user.somebody_sets("phoneNumbers", [{"value": "+49 30 1234"}])
    user.somebody_sets(f"{ENTERPRISE}.department", "R&D")
    assert user.host.refresh()
    assert user.host.outputs == before | {"revision": user.live()["Revision"]}
    assert user.preview() == ("same", [])
    user.up(display_name="Jo D.")
    live = user.live()
    assert (live["Title"], live["Name"]["HonorificPrefix"]) == ("Boss", "Dr"), "an update leaves alone what isn't ours"
    assert live["Emails"] == [{"Value": "jo@example.com", "Type": "work", "Primary": True}]
    assert live["Extensions"] == {ENTERPRISE: {"department": "R&D"}}


def test_part_of_a_name_comes_and_goes_alone(user: Person) -> None:
    user.up(name={"given_name": "Jo", "family_name": "Doe", "middle_name": "M", "honorific_suffix": "PhD"})
    user.somebody_sets("name.honorificPrefix", "Dr")
    user.host.refresh()
    assert user.preview(name={"given_name": "Jo", "family_name": "Doe"}) == ("update", ["name"])
    user.up(name={"given_name": "Jo", "family_name": "Doe"})
    assert user.live()["Name"] == {"GivenName": "Jo", "FamilyName": "Doe", "HonorificPrefix": "Dr"}


def test_attributes_of_an_extension_come_and_go_alone(user: Person) -> None:
    user.up(extensions={ENTERPRISE: {"costCenter": "42", "department": "R&D"}})
    user.somebody_sets(f"{ENTERPRISE}.employeeNumber", "7")
    user.host.refresh()
    user.up(extensions={ENTERPRISE: {"department": "R&D"}})
    assert user.live()["Extensions"] == {ENTERPRISE: {"department": "R&D", "employeeNumber": "7"}}
    user.up(extensions=None)
    assert user.live()["Extensions"] == {ENTERPRISE: {"employeeNumber": "7"}}


@pytest.mark.parametrize("name", ["emails", "addresses", "phone_numbers", "photos", "roles", "title", "birthdate"])
def test_what_is_declared_no_more_is_gone_in_aws(user: Person, name: str) -> None:
    from contract.examples import USER

    member = "".join(word.title() for word in name.split("_"))
    user.up(**{name: USER.changes[name][0]})
    assert member in user.live()
    user.up(**{name: None})
    assert member not in user.live()
    assert user.host.refresh()
    assert user.preview() == ("same", [])


def test_a_description_is_cleared_not_emptied(group: Person) -> None:
    group.up(description="May do all")
    group.up(description=None)
    assert "Description" not in group.live()


def test_an_item_that_somebody_adds_to_a_list_is_drift(user: Person) -> None:
    """A list is declared whole."""
    user.up(photos=[{"value": "a.png"}])
    user.somebody_sets("photos", [{"value": "z.png"}, {"value": "a.png"}])
    user.host.refresh()
    assert user.preview() == ("update", ["photos"])
    user.up()
    assert user.live()["Photos"] == [{"Value": "a.png"}]


def test_what_quicksight_users_declare_no_more_is_taken_away(reader: Person) -> None:
    reader.up(
        custom_permissions_name="no-exports",
        external_login_federation_provider_type="CUSTOM_OIDC",
        custom_federation_provider_url="https://idp.example.com",
        external_login_id="jo",
        tags={"team": "data", "cost": "42"},
    )
    live = reader.live()
    assert (live["CustomPermissionsName"], live["ExternalLoginId"]) == ("no-exports", "jo")
    reader.up(custom_permissions_name=None, tags={"cost": "42"})
    live = reader.live()
    assert "CustomPermissionsName" not in live
    assert live["Tags"] == {"cost": "42"}
    assert live["ExternalLoginId"] == "jo", "an update of something else leaves the federation as it is"
    reader.up(
        external_login_federation_provider_type=None,
        custom_federation_provider_url=None,
        external_login_id=None,
        tags=None,
    )
    live = reader.live()
    assert not any("Federation" in member or "Login" in member for member in live)
    assert live["Tags"] == {}
    assert reader.host.refresh()
    assert reader.preview() == ("same", [])


def test_part_of_a_federation_is_taken_away_alone(reader: Person) -> None:
    federation = {
        "external_login_federation_provider_type": "CUSTOM_OIDC",
        "custom_federation_provider_url": "https://idp.example.com",
    }
    reader.up(**federation, external_login_id="jo")
    reader.up(external_login_id=None)
    assert reader.host.refresh()
    assert "ExternalLoginId" not in reader.live()
    assert reader.live()["ExternalLoginFederationProviderUrl"] == "https://idp.example.com"
    assert reader.preview() == ("same", [])


def test_somebody_elses_tags_permissions_and_federation_stay(reader: Person, client: Callable[[str], Any]) -> None:
    reader.up(tags={"team": "data"})
    aws = client("quicksight")
    aws.tag_resource(ResourceArn=reader.host.id, Tags=[{"Key": "theirs", "Value": "x"}])
    aws.update_user(
        **reader.where(),
        Email="jo@example.com",
        Role="READER",
        CustomPermissionsName="theirs",
        ExternalLoginFederationProviderType="COGNITO",
    )
    assert reader.host.refresh()
    assert reader.preview() == ("same", [])
    reader.up(email="j.doe@example.com", tags={"team": "ops"})
    live = reader.live()
    assert (live["Tags"], live["CustomPermissionsName"]) == ({"team": "ops", "theirs": "x"}, "theirs")
    assert live["ExternalLoginFederationProviderType"] == "COGNITO"
    reader.up(tags=None)
    assert reader.live()["Tags"] == {"theirs": "x"}


def test_an_update_writes_no_role_and_no_address_that_it_does_not_show(
    reader: Person, client: Callable[[str], Any]
) -> None:
    """AWS wants both in each update: somebody may have given another role meanwhile, or ignore_changes be set."""
    reader.up()
    client("quicksight").update_user(**reader.where(), Email="theirs@example.com", Role="AUTHOR")
    assert reader.preview(custom_permissions_name="no-exports") == ("update", ["custom_permissions_name"])
    reader.up(custom_permissions_name="no-exports")
    assert (reader.live()["Role"], reader.live()["Email"]) == ("AUTHOR", "theirs@example.com")
    reader.up(email="j.doe@example.com")
    assert (reader.live()["Role"], reader.live()["Email"]) == ("AUTHOR", "j.doe@example.com")
    assert reader.host.refresh()
    assert reader.preview() == ("update", ["user_role"])


def test_tags_that_somebody_took_away_come_back(reader: Person, client: Callable[[str], Any]) -> None:
    reader.up(tags={"team": "data"})
    client("quicksight").untag_resource(ResourceArn=reader.host.id, TagKeys=["team"])
    assert reader.host.refresh()
    assert reader.preview() == ("update", ["tags"])
    reader.up()
    assert reader.live()["Tags"] == {"team": "data"}
