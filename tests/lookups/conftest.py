"""A small directory to look things up in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.host import new_command
from lookups.examples import ACCOUNT, STORE, Directory

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator


@pytest.fixture(autouse=True)
def _nothing_is_known_yet() -> None:
    new_command()


@pytest.fixture
def directory(aws: Emulator, client: Callable[[str], Any]) -> Directory:
    """Jo, with everything that a user can have, in one of two groups; Ann, of whom AWS knows the least; and others."""
    store = client("identitystore")
    jo = store.create_user(
        IdentityStoreId=STORE,
        UserName="jo",
        DisplayName="Jo Doe",
        Name={
            "FamilyName": "Doe",
            "GivenName": "Jo",
            "Formatted": "Jo M. Doe",
            "MiddleName": "M.",
            "HonorificPrefix": "Dr.",
            "HonorificSuffix": "PhD",
        },
        NickName="J",
        ProfileUrl="https://example.com/jo",
        Emails=[{"Value": "jo@example.com", "Type": "work", "Primary": True}],
        Addresses=[
            {
                "StreetAddress": "Main Street 1",
                "Locality": "Berlin",
                "Region": "BE",
                "PostalCode": "10115",
                "Country": "DE",
                "Formatted": "Main Street 1, Berlin",
                "Type": "work",
                "Primary": True,
            }
        ],
        PhoneNumbers=[{"Value": "+49 30 1", "Type": "work", "Primary": True}],
        UserType="Employee",
        Title="Engineer",
        PreferredLanguage="de-DE",
        Locale="de-DE",
        Timezone="Europe/Berlin",
        Photos=[{"Value": "https://example.com/jo.png", "Type": "photo", "Display": "Jo", "Primary": True}],
        Website="https://jo.example.com",
        Birthdate="1990-01-01",
        Roles=[{"Value": "Lead", "Type": "work", "Primary": True}],
        Extensions={"aws:identitystore:enterprise": {"costCenter": "42"}},
    )["UserId"]
    ann = store.create_user(
        IdentityStoreId=STORE, UserName="ann", DisplayName="Ann", Name={"FamilyName": "A", "GivenName": "Ann"}
    )["UserId"]
    admins = store.create_group(IdentityStoreId=STORE, DisplayName="Admins", Description="May change everything")
    others = store.create_group(IdentityStoreId=STORE, DisplayName="Others")
    for group, user in ((admins, jo), (others, jo), (admins, ann)):
        membership = store.create_group_membership(
            IdentityStoreId=STORE, GroupId=group["GroupId"], MemberId={"UserId": user}
        )
    aws.identitystore.set_external_ids(STORE, jo, ("https://idp.example.com", "jo-1"))
    aws.identitystore.set_external_ids(STORE, admins["GroupId"], ("https://idp.example.com", "admins-1"))
    quicksight = client("quicksight")
    for name in ("viewer", "author"):
        registered = quicksight.register_user(
            AwsAccountId=ACCOUNT,
            Namespace="default",
            UserName=name,
            Email=f"{name}@example.com",
            UserRole="AUTHOR" if name == "author" else "READER",
            IdentityType="QUICKSIGHT",
            CustomPermissionsName="limited",
            ExternalLoginFederationProviderType="CUSTOM_OIDC",
            CustomFederationProviderUrl="https://idp.example.com",
            ExternalLoginId=name,
        )
    place = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
    for group, description in {"sales": {"Description": "Sees the sales dashboards"}, "all": {}}.items():
        quicksight.create_group(**place, GroupName=group, **description)
    for group, user in (("sales", "viewer"), ("sales", "author"), ("all", "author")):
        quicksight.create_group_membership(**place, GroupName=group, MemberName=user)
    for name in ("jo@example.com", "ann@example.com"):
        client("appstream").create_user(
            UserName=name, AuthenticationType="USERPOOL", FirstName="F", LastName="L", MessageAction="SUPPRESS"
        )
    client("appstream").create_stack(Name="desktop")
    for name in ("jo@example.com", "ann@example.com"):
        client("appstream").batch_associate_user_stack(
            UserStackAssociations=[
                {
                    "StackName": "desktop",
                    "UserName": name,
                    "AuthenticationType": "USERPOOL",
                    "SendEmailNotification": name == "jo@example.com",
                }
            ]
        )
    aws.calls.clear()
    return {
        "store": STORE,
        "account": ACCOUNT,
        "jo": jo,
        "ann": ann,
        "admins": admins["GroupId"],
        "others": others["GroupId"],
        "membership": membership["MembershipId"],
        "author": registered["User"]["Arn"],
    }
