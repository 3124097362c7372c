"""AppStream 2.0's user pools, one for each account and region.

Source: botocore's model and the API reference. Where both are silent, the emulator is strict: it does not resend a
welcome message to a user who has signed in.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .errors import DEFAULT_ACCOUNT, DEFAULT_REGION, AwsError, Caller, ValidationException
from .identifiers import Identifiers
from .pages import BadTokenError, Records

Members = dict[str, Any]

PAGE = 60


class InvalidParameterCombinationException(AwsError):
    """Parameters that exclude each other, or a missing parameter."""


class OperationNotPermittedException(AwsError):
    """An operation that the state of the user does not allow."""


class ResourceAlreadyExistsException(AwsError):
    """A user name that is already in use."""


class ResourceNotFoundException(AwsError):
    """A user that is not in the pool."""


@dataclass
class PoolUser:
    """A user of the pool. The names and the e-mail address can't change."""

    name: str
    arn: str
    names: Members
    created: datetime
    enabled: bool = True
    status: str = "UNCONFIRMED"
    visible_at: float = 0.0  # by the monotonic clock
    hidden_listings: int = 0
    stacks: dict[str, Members] = field(default_factory=dict)

    def answer(self) -> Members:
        """Return the user in the form of DescribeUsers."""
        return {
            "Arn": self.arn,
            "UserName": self.name,
            "Enabled": self.enabled,
            "Status": self.status,
            **self.names,
            "CreatedTime": self.created,
            "AuthenticationType": "USERPOOL",
        }


@dataclass(frozen=True)
class WelcomeEmail:
    """A welcome message that AWS would send."""

    user_name: str
    resent: bool


