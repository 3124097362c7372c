"""Never run: what mypy and pyright must say of programs that pass values on, from outputs, files and configuration."""

import json
from pathlib import Path
from typing import assert_type, cast

from pulumi import Config, Output

from pulumi_identity import (
    Address,
    AddressOutput,
    AppStreamUser,
    AppStreamUserArgs,
    AssumeRole,
    AssumeRoleOutput,
    Email,
    EmailOutput,
    ExternalId,
    Group,
    GroupArgs,
    GroupMembership,
    GroupMembershipArgs,
    IdentityStoreUser,
    IdentityStoreUserArgs,
    Name,
    NameOutput,
    PhoneNumber,
    PhoneNumberOutput,
    Photo,
    PhotoOutput,
    QuickSightUser,
    QuickSightUserArgs,
    Role,
    RoleOutput,
    UserRole,
    get_group,
    settings,
)

# Outputs

emails: list[Email] = [{"value": "jo@example.com", "primary": True}]
name: Name = {"given_name": "Jo", "family_name": Output.from_input("Doe")}
addresses: list[Address] = [{"country": "DE"}]
numbers: tuple[PhoneNumber, ...] = ({"value": "+49 30 1"},)
photos: list[Photo] = [{"value": "https://example.com/jo.png"}]
roles: list[Role] = [{"value": "Engineer"}]
jo = IdentityStoreUser(
    "jo",
    user_name="jo",
    display_name="Jo",
    name=name,
    emails=emails,
    addresses=addresses,
    phone_numbers=numbers,
    photos=photos,
    roles=roles,
)
assert_type(jo.name, Output[NameOutput])
assert_type(jo.emails, Output[list[EmailOutput] | None])
assert_type(jo.addresses, Output[list[AddressOutput] | None])
assert_type(jo.phone_numbers, Output[list[PhoneNumberOutput] | None])
assert_type(jo.photos, Output[list[PhotoOutput] | None])
assert_type(jo.roles, Output[list[RoleOutput] | None])
assert_type(jo.external_ids, Output[list[ExternalId] | None])
assert_type(jo.profile, Output[str | None])
assert_type(jo.assume_role, Output[AssumeRoleOutput | None])
assert_type(jo.name.apply(lambda n: n["given_name"].upper()), Output[str])
assert_type(jo.emails.apply(lambda e: e[0]["value"].lower() if e else ""), Output[str])

twin = IdentityStoreUser(
    "twin",
    user_name=jo.user_name,
    display_name=jo.display_name,
    name=jo.name,
    emails=jo.emails,
    addresses=jo.addresses,
    phone_numbers=jo.phone_numbers,
    photos=jo.photos,
    roles=jo.roles,
    extensions=jo.extensions,
    title=jo.title,
    region=jo.region,
    role_arn=jo.role_arn,
    profile=jo.profile,
    assume_role=jo.assume_role,
    adopt=jo.adopt,
)
reader = QuickSightUser(
    "reader",
    user_name="r",
    email=jo.emails.apply(lambda e: e[0]["value"] if e else "r@example.com"),
    user_role="READER",
    tags={"team": jo.user_name},
)
other = QuickSightUser("other", user_name="o", email=reader.email, user_role=reader.user_role, tags=reader.tags)

# Files

users: dict[str, IdentityStoreUserArgs] = json.loads(Path("people.json").read_text(encoding="utf-8"))
for key, user in users.items():
    IdentityStoreUser(key, **user)
group: GroupArgs = {"display_name": "Admins", "description": jo.title}
admins = Group("admins", **group)
member: GroupMembershipArgs = {"group_id": admins.group_id, "member_id": jo.user_id}
GroupMembership("jo-admins", **member)
stream: AppStreamUserArgs = {"user_name": "jo@example.com", "enabled": False}
AppStreamUser("jo", **stream)

# Configuration

role = cast("UserRole", Config().require("role"))
analyst: QuickSightUserArgs = {"email": "a@example.com", "user_role": role, "tags": {"team": "data"}}
QuickSightUser("analyst", **analyst)
QuickSightUser("author", user_name="author", email="b@example.com", user_role=role)

options: AssumeRole = {"external_id": Config().require_secret("externalId"), "duration": 900}
with settings(role_arn=Config().require("role"), assume_role=options, identity_store_id=jo.identity_store_id):
    Group("there", display_name="Admins", assume_role={"session_name": "pulumi"})
get_group(display_name="Admins", profile="people", assume_role={"session_name": "pulumi"})
settings(adopt=True)  # type: ignore[call-arg]

wrong: GroupArgs = {"display_nam": "Admins"}  # type: ignore[typeddict-unknown-key, typeddict-item]
jo.title = Output.from_input("CTO")  # type: ignore[misc]
QuickSightUser("x", user_name="x", email="x", user_role=Config().require("role"))  # type: ignore[arg-type]
jo.name.apply(lambda n: n["nick_name"])  # type: ignore[typeddict-item]
