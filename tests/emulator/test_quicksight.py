"""QuickSight's rules about users, over HTTP."""

import time
from typing import Any

import pytest
from emulator.asking import ACCOUNT, Ask, QuickSight, raw_client, refused

from pulumi_identity.emulator import Emulator

USER = f"arn:aws:iam::{ACCOUNT}:user/team/jo"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/path/Role"
BAD = "InvalidParameterValueException"


def test_a_user_is_answered_as_it_was_registered(quicksight: QuickSight) -> None:
    answer = quicksight.user(CustomPermissionsName="few")
    user = answer["User"]
    assert answer["Status"] == 201
    assert answer["RequestId"]
    assert user == {
        "Arn": f"arn:aws:quicksight:us-east-1:{ACCOUNT}:user/default/jo",
        "UserName": "jo",
        "Email": "jo@example.org",
        "Role": "READER",
        "IdentityType": "QUICKSIGHT",
        "Active": False,
        "PrincipalId": user["PrincipalId"],
        "CustomPermissionsName": "few",
    }
    assert quicksight.describe_user(UserName="jo")["User"] == user
    assert quicksight.list_users()["UserList"] == [user]


def test_an_invitation_is_given_out_once(quicksight: QuickSight, aws: Emulator) -> None:
    answer = quicksight.user()
    assert answer["UserInvitationUrl"].startswith("https://")
    assert quicksight.user("al")["UserInvitationUrl"] != answer["UserInvitationUrl"]
    updated = quicksight.update_user(UserName="jo", Email="a@b", Role="READER")
    assert "UserInvitationUrl" not in updated
    assert "UserInvitationUrl" not in quicksight.describe_user(UserName="jo")
    iam = quicksight.user(None, IdentityType="IAM", IamArn=ROLE, SessionName="se")
    assert "UserInvitationUrl" not in iam
    aws.quicksight.accept_invitation(answer["User"]["Arn"])
    assert quicksight.describe_user(UserName="jo")["User"]["Active"] is True


def test_names_of_iam_identities(quicksight: QuickSight) -> None:
    assert quicksight.iam(USER)["UserName"] == "jo"
    user = quicksight.iam(ROLE, SessionName="a.b@c")
    assert user["UserName"] == "Role/a.b@c"
    assert user["Arn"].endswith(":user/default/Role/a.b@c")
    assert user["Active"] is True
    assert quicksight.describe_user(UserName="Role/a.b@c")["User"] == user
    quicksight.iam(ROLE, SessionName="other")
    with refused("ResourceExistsException", ResourceType="USER"):
        quicksight.iam(ROLE, SessionName="other")


@pytest.mark.parametrize(
    "name", ["a/b", "a/b/c", "with space", "o'Brien", 'q"uote', "José", "a%2Fb", "a?b#c", "x&y=z", "a+b", "ÿ"]
)
def test_awkward_names(quicksight: QuickSight, name: str) -> None:
    user = quicksight.user(name)["User"]
    assert user["UserName"] == name
    assert quicksight.describe_user(UserName=name)["User"] == user
    assert quicksight.set(name, Email="x@y")["Email"] == "x@y"
    quicksight.client.tag_resource(ResourceArn=user["Arn"], Tags=[{"Key": "a", "Value": "b"}])
    assert quicksight.client.list_tags_for_resource(ResourceArn=user["Arn"])["Tags"] == [{"Key": "a", "Value": "b"}]
    quicksight.delete_user(UserName=name)
    assert quicksight.names() == []


