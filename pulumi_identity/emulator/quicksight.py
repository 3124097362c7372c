"""QuickSight's users, their tags and their sessions.

Source: botocore's model, the API reference, and reports of clients (issues of terraform-provider-aws). Groups are in
`quicksight_groups`; moto serves everything else. `guard` applies the rules of accounts, regions and namespaces to
moto's operations too.

Where the sources are silent, the emulator is strict. An ADMIN or AUTHOR can't become a READER in place. The ARN of a
role needs a session name. A user without an IAM principal can be deleted only by principal id. An empty list of tags
is left out. A session for a reader is an InvalidParameterValueException.
"""

import base64
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from botocore import xform_name

from pulumi_identity.aws.quicksight_roles import LEVELS, is_step_down
from pulumi_identity.aws.regions import partition

from .errors import DEFAULT_ACCOUNT, AwsError, Caller
from .identifiers import Identifiers
from .pages import Records
from .quicksight_answers import (
    AccessDeniedException,
    InvalidParameterValueException,
    LimitExceededException,
    PreconditionNotMetException,
    QuickSightUserNotFoundException,
    ResourceExistsException,
    ResourceNotFoundException,
    SessionLifetimeInMinutesInvalidException,
    UnsupportedUserEditionException,
    answer,
    listing,
    not_found,
)
from .quicksight_groups import MANAGING_GROUPS, Groups
from .quicksight_users import RegisteredUser, federation_of, iam_name, own_name, principal_id_of

Members = dict[str, Any]

MAX_TAGS = 200  # model
MANAGING = MANAGING_GROUPS | {"RegisterUser", "UpdateUser", "DeleteUser", "DeleteUserByPrincipalId"}
ENTRY_POINT = re.compile(r"/start(/(analyses|dashboards|favorites))?|/(dashboards|analyses)/[\w-]+")
USER_ARN = re.compile(
    r"arn:aws[\w-]*:quicksight:(?P<region>[^:]*):(?P<account>\d{12}):user/"
    r"(?P<namespace>[^/]+)/(?P<name>.+)"
)


