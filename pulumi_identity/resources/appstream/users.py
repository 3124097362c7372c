"""Users of Amazon AppStream 2.0's user pool.

API: https://docs.aws.amazon.com/appstream2/latest/APIReference/
Unusual: writes return no properties. A user's ARN is only in the listing of the whole pool, where a new user may
take minutes to appear. Until then, state has no `arn`. Addresses are case-sensitive.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator
from typing_extensions import override

from pulumi_identity.aws import process
from pulumi_identity.aws.clock import answered_at
from pulumi_identity.aws.listings import Answer, Listing
from pulumi_identity.errors import IdentityError, code, request_id, translate
from pulumi_identity.provider.conflicts import UNANSWERED
from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.settings import Region
from pulumi_identity.provider.traits import Column, Import, ImportOption
from pulumi_identity.provider.value_types import Limits, printable
from pulumi_identity.provider.watchdog import finish

from . import pool
from .account import AppStreamKind, account_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State


def _address(value: str) -> str:
    if not re.fullmatch(r"[^@]+@[^@]+", value):
        message = "must be an e-mail address, capitalized as the person enters it at sign-in"
        raise ValueError(message)
    return value


def _ascii_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_\-\s]+", value, re.ASCII):
        message = (
            "must contain only letters A to Z, digits, spaces, _ and -; AppStream allows no accents or apostrophes"
        )
        raise ValueError(message)
    return value


UserName = Annotated[str, Limits(max_length=128), printable(), AfterValidator(_address)]
PersonName = Annotated[str, Limits(max_length=2048), AfterValidator(_ascii_name)]
"""Source: the model's UserAttributeValue."""


LISTING_DELAY = timedelta(minutes=10)
"""A user that AWS has not listed for this long does not exist. Source: AWS documents no limit; Terraform's
AWS provider waits up to 4 minutes until a new user is listed. This is more than twice as long."""

APPSTREAM = ImportOption(flag="--appstream", help="Read the users of AppStream's user pool.")


