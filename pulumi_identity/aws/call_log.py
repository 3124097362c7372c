"""The log of AWS calls: a line of JSON for each attempt, without any value of a request or a response.

`PULUMI_IDENTITY_LOG` names its file. The logger `pulumi_identity.aws` gets the same lines at the level DEBUG. Several
processes of a run write to one file, so each line is one write to the end of the file.

Events: https://boto3.amazonaws.com/v1/documentation/api/latest/guide/events.html. For each attempt, botocore has the
events `before-send` and `response-received`. A body that botocore can't parse ends in `after-call-error` instead.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import process

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE = "PULUMI_IDENTITY_LOG"
"""The environment variable with the path of the file."""

_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
"""The flags to open the file. A named pipe without a reader is an error, because waiting for one would stop the run."""

_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")

_logger = logging.getLogger("pulumi_identity.aws")
_kind: ContextVar[str | None] = ContextVar("kind", default=None)


class _Attempt(threading.local):
    """The attempt that this thread has sent. An attempt never starts within another one."""

    sent: float | None = None
    """The time on the monotonic clock. None between two attempts."""
    response: Mapping[str, Any] | None = None
    """The response before it is parsed."""


_attempt = _Attempt()


class Unwritable:
    """The log files that can't be written. Each causes one warning."""

    def __init__(self) -> None:
        self.files: set[str] = set()


@contextmanager
def calls_for(kind: str) -> Iterator[None]:
    """Set the kind of resource in the log lines of the block's calls.

    Args:
        kind: The class name of the resource.
    """
    token = _kind.set(kind)
    try:
        yield
    finally:
        _kind.reset(token)


def configure(events: Any) -> None:
    """Log the calls of all clients that are created with these events.

    Args:
        events: The events of a boto3 session or client.
    """
    events.register_last("before-send", _on_sending)  # after the rate limiter's pause
    events.register_first("before-parse", _on_response)
    events.register_first("response-received", _on_parsed)
    events.register_first("after-call-error.*.*", _on_error)  # before the handlers of a service, which raise


def _on_sending(**_: Any) -> None:
    _attempt.sent = time.monotonic()


def _on_response(response_dict: Mapping[str, Any], **_: Any) -> None:
    _attempt.response = response_dict


def _on_parsed(
    event_name: str,
    parsed_response: Mapping[str, Any] | None,
    exception: Exception | None,
    context: Mapping[str, Any],
    **_: Any,
) -> None:
    error = (parsed_response or {}).get("Error", {}).get("Code")
    _log(event_name, type(exception).__name__ if exception else error, context)


def _on_error(event_name: str, context: Mapping[str, Any], **_: Any) -> None:
    if _attempt.sent is not None:  # otherwise, the line of the attempt is written
        _log(event_name, "IncompleteAnswerError", context)


def _log(event_name: str, code: str | None, context: Mapping[str, Any]) -> None:
    """Write the line of the current attempt, and end the attempt."""
    sent, response = _attempt.sent, _attempt.response or {}
    _attempt.sent = _attempt.response = None
    file = os.environ.get(VARIABLE)
    if not file and not _logger.isEnabledFor(logging.DEBUG):
        return
    _, service, operation = event_name.split(".")
    line = json.dumps(
        {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "service": service,
            "operation": operation,
            "kind": _kind.get(),
            "status": response.get("status_code"),
            "code": code,
            "seconds": round(time.monotonic() - sent, 3) if sent else 0.0,
            "attempt": context.get("retries", {}).get("attempt", 1),
            "request_id": request_id(response.get("headers", {})),
        }
    )
    _logger.debug("%s", line)
    if file:
        _append(file, line)


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return AWS's id of a request.

    Args:
        headers: The headers of the response, in any casing.

    Returns:
        The id; None if the response has none.
    """
    lower = {name.casefold(): value for name, value in headers.items()}
    return lower.get("x-amzn-requestid") or lower.get("x-amz-request-id")


def _append(file: str, line: str) -> None:
    """Append a line in one write. If the file can't be written, log one warning and continue."""
    unwritable = process.get(Unwritable).files
    if file in unwritable:
        return
    try:
        descriptor = os.open(_in_project(file), _APPENDING, 0o600)
        try:
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
    except OSError as error:  # also if the current folder was deleted
        unwritable.add(file)
        _logger.warning("%s: AWS calls are not logged: %s — check the path %s", VARIABLE, error.strerror, file)


def _in_project(file: str) -> Path:
    """Return the path of a file. A relative one starts in the folder of Pulumi.yaml, or else in the current folder."""
    path, here = Path(file), Path.cwd()
    projects = (folder for folder in (here, *here.parents) if any((folder / name).is_file() for name in _PROJECT_FILES))
    return path if path.is_absolute() else next(projects, here) / path
