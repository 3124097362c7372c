"""Add one person to several groups. Each membership is a resource with a name of its own."""

from pulumi_identity import Group, GroupMembership, IdentityStoreUser

eve = IdentityStoreUser(
    "eve",
    user_name="eve",
    display_name="Eve Poe",
    name={"given_name": "Eve", "family_name": "Poe"},
    emails=[{"value": "eve@example.com", "primary": True}],
)
for name in ("Developers", "On call"):
    group = Group(name, display_name=name)
    GroupMembership(f"eve in {name}", group_id=group.group_id, member_id=eve.user_id)
