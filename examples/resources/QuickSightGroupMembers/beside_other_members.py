"""Add a user to a group whose other members the program does not manage."""

from pulumi_identity import QuickSightGroup, QuickSightGroupMembers, QuickSightUser

olga = QuickSightUser("olga", user_name="olga", email="olga@example.com", user_role="READER")
everyone = QuickSightGroup("everyone", group_name="Everyone")
QuickSightGroupMembers("everyone", group_name=everyone.group_name, members=[olga], exclusive=False)