@pytest.mark.parametrize(
    "arguments",
    [
        {"UserName": None},
        {"UserName": "Ā"},
        {"UserName": "a;b"},
        {"UserRole": "KING"},
        {"IdentityType": "SAML"},
        {"IamArn": USER},
        {"SessionName": "xx"},
        {"CustomPermissionsName": "with space"},
        {"Tags": [{"Key": "a"}]},
        {"IdentityType": "IAM", "IamArn": USER},
        {"IdentityType": "IAM", "UserName": None},
        {"IdentityType": "IAM", "UserName": None, "IamArn": "arn:aws:sts::123456789012:assumed-role/a/b"},
        {"IdentityType": "IAM", "UserName": None, "IamArn": USER, "SessionName": "xx"},
        {"IdentityType": "IAM", "UserName": None, "IamArn": ROLE},
        {"IdentityType": "IAM", "UserName": None, "IamArn": ROLE, "SessionName": "x"},
        {"IdentityType": "IAM", "UserName": None, "IamArn": ROLE, "SessionName": "a/b"},
        {"IdentityType": "IAM_IDENTITY_CENTER", "IamArn": USER},
        {"ExternalLoginFederationProviderType": "SAML"},
        {"ExternalLoginFederationProviderType": "NONE"},
        {"ExternalLoginFederationProviderType": "CUSTOM_OIDC", "ExternalLoginId": "x"},
        {"ExternalLoginFederationProviderType": "COGNITO", "CustomFederationProviderUrl": "https://idp"},
        {"ExternalLoginId": "x"},
    ],
)
def test_what_registration_refuses(quicksight: QuickSight, arguments: dict[str, Any]) -> None:
    given = {"UserName": "jo", **arguments}
    name = given.pop("UserName")
    with refused(BAD) as refusal:
        quicksight.user(name, **given)
    assert refusal.status == 400
    assert quicksight.names() == []


def test_an_iam_identity_has_no_user_name_of_its_own(quicksight: QuickSight) -> None:
    with refused(BAD) as refusal:
        quicksight.user("jo", IdentityType="IAM", IamArn=USER)
    assert refusal.message == (
        "The following parameters are not applicable to this identity type: User Name. "
        f"AWS account ID: {ACCOUNT}, Namespace: default."
    )
    for arn in ({}, {"IamArn": "arn:aws:sts::123456789012:assumed-role/a/b"}):
        with refused(BAD) as refusal:
            quicksight.user(None, IdentityType="IAM", **arn)
        assert refusal.message == "Invalid resource identifiers provided. Please check the documentation."


def test_an_address_without_an_at_sign_is_accepted(quicksight: QuickSight) -> None:
    assert quicksight.user(Email="nobody")["User"]["Email"] == "nobody"
    assert quicksight.set(Email="somebody")["Email"] == "somebody"


def test_addresses_are_not_unique_but_names_are(quicksight: QuickSight) -> None:
    quicksight.user("jo")
    quicksight.user("al")
    with refused("ResourceExistsException", ResourceType="USER") as refusal:
        quicksight.user("jo")
    assert refusal.status == 409


def test_updates(quicksight: QuickSight) -> None:
    quicksight.user(CustomPermissionsName="few")
    user = quicksight.set(Email="new@example.org", Role="AUTHOR")
    assert (user["Email"], user["Role"], user["CustomPermissionsName"]) == ("new@example.org", "AUTHOR", "few")
    assert quicksight.set(Role="ADMIN_PRO", CustomPermissionsName="none")["CustomPermissionsName"] == "none"
    assert "CustomPermissionsName" not in quicksight.set(Role="ADMIN", UnapplyCustomPermissions=True)
    for arguments in (
        {"Role": "READER"},
        {"Role": "READER_PRO"},
        {"Role": "RESTRICTED_READER"},
        {"Role": "ADMIN", "CustomPermissionsName": "x", "UnapplyCustomPermissions": True},
    ):
        with refused(BAD):
            quicksight.set(**arguments)
    assert quicksight.set(Role="AUTHOR")["Role"] == "AUTHOR"
    with refused(BAD):
        quicksight.update_user(UserName="jo", Role="AUTHOR")
    with refused(BAD):
        quicksight.update_user(UserName="jo", Email="a@b")


def test_custom_permissions_by_their_own_operations(quicksight: QuickSight) -> None:
    quicksight.user()
    quicksight.update_user_custom_permission(UserName="jo", CustomPermissionsName="few")
    assert quicksight.describe_user(UserName="jo")["User"]["CustomPermissionsName"] == "few"
    quicksight.delete_user_custom_permission(UserName="jo")
    assert "CustomPermissionsName" not in quicksight.describe_user(UserName="jo")["User"]


