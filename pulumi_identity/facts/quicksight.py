"""Facts about QuickSight's users and sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .fact import Certainty, Facts, Mode, Refusal, Service

if TYPE_CHECKING:
    from .probe import Probe

FACTS = Facts(Service.QUICKSIGHT)
fact = FACTS.about

MODEL, DOCUMENTATION, REPORT, UNVERIFIED = Certainty
BAD = "InvalidParameterValueException"
DENIED = "AccessDeniedException"
DISABLED = "Operation is disabled for identities managed by IAM Identity Center"
NOT_VALID = Refusal(BAD)
NOT_FOUND = Refusal("ResourceNotFoundException")
PROVIDER = "terraform-provider-aws"


def _name(answer: dict[str, Any]) -> str:
    return str(answer["User"]["UserName"])


# --- registration


@fact(
    REPORT,
    f"{PROVIDER} 20389",
    expect=Refusal(
        "InvalidParameterValueException",
        "The following parameters are not applicable to this identity type: User Name.",
    ),
)
def names_of_iam_users_are_refused(aws: Probe) -> object:
    """RegisterUser refuses a UserName for the identity type IAM."""
    given = {"IdentityType": "IAM", "UserName": aws.name(), "Email": "probe@example.com", "UserRole": "READER"}
    return aws.refusal(lambda: aws.quicksight.register_user(**given))


@fact(
    REPORT,
    f"{PROVIDER} 17406",
    expect=Refusal(BAD, "Invalid resource identifiers provided."),
)
def iam_users_need_an_arn(aws: Probe) -> object:
    """RegisterUser needs an IamArn for the identity type IAM."""
    return aws.refusal(lambda: aws.registered(IdentityType="IAM", SessionName=aws.name()))


@fact(REPORT, f"{PROVIDER} 42944", expect=True, mode=Mode.IAM_ROLE)
def users_of_a_role_are_named_after_it(aws: Probe) -> object:
    """The user of an IAM role is called `RoleName/SessionName`."""
    role, session = str(aws.account.iam_role), aws.name()
    user = aws.registered(IdentityType="IAM", IamArn=role, SessionName=session)
    return _name(user) == f"{role.rpartition('/')[2]}/{session}"


@fact(DOCUMENTATION, "QuickSight user guide, on user names", expect=NOT_VALID)
def semicolons_in_names(aws: Probe) -> object:
    """A user name can't contain `;`."""
    return aws.refusal(lambda: aws.registered(f"{aws.name()};"))


@fact(REPORT, f"{PROVIDER}, acceptance tests", expect=True)
def addresses_without_an_at_sign(aws: Probe) -> object:
    """An e-mail address without `@` is accepted."""
    name = aws.name()
    return aws.registered(Email=name)["User"]["Email"] == name


@fact(UNVERIFIED, "no source", expect=True)
def addresses_can_be_shared(aws: Probe) -> object:
    """Two users can have the same e-mail address."""
    address = aws.address()
    return _name(aws.registered(Email=address)) != _name(aws.registered(Email=address))


@fact(MODEL, "RegisterUser", expect=Refusal("ResourceExistsException"))
def user_names_are_unique(aws: Probe) -> object:
    """Two users of a namespace can't have the same user name."""
    name = aws.name()
    aws.registered(name)
    return aws.refusal(lambda: aws.registered(name))


@fact(REPORT, f"{PROVIDER} 40556", expect=[True, False])
def invitations_are_returned_once(aws: Probe) -> object:
    """Only RegisterUser returns the invitation URL, and the user is inactive until the person opens it."""
    user = aws.registered()
    described = aws.quicksight.describe_user(UserName=_name(user))
    return ["UserInvitationUrl" in user and "UserInvitationUrl" not in described, described["User"]["Active"]]


@fact(MODEL, "RegisterUser, Tags", expect=[{"Key": "probe", "Value": "yes"}])
def registration_sets_tags(aws: Probe) -> object:
    """RegisterUser sets tags, and ListTagsForResource returns them."""
    user = aws.registered(Tags=[{"Key": "probe", "Value": "yes"}])
    client = aws.account.client("quicksight", aws.account.quicksight_region)
    return client.list_tags_for_resource(ResourceArn=user["User"]["Arn"])["Tags"]


# --- updates


@fact(REPORT, f"{PROVIDER} 43508", expect="AUTHOR")
def roles_rise_in_place(aws: Probe) -> object:
    """UpdateUser changes a reader into an author."""
    name, address = aws.name(), aws.address()
    aws.registered(name, Email=address)
    return aws.quicksight.update_user(UserName=name, Email=address, Role="AUTHOR")["User"]["Role"]


@fact(UNVERIFIED, f"the refusal: {PROVIDER} 43508; its code: no source", expect=NOT_VALID)
def roles_do_not_fall_in_place(aws: Probe) -> object:
    """UpdateUser refuses to change an author into a reader, with InvalidParameterValueException."""
    name, address = aws.name(), aws.address()
    aws.registered(name, "AUTHOR", Email=address)
    return aws.refusal(lambda: aws.quicksight.update_user(UserName=name, Email=address, Role="READER"))


