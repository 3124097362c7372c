"""Manage some members of a group, and leave members who are added elsewhere alone."""

import pulumi

from pulumi_identity import Group, GroupMembers, IdentityStoreUser

on_call = [
    IdentityStoreUser(
        name,
        user_name=name,
        display_name=name.title(),
        name={"given_name": name.title(), "family_name": "Roe"},
        emails=[{"value": f"{name}@example.com", "primary": True}],
    )
    for name in ("kim", "lee")
]
responders = Group("responders", display_name="Responders")
members = GroupMembers("responders", group_id=responders.group_id, members=on_call, exclusive=False)

pulumi.export("others", members.other_members)
