"""Faults: errors, lost connections and damaged responses, for chosen calls of an operation."""

import math
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml  # type: ignore[import-untyped]  # its types are in another package
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from werkzeug.wrappers import Response

from .errors import InjectedError
from .protocol import Protocol, Routed, empty_structure, protocol_of, success

PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network.</body></html>"

NEED_RESPONSE = ("cut", "none")
"""The faults that need the true response."""


class Fault(BaseModel):
    """A fault, and the calls that it hits.

    A call counts for a fault if no earlier fault hits the call.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=True)

    service: Literal["identitystore", "quicksight", "appstream"]
    """The service."""
    operation: str = "*"
    """The operation, such as `CreateUser`. `*` matches every operation of the service."""
    call: PositiveInt = 1
    """The first call to hit: 1 is the next matching call."""
    times: PositiveInt | Literal["always"] = 1
    """The number of calls to hit, from `call` on."""
    fault: Literal["error", "throttle", "hang", "reset", "cut", "empty", "braces", "html", "none"]
    """- error: an error response with `code`.
    - throttle: ThrottlingException, with RetryAfterSeconds if `retry_after` is set.
    - hang: no response until the client closes the connection.
    - reset: the connection closes without a response.
    - cut: the first half of the response.
    - empty: status 200 without a body.
    - braces: status 200 with an empty structure.
    - html: status 200 with a proxy's page, which lacks a request id.
    - none: the response, unchanged."""
    act: Literal["before", "after"] = "before"
    """Whether the fault hits before or after the service executes the request. Before: the request has no effect."""
    code: str = ""
    """The error code, such as `AccessDeniedException`."""
    message: str = "injected"
    """The error message."""
    status: int | None = Field(default=None, ge=400, le=599)
    """The HTTP status of the error. Unset: the status in the service's model."""
    retry_after: PositiveInt | None = None
    """RetryAfterSeconds of a throttled response. Only the identity store returns it."""
    members: dict[str, Any] = {}
    """Further members of the error, such as `ResourceType`."""

    @model_validator(mode="before")
    @classmethod
    def _response_needs_request(cls, values: Any) -> Any:
        """A response can be cut or unchanged only after the service has acted."""
        if isinstance(values, Mapping) and values.get("fault") in NEED_RESPONSE and "act" not in values:
            return {**values, "act": "after"}
        return values

    @field_validator("operation")
    @classmethod
    def _check_operation(cls, operation: str, others: ValidationInfo) -> str:
        service = others.data.get("service")
        if service and operation != "*" and operation not in protocol_of(service).model.operation_names:
            raise ValueError(f"{service} has no operation {operation}")
        return operation

    @field_validator("act")
    @classmethod
    def _check_act(cls, act: str, others: ValidationInfo) -> str:
        if act == "before" and others.data.get("fault") in NEED_RESPONSE:
            raise ValueError(f"the fault {others.data['fault']} needs the response, so only `after` is possible")
        return act

    @field_validator("code")
    @classmethod
    def _check_code(cls, code: str, others: ValidationInfo) -> str:
        if "fault" in others.data and (others.data["fault"] == "error") != bool(code):
            raise ValueError("required for the fault `error`, and not allowed for other faults")
        return code

    @field_validator("retry_after")
    @classmethod
    def _check_retry_after(cls, seconds: int | None, others: ValidationInfo) -> int | None:
        if seconds and (others.data.get("fault"), others.data.get("service")) != ("throttle", "identitystore"):
            raise ValueError("allowed only for the fault `throttle` of identitystore")
        return seconds

    def respond(self, true: Response | None, protocol: Protocol, routed: Routed, request_id: str) -> Response | None:
        """Return the response that the client gets.

        Args:
            true: The true response; None if the service has not acted.
            protocol: The protocols of the service.
            routed: The operation of the request.
            request_id: The id of the request.

        Returns:
            The response; None if the client gets none.
        """
        answer = true
        match self.fault:
            case "error" | "throttle":
                answer = protocol.refusal(routed, self._error(), request_id)
                answer.status_code = self.status or answer.status_code
            case "cut" if answer:
                body = answer.get_data()
                answer.set_data(body[: len(body) // 2])
            case "empty":
                answer = success(b"", routed.protocol, request_id)
            case "braces":
                answer = success(empty_structure(routed.protocol), routed.protocol, request_id)
            case "html":
                answer = Response(PAGE, content_type="text/html")
            case "reset" | "hang":
                answer = None
        return answer

    def _error(self) -> InjectedError:
        if self.fault == "error":
            return InjectedError(self.code, self.message, **self.members)
        return InjectedError("ThrottlingException", self.message, **self.members, RetryAfterSeconds=self.retry_after)


@dataclass
class Hit:
    """A fault that waits for its calls."""

    fault: Fault
    action: Callable[[], None] | None = None
    """Runs when a call arrives."""

    def __post_init__(self) -> None:
        self.skip = self.fault.call - 1
        self.left = math.inf if self.fault.times == "always" else self.fault.times

    def takes(self, service: str, operation: str) -> bool:
        """Count a call, and return whether the fault hits it."""
        if self.fault.service != service or self.fault.operation not in {"*", operation}:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.left -= 1
        return True


@dataclass
class Faults:
    """The faults of one emulator. A call gets the first fault that hits it."""

    _waiting: list[Hit] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, action: Callable[[], None] | None = None, **fields: Any) -> None:
        """Add a fault.

            faults.add(service="identitystore", operation="CreateUser", call=2, times="always", fault="cut")

        Args:
            action: Runs when a call arrives that the fault hits. It can call the emulator.
            fields: The fields of `Fault`.

        Raises:
            ValueError: A field is wrong.
        """
        hit = Hit(Fault(**fields), action)
        with self._lock:
            self._waiting.append(hit)

    def load(self, text: str) -> None:
        """Add the faults of a YAML list. Each item has the fields of `Fault`.

        Args:
            text: The YAML.

        Raises:
            ValueError: The text is not such a list. The message has one line per problem, with the item's number.
        """
        try:
            items = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise ValueError(f"not YAML: {' '.join(str(error).split())}") from None
        if not isinstance(items, list):
            raise ValueError("the file must be a YAML list of faults")  # noqa: TRY004 - the text is wrong, not a type
        faults, problems = [], []
        for number, item in enumerate(items, 1):
            try:
                faults.append(Fault.model_validate(item))
            except ValidationError as error:
                problems += [f"item {number}: {_problem(detail)}" for detail in error.errors()]
        if problems:
            raise ValueError("\n".join(problems))
        with self._lock:
            self._waiting += map(Hit, faults)

    def fail(
        self,
        service: str,
        operation: str,
        code: str,
        *,
        times: int = 1,
        message: str = "injected",
        **members: Any,
    ) -> None:
        """Let the next calls fail with an error code, without any effect.

        Args:
            service: The service, such as `identitystore`.
            operation: The operation, such as `CreateUser`.
            code: The error code.
            times: The number of calls.
            message: The message of the error.
            members: Further members of the error's shape, such as `ResourceType`.
        """
        self.add(
            service=service,
            operation=operation,
            fault="error",
            code=code,
            times=times,
            message=message,
            members=members,
        )

    def drop(self, service: str, operation: str, *, times: int = 1) -> None:
        """Execute the next calls, then close the connection without a response.

        Args:
            service: The service, such as `identitystore`.
            operation: The operation, such as `CreateUser`.
            times: The number of calls.
        """
        self.add(service=service, operation=operation, fault="reset", act="after", times=times)

    def before(self, service: str, operation: str, action: Callable[[], None], *, times: int = 1) -> None:
        """Run an action when the next calls arrive, before their operation.

        The action can call the emulator, with boto3 or with its handles.

        Args:
            service: The service, such as `identitystore`.
            operation: The operation, such as `CreateUser`.
            action: The action.
            times: The number of calls.
        """
        self.add(action, service=service, operation=operation, fault="none", times=times)

    def clear(self) -> None:
        """Delete all remaining faults."""
        with self._lock:
            self._waiting.clear()

    def take(self, service: str, operation: str) -> Hit | None:
        """Return the fault that hits a call, and count the call."""
        with self._lock:
            hit = next((hit for hit in self._waiting if hit.takes(service, operation)), None)
            if hit and hit.left <= 0:
                self._waiting.remove(hit)
            return hit


def wait_for_end(connection: socket.socket) -> None:
    """Wait until the client closes the connection."""
    while connection.recv(1, socket.MSG_PEEK):
        connection.recv(65536)  # the rest of a request that gets no response


def _problem(detail: Any) -> str:
    """Return a problem that pydantic found, after the name of its field."""
    where = str(detail["loc"][0]) if detail["loc"] else ""
    message = detail["msg"].removeprefix("Value error, ")
    return f"{where}: {message}" if where else message
