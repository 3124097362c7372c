"""Register an IAM user. AWS derives the user name from `iam_arn`."""

from pulumi_identity import QuickSightUser

kim = QuickSightUser(
    "kim",
    identity_type="IAM",
    iam_arn="arn:aws:iam::123456789012:user/kim",
    email="kim@example.com",
    user_role="AUTHOR",
)
