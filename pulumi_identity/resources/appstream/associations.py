"""Users' access to stacks of Amazon AppStream 2.0.

API: https://docs.aws.amazon.com/appstream2/latest/APIReference/
Unusual: AWS takes associations in batches, and reports the error of one association in a successful response. An
association has neither an id nor an ARN of its own. Creating an existing association succeeds.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

from typing_extensions import override

from pulumi_identity.aws import process
from pulumi_identity.aws.listings import PAGE, Answer, Listing
from pulumi_identity.aws.visibility import when_visible
from pulumi_identity.errors import code
from pulumi_identity.provider.conflicts import UNANSWERED
from pulumi_identity.provider.declare import Computed, Prop, Resource, computed, prop
from pulumi_identity.provider.ownership import claim_created, claim_existing, has_created, may_delete, release
from pulumi_identity.provider.settings import Region
from pulumi_identity.provider.value_types import Limits, ValueKind

from .account import AppStreamKind
from .users import AppStreamUserKind, UserName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.schema import State

StackName = Annotated[
    str,
    Limits(
        pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,100}$",
        form="the name of a stack: at most 101 letters, digits and _ . -, beginning with a letter or digit",
    ),
    ValueKind.IDENTIFIER,
]
"""Source: the model's Name, which CreateStack takes."""

SERVICE_FAILED = "INTERNAL_ERROR"
"""The code for a failure of AWS. AWS may have executed the request."""

MISSING_USER = frozenset({"USER_NAME_NOT_FOUND", "DIRECTORY_NOT_FOUND"})
"""The codes for a user that does not exist, or that AWS does not find yet."""


class Turns:
    """One lock for each association. A create must not overtake a deletion of the same association."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns: defaultdict[tuple[str, ...], threading.Lock] = defaultdict(threading.Lock)

    def of(self, identity: tuple[str, ...]) -> threading.Lock:
        """Return the lock of an association.

        Args:
            identity: The identity of the association.

        Returns:
            The lock, held during a write.
        """
        with self._lock:
            return self._turns[identity]


class AppStreamUserStackAssociationKind(AppStreamKind):
    """Requests and responses of AppStream for associations."""

    entity = "AppStream User Stack Association"
    noun, plural = "AppStream stack association", "AppStream stack associations"
    deleting = "The person loses access to the stack's applications."
    actions = {
        "create": ("BatchAssociateUserStack", "DescribeUserStackAssociations"),
        "read": ("DescribeUserStackAssociations",),
        "update": (),
        "delete": ("BatchDisassociateUserStack", "DescribeUserStackAssociations"),
    }
    answers = {
        **dict.fromkeys(("BatchAssociateUserStack", "BatchDisassociateUserStack"), ("errors[].ErrorCode",)),
        "DescribeUserStackAssociations": ("UserStackAssociations[].StackName",),
    }
    own_properties = dict.fromkeys(
        ("stack_name", "user_name", "authentication_type", "send_email_notification"),
        "BatchAssociateUserStack takes it in UserStackAssociations",
    )
    takes_existing = True
    id_format = "<stack name>/jo@example.com/USERPOOL"
    id_properties = frozenset({"stack_name", "user_name", "authentication_type"})
    natural_key = ("region", "stack_name", "user_name")
    decides_access = frozenset({"stack_name", "user_name", "authentication_type"})
    usual = {"authentication_type": "USERPOOL"}

    @classmethod
    @override
    def parse_id(cls, id_: str, region: str = "") -> State:
        stack_name, _, user = id_.partition("/")  # a user name can contain slashes, a stack name can't
        user_name, _, authentication_type = user.rpartition("/")
        if not (stack_name and user_name and authentication_type):
            raise cls.not_an_id(id_)
        return {"stack_name": stack_name, "user_name": user_name, "authentication_type": authentication_type}

    @override
    def create(self, aws: Session, new: State) -> tuple[str, State]:
        id_, known = _id(new), {"aws_account_id": aws.account_id}
        with self._turn(aws, id_):
            # AWS does not report that an association already exists, so the association is claimed before the request.
            claim_existing(self, aws, id_, new, "creating")
            try:
                self._associate(aws, new)
            except BaseException:
                release(self, aws, id_, new)
                raise
            claim_created(self, aws, id_, new)
        return id_, known

    @override
    def listing(self, aws: Session, old: State) -> Listing | None:
        if "stack_name" not in old:
            return None

        def pages() -> Iterator[dict[str, Answer]]:
            listing = aws.client("appstream").get_paginator("describe_user_stack_associations")
            for page in listing.paginate(StackName=old["stack_name"], PaginationConfig=PAGE):
                yield {self._id_of(association): association for association in page["UserStackAssociations"]}

        return Listing((self.service, "associations", old["stack_name"]), pages)

    @override
    def read(self, aws: Session, id_: str, old: State, listed: Answer | None = None) -> State | None:
        # Otherwise, credentials for an account without the user or the stack would look like a deleted association.
        self.refuse_elsewhere(id_, old.get("aws_account_id"), lambda: aws.account_id)
        answer = self._described(aws, old) if listed is None else listed
        if answer is None:
            return None
        live = self.schema.from_aws(answer)
        return {name: live[name] for name in self.id_properties} | {"aws_account_id": aws.account_id}

    @override
    def update(self, aws: Session, id_: str, old: State, new: State, changed: frozenset[str]) -> State:
        return {}  # the e-mail is sent at creation only, and every other property replaces

    @override
    def delete(self, aws: Session, id_: str, old: State) -> None:
        self.refuse_elsewhere(id_, old.get("aws_account_id"), lambda: aws.account_id)
        with self._turn(aws, id_):
            if may_delete(self, aws, id_, old):  # a create can have claimed the association during the wait
                self._disassociate(aws, old)

    @override
    def is_gone(self, aws: Session, id_: str, old: State, error: Exception) -> bool:
        if code(error) not in ("STACK_NOT_FOUND", "USER_NAME_NOT_FOUND"):
            return False
        self.refuse_elsewhere(id_, old.get("aws_account_id"), lambda: aws.account_id)
        return True

    def _turn(self, aws: Session, id_: str) -> threading.Lock:
        return process.get(Turns).of(self.identity(aws, id_, {}))

    def _associate(self, aws: Session, new: State) -> None:
        association: Any = self.request(new)

        def attempt() -> None:
            try:
                _require_success(
                    "BatchAssociateUserStack",
                    aws.client("appstream").batch_associate_user_stack(UserStackAssociations=[association]),
                )
            except Exception as error:
                if not self._is_settled(aws, new, error, exists=True):
                    raise

        def may_retry(error: Exception) -> bool:
            return code(error) == SERVICE_FAILED or (code(error) in MISSING_USER and self._has_created(aws, new))

        when_visible(attempt, may_retry)

    def _disassociate(self, aws: Session, old: State) -> None:
        try:
            _require_success(
                "BatchDisassociateUserStack",
                aws.client("appstream").batch_disassociate_user_stack(UserStackAssociations=[self._association(old)]),
            )
        except Exception as error:
            if not self._is_settled(aws, old, error, exists=False):
                raise

    def _is_settled(self, aws: Session, props: State, error: Exception, *, exists: bool) -> bool:
        """Return whether a write that may have been executed has its effect."""
        if code(error) not in UNANSWERED | {SERVICE_FAILED}:
            return False
        try:
            return (self._described(aws, props) is not None) is exists
        except Exception:  # noqa: BLE001  (the error of the write is more useful than the error of this search)
            return False

    def _has_created(self, aws: Session, new: State) -> bool:
        """Return whether this run created the user."""
        return has_created(AppStreamUserKind(), aws, f"{new['user_name']}/{new['authentication_type']}", new)

    def _described(self, aws: Session, props: State) -> Answer | None:
        """Return AWS's response for one association; None if the list in a whole response is empty."""
        from pulumi_identity.aws.answer_errors import OtherEntityError  # noqa: PLC0415  (programs don't pay for boto3)

        client = aws.client("appstream")
        listing = client.get_paginator("describe_user_stack_associations").paginate(**self._association(props))
        pages = [page["UserStackAssociations"] for page in listing]
        found = {self._id_of(association): association for page in pages for association in page}
        if found and _id(props) not in found:
            raise OtherEntityError(
                operation_name="DescribeUserStackAssociations",
                member="UserStackAssociations",
                returned=", ".join(found),
                requested=_id(props),
            )
        return found.get(_id(props))

    def _association(self, props: State) -> Any:
        """Return the three members of each request for one association."""
        return self.schema.to_aws({name: props[name] for name in ("stack_name", "user_name", "authentication_type")})

    def _id_of(self, association: Answer) -> str:
        return _id(self.schema.from_aws(association))


