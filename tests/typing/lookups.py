"""Never run: what mypy and pyright must say of programs that look things up."""

from datetime import UTC, datetime
from typing import assert_type

import pulumi
from pulumi import InvokeOutputOptions, Output

from pulumi_identity import (
    Group,
    GroupMembership,
    get_appstream_users,
    get_group_membership_output,
    get_group_memberships,
    get_identity_context,
    get_identity_store,
    get_quicksight_group_membership,
    get_quicksight_group_memberships,
    get_quicksight_user,
    get_quicksight_user_groups_output,
    get_session_embed_url,
    get_session_embed_url_output,
    get_user,
    get_user_output,
    get_users,
    get_users_output,
    is_member_in_groups,
    is_member_in_groups_output,
)
from pulumi_identity.lookups import (
    EmailResult,
    GetAppStreamUserResult,
    GetGroupMembershipResult,
    GetQuickSightGroupMembershipResult,
    GetQuickSightGroupResult,
    GetQuickSightUserResult,
    GetSessionEmbedUrlResult,
    GetUserResult,
)

store = get_identity_store().identity_store_id
jo = get_user(email="jo@example.com", identity_store_id=store)
users = get_users(filters={"user_name": "jo"}, region="eu-west-1")
admins = Group("admins", display_name="Admins", identity_store_id=store)
member = GroupMembership("jo", group_id=admins.group_id, member_id=jo.user_id, opts=pulumi.ResourceOptions())
found = get_user_output(user_id=member.member_id, external_id=None, region=admins.region)

assert_type(store, str)
assert_type(jo, GetUserResult)
assert_type(jo.user_id, str)
assert_type(jo.title, str | None)
assert_type(jo.emails, tuple[EmailResult, ...])
assert_type(users, tuple[GetUserResult, ...])
assert_type(found, Output[GetUserResult])
assert_type(found.apply(lambda user: user.user_id), Output[str])
assert_type(get_users_output(filters={"user_name": member.member_id}), Output[tuple[GetUserResult, ...]])
assert_type(get_group_memberships("g"), tuple[GetGroupMembershipResult, ...])
assert_type(
    get_group_membership_output(member.membership_id, opts=InvokeOutputOptions(depends_on=[member])),
    Output[GetGroupMembershipResult],
)
assert_type(is_member_in_groups(jo.user_id, ["g"]), dict[str, bool])
assert_type(is_member_in_groups_output(jo.user_id, ["g", admins.group_id]), Output[dict[str, bool]])
assert_type(get_quicksight_user("jo"), GetQuickSightUserResult)
assert_type(get_quicksight_group_memberships("sales"), tuple[GetQuickSightGroupMembershipResult, ...])
assert_type(get_quicksight_user_groups_output(admins.display_name), Output[tuple[GetQuickSightGroupResult, ...]])
assert_type(get_session_embed_url(session_lifetime_in_minutes=15).embed_url, str)
assert_type(get_session_embed_url_output(), Output[GetSessionEmbedUrlResult])
assert_type(get_identity_context(email="jo@example.com", session_expires_at=datetime.now(UTC)).context, str)
assert_type(get_appstream_users(), tuple[GetAppStreamUserResult, ...])

get_user(user_id=member.member_id)  # type: ignore[arg-type]
get_user("jo")  # type: ignore[call-arg]
get_user(username="jo")  # type: ignore[call-arg]
get_user_output(user_id=1)  # type: ignore[arg-type]
get_group_memberships()  # type: ignore[call-arg]
get_quicksight_group_membership("sales")  # type: ignore[call-arg]
is_member_in_groups(jo.user_id, [admins.group_id])  # type: ignore[list-item]
get_session_embed_url(session_lifetime_in_minutes="15")  # type: ignore[arg-type]
jo.title = "CTO"  # type: ignore[misc]
