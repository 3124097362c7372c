"""Facts about the identity store of IAM Identity Center."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from .fact import Certainty, Facts, Mode, Refusal, Service

if TYPE_CHECKING:
    from .probe import Probe

FACTS = Facts(Service.IDENTITYSTORE)
fact = FACTS.about

ENTERPRISE = "aws:identitystore:enterprise"
DUPLICATE = Refusal("ConflictException", members={"Reason": "UNIQUENESS_CONSTRAINT_VIOLATION"})
MISSING = "ResourceNotFoundException"
NOT_VALID = Refusal("ValidationException")
MODEL, DOCUMENTATION, REPORT, UNVERIFIED = Certainty
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
PROVIDER = "terraform-provider-aws"


def _found(aws: Probe, kind: str, path: str, value: str) -> str:
    """Return the id that GetUserId or GetGroupId finds."""
    attribute = {"AttributePath": path, "AttributeValue": value}
    answer = getattr(aws.store, f"get_{kind}_id")(AlternateIdentifier={"UniqueAttribute": attribute})
    return str(answer[f"{kind.title()}Id"])


# --- names


@fact(REPORT, "re:Post, question QUaxqiwsVlSkOgrHz9KCE_0Q; Stack Overflow, question 77417328", expect=True)
def rename_in_place(aws: Probe) -> object:
    """UpdateUser with the path `userName` renames a user and keeps the id."""
    user, name = aws.user(), aws.name()
    aws.set(user, "userName", name)
    return aws.described(user)["UserName"] == name


@fact(REPORT, "Stack Overflow, question 77417328", expect=Refusal("ValidationException", "UserName is not supported"))
def rename_by_pascal_path(aws: Probe) -> object:
    """UpdateUser with the path `UserName` is refused."""
    user, name = aws.user(), aws.name()
    return aws.refusal(lambda: aws.set(user, "UserName", name))


@fact(REPORT, f"{PROVIDER}, acceptance tests", expect=True)
def find_user_by_paths_in_either_case(aws: Probe) -> object:
    """GetUserId finds a user by `userName`, `UserName`, `emails.value` and `Emails.Value`."""
    name, address = aws.name(), aws.address()
    user = aws.user(name, Emails=[{"Value": address, "Primary": True}])
    values = {"userName": name, "UserName": name, "emails.value": address, "Emails.Value": address}
    return all(_found(aws, "user", path, value) == user for path, value in values.items())


@fact(REPORT, f"{PROVIDER}, acceptance tests", expect=True)
def find_group_by_paths_in_either_case(aws: Probe) -> object:
    """GetGroupId finds a group by `displayName` and `DisplayName`."""
    name = aws.name()
    group = aws.group(name)
    return all(_found(aws, "group", path, name) == group for path in ("displayName", "DisplayName"))


@fact(MODEL, "CreateUser; ConflictException, Reason", expect=DUPLICATE)
def user_names_are_unique(aws: Probe) -> object:
    """Two users can't have the same user name."""
    name = aws.name()
    aws.user(name)
    return aws.refusal(lambda: aws.user(name))


@fact(UNVERIFIED, "no source", expect=DUPLICATE)
def user_names_ignore_case(aws: Probe) -> object:
    """Two users can't have user names that differ only in case."""
    name = aws.name()
    aws.user(f"{name}-a")
    return aws.refusal(lambda: aws.user(f"{name}-A"))


@fact(DOCUMENTATION, "IAM Identity Center user guide, on e-mail addresses", expect=DUPLICATE)
def primary_addresses_are_unique(aws: Probe) -> object:
    """Two users can't have the same primary e-mail address."""
    emails = [{"Value": aws.address(), "Primary": True}]
    aws.user(Emails=emails)
    return aws.refusal(lambda: aws.user(Emails=emails))


@fact(UNVERIFIED, "no source", expect=True)
def other_addresses_can_be_shared(aws: Probe) -> object:
    """Two users can have the same e-mail address if it is not primary."""
    emails = [{"Value": aws.address()}]
    return aws.user(Emails=emails) != aws.user(Emails=emails)


@fact(MODEL, "CreateGroup; ConflictException, Reason", expect=DUPLICATE)
def group_names_are_unique(aws: Probe) -> object:
    """Two groups can't have the same display name."""
    name = aws.name()
    aws.group(name)
    return aws.refusal(lambda: aws.group(name))


@fact(UNVERIFIED, "no source", expect=DUPLICATE)
def group_names_ignore_case(aws: Probe) -> object:
    """Two groups can't have display names that differ only in case."""
    name = aws.name()
    aws.group(f"{name}-a")
    return aws.refusal(lambda: aws.group(f"{name}-A"))


@fact(DOCUMENTATION, "API reference, CreateUser and CreateGroup", expect=[True] * 4, mode=Mode.ANY_NAME)
def reserved_names(aws: Probe) -> object:
    """`Administrator` and `AWSAdministrators` are reserved for users and groups."""
    names = ("Administrator", "AWSAdministrators")
    refusals = [aws.refusal(partial(create, name)) for create in (aws.user, aws.group) for name in names]
    return [isinstance(refusal, Refusal) for refusal in refusals]


