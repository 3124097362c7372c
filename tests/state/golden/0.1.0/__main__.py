# The program whose state lies beside it. Frozen with it: neither is ever written anew.
import pulumi

from pulumi_identity import (
    AppStreamUser,
    AppStreamUserStackAssociation,
    Group,
    GroupMembers,
    GroupMembership,
    IdentityStoreUser,
    QuickSightGroup,
    QuickSightGroupMembers,
    QuickSightUser,
)

STORE = "d-1234567890"

jo = IdentityStoreUser(
    "jo",
    identity_store_id=STORE,
    user_name="jo",
    display_name="Jo Doe",
    name={"given_name": "Jo", "family_name": "Doe", "middle_name": "M"},
    title=pulumi.Output.secret("Engineer"),
    emails=[{"value": "jo@example.com", "type": "work", "primary": True}],
    addresses=[{"locality": "Berlin", "country": "DE"}],
    photos=[{"value": "https://example.com/1.png"}, {"value": "https://example.com/2.png"}],
    extensions={"aws:identitystore:enterprise": {"employeeNumber": 7, "department": "R&D"}},
    adopt=True,
)
admins = Group("admins", identity_store_id=STORE, display_name="Admins", description="May do all")
GroupMembership("jo-admins", identity_store_id=STORE, group_id=admins.group_id, member_id=jo.user_id)
reader = QuickSightUser(
    "reader",
    user_name="teams/jo",
    email="jo@example.com",
    user_role="READER",
    custom_permissions_name="no-exports",
    tags={"team": "data", "Cost:Center": "42"},
)
QuickSightUser(
    "of-role",
    aws_account_id="123456789012",
    region="us-east-1",
    identity_type="IAM",
    iam_arn="arn:aws:iam::123456789012:role/Analysts",
    session_name="jo@example.com",
    email="jo@example.com",
    user_role="AUTHOR_PRO",
)
viewer = AppStreamUser("viewer", user_name="Jo@example.com", first_name="Jo", enabled=False, message_action="SUPPRESS")
AppStreamUserStackAssociation("desktop", stack_name="desktop", user_name=viewer.user_name, send_email_notification=True)
sales = QuickSightGroup("sales", group_name="Sales/EMEA", description="Sees all")
QuickSightGroupMembers("sales-members", group_name=sales.group_name, members=[reader])
staff = Group("staff", display_name="Staff", description="Everybody here")
GroupMembers("staff-members", group_id=staff.group_id, members=[jo])
