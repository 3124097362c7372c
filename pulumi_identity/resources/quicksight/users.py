"""Users of Amazon QuickSight.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/
Unusual: calls work only in the account's identity region; AWS returns the invitation URL once, at registration, and
its holder becomes the user; an update always carries e-mail and role.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pulumi import Input
from pydantic import AfterValidator
from typing_extensions import override

from pulumi_identity.aws.listings import PAGE, Answer, Listing
from pulumi_identity.aws.quicksight_roles import ADMINS, UserRole, is_step_down
from pulumi_identity.errors import Rejected, code, translate
from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.failures import PropertyRule
from pulumi_identity.provider.kinds import Kind
from pulumi_identity.provider.traits import Admin, Column, Import, ReadOption, UncertainUpdate
from pulumi_identity.provider.value_types import Limits

from .account import QUICKSIGHT, AccountId, Namespace, namespace_members, no_dots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from types_boto3_quicksight.type_defs import TagTypeDef

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State

UserName = Annotated[str, Limits(min_length=1, pattern=r"^[\u0020-\u00FF]+$"), AfterValidator(no_dots)]
Text = Annotated[str, Limits(min_length=1)]
SessionName = Annotated[str, Limits(min_length=2, max_length=64, pattern=r"^[A-Za-z0-9_+=.@-]*$")]
ProfileName = Annotated[str, Limits(min_length=1, max_length=64, pattern=r"^[a-zA-Z0-9+=,.@_-]+$")]
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
"""What UpdateUser takes, in its words."""

FEDERATION = "external_login_federation_provider_type"
FEDERATED = {FEDERATION, "custom_federation_provider_url", "external_login_id"}

RULES = (
    PropertyRule(
        "iam_arn",
        lambda new: new.get("identity_type") == "IAM" and "iam_arn" not in new,
        "is required when identity_type is IAM",
    ),
    PropertyRule(
        "iam_arn",
        lambda new: new.get("identity_type") in ("QUICKSIGHT", "IAM_IDENTITY_CENTER") and "iam_arn" in new,
        "goes only with identity_type IAM",
    ),
    PropertyRule(
        "user_name",
        lambda new: new.get("identity_type") == "IAM" and "user_name" in new,
        "must be left out when identity_type is IAM: AWS names the user after iam_arn",
    ),
    PropertyRule(
        "user_name",
        lambda new: new.get("identity_type") in ("QUICKSIGHT", "IAM_IDENTITY_CENTER") and "user_name" not in new,
        "is required unless identity_type is IAM",
    ),
    PropertyRule(
        "session_name",
        lambda new: "session_name" in new and not _may_be_a_role(new.get("iam_arn")),
        "goes only with an iam_arn that is a role's",
    ),
    PropertyRule(
        "session_name",
        lambda new: "session_name" not in new and _is_a_role(new.get("iam_arn")),
        "is required when iam_arn is a role's: it tells apart those who use the role",
    ),
    PropertyRule(
        "custom_federation_provider_url",
        lambda new: new.get(FEDERATION) == "CUSTOM_OIDC" and "custom_federation_provider_url" not in new,
        f"is required when {FEDERATION} is CUSTOM_OIDC",
    ),
    PropertyRule(
        "custom_federation_provider_url",
        lambda new: new.get(FEDERATION) in (None, "COGNITO") and "custom_federation_provider_url" in new,
        f"goes only with {FEDERATION} CUSTOM_OIDC",
    ),
    PropertyRule(
        "external_login_id",
        lambda new: FEDERATION not in new and "external_login_id" in new,
        f"goes only with an {FEDERATION}",
    ),
)

TAGGING = {"ListTagsForResource", "TagResource", "UntagResource"}
"""Operations whose ResourceNotFoundException does not mean the user: tags may lag behind."""

STEP_DOWN = (
    "where AWS refuses the new role to a user it has, only a new user can have it: deleting this one orphans the"
    ' dashboards and analyses of the person; to ask for that, opts=ResourceOptions(replace_on_changes=["user_role"])'
)

ANSWERED = {"Role": "UserRole", "ExternalLoginFederationProviderUrl": "CustomFederationProviderUrl"}
"""Members that answers call otherwise than RegisterUser does."""


class UserKind(Kind):
    """What QuickSight takes and returns of users."""

    service = "quicksight"
    entity = "QuickSight User"
    noun, plural = "QuickSight user", "QuickSight users"
    deleting = "QuickSight locks the person out and leaves their dashboards and analyses without an owner."
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
    id_format = "arn:aws:quicksight:<region>:<account>:user/<namespace>/<user name>"
    id_properties = frozenset({"arn", "region", "aws_account_id", "namespace", "user_name"})
    natural_key = ("aws_account_id", "namespace", "user_name")
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
        title="Becomes an admin of QuickSight",
        why="An admin of QuickSight manages its users, sees every asset and can give access to all data.",
    )
    uncertain_update = UncertainUpdate(
        property="user_role",
        may_refuse=is_step_down,
        note="Whether QuickSight lets {users} step down to a reader: where it refuses, the update fails.",
    )
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
                help="Also the tags of QuickSight users, at a call a user.",
                asks={"tags": {}},
                operations=("ListTagsForResource",),
            ),
        ),
    )

    @classmethod
    @override
    def parse_id(cls, id_: str, region: str = "") -> State:
        match = ARN.fullmatch(id_)
        if not match:
            raise cls.not_an_id(id_)
        return {"arn": id_} | match.groupdict()

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        request = self.request(new, "tags")
        request["AwsAccountId"] = new.get("aws_account_id") or aws.account_id
        if new.get("tags"):
            request["Tags"] = _tags(new["tags"])
        answer = aws.client("quicksight").register_user(**request)
        live = self._from_answer(answer["User"])
        if "UserInvitationUrl" in answer:
            live["user_invitation_url"] = answer["UserInvitationUrl"]
        return live["arn"], live

    @override
    def find_id_by_name(self, aws: Session, new: State) -> str | None:
        name = new.get("user_name") or _name_of(new["iam_arn"], new.get("session_name"))
        where = _where({"aws_account_id": aws.account_id, **new, "user_name": name})
        return str(aws.client("quicksight").describe_user(**where)["User"]["Arn"])

    @override
    def listing(self, aws: Session, old: State) -> Listing | None:
        where = namespace_members(old)

        def pages() -> Iterator[dict[str, Answer]]:
            listing = aws.client("quicksight").get_paginator("list_users")
            for page in listing.paginate(**where, PaginationConfig=PAGE):
                yield {user["Arn"]: user for user in page["UserList"]}

        return Listing((self.service, *where.values()), pages)

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        client = aws.client("quicksight")
        live = self._from_answer(listed or client.describe_user(**_where(old))["User"])
        if "tags" in old:
            tags = client.list_tags_for_resource(ResourceArn=id_).get("Tags", [])  # a user without any has no list
            live["tags"] = {tag["Key"]: tag["Value"] for tag in tags}
        # Told once, at registration: nothing but state has it now. Whoever was registered anew has another one.
        same = old.get("principal_id") in (None, live.get("principal_id"))
        if same and "user_invitation_url" in old:
            live["user_invitation_url"] = old["user_invitation_url"]
        return live

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
        # E-mail and role have to be in every update: what doesn't change is sent as AWS has it, not as state does.
        if unchanged := {"email", "user_role"} - changed:
            live = self._from_answer(client.describe_user(**_where(old))["User"])
            new = new | {name: live.get(name, new[name]) for name in unchanged}
        # What belongs to the federation goes together.
        sent = {"email", "user_role"} | changed | (FEDERATED if changed & FEDERATED else set())
        request = {member: new[name] for name, member in UPDATED_TOGETHER.items() if name in sent and name in new}
        if "custom_permissions_name" in changed - new.keys():
            request["UnapplyCustomPermissions"] = True
        if changed & FEDERATED and FEDERATION not in new:
            request["ExternalLoginFederationProviderType"] = "NONE"
        whole = {}
        if FEDERATION in new and (FEDERATED & old.keys()) - new.keys():  # part of a federation goes only with all of it
            whole = {"Email": request["Email"], "Role": request["Role"], UPDATED_TOGETHER[FEDERATION]: "NONE"}
        try:
            if whole:
                client.update_user(**_where(old), **whole)
            return self._from_answer(client.update_user(**_where(old), **request)["User"])
        except Exception as error:
            refused = translate(error, "updating", self.label(old), self.service, STEP_DOWN)
            if "user_role" not in changed or not isinstance(refused, Rejected):
                raise
            raise refused from None

    @override
    def delete(self, aws: Session, id_: str, old: State) -> None:
        client, known = aws.client("quicksight"), old.get("principal_id")
        try:
            client.delete_user(**_where(old))
        except Exception as error:
            # One whose IAM user or role is gone answers to no name any more, only to its principal id.
            if code(error) != "ResourceNotFoundException" or old.get("identity_type") != "IAM" or not known:
                raise
            client.delete_user_by_principal_id(**namespace_members(old), PrincipalId=known)

    @override
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        if code(error) != "ResourceNotFoundException" or getattr(error, "operation_name", "") in TAGGING:
            return False
        # The code says the same of a user, a namespace and an account without QuickSight. Where the namespace
        # can be listed it was the user; where it can't, that call's error is the one to report.
        aws.client("quicksight").list_users(**namespace_members(old), MaxResults=1)
        return True

    @override
    def changed_inputs(self, olds: State, news: State) -> frozenset[str]:
        changed, new = super().changed_inputs(olds, news), self.schema.declared(news)
        arn, session = new.get("iam_arn"), new.get("session_name")
        if "iam_arn" not in olds and isinstance(arn, str) and isinstance(session, str | None):
            # AWS doesn't return it, so that an imported user has none in state: declaring it changes nothing. Whether
            # it is the right one shows in the user name, which AWS derives from it.
            return changed - {"iam_arn", "session_name"} if _name_of(arn, session) == olds.get("user_name") else changed
        return changed

    def _from_answer(self, answer: Answer) -> State:
        user = {ANSWERED.get(name, name): value for name, value in answer.items()}
        if user.get("UserName") == "N/A":  # its IAM user or role is gone; the ARN still has the name
            del user["UserName"]
        return self.schema.from_aws(user)


class QuickSightUser(Resource, kind=UserKind):
    """A user of Amazon QuickSight.

    Creating one sends no e-mail. A QUICKSIGHT user is inactive until somebody opens `user_invitation_url`
    and sets a password: hand it over as the secret that it is. Replacing and deleting one orphans the
    person's dashboards and analyses.

        QuickSightUser("jo", user_name="jo", email="jo@example.com", user_role="READER")
    """

    aws_account_id: Prop[AccountId] = prop(default=None, config="awsAccountId", computed_default=True, replaces=True)
    """The account that QuickSight is in, 12 digits. Unset: `identity:awsAccountId`, then the credentials' own."""
    namespace: Prop[Namespace] = prop(default="default", config="namespace", replaces=True)
    """The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`."""
    user_name: Prop[UserName] = prop(default=None, computed_default=True, replaces=True)
    """The name to sign in with, unique in the namespace, of Latin-1 characters. Left out for IAM, where AWS
    makes it of `iam_arn` and `session_name`."""
    email: Prop[Text] = prop()
    """The e-mail address."""
    identity_type: Prop[Literal["IAM", "QUICKSIGHT", "IAM_IDENTITY_CENTER"]] = prop(default="QUICKSIGHT", replaces=True)
    """Who knows the person: QUICKSIGHT itself (the default), IAM, or IAM_IDENTITY_CENTER."""
    user_role: Prop[UserRole] = prop()
    """What the person may do: READER, AUTHOR, ADMIN, each also as _PRO; RESTRICTED_READER, RESTRICTED_AUTHOR.
    AWS may refuse the step down to a reader in place."""
    iam_arn: Prop[Text | None] = prop(default=None, replaces=True, write_only=True)
    """The ARN of the IAM user or role, for identity type IAM. AWS never tells it."""
    session_name: Prop[SessionName | None] = prop(default=None, replaces=True, write_only=True)
    """The name of the role's session, 2 to 64 characters, where `iam_arn` is a role's. AWS never tells it."""
    custom_permissions_name: Prop[ProfileName | None] = prop(default=None)
    """The custom permissions profile to apply, at most 64 characters. Unset: not managed."""
    external_login_federation_provider_type: Prop[Literal["COGNITO", "CUSTOM_OIDC"] | None] = prop(default=None)
    """The kind of provider through which the person signs in. Unset: not managed."""
    custom_federation_provider_url: Prop[Text | None] = prop(default=None)
    """The URL of the provider, for CUSTOM_OIDC."""
    external_login_id: Prop[Text | None] = prop(default=None)
    """The person's id at the provider."""
    tags: Prop[Annotated[Mapping[TagKey, Input[TagValue]], Limits(min_length=1, max_length=200)] | None] = prop(
        default=None
    )
    """At most 200 tags: keys of 1 to 128 characters to values of 1 to 256. Unset: not managed."""

    arn: Computed[str] = computed()
    """The user's ARN, which is also the resource's id."""
    principal_id: Computed[str] = computed()
    """The user's principal id, which stays when the IAM user or role behind it goes."""
    active: Computed[bool] = computed()
    """Whether the person has signed in and set a password."""
    user_invitation_url: Computed[str | None] = computed(secret=True)
    """The URL to complete the registration of a QUICKSIGHT user. Whoever holds it is the user: a secret."""


def _is_a_role(iam_arn: Any) -> bool:
    """Tell whether an ARN is known to be a role's."""
    return isinstance(iam_arn, str) and ":role/" in iam_arn


def _may_be_a_role(iam_arn: Any) -> bool:
    """Tell whether an ARN is a role's; one that is not known yet may be."""
    return iam_arn is not None and (not isinstance(iam_arn, str) or _is_a_role(iam_arn))


def _name_of(iam_arn: str, session_name: str | None) -> str:
    """Return the name that QuickSight gives an IAM identity: the user's, or `Role/Session`."""
    name = iam_arn.rpartition("/")[2]
    return f"{name}/{session_name}" if session_name else name


def _where(old: State) -> State:
    """The three members that every request about one user carries."""
    return {**namespace_members(old), "UserName": old["user_name"]}


def _tags(tags: Mapping[str, str]) -> list[TagTypeDef]:
    return [{"Key": key, "Value": value} for key, value in sorted(tags.items())]
