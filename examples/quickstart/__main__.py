"""One user in IAM Identity Center, QuickSight and AppStream, and a group that gives them access.

Set the directory with `pulumi config set identity:identityStoreId d-…`. The account comes from the credentials.
"""

import pulumi

from pulumi_identity import AppStreamUser, Group, GroupMembers, IdentityStoreUser, QuickSightUser

jo = IdentityStoreUser(
    "jo",
    user_name="jo@example.com",
    display_name="Jo Doe",
    name={"given_name": "Jo", "family_name": "Doe"},
    emails=[{"value": "jo@example.com", "type": "work", "primary": True}],
    title="Engineer",
)
admins = Group("admins", display_name="Admins", description="May change everything")
GroupMembers("admins", group_id=admins.group_id, members=[jo])

reader = QuickSightUser("jo", user_name=jo.user_name, email=jo.user_name, user_role="READER")
desktop = AppStreamUser("jo", user_name=jo.user_name, first_name="Jo", last_name="Doe", message_action="SUPPRESS")

pulumi.export("user", jo.user_arn)
pulumi.export("group", admins.group_id)
pulumi.export("dashboards", reader.arn)
pulumi.export("invitation", reader.user_invitation_url)
pulumi.export("desktop", desktop.status)
