"""Users of IAM Identity Center's identity store.

API: https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator
from typing_extensions import override

from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.traits import Column, Import, ReadOption

from .store import IDENTITY_STORE, RevisedKind
from .types import (
    AT_MOST_ONE,
    AT_MOST_THREE,
    Address,
    AttributeName,
    Email,
    Extension,
    ExternalId,
    Name,
    PhoneNumber,
    Photo,
    Role,
    StoreId,
    Text,
    UserName,
    distinct_names,
    exact_numbers,
)

if TYPE_CHECKING:
    from pulumi_identity.aws.listings import Answer
    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State


Attributes = Annotated[
    Mapping[AttributeName, Annotated[Any, AfterValidator(exact_numbers)]], AfterValidator(distinct_names)
]

RENAME = (
    'keep the old name, or replace the user with opts=ResourceOptions(replace_on_changes=["user_name"]); replacing'
    " ends the person's access and all memberships"
)


class IdentityStoreUserKind(RevisedKind):
    """Requests and responses of the identity store for users."""

    entity = "IAM Identity Center User"
    noun, plural = "user", "users"
    deleting = (
        "The person loses all access and all memberships at once. A new user of the same name does not get them back."
    )
    actions = {
        "create": ("CreateUser", "GetUserId", "DescribeUser"),
        "read": ("DescribeUser", "ListUsers"),
        "update": ("UpdateUser", "DescribeUser"),
        "delete": ("DeleteUser", "DescribeUser"),
    }
    id_format = "d-1234567890/<user id>"
    id_properties = frozenset({"identity_store_id", "user_id", "user_arn"})
    natural_key = ("identity_store_id", "user_name")
    unique = ("user_name", "emails[0].value")
    gone = frozenset({"USER"})
    is_person = True
    decides_access = frozenset({"identity_store_id", "user_name", "emails"})
    sign_in = frozenset({"emails[0].value"})
    column = Column(
        key="directory",
        title="Directory",
        place="the directory",
        gets="into the directory",
        is_directory=True,
        word="user",
    )
    refused = {"user_name": RENAME}
    import_ = Import(
        option=IDENTITY_STORE,
        module="people",
        title="The people of the directory.",
        variable="person",
        progress="people",
        more=(
            ReadOption(
                flag="--extensions",
                help="Also import people's enterprise attributes, such as employee numbers.",
                asks={"extensions": {"aws:identitystore:enterprise": {}}},
            ),
        ),
    )

    @override
    def _request_more(self, old: State) -> State:
        # AWS returns extensions only on request.
        return {"Extensions": sorted(old["extensions"])} if old.get("extensions") else {}

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        live = super().read(aws, id_, old, listed)
        return live and _spelled_like(old, live)

    @override
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        return super().update(aws, id_, _spelled_like(new, old), new, changed)

    @override
    def changed_inputs(self, olds: State, news: State) -> frozenset[str]:
        return super().changed_inputs(_spelled_like(news, olds), news)


def _spelled_like(declared: State, props: State) -> State:
    """Return properties whose enterprise attributes have the case of the declared names."""
    known = props.get("extensions")
    if not isinstance(known, Mapping) or not isinstance(declared.get("extensions"), Mapping):
        return props
    extensions = dict(known)
    for extension, attributes in declared["extensions"].items():
        if isinstance(attributes, Mapping) and isinstance(known.get(extension), Mapping):
            names = {name.casefold(): name for name in attributes}
            extensions[extension] = {
                names.get(name.casefold(), name): value for name, value in known[extension].items()
            }
    return props | {"extensions": extensions}


class IdentityStoreUser(Resource, kind=IdentityStoreUserKind):
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

    identity_store_id: Prop[StoreId] = prop(default=None, config="identityStoreId", replaces=True)
    """The identity store, `d-` and ten hexadecimal digits. Unset: `identity:identityStoreId`."""
    user_name: Prop[UserName] = prop()
    """The name for sign-in, unique in the store, 1 to 128 characters without spaces. A change renames the person in
    place, which is not verified against AWS."""
    display_name: Prop[Text] = prop()
    """The name that others see, 1 to 1,024 characters."""
    name: Prop[Name] = prop()
    """The parts of the name: `family_name` and `given_name`. Optional parts: `formatted`, `middle_name`,
    `honorific_prefix`, `honorific_suffix`. For a person with a single name, set the other part to a single space."""
    nick_name: Prop[Text | None] = prop(default=None)
    """Another name of the person. Unset: not managed."""
    profile_url: Prop[Text | None] = prop(default=None)
    """The URL of a page about the person. Unset: not managed."""
    emails: Prop[Annotated[Sequence[Email], AT_MOST_ONE] | None] = prop(default=None)
    """At most one e-mail address: `value`, `type`, `primary`. The value is unique in the store. Set `primary` to True:
    AWS uses only a primary address for attribute mappings, so SAML sign-in to applications fails without one. Unset:
    not managed."""
    addresses: Prop[Annotated[Sequence[Address], AT_MOST_ONE] | None] = prop(default=None)
    """At most one postal address: `street_address`, `locality`, `region`, `postal_code`, `country`,
    `formatted`, `type`, `primary`. Unset: not managed."""
    phone_numbers: Prop[Annotated[Sequence[PhoneNumber], AT_MOST_ONE] | None] = prop(default=None)
    """At most one phone number: `value`, `type`, `primary`. Unset: not managed."""
    user_type: Prop[Text | None] = prop(default=None)
    """The person's relation to the organization, such as `Employee`. Unset: not managed."""
    title: Prop[Text | None] = prop(default=None)
    """The person's job title. Unset: not managed."""
    preferred_language: Prop[Text | None] = prop(default=None)
    """The person's preferred language, such as `en-US`. Unset: not managed."""
    locale: Prop[Text | None] = prop(default=None)
    """The locale for dates and numbers, such as `en-US`. Unset: not managed."""
    timezone: Prop[Text | None] = prop(default=None)
    """The time zone, such as `Europe/Berlin`. Unset: not managed."""
    photos: Prop[Annotated[Sequence[Photo], AT_MOST_THREE] | None] = prop(default=None)
    """At most three photos: `value`, `type`, `display`, `primary`. Unset: not managed."""
    website: Prop[Text | None] = prop(default=None)
    """The URL of the person's own site. Unset: not managed."""
    birthdate: Prop[Text | None] = prop(default=None)
    """The date of birth, `YYYY-MM-DD`. Unset: not managed."""
    roles: Prop[Annotated[Sequence[Role], AT_MOST_ONE] | None] = prop(default=None)
    """At most one role in the organization: `value`, `type`, `primary`. Unset: not managed."""
    extensions: Prop[Mapping[Extension, Attributes] | None] = prop(default=None)
    """Attributes of `aws:identitystore:enterprise`, such as `employeeNumber`, `costCenter`, `department`. The case of
    these names does not matter. A number is smaller than 2**53. These names are not verified against AWS.
    Unset: not managed."""

    user_id: Computed[str] = computed()
    """The user's id. A `GroupMembership` takes it as `member_id`."""
    user_arn: Computed[str] = computed()
    """The user's ARN."""
    revision: Computed[str] = computed()
    """A number that grows with every change. AWS rejects a write if another writer has changed the user since."""
    external_ids: Computed[list[ExternalId] | None] = computed()
    """The identity providers that manage the user through SCIM: `issuer` and `id`. None if none does."""