@fact(UNVERIFIED, "an older API document excludes them; today's model does not", expect=True)
def special_characters_in_names(aws: Probe) -> object:
    """User names can contain `<>;:%`."""
    name = f"{aws.name()}<>;:%"
    return aws.described(aws.user(name))["UserName"] == name


@fact(REPORT, "ssosync 200; authentik 7690", expect=" ")
def blank_family_name(aws: Probe) -> object:
    """A family name that is a single space is accepted."""
    user = aws.user(Name={"GivenName": "Probe", "FamilyName": " "})
    return aws.described(user)["Name"]["FamilyName"]


# --- attributes


@fact(REPORT, "aws-samples/terraform-aws-identity-center-users-and-groups 11, 13", expect=False)
def primary_is_not_added(aws: Probe) -> object:
    """AWS does not make the only e-mail address of a user primary."""
    user = aws.user(Emails=[{"Value": aws.address()}])
    return aws.described(user)["Emails"][0].get("Primary", False)


@fact(MODEL, "Emails", expect=NOT_VALID)
def one_email_address(aws: Probe) -> object:
    """A user has at most one e-mail address."""
    addresses = [{"Value": aws.address()}, {"Value": aws.address()}]
    return aws.refusal(lambda: aws.user(Emails=addresses))


@fact(REPORT, f"{PROVIDER}, resource aws_identitystore_user", expect=True)
def null_clears_an_attribute(aws: Probe) -> object:
    """UpdateUser with the value null clears an attribute."""
    user = aws.user(Title="Engineer")
    aws.set(user, "title", None)
    return "Title" not in aws.described(user)


@fact(REPORT, f"{PROVIDER}, resource aws_identitystore_user", expect=NOT_VALID)
def empty_text_does_not_clear(aws: Probe) -> object:
    """UpdateUser with an empty string is refused."""
    user = aws.user(Title="Engineer")
    return aws.refusal(lambda: aws.set(user, "title", ""))


@fact(MODEL, "UpdateUser, Operations", expect=NOT_VALID)
def updates_have_a_limit(aws: Probe) -> object:
    """UpdateUser takes at most 100 operations."""
    user = aws.user()
    operations = [{"AttributePath": "title", "AttributeValue": "Probe"}] * 101
    return aws.refusal(lambda: aws.store.update_user(UserId=user, Operations=operations))


@fact(REPORT, "pulumi-aws 5689", expect=NOT_VALID)
def updates_need_an_operation(aws: Probe) -> object:
    """UpdateUser without operations is refused."""
    user = aws.user()
    return aws.refusal(lambda: aws.store.update_user(UserId=user, Operations=[]))


@fact(REPORT, f"{PROVIDER}, resource aws_identitystore_user", expect={"Locality": "Bonn"})
def lists_are_replaced_whole(aws: Probe) -> object:
    """UpdateUser replaces a list such as `addresses` as a whole."""
    user = aws.user(Addresses=[{"Locality": "Ulm", "Country": "DE"}])
    aws.set(user, "addresses", [{"locality": "Bonn"}])
    address = aws.described(user)["Addresses"][0]
    return {name: value for name, value in address.items() if value}


@fact(MODEL, "DescribeUser, Extensions", expect=[False, True])
def extensions_on_request(aws: Probe) -> object:
    """Responses contain the enterprise attributes only if the request selects them."""
    user = aws.user(Extensions={ENTERPRISE: {"department": "Probe"}})
    asked = aws.described(user, Extensions=[ENTERPRISE])
    return ["Extensions" in aws.described(user), "Extensions" in asked]


@fact(UNVERIFIED, "public programs use PascalCase and camelCase", expect={"department": "Probe"})
def enterprise_keys_keep_their_case(aws: Probe) -> object:
    """Enterprise attributes are returned with the capitalization in which they were written."""
    user = aws.user(Extensions={ENTERPRISE: {"department": "Probe"}})
    return aws.described(user, Extensions=[ENTERPRISE])["Extensions"][ENTERPRISE]


@fact(UNVERIFIED, "the model has the values only", expect="ENABLED")
def status_of_a_new_user(aws: Probe) -> object:
    """The `UserStatus` of a new user is ENABLED."""
    return aws.described(aws.user()).get("UserStatus")


@fact(MODEL, "UserStatus", expect=NOT_VALID)
def status_is_read_only(aws: Probe) -> object:
    """UpdateUser can't set `UserStatus`."""
    user = aws.user()
    return aws.refusal(lambda: aws.set(user, "userStatus", "DISABLED"))


# --- revisions and missing entities


