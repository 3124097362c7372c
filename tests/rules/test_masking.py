"""AWS's messages repeat values of the request. Any free text in them may be a secret that only the engine knows of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.session import get_session

import pulumi_identity
from pulumi_identity import Denied, IdentityError, Rejected, Unavailable
from pulumi_identity.aws.masking import HIDDEN, mask, texts_of
from pulumi_identity.errors import visible
from pulumi_identity.provider.registry import KINDS

if TYPE_CHECKING:
    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

STORE = "d-1234567890"
VERBS = {
    "user": ("identitystore", "CreateUser", "UpdateUser"),
    "group": ("identitystore", "CreateGroup", "UpdateGroup"),
    "reader": ("quicksight", "RegisterUser", "UpdateUser"),
}
SECRETS: dict[str, dict[str, Any]] = {
    "user": {
        "title": "hunter2",
        "emails": [{"value": "secret@example.com", "type": "work"}],
        "addresses": [{"street_address": "Hidden\tLane 7"}],
        "extensions": {"aws:identitystore:enterprise": {"costCenter": "CC-4711"}},
    },
    "group": {"description": "the group of whistle-blowers"},
    "reader": {"email": "secret@example.com", "tags": {"team": "skunkworks"}},
}


def leaves(value: Any) -> list[str]:
    """Return every text in a value."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in leaves(item)]
    if isinstance(value, list):
        return [text for item in value for text in leaves(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("who", VERBS)
@pytest.mark.parametrize("verb", ["create", "update"])
def test_free_text_of_a_request_is_never_quoted(
    who: str, verb: str, aws: Emulator, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    service, create, update = VERBS[who]
    secrets = SECRETS[who]
    if verb == "update":
        person.up()
        secrets = {name: value for name, value in secrets.items() if name not in ("tags", "extensions")}
    texts = leaves(secrets)
    quoted = " | ".join([*texts, *(text.upper() for text in texts), *(" ".join(text.split()) for text in texts)])
    aws.faults.fail(service, create if verb == "create" else update, "AccessDeniedException", message=f"no: {quoted}.")
    with pytest.raises(Denied) as raised:
        person.up(**secrets)
    line = str(raised.value)
    assert HIDDEN in line
    for text in texts:
        assert text.casefold() not in line.casefold()
        assert " ".join(text.split()) not in line
    assert "[hidden]." in line


def test_what_identifies_the_entity_stays(reader: Person, aws: Emulator) -> None:
    message = "user jo of default in 123456789012 can't be READER with jo@example.com"
    aws.faults.fail("quicksight", "RegisterUser", "AccessDeniedException", message=message)
    with pytest.raises(Denied, match=r"user jo of default in 123456789012 can't be READER with \[hidden\] —"):
        reader.up(user_role="READER", email="jo@example.com")


def test_a_groups_new_name_is_its_natural_key(group: Person, aws: Emulator) -> None:
    group.up()
    aws.faults.fail("identitystore", "UpdateGroup", "ValidationException", message="not displayName Auditors")
    with pytest.raises(Rejected, match="not displayName Auditors"):
        group.up(display_name="Auditors")


def test_a_users_display_name_is_not(user: Person, aws: Emulator) -> None:
    user.up()
    aws.faults.fail("identitystore", "UpdateUser", "ValidationException", message="not displayName Agent Doe")
    with pytest.raises(Rejected, match=r"not displayName \[hidden\] \(AWS"):
        user.up(display_name="Agent Doe")


def test_an_error_without_an_answer_quotes_no_text(user: Person, aws: Emulator, impatient: None) -> None:
    """botocore's own messages can contain the URL of the request."""
    aws.faults.drop("quicksight", "GetSessionEmbedUrl", times=99)
    with pytest.raises(Unavailable, match=r'ConnectionClosedError: .*/session-embed-url"\. — '):
        pulumi_identity.get_session_embed_url(entry_point="/dashboards/x", aws_account_id="123456789012")


SHOWN, SECRET = True, False


@pytest.mark.parametrize(
    ("message", "texts", "masked"),
    [
        ("abc is abcd", {"abc": SECRET, "abcd": SECRET}, "abc is [hidden]"),
        ("secret secret-2", {"secret": SECRET, "secret-2": SECRET}, "[hidden] [hidden]"),
        ("jo.smith of smith", {"jo.smith": SHOWN, "smith": SECRET}, "jo.smith of [hidden]"),
        ("jo@example.com", {"jo@example.com": SHOWN, "JO@example.com": SECRET}, "jo@example.com"),
        ("smithson of smith", {"smith": SHOWN, "smithson": SECRET}, "[hidden] of smith"),
        ("jo.smithson", {"jo.smith": SHOWN, "smithson": SECRET}, "jo.[hidden]"),
        ("two  lines\nof text", {"Two lines of": SECRET}, "[hidden] text"),
        ("a+b.c", {"a.b.c": SECRET}, "a+b.c"),
        ("    ", {"    ": SECRET}, "    "),
        ("x", {}, "x"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_masking_replaces_the_longest_first(message: str, texts: dict[str, bool], masked: str) -> None:
    assert mask(message, texts) == masked


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_shows_its_natural_key(kind: Any) -> None:
    model = get_session().get_service_model(kind.service).operation_model(kind.actions["create"][0])
    assert model.input_shape is not None
    # AppStream takes an association as an item of a list.
    (wrapper, *others), item = model.input_shape.members.items(), model.input_shape
    is_batch = not others and wrapper[1].type_name == "list"
    item = wrapper[1].member if is_batch else item
    members = {member for member in item.members if member.casefold() in _names(kind)}
    request: Any = {member: f"value of {member}" for member in item.members}
    request = {wrapper[0]: [request]} if is_batch else request
    texts = texts_of(model, request)
    assert all(texts[f"value of {member}"] for member in members)
    assert members or kind.references


def _names(kind: Any) -> set[str]:
    return {name.replace("_", "") for name in kind.natural_key}


# Control characters


CONTROL = ["\x1b", "\x07", "\x00", "\x7f", "\x9b", "\u202e", "\u2066", "\u200f"]


@pytest.mark.parametrize("character", [*CONTROL, "\ud800"])
def test_an_error_has_no_control_characters(character: str) -> None:
    assert visible(f"a{character}b\nc") == "a\N{REPLACEMENT CHARACTER}b c"
    assert str(IdentityError(f"a{character}b")) == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("character", CONTROL)
def test_awss_control_characters_reach_no_terminal(user: Person, aws: Emulator, character: str) -> None:
    aws.faults.fail("identitystore", "CreateUser", "AccessDeniedException", message=f"no{character}[31m")
    with pytest.raises(Denied, match=r": no\ufffd\[31m — "):
        user.up()


@pytest.mark.parametrize("text", ["Zoë 李雷", "नमस्ते", "می‌خواهم", "👩‍💻", "a — b"])
def test_other_characters_stay(text: str) -> None:
    assert visible(text) == text
