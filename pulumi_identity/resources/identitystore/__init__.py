"""Users, groups and memberships of IAM Identity Center's identity store."""
