"""What is particular to the lookups of each service: pages, keys, stores that know less, which store it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lookups.examples import ACCOUNT, STORE, Directory

from pulumi_identity import (
    Denied,
    NotFound,
    Rejected,
    get_appstream_user,
    get_appstream_users,
    get_group,
    get_group_id,
    get_group_membership_id,
    get_group_memberships,
    get_groups,
    get_identity_context,
    get_identity_store,
    get_identity_stores,
    get_quicksight_group,
    get_quicksight_group_membership,
    get_quicksight_group_memberships,
    get_quicksight_groups,
    get_quicksight_user,
    get_quicksight_user_groups,
    get_quicksight_users,
    get_session_embed_url,
    get_user,
    get_user_id,
    get_user_stack_associations,
    get_users,
    is_member_in_groups,
)
from pulumi_identity.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable

REGION = "us-east-1"
UNKNOWN = "906a1b2c-1111-70ab-cdef-0123456789ab"
SCIM = "https://idp.example.com"


def people(count: int) -> list[dict[str, Any]]:
    return [
        {"UserName": f"user{number}", "DisplayName": "U", "Name": {"FamilyName": "U", "GivenName": "U"}}
        for number in range(count)
    ]


def unknown(aws: Emulator, *operations: str) -> None:
    """Make the identity store one that lacks operations, as those connected to Active Directory do."""
    for operation in operations:
        aws.faults.fail("identitystore", operation, "UnknownOperationException", times=10)


# Pages


def test_lists_are_complete_and_in_order(aws: Emulator) -> None:
    ids = aws.identitystore.seed_users(STORE, people(250), ACCOUNT, REGION)
    (group,) = aws.identitystore.seed_groups(STORE, [{"DisplayName": "All"}], ACCOUNT, REGION)
    aws.identitystore.seed_memberships(STORE, [(group, user) for user in ids])
    users = get_users(identity_store_id=STORE)
    assert [user.user_name for user in users] == sorted(f"user{number}" for number in range(250))
    memberships = get_group_memberships(group, identity_store_id=STORE)
    assert [membership.member_id for membership in memberships] == sorted(ids)
    assert aws.calls.by_operation() == {"identitystore:ListUsers": 3, "identitystore:ListGroupMemberships": 3}


def test_quicksight_and_appstream_list_all_pages_too(aws: Emulator, client: Callable[[str], Any]) -> None:
    aws.quicksight.seed_users([f"reader{number}" for number in range(150)], ACCOUNT)
    assert [user.user_name for user in get_quicksight_users()] == sorted(f"reader{number}" for number in range(150))
    assert aws.calls.count("quicksight", "ListUsers") == 2
    for number in range(3):
        client("appstream").create_user(
            UserName=f"u{number}@example.com", AuthenticationType="USERPOOL", MessageAction="SUPPRESS"
        )
    assert [user.user_name for user in get_appstream_users()] == [f"u{number}@example.com" for number in range(3)]


def test_many_users_of_the_pool_cost_one_listing(directory: Directory, aws: Emulator) -> None:
    assert get_appstream_user("jo@example.com").first_name == "F"
    assert get_appstream_user("ann@example.com").enabled
    with pytest.raises(NotFound, match=r"\(Jo@example.com\): not found in the user pool of us-east-1"):
        get_appstream_user("Jo@example.com")
    assert aws.calls.count("appstream") == 1


def test_associations_by_stack_or_by_user(directory: Directory, aws: Emulator) -> None:
    by_stack = get_user_stack_associations(stack_name="desktop")
    assert [association.user_name for association in by_stack] == ["ann@example.com", "jo@example.com"]
    by_user = get_user_stack_associations(user_name="jo@example.com")
    assert by_user == by_stack[1:]
    assert (by_user[0].stack_name, by_user[0].authentication_type) == ("desktop", "USERPOOL")
    assert aws.calls.by_operation() == {"appstream:DescribeUserStackAssociations": 2}


def test_no_associations_are_those_of_a_stack_or_user_that_exists(
    directory: Directory, client: Callable[[str], Any]
) -> None:
    client("appstream").create_stack(Name="unused")
    client("appstream").create_user(UserName="al@example.com", AuthenticationType="USERPOOL", MessageAction="SUPPRESS")
    assert get_user_stack_associations(stack_name="unused") == ()
    assert get_user_stack_associations(user_name="al@example.com") == ()
    with pytest.raises(
        NotFound, match=r"^looking up AppStream User Stack Associations \(nowhere\): .* — check `region`"
    ):
        get_user_stack_associations(stack_name="nowhere")
    with pytest.raises(NotFound, match=r"^looking up AppStream User \(Jo@example.com\): not found in the user pool"):
        get_user_stack_associations(user_name="Jo@example.com")
    with pytest.raises(TypeError, match="takes exactly one of stack_name or user_name"):
        get_user_stack_associations()


def test_a_filter_is_applied_by_aws(directory: Directory) -> None:
    assert [user.user_id for user in get_users(filters={"user_name": "jo"}, identity_store_id=STORE)] == [
        directory["jo"]
    ]
    assert [group.group_id for group in get_groups(filters={"display_name": "Others"}, identity_store_id=STORE)] == [
        directory["others"]
    ]


# Keys

USER_KEYS = {
    "user_name": ("jo", 2),
    "email": ("jo@example.com", 2),
    "external_id": ({"issuer": SCIM, "id": "jo-1"}, 2),
}
GROUP_KEYS = {"display_name": ("Admins", 2), "external_id": ({"issuer": SCIM, "id": "admins-1"}, 2)}


@pytest.mark.parametrize("key", [*USER_KEYS, "user_id"])
def test_a_user_by_each_key(key: str, directory: Directory, aws: Emulator) -> None:
    value, calls = USER_KEYS.get(key, (directory["jo"], 1))
    assert get_user(**{key: value}, identity_store_id=STORE).user_name == "jo"  # type: ignore[arg-type]
    assert len(aws.calls) == calls


@pytest.mark.parametrize("key", [*GROUP_KEYS, "group_id"])
def test_a_group_by_each_key(key: str, directory: Directory, aws: Emulator) -> None:
    value, calls = GROUP_KEYS.get(key, (directory["admins"], 1))
    assert get_group(**{key: value}, identity_store_id=STORE).display_name == "Admins"  # type: ignore[arg-type]
    assert len(aws.calls) == calls


def test_arns_are_ids_too(directory: Directory) -> None:
    jo = get_user(user_name="jo", identity_store_id=STORE)
    assert get_user(user_id=jo.user_arn, identity_store_id=STORE) == jo
    admins = get_group(display_name="Admins", identity_store_id=STORE).group_arn
    assert is_member_in_groups(jo.user_arn, [admins], identity_store_id=STORE) == {admins: True}
    assert get_group_membership_id(admins, jo.user_arn, identity_store_id=STORE).membership_id


def test_nobody_is_a_member_of_no_groups(directory: Directory, aws: Emulator) -> None:
    assert is_member_in_groups(directory["jo"], [], identity_store_id=STORE) == {}
    assert len(aws.calls) == 0


def test_more_than_a_hundred_groups_are_asked_for_in_parts(aws: Emulator) -> None:
    (jo,) = aws.identitystore.seed_users(STORE, people(1), ACCOUNT, REGION)
    groups = aws.identitystore.seed_groups(
        STORE, [{"DisplayName": f"group{number}"} for number in range(250)], ACCOUNT, REGION
    )
    aws.identitystore.seed_memberships(STORE, [(group, jo) for group in groups[::7]])
    found = is_member_in_groups(jo, [*groups, groups[0]], identity_store_id=STORE)
    assert found == {group: group in groups[::7] for group in groups}
    assert list(found) == groups
    assert aws.calls.by_operation() == {"identitystore:IsMemberInGroups": 3}


def test_who_is_no_member_has_no_membership(directory: Directory) -> None:
    with pytest.raises(NotFound, match="the user is not a member"):
        get_group_membership_id(directory["others"], directory["ann"], identity_store_id=STORE)


# Stores that know less


@pytest.mark.parametrize("key", USER_KEYS)
def test_a_user_of_a_store_that_can_only_list(key: str, directory: Directory, aws: Emulator) -> None:
    unknown(aws, "GetUserId")
    value, _ = USER_KEYS[key]
    assert get_user_id(**{key: value}, identity_store_id=STORE).user_id == directory["jo"]  # type: ignore[arg-type]
    assert aws.calls.by_operation() == {"identitystore:GetUserId": 1, "identitystore:ListUsers": 1}


@pytest.mark.parametrize("key", GROUP_KEYS)
def test_a_group_of_a_store_that_can_only_list(key: str, directory: Directory, aws: Emulator) -> None:
    unknown(aws, "GetGroupId")
    value, _ = GROUP_KEYS[key]
    assert get_group_id(**{key: value}, identity_store_id=STORE).group_id == directory["admins"]  # type: ignore[arg-type]
    assert aws.calls.by_operation() == {"identitystore:GetGroupId": 1, "identitystore:ListGroups": 1}


def test_memberships_of_a_store_that_can_only_list(directory: Directory, aws: Emulator) -> None:
    ann, admins, others = directory["ann"], directory["admins"], directory["others"]
    there = get_group_membership_id(admins, ann, identity_store_id=STORE)
    unknown(aws, "GetGroupMembershipId", "IsMemberInGroups")
    assert is_member_in_groups(ann, [admins, others], identity_store_id=STORE) == {admins: True, others: False}
    with pytest.raises(NotFound, match="not found"):
        get_group_membership_id(others, ann, identity_store_id=STORE)
    found = get_group_membership_id(admins, f"arn:aws:identitystore:::user/{ann}", identity_store_id=STORE)
    assert found == there


def test_nobody_fits_in_a_store_that_can_only_list(directory: Directory, aws: Emulator) -> None:
    unknown(aws, "GetUserId", "GetGroupId")
    for arguments in ({"user_name": "no"}, {"email": "no"}, {"external_id": {"issuer": SCIM, "id": "no"}}):
        with pytest.raises(NotFound, match=r"looking up IAM Identity Center User .*: not found"):
            get_user_id(identity_store_id=STORE, **arguments)  # type: ignore[arg-type]
    with pytest.raises(NotFound, match=r"looking up IAM Identity Center Group .*: not found"):
        get_group_id(display_name="no", identity_store_id=STORE)


def test_several_fit_in_a_store_that_can_only_list(
    directory: Directory, aws: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Addresses are unique where AWS keeps the directory; where it only mirrors one, nothing says that they are."""
    unknown(aws, "GetUserId")
    jo = get_user(user_id=directory["jo"], identity_store_id=STORE)
    ann = get_user(user_id=directory["ann"], identity_store_id=STORE)
    same = [jo, type(ann)(**{**vars(ann), "emails": jo.emails})]
    monkeypatch.setattr("pulumi_identity.lookups.users.get_users", lambda **_: same)
    with pytest.raises(Rejected) as raised:
        get_user_id(email="JO@example.com", identity_store_id=STORE)
    assert raised.value.message == (
        "looking up IAM Identity Center User (JO@example.com): 2 match"
        f" — give the id instead: {jo.user_id}, {ann.user_id}"
    )