class AppStreamUserKind(AppStreamKind):
    """Requests and responses of AppStream for users."""

    entity = "AppStream User"
    noun, plural = "AppStream user", "AppStream users"
    deleting = "AppStream locks the person out at once."
    actions = {
        "create": ("CreateUser", "DescribeUsers", "DisableUser", "DeleteUser"),
        "read": ("DescribeUsers",),
        "update": ("EnableUser", "DisableUser", "CreateUser", "DescribeUsers", "DeleteUser"),
        "delete": ("DeleteUser",),
    }
    answers = {"DescribeUsers": ("Users[].UserName", "Users[].Arn")}
    own_properties = {"enabled": "EnableUser and DisableUser set it"}
    id_format = "jo@example.com/USERPOOL"
    id_properties = frozenset({"user_name", "authentication_type"})
    natural_key = ("region", "user_name")
    unique = ("user_name",)
    is_person = True
    decides_access = frozenset({"user_name", "authentication_type", "enabled"})
    column = Column(
        key="appstream",
        title="AppStream",
        place="AppStream",
        gets="AppStream",
        property="enabled",
        default=True,
        words={True: "enabled", False: "disabled"},
        locked_out=frozenset({"disabled"}),
    )
    usual = {"authentication_type": "USERPOOL"}
    import_ = Import(
        option=APPSTREAM,
        module="appstream",
        title="The users of AppStream.",
        variable="user",
        progress="AppStream users",
    )
    created = "created_time"
    set_after_creation = frozenset({"enabled"})

    @classmethod
    @override
    def parse_id(cls, id_: str, region: str = "") -> State:
        user_name, _, authentication_type = id_.rpartition("/")
        if not user_name:
            raise cls.not_an_id(id_)
        return {"user_name": user_name, "authentication_type": authentication_type}

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        client = aws.client("appstream")
        request: State = {name: new[name] for name in ("first_name", "last_name") if name in new}
        if new.get("message_action") == "SUPPRESS":  # RESEND has no effect here: a create sends the e-mail
            request["message_action"] = "SUPPRESS"
        disabled = new.get("enabled") is False
        with finish() if disabled else nullcontext():  # a killed engine must not leave a user with access
            created = answered_at(client.create_user(**_who(new), **self.schema.to_aws(request)))
            if disabled:
                try:
                    client.disable_user(**_who(new))
                except Exception as error:  # noqa: BLE001  (raised again; nor must a failed create)
                    raise self._undo(aws, new, error) from None
        try:
            live = pool.new_users(aws).find(new["user_name"])
        except Exception:  # noqa: BLE001  (the user exists, so an error would orphan it; the next refresh reads the rest)
            live = {}
        known = {"created_time": created.isoformat()} if created else {}
        return _id(new), known | self._from_answer(live)

    @override
    def find_id_by_name(self, aws: Session, new: State) -> str | None:
        return _id(new) if new["user_name"] in pool.user_pool(aws).now().users else None

    @override
    def find_taken_key(self, aws: Session, new: State) -> str | None:
        return _id(new) if new["user_name"] in process.get(pool.FirstPools).users(aws) else None

    @override
    def listing(self, aws: Session, old: State) -> Listing | None:
        def pages() -> Iterator[dict[str, Answer]]:
            for page in pool.pages_of(aws):
                yield {_id(self.schema.from_aws(user)): user for user in page["Users"]}

        return Listing((self.service,), pages, to_the_end=True)

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        listed_at = None
        live = listed
        if live is None:
            users, listed_at = pool.user_pool(aws).now()
            live = users.get(old["user_name"])
        if live is not None:
            account = account_in(live["Arn"])
            self._refuse_elsewhere(id_, old, lambda: account)
            return self._from_answer(live)
        if "enabled" in old and _may_be_unlisted(old, listed_at):
            return old  # if it counted as gone, it would be created again
        self._refuse_elsewhere(id_, old, lambda: aws.account_id)
        return None

    @override
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        client = aws.client("appstream")
        self._refuse_elsewhere(id_, old, lambda: aws.account_id)
        try:
            if "enabled" in changed:
                (client.enable_user if new["enabled"] else client.disable_user)(**_who(old))
            if "message_action" in changed and new.get("message_action") == "RESEND":
                client.create_user(**_who(old), MessageAction="RESEND")
        except Exception as error:
            if "arn" in old or code(error) != "ResourceNotFoundException":
                raise
            return self._create_again(aws, new)
        return {}

    @override
    def delete(self, aws: Session, id_: str, old: State) -> None:
        self._refuse_elsewhere(id_, old, lambda: aws.account_id)
        aws.client("appstream").delete_user(**_who(old))

    @override
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        if code(error) != "ResourceNotFoundException":
            return False
        self._refuse_elsewhere(id_, old, lambda: aws.account_id)
        return True

    def _undo(self, aws: Session, new: State, disabling: Exception) -> Exception:
        """Delete a new user that could not be disabled, and return the error of the create."""
        failure = translate(disabling, "creating", self.label(new), self.service)
        try:
            aws.client("appstream").delete_user(**_who(new))
        except Exception as deleting:  # noqa: BLE001  (the returned error names it)
            if code(deleting) == "ResourceNotFoundException":
                return failure or disabling
            lost = {code(disabling), code(deleting)} & UNANSWERED
            error = (type(failure) if failure else IdentityError)(
                f"creating {self.label(new)}: DisableUser failed ({_cause(disabling)}), and so did DeleteUser"
                f" ({_cause(deleting)}); {'the user may exist and be' if lost else 'the user exists and is'} enabled"
                f" — run `aws appstream delete-user --user-name {quote(new['user_name'])} --authentication-type"
                f" {new['authentication_type']} --region {aws.region}`, then run the command again"
            )
            error.code, error.operation, error.request_id = code(disabling), "DisableUser", request_id(disabling)
            return error
        return failure or disabling

    def _create_again(self, aws: Session, new: State) -> State:
        """Create a user again that is in state, but that AWS has never listed and no longer has.

        Returns:
            The properties in AWS's response.

        Raises:
            IdentityError: The user exists, although AWS reported that it does not.
        """
        try:
            return self.create(aws, new)[1]
        except Exception as error:
            if code(error) != "ResourceAlreadyExistsException":
                raise
            remedy = "AWS needs time to make a new user available; run the command again in a few minutes"
            translated = translate(error, "updating", self.label(new), self.service, remedy)
            raise (translated or error) from None

    def _refuse_elsewhere(self, id_: str, old: State, account: Callable[[], str]) -> None:
        self.refuse_elsewhere(id_, account_in(old["arn"]) if "arn" in old else None, account)

    def _from_answer(self, answer: Answer) -> State:
        live = self.schema.from_aws(answer)
        if "created_time" in live:
            live["created_time"] = live["created_time"].astimezone(UTC).isoformat()
        return live


