"""People, groups and memberships of AWS IAM Identity Center's identity store.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
What is unusual about it is in `_store.py`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NotRequired

from pulumi import Input
from pydantic import AfterValidator
from typing_extensions import TypedDict, override

from . import _ids
from ._declare import Computed, Prop, Resource, computed, prop
from ._errors import Conflict, code, member
from ._renamed import leaves, take
from ._schema import Limits, State, printable
from ._store import RevisedProvider, StoreProvider, last

if TYPE_CHECKING:
    from . import _aws
    from ._listing import Kind

SPACES = "\t\n\r \u00a0\u3000"

Text = Annotated[str, Limits(min_length=1, max_length=1024), printable(SPACES)]
"""1 to 1,024 characters of any script, with spaces and line breaks. Source: the model's SensitiveStringType."""

RESERVED_USER_NAMES = ("Administrator", "AWSAdministrators")


def _not_reserved(value: str) -> str:
    if value in RESERVED_USER_NAMES:
        message = f"{value} is reserved by AWS"
        raise ValueError(message)
    return value


AT_MOST_ONE, AT_MOST_THREE = Limits(min_length=1, max_length=1), Limits(min_length=1, max_length=3)

AttributeName = Annotated[str, Limits(pattern=r"^\p{L}{1,64}$")]
"""The name of an attribute of an extension: letters only. Source: AttributePath, by which it is updated."""


def _exact(value: Any) -> Any:
    """Refuse numbers that would come out as others: Pulumi and JSON know them as floating point."""
    if isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            _exact(item)
    elif isinstance(value, int | float) and not abs(value) <= 2**53:
        message = "has a number too large to be kept exactly: write it as a string"
        raise ValueError(message)
    return value


Extension = Annotated[str, Limits(pattern=r"^aws:identitystore:[a-z]{1,20}$")]
"""The name of a set of attributes. Source: the model; `aws:identitystore:enterprise` is the only one known."""

StoreId = Annotated[str, AfterValidator(_ids.store_id)]
UserId = Annotated[str, AfterValidator(_ids.user_id)]
GroupId = Annotated[str, AfterValidator(_ids.group_id)]

UserName = Annotated[str, Limits(min_length=1, max_length=128), printable(), AfterValidator(_not_reserved)]


class Name(TypedDict):
    """A person's name. AWS needs the family and the given name."""

    family_name: Input[Text]
    given_name: Input[Text]
    formatted: NotRequired[Input[Text]]
    middle_name: NotRequired[Input[Text]]
    honorific_prefix: NotRequired[Input[Text]]
    honorific_suffix: NotRequired[Input[Text]]


class Email(TypedDict):
    """An e-mail address, unique in the store."""

    value: Input[Text]
    type: NotRequired[Input[Text]]
    primary: NotRequired[Input[bool]]


class Address(TypedDict, total=False):
    """A postal address."""

    street_address: Input[Text]
    locality: Input[Text]
    region: Input[Text]
    postal_code: Input[Text]
    country: Input[Text]
    formatted: Input[Text]
    type: Input[Text]
    primary: Input[bool]


class PhoneNumber(TypedDict):
    """A phone number, in any notation."""

    value: Input[Text]
    type: NotRequired[Input[Text]]
    primary: NotRequired[Input[bool]]


class Photo(TypedDict):
    """Where a photo is to be found."""

    value: Input[Text]
    type: NotRequired[Input[Text]]
    display: NotRequired[Input[Text]]
    primary: NotRequired[Input[bool]]


class Role(TypedDict):
    """A role in the organization, a word that grants nothing by itself."""

    value: Input[Text]
    type: NotRequired[Input[Text]]
    primary: NotRequired[Input[bool]]


class ExternalId(TypedDict):
    """By whom and as what an entity was provisioned through SCIM."""

    issuer: str
    id: str


class UserProvider(RevisedProvider):
    """What the identity store takes and tells of users."""

    entity = "user"
    id_format = "d-1234567890/<user id>"
    gone = frozenset({"USER"})
    kind = "IAM Identity Center User"
    known_from_id = frozenset({"identity_store_id", "user_id", "user_arn"})
    label = ("identity_store_id", "user_name")
    unique = "user_name"

    @override
    def _asked(self, old: State) -> State:
        # AWS leaves extensions out unless asked, and asking is for those who declared one.
        return {"Extensions": sorted(old["extensions"])} if old.get("extensions") else {}


class GroupProvider(RevisedProvider):
    """What the identity store takes and tells of groups."""

    entity = "group"
    id_format = "d-1234567890/<group id>"
    gone = frozenset({"GROUP"})
    kind = "IAM Identity Center Group"
    known_from_id = frozenset({"identity_store_id", "group_id", "group_arn"})
    label = ("identity_store_id", "display_name")
    unique = "display_name"