class AppStream:
    """The service `appstream`: each operation is a method of its snake_case name.

    - `visible_after`: the seconds until a new user appears in DescribeUsers.
    - `hidden_listings`: the number of complete listings without a new user.
    - `emails`: the welcome messages, oldest first.
    - `stacks`: the names of the stacks for associations.
    """

    def __init__(self, identifiers: Identifiers, visible_after: float = 0.0) -> None:
        self.lock = threading.RLock()
        self._identifiers = identifiers
        self.visible_after = visible_after
        self.hidden_listings = 0
        self.reset()

    def reset(self) -> None:
        """Delete all users, stacks and messages."""
        self.emails: list[WelcomeEmail] = []
        self.stacks: set[str] = set()
        self._pools: dict[tuple[str, str], Records[PoolUser]] = defaultdict(Records)

    @staticmethod
    def refuse(problems: list[str]) -> AwsError:
        """Return the error for a request that violates the model."""
        return ValidationException("; ".join(problems))

    def create_user(self, caller: Caller, request: Members) -> Members:
        _check_userpool(request)
        name, action = request["UserName"], request.get("MessageAction")
        pool = self._pool(caller)
        names: Members = {key: request[key] for key in ("FirstName", "LastName") if key in request}
        if action == "RESEND":
            if names:
                raise InvalidParameterCombinationException(
                    "first and last name must not be specified with the message action RESEND"
                )
            user = _get(pool, name)
            if user.status == "CONFIRMED":
                raise OperationNotPermittedException(
                    f"user {name} has set a password: the welcome message can't be sent again"
                )
            self.emails.append(WelcomeEmail(name, resent=True))
            return {}
        if "@" not in name.strip("@"):
            raise InvalidParameterCombinationException(f"{name} is not an e-mail address")
        if name in pool:
            raise ResourceAlreadyExistsException(f"user {name} already exists")
        self._add(caller, name, names)
        if action != "SUPPRESS":
            self.emails.append(WelcomeEmail(name, resent=False))
        return {}

    def describe_users(self, caller: Caller, request: Members) -> Members:
        _check_userpool(request)
        limit = request.get("MaxResults", PAGE)
        if limit < 1:
            raise ValidationException("MaxResults must be 1 or more")
        try:
            here = [caller.account, caller.region]
            pool = self._pool(caller)
            users, token = pool.page(here, min(limit, PAGE), request.get("NextToken"))
        except BadTokenError as error:
            raise InvalidParameterCombinationException(str(error)) from error
        now = time.monotonic()
        answer: Members = {"Users": [user.answer() for user in users if _seen(user, now)]}
        return answer if token is None else {**answer, "NextToken": token}

    def enable_user(self, caller: Caller, request: Members) -> Members:
        return self._switch(caller, request, enabled=True)

    def disable_user(self, caller: Caller, request: Members) -> Members:
        return self._switch(caller, request, enabled=False)

    def delete_user(self, caller: Caller, request: Members) -> Members:
        _check_userpool(request)
        pool = self._pool(caller)
        pool.remove(_get(pool, request["UserName"]).name)
        return {}

    def batch_associate_user_stack(self, caller: Caller, request: Members) -> Members:
        return self._associate(caller, request, present=True)

    def batch_disassociate_user_stack(self, caller: Caller, request: Members) -> Members:
        return self._associate(caller, request, present=False)

    def describe_user_stack_associations(self, caller: Caller, request: Members) -> Members:
        user_name, stack = request.get("UserName"), request.get("StackName")
        if user_name is None and stack is None:
            raise InvalidParameterCombinationException("either a user name or a stack name must be specified")
        if user_name is not None:
            _check_userpool(request)
        listing: Records[Members] = Records()
        for user in self._pool(caller):
            for name, association in user.stacks.items():
                if user_name in (None, user.name) and stack in (None, name):
                    listing.add(f"{user.name} {name}", association)
        try:
            limit = min(request.get("MaxResults") or 25, 25)
            found, token = listing.page([user_name, stack], limit, request.get("NextToken"))
        except BadTokenError as error:
            raise InvalidParameterCombinationException(str(error)) from error
        answer: Members = {"UserStackAssociations": found} if found else {}
        return answer if token is None else {**answer, "NextToken": token}

    # --- acting as AWS, or as the user

    def sign_in(self, user_name: str, account: str = DEFAULT_ACCOUNT, region: str = DEFAULT_REGION) -> None:
        """Set a password as the user: the status becomes CONFIRMED.

        Args:
            user_name: The user name.
            account: The account of the pool.
            region: The region of the pool.

        Raises:
            ResourceNotFoundException: The user does not exist.
        """
        with self.lock:
            _get(self._pool(Caller(account, region)), user_name).status = "CONFIRMED"

    def seed_users(
        self, user_names: Iterable[str], account: str = DEFAULT_ACCOUNT, region: str = DEFAULT_REGION
    ) -> None:
        """Add visible users without HTTP, validation or welcome messages.

        Args:
            user_names: The user names.
            account: The account of the pool.
            region: The region of the pool.
        """
        caller = Caller(account, region)
        with self.lock:
            for name in user_names:
                user = self._add(caller, name, {"FirstName": "Seed", "LastName": "User"})
                user.visible_at, user.hidden_listings = 0.0, 0

    # --- shared by the operations

    def _pool(self, caller: Caller) -> Records[PoolUser]:
        return self._pools[caller.account, caller.region]

    def _add(self, caller: Caller, name: str, names: Members) -> PoolUser:
        pool = f"arn:aws:appstream:{caller.region}:{caller.account}:user/userpool"
        user = PoolUser(
            name,
            f"{pool}/{self._identifiers.uuid(pool, name)}",
            names,
            self._identifiers.now(),
            visible_at=time.monotonic() + self.visible_after,
            hidden_listings=self.hidden_listings,
        )
        self._pool(caller).add(name, user)
        return user

    def _switch(self, caller: Caller, request: Members, *, enabled: bool) -> Members:
        _check_userpool(request)
        _get(self._pool(caller), request["UserName"]).enabled = enabled
        return {}

    def _associate(self, caller: Caller, request: Members, *, present: bool) -> Members:
        errors = []
        for association in request["UserStackAssociations"]:
            user = self._pool(caller).get(association["UserName"])
            stack = association["StackName"]
            if user is None or association["AuthenticationType"] != "USERPOOL":
                code, what = "USER_NAME_NOT_FOUND", f"user {association['UserName']}"
            elif stack not in self.stacks:
                code, what = "STACK_NOT_FOUND", f"stack {stack}"
            elif present:
                user.stacks[stack] = association
                continue
            else:
                user.stacks.pop(stack, None)
                continue
            errors.append(
                {
                    "UserStackAssociation": association,
                    "ErrorCode": code,
                    "ErrorMessage": f"{what} not found",
                }
            )
        return {"errors": errors}


def _check_userpool(request: Members) -> None:
    kind = request.get("AuthenticationType")
    if kind != "USERPOOL":
        raise InvalidParameterCombinationException(f"authentication type must be USERPOOL, not {kind}")


def _get(pool: Records[PoolUser], name: str) -> PoolUser:
    user = pool.get(name)
    if user is None:
        raise ResourceNotFoundException(f"user {name} not found in the user pool")
    return user


def _seen(user: PoolUser, now: float) -> bool:
    if user.hidden_listings:
        user.hidden_listings -= 1
        return False
    return now >= user.visible_at
