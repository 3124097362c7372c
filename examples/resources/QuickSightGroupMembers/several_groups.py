"""Manage the members of several groups from one table. Everyone else is removed from these groups."""

from pulumi_identity import QuickSightGroup, QuickSightGroupMembers, QuickSightUser

TEAMS = {"Finance": ["fay", "ned"], "Marketing": ["ned"]}

users = {
    name: QuickSightUser(name, user_name=name, email=f"{name}@example.com", user_role="READER")
    for name in sorted({name for names in TEAMS.values() for name in names})
}
for team, names in TEAMS.items():
    group = QuickSightGroup(team, group_name=team)
    QuickSightGroupMembers(team, group_name=group.group_name, members=[users[name] for name in names])