class MembershipProvider(StoreProvider):
    """What the identity store takes and tells of memberships."""

    entity = "membership"
    id_format = "d-1234567890/<membership id>"
    gone = frozenset({"GROUP_MEMBERSHIP", "GROUP", "USER"})
    kind = "IAM Identity Center Group Membership"
    known_from_id = frozenset({"identity_store_id", "membership_id", "membership_arn"})
    label = ("identity_store_id", "group_id", "member_id")

    @override
    def request(self, new: State, *but: str) -> State:
        return super().request(new, *but) | {"MemberId": {"UserId": new["member_id"]}}

    @override
    def _create(self, aws: _aws.Session, new: State) -> tuple[str, State]:
        for _ in range(50):
            try:
                return super()._create(aws, new)
            except Exception as error:
                if code(error) != "ConflictException" or member(error, "Reason") == "CONCURRENT_MODIFICATION":
                    raise
            # Being a member has no content beyond being one: the one that is there is the one that was asked for,
            # unless it is just being deleted under another name of this program.
            id_ = self._current(aws, new)
            if id_ and take(self, aws, id_):
                return id_, self.from_id(id_, aws.region)
            time.sleep(0.2 if id_ else 0)
        message = f"creating {self.entity_of(new)}: it is just being deleted under another name — run it again"
        raise Conflict(message)

    def _current(self, aws: _aws.Session, props: State) -> str | None:
        """Return the id of the place that this person has in this group now, whoever made it."""
        try:
            return self._id_in(self._call(aws, "get", **self.request(self.schema.declared(props))))
        except Exception as error:
            if self._is_gone(aws, "", props, error):
                return None
            raise

    @override
    def _kind(self, aws: _aws.Session, old: State) -> Kind | None:
        if "group_id" not in old:
            return None
        return self._listed(aws, "list_group_memberships", "GroupMemberships", old, GroupId=old["group_id"])

    @override
    def _find(self, aws: _aws.Session, id_: str, old: State, listed: State | None = None) -> State | None:
        answer = listed or self._described(aws, id_, old)
        found = self.schema.from_aws(answer | {"MemberId": answer["MemberId"]["UserId"]})
        return found | {name: last(found[name]) for name in ("group_id", "member_id", "membership_id")}

    @override
    def found_as(self, id_: str, live: State) -> str:
        return f"{id_.partition('/')[0]}/{live['membership_id']}"

    def _described(self, aws: _aws.Session, id_: str, old: State) -> State:
        try:
            return self._call(aws, "describe", **self._ids(id_))
        except Exception as error:
            # Somebody may have taken the person out, and put in again: a member all the same, by another id.
            again = self._current(aws, old) if "group_id" in old and self._is_gone(aws, id_, old, error) else None
            if not again:
                raise
            return self._call(aws, "describe", **self._ids(again))

    @override
    def _update(self, aws: _aws.Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        return {}  # every property of it replaces it

    @override
    def _delete(self, aws: _aws.Session, id_: str, old: State) -> None:
        try:
            self._call(aws, "delete", **self._ids(id_))
        except Exception as error:
            if not self._is_gone(aws, id_, old, error):
                raise
            again = self._current(aws, old)
            if again and leaves(self, aws, again, old):
                self._call(aws, "delete", **self._ids(again))


class IdentityStoreUser(Resource, provider=UserProvider):
    """A person in the directory of IAM Identity Center.

    Creating one gives nobody access and sends no e-mail: access comes with groups and their permission
    sets. Replacing and deleting one ends the person's access at once, with all memberships, and can't be
    undone: a user of the same name is another user.

    IAM: identitystore:CreateUser, GetUserId, DescribeUser, ListUsers, UpdateUser, DeleteUser.

        jo = IdentityStoreUser(
            "jo",
            user_name="jo",
            display_name="Jo Doe",
            name={"given_name": "Jo", "family_name": "Doe"},
            emails=[{"value": "jo@example.com"}],
        )
    """

    identity_store_id: Prop[StoreId] = prop(default=None, config="identityStoreId", replaces=True)
    """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    user_name: Prop[UserName] = prop(replaces=True)
    """The name to sign in with, unique in the store, 1 to 128 characters without spaces."""
    display_name: Prop[Text] = prop()
    """The name that others see, 1 to 1,024 characters, as every text below."""
    name: Prop[Name] = prop()
    """The name in its parts: `family_name` and `given_name`, and, where declared, `formatted`, `middle_name`,
    `honorific_prefix`, `honorific_suffix`."""
    nick_name: Prop[Text | None] = prop(default=None)
    """Another name the person goes by. Unset, here and below: not managed, whatever AWS has."""
    profile_url: Prop[Text | None] = prop(default=None)
    """The address of a page about the person."""
    emails: Prop[Annotated[Sequence[Email], AT_MOST_ONE] | None] = prop(default=None)
    """At most one address: `value`, unique in the store, and `type`, `primary`."""
    addresses: Prop[Annotated[Sequence[Address], AT_MOST_ONE] | None] = prop(default=None)
    """At most one postal address: `street_address`, `locality`, `region`, `postal_code`, `country`,
    `formatted`, `type`, `primary`."""
    phone_numbers: Prop[Annotated[Sequence[PhoneNumber], AT_MOST_ONE] | None] = prop(default=None)
    """At most one number: `value`, `type`, `primary`."""
    user_type: Prop[Text | None] = prop(default=None)
    """What the person is to the organization, such as `Employee`."""
    title: Prop[Text | None] = prop(default=None)
    """The person's job title."""
    preferred_language: Prop[Text | None] = prop(default=None)
    """The language to write to the person in, such as `en-US`."""
    locale: Prop[Text | None] = prop(default=None)
    """The conventions for dates and numbers, such as `en-US`."""
    timezone: Prop[Text | None] = prop(default=None)
    """The time zone, such as `Europe/Berlin`."""
    photos: Prop[Annotated[Sequence[Photo], AT_MOST_THREE] | None] = prop(default=None)
    """At most three photos: `value`, `type`, `display`, `primary`."""
    website: Prop[Text | None] = prop(default=None)
    """The address of the person's own site."""
    birthdate: Prop[Text | None] = prop(default=None)
    """The date of birth, `YYYY-MM-DD`."""
    roles: Prop[Annotated[Sequence[Role], AT_MOST_ONE] | None] = prop(default=None)
    """At most one role in the organization: `value`, `type`, `primary`."""
    extensions: Prop[Mapping[Extension, Mapping[AttributeName, Annotated[Any, AfterValidator(_exact)]]] | None] = prop(
        default=None
    )
    """Attributes of `aws:identitystore:enterprise`, with the keys written as AWS has them, such as
    `employeeNumber`, `costCenter`, `department` (which ones there are is not verified against AWS)."""

    user_id: Computed[str] = computed()
    """The user's id: what a `GroupMembership` takes as `member_id`."""
    user_arn: Computed[str] = computed()
    """The user's ARN."""
    revision: Computed[str] = computed()
    """A number that grows with every change; writes are refused when somebody else has changed the user."""
    external_ids: Computed[list[ExternalId] | None] = computed()
    """By whom the user was provisioned through SCIM, `issuer` and `id`; None for one that was not."""


class Group(Resource, provider=GroupProvider):
    """A group of the directory of IAM Identity Center.

    A group gives access through the permission sets it is assigned to. Replacing and deleting one takes that
    access from every member at once. Groups do not nest.

    IAM: identitystore:CreateGroup, GetGroupId, DescribeGroup, ListGroups, UpdateGroup, DeleteGroup.

        admins = Group("admins", display_name="Admins")
    """

    identity_store_id: Prop[StoreId] = prop(default=None, config="identityStoreId", replaces=True)
    """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    display_name: Prop[Text] = prop()
    """The group's name, unique in the store, 1 to 1,024 characters."""
    description: Prop[Text | None] = prop(default=None)
    """What the group is for, 1 to 1,024 characters. Unset: not managed."""

    group_id: Computed[str] = computed()
    """The group's id: what a `GroupMembership` takes as `group_id`."""
    group_arn: Computed[str] = computed()
    """The group's ARN."""
    revision: Computed[str] = computed()
    """A number that grows with every change; writes are refused when somebody else has changed the group."""
    external_ids: Computed[list[ExternalId] | None] = computed()
    """By whom the group was provisioned through SCIM, `issuer` and `id`; None for one that was not."""


class GroupMembership(Resource, provider=MembershipProvider):
    """One person's place in one group.

    Creating one gives the person what the group may, at once; one that exists already is taken as it is.
    Replacing and deleting one takes it away.

    IAM: identitystore:CreateGroupMembership, GetGroupMembershipId, DescribeGroupMembership,
    ListGroupMemberships, DeleteGroupMembership.

        GroupMembership("jo-admins", group_id=admins.group_id, member_id=jo.user_id)
    """

    identity_store_id: Prop[StoreId] = prop(default=None, config="identityStoreId", replaces=True)
    """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    group_id: Prop[GroupId] = prop(replaces=True)
    """The group's id (or ARN)."""
    member_id: Prop[UserId] = prop(replaces=True)
    """The user's id (or ARN)."""

    membership_id: Computed[str] = computed()
    """The membership's id."""
    membership_arn: Computed[str] = computed()
    """The membership's ARN."""
