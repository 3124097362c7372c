# ruff: noqa: A002, E501, PYI021
"""The resources as type checkers and editors see them. Written by tools/stubs.py."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Self

from pulumi import Input, Output, ResourceOptions
from pulumi.dynamic import Resource

from pulumi_identity.types import (
    Address,
    AddressOutput,
    AssumeRole,
    AssumeRoleOutput,
    Email,
    EmailOutput,
    ExternalId,
    Name,
    NameOutput,
    PhoneNumber,
    PhoneNumberOutput,
    Photo,
    PhotoOutput,
    Role,
    RoleOutput,
)

__all__ = [
    "AppStreamUser",
    "AppStreamUserStackAssociation",
    "Group",
    "GroupMembers",
    "GroupMembership",
    "IdentityStoreUser",
    "QuickSightGroup",
    "QuickSightGroupMembers",
    "QuickSightUser",
]

class AppStreamUser(Resource):
    """A user of the user pool of Amazon AppStream 2.0.

    Creating a user sends a welcome e-mail with a temporary password that is valid for 7 days, unless `message_action`
    is SUPPRESS. The person sees no applications until an `AppStreamUserStackAssociation` associates the user with a
    stack. Replacing or deleting a user ends the person's access at once.

        viewer = AppStreamUser("jo", user_name="jo@example.com", first_name="Jo", last_name="Doe")
    """
    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        user_name: Input[str],
        authentication_type: Input[Literal["USERPOOL"]] | None = None,
        first_name: Input[str | None] = None,
        last_name: Input[str | None] = None,
        enabled: Input[bool] | None = None,
        message_action: Input[Literal["SUPPRESS", "RESEND"] | None] = None,
        region: Input[str] | None = None,
        role_arn: Input[str | None] = None,
        profile: Input[str | None] = None,
        assume_role: Input[AssumeRole | None] = None,
        adopt: Input[bool | Literal["externally-managed"] | None] = None,
    ) -> None:
        """A user of the user pool of Amazon AppStream 2.0.

        Creating a user sends a welcome e-mail with a temporary password that is valid for 7 days, unless `message_action`
        is SUPPRESS. The person sees no applications until an `AppStreamUserStackAssociation` associates the user with a
        stack. Replacing or deleting a user ends the person's access at once.

            viewer = AppStreamUser("jo", user_name="jo@example.com", first_name="Jo", last_name="Doe")

        Args:
            resource_name: The resource's name in Pulumi's state, unique among the program's resources of this class.
            opts: Pulumi's options of the resource.
            user_name: The e-mail address, at most 128 characters, unique in the region. Sign-in is case-sensitive.
            authentication_type: The authentication type. AWS accepts only USERPOOL, the default.
            first_name: The given name, at most 2,048 letters A to Z, digits, spaces, `_` and `-`. Unset: not managed.
            last_name: The family name, with the same limits as `first_name`. Unset: not managed.
            enabled: Whether the person can sign in. Unset: true.
            message_action: SUPPRESS creates the user without a welcome e-mail. A change to RESEND sends the e-mail to an existing user.
            region: The AWS region of the user pool. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not replace a user. Changing `region` or `identity:region` does.
            role_arn: The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used.
            profile: The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment.
            assume_role: How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`.
            adopt: Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists.
        """
    @property
    def region(self) -> Output[str]:
        """The AWS region of the user pool. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not replace a user. Changing `region` or `identity:region` does."""
    @property
    def user_name(self) -> Output[str]:
        """The e-mail address, at most 128 characters, unique in the region. Sign-in is case-sensitive."""
    @property
    def authentication_type(self) -> Output[Literal["USERPOOL"]]:
        """The authentication type. AWS accepts only USERPOOL, the default."""
    @property
    def first_name(self) -> Output[str | None]:
        """The given name, at most 2,048 letters A to Z, digits, spaces, `_` and `-`. Unset: not managed."""
    @property
    def last_name(self) -> Output[str | None]:
        """The family name, with the same limits as `first_name`. Unset: not managed."""
    @property
    def enabled(self) -> Output[bool]:
        """Whether the person can sign in. Unset: true."""
    @property
    def message_action(self) -> Output[Literal["SUPPRESS", "RESEND"] | None]:
        """SUPPRESS creates the user without a welcome e-mail. A change to RESEND sends the e-mail to an existing user."""
    @property
    def arn(self) -> Output[str | None]:
        """The user's ARN. None if AWS's listing does not yet contain a new user; the next refresh sets it."""
    @property
    def status(self) -> Output[str | None]:
        """UNCONFIRMED until the person sets a password, then CONFIRMED. Also ARCHIVED, COMPROMISED or UNKNOWN. None if AWS's listing does not yet contain a new user; the next refresh sets it."""
    @property
    def created_time(self) -> Output[str | None]:
        """The time of creation, in ISO 8601, UTC. Until AWS lists a new user, the time of CreateUser's response."""
    @property
    def role_arn(self) -> Output[str | None]:
        """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used."""
    @property
    def profile(self) -> Output[str | None]:
        """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment."""
    @property
    def assume_role(self) -> Output[AssumeRoleOutput | None]:
        """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`."""
    @property
    def adopt(self) -> Output[bool | Literal["externally-managed"] | None]:
        """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists."""
    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """

class AppStreamUserStackAssociation(Resource):
    """The access of one user of the user pool to one stack of Amazon AppStream 2.0.

    Creating an association gives the person the applications of the stack at once. An existing association is adopted.
    Replacing or deleting an association removes the access. The stack is another provider's resource, such as
    `aws.appstream.Stack`. AWS refuses stacks whose fleets are joined to an Active Directory domain.

        AppStreamUserStackAssociation("jo-desktop", stack_name="desktop", user_name=viewer.user_name)
    """
    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        stack_name: Input[str],
        user_name: Input[str],
        authentication_type: Input[Literal["USERPOOL"]] | None = None,
        send_email_notification: Input[bool | None] = None,
        region: Input[str] | None = None,
        role_arn: Input[str | None] = None,
        profile: Input[str | None] = None,
        assume_role: Input[AssumeRole | None] = None,
        adopt: Input[bool | Literal["externally-managed"] | None] = None,
    ) -> None:
        """The access of one user of the user pool to one stack of Amazon AppStream 2.0.

        Creating an association gives the person the applications of the stack at once. An existing association is adopted.
        Replacing or deleting an association removes the access. The stack is another provider's resource, such as
        `aws.appstream.Stack`. AWS refuses stacks whose fleets are joined to an Active Directory domain.

            AppStreamUserStackAssociation("jo-desktop", stack_name="desktop", user_name=viewer.user_name)

        Args:
            resource_name: The resource's name in Pulumi's state, unique among the program's resources of this class.
            opts: Pulumi's options of the resource.
            stack_name: The stack's name, at most 101 letters, digits, `_`, `.` and `-`.
            user_name: The user's e-mail address, as in `AppStreamUser.user_name`. Case matters.
            authentication_type: The authentication type of the user. AWS accepts only USERPOOL, the default.
            send_email_notification: Whether AWS sends the person an e-mail when the association is created. A later change has no effect. Unset: AWS sends none.
            region: The AWS region of the stack and the user pool. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not replace an association. Changing `region` or `identity:region` does.
            role_arn: The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used.
            profile: The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment.
            assume_role: How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`.
            adopt: Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists.
        """
    @property
    def region(self) -> Output[str]:
        """The AWS region of the stack and the user pool. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not replace an association. Changing `region` or `identity:region` does."""
    @property
    def stack_name(self) -> Output[str]:
        """The stack's name, at most 101 letters, digits, `_`, `.` and `-`."""
    @property
    def user_name(self) -> Output[str]:
        """The user's e-mail address, as in `AppStreamUser.user_name`. Case matters."""
    @property
    def authentication_type(self) -> Output[Literal["USERPOOL"]]:
        """The authentication type of the user. AWS accepts only USERPOOL, the default."""
    @property
    def send_email_notification(self) -> Output[bool | None]:
        """Whether AWS sends the person an e-mail when the association is created. A later change has no effect. Unset: AWS sends none."""
    @property
    def aws_account_id(self) -> Output[str]:
        """The AWS account of the stack and the user pool, 12 digits."""
    @property
    def role_arn(self) -> Output[str | None]:
        """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used."""
    @property
    def profile(self) -> Output[str | None]:
        """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment."""
    @property
    def assume_role(self) -> Output[AssumeRoleOutput | None]:
        """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`."""
    @property
    def adopt(self) -> Output[bool | Literal["externally-managed"] | None]:
        """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists."""
    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """

class Group(Resource):
    """A group of the directory of IAM Identity Center.

    A group gives access through the permission sets that are assigned to it. Replacing or deleting a group removes
    that access from every member at once. A group can't contain groups.

        admins = Group("admins", display_name="Admins")
    """
    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        display_name: Input[str],
        identity_store_id: Input[str] | None = None,
        description: Input[str | None] = None,
        region: Input[str] | None = None,
        role_arn: Input[str | None] = None,
        profile: Input[str | None] = None,
        assume_role: Input[AssumeRole | None] = None,
        adopt: Input[bool | Literal["externally-managed"] | None] = None,
    ) -> None:
        """A group of the directory of IAM Identity Center.

        A group gives access through the permission sets that are assigned to it. Replacing or deleting a group removes
        that access from every member at once. A group can't contain groups.

            admins = Group("admins", display_name="Admins")

        Args:
            resource_name: The resource's name in Pulumi's state, unique among the program's resources of this class.
            opts: Pulumi's options of the resource.
            display_name: The group's name, unique in the store, 1 to 1,024 characters.
            identity_store_id: The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`.
            description: The purpose of the group, 1 to 1,024 characters. Unset: not managed.
            region: The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user.
            role_arn: The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used.
            profile: The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment.
            assume_role: How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`.
            adopt: Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists.
        """
    @property
    def identity_store_id(self) -> Output[str]:
        """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    @property
    def display_name(self) -> Output[str]:
        """The group's name, unique in the store, 1 to 1,024 characters."""
    @property
    def description(self) -> Output[str | None]:
        """The purpose of the group, 1 to 1,024 characters. Unset: not managed."""
    @property
    def group_id(self) -> Output[str]:
        """The group's id. A `GroupMembership` takes it as `group_id`."""
    @property
    def group_arn(self) -> Output[str]:
        """The group's ARN."""
    @property
    def revision(self) -> Output[str]:
        """The group's revision number in AWS. Updates and deletes send it to detect concurrent changes."""
    @property
    def external_ids(self) -> Output[list[ExternalId] | None]:
        """The identity providers that manage the group through SCIM: `issuer` and `id`. None if the group is not externally managed."""
    @property
    def region(self) -> Output[str]:
        """The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user."""
    @property
    def role_arn(self) -> Output[str | None]:
        """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used."""
    @property
    def profile(self) -> Output[str | None]:
        """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment."""
    @property
    def assume_role(self) -> Output[AssumeRoleOutput | None]:
        """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`."""
    @property
    def adopt(self) -> Output[bool | Literal["externally-managed"] | None]:
        """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists."""
    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """

class GroupMembers(Resource):
    """All members of one group.

    The group has exactly the declared members: anyone who is added outside Pulumi shows up in the next refresh and is
    removed by the next update. With `exclusive=False`, other members stay. A create fails if the group has other
    members, unless `adopt` is True. Deleting the resource removes the members from the group.

    Don't declare a `GroupMembership` of the same group.

        developers = Group("developers", display_name="Developers")
        GroupMembers("developers", group_id=developers.group_id, members=[jo])
    """
    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        group_id: Input[str],
        members: Input[Mapping[str, Input[str]]] | Sequence[IdentityStoreUser],
        identity_store_id: Input[str] | None = None,
        exclusive: Input[bool] | None = None,
        region: Input[str] | None = None,
        role_arn: Input[str | None] = None,
        profile: Input[str | None] = None,
        assume_role: Input[AssumeRole | None] = None,
        adopt: Input[bool | Literal["externally-managed"] | None] = None,
    ) -> None:
        """All members of one group.

        The group has exactly the declared members: anyone who is added outside Pulumi shows up in the next refresh and is
        removed by the next update. With `exclusive=False`, other members stay. A create fails if the group has other
        members, unless `adopt` is True. Deleting the resource removes the members from the group.

        Don't declare a `GroupMembership` of the same group.

            developers = Group("developers", display_name="Developers")
            GroupMembers("developers", group_id=developers.group_id, members=[jo])

        Args:
            resource_name: The resource's name in Pulumi's state, unique among the program's resources of this class.
            opts: Pulumi's options of the resource.
            group_id: The group's id or ARN.
            members: The members: a list of `IdentityStoreUser`, or a dict of label → the user's id or ARN. Previews show the labels; the label of a resource is its name. An empty list or dict empties the group.
            identity_store_id: The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`.
            exclusive: Whether the group has no other members. False leaves members alone that are not declared. Unset: True.
            region: The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user.
            role_arn: The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used.
            profile: The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment.
            assume_role: How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`.
            adopt: Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists.
        """
    @property
    def identity_store_id(self) -> Output[str]:
        """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    @property
    def group_id(self) -> Output[str]:
        """The group's id or ARN."""
    @property
    def members(self) -> Output[dict[str, str]]:
        """The members: a list of `IdentityStoreUser`, or a dict of label → the user's id or ARN. Previews show the labels; the label of a resource is its name. An empty list or dict empties the group."""
    @property
    def exclusive(self) -> Output[bool]:
        """Whether the group has no other members. False leaves members alone that are not declared. Unset: True."""
    @property
    def other_members(self) -> Output[dict[str, str] | None]:
        """The members that are not declared, as of the last refresh: user name → user id. None if the set is exclusive."""
    @property
    def region(self) -> Output[str]:
        """The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user."""
    @property
    def role_arn(self) -> Output[str | None]:
        """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used."""
    @property
    def profile(self) -> Output[str | None]:
        """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment."""
    @property
    def assume_role(self) -> Output[AssumeRoleOutput | None]:
        """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`."""
    @property
    def adopt(self) -> Output[bool | Literal["externally-managed"] | None]:
        """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists."""
    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """

class GroupMembership(Resource):
    """The membership of one person in one group.

    Creating a membership gives the person the group's access at once. An existing membership is adopted.
    Replacing or deleting a membership removes the access.

        GroupMembership("jo-admins", group_id=admins.group_id, member_id=jo.user_id)
    """
    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        group_id: Input[str],
        member_id: Input[str],
        identity_store_id: Input[str] | None = None,
        region: Input[str] | None = None,
        role_arn: Input[str | None] = None,
        profile: Input[str | None] = None,
        assume_role: Input[AssumeRole | None] = None,
        adopt: Input[bool | Literal["externally-managed"] | None] = None,
    ) -> None:
        """The membership of one person in one group.

        Creating a membership gives the person the group's access at once. An existing membership is adopted.
        Replacing or deleting a membership removes the access.

            GroupMembership("jo-admins", group_id=admins.group_id, member_id=jo.user_id)

        Args:
            resource_name: The resource's name in Pulumi's state, unique among the program's resources of this class.
            opts: Pulumi's options of the resource.
            group_id: The group's id or ARN.
            member_id: The user's id or ARN.
            identity_store_id: The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`.
            region: The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user.
            role_arn: The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used.
            profile: The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment.
            assume_role: How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`.
            adopt: Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists.
        """
    @property
    def identity_store_id(self) -> Output[str]:
        """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    @property
    def group_id(self) -> Output[str]:
        """The group's id or ARN."""
    @property
    def member_id(self) -> Output[str]:
        """The user's id or ARN."""
    @property
    def membership_id(self) -> Output[str]:
        """The membership's id."""
    @property
    def membership_arn(self) -> Output[str]:
        """The membership's ARN."""
    @property
    def region(self) -> Output[str]:
        """The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user."""
    @property
    def role_arn(self) -> Output[str | None]:
        """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used."""
    @property
    def profile(self) -> Output[str | None]:
        """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment."""
    @property
    def assume_role(self) -> Output[AssumeRoleOutput | None]:
        """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`."""
    @property
    def adopt(self) -> Output[bool | Literal["externally-managed"] | None]:
        """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists."""
    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """

class IdentityStoreUser(Resource):
    """A person in the directory of IAM Identity Center.

    Creating a user gives no access and sends no e-mail. Groups and their permission sets give access. A new user has no
    password. In the settings of IAM Identity Center, turn on one-time passwords by e-mail for users created by the API.
    Alternatively, create a one-time password in the console.

    A change of `user_name` renames the person and keeps the memberships. Replacing or deleting a user ends the person's
    access and all memberships at once. A new user of the same name does not get them back.

    A text has 1 to 1,024 characters, unless its property has another limit.

        jo = IdentityStoreUser(
            "jo",
            user_name="jo",
            display_name="Jo Doe",
            name={"given_name": "Jo", "family_name": "Doe"},
            emails=[{"value": "jo@example.com", "primary": True}],
        )
    """
    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        user_name: Input[str],
        display_name: Input[str],
        name: Input[Name],
        identity_store_id: Input[str] | None = None,
        nick_name: Input[str | None] = None,
        profile_url: Input[str | None] = None,
        emails: Input[Sequence[Input[Email]] | None] = None,
        addresses: Input[Sequence[Input[Address]] | None] = None,
        phone_numbers: Input[Sequence[Input[PhoneNumber]] | None] = None,
        user_type: Input[str | None] = None,
        title: Input[str | None] = None,
        preferred_language: Input[str | None] = None,
        locale: Input[str | None] = None,
        timezone: Input[str | None] = None,
        photos: Input[Sequence[Input[Photo]] | None] = None,
        website: Input[str | None] = None,
        birthdate: Input[str | None] = None,
        roles: Input[Sequence[Input[Role]] | None] = None,
        extensions: Input[Mapping[str, Input[Mapping[str, Any]]] | None] = None,
        region: Input[str] | None = None,
        role_arn: Input[str | None] = None,
        profile: Input[str | None] = None,
        assume_role: Input[AssumeRole | None] = None,
        adopt: Input[bool | Literal["externally-managed"] | None] = None,
    ) -> None:
        """A person in the directory of IAM Identity Center.

        Creating a user gives no access and sends no e-mail. Groups and their permission sets give access. A new user has no
        password. In the settings of IAM Identity Center, turn on one-time passwords by e-mail for users created by the API.
        Alternatively, create a one-time password in the console.

        A change of `user_name` renames the person and keeps the memberships. Replacing or deleting a user ends the person's
        access and all memberships at once. A new user of the same name does not get them back.

        A text has 1 to 1,024 characters, unless its property has another limit.

            jo = IdentityStoreUser(
                "jo",
                user_name="jo",
                display_name="Jo Doe",
                name={"given_name": "Jo", "family_name": "Doe"},
                emails=[{"value": "jo@example.com", "primary": True}],
            )

        Args:
            resource_name: The resource's name in Pulumi's state, unique among the program's resources of this class.
            opts: Pulumi's options of the resource.
            user_name: The name for sign-in, unique in the store, 1 to 128 characters without spaces. A change renames the person in place, which is not verified against AWS.
            display_name: The name that others see, 1 to 1,024 characters.
            name: The parts of the name: `family_name` and `given_name`. Optional parts: `formatted`, `middle_name`, `honorific_prefix`, `honorific_suffix`. For a person with a single name, set the other part to a single space.
            identity_store_id: The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`.
            nick_name: Another name of the person. Unset: not managed.
            profile_url: The URL of a page about the person. Unset: not managed.
            emails: At most one e-mail address: `value`, `type`, `primary`. The value is unique in the store. Set `primary` to True: AWS uses only a primary address for attribute mappings, so SAML sign-in to applications fails without one. Unset: not managed.
            addresses: At most one postal address: `street_address`, `locality`, `region`, `postal_code`, `country`, `formatted`, `type`, `primary`. Unset: not managed.
            phone_numbers: At most one phone number: `value`, `type`, `primary`. Unset: not managed.
            user_type: The person's relation to the organization, such as `Employee`. Unset: not managed.
            title: The person's job title. Unset: not managed.
            preferred_language: The person's preferred language, such as `en-US`. Unset: not managed.
            locale: The locale for dates and numbers, such as `en-US`. Unset: not managed.
            timezone: The time zone, such as `Europe/Berlin`. Unset: not managed.
            photos: At most three photos: `value`, `type`, `display`, `primary`. Unset: not managed.
            website: The URL of the person's own site. Unset: not managed.
            birthdate: The date of birth, `YYYY-MM-DD`. Unset: not managed.
            roles: At most one role in the organization: `value`, `type`, `primary`. Unset: not managed.
            extensions: Attributes of `aws:identitystore:enterprise`, such as `employeeNumber`, `costCenter`, `department`. The case of these names does not matter. A number is smaller than 2**53. These names are not verified against AWS. Unset: not managed.
            region: The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user.
            role_arn: The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used.
            profile: The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment.
            assume_role: How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`.
            adopt: Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists.
        """
    @property
    def identity_store_id(self) -> Output[str]:
        """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    @property
    def user_name(self) -> Output[str]:
        """The name for sign-in, unique in the store, 1 to 128 characters without spaces. A change renames the person in place, which is not verified against AWS."""
    @property
    def display_name(self) -> Output[str]:
        """The name that others see, 1 to 1,024 characters."""
    @property
    def name(self) -> Output[NameOutput]:
        """The parts of the name: `family_name` and `given_name`. Optional parts: `formatted`, `middle_name`, `honorific_prefix`, `honorific_suffix`. For a person with a single name, set the other part to a single space."""
    @property
    def nick_name(self) -> Output[str | None]:
        """Another name of the person. Unset: not managed."""
    @property
    def profile_url(self) -> Output[str | None]:
        """The URL of a page about the person. Unset: not managed."""
    @property
    def emails(self) -> Output[list[EmailOutput] | None]:
        """At most one e-mail address: `value`, `type`, `primary`. The value is unique in the store. Set `primary` to True: AWS uses only a primary address for attribute mappings, so SAML sign-in to applications fails without one. Unset: not managed."""
    @property
    def addresses(self) -> Output[list[AddressOutput] | None]:
        """At most one postal address: `street_address`, `locality`, `region`, `postal_code`, `country`, `formatted`, `type`, `primary`. Unset: not managed."""
    @property
    def phone_numbers(self) -> Output[list[PhoneNumberOutput] | None]:
        """At most one phone number: `value`, `type`, `primary`. Unset: not managed."""
    @property
    def user_type(self) -> Output[str | None]:
        """The person's relation to the organization, such as `Employee`. Unset: not managed."""
    @property
    def title(self) -> Output[str | None]:
        """The person's job title. Unset: not managed."""
    @property
    def preferred_language(self) -> Output[str | None]:
        """The person's preferred language, such as `en-US`. Unset: not managed."""
    @property
    def locale(self) -> Output[str | None]:
        """The locale for dates and numbers, such as `en-US`. Unset: not managed."""
    @property
    def timezone(self) -> Output[str | None]:
        """The time zone, such as `Europe/Berlin`. Unset: not managed."""
    @property
    def photos(self) -> Output[list[PhotoOutput] | None]:
        """At most three photos: `value`, `type`, `display`, `primary`. Unset: not managed."""
    @property
    def website(self) -> Output[str | None]:
        """The URL of the person's own site. Unset: not managed."""
    @property
    def birthdate(self) -> Output[str | None]:
        """The date of birth, `YYYY-MM-DD`. Unset: not managed."""
    @property
    def roles(self) -> Output[list[RoleOutput] | None]:
        """At most one role in the organization: `value`, `type`, `primary`. Unset: not managed."""
    @property
    def extensions(self) -> Output[dict[str, dict[str, Any]] | None]:
        """Attributes of `aws:identitystore:enterprise`, such as `employeeNumber`, `costCenter`, `department`. The case of these names does not matter. A number is smaller than 2**53. These names are not verified against AWS. Unset: not managed."""
    @property
    def user_id(self) -> Output[str]:
        """The user's id. A `GroupMembership` takes it as `member_id`."""
    @property
    def user_arn(self) -> Output[str]:
        """The user's ARN."""
    @property
    def revision(self) -> Output[str]:
        """A number that grows with every change. AWS rejects a write if another writer has changed the user since."""
    @property
    def external_ids(self) -> Output[list[ExternalId] | None]:
        """The identity providers that manage the user through SCIM: `issuer` and `id`. None if none does."""
    @property
    def region(self) -> Output[str]:
        """The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user."""
    @property
    def role_arn(self) -> Output[str | None]:
        """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used."""
    @property
    def profile(self) -> Output[str | None]:
        """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment."""
    @property
    def assume_role(self) -> Output[AssumeRoleOutput | None]:
        """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`."""
    @property
    def adopt(self) -> Output[bool | Literal["externally-managed"] | None]:
        """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists."""
    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """

class QuickSightGroup(Resource):
    """A group of Amazon QuickSight.

    Members see the dashboards and data that are shared with the group. Replacing or deleting a group removes
    that access from every member at once.

        sales = QuickSightGroup("sales", group_name="Sales", description="Sees the sales dashboards")
    """
    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        group_name: Input[str],
        aws_account_id: Input[str] | None = None,
        namespace: Input[str] | None = None,
        description: Input[str | None] = None,
        region: Input[str] | None = None,
        role_arn: Input[str | None] = None,
        profile: Input[str | None] = None,
        assume_role: Input[AssumeRole | None] = None,
        adopt: Input[bool | Literal["externally-managed"] | None] = None,
    ) -> None:
        """A group of Amazon QuickSight.

        Members see the dashboards and data that are shared with the group. Replacing or deleting a group removes
        that access from every member at once.

            sales = QuickSightGroup("sales", group_name="Sales", description="Sees the sales dashboards")

        Args:
            resource_name: The resource's name in Pulumi's state, unique among the program's resources of this class.
            opts: Pulumi's options of the resource.
            group_name: The group's name, unique in the namespace, in Latin-1 characters.
            aws_account_id: The AWS account with QuickSight, 12 digits. Unset: `identity:awsAccountId`, then the credentials' account.
            namespace: The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`.
            description: The purpose of the group, 1 to 512 characters. Unset: not managed.
            region: The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user.
            role_arn: The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used.
            profile: The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment.
            assume_role: How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`.
            adopt: Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists.
        """
    @property
    def aws_account_id(self) -> Output[str]:
        """The AWS account with QuickSight, 12 digits. Unset: `identity:awsAccountId`, then the credentials' account."""
    @property
    def namespace(self) -> Output[str]:
        """The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`."""
    @property
    def group_name(self) -> Output[str]:
        """The group's name, unique in the namespace, in Latin-1 characters."""
    @property
    def description(self) -> Output[str | None]:
        """The purpose of the group, 1 to 512 characters. Unset: not managed."""
    @property
    def arn(self) -> Output[str]:
        """The group's ARN, and the resource's id."""
    @property
    def principal_id(self) -> Output[str]:
        """The group's principal id. A new group of the same name has a different one."""
    @property
    def region(self) -> Output[str]:
        """The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user."""
    @property
    def role_arn(self) -> Output[str | None]:
        """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used."""
    @property
    def profile(self) -> Output[str | None]:
        """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment."""
    @property
    def assume_role(self) -> Output[AssumeRoleOutput | None]:
        """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`."""
    @property
    def adopt(self) -> Output[bool | Literal["externally-managed"] | None]:
        """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists."""
    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """

class QuickSightGroupMembers(Resource):
    """All members of one group of Amazon QuickSight.

    The group has exactly the declared members: anyone who is added outside Pulumi shows up in the next refresh and is
    removed by the next update. With `exclusive=False`, other members stay. A create fails if the group has other
    members, unless `adopt` is True. Deleting the resource removes the members from the group.

        QuickSightGroupMembers("sales", group_name=sales.group_name, members=[reader])
    """
    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        group_name: Input[str],
        members: Input[Mapping[str, Input[str]]] | Sequence[Input[str] | QuickSightUser],
        aws_account_id: Input[str] | None = None,
        namespace: Input[str] | None = None,
        exclusive: Input[bool] | None = None,
        region: Input[str] | None = None,
        role_arn: Input[str | None] = None,
        profile: Input[str | None] = None,
        assume_role: Input[AssumeRole | None] = None,
        adopt: Input[bool | Literal["externally-managed"] | None] = None,
    ) -> None:
        """All members of one group of Amazon QuickSight.

        The group has exactly the declared members: anyone who is added outside Pulumi shows up in the next refresh and is
        removed by the next update. With `exclusive=False`, other members stay. A create fails if the group has other
        members, unless `adopt` is True. Deleting the resource removes the members from the group.

            QuickSightGroupMembers("sales", group_name=sales.group_name, members=[reader])

        Args:
            resource_name: The resource's name in Pulumi's state, unique among the program's resources of this class.
            opts: Pulumi's options of the resource.
            group_name: The group's name. Use the group's `group_name`, so that Pulumi creates the group first.
            members: The members: a list of `QuickSightUser` and of user names, or a dict of label → user name. Previews show the labels; the label of a list's item is its user name. Use a dict for new IAM users, whose names AWS derives. An empty list or dict empties the group.
            aws_account_id: The AWS account with QuickSight, 12 digits. Unset: `identity:awsAccountId`, then the credentials' account.
            namespace: The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`.
            exclusive: Whether the group has no other members. False leaves members alone that are not declared. Unset: True.
            region: The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user.
            role_arn: The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used.
            profile: The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment.
            assume_role: How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`.
            adopt: Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists.
        """
    @property
    def aws_account_id(self) -> Output[str]:
        """The AWS account with QuickSight, 12 digits. Unset: `identity:awsAccountId`, then the credentials' account."""
    @property
    def namespace(self) -> Output[str]:
        """The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`."""
    @property
    def group_name(self) -> Output[str]:
        """The group's name. Use the group's `group_name`, so that Pulumi creates the group first."""
    @property
    def members(self) -> Output[dict[str, str]]:
        """The members: a list of `QuickSightUser` and of user names, or a dict of label → user name. Previews show the labels; the label of a list's item is its user name. Use a dict for new IAM users, whose names AWS derives. An empty list or dict empties the group."""
    @property
    def exclusive(self) -> Output[bool]:
        """Whether the group has no other members. False leaves members alone that are not declared. Unset: True."""
    @property
    def other_members(self) -> Output[dict[str, str] | None]:
        """The members that are not declared, as of the last refresh: user name → user name. None if the set is exclusive."""
    @property
    def region(self) -> Output[str]:
        """The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user."""
    @property
    def role_arn(self) -> Output[str | None]:
        """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used."""
    @property
    def profile(self) -> Output[str | None]:
        """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment."""
    @property
    def assume_role(self) -> Output[AssumeRoleOutput | None]:
        """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`."""
    @property
    def adopt(self) -> Output[bool | Literal["externally-managed"] | None]:
        """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists."""
    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """

class QuickSightUser(Resource):
    """A user of Amazon QuickSight.

    Creating a user sends no e-mail. A QUICKSIGHT user is inactive until the person opens `user_invitation_url` and
    sets a password. Keep this URL secret: anyone who opens it can sign in as the user. Replacing or deleting a user
    leaves the person's dashboards and analyses without an owner.

        reader = QuickSightUser("jo", user_name="jo", email="jo@example.com", user_role="READER")
    """
    def __init__(
        self,
        resource_name: str,
        opts: ResourceOptions | None = None,
        *,
        email: Input[str],
        user_role: Input[
            Literal[
                "ADMIN",
                "AUTHOR",
                "READER",
                "RESTRICTED_AUTHOR",
                "RESTRICTED_READER",
                "ADMIN_PRO",
                "AUTHOR_PRO",
                "READER_PRO",
            ]
        ],
        aws_account_id: Input[str] | None = None,
        namespace: Input[str] | None = None,
        user_name: Input[str] | None = None,
        identity_type: Input[Literal["IAM", "QUICKSIGHT", "IAM_IDENTITY_CENTER"]] | None = None,
        iam_arn: Input[str | None] = None,
        session_name: Input[str | None] = None,
        custom_permissions_name: Input[str | None] = None,
        external_login_federation_provider_type: Input[Literal["COGNITO", "CUSTOM_OIDC"] | None] = None,
        custom_federation_provider_url: Input[str | None] = None,
        external_login_id: Input[str | None] = None,
        tags: Input[Mapping[str, Input[str]] | None] = None,
        region: Input[str] | None = None,
        role_arn: Input[str | None] = None,
        profile: Input[str | None] = None,
        assume_role: Input[AssumeRole | None] = None,
        adopt: Input[bool | Literal["externally-managed"] | None] = None,
    ) -> None:
        """A user of Amazon QuickSight.

        Creating a user sends no e-mail. A QUICKSIGHT user is inactive until the person opens `user_invitation_url` and
        sets a password. Keep this URL secret: anyone who opens it can sign in as the user. Replacing or deleting a user
        leaves the person's dashboards and analyses without an owner.

            reader = QuickSightUser("jo", user_name="jo", email="jo@example.com", user_role="READER")

        Args:
            resource_name: The resource's name in Pulumi's state, unique among the program's resources of this class.
            opts: Pulumi's options of the resource.
            email: The e-mail address.
            user_role: The person's role: READER, AUTHOR or ADMIN, each also with the suffix _PRO; RESTRICTED_READER, RESTRICTED_AUTHOR. The restricted roles can't be used at present. AWS may refuse to change an admin or author into a reader.
            aws_account_id: The AWS account with QuickSight, 12 digits. Unset: `identity:awsAccountId`, then the credentials' account.
            namespace: The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`.
            user_name: The name for sign-in, unique in the namespace, in Latin-1 characters. Leave it out for IAM, where AWS derives the name from `iam_arn` and `session_name`.
            identity_type: The service that authenticates the person: QUICKSIGHT (the default), IAM, or IAM_IDENTITY_CENTER. If IAM Identity Center manages the account's QuickSight users, AWS refuses to register, update and delete them. QuickSight's users are the members of the groups that are mapped to roles: manage Group and GroupMembership instead.
            iam_arn: The ARN of the IAM user or role, for identity type IAM. For a session (`assumed-role`), write the ARN of its role. AWS never returns this ARN.
            session_name: The name of the role's session, 2 to 64 characters, if `iam_arn` is a role's ARN. AWS never returns it.
            custom_permissions_name: The custom permissions profile to apply, at most 64 characters. Requires the Enterprise edition and an existing profile. Unset: not managed.
            external_login_federation_provider_type: The type of the external identity provider for sign-in. Unset: not managed.
            custom_federation_provider_url: The URL of the identity provider, for CUSTOM_OIDC.
            external_login_id: The person's id at the identity provider.
            tags: At most 200 tags, with keys of 1 to 128 characters and values of 1 to 256 characters. Unset: not managed.
            region: The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user.
            role_arn: The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used.
            profile: The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment.
            assume_role: How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`.
            adopt: Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists.
        """
    @property
    def aws_account_id(self) -> Output[str]:
        """The AWS account with QuickSight, 12 digits. Unset: `identity:awsAccountId`, then the credentials' account."""
    @property
    def namespace(self) -> Output[str]:
        """The namespace, at most 64 characters. Unset: `identity:namespace`, then `default`."""
    @property
    def user_name(self) -> Output[str]:
        """The name for sign-in, unique in the namespace, in Latin-1 characters. Leave it out for IAM, where AWS derives the name from `iam_arn` and `session_name`."""
    @property
    def email(self) -> Output[str]:
        """The e-mail address."""
    @property
    def identity_type(self) -> Output[Literal["IAM", "QUICKSIGHT", "IAM_IDENTITY_CENTER"]]:
        """The service that authenticates the person: QUICKSIGHT (the default), IAM, or IAM_IDENTITY_CENTER. If IAM Identity Center manages the account's QuickSight users, AWS refuses to register, update and delete them. QuickSight's users are the members of the groups that are mapped to roles: manage Group and GroupMembership instead."""
    @property
    def user_role(
        self,
    ) -> Output[
        Literal[
            "ADMIN",
            "AUTHOR",
            "READER",
            "RESTRICTED_AUTHOR",
            "RESTRICTED_READER",
            "ADMIN_PRO",
            "AUTHOR_PRO",
            "READER_PRO",
        ]
    ]:
        """The person's role: READER, AUTHOR or ADMIN, each also with the suffix _PRO; RESTRICTED_READER, RESTRICTED_AUTHOR. The restricted roles can't be used at present. AWS may refuse to change an admin or author into a reader."""
    @property
    def iam_arn(self) -> Output[str | None]:
        """The ARN of the IAM user or role, for identity type IAM. For a session (`assumed-role`), write the ARN of its role. AWS never returns this ARN."""
    @property
    def session_name(self) -> Output[str | None]:
        """The name of the role's session, 2 to 64 characters, if `iam_arn` is a role's ARN. AWS never returns it."""
    @property
    def custom_permissions_name(self) -> Output[str | None]:
        """The custom permissions profile to apply, at most 64 characters. Requires the Enterprise edition and an existing profile. Unset: not managed."""
    @property
    def external_login_federation_provider_type(self) -> Output[Literal["COGNITO", "CUSTOM_OIDC"] | None]:
        """The type of the external identity provider for sign-in. Unset: not managed."""
    @property
    def custom_federation_provider_url(self) -> Output[str | None]:
        """The URL of the identity provider, for CUSTOM_OIDC."""
    @property
    def external_login_id(self) -> Output[str | None]:
        """The person's id at the identity provider."""
    @property
    def tags(self) -> Output[dict[str, str] | None]:
        """At most 200 tags, with keys of 1 to 128 characters and values of 1 to 256 characters. Unset: not managed."""
    @property
    def arn(self) -> Output[str]:
        """The user's ARN, and the resource's id."""
    @property
    def principal_id(self) -> Output[str]:
        """The user's principal id. It stays the same after the IAM user or role is deleted."""
    @property
    def active(self) -> Output[bool]:
        """Whether the person has signed in and set a password."""
    @property
    def user_invitation_url(self) -> Output[str | None]:
        """The URL that completes the registration of a QUICKSIGHT user. Anyone who opens it can sign in as the user."""
    @property
    def region(self) -> Output[str]:
        """The AWS region. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's region. Changing AWS_REGION or the profile later does not move an existing resource. Changing `region` or `identity:region` updates the resource; it replaces an AppStream user."""
    @property
    def role_arn(self) -> Output[str | None]:
        """The ARN of an IAM role to assume for every AWS call. Unset: `identity:roleArn`, then no role: the credentials of the environment are used."""
    @property
    def profile(self) -> Output[str | None]:
        """The profile in the AWS configuration files with the credentials. With `role_arn`, they assume the role. Unset: `identity:profile`, then the credentials of the environment."""
    @property
    def assume_role(self) -> Output[AssumeRoleOutput | None]:
        """How to assume the role in `role_arn`: `external_id`, the id that the role's trust policy requires; `session_name`, the name in CloudTrail, default `pulumi-identity`; `duration`, 900 to 43,200 seconds, default 3,600. Unset: `identity:assumeRole`."""
    @property
    def adopt(self) -> Output[bool | Literal["externally-managed"] | None]:
        """Whether to adopt an entity that already exists. True adopts it: the create updates it to the declared values, and removing the resource deletes it. `externally-managed` also adopts, and writes to, an entity that an identity provider manages through SCIM. Unset: a create fails if the entity exists."""
    @classmethod
    def get(
        cls,
        resource_name: str,
        id: Input[str],
        opts: ResourceOptions | None = None,
        *,
        region: Input[str] | None = None,
        role_arn: Input[str] | None = None,
        profile: Input[str] | None = None,
        assume_role: Input[AssumeRole] | None = None,
    ) -> Self:
        """Read an existing entity without managing it: the program never changes or deletes it.

        The resource has every property that AWS returns.

        Args:
            resource_name: The name of the resource in the program.
            id: The physical id, as in the `id` output of the resource.
            opts: Pulumi's options.
            region: The AWS region. Unset: as in the constructor.
            role_arn: The ARN of an IAM role to assume. Unset: as in the constructor.
            profile: The profile with the credentials. Unset: as in the constructor.
            assume_role: How to assume the role. Unset: as in the constructor.

        Raises:
            NotFound: AWS has no such entity. The preview fails.
        """