class AppStreamUser(Resource, kind=AppStreamUserKind):
    """A user of the user pool of Amazon AppStream 2.0.

    Creating a user sends a welcome e-mail with a temporary password that is valid for 7 days, unless `message_action`
    is SUPPRESS. The person sees no applications until an `AppStreamUserStackAssociation` associates the user with a
    stack. Replacing or deleting a user ends the person's access at once.

        viewer = AppStreamUser("jo", user_name="jo@example.com", first_name="Jo", last_name="Doe")
    """

    region: Prop[Region] = prop(default=None, config="region", computed_default=True, replaces=True, write_only=True)
    """The AWS region of the user pool. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the profile's
    region. Changing AWS_REGION or the profile later does not replace a user. Changing `region` or `identity:region`
    does."""
    user_name: Prop[UserName] = prop(replaces=True)
    """The e-mail address, at most 128 characters, unique in the region. Sign-in is case-sensitive."""
    authentication_type: Prop[Literal["USERPOOL"]] = prop(default="USERPOOL", replaces=True)
    """The authentication type. AWS accepts only USERPOOL, the default."""
    first_name: Prop[PersonName | None] = prop(default=None, replaces=True)
    """The given name, at most 2,048 letters A to Z, digits, spaces, `_` and `-`. Unset: not managed."""
    last_name: Prop[PersonName | None] = prop(default=None, replaces=True)
    """The family name, with the same limits as `first_name`. Unset: not managed."""
    enabled: Prop[bool] = prop(default=True)
    """Whether the person can sign in. Unset: true."""
    message_action: Prop[Literal["SUPPRESS", "RESEND"] | None] = prop(default=None, write_only=True)
    """SUPPRESS creates the user without a welcome e-mail. A change to RESEND sends the e-mail to an existing user."""

    arn: Computed[str | None] = computed()
    """The user's ARN. None if AWS's listing does not yet contain a new user; the next refresh sets it."""
    status: Computed[str | None] = computed()
    """UNCONFIRMED until the person sets a password, then CONFIRMED. Also ARCHIVED, COMPROMISED or UNKNOWN. None
    if AWS's listing does not yet contain a new user; the next refresh sets it."""
    created_time: Computed[str | None] = computed()
    """The time of creation, in ISO 8601, UTC. Until AWS lists a new user, the time of CreateUser's response."""


def _who(props: State) -> State:
    """Return the two members of each request for one user."""
    return {"UserName": props["user_name"], "AuthenticationType": props["authentication_type"]}


def _id(props: State) -> str:
    return f"{props['user_name']}/{props['authentication_type']}"


def _cause(error: Exception) -> str:
    return code(error) or type(error).__name__


def _may_be_unlisted(old: State, listed_at: datetime | None) -> bool:
    """Return whether a user of state may exist although AWS's listing lacks it."""
    if "arn" in old:
        return False
    if "created_time" not in old or listed_at is None:
        return True  # the age is unknown; an update creates the user again if it no longer exists
    return listed_at - datetime.fromisoformat(old["created_time"]) <= LISTING_DELAY
