"""Reading what exists without managing it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

from engine.stack import PULUMI

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

STORE = "d-1234567890"


def test_existing_entities_are_read_and_left_alone(stack: Stack, client: Callable[[str], Any]) -> None:
    store, quicksight, appstream = (client(service) for service in ("identitystore", "quicksight", "appstream"))
    user = store.create_user(
        IdentityStoreId=STORE,
        UserName="jo",
        DisplayName="Jo",
        Name={"GivenName": "Jo", "FamilyName": "Doe"},
        Title="Dr",
    )["UserId"]
    group = store.create_group(IdentityStoreId=STORE, DisplayName="Admins")["GroupId"]
    membership = store.create_group_membership(IdentityStoreId=STORE, GroupId=group, MemberId={"UserId": user})
    where = {"AwsAccountId": "123456789012", "Namespace": "default"}
    made = quicksight.register_user(
        **where, IdentityType="QUICKSIGHT", UserName="jo", Email="jo@example.com", UserRole="READER"
    )
    appstream.create_user(UserName="jo@example.com", AuthenticationType="USERPOOL")
    stack.program(
        f"""
        jo = IdentityStoreUser.get("jo", "{STORE}/{user}")
        admins = Group.get("admins", "{STORE}/{group}")
        member = GroupMembership.get("member", "{STORE}/{membership["MembershipId"]}")
        reader = QuickSightUser.get("reader", "{made["User"]["Arn"]}")
        viewer = AppStreamUser.get("viewer", "jo@example.com/USERPOOL", region="us-east-1")
        pulumi.export("told", [
            jo.title, jo.user_name, jo.user_id, jo.region, admins.display_name, member.member_id, reader.email,
            reader.user_name, viewer.enabled,
        ])
        """
    )
    told = ["Dr", "jo", user, "us-east-1", "Admins", user, "jo@example.com", "jo", True]
    assert set(stack.apply().ops().values()) == {"read"}
    assert stack.outputs()["told"] == told
    shown = stack.run("preview", "--refresh", "--diff", "--expect-no-changes").stdout
    assert "~" not in shown.replace("~ pulumi:pulumi:Stack", ""), f"what nobody touched shows nothing: {shown}"
    preview = stack.run("preview", "--json", "--refresh", "--show-sames").stdout
    review = [str(PULUMI.with_name("pulumi-identity")), "review", "--format", "text"]
    reviewed = subprocess.run(review, input=preview, capture_output=True, text=True, check=True).stdout
    assert "Nothing changes" in reviewed, reviewed
    stack.up("--refresh")
    assert stack.outputs()["told"] == told
    stack.destroy()
    assert store.describe_user(IdentityStoreId=STORE, UserId=user)["UserName"] == "jo"


def test_one_that_is_not_there_is_an_error(stack: Stack) -> None:
    stack.program(f'Group.get("admins", "{STORE}/11111111-2222-3333-4444-555555555555")')
    assert "reading IAM Identity Center Group" in stack.preview(check=False).diagnostics
    stack.program('Group.get("admins", "admins")')
    assert "invalid id — write the id like d-1234567890/<group id>" in stack.preview(check=False).diagnostics
