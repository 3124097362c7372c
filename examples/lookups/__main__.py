"""People who are in the directory already join a new group; one of them gets a session of QuickSight to embed.

Which people: `pulumi config set --path 'people[0]' jo@example.com`, and so on. Which directory: the only one there is.
`pulumi config set reader …` names the QuickSight user.
"""

import pulumi

from pulumi_identity import (
    Group,
    GroupMembership,
    get_group_memberships_output,
    get_identity_store,
    get_quicksight_user,
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

reader = get_quicksight_user(config.require("reader"))
session = get_session_embed_url_output(user_arn=reader.arn, entry_point="/start/dashboards")

# After the memberships, not before: nothing else would tell the lookup to wait for them.
members = get_group_memberships_output(
    analysts.group_id, identity_store_id=store, opts=pulumi.InvokeOutputOptions(depends_on=memberships)
)
pulumi.export("members", members.apply(lambda found: [membership.member_id for membership in found]))
pulumi.export("group", analysts.group_id)
pulumi.export("reader", reader)
pulumi.export("embed_url", session.apply(lambda opened: opened.embed_url))
