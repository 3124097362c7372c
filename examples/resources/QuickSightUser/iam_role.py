"""Register a person who assumes an IAM role. The session name distinguishes the people who share the role."""

from pulumi_identity import QuickSightUser

leo = QuickSightUser(
    "leo",
    identity_type="IAM",
    iam_arn="arn:aws:iam::123456789012:role/analysts",
    session_name="leo@example.com",
    email="leo@example.com",
    user_role="AUTHOR",
)
