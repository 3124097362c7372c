"""Users of Amazon QuickSight.

API: https://docs.aws.amazon.com/quicksight/latest/APIReference/
Unusual: calls work only in the account's identity region; the invitation URL is told once, at registration,
and whoever holds it is the user; an update always carries e-mail and role.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pulumi import Input
from pydantic import AfterValidator
from typing_extensions import override

from ._declare import Computed, Prop, Resource, computed, prop
from ._errors import Rejected, code, translate
from ._listing import Kind
from ._provider import Provider
from ._schema import Limits, Rule, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from . import _aws

AccountId = Annotated[str, Limits(pattern=r"^[0-9]{12}$")]


def _no_dots(value: str) -> str:
    if value in (".", ".."):  # they are steps of a request's path: deleting the user `..` could mean the namespace
        message = "must be a name, not . or .."
        raise ValueError(message)
    return value


Namespace = Annotated[str, Limits(min_length=1, max_length=64, pattern=r"^[a-zA-Z0-9._-]*$"), AfterValidator(_no_dots)]
UserName = Annotated[str, Limits(min_length=1, pattern=r"^[\u0020-\u00FF]+$"), AfterValidator(_no_dots)]
Text = Annotated[str, Limits(min_length=1)]
SessionName = Annotated[str, Limits(min_length=2, max_length=64, pattern=r"^[A-Za-z0-9_+=.@-]*$")]
ProfileName = Annotated[str, Limits(min_length=1, max_length=64, pattern=r"^[a-zA-Z0-9+=,.@_-]+$")]
TagKey = Annotated[str, Limits(min_length=1, max_length=128)]
TagValue = Annotated[str, Limits(min_length=1, max_length=256)]

UserRole = Literal[
    "ADMIN", "AUTHOR", "READER", "RESTRICTED_AUTHOR", "RESTRICTED_READER", "ADMIN_PRO", "AUTHOR_PRO", "READER_PRO"
]

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
    Rule(
        "iam_arn",
        lambda new: new.get("identity_type") == "IAM" and "iam_arn" not in new,
        "is required when identity_type is IAM",
    ),
    Rule(
        "iam_arn",
        lambda new: new.get("identity_type") in ("QUICKSIGHT", "IAM_IDENTITY_CENTER") and "iam_arn" in new,
        "goes only with identity_type IAM",
    ),
    Rule(
        "user_name",
        lambda new: new.get("identity_type") == "IAM" and "user_name" in new,
        "must be left out when identity_type is IAM: AWS names the user after iam_arn",
    ),
    Rule(
        "user_name",
        lambda new: new.get("identity_type") in ("QUICKSIGHT", "IAM_IDENTITY_CENTER") and "user_name" not in new,
        "is required unless identity_type is IAM",
    ),
    Rule(
        "session_name",
        lambda new: "session_name" in new and not _may_be_a_role(new.get("iam_arn")),
        "goes only with an iam_arn that is a role's",
    ),
    Rule(
        "session_name",
        lambda new: "session_name" not in new and _is_a_role(new.get("iam_arn")),
        "is required when iam_arn is a role's: it tells apart those who use the role",
    ),
    Rule(
        "custom_federation_provider_url",
        lambda new: new.get(FEDERATION) == "CUSTOM_OIDC" and "custom_federation_provider_url" not in new,
        f"is required when {FEDERATION} is CUSTOM_OIDC",
    ),
    Rule(
        "custom_federation_provider_url",
        lambda new: new.get(FEDERATION) in (None, "COGNITO") and "custom_federation_provider_url" in new,
        f"goes only with {FEDERATION} CUSTOM_OIDC",
    ),
    Rule(
        "external_login_id",
        lambda new: FEDERATION not in new and "external_login_id" in new,
        f"goes only with an {FEDERATION}",
    ),
)

TAGGING = {"ListTagsForResource", "TagResource", "UntagResource"}
"""Operations whose ResourceNotFoundException is not about the user: tags may lag behind."""

STEP_DOWN = (
    "where AWS refuses the new role to a user it has, only a new user can have it: deleting this one orphans the"
    ' dashboards and analyses of the person; to ask for that, opts=ResourceOptions(replace_on_changes=["user_role"])'
)

ANSWERED = {"Role": "UserRole", "ExternalLoginFederationProviderUrl": "CustomFederationProviderUrl"}
"""Members that answers call otherwise than RegisterUser does."""


class UserProvider(Provider):
    """What QuickSight takes and tells of users."""

    service = "quicksight"
    kind = "QuickSight User"
    id_format = "arn:aws:quicksight:<region>:<account>:user/<namespace>/<user name>"
    label = ("aws_account_id", "namespace", "user_name")
    rules = RULES
    known_from_id = frozenset({"arn", "region", "aws_account_id", "namespace", "user_name"})

    @classmethod
    @override
    def from_id(cls, id_: str, region: str = "") -> State:
        found = ARN.fullmatch(id_)
        if not found:
            raise cls.not_an_id(id_)
        return {"arn": id_} | found.groupdict()

    @override
    def _create(self, aws: _aws.Session, new: State) -> tuple[str, State]:
        request = self.request(new, "tags")
        request["AwsAccountId"] = new.get("aws_account_id") or aws.account_id
        if new.get("tags"):
            request["Tags"] = _tags(new["tags"])
        answer = aws.client(self.service).register_user(**request)
        found = self._from_answer(answer["User"])
        if "UserInvitationUrl" in answer:
            found["user_invitation_url"] = answer["UserInvitationUrl"]
        return found["arn"], found

    @override
    def locate(self, aws: _aws.Session, new: State) -> str | None:
        name = new.get("user_name") or _name_of(new["iam_arn"], new.get("session_name"))
        where = _where({"aws_account_id": aws.account_id, **new, "user_name": name})
        return str(aws.client(self.service).describe_user(**where)["User"]["Arn"])

    @override
    def _kind(self, aws: _aws.Session, old: State) -> Kind | None:
        where = _namespace(old)

        def pages() -> Iterator[State]:
            listing = aws.client(self.service).get_paginator("list_users")
            for page in listing.paginate(**where, PaginationConfig={"PageSize": 100}):
                yield {user["Arn"]: user for user in page["UserList"]}

        return Kind((self.service, *where.values()), pages)

    @override
    def _find(self, aws: _aws.Session, id_: str, old: State, listed: State | None = None) -> State | None:
        client = aws.client(self.service)
        found = self._from_answer(listed or client.describe_user(**_where(old))["User"])
        if "tags" in old:
            tags = client.list_tags_for_resource(ResourceArn=id_).get("Tags", [])  # a user without any has no list
            found["tags"] = {tag["Key"]: tag["Value"] for tag in tags}
        # Told once, at registration: nothing but state has it now. Whoever was registered anew has another one.
        same = old.get("principal_id") in (None, found.get("principal_id"))
        if same and "user_invitation_url" in old:
            found["user_invitation_url"] = old["user_invitation_url"]
        return found

    @override
    def _update(self, aws: _aws.Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        found = self._update_user(aws, old, new, changed) if changed & UPDATED_TOGETHER.keys() else {}
        if "tags" in changed:
            client, before, after = aws.client(self.service), old.get("tags", {}), new.get("tags", {})
            if put := {key: value for key, value in after.items() if before.get(key) != value}:
                client.tag_resource(ResourceArn=id_, Tags=_tags(put))
            if removed := sorted(before.keys() - after.keys()):
                client.untag_resource(ResourceArn=id_, TagKeys=removed)
        return found

    def _update_user(self, aws: _aws.Session, old: State, new: State, changed: frozenset[str]) -> State:
        client = aws.client(self.service)
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
            refused = translate(error, "updating", self.entity_of(old), self.service, STEP_DOWN)
            if "user_role" not in changed or not isinstance(refused, Rejected):
                raise
            raise refused from None

    @override
    def _delete(self, aws: _aws.Session, id_: str, old: State) -> None:
        client, known = aws.client(self.service), old.get("principal_id")
        try:
            client.delete_user(**_where(old))
        except Exception as error:
            # One whose IAM user or role is gone answers to no name any more, only to its principal id.
            if code(error) != "ResourceNotFoundException" or old.get("identity_type") != "IAM" or not known:
                raise
            client.delete_user_by_principal_id(**_namespace(old), PrincipalId=known)

    @override
    def _is_gone(self, aws: _aws.Session, id_: str, old: State, error: Exception) -> bool:
        if code(error) != "ResourceNotFoundException" or getattr(error, "operation_name", "") in TAGGING:
            return False
        # The code says the same of a user, a namespace and an account without QuickSight. Where the namespace
        # can be listed it was the user; where it can't, that call's error is the one to report.
        aws.client(self.service).list_users(**_namespace(old), MaxResults=1)
        return True

    @override
    def _changed(self, olds: State, news: State) -> frozenset[str]:
        changed, new = super()._changed(olds, news), self.schema.declared(news)
        arn, session = new.get("iam_arn"), new.get("session_name")
        if "iam_arn" not in olds and isinstance(arn, str) and isinstance(session, str | None):
            # One that was brought in has none in state, since AWS doesn't tell it: to declare the one that it has
            # is no change. That it is the one shows in the name, which AWS made of it.
            return changed - {"iam_arn", "session_name"} if _name_of(arn, session) == olds.get("user_name") else changed
        return changed

    def _from_answer(self, user: State) -> State:
        user = {ANSWERED.get(name, name): value for name, value in user.items()}
        if user.get("UserName") == "N/A":  # its IAM user or role is gone; the ARN still has the name
            del user["UserName"]
        return self.schema.from_aws(user)


class QuickSightUser(Resource, provider=UserProvider):
    """A user of Amazon QuickSight.

    Creating one sends no e-mail. A QUICKSIGHT user is inactive until somebody opens `user_invitation_url`
    and sets a password: hand it over as the secret that it is. Replacing and deleting one orphans the
    person's dashboards and analyses.

    IAM: quicksight:RegisterUser, DescribeUser, UpdateUser, DeleteUser, ListUsers; for users of identity type IAM
    also quicksight:DeleteUserByPrincipalId; with tags also quicksight:TagResource, UntagResource,
    ListTagsForResource.

        QuickSightUser("jo", user_name="jo", email="jo@example.com", user_role="READER")
    """

    aws_account_id: Prop[AccountId] = prop(default=None, config="awsAccountId", resolved=True, replaces=True)
    """The account that QuickSight is in, 12 digits. Unset: `identity:awsAccountId`, then the credentials' own."""
    namespace: Prop[Namespace] = prop(default="default", config="namespace", replaces=True)
    """The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`."""
    user_name: Prop[UserName] = prop(default=None, resolved=True, replaces=True)
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


def _namespace(old: State) -> State:
    """The two members that every request about users carries."""
    return {"AwsAccountId": old["aws_account_id"], "Namespace": old["namespace"]}


def _where(old: State) -> State:
    """The three members that every request about one user carries."""
    return {**_namespace(old), "UserName": old["user_name"]}


def _tags(tags: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in sorted(tags.items())]