@fact(UNVERIFIED, "no source", expect=NOT_VALID)
def pro_roles_do_not_fall_in_place(aws: Probe) -> object:
    """UpdateUser also refuses to change an author into a READER_PRO."""
    name, address = aws.name(), aws.address()
    aws.registered(name, "AUTHOR", Email=address)
    return aws.refusal(lambda: aws.quicksight.update_user(UserName=name, Email=address, Role="READER_PRO"))


@fact(MODEL, "UpdateUser", expect=[True, True])
def updates_need_address_and_role(aws: Probe) -> object:
    """UpdateUser needs the e-mail address and the role."""
    name = _name(aws.registered())
    refusals = [
        aws.refusal(lambda: aws.quicksight.update_user(UserName=name, Email="probe@example.com")),
        aws.refusal(lambda: aws.quicksight.update_user(UserName=name, Role="READER")),
    ]
    return [isinstance(refusal, Refusal) for refusal in refusals]


@fact(DOCUMENTATION, "the user guide, on managing users", expect="AUTHOR")
def roles_show_within_minutes(aws: Probe) -> object:
    """DescribeUser returns a changed role within five minutes."""
    name, address = aws.name(), aws.address()
    aws.registered(name, Email=address)
    aws.quicksight.update_user(UserName=name, Email=address, Role="AUTHOR")
    return aws.eventually(lambda: aws.quicksight.describe_user(UserName=name)["User"]["Role"], "AUTHOR", 300)


# --- sessions


@fact(DOCUMENTATION, "API reference, GetSessionEmbedUrl", expect=True)
def authors_have_sessions(aws: Probe) -> object:
    """GetSessionEmbedUrl returns a URL for an author."""
    arn = aws.registered(role="AUTHOR")["User"]["Arn"]
    return str(_session(aws, arn)["EmbedUrl"]).startswith("https://")


@fact(DOCUMENTATION, "API reference, GetSessionEmbedUrl", expect=Refusal())
def readers_have_no_sessions(aws: Probe) -> object:
    """GetSessionEmbedUrl refuses readers."""
    arn = aws.registered()["User"]["Arn"]
    return aws.refusal(lambda: _session(aws, arn))


@fact(UNVERIFIED, "no source", expect=NOT_VALID)
def code_of_sessions_for_readers(aws: Probe) -> object:
    """The refusal of a session for a reader has the code InvalidParameterValueException."""
    arn = aws.registered()["User"]["Arn"]
    return aws.refusal(lambda: _session(aws, arn))


@fact(DOCUMENTATION, "QuickSight user guide, on e-mail addresses", expect=NOT_FOUND)
def contexts_by_address_are_case_sensitive(aws: Probe) -> object:
    """GetIdentityContext finds a user by the e-mail address only with the same case."""
    name = aws.name()
    aws.registered(Email=f"{name}-a@example.com")
    identifier = {"Email": f"{name}-A@example.com"}
    return aws.refusal(lambda: aws.quicksight.get_identity_context(UserIdentifier=identifier))


def _session(aws: Probe, arn: str) -> Any:
    client = aws.account.client("quicksight", aws.account.quicksight_region)
    return client.get_session_embed_url(AwsAccountId=aws.account.quicksight, UserArn=arn)


# --- places


@fact(REPORT, "aws-nuke 511; cloud-custodian 10168", expect=Refusal(DENIED, "your identity region is"))
def users_are_in_the_identity_region(aws: Probe) -> object:
    """Outside the identity region, requests about users are refused, and the error names the identity region."""
    other = "us-west-2" if aws.account.quicksight_region != "us-west-2" else "us-east-1"
    return aws.refusal(aws.quicksight_in(other).list_users)


@fact(REPORT, f"{PROVIDER} 39168", expect=NOT_FOUND)
def missing_namespace(aws: Probe) -> object:
    """A missing namespace is the same error as a missing user: ResourceNotFoundException."""
    return aws.refusal(lambda: aws.quicksight.list_users(Namespace=aws.name()))


@fact(MODEL, "DescribeUser", expect=NOT_FOUND)
def missing_user(aws: Probe) -> object:
    """A missing user is a ResourceNotFoundException."""
    return aws.refusal(lambda: aws.quicksight.describe_user(UserName=aws.name()))


# --- other accounts


@fact(REPORT, "aws-cli 6478; aws-sdk 135; aws-nuke 312", expect={"N/A"}, mode=Mode.NO_PRINCIPAL)
def users_without_a_principal(aws: Probe) -> object:
    """If the IAM user or role is deleted, the UserName and the Arn of its QuickSight user are `N/A`."""
    users = aws.quicksight.list_users()["UserList"]
    gone = [user for user in users if "N/A" in (user["UserName"], user["Arn"])]
    return {user[member] for user in gone for member in ("UserName", "Arn")}


@fact(
    REPORT,
    "dataall 1408; analytical-platform 8098",
    expect=Refusal(DENIED, DISABLED),
    mode=Mode.IDENTITY_CENTER,
)
def identity_center_manages_users(aws: Probe) -> object:
    """If IAM Identity Center manages QuickSight's users, they can't be registered."""
    return aws.refusal(lambda: aws.registered(IdentityType="IAM_IDENTITY_CENTER"))