def test_federation(quicksight: QuickSight) -> None:
    prefix = "ExternalLoginFederationProvider"

    def federation(user: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in user.items() if name.startswith("External")}

    oidc = {f"{prefix}Type": "CUSTOM_OIDC", "CustomFederationProviderUrl": "https://idp", "ExternalLoginId": "7"}
    expected = {f"{prefix}Type": "CUSTOM_OIDC", f"{prefix}Url": "https://idp", "ExternalLoginId": "7"}
    assert federation(quicksight.user(**oidc)["User"]) == expected
    assert federation(quicksight.set()) == expected
    assert federation(quicksight.set(ExternalLoginId="8")) == {**expected, "ExternalLoginId": "8"}
    cognito = federation(quicksight.set(ExternalLoginFederationProviderType="COGNITO", ExternalLoginId="9"))
    assert (cognito[f"{prefix}Type"], cognito["ExternalLoginId"]) == ("COGNITO", "9")
    assert federation(quicksight.set(ExternalLoginFederationProviderType="NONE")) == {}
    with refused(BAD):
        quicksight.set(ExternalLoginFederationProviderType="CUSTOM_OIDC")


def test_pages(quicksight: QuickSight, aws: Emulator) -> None:
    names = [f"u{n}" for n in range(150)]
    arns = aws.quicksight.seed_users(names, ACCOUNT)
    assert arns[0] == f"arn:aws:quicksight:us-east-1:{ACCOUNT}:user/default/u0"
    first = quicksight.list_users()
    second = quicksight.list_users(NextToken=first["NextToken"])
    assert [u["UserName"] for u in first["UserList"] + second["UserList"]] == names
    assert (len(first["UserList"]), "NextToken" in second) == (100, False)
    assert len(quicksight.list_users(MaxResults=7)["UserList"]) == 7
    with refused("InvalidNextTokenException"):
        quicksight.list_users(NextToken="made-up")
    for size in (0, 101):
        with refused(BAD):
            quicksight.list_users(MaxResults=size)


def test_what_is_not_there(quicksight: QuickSight) -> None:
    arn = f"arn:aws:quicksight:us-east-1:{ACCOUNT}:user/default/jo"
    for call in (
        lambda: quicksight.describe_user(UserName="jo"),
        lambda: quicksight.set("jo"),
        lambda: quicksight.delete_user(UserName="jo"),
        lambda: quicksight.delete_user_by_principal_id(PrincipalId="user/d-1/x"),
        lambda: quicksight.client.tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "b"}]),
        lambda: quicksight.client.untag_resource(ResourceArn=arn, TagKeys=["a"]),
        lambda: quicksight.client.list_tags_for_resource(ResourceArn=arn),
    ):
        with refused("ResourceNotFoundException", ResourceType="USER") as refusal:
            call()
        assert refusal.status == 404


def test_a_user_without_iam_principal(quicksight: QuickSight, aws: Emulator) -> None:
    user = quicksight.iam(ROLE, SessionName="se")
    aws.quicksight.remove_iam_principal(ROLE)
    found = quicksight.describe_user(UserName="Role/se")["User"]
    assert found == {**user, "UserName": "N/A", "Arn": "N/A"}
    assert quicksight.list_users()["UserList"] == [found]
    with refused("ResourceNotFoundException"):
        quicksight.delete_user(UserName="Role/se")
    quicksight.delete_user_by_principal_id(PrincipalId=user["PrincipalId"])
    assert quicksight.names() == []


def test_tags(quicksight: QuickSight) -> None:
    arn = quicksight.user(Tags=[{"Key": "team", "Value": "a"}])["User"]["Arn"]
    client = quicksight.client

    def tags() -> dict[str, str]:
        return {tag["Key"]: tag["Value"] for tag in client.list_tags_for_resource(ResourceArn=arn).get("Tags", [])}

    client.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "b"}, {"Key": "cost & co", "Value": "1"}])
    assert tags() == {"team": "b", "cost & co": "1"}
    client.untag_resource(ResourceArn=arn, TagKeys=["team", "not there"])
    assert tags() == {"cost & co": "1"}
    client.untag_resource(ResourceArn=arn, TagKeys=["cost & co"])
    assert tags() == {}
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": f"k{n}", "Value": "v"} for n in range(200)])
    with refused("LimitExceededException"):
        client.tag_resource(ResourceArn=arn, Tags=[{"Key": "one more", "Value": "v"}])
    with refused(BAD):
        client.tag_resource(ResourceArn=arn, Tags=[])


