"""Add existing users to a new group, list the QuickSight groups of an author, and embed a session for the author.

List the users' addresses with `pulumi config set --path 'people[0]' jo@example.com` and so on. Set the QuickSight user
with `pulumi config set author …`: sessions are for authors and admins only. The directory is the only identity store of
the account.
"""

import pulumi

from pulumi_identity import (
    Group,
    GroupMembership,
    get_group_memberships_output,
    get_identity_store,
    get_quicksight_user,
    get_quicksight_user_groups,
    get_session_embed_url_output,
    get_user,
)

config = pulumi.Config()
store = get_identity_store().identity_store_id

analysts = Group("analysts", identity_store_id=store, display_name="Analysts")
memberships = [
    GroupMembership(
        email,
        identity_store_id=store,
        group_id=analysts.group_id,
        member_id=get_user(email=email, identity_store_id=store).user_id,
    )
    for email in config.require_object("people")
]

author = get_quicksight_user(config.require("author"))
session = get_session_embed_url_output(user_arn=author.arn, entry_point="/start/dashboards")

# The lookup has no memberships in its arguments, so `depends_on` makes it wait for them.
members = get_group_memberships_output(
    analysts.group_id, identity_store_id=store, opts=pulumi.InvokeOutputOptions(depends_on=memberships)
)
pulumi.export("members", members.apply(lambda listed: [membership.member_id for membership in listed]))
pulumi.export("group", analysts.group_id)
pulumi.export("author", author)
pulumi.export("author_groups", [group.group_name for group in get_quicksight_user_groups(author.user_name)])
pulumi.export("embed_url", session.apply(lambda result: result.embed_url))