class AppStreamUserStackAssociation(Resource, kind=AppStreamUserStackAssociationKind):
    """The access of one user of the user pool to one stack of Amazon AppStream 2.0.

    Creating an association gives the person the applications of the stack at once. An existing association is adopted.
    Replacing or deleting an association removes the access. The stack is another provider's resource, such as
    `aws.appstream.Stack`. AWS refuses stacks whose fleets are joined to an Active Directory domain.

        AppStreamUserStackAssociation("jo-desktop", stack_name="desktop", user_name=viewer.user_name)
    """

    region: Prop[Region] = prop(default=None, config="region", computed_default=True, replaces=True, write_only=True)
    """The AWS region of the stack and the user pool. Unset: `identity:region`, then AWS_REGION, AWS_DEFAULT_REGION, the
    profile's region. Changing AWS_REGION or the profile later does not replace an association. Changing `region` or
    `identity:region` does."""
    stack_name: Prop[StackName] = prop(replaces=True)
    """The stack's name, at most 101 letters, digits, `_`, `.` and `-`."""
    user_name: Prop[UserName] = prop(replaces=True)
    """The user's e-mail address, as in `AppStreamUser.user_name`. Case matters."""
    authentication_type: Prop[Literal["USERPOOL"]] = prop(default="USERPOOL", replaces=True)
    """The authentication type of the user. AWS accepts only USERPOOL, the default."""
    send_email_notification: Prop[bool | None] = prop(default=None, write_only=True)
    """Whether AWS sends the person an e-mail when the association is created. A later change has no effect. Unset: AWS
    sends none."""

    aws_account_id: Computed[str] = computed()
    """The AWS account of the stack and the user pool, 12 digits."""


def _require_success(operation: str, answer: Answer) -> None:
    """Raise the error that AWS reports for the association."""
    from pulumi_identity.aws.answer_errors import item_error  # noqa: PLC0415  (programs don't pay for boto3)

    if (error := item_error(operation, answer)) is not None:
        raise error


def _id(props: State) -> str:
    return f"{props['stack_name']}/{props['user_name']}/{props['authentication_type']}"
