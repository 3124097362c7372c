"""Facts about AppStream's user pool and stacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .fact import Certainty, Facts, Refusal, Service

if TYPE_CHECKING:
    from .probe import Probe

FACTS = Facts(Service.APPSTREAM)
fact = FACTS.about

MODEL, DOCUMENTATION, REPORT, UNVERIFIED = Certainty
KIND = "USERPOOL"
NOT_VALID = "InvalidParameterValueException"
COMBINATION = "InvalidParameterCombinationException"


@fact(
    REPORT,
    "cfn-user-guide 485",
    expect=Refusal(NOT_VALID, "Cannot create a user with 'API' authentication type"),
)
def only_the_user_pool_has_users(aws: Probe) -> object:
    """CreateUser refuses authentication types other than USERPOOL."""
    return aws.refusal(lambda: aws.pool_user(AuthenticationType="API"))


@fact(MODEL, "CreateUser", expect=Refusal("ResourceAlreadyExistsException"))
def user_names_are_unique(aws: Probe) -> object:
    """Two users of a region can't have the same user name."""
    name = aws.pool_user()
    return aws.refusal(lambda: aws.pool_user(name))


@fact(UNVERIFIED, "the guide says only that case matters at sign-in", expect=2)
def user_names_are_case_sensitive(aws: Probe) -> object:
    """Two users can have user names that differ only in case."""
    name = aws.name()
    names = [aws.pool_user(f"{name}-{letter}@example.com") for letter in "aA"]
    return len(aws.pool_users(*names))


@fact(MODEL, "CreateUser, DescribeUsers", expect=[set(), True])
def creation_returns_nothing(aws: Probe) -> object:
    """CreateUser returns nothing; DescribeUsers returns the ARN."""
    name = aws.address()
    answer = aws.appstream.create_user(UserName=name, AuthenticationType=KIND, MessageAction="SUPPRESS")
    return [set(answer), [":user/userpool/" in user["Arn"] for user in aws.pool_users(name)] == [True]]


@fact(REPORT, "terraform-provider-aws, resource aws_appstream_user", expect=True)
def users_show_within_minutes(aws: Probe) -> object:
    """DescribeUsers returns a new user within four minutes."""
    return len(aws.pool_users(aws.pool_user())) == 1


@fact(DOCUMENTATION, "API reference, CreateUser and User", expect=[True, "UNCONFIRMED"])
def new_users_are_enabled(aws: Probe) -> object:
    """A new user is enabled, and has the status UNCONFIRMED until the first sign-in."""
    (user,) = aws.pool_users(aws.pool_user())
    return [user["Enabled"], user["Status"]]


@fact(MODEL, "FirstName, LastName", expect=True)
def names_are_ascii(aws: Probe) -> object:
    """First and last names consist of ASCII letters, digits, spaces, `-` and `_`."""
    refusals = [aws.refusal(lambda name=name: aws.pool_user(FirstName=name)) for name in ("José", "O'Brien")]  # type: ignore[misc]
    return all(isinstance(refusal, Refusal) for refusal in refusals)


@fact(UNVERIFIED, "the rule: API reference; its code: no source", expect=Refusal(COMBINATION))
def resending_takes_no_names(aws: Probe) -> object:
    """CreateUser refuses names with the message action RESEND, with InvalidParameterCombinationException."""
    name = aws.pool_user()
    return aws.refusal(lambda: aws.pool_user(name, MessageAction="RESEND", FirstName="Probe"))


@fact(MODEL, "DeleteUser", expect=Refusal("ResourceNotFoundException"))
def deleting_a_missing_user(aws: Probe) -> object:
    """Deleting a user that does not exist is an error."""
    name = aws.address()
    return aws.refusal(lambda: aws.appstream.delete_user(UserName=name, AuthenticationType=KIND))


@fact(MODEL, "BatchAssociateUserStack", expect=["STACK_NOT_FOUND"])
def associations_fail_one_by_one(aws: Probe) -> object:
    """A successful BatchAssociateUserStack can contain errors about single associations."""
    association = {"UserName": aws.pool_user(), "AuthenticationType": KIND, "StackName": aws.name()}
    answer = aws.appstream.batch_associate_user_stack(UserStackAssociations=[association])
    return [error["ErrorCode"] for error in answer["errors"]]