class QuickSight(Groups):
    """The service `quicksight`: each operation is a method of its snake_case name.

    - `identity_region`: the region of every account's users and groups.
    - `namespaces`: the namespaces that exist in every account.
    - `identity_center`: whether IAM Identity Center manages the users and groups. Then QuickSight's operations can't
      change them. `seed_users` adds users.
    - `role_delay`: the seconds until responses show a changed role.
    - `edition`: ENTERPRISE, or STANDARD, in which sessions fail.
    - `not_subscribed`: accounts whose requests fail with ResourceNotFoundException.
    - `not_ready`: accounts whose requests fail with PreconditionNotMetException.
    """

    def __init__(
        self,
        identity_region: str,
        namespaces: Iterable[str] = (),
        *,
        identity_center: bool = False,
        role_delay: float = 0.0,
        identifiers: Identifiers,
        caller_arn: Callable[[Caller], str],
    ) -> None:
        self.lock = threading.RLock()
        self.identity_region = identity_region
        self.namespaces = {"default", *namespaces}
        self.identity_center = identity_center
        self.role_delay = role_delay
        self._identifiers = identifiers
        self._caller_arn = caller_arn
        self.reset()

    def reset(self) -> None:
        """Delete all users and groups, and reset the accounts."""
        super().reset()
        self.edition = "ENTERPRISE"
        self.not_subscribed: set[str] = set()
        self.not_ready: set[str] = set()
        self._users: dict[tuple[str, str], Records[RegisteredUser]] = defaultdict(Records)

    @staticmethod
    def refuse(problems: list[str]) -> AwsError:
        """Return the error for a request that violates the model."""
        text = "; ".join(problems)
        if "SessionLifetimeInMinutes" in text:
            return SessionLifetimeInMinutesInvalidException(text)
        return InvalidParameterValueException(text)

    def guard(self, caller: Caller, operation: str, path: Mapping[str, str]) -> None:
        """Raise an error for another account, another region, or a namespace that does not exist."""
        account = path.get("AwsAccountId", caller.account)
        if account != caller.account:
            raise AccessDeniedException(
                f"User: {self._caller_arn(caller)} is not authorized to perform: "
                f"quicksight:{operation} on resources of account {account}"
            )
        if account in self.not_subscribed:
            raise ResourceNotFoundException(
                f"Account {account} is not signed up with QuickSight", ResourceType="ACCOUNT_SETTINGS"
            )
        if account in self.not_ready:
            raise PreconditionNotMetException(f"Account {account} is not ready: its subscription is being changed")
        if "Namespace" in path:
            self._check_region(caller)
            self._check_namespace(path["Namespace"])
        if self.identity_center and operation in MANAGING:
            raise AccessDeniedException("Operation is disabled for identities managed by IAM Identity Center")

    # --- users

    def register_user(self, caller: Caller, request: Members) -> Members:
        identity_type, iam_arn = request["IdentityType"], request.get("IamArn")
        name = iam_name(request) if identity_type == "IAM" else own_name(request)
        users = self._of(request)
        if name in users:
            raise ResourceExistsException(f"User {name} already exists", ResourceType="USER")
        arn = self._arn(caller, request, name)
        user = RegisteredUser(
            name=name,
            arn=arn,
            email=request["Email"],
            role=request["UserRole"],
            identity_type=identity_type,
            active=identity_type != "QUICKSIGHT",
            principal_id=principal_id_of(self._identifiers, arn, identity_type, request.get("SessionName"), iam_arn),
            iam_arn=iam_arn,
            custom_permissions=request.get("CustomPermissionsName"),
            federation=federation_of({}, request),
            tags={tag["Key"]: tag["Value"] for tag in request.get("Tags", ())},
        )
        users.add(name, user)
        registered = answer(201, User=user.answer())
        if identity_type == "QUICKSIGHT":
            # Only this response has the URL. Anyone who has it can sign in as the user.
            token = self._identifiers.token(48, arn)
            registered["UserInvitationUrl"] = (
                f"https://{self.identity_region}.signin.aws.amazon.com/inviteuser?token={token}"
            )
        return registered

    def describe_user(self, _caller: Caller, request: Members) -> Members:
        return answer(User=self._get(request).answer())

    def update_user(self, _caller: Caller, request: Members) -> Members:
        user = self._get(request)
        role = request["Role"]
        if is_step_down(user.role, role):
            raise InvalidParameterValueException(f"A user with role {user.role} cannot be downgraded to {role}")
        permissions = request.get("CustomPermissionsName")
        unapply = request.get("UnapplyCustomPermissions", False)
        if permissions and unapply:
            raise InvalidParameterValueException(
                "CustomPermissionsName and UnapplyCustomPermissions exclude each other"
            )
        clears = request.get("ExternalLoginFederationProviderType") == "NONE"
        user.federation = {} if clears else federation_of(user.federation, request)
        user.email = request["Email"]
        user.change_role(role, self.role_delay)
        user.custom_permissions = None if unapply else permissions or user.custom_permissions
        return answer(User={**user.answer(), "Role": role})

    def list_users(self, _caller: Caller, request: Members) -> Members:
        return listing("UserList", self._of(request), request)

    def delete_user(self, _caller: Caller, request: Members) -> Members:
        user = self._get(request)
        if user.iam_gone:
            raise not_found("User", request["UserName"])
        return self._delete(request, user)

    def delete_user_by_principal_id(self, _caller: Caller, request: Members) -> Members:
        for user in self._of(request):
            if user.principal_id == request["PrincipalId"]:
                return self._delete(request, user)
        raise not_found("User", request["PrincipalId"])

    def update_user_custom_permission(self, _caller: Caller, request: Members) -> Members:
        self._get(request).custom_permissions = request["CustomPermissionsName"]
        return answer()

    def delete_user_custom_permission(self, _caller: Caller, request: Members) -> Members:
        self._get(request).custom_permissions = None
        return answer()

    # --- tags of users; moto serves all other tags

    def serves(self, operation: str, path: Mapping[str, str]) -> bool:
        """Return whether this backend serves a request. It serves only the tags of users."""
        if "ResourceArn" in path:
            return USER_ARN.fullmatch(path["ResourceArn"]) is not None
        return hasattr(self, xform_name(operation))

    def tag_resource(self, caller: Caller, request: Members) -> Members:
        user = self._tagged(caller, request)
        tags = {**user.tags, **{tag["Key"]: tag["Value"] for tag in request["Tags"]}}
        if len(tags) > MAX_TAGS:
            raise LimitExceededException(f"a user has at most {MAX_TAGS} tags", ResourceType="USER")
        user.tags = tags
        return answer()

    def untag_resource(self, caller: Caller, request: Members) -> Members:
        user = self._tagged(caller, request)
        for key in request["TagKeys"]:
            user.tags.pop(key, None)
        return answer()

    def list_tags_for_resource(self, caller: Caller, request: Members) -> Members:
        user = self._tagged(caller, request)
        tags = [{"Key": key, "Value": value} for key, value in user.tags.items()]
        return answer(Tags=tags) if tags else answer()

    # --- sessions

    def get_session_embed_url(self, caller: Caller, request: Members) -> Members:
        entry = request.get("EntryPoint", "/start")
        if not ENTRY_POINT.fullmatch(entry):
            raise InvalidParameterValueException(f"EntryPoint {entry} is not an entry point of the console")
        if self.edition != "ENTERPRISE":
            raise UnsupportedUserEditionException(f"the edition {self.edition} does not support embedded sessions")
        # Without an ARN, the session is for the caller's IAM identity.
        arn = request.get("UserArn") or self._arn(
            caller,
            {"AwsAccountId": caller.account, "Namespace": "default"},
            self._caller_arn(caller).rpartition(":")[2].partition("/")[2],
        )
        user = self._by_arn(caller, arn)
        if user is None or user.iam_gone:
            raise QuickSightUserNotFoundException(f"{arn} is not a user of QuickSight")
        if LEVELS[user.role] == "reader":
            raise InvalidParameterValueException(f"a session is for an author or admin, and {arn} is a {user.role}")
        return answer(
            EmbedUrl=f"https://{caller.region}.quicksight.aws.amazon.com/embed/{self._identifiers.uuid(arn)}"
            f"{entry}?code={self._identifiers.token(64, arn)}"
            "&identityprovider=quicksight&isauthcode=true"
        )

    def get_identity_context(self, caller: Caller, request: Members) -> Members:
        ((kind, value),) = request["UserIdentifier"].items()
        self._check_region(caller)
        if "Namespace" in request:
            self._check_namespace(request["Namespace"])
        if kind != "UserArn" and "Namespace" not in request:
            raise InvalidParameterValueException(f"Namespace is required when the user is identified by {kind}")
        expires = request.get("SessionExpiresAt")
        if expires is not None and expires <= self._identifiers.now():
            raise InvalidParameterValueException("SessionExpiresAt must be in the future")
        if kind == "UserArn":
            found = [self._by_arn(caller, value)]
        elif kind == "UserName":
            found = [self._of(request).get(value)]
        else:
            found = [u for u in self._of(request) if u.email == value]
        users = [user for user in found if user is not None and not user.iam_gone]
        if not users:
            raise not_found("User", value)
        if len(users) > 1:
            raise InvalidParameterValueException(
                f"{len(users)} users have this e-mail address; identify one by name or ARN"
            )
        if users[0].identity_type == "IAM_IDENTITY_CENTER":
            raise InvalidParameterValueException(
                "users of IAM Identity Center get their context from IAM Identity Center"
            )
        context = f"{users[0].arn}:{self._identifiers.hexadecimal(64, users[0].arn)}".encode()
        return answer(Context=base64.b64encode(context).decode())

    # --- acting as AWS, or as the user

    def accept_invitation(self, arn: str) -> None:
        """Set a password as the user: `Active` becomes true.

        Args:
            arn: The ARN of the user.

        Raises:
            KeyError: The user does not exist.
        """
        with self.lock:
            self._known(arn).active = True

    def remove_iam_principal(self, iam_arn: str) -> None:
        """Delete an IAM user or role: the name and the ARN of its QuickSight users become N/A.

        Args:
            iam_arn: The ARN of the IAM user or role.
        """
        with self.lock:
            for users in self._users.values():
                for user in users:
                    user.iam_gone = user.iam_gone or user.iam_arn == iam_arn

    def seed_users(
        self,
        user_names: Iterable[str],
        account: str = DEFAULT_ACCOUNT,
        namespace: str = "default",
        identity_type: str = "QUICKSIGHT",
    ) -> list[str]:
        """Add READER users without HTTP.

        Args:
            user_names: The user names.
            account: The account of the users.
            namespace: The namespace of the users.
            identity_type: QUICKSIGHT or IAM_IDENTITY_CENTER.

        Returns:
            The ARNs of the users.
        """
        request = {"AwsAccountId": account, "Namespace": namespace}
        caller = Caller(account, self.identity_region)
        with self.lock:
            arns = {name: self._arn(caller, request, name) for name in user_names}
            users = [
                RegisteredUser(
                    name,
                    arn,
                    f"user{number}@example.com",
                    "READER",
                    identity_type,
                    active=True,
                    principal_id=principal_id_of(self._identifiers, arn, identity_type),
                )
                for number, (name, arn) in enumerate(arns.items())
            ]
            for user in users:
                self._of(request).add(user.name, user)
            return [user.arn for user in users]

    # --- shared by the operations

    def _check_region(self, caller: Caller) -> None:
        if caller.region != self.identity_region:
            raise AccessDeniedException(
                f"Operation is being called from endpoint {caller.region}, but your identity "
                f"region is {self.identity_region}. Please use the {self.identity_region} "
                "endpoint."
            )

    def _check_namespace(self, namespace: str) -> None:
        if namespace not in self.namespaces:
            raise ResourceNotFoundException("Namespace not found", ResourceType="NAMESPACE")

    def _of(self, request: Members) -> Records[RegisteredUser]:
        return self._users[request["AwsAccountId"], request["Namespace"]]

    def _get(self, request: Members) -> RegisteredUser:
        user = self._of(request).get(request["UserName"])
        if user is None:
            raise not_found("User", request["UserName"])
        return user

    def _delete(self, request: Members, user: RegisteredUser) -> Members:
        self._of(request).remove(user.name)
        self.leave_all_groups(request, user.name)
        return answer()

    def _arn(self, _caller: Caller, request: Members, name: str) -> str:
        place = f"{self.identity_region}:{request['AwsAccountId']}:user/{request['Namespace']}"
        return f"arn:{partition(self.identity_region)}:quicksight:{place}/{name}"

    def _by_arn(self, caller: Caller, arn: str) -> RegisteredUser | None:
        """Return the user with this ARN in the caller's account, or None."""
        parts = USER_ARN.fullmatch(arn)
        if parts is None:
            raise InvalidParameterValueException(f"{arn} is not the ARN of a user")
        if parts["account"] != caller.account:
            raise AccessDeniedException(f"{arn} belongs to another account than {caller.account}")
        user = self._users[parts["account"], parts["namespace"]].get(parts["name"])
        return user if user and user.arn == arn else None

    def _tagged(self, caller: Caller, request: Members) -> RegisteredUser:
        self._check_region(caller)
        user = self._by_arn(caller, request["ResourceArn"])
        if user is None:
            raise not_found("User", request["ResourceArn"])
        return user

    def _known(self, arn: str) -> RegisteredUser:
        for users in self._users.values():
            for user in users:
                if user.arn == arn:
                    return user
        raise KeyError(arn)
