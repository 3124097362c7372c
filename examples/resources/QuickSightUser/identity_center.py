"""Register a user of IAM Identity Center, in an account whose QuickSight uses Identity Center."""

from pulumi_identity import QuickSightUser

zoe = QuickSightUser(
    "zoe",
    identity_type="IAM_IDENTITY_CENTER",
    user_name="zoe",
    email="zoe@example.com",
    user_role="READER",
)
