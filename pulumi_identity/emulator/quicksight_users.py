"""A QuickSight user: its name, e-mail address, external login and principal id."""

import re
import time
from dataclasses import dataclass, field
from typing import Any

from .identifiers import Identifiers
from .quicksight_answers import InvalidParameterValueException

Members = dict[str, Any]

FEDERATIONS = ("COGNITO", "CUSTOM_OIDC")
IAM_ARN = re.compile(r"arn:aws[\w-]*:iam::\d{12}:(?P<kind>user|role)/(?:.*/)?(?P<name>[^/]+)")
GONE = "N/A"
LABELS = {"UserName": "User Name", "SessionName": "Session Name", "IamArn": "IAM ARN"}  # in AWS's messages
UNSUPPORTED = ";"  # in a user name: user guide


@dataclass
class RegisteredUser:
    """A user. `federation` holds the members of the response about the external login."""

    name: str
    arn: str
    email: str
    role: str
    identity_type: str
    active: bool
    principal_id: str
    iam_arn: str | None = None
    iam_gone: bool = False
    custom_permissions: str | None = None
    federation: Members = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    old_role: str | None = None
    new_role_at: float = 0.0  # by the monotonic clock

    def change_role(self, role: str, delay: float) -> None:
        """Set the role. Responses show the old one until the delay is over."""
        if role != self.role:
            self.old_role, self.new_role_at = self.shown_role, time.monotonic() + delay
            self.role = role

    @property
    def shown_role(self) -> str:
        """The role in responses."""
        return self.old_role if self.old_role and time.monotonic() < self.new_role_at else self.role

    def answer(self) -> Members:
        """Return the user in the form of DescribeUser."""
        answer = {
            "Arn": GONE if self.iam_gone else self.arn,
            "UserName": GONE if self.iam_gone else self.name,
            "Email": self.email,
            "Role": self.shown_role,
            "IdentityType": self.identity_type,
            "Active": self.active,
            "PrincipalId": self.principal_id,
            **self.federation,
        }
        if self.custom_permissions:
            answer["CustomPermissionsName"] = self.custom_permissions
        return answer


def _not_applicable(request: Members, *names: str) -> None:
    given = [LABELS[name] for name in names if name in request]
    if given:
        raise InvalidParameterValueException(
            f"The following parameters are not applicable to this identity type: {', '.join(given)}. "
            f"AWS account ID: {request['AwsAccountId']}, Namespace: {request['Namespace']}."
        )


def own_name(request: Members) -> str:
    """Return the name of a user without an IAM identity."""
    _not_applicable(request, "IamArn", "SessionName")
    if "UserName" not in request:
        raise InvalidParameterValueException(f"UserName is required for identity type {request['IdentityType']}")
    name = str(request["UserName"])
    if UNSUPPORTED in name:
        raise InvalidParameterValueException(f"UserName {name} has a character that is not supported: {UNSUPPORTED}")
    return name


def iam_name(request: Members) -> str:
    """Return the name for an IAM identity: NAME, or ROLE/SESSION."""
    _not_applicable(request, "UserName")
    arn = IAM_ARN.fullmatch(request.get("IamArn", ""))
    if arn is None:
        raise InvalidParameterValueException("Invalid resource identifiers provided. Please check the documentation.")
    session = request.get("SessionName")
    if arn["kind"] == "user":
        if session is not None:
            raise InvalidParameterValueException("SessionName is only for the ARN of a role")
        return arn["name"]
    if session is None:
        raise InvalidParameterValueException("SessionName is required with the ARN of a role")
    return f"{arn['name']}/{session}"


def federation_of(before: Members, request: Members) -> Members:
    """Return a user's external login after a request."""
    kind = request.get("ExternalLoginFederationProviderType")
    url, login = request.get("CustomFederationProviderUrl"), request.get("ExternalLoginId")
    known = before.get("ExternalLoginFederationProviderType")
    if kind is not None and kind not in FEDERATIONS:
        raise InvalidParameterValueException(
            f"ExternalLoginFederationProviderType must be one of {', '.join(FEDERATIONS)}"
        )
    kind = kind or known
    if kind is None and (url or login):
        raise InvalidParameterValueException("an external login needs ExternalLoginFederationProviderType")
    if kind == known:
        url = url or before.get("ExternalLoginFederationProviderUrl")
        login = login or before.get("ExternalLoginId")
    if kind == "CUSTOM_OIDC" and not url:
        raise InvalidParameterValueException("CustomFederationProviderUrl is required with CUSTOM_OIDC")
    if kind == "COGNITO":
        if request.get("CustomFederationProviderUrl"):
            raise InvalidParameterValueException("CustomFederationProviderUrl is only for CUSTOM_OIDC")
        url = "cognito-identity.amazonaws.com"
    members = {
        "ExternalLoginFederationProviderType": kind,
        "ExternalLoginFederationProviderUrl": url,
        "ExternalLoginId": login,
    }
    return {name: value for name, value in members.items() if value}


def principal_id_of(
    identifiers: Identifiers, arn: str, identity_type: str, session: str | None = None, iam_arn: str | None = None
) -> str:
    """Return a new principal id for a user. Its form depends on the identity type."""
    if identity_type == "IAM":
        kind = "AROA" if iam_arn and ":role/" in iam_arn else "AIDA"
        unique = f"{kind}{identifiers.hexadecimal(16, arn).upper()}"
        return f"federated/iam/{unique}" + (f":{session}" if session else "")
    return f"user/d-{identifiers.hexadecimal(10, arn)}/{identifiers.uuid(arn)}"
