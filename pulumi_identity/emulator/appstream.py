"""AppStream 2.0's user pools, one for each account and region. Stacks are in `appstream_stacks`.

Source: botocore's model and the API reference. Where both are silent, the emulator is strict: it does not resend a
welcome message to a user who has signed in.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pulumi_identity.aws.regions import partition

from .appstream_stacks import Stacks
from .appstream_users import (
    USERPOOL,
    InvalidParameterCombinationException,
    InvalidParameterValueException,
    OperationNotPermittedException,
    PoolEmail,
    PoolUser,
    ResourceAlreadyExistsException,
    check_userpool,
    get_user,
)
from .errors import DEFAULT_ACCOUNT, DEFAULT_REGION, AwsError, Caller, ValidationException
from .identifiers import Identifiers
from .pages import BadTokenError, Records

Members = dict[str, Any]

PAGE = 60


class AppStream(Stacks):
    """The service `appstream`: each operation is a method of its snake_case name.

    - `visible_after`: the seconds until a new user appears in DescribeUsers.
    - `hidden_listings`: the number of complete listings without a new user.
    - `emails`: the welcome messages and the e-mails about associations, oldest first.
    """

    def __init__(self, identifiers: Identifiers, visible_after: float = 0.0) -> None:
        self.lock = threading.RLock()
        self._identifiers = identifiers
        self.visible_after = visible_after
        self.hidden_listings = 0
        self.reset()

    def reset(self) -> None:
        """Delete all users, stacks and messages."""
        self.emails: list[PoolEmail] = []
        super().reset()
        self._pools: dict[tuple[str, str], Records[PoolUser]] = defaultdict(Records)

    @staticmethod
    def refuse(problems: list[str]) -> AwsError:
        """Return the error for a request that violates the model."""
        return ValidationException("; ".join(problems))

    def create_user(self, caller: Caller, request: Members) -> Members:
        kind = request["AuthenticationType"]
        if kind != USERPOOL:
            raise InvalidParameterValueException(f"Cannot create a user with '{kind}' authentication type")
        name, action = request["UserName"], request.get("MessageAction")
        pool = self._pool(caller)
        names: Members = {key: request[key] for key in ("FirstName", "LastName") if key in request}
        if action == "RESEND":
            if names:
                raise InvalidParameterCombinationException(
                    "first and last name must not be specified with the message action RESEND"
                )
            user = get_user(pool, name)
            if user.status == "CONFIRMED":
                raise OperationNotPermittedException(
                    f"user {name} has set a password: the welcome message can't be sent again"
                )
            self.emails.append(PoolEmail(name, resent=True))
            return {}
        if "@" not in name.strip("@"):
            raise InvalidParameterCombinationException(f"{name} is not an e-mail address")
        if name in pool:
            raise ResourceAlreadyExistsException(f"user {name} already exists")
        self._add(caller, name, names)
        if action != "SUPPRESS":
            self.emails.append(PoolEmail(name))
        return {}

    def describe_users(self, caller: Caller, request: Members) -> Members:
        check_userpool(request)
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
        check_userpool(request)
        pool = self._pool(caller)
        pool.remove(get_user(pool, request["UserName"]).name)
        return {}

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
            get_user(self._pool(Caller(account, region)), user_name).status = "CONFIRMED"

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
        pool = f"arn:{partition(caller.region)}:appstream:{caller.region}:{caller.account}:user/userpool"
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
        check_userpool(request)
        get_user(self._pool(caller), request["UserName"]).enabled = enabled
        return {}


def _seen(user: PoolUser, now: float) -> bool:
    if user.hidden_listings:
        user.hidden_listings -= 1
        return False
    return now >= user.visible_at