@fact(MODEL, "BatchAssociateUserStack", expect=Refusal())
def associations_have_a_limit(aws: Probe) -> object:
    """BatchAssociateUserStack takes at most 25 associations."""
    association = {"UserName": aws.address(), "AuthenticationType": KIND, "StackName": aws.name()}
    return aws.refusal(lambda: aws.appstream.batch_associate_user_stack(UserStackAssociations=[association] * 26))


@fact(MODEL, "UserStackAssociationErrorCode", expect=["USER_NAME_NOT_FOUND"])
def associations_need_a_user(aws: Probe) -> object:
    """BatchAssociateUserStack reports a user that does not exist as the error of the association."""
    return _associate(aws, _association(aws, user_name=aws.address()))


@fact(UNVERIFIED, "no source", expect=[[], []])
def associations_can_be_repeated(aws: Probe) -> object:
    """BatchAssociateUserStack accepts an association that exists."""
    association = _association(aws)
    errors = [_associate(aws, association) for _ in range(2)]
    aws.appstream.batch_disassociate_user_stack(UserStackAssociations=[association])
    return errors


@fact(UNVERIFIED, "no source", expect=[])
def missing_associations_can_be_ended(aws: Probe) -> object:
    """BatchDisassociateUserStack accepts an association that does not exist."""
    return _errors(aws.appstream.batch_disassociate_user_stack(UserStackAssociations=[_association(aws)]))


@fact(REPORT, "terraform-provider-aws, resource aws_appstream_user_stack_association", expect=[1, 0])
def associations_are_listed_at_once(aws: Probe) -> object:
    """DescribeUserStackAssociations returns a new association at once, and not after it is ended."""
    association = _association(aws)
    _associate(aws, association)
    listed = _listed(aws, **association)
    aws.appstream.batch_disassociate_user_stack(UserStackAssociations=[association])
    return [len(each) if isinstance(each, list) else each for each in (listed, _listed(aws, **association))]


@fact(UNVERIFIED, "no source; the model's list has at least one item", expect=[])
def users_without_associations(aws: Probe) -> object:
    """DescribeUserStackAssociations returns an empty list, and not a response without the list."""
    return _listed(aws, UserName=aws.pool_user(), AuthenticationType=KIND)


@fact(UNVERIFIED, "the model names no error for it", expect=[])
def stacks_that_do_not_exist_have_no_associations(aws: Probe) -> object:
    """DescribeUserStackAssociations returns no association of a stack that does not exist."""
    return _listed(aws, StackName=aws.name())


@fact(MODEL, "DescribeStacks", expect=Refusal("ResourceNotFoundException"))
def stacks_that_do_not_exist(aws: Probe) -> object:
    """DescribeStacks with the name of a stack that does not exist is an error."""
    name = aws.name()
    return aws.refusal(lambda: aws.appstream.describe_stacks(Names=[name]))


@fact(DOCUMENTATION, "API reference, BatchAssociateUserStack", expect=True)
def associations_are_listed(aws: Probe) -> object:
    """DescribeUserStackAssociations returns the stacks that a user sees."""
    stack, user = aws.name(), {"UserName": aws.pool_user(), "AuthenticationType": KIND}
    aws.appstream.create_stack(Name=stack)
    aws.appstream.batch_associate_user_stack(UserStackAssociations=[{**user, "StackName": stack}])
    listed = aws.appstream.describe_user_stack_associations(**user)["UserStackAssociations"]
    aws.appstream.batch_disassociate_user_stack(UserStackAssociations=[{**user, "StackName": stack}])
    return [association["StackName"] for association in listed] == [stack]


def _association(aws: Probe, user_name: str | None = None) -> dict[str, str]:
    """Create a stack and, without a user name, a user. Return their association, which does not exist yet."""
    stack = aws.name()
    aws.appstream.create_stack(Name=stack)
    return {"UserName": user_name or aws.pool_user(), "AuthenticationType": KIND, "StackName": stack}


def _associate(aws: Probe, association: dict[str, str]) -> list[str]:
    """Create an association, and return the codes of the errors."""
    return _errors(aws.appstream.batch_associate_user_stack(UserStackAssociations=[association]))


def _errors(answer: dict[str, Any]) -> list[str]:
    return [error["ErrorCode"] for error in answer.get("errors", ())]


def _listed(aws: Probe, **where: str) -> object:
    """Return the list of associations, or None if the response has no list."""
    return aws.appstream.describe_user_stack_associations(**where).get("UserStackAssociations")