def test_only_the_identity_region_knows_users_and_groups(ask: Ask, aws: Emulator) -> None:
    arn = QuickSight(ask("quicksight")).user()["User"]["Arn"]
    there = QuickSight(ask("quicksight", "us-west-2"))
    for call in (
        there.list_users,
        there.list_groups,
        there.user,
        lambda: there.describe_user(UserName="jo"),
        lambda: there.client.list_tags_for_resource(ResourceArn=arn),
        lambda: there.client.get_identity_context(AwsAccountId=ACCOUNT, UserIdentifier={"UserArn": arn}),
    ):
        with refused("AccessDeniedException") as refusal:
            call()
        assert refusal.message == (
            "Operation is being called from endpoint us-west-2, but your identity region is us-east-1. "
            "Please use the us-east-1 endpoint."
        )
    aws.quicksight.identity_region = "us-west-2"
    assert there.user("al")["User"]["Arn"] == f"arn:aws:quicksight:us-west-2:{ACCOUNT}:user/default/al"


def test_other_accounts_and_namespaces(quicksight: QuickSight) -> None:
    with refused("AccessDeniedException"):
        quicksight.list_users(AwsAccountId="999999999999")
    with refused("ResourceNotFoundException", ResourceType="NAMESPACE") as refusal:
        quicksight.user(Namespace="other")
    assert refusal.message == "Namespace not found"
    with refused("ResourceNotFoundException", ResourceType="NAMESPACE"):
        quicksight.list_groups(Namespace="other")
    with Emulator(namespaces=["other"]) as wider:
        there = QuickSight(raw_client("quicksight", "us-east-1", wider.url))
        there.user("jo", Namespace="other")
        assert there.names() == []
        assert len(there.list_users(Namespace="other")["UserList"]) == 1


def test_accounts_that_are_not_ready(quicksight: QuickSight, aws: Emulator) -> None:
    aws.quicksight.not_ready.add(ACCOUNT)
    with refused("PreconditionNotMetException"):
        quicksight.user()
    aws.quicksight.not_subscribed.add(ACCOUNT)
    with refused("ResourceNotFoundException", ResourceType="ACCOUNT_SETTINGS"):
        quicksight.user()


def test_tags_of_what_is_motos_are_motos(ask: Ask) -> None:
    client = ask("quicksight", "eu-west-1")
    created = client.create_data_set(
        AwsAccountId=ACCOUNT, DataSetId="d", Name="d", PhysicalTableMap={}, ImportMode="SPICE"
    )
    client.tag_resource(ResourceArn=created["Arn"], Tags=[{"Key": "a", "Value": "b"}])
    assert client.list_tags_for_resource(ResourceArn=created["Arn"])["Tags"] == [{"Key": "a", "Value": "b"}]


def test_arns_are_in_the_partition_of_the_region(ask: Ask) -> None:
    with Emulator(identity_region="cn-north-1") as china:
        there = QuickSight(raw_client("quicksight", "cn-north-1", china.url))
        user = there.user()["User"]
        assert user["Arn"] == f"arn:aws-cn:quicksight:cn-north-1:{ACCOUNT}:user/default/jo"
        assert there.create_group(GroupName="g")["Group"]["Arn"].startswith("arn:aws-cn:quicksight:cn-north-1:")
        assert "Tags" not in there.client.list_tags_for_resource(ResourceArn=user["Arn"])


def test_users_that_identity_center_manages(quicksight: QuickSight, aws: Emulator) -> None:
    aws.quicksight.identity_center = True
    aws.quicksight.seed_users(["jo"], ACCOUNT, identity_type="IAM_IDENTITY_CENTER")
    (user,) = quicksight.list_users()["UserList"]
    assert (user["UserName"], user["IdentityType"]) == ("jo", "IAM_IDENTITY_CENTER")
    for call in (
        lambda: quicksight.user("al", IdentityType="IAM_IDENTITY_CENTER"),
        quicksight.set,
        lambda: quicksight.delete_user(UserName="jo"),
        lambda: quicksight.delete_user_by_principal_id(PrincipalId=user["PrincipalId"]),
    ):
        with refused("AccessDeniedException") as refusal:
            call()
        assert refusal.message == "Operation is disabled for identities managed by IAM Identity Center"
    assert quicksight.describe_user(UserName="jo")["User"] == user


def test_a_changed_role_takes_time_to_show(quicksight: QuickSight, aws: Emulator) -> None:
    quicksight.user()
    aws.quicksight.role_delay = 0.3
    assert quicksight.set(Role="AUTHOR")["Role"] == "AUTHOR"
    assert quicksight.describe_user(UserName="jo")["User"]["Role"] == "READER"
    time.sleep(0.35)
    assert quicksight.describe_user(UserName="jo")["User"]["Role"] == "AUTHOR"
