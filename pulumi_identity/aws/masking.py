"""Masking of AWS's messages: they repeat values of the request, and any free text can be a secret of the program.

Pulumi does not mark secrets for providers, so every free text of the request is replaced. Names that identify an
entity, ids, ARNs and values of enumerations stay readable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from .answers import request_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN = "[hidden]"
"""The text in place of a value."""

SHORTEST = 4
"""The length from which a value is replaced. Shorter texts are part of too many words."""

_IDS = re.compile(
    r".*Arn|IdentityStoreId|UserId|GroupId|MembershipId|PrincipalId|AwsAccountId|Namespace|Revision|AttributePath"
)
"""Members of requests that hold ids and other values that are no free text."""

_QUERY = re.compile(r"(?<=\S)\?[^\s\"]+=[^\s\"]*")
"""The query of a URL, whose values are encoded."""

_NAMES: dict[tuple[str, str], frozenset[str]] = {}
"""Service and operation → the members that hold the natural key, in lower case."""


def show(service: str, operations: Iterable[str], members: Iterable[str]) -> None:
    """Keep members of requests readable.

    Args:
        service: boto3's name of the service.
        operations: The operations.
        members: The names of the members, in any casing.
    """
    names = frozenset(member.casefold() for member in members)
    for operation in operations:
        _NAMES[service, operation] = _NAMES.get((service, operation), frozenset()) | names


def configure(client: Any) -> None:
    """Mask the errors of a boto3 client. `answers.configure` must configure the client, too: it keeps the requests.

    Args:
        client: The client.
    """
    events = client.meta.events
    hyphenized = client.meta.service_model.service_id.hyphenize()
    events.register(f"after-call.{hyphenized}", _mask_answer)
    events.register(f"after-call-error.{hyphenized}", _mask_error)


def mask(message: str, texts: Mapping[str, bool]) -> str:
    """Replace texts in a message, the longest first, without regard to case.

    Args:
        message: The message.
        texts: Text → whether it stays readable. A whole word that stays readable is not replaced in part.

    Returns:
        The message.
    """
    shown = {_folded(text) for text, is_shown in texts.items() if is_shown and text.strip()}
    hidden = {_folded(text) for text, is_shown in texts.items() if not is_shown and len(text.strip()) >= SHORTEST}
    hidden -= shown
    if not hidden:
        return message
    longest_first = sorted(shown | hidden, key=len, reverse=True)
    spellings = {text: r"\s+".join(map(re.escape, text.split())) for text in longest_first}
    spellings |= {text: rf"(?<!\w){spellings[text]}(?!\w)" for text in shown}
    pattern = re.compile("|".join(spellings.values()), re.IGNORECASE)
    return pattern.sub(lambda match: match[0] if _folded(match[0]) in shown else HIDDEN, message)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _mask_answer(http_response: Any, parsed: dict[str, Any], context: Any, **_: Any) -> None:
    """Mask the message of an error response, wherever botocore repeats it."""
    if http_response.status_code >= HTTPStatus.MULTIPLE_CHOICES:
        texts = texts_of(*request_of(context))
        for part in (parsed, parsed.get("Error", {})):
            for name in part.keys() & {"Message", "message"}:
                part[name] = mask(str(part[name]), texts)


def _mask_error(exception: Exception, context: Any, **_: Any) -> None:
    """Mask the message of an error that botocore raises itself. It can contain a URL with values of the request."""
    texts = texts_of(*request_of(context))
    exception.args = tuple(mask(_QUERY.sub("", arg), texts) if isinstance(arg, str) else arg for arg in exception.args)


def texts_of(model: Any, params: Any) -> dict[str, bool]:
    """Return the texts of a request.

    Args:
        model: botocore's model of the operation.
        params: The parameters.

    Returns:
        Text → whether it stays readable.
    """
    names = _NAMES.get((model.service_model.service_name, model.name), frozenset())
    texts: dict[str, bool] = {}
    for text, is_shown in _texts(params, model.input_shape, "", names):
        texts[text] = texts.get(text, False) or is_shown
    return texts


def _texts(value: Any, shape: Any, name: str, names: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield (text, whether it stays readable) for each text of a request, at any depth."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value), False
    elif isinstance(value, str):
        is_enumeration = bool(getattr(shape, "enum", ()))
        is_shown = is_enumeration or name.casefold() in names or bool(_IDS.fullmatch(name))
        yield from dict.fromkeys(((value, is_shown), (json.dumps(value)[1:-1], is_shown)))  # AWS can quote it as JSON
    elif isinstance(value, Mapping):
        members, path = getattr(shape, "members", {}), value.get("AttributePath")
        for key, item in value.items():
            item_name = path if key == "AttributeValue" and isinstance(path, str) else key
            yield from _texts(item, members.get(key, getattr(shape, "value", None)), item_name, names)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item, getattr(shape, "member", None), name, names)
