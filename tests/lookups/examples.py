"""One example of each lookup, and the command by which the AWS CLI asks the same.

`$name` stands for an id of the directory that `conftest.py` makes.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

STORE = "d-1234567890"
ACCOUNT = "123456789012"

Directory: TypeAlias = dict[str, str]


@dataclass(frozen=True)
class Example:
    """How to ask one question in two ways."""

    arguments: Mapping[str, Any]
    command: str
    """The CLI's: the service, the operation and its options."""
    answered_in: str = ""
    """The member of the CLI's answer that holds what the lookup returns; all of it otherwise."""

    def filled(self, directory: Directory) -> dict[str, Any]:
        """Return the arguments, with the directory's ids."""
        return {name: _fill(value, directory) for name, value in self.arguments.items()}

    def asked(self, directory: Directory) -> list[str]:
        """Return the CLI's arguments, with the directory's ids."""
        return [Template(word).substitute(directory) for word in shlex.split(self.command)]


def _fill(value: Any, directory: Directory) -> Any:
    if isinstance(value, str):
        return Template(value).substitute(directory)
    return [_fill(item, directory) for item in value] if isinstance(value, list) else value


IN_STORE = {"identity_store_id": "$store"}

EXAMPLES = {
    "get_user": Example(
        {"email": "jo@example.com", "extensions": ["aws:identitystore:enterprise"], **IN_STORE},
        "identitystore describe-user --identity-store-id $store --user-id $jo"
        " --extensions aws:identitystore:enterprise",
    ),
    "get_user_id": Example(
        {"user_name": "jo", **IN_STORE},
        "identitystore get-user-id --identity-store-id $store --alternate-identifier"
        """ '{"UniqueAttribute": {"AttributePath": "userName", "AttributeValue": "jo"}}'""",
    ),
    "get_users": Example(IN_STORE, "identitystore list-users --identity-store-id $store", "Users"),
    "get_group": Example(
        {"display_name": "Admins", **IN_STORE},
        "identitystore describe-group --identity-store-id $store --group-id $admins",
    ),
    "get_group_id": Example(
        {"external_id": {"issuer": "https://idp.example.com", "id": "admins-1"}, **IN_STORE},
        "identitystore get-group-id --identity-store-id $store --alternate-identifier"
        " ExternalId={Issuer=https://idp.example.com,Id=admins-1}",
    ),
    "get_groups": Example(IN_STORE, "identitystore list-groups --identity-store-id $store", "Groups"),
    "get_group_membership": Example(
        {"membership_id": "$membership", **IN_STORE},
        "identitystore describe-group-membership --identity-store-id $store --membership-id $membership",
    ),
    "get_group_membership_id": Example(
        {"group_id": "$admins", "member_id": "$ann", **IN_STORE},
        "identitystore get-group-membership-id --identity-store-id $store --group-id $admins --member-id UserId=$ann",
    ),
    "get_group_memberships": Example(
        {"group_id": "$admins", **IN_STORE},
        "identitystore list-group-memberships --identity-store-id $store --group-id $admins",
        "GroupMemberships",
    ),
    "get_group_memberships_for_member": Example(
        {"member_id": "$jo", **IN_STORE},
        "identitystore list-group-memberships-for-member --identity-store-id $store --member-id UserId=$jo",
        "GroupMemberships",
    ),
    "is_member_in_groups": Example(
        {"member_id": "$ann", "group_ids": ["$admins", "$others"], **IN_STORE},
        "identitystore is-member-in-groups --identity-store-id $store --member-id UserId=$ann"
        " --group-ids $admins $others",
        "Results",
    ),
    "get_identity_store": Example({}, "identitystore describe-identity-store --identity-store-id $store"),
    "get_identity_stores": Example({}, "identitystore list-identity-stores", "IdentityStores"),
    "get_quicksight_user": Example(
        {"user_name": "author"},
        "quicksight describe-user --aws-account-id $account --namespace default --user-name author",
        "User",
    ),
    "get_quicksight_users": Example(
        {}, "quicksight list-users --aws-account-id $account --namespace default", "UserList"
    ),
    "get_quicksight_group": Example(
        {"group_name": "sales"},
        "quicksight describe-group --aws-account-id $account --namespace default --group-name sales",
        "Group",
    ),
    "get_quicksight_groups": Example(
        {}, "quicksight list-groups --aws-account-id $account --namespace default", "GroupList"
    ),
    "get_quicksight_user_groups": Example(
        {"user_name": "author"},
        "quicksight list-user-groups --aws-account-id $account --namespace default --user-name author",
        "GroupList",
    ),
    "get_quicksight_group_membership": Example(
        {"group_name": "sales", "member_name": "author"},
        "quicksight describe-group-membership --aws-account-id $account --namespace default"
        " --group-name sales --member-name author",
        "GroupMember",
    ),
    "get_quicksight_group_memberships": Example(
        {"group_name": "sales"},
        "quicksight list-group-memberships --aws-account-id $account --namespace default --group-name sales",
        "GroupMemberList",
    ),
    "get_session_embed_url": Example(
        {"user_arn": "$author", "entry_point": "/start/dashboards", "session_lifetime_in_minutes": 15},
        "quicksight get-session-embed-url --aws-account-id $account --user-arn $author"
        " --entry-point /start/dashboards --session-lifetime-in-minutes 15",
    ),
    "get_identity_context": Example(
        {"email": "author@example.com", "session_expires_at": "2100-01-01T00:00:00Z"},
        "quicksight get-identity-context --aws-account-id $account --user-identifier Email=author@example.com"
        " --namespace default --session-expires-at 2100-01-01T00:00:00Z",
    ),
    "get_appstream_user": Example(
        {"user_name": "jo@example.com"}, "appstream describe-users --authentication-type USERPOOL", "Users"
    ),
    "get_appstream_users": Example({}, "appstream describe-users --authentication-type USERPOOL", "Users"),
    "get_user_stack_associations": Example(
        {"stack_name": "desktop"},
        "appstream describe-user-stack-associations --stack-name desktop",
        "UserStackAssociations",
    ),
}
