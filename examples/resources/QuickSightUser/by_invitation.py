"""Register a user who sets a password. QuickSight sends no e-mail: hand over the URL as you would a password."""

import pulumi

from pulumi_identity import QuickSightUser

max_ = QuickSightUser("max", user_name="max", email="max@example.com", user_role="READER", tags={"team": "data"})

pulumi.export("invitation", max_.user_invitation_url)