@fact(MODEL, "UpdateUser, Revision", expect=Refusal("ConflictException", members={"Reason": "CONCURRENT_MODIFICATION"}))
def revisions_make_writes_conditional(aws: Probe) -> object:
    """A write with an old Revision is refused."""
    user = aws.user()
    old = aws.described(user)["Revision"]
    aws.set(user, "title", "Probe")
    operations = [{"AttributePath": "title", "AttributeValue": "Other"}]
    return aws.refusal(lambda: aws.store.update_user(UserId=user, Revision=old, Operations=operations))


@fact(UNVERIFIED, "the model says only that a Revision exists", expect=True)
def revisions_grow(aws: Probe) -> object:
    """An update increases the Revision, which is a number."""
    user = aws.user()
    old = aws.described(user)["Revision"]
    aws.set(user, "title", "Probe")
    return int(aws.described(user)["Revision"]) > int(old)


@fact(MODEL, "ResourceNotFoundException", expect=Refusal(MISSING, members={"ResourceType": "USER"}))
def missing_user(aws: Probe) -> object:
    """The error about a missing user has the ResourceType USER."""
    return aws.refusal(lambda: aws.described(UNKNOWN_ID))


@fact(REPORT, f"{PROVIDER} 35247", expect=Refusal(MISSING, members={"ResourceType": "IDENTITY_STORE"}))
def missing_store(aws: Probe) -> object:
    """The error about a missing store has the ResourceType IDENTITY_STORE, so it can't be taken for a missing user."""
    return aws.refusal(lambda: aws.described(UNKNOWN_ID, IdentityStoreId="d-0000000000"))


@fact(MODEL, "DeleteUser", expect=Refusal(MISSING))
def deleting_a_missing_user(aws: Probe) -> object:
    """Deleting a user that does not exist is an error."""
    return aws.refusal(lambda: aws.store.delete_user(UserId=UNKNOWN_ID))


@fact(MODEL, "ListUsers, MaxResults", expect=NOT_VALID)
def pages_have_a_limit(aws: Probe) -> object:
    """A page of a listing has at most 100 entities."""
    return aws.refusal(lambda: aws.store.list_users(MaxResults=101))


# --- memberships


@fact(REPORT, f"{PROVIDER}, resource aws_identitystore_group_membership", expect=Refusal("ConflictException"))
def memberships_are_unique(aws: Probe) -> object:
    """Adding a member twice is a conflict."""
    user, group = aws.user(), aws.group()
    aws.member(group, user)
    return aws.refusal(lambda: aws.member(group, user))


@fact(UNVERIFIED, "no source", expect=Refusal(MISSING))
def deleted_groups_lose_memberships(aws: Probe) -> object:
    """Deleting a group deletes its memberships."""
    user, group = aws.user(), aws.group()
    membership = aws.member(group, user)
    aws.store.delete_group(GroupId=group)
    return aws.refusal(lambda: aws.store.describe_group_membership(MembershipId=membership))


@fact(UNVERIFIED, "no source", expect=[])
def deleted_users_leave_groups(aws: Probe) -> object:
    """Deleting a user removes it from its groups."""
    user, group = aws.user(), aws.group()
    aws.member(group, user)
    aws.store.delete_user(UserId=user)
    return aws.store.list_group_memberships(GroupId=group)["GroupMemberships"]


@fact(REPORT, "ssosync 42", expect=True)
def new_groups_are_found_within_seconds(aws: Probe) -> object:
    """CreateGroupMembership finds a new group and a new user within ten seconds of their creation."""
    return bool(aws.member(aws.group(), aws.user()))


# --- other accounts


@fact(DOCUMENTATION, "API reference of sso-admin, ListInstances", expect=True)
def instances_name_the_store(aws: Probe) -> object:
    """`sso-admin` ListInstances returns the id of the identity store."""
    client = aws.account.client("sso-admin", aws.account.region)
    return aws.account.identity_store in [found["IdentityStoreId"] for found in client.list_instances()["Instances"]]


@fact(REPORT, f"{PROVIDER} 27830, 31624", expect=Refusal("UnknownOperationException"), mode=Mode.ACTIVE_DIRECTORY)
def active_directory_has_no_lookups(aws: Probe) -> object:
    """If Active Directory is the source, GetUserId is an unknown operation."""
    return aws.refusal(lambda: _found(aws, "user", "userName", "probe"))


@fact(REPORT, f"{PROVIDER} 27830, 31624", expect=Refusal("UnknownOperationException"), mode=Mode.ACTIVE_DIRECTORY)
def active_directory_has_no_group_lookups(aws: Probe) -> object:
    """If Active Directory is the source, GetGroupId is an unknown operation."""
    return aws.refusal(lambda: _found(aws, "group", "displayName", "probe"))


@fact(REPORT, "aws-cli 7725", expect=Refusal("ValidationException", "Filter is required"), mode=Mode.ACTIVE_DIRECTORY)
def active_directory_needs_a_filter(aws: Probe) -> object:
    """If Active Directory is the source, ListUsers needs a filter."""
    return aws.refusal(aws.store.list_users)
