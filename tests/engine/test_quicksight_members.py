"""The members of a QuickSight group in the real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

PLACE = {"AwsAccountId": "123456789012", "Namespace": "default"}

PROGRAM = """
jo, ann = (
    QuickSightUser(name, user_name=name, email=f"{name}@example.com", user_role="READER") for name in ("Role/jo", "ann")
)
sales = QuickSightGroup("sales", group_name="Sales")
QuickSightGroupMembers("members", group_name=sales.group_name, members=[jo])
"""


def test_a_stranger_and_a_renamed_group(stack: Stack, client: Callable[[str], Any]) -> None:
    quicksight = client("quicksight")
    stack.program(PROGRAM)
    stack.up()

    user = {"UserName": "eve", "Email": "eve@example.com", "IdentityType": "QUICKSIGHT", "UserRole": "READER"}
    quicksight.register_user(**PLACE, **user)
    quicksight.create_group_membership(**PLACE, GroupName="Sales", MemberName="eve")
    stack.program(PROGRAM.replace("[jo]", "[ann]"))
    plan = stack.preview("--refresh")
    assert plan.ops() == {"members": "update"}
    assert plan.diff("members") == {"members.ann": "add", "members.eve": "delete", 'members["Role/jo"]': "delete"}
    stack.up("--refresh")

    # The new group is missing in this preview. It has the same members afterwards.
    renamed = PROGRAM.replace("[jo]", "[ann]").replace('"Sales"', '"Sales/EMEA"')
    stack.program(renamed)
    assert stack.preview().ops() == {"sales": "replace", "members": "replace"}
    stack.up()
    listed = quicksight.list_group_memberships(**PLACE, GroupName="Sales/EMEA")["GroupMemberList"]
    assert [member["MemberName"] for member in listed] == ["ann"]

    stack.program(renamed.replace("sales.group_name", '"Typo"'))
    failed = stack.preview(check=False)
    assert "Typo): the group does not exist — check `group_name`" in failed.diagnostics
