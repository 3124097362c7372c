"""The check of every response: it is from AWS, it is whole, and it is about the entity of the request.

botocore parses a body that is cut, empty or a page of HTML as a response without members. Without this check, every
property would look cleared, and a missing list would look empty. AWS's models require few members of QuickSight and
AppStream, so kinds and lookups name more of them.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from .ids import bare_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EXPECTED: dict[tuple[str, str], tuple[str, ...]] = {
    ("sts", "GetCallerIdentity"): ("Account",),
    ("sts", "AssumeRole"): tuple(
        f"Credentials.{member}" for member in ("AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration")
    ),
}
"""Service and operation → paths of members that a response must have, besides those that the model requires."""

_IDENTIFYING = ("IdentityStoreId", "UserId", "GroupId", "MembershipId", "UserName", "GroupName", "MemberName")
"""Members of requests that name one entity. A response that repeats one must have the same value."""

_NOT_AVAILABLE = "N/A"
"""QuickSight's name for a user whose IAM user or role is gone."""

_NAMED_AT_MOST = 3  # missing members in one message


def expect(service: str, answers: Mapping[str, tuple[str, ...]]) -> None:
    """Add members that responses must have.

    Args:
        service: boto3's name of the service.
        answers: Operation → paths such as `User.Arn` or `UserList[].Arn`.
    """
    for operation, paths in answers.items():
        known = _EXPECTED.get((service, operation), ())
        _EXPECTED[service, operation] = tuple(dict.fromkeys((*known, *paths)))


def configure(client: Any) -> None:
    """Check every response that a boto3 client receives.

    Args:
        client: The client.
    """
    events = client.meta.events
    hyphenized = client.meta.service_model.service_id.hyphenize()
    events.register(f"before-parameter-build.{hyphenized}", _keep_request)
    events.register(f"after-call.{hyphenized}", _require_whole_answer)
    events.register(f"after-call-error.{hyphenized}", _explain_unreadable_answer)


def request_of(context: Mapping[str, Any]) -> tuple[Any, Any]:
    """Return the request of a call.

    Args:
        context: botocore's context of the call.

    Returns:
        botocore's model of the operation, and the parameters.
    """
    model, params = context["pulumi_identity"]
    return model, params


def _keep_request(params: Any, model: Any, context: dict[str, Any], **_: Any) -> None:
    context["pulumi_identity"] = model, params


def _require_whole_answer(http_response: Any, parsed: dict[str, Any], model: Any, context: Any, **_: Any) -> None:
    """Raise if the response is not from AWS, is incomplete, or is about a different entity."""
    from .answer_errors import (  # noqa: PLC0415  (programs that only declare resources skip this import)
        ForeignAnswerError,
        IncompleteAnswerError,
        OtherEntityError,
    )

    status, metadata = http_response.status_code, parsed["ResponseMetadata"]
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return  # AWS's load balancers answer without a request id
    if not metadata.get("RequestId"):
        raise ForeignAnswerError(operation_name=model.name)
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        return
    problem = "" if _is_readable(http_response, model) else "a body that is not valid JSON"
    if missing := [*_missing(model.output_shape, parsed), *_missing_named(model, parsed)]:
        problem = problem or "no " + ", ".join(list(dict.fromkeys(missing))[:_NAMED_AT_MOST])
    if problem:
        raise IncompleteAnswerError(operation_name=model.name, metadata=metadata, problem=problem)
    _, request = request_of(context)
    for member, returned, requested in _differing_names(request, parsed):
        raise OtherEntityError(
            operation_name=model.name, metadata=metadata, member=member, returned=returned, requested=requested
        )


def _explain_unreadable_answer(exception: Exception, context: Any, **_: Any) -> None:
    """Raise an error of boto3 in place of the errors that botocore's parsers raise for an invalid body."""
    from .answer_errors import IncompleteAnswerError  # noqa: PLC0415

    modules = (frame.f_globals.get("__name__") for frame, _ in traceback.walk_tb(exception.__traceback__))
    if "botocore.parsers" in modules:
        model, _ = request_of(context)
        raise IncompleteAnswerError(operation_name=model.name, problem="a body that is not valid") from exception


def _is_readable(http_response: Any, model: Any) -> bool:
    """Return whether a JSON body is a whole object. botocore ignores a body that is not."""
    if "json" not in str(model.service_model.resolved_protocol) or not http_response.content:
        return True
    try:
        return isinstance(json.loads(http_response.content), dict)
    except ValueError:
        return False


def _missing(shape: Any, value: Any, path: str = "") -> Iterator[str]:
    """Yield the paths of members that the model requires and a response lacks, at any depth."""
    if shape is None or getattr(shape, "is_document_type", False):
        return
    if shape.type_name == "structure":
        if not isinstance(value, Mapping):
            yield path
            return
        present = {name: member for name, member in shape.members.items() if value.get(name) is not None}
        yield from (_join(path, name) for name in shape.required_members if name not in present)
        for name, member in present.items():
            yield from _missing(member, value[name], _join(path, name))
    elif shape.type_name == "list":
        for item in value:
            yield from _missing(shape.member, item, f"{path}[]")
    elif shape.type_name == "map":
        for item in value.values():
            yield from _missing(shape.value, item, f"{path}[]")


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _missing_named(model: Any, parsed: Mapping[str, Any]) -> Iterator[str]:
    """Yield the paths that kinds and lookups name and a response lacks."""
    for path in _EXPECTED.get((model.service_model.service_name, model.name), ()):
        if not _has(parsed, path):
            yield path


def _has(value: Any, path: str) -> bool:
    """Return whether a path exists. `List[].Name` exists if the list does, and each of its items has the name."""
    step, _, rest = path.partition(".")
    member = value.get(step.removesuffix("[]")) if isinstance(value, Mapping) else None
    if member in (None, ""):
        return False
    items = member if step.endswith("[]") else [member]
    return not rest or all(_has(item, rest) for item in items)


def _differing_names(request: Mapping[str, Any], parsed: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (member, returned, requested) for each name of the request that a response repeats with another value."""
    for member in _IDENTIFYING:
        requested = request.get(member)
        for part in _parts(parsed):
            returned = part.get(member)
            if (
                isinstance(requested, str)
                and isinstance(returned, str)
                and returned != _NOT_AVAILABLE
                and bare_id(returned).casefold() != bare_id(requested).casefold()
            ):
                yield member, returned, requested


def _parts(parsed: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Return a response, its structures, and the items of its lists."""
    inner = [item for value in parsed.values() for item in (value if isinstance(value, list) else [value])]
    return [part for part in (parsed, *inner) if isinstance(part, Mapping)]