def test_another_refusal_is_not_taken_for_that(directory: Directory, aws: Emulator) -> None:
    for operation, ask in {
        "GetUserId": lambda: get_user_id(user_name="jo", identity_store_id=STORE),
        "GetGroupId": lambda: get_group_id(display_name="Admins", identity_store_id=STORE),
        "GetGroupMembershipId": lambda: get_group_membership_id(UNKNOWN, directory["jo"], identity_store_id=STORE),
        "IsMemberInGroups": lambda: is_member_in_groups(directory["jo"], [UNKNOWN], identity_store_id=STORE),
    }.items():
        aws.faults.fail("identitystore", operation, "AccessDeniedException")
        with pytest.raises(Denied):
            ask()


# Which store


def test_the_only_store_there_is(directory: Directory, aws: Emulator) -> None:
    assert get_identity_store().identity_store_id == STORE
    assert get_identity_store(identity_store_id=STORE) == get_identity_store()
    assert aws.calls.by_operation() == {
        "identitystore:ListIdentityStores": 1,
        "identitystore:DescribeIdentityStore": 2,
    }


def test_no_store_at_all(aws: Emulator) -> None:
    with pytest.raises(NotFound, match=r"Identity Store \(region us-east-1\): not found"):
        get_identity_store()


def test_several_stores(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    stores = ["d-1111111111", "d-2222222222"]
    with Emulator(identity_stores=stores, port=port) as aws:
        monkeypatch.setenv("AWS_ENDPOINT_URL", aws.url)
        with pytest.raises(Rejected, match="2 match — give the id instead: d-1111111111, d-2222222222"):
            get_identity_store()
        assert [store.identity_store_id for store in get_identity_stores()] == stores
        assert get_identity_store(identity_store_id=stores[1]).identity_store_id == stores[1]


def test_how_a_store_may_be_reached(directory: Directory, client: Callable[[str], Any]) -> None:
    network = {"VpceAccessRequired": True, "ApiAllowSourceIps": ["10.0.0.0/8"], "ScimAllowSourceIps": ["10.0.0.0/8"]}
    client("identitystore").update_identity_store(IdentityStoreId=STORE, NetworkConfiguration=network)
    found = get_identity_store().network_configuration
    assert found is not None
    assert (found.vpce_access_required, found.api_allow_source_ips) == (True, ("10.0.0.0/8",))


# QuickSight


def test_the_account_is_that_of_the_credentials(directory: Directory, aws: Emulator) -> None:
    assert get_quicksight_user("author") == get_quicksight_user("author", aws_account_id=ACCOUNT)
    with pytest.raises(Denied, match="111111111111"):
        get_quicksight_user("author", aws_account_id="111111111111")


def test_users_are_known_in_one_region_only(directory: Directory) -> None:
    with pytest.raises(Denied, match="us-east-1") as raised:
        get_quicksight_user("author", region="eu-west-1")
    assert len(str(raised.value).splitlines()) == 1


def test_a_namespace_that_is_not_there(directory: Directory) -> None:
    with pytest.raises(NotFound, match="Namespace not found — check `aws_account_id` and `namespace`"):
        get_quicksight_users(namespace="other")


def test_lists_of_groups_and_members_are_complete_and_in_order(aws: Emulator, client: Callable[[str], Any]) -> None:
    people = [f"reader{number}" for number in range(101)]
    groups = [f"group{number}" for number in range(101)]
    aws.quicksight.seed_users(people, ACCOUNT)
    quicksight, place = client("quicksight"), {"AwsAccountId": ACCOUNT, "Namespace": "default"}
    for group in groups:
        quicksight.create_group(**place, GroupName=group)
        quicksight.create_group_membership(**place, GroupName=group, MemberName="reader0")
    for user in people[1:]:
        quicksight.create_group_membership(**place, GroupName="group0", MemberName=user)
    aws.calls.clear()
    assert [group.group_name for group in get_quicksight_groups()] == sorted(groups)
    assert [group.group_name for group in get_quicksight_groups(group_name_prefix="group")] == sorted(groups)
    assert [group.group_name for group in get_quicksight_user_groups("reader0")] == sorted(groups)
    assert [member.member_name for member in get_quicksight_group_memberships("group0")] == sorted(people)
    operations = ("ListGroups", "SearchGroups", "ListUserGroups", "ListGroupMemberships")
    assert aws.calls.by_operation() == {f"quicksight:{operation}": 2 for operation in operations}


def test_groups_are_searched_by_the_start_of_their_name(directory: Directory, aws: Emulator) -> None:
    assert [group.group_name for group in get_quicksight_groups(group_name_prefix="sa")] == ["sales"]
    assert get_quicksight_groups(group_name_prefix="ales") == ()
    assert aws.calls.count("quicksight", "ListGroups") == 0
    assert len(get_quicksight_groups(group_name_prefix="")) == 2  # AWS needs no search for all of them


def test_a_group_without_a_description(directory: Directory) -> None:
    assert get_quicksight_group("sales").description == "Sees the sales dashboards"
    assert get_quicksight_group("all").description is None


NO_GROUP = ("Group buyers not found", "check the spelling; get_quicksight_groups() lists all groups")


@pytest.mark.parametrize(
    ("ask", "entity", "words", "remedy"),
    [
        (lambda: get_quicksight_group("buyers"), "Group (buyers)", *NO_GROUP),
        (lambda: get_quicksight_group_memberships("buyers"), "Group Memberships (buyers)", *NO_GROUP),
        (lambda: get_quicksight_group_membership("buyers", "viewer"), "Group Membership (buyers/viewer)", *NO_GROUP),
        (
            lambda: get_quicksight_group_membership("all", "viewer"),
            "Group Membership (all/viewer)",
            "User viewer not found",
            "the user is not a member; get_quicksight_group_memberships() lists the members",
        ),
        (
            lambda: get_quicksight_user_groups("visitor"),
            "Groups (visitor)",
            "User visitor not found",
            "check the spelling; get_quicksight_users() lists all users",
        ),
        (
            lambda: get_quicksight_group("sales", namespace="other"),
            "Group (other/sales)",
            "Namespace not found",
            "check `aws_account_id` and `namespace`, and that the account is signed up for QuickSight",
        ),
    ],
    ids=["group", "memberships", "membership of no group", "membership", "user", "namespace"],
)
def test_what_quicksight_does_not_find(
    ask: Callable[[], Any], entity: str, words: str, remedy: str, directory: Directory
) -> None:
    with pytest.raises(NotFound) as raised:
        ask()
    assert raised.value.message == f"looking up QuickSight {entity}: ResourceNotFoundException: {words} — {remedy}"


def test_a_session_of_nobody(directory: Directory) -> None:
    with pytest.raises(NotFound, match="QuickSightUserNotFoundException"):
        get_session_embed_url(user_arn=directory["author"].replace("author", "nobody"))


def test_a_number_from_pulumi_is_a_float(directory: Directory) -> None:
    lifetime: Any = 15.0
    assert get_session_embed_url(user_arn=directory["author"], session_lifetime_in_minutes=lifetime).embed_url


@pytest.mark.parametrize("key", ["user_name", "email", "user_arn"])
def test_an_identity_context_by_each_key(key: str, directory: Directory) -> None:
    value = {"user_name": "author", "email": "author@example.com", "user_arn": directory["author"]}[key]
    assert get_identity_context(**{key: value}, context_region="us-east-1").context  # type: ignore[arg-type]


def test_times_are_utc(directory: Directory) -> None:
    assert str(get_user(user_name="jo", identity_store_id=STORE).created_at).endswith("+00:00")
    assert str(get_appstream_user("jo@example.com").created_time).endswith("+00:00")
