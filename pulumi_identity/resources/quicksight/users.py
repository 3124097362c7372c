"""Users of Amazon QuickSight.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/
Unusual: calls work only in the account's identity region. AWS returns the invitation URL once, at registration, and
anyone who has the URL can sign in as the user. Every update requires the e-mail address and the role.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pulumi import Input
from typing_extensions import override

from pulumi_identity.aws.listings import PAGE, Answer, Listing
from pulumi_identity.aws.quicksight_roles import ADMINS, UserRole, is_step_down
from pulumi_identity.errors import code
from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.traits import Admin, Column, Import, Obstacle, ReadOption, UncertainUpdate
from pulumi_identity.provider.value_types import Limits

from .account import (
    QUICKSIGHT,
    AccountId,
    LatinName,
    Namespace,
    QuickSightKind,
    arn_of,
    namespace_members,
    with_account,
)
from .iam import IamArn, name_of
from .orphans import NAMES, NOT_AVAILABLE, is_orphan, obstacle_of, principal_id
from .rules import FEDERATION, RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_quicksight.type_defs import TagTypeDef

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State

Text = Annotated[str, Limits(min_length=1)]
SessionName = Annotated[
    str,
    Limits(
        min_length=2, max_length=64, pattern=r"^[A-Za-z0-9_+=.@-]*$", form="a name of letters, digits and _ + = . @ -"
    ),
]
ProfileName = Annotated[
    str,
    Limits(
        min_length=1,
        max_length=64,
        pattern=r"^[a-zA-Z0-9+=,.@_-]+$",
        form="a name of letters, digits and + = , . @ _ -",
    ),
]
TagKey = Annotated[str, Limits(min_length=1, max_length=128)]
TagValue = Annotated[str, Limits(min_length=1, max_length=256)]

ARN = re.compile(
    r"arn:[^:]+:quicksight:(?P<region>[^:]+):(?P<aws_account_id>[^:]+):user/(?P<namespace>[^/]+)/(?P<user_name>.+)",
    re.DOTALL,
)

UPDATED_TOGETHER = {
    "email": "Email",
    "user_role": "Role",
    "custom_permissions_name": "CustomPermissionsName",
    "external_login_federation_provider_type": "ExternalLoginFederationProviderType",
    "custom_federation_provider_url": "CustomFederationProviderUrl",
    "external_login_id": "ExternalLoginId",
}
"""Property → member of UpdateUser."""

FEDERATED = {FEDERATION, "custom_federation_provider_url", "external_login_id"}

TAGGING = {"ListTagsForResource", "TagResource", "UntagResource"}
"""Operations whose ResourceNotFoundException does not mean that the user is gone: tags may appear later."""

STEP_DOWN = (
    'keep the role, or replace the user with opts=ResourceOptions(replace_on_changes=["user_role"]); replacing leaves'
    " the person's dashboards and analyses without an owner"
)

ANSWERED = {"Role": "UserRole", "ExternalLoginFederationProviderUrl": "CustomFederationProviderUrl"}
"""Member of a response → the name of the same member in RegisterUser."""


class QuickSightUserKind(QuickSightKind):
    """Requests and responses of QuickSight for users."""

    arn = ARN
    entity = "QuickSight User"
    noun, plural = "QuickSight user", "QuickSight users"
    deleting = "QuickSight locks the person out, and their dashboards and analyses lose their owner."
    actions = {
        "create": ("RegisterUser", "DescribeUser"),
        "read": ("DescribeUser", "ListUsers"),
        "update": ("UpdateUser", "DescribeUser"),
        "delete": ("DeleteUser", "ListUsers"),
    }
    conditional_actions = {
        "for users of identity type IAM": ("DeleteUserByPrincipalId",),
        "with tags": ("TagResource", "UntagResource", "ListTagsForResource"),
    }
    answers = {
        **dict.fromkeys(("RegisterUser", "DescribeUser", "UpdateUser"), ("User.UserName", "User.Arn")),
        "ListUsers": ("UserList[].UserName", "UserList[].Arn"),
        "ListTagsForResource": ("RequestId",),  # for a user without tags, AWS can leave out Tags
    }
    id_format = "arn:aws:quicksight:<region>:<account>:user/<namespace>/<user name>"
    id_properties = frozenset({"arn", "region", "aws_account_id", "namespace", "user_name"})
    natural_key = ("aws_account_id", "namespace", "user_name")
    unique = ("user_name",)
    key_sources = frozenset({"iam_arn", "session_name"})
    is_person = True
    decides_access = frozenset(
        {
            "aws_account_id",
            "namespace",
            "user_name",
            "email",
            "identity_type",
            "user_role",
            "iam_arn",
            "session_name",
            "custom_permissions_name",
            "external_login_federation_provider_type",
            "custom_federation_provider_url",
            "external_login_id",
        }
    )
    sign_in = frozenset({"email", *FEDERATED})
    column = Column(key="quicksight", title="QuickSight", place="QuickSight", gets="QuickSight", property="user_role")
    admin = Admin(
        property="user_role",
        values=ADMINS,
        unremarkable=(("ADMIN_PRO", "ADMIN"),),
        title="Becomes a QuickSight admin",
        why="QuickSight admins manage users, see every asset and can give access to all data.",
    )
    uncertain_update = UncertainUpdate(
        property="user_role",
        may_refuse=is_step_down,
        why="QuickSight refuses some changes from admin or author to reader.",
    )
    refused = {"user_role": STEP_DOWN}
    rules = RULES
    import_ = Import(
        option=QUICKSIGHT,
        module="quicksight",
        title="The users of QuickSight.",
        variable="user",
        progress="QuickSight users",
        more=(
            ReadOption(
                flag="--quicksight-tags",
                help="Also import the tags of QuickSight users. Each user costs one call.",
                asks={"tags": {}},
                operations=("ListTagsForResource",),
            ),
        ),
    )

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        request = self.request(with_account(aws, new), "tags")
        if new.get("tags"):
            request["Tags"] = _tags(new["tags"])
        answer = aws.client("quicksight").register_user(**request)
        live = self._from_answer(answer["User"])
        if "UserInvitationUrl" in answer:
            live["user_invitation_url"] = answer["UserInvitationUrl"]
        return live["arn"], live

    @override
    def find_id_by_name(self, aws: Session, new: State) -> str | None:
        where = _where(self.with_name(with_account(aws, new)))
        arn = str(aws.client("quicksight").describe_user(**where)["User"]["Arn"])
        return arn if arn != NOT_AVAILABLE else arn_of(aws.region, "user", where)

    @override
    def listing(self, aws: Session, old: State) -> Listing | None:
        where = namespace_members(old)

        def pages() -> Iterator[dict[str, Answer]]:
            listing = aws.client("quicksight").get_paginator("list_users")
            for page in listing.paginate(**where, PaginationConfig=PAGE):
                # Users without an IAM identity all have the same name and ARN.
                yield {principal_id(user) if is_orphan(user) else user["Arn"]: user for user in page["UserList"]}

        return Listing((self.service, *where.values()), pages)

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        live = self._from_answer(listed or self._describe(aws, old))
        if "tags" in old:
            client = aws.client("quicksight")
            tags = client.list_tags_for_resource(ResourceArn=id_).get("Tags", [])  # absent for a user without tags
            live["tags"] = {tag["Key"]: tag["Value"] for tag in tags}
        # AWS returns the URL only at registration, so state has the only copy. A user registered again has a new URL.
        same = old.get("principal_id") in (None, live.get("principal_id"))
        if same and "user_invitation_url" in old:
            live["user_invitation_url"] = old["user_invitation_url"]
        return live

    def _describe(self, aws: Session, old: State) -> Answer:
        try:
            return aws.client("quicksight").describe_user(**_where(old))["User"]
        except Exception as error:
            # AWS may find a user without an IAM identity only by its principal id.
            known = old.get("principal_id")
            if code(error) != "ResourceNotFoundException" or old.get("identity_type") != "IAM" or not known:
                raise
            users = next((page for page in self.list_pages(aws, old) if known in page), {})
            if known not in users:
                raise
            return users[known]

    @override
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        live = self._update_user(aws, old, new, changed) if changed & UPDATED_TOGETHER.keys() else {}
        if "tags" in changed:
            client, before, after = aws.client("quicksight"), old.get("tags", {}), new.get("tags", {})
            if put := {key: value for key, value in after.items() if before.get(key) != value}:
                client.tag_resource(ResourceArn=id_, Tags=_tags(put))
            if removed := sorted(before.keys() - after.keys()):
                client.untag_resource(ResourceArn=id_, TagKeys=removed)
        return live

    def _update_user(self, aws: Session, old: State, new: State, changed: frozenset[str]) -> State:
        client = aws.client("quicksight")
        # Every update requires e-mail address and role. Send the live value of an unchanged one, not the one in state.
        if unchanged := {"email", "user_role"} - changed:
            live = self._from_answer(client.describe_user(**_where(old))["User"])
            new = new | {name: live.get(name, new[name]) for name in unchanged}
        # AWS requires the properties of the federation together.
        sent = {"email", "user_role"} | changed | (FEDERATED if changed & FEDERATED else set())
        request = {member: new[name] for name, member in UPDATED_TOGETHER.items() if name in sent and name in new}
        if "custom_permissions_name" in changed - new.keys():
            request["UnapplyCustomPermissions"] = True
        if changed & FEDERATED and FEDERATION not in new:
            request["ExternalLoginFederationProviderType"] = "NONE"
        whole = {}
        # AWS clears a part of the federation only together with the whole.
        if FEDERATION in new and (FEDERATED & old.keys()) - new.keys():
            whole = {"Email": request["Email"], "Role": request["Role"], UPDATED_TOGETHER[FEDERATION]: "NONE"}
        if whole:
            client.update_user(**_where(old), **whole)
        return self._from_answer(client.update_user(**_where(old), **request)["User"])

    @override
    def delete(self, aws: Session, id_: str, old: State) -> None:
        client, known = aws.client("quicksight"), old.get("principal_id")
        try:
            client.delete_user(**_where(old))
        except Exception as error:
            # After its IAM user or role is gone, AWS finds the user only by its principal id.
            if code(error) != "ResourceNotFoundException" or old.get("identity_type") != "IAM" or not known:
                raise
            client.delete_user_by_principal_id(**namespace_members(old), PrincipalId=known)

    @override
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        if code(error) != "ResourceNotFoundException" or getattr(error, "operation_name", "") in TAGGING:
            return False
        # A missing user, namespace and QuickSight subscription have the same code. If the namespace can be listed, the
        # user is gone. Otherwise the error of the listing is the one to report.
        aws.client("quicksight").list_users(**namespace_members(with_account(aws, old)), MaxResults=1)
        return True

    @override
    def with_name(self, props: State) -> State:
        arn, session = props.get("iam_arn"), props.get("session_name")
        if "user_name" in props or not isinstance(arn, str) or not isinstance(session, str | None):
            return props
        return {**props, "user_name": name_of(arn, session)}

    @override
    def contradicting(self, old: State, new: State) -> frozenset[str]:
        # AWS does not return the ARN, so state lacks it after an import. AWS derives the user name from it.
        same = "iam_arn" not in new or name_of(new["iam_arn"], new.get("session_name")) == old["user_name"]
        return frozenset() if same else frozenset({"iam_arn"})

    @override
    def obstacle(self, where: State, answer: Answer) -> Obstacle | None:
        if is_orphan(answer):
            return obstacle_of(answer, namespace_members(where))
        if answer.get("IdentityType") == "IAM_IDENTITY_CENTER":
            return Obstacle(reason="managed by IAM Identity Center")
        return None

    def _from_answer(self, answer: Answer) -> State:
        user = {ANSWERED.get(name, name): value for name, value in answer.items()}
        # State has the name and the ARN of a user without an IAM identity.
        gone = {name for name in NAMES if user.get(name) == NOT_AVAILABLE}
        return self.schema.from_aws({name: value for name, value in user.items() if name not in gone})


class QuickSightUser(Resource, kind=QuickSightUserKind):
    """A user of Amazon QuickSight.

    Creating a user sends no e-mail. A QUICKSIGHT user is inactive until the person opens `user_invitation_url` and
    sets a password. Keep this URL secret: anyone who opens it can sign in as the user. Replacing or deleting a user
    leaves the person's dashboards and analyses without an owner.

        reader = QuickSightUser("jo", user_name="jo", email="jo@example.com", user_role="READER")
    """

    aws_account_id: Prop[AccountId] = prop(default=None, config="awsAccountId", computed_default=True, replaces=True)
    """The AWS account with QuickSight, 12 digits. Unset: `identity:awsAccountId`, then the credentials' account."""
    namespace: Prop[Namespace] = prop(default="default", config="namespace", replaces=True)
    """The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`."""
    user_name: Prop[LatinName] = prop(default=None, computed_default=True, replaces=True)
    """The name for sign-in, unique in the namespace, in Latin-1 characters. Leave it out for IAM, where AWS derives the
    name from `iam_arn` and `session_name`."""
    email: Prop[Text] = prop()
    """The e-mail address."""
    identity_type: Prop[Literal["IAM", "QUICKSIGHT", "IAM_IDENTITY_CENTER"]] = prop(default="QUICKSIGHT", replaces=True)
    """The service that authenticates the person: QUICKSIGHT (the default), IAM, or IAM_IDENTITY_CENTER. If IAM Identity
    Center manages the account's QuickSight users, AWS refuses to register, update and delete them. QuickSight's
    users are the members of the groups that are mapped to roles: manage Group and GroupMembership instead."""
    user_role: Prop[UserRole] = prop()
    """The person's role: READER, AUTHOR or ADMIN, each also with the suffix _PRO; RESTRICTED_READER, RESTRICTED_AUTHOR.
    The restricted roles can't be used at present. AWS may refuse to change an admin or author into a reader."""
    iam_arn: Prop[IamArn | None] = prop(default=None, replaces=True, write_only=True)
    """The ARN of the IAM user or role, for identity type IAM. For a session (`assumed-role`), write the ARN of its
    role. AWS never returns this ARN."""
    session_name: Prop[SessionName | None] = prop(default=None, replaces=True, write_only=True)
    """The name of the role's session, 2 to 64 characters, if `iam_arn` is a role's ARN. AWS never returns it."""
    custom_permissions_name: Prop[ProfileName | None] = prop(default=None)
    """The custom permissions profile to apply, at most 64 characters. Requires the Enterprise edition and an existing
    profile. Unset: not managed."""
    external_login_federation_provider_type: Prop[Literal["COGNITO", "CUSTOM_OIDC"] | None] = prop(default=None)
    """The type of the external identity provider for sign-in. Unset: not managed."""
    custom_federation_provider_url: Prop[Text | None] = prop(default=None)
    """The URL of the identity provider, for CUSTOM_OIDC."""
    external_login_id: Prop[Text | None] = prop(default=None)
    """The person's id at the identity provider."""
    tags: Prop[Annotated[Mapping[TagKey, Input[TagValue]], Limits(min_length=1, max_length=200)] | None] = prop(
        default=None
    )
    """At most 200 tags, with keys of 1 to 128 characters and values of 1 to 256 characters. Unset: not managed."""

    arn: Computed[str] = computed()
    """The user's ARN, and the resource's id."""
    principal_id: Computed[str] = computed()
    """The user's principal id. It stays the same after the IAM user or role is deleted."""
    active: Computed[bool] = computed()
    """Whether the person has signed in and set a password."""
    user_invitation_url: Computed[str | None] = computed(secret=True)
    """The URL that completes the registration of a QUICKSIGHT user. Anyone who opens it can sign in as the user."""


def _where(old: State) -> State:
    """Return the three members of each request for one user."""
    return {**namespace_members(old), "UserName": old["user_name"]}


def _tags(tags: Mapping[str, str]) -> list[TagTypeDef]:
    return [{"Key": key, "Value": value} for key, value in sorted(tags.items())]
