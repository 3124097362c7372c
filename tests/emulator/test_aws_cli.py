"""Every operation that the emulator serves itself, run by the AWS CLI."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore import xform_name

from pulumi_identity.emulator.appstream import AppStream
from pulumi_identity.emulator.identitystore import IdentityStore
from pulumi_identity.emulator.protocol import protocol_of
from pulumi_identity.emulator.quicksight import QuickSight

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

BACKENDS: dict[str, type] = {"identitystore": IdentityStore, "quicksight": QuickSight, "appstream": AppStream}
STORE = {"IdentityStoreId": "d-1234567890"}
PLACE = {"AwsAccountId": "123456789012", "Namespace": "default"}
JO = {**PLACE, "UserName": "jo"}
SALES = {**PLACE, "GroupName": "Sales"}
ARN = "arn:aws:quicksight:us-east-1:123456789012:user/default/jo"
ADDRESS = {"UserName": "jo@example.com", "AuthenticationType": "USERPOOL"}
ASSOCIATION = {"UserStackAssociations": [{**ADDRESS, "StackName": "desk"}]}

COMMANDS: list[tuple[str, str, dict[str, Any]]] = [
    ("identitystore", "CreateUser", {**STORE, "UserName": "jo", "DisplayName": "Jo",
     "Name": {"GivenName": "Jo", "FamilyName": "Doe"}}),
    ("identitystore", "CreateGroup", {**STORE, "DisplayName": "Admins"}),
    ("identitystore", "DescribeUser", {**STORE, "UserId": "{UserId}"}),
    ("identitystore", "UpdateUser", {**STORE, "UserId": "{UserId}",
     "Operations": [{"AttributePath": "userName", "AttributeValue": "jo.doe"}]}),
    ("identitystore", "ListUsers", STORE),
    ("identitystore", "GetUserId", {**STORE,
     "AlternateIdentifier": {"UniqueAttribute": {"AttributePath": "UserName", "AttributeValue": "jo.doe"}}}),
    ("identitystore", "DescribeGroup", {**STORE, "GroupId": "{GroupId}"}),
    ("identitystore", "UpdateGroup", {**STORE, "GroupId": "{GroupId}",
     "Operations": [{"AttributePath": "description", "AttributeValue": "All"}]}),
    ("identitystore", "ListGroups", STORE),
    ("identitystore", "GetGroupId", {**STORE,
     "AlternateIdentifier": {"UniqueAttribute": {"AttributePath": "DisplayName", "AttributeValue": "Admins"}}}),
    ("identitystore", "CreateGroupMembership", {**STORE, "GroupId": "{GroupId}", "MemberId": {"UserId": "{UserId}"}}),
    ("identitystore", "DescribeGroupMembership", {**STORE, "MembershipId": "{MembershipId}"}),
    ("identitystore", "GetGroupMembershipId", {**STORE, "GroupId": "{GroupId}", "MemberId": {"UserId": "{UserId}"}}),
    ("identitystore", "IsMemberInGroups", {**STORE, "GroupIds": ["{GroupId}"], "MemberId": {"UserId": "{UserId}"}}),
    ("identitystore", "ListGroupMemberships", {**STORE, "GroupId": "{GroupId}"}),
    ("identitystore", "ListGroupMembershipsForMember", {**STORE, "MemberId": {"UserId": "{UserId}"}}),
    ("identitystore", "DeleteGroupMembership", {**STORE, "MembershipId": "{MembershipId}"}),
    ("identitystore", "DeleteGroup", {**STORE, "GroupId": "{GroupId}"}),
    ("identitystore", "DeleteUser", {**STORE, "UserId": "{UserId}"}),
    ("identitystore", "ListIdentityStores", {}),
    ("identitystore", "DescribeIdentityStore", STORE),
    ("identitystore", "UpdateIdentityStore", STORE),
    ("quicksight", "RegisterUser", {**JO, "IdentityType": "QUICKSIGHT", "Email": "jo@example.com",
     "UserRole": "AUTHOR"}),
    ("quicksight", "DescribeUser", JO),
    ("quicksight", "UpdateUser", {**JO, "Email": "jo@example.com", "Role": "ADMIN"}),
    ("quicksight", "ListUsers", PLACE),
    ("quicksight", "UpdateUserCustomPermission", {**JO, "CustomPermissionsName": "no-exports"}),
    ("quicksight", "DeleteUserCustomPermission", JO),
    ("quicksight", "TagResource", {"ResourceArn": ARN, "Tags": [{"Key": "team", "Value": "data"}]}),
    ("quicksight", "ListTagsForResource", {"ResourceArn": ARN}),
    ("quicksight", "UntagResource", {"ResourceArn": ARN, "TagKeys": ["team"]}),
    ("quicksight", "GetSessionEmbedUrl", {"AwsAccountId": "123456789012", "UserArn": ARN}),
    ("quicksight", "GetIdentityContext", {**PLACE, "UserIdentifier": {"UserName": "jo"}}),
    ("quicksight", "CreateGroup", SALES),
    ("quicksight", "DescribeGroup", SALES),
    ("quicksight", "UpdateGroup", {**SALES, "Description": "Sees all"}),
    ("quicksight", "ListGroups", PLACE),
    ("quicksight", "SearchGroups", {**PLACE,
     "Filters": [{"Operator": "StartsWith", "Name": "GROUP_NAME", "Value": "Sal"}]}),
    ("quicksight", "CreateGroupMembership", {**SALES, "MemberName": "jo"}),
    ("quicksight", "DescribeGroupMembership", {**SALES, "MemberName": "jo"}),
    ("quicksight", "ListGroupMemberships", SALES),
    ("quicksight", "ListUserGroups", JO),
    ("quicksight", "DeleteGroupMembership", {**SALES, "MemberName": "jo"}),
    ("quicksight", "DeleteGroup", SALES),
    ("quicksight", "DeleteUser", JO),
    ("quicksight", "RegisterUser", {**JO, "IdentityType": "QUICKSIGHT", "Email": "jo@example.com",
     "UserRole": "READER"}),
    ("quicksight", "DeleteUserByPrincipalId", {**PLACE, "PrincipalId": "{PrincipalId}"}),
    ("appstream", "CreateUser", {**ADDRESS, "FirstName": "Jo", "MessageAction": "SUPPRESS"}),
    ("appstream", "DescribeUsers", {"AuthenticationType": "USERPOOL"}),
    ("appstream", "DisableUser", ADDRESS),
    ("appstream", "EnableUser", ADDRESS),
    ("appstream", "CreateStack", {"Name": "desk"}),
    ("appstream", "DescribeStacks", {}),
    ("appstream", "BatchAssociateUserStack", ASSOCIATION),
    ("appstream", "DescribeUserStackAssociations", {"StackName": "desk"}),
    ("appstream", "BatchDisassociateUserStack", ASSOCIATION),
    ("appstream", "DeleteStack", {"Name": "desk"}),
    ("appstream", "DeleteUser", ADDRESS),
]  # fmt: skip
"""Service, operation and request. Ids in braces come from earlier responses."""


def served() -> set[tuple[str, str]]:
    """Return the operations of the emulator's own backends."""
    return {
        (service, operation)
        for service, backend in BACKENDS.items()
        for operation in protocol_of(service).model.operation_names
        if hasattr(backend, xform_name(operation))
    }


def test_the_aws_cli_runs_every_operation(aws: Emulator, aws_cli: Callable[..., Any]) -> None:
    ids: dict[str, str] = {}
    where = ["--endpoint-url", aws.url, "--region", "us-east-1", "--output", "json"]
    for service, operation, request in COMMANDS:
        text = json.dumps(request)
        for name, id_ in ids.items():
            text = text.replace(f'"{{{name}}}"', json.dumps(id_))
        answer = aws_cli(service, xform_name(operation, "-"), "--cli-input-json", text, *where)
        for part in (answer, answer.get("User", {})):
            ids |= {name: value for name, value in part.items() if name.endswith("Id") and isinstance(value, str)}
    assert {(service, operation) for service, operation, _ in COMMANDS} == served()
    assert {call.status for call in aws.calls} <= {200, 201}
