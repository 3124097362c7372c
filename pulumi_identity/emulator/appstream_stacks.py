"""AppStream's stacks, and the users who see them.

A stack has what an association needs: its name and its descriptive attributes. Fleets are not served.

Source: botocore's model and the API reference. Neither describes a repeated association. The emulator accepts it and
sends the e-mail again.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from typing import Any

from pulumi_identity.aws.regions import partition

from .appstream_users import (
    USERPOOL,
    InvalidParameterCombinationException,
    PoolEmail,
    PoolUser,
    ResourceAlreadyExistsException,
    ResourceNotFoundException,
    check_userpool,
)
from .errors import Caller
from .identifiers import Identifiers
from .pages import BadTokenError, Records

Members = dict[str, Any]

PAGE = 25


class Stacks(ABC):
    """The operations on stacks and associations. The users are the backend's."""

    _identifiers: Identifiers
    emails: list[PoolEmail]

    def reset(self) -> None:
        """Delete the stacks."""
        self._stacks: defaultdict[tuple[str, str], Records[Members]] = defaultdict(Records)

    @abstractmethod
    def _pool(self, caller: Caller) -> Records[PoolUser]:
        """Return the users of a caller."""

    def create_stack(self, caller: Caller, request: Members) -> Members:
        name, stacks = request["Name"], self._stacks_of(caller)
        if name in stacks:
            raise ResourceAlreadyExistsException(f"stack {name} already exists")
        place = f"{caller.region}:{caller.account}:stack"
        attributes = {key: value for key, value in request.items() if key != "Tags"}
        arn = f"arn:{partition(caller.region)}:appstream:{place}/{name}"
        stack = {**attributes, "Arn": arn, "CreatedTime": self._identifiers.now()}
        stacks.add(name, stack)
        return {"Stack": stack}

    def describe_stacks(self, caller: Caller, request: Members) -> Members:
        stacks, names = self._stacks_of(caller), request.get("Names", [])
        for name in names:
            _require(stacks, name)
        selected = Records[Members]()
        for stack in stacks:
            if not names or stack["Name"] in names:
                selected.add(stack["Name"], stack)
        return _page("Stacks", selected, ["stacks", names], request)

    def delete_stack(self, caller: Caller, request: Members) -> Members:
        _require(self._stacks_of(caller), request["Name"])
        self._stacks_of(caller).remove(request["Name"])
        for user in self._pool(caller):
            _end(user, request["Name"])
        return {}

    # --- associations

    def batch_associate_user_stack(self, caller: Caller, request: Members) -> Members:
        return self._associate(caller, request, present=True)

    def batch_disassociate_user_stack(self, caller: Caller, request: Members) -> Members:
        return self._associate(caller, request, present=False)

    def describe_user_stack_associations(self, caller: Caller, request: Members) -> Members:
        user_name, stack = request.get("UserName"), request.get("StackName")
        if user_name is None and stack is None:
            raise InvalidParameterCombinationException("either a user name or a stack name must be specified")
        if user_name is not None:
            check_userpool(request)
        listing: Records[Members] = Records()
        for user in self._pool(caller):
            for association in user.stacks:
                name = association["StackName"]
                if user_name in (None, user.name) and stack in (None, name):
                    listing.add(f"{user.name} {name}", association)
        return _page("UserStackAssociations", listing, [user_name, stack], request)

    # --- shared by the operations

    def _stacks_of(self, caller: Caller) -> Records[Members]:
        return self._stacks[caller.account, caller.region]

    def _associate(self, caller: Caller, request: Members, *, present: bool) -> Members:
        errors = []
        for association in request["UserStackAssociations"]:
            user = self._pool(caller).get(association["UserName"])
            stack = association["StackName"]
            if user is None or association["AuthenticationType"] != USERPOOL:
                code, what = "USER_NAME_NOT_FOUND", f"user {association['UserName']}"
            elif stack not in self._stacks_of(caller):
                code, what = "STACK_NOT_FOUND", f"stack {stack}"
            elif present:
                _end(user, stack)
                user.stacks.add(stack, association)
                if association.get("SendEmailNotification"):
                    self.emails.append(PoolEmail(user.name, stack_name=stack))
                continue
            else:
                _end(user, stack)
                continue
            errors.append(
                {
                    "UserStackAssociation": association,
                    "ErrorCode": code,
                    "ErrorMessage": f"{what} not found",
                }
            )
        return {"errors": errors}


def _require(stacks: Records[Members], name: str) -> None:
    if name not in stacks:
        raise ResourceNotFoundException(f"stack {name} not found")


def _end(user: PoolUser, stack: str) -> None:
    """End the user's association with a stack, if there is one."""
    if stack in user.stacks:
        user.stacks.remove(stack)


def _page(name: str, records: Records[Members], query: object, request: Members) -> Members:
    """Return a page of a listing."""
    try:
        limit = min(request.get("MaxResults") or PAGE, PAGE)
        found, token = records.page(query, limit, request.get("NextToken"))
    except BadTokenError as error:
        raise InvalidParameterCombinationException(str(error)) from error
    answer: Members = {name: found}
    return answer if token is None else {**answer, "NextToken": token}
