"""Never run: what mypy and pyright must say of programs that use the resources."""

from typing import assert_type

from pulumi import Output, ResourceOptions

from pulumi_identity import AppStreamUser, Group, GroupMembership, IdentityStoreUser, QuickSightUser

title = Output.from_input("Engineer")
tags = {"team": "data"}

jo = IdentityStoreUser(
    "jo",
    ResourceOptions(protect=True),
    user_name="jo",
    display_name=Output.from_input("Jo"),
    name={"given_name": "Jo", "family_name": Output.from_input("Doe")},
    emails=[{"value": Output.from_input("jo@example.com"), "primary": True}],
    title=title,
    extensions={"aws:identitystore:enterprise": {"costCenter": "42"}},
)
admins = Group("admins", display_name="Admins", opts=ResourceOptions(protect=True), region="eu-west-1")
membership = GroupMembership(
    "jo-admins", group_id=admins.group_id, member_id=jo.user_id, identity_store_id=jo.identity_store_id
)
reader = QuickSightUser("jo", user_name="jo", email="jo@example.com", user_role="READER", tags=tags)
stream = AppStreamUser("jo", user_name="jo@example.com", first_name="Jo", message_action="SUPPRESS", enabled=False)

assert_type(jo.user_id, Output[str])
assert_type(jo.title, Output[str | None])
assert_type(jo.region, Output[str])
assert_type(admins.description, Output[str | None])
assert_type(membership.membership_id, Output[str])
assert_type(reader.user_invitation_url, Output[str | None])
assert_type(reader.active, Output[bool])
assert_type(stream.enabled, Output[bool])
assert_type(stream.id, Output[str])

IdentityStoreUser("x", user_name=1, display_name="x", name={"given_name": "x", "family_name": "x"})  # type: ignore[arg-type]
IdentityStoreUser("x", user_name="x", display_name="x", name={"given_name": "x"})  # type: ignore[arg-type]
IdentityStoreUser("x", user_name="x", display_name="x")  # type: ignore[call-arg]
IdentityStoreUser("x", username="x", user_name="x", display_name="x", name={"given_name": "x", "family_name": "x"})  # type: ignore[call-arg]
Group("x", display_name="x", group_id="g")  # type: ignore[call-arg]
QuickSightUser("x", email="x", user_role="BOSS")  # type: ignore[arg-type]
AppStreamUser("x", user_name="x", authentication_type="SAML")  # type: ignore[arg-type]
