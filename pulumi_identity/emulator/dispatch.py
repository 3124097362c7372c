"""The emulator as one WSGI application, which routes each request to a backend or to moto.

The steps of a request: read the body → find the caller and the operation (`Caller`, `Routed`) → latency → faults →
throttling → check of the request → backend or moto → check of the response → record of calls.

A request that no AWS service would understand gets a 4xx response and one line in the log.
"""

import json
import logging
import re
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, runtime_checkable
from typing import Protocol as Interface

from botocore import xform_name
from moto.core.request import Request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from . import rest_of_aws
from .calls import Call, Calls
from .errors import AwsError, Caller
from .faults import Faults, Hit, wait_for_end
from .identifiers import Identifiers
from .protocol import Protocol, Routed, route
from .throttle import Throttle

Members = dict[str, Any]
Operation = Callable[[Caller, Members], Members]

LOG = logging.getLogger(__name__)
MAX_BODY = 256 * 2**20  # state in S3 is the largest body
SERVICES = {"sso": "sso-admin"}
"""A service's name in signatures → its name in botocore, if they differ and a backend serves it."""
SCOPE = re.compile(r"Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request")
ERROR_CODE = re.compile(rb'<Code>([^<]+)|"__type": ?"(?:[^"]*#)?([^"]+)')


class Backend(Interface):
    """A service of this package. Each operation is a method with its name in snake_case."""

    lock: threading.RLock

    @staticmethod
    def refuse(problems: list[str]) -> AwsError:
        """Return the error for a request that violates the model."""

    def reset(self) -> None:
        """Delete everything."""


@runtime_checkable
class Shared(Interface):
    """A service that a backend shares with moto. `path` holds the values in the path of a request."""

    def guard(self, caller: Caller, operation: str, path: Mapping[str, str]) -> None:
        """Raise an error for a request that neither moto nor the backend may serve."""

    def serves(self, operation: str, path: Mapping[str, str]) -> bool:
        """Return whether the backend serves a request, and not moto."""


class UnknownOperationException(AwsError):
    """An operation that does not exist, or that neither a backend nor moto serves."""


class ServerRequest(Request):
    """A request to moto over HTTP."""

    from_wsgi_server = True
    max_content_length = MAX_BODY


class InternalFailure(AwsError):
    """An error in the emulator. The traceback is on stderr."""


class Application:
    """The WSGI application of one emulator."""

    def __init__(
        self,
        backends: Mapping[str, tuple[Protocol, Backend]],
        calls: Calls,
        faults: Faults,
        identifiers: Identifiers,
        *,
        throttle: Throttle,
        latency: float,
    ) -> None:
        self._backends = backends
        self._calls = calls
        self._faults = faults
        self._identifiers = identifiers
        self._throttle = throttle
        self._latency = latency
        self._moto = rest_of_aws.application()
        self.forget()

    def forget(self) -> None:
        """Delete everything that clients can write."""
        rest_of_aws.reset(self._moto)
        self._identifiers.reset()
        for _, backend in self._backends.values():
            with backend.lock:
                backend.reset()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request, and record it."""
        began, arrived = time.perf_counter(), datetime.now(UTC)
        request = ServerRequest(environ)
        if rest_of_aws.is_reset(request):
            self.forget()
        service, caller = _identify(request)
        unreadable = _read(request)
        routed = route(service, request) if service and not unreadable else None
        operation = routed.operation if routed else ""
        hit = self._faults.take(service, operation)
        answer: Response | None = None
        try:
            if unreadable:
                answer = _refuse(request, service, *unreadable)
            else:
                answer = self._answer(service, caller, routed, request, hit)
        finally:
            call = Call(
                service,
                operation,
                caller.account,
                caller.region,
                answer.status_code if answer else 0,
                _error_code(answer),
                arrived.isoformat(timespec="milliseconds"),
                round((time.perf_counter() - began) * 1000, 3),
            )
            self._calls.add(call)
        if answer is None:
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError
        return answer(environ, start_response)

    def _answer(
        self, service: str, caller: Caller, routed: Routed | None, request: Request, hit: Hit | None
    ) -> Response | None:
        """Return the response, or None to close the connection."""
        if self._latency:
            time.sleep(self._latency)
        if service not in self._backends or routed is None:
            return self._ask_moto(service, request)
        protocol, _ = self._backends[service]
        request_id = self._identifiers.uuid("request", service, routed.operation)
        try:
            if hit is None:
                return self._act(service, caller, routed, request, request_id)
            if hit.action:
                hit.action()
            true = self._act(service, caller, routed, request, request_id) if hit.fault.act == "after" else None
            if hit.fault.fault == "hang":
                wait_for_end(request.environ["werkzeug.socket"])
            return hit.fault.respond(true, protocol, routed, request_id)
        except Exception as mistake:  # noqa: BLE001 - a server always responds
            traceback.print_exc()
            return protocol.refusal(routed, InternalFailure(f"error in the emulator: {mistake!r}"), request_id)

    def _act(self, service: str, caller: Caller, routed: Routed, request: Request, request_id: str) -> Response:
        """Execute the request, and return its true response."""
        protocol, backend = self._backends[service]
        try:
            self._throttle.check(service, caller)
            act = _operation(service, protocol, backend, caller, routed)
            if act is None:
                return self._ask_moto(service, request)
            values = _parse(protocol, backend, routed, request)
            with backend.lock:
                result = act(caller, values)
            return protocol.answer(routed, result, request_id)
        except AwsError as error:
            return protocol.refusal(routed, error, request_id)

    def _ask_moto(self, service: str, request: Request) -> Response:
        if not service and _needs_signature(request):
            return _refuse(request, service, HTTPStatus.FORBIDDEN, "MissingAuthenticationTokenException")
        try:
            answer = rest_of_aws.ask(self._moto, service, request)
        except Exception as error:  # noqa: BLE001 - moto fails in many ways on a request of another service
            return _refuse(request, service, HTTPStatus.BAD_REQUEST, "UnknownOperationException", repr(error))
        if answer.status_code == HTTPStatus.NOT_FOUND and answer.mimetype == "text/html":  # not from a service
            return _refuse(request, service, HTTPStatus.NOT_FOUND, "UnknownOperationException")
        return answer


def _operation(service: str, protocol: Protocol, backend: Backend, caller: Caller, routed: Routed) -> Operation | None:
    """Return the method for a request, or None if moto serves it."""
    if not protocol.knows(routed):
        asked = ".".join(filter(None, [routed.target, routed.operation]))
        LOG.warning("a request signed for %s: %s has no operation %s", service, service, asked)
        raise UnknownOperationException(f"{service} has no operation {asked}")
    if isinstance(backend, Shared):
        backend.guard(caller, routed.operation, routed.path_values)
        if not backend.serves(routed.operation, routed.path_values):
            return None
    act: Operation | None = getattr(backend, xform_name(routed.operation), None)
    if act is None:
        raise UnknownOperationException(f"the emulator does not serve {service}:{routed.operation}")
    return act


def _parse(protocol: Protocol, backend: Backend, routed: Routed, request: Request) -> Members:
    """Return the parameters of a request, checked against the model."""
    values = protocol.parse(routed, request)
    if problems := protocol.problems_of_request(routed, values):
        raise backend.refuse(problems)
    return values


def _read(request: ServerRequest) -> tuple[HTTPStatus, str, str] | None:
    """Read the body, or return the status, the code and the cause of an error."""
    cause = f"the body has {request.max_content_length:,} bytes or more"
    too_large = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "RequestEntityTooLargeException", cause
    try:
        body = request.get_data()  # cached: reading a form first would consume the body
    except RequestEntityTooLarge:
        return too_large
    except (HTTPException, OSError) as error:
        return HTTPStatus.BAD_REQUEST, "SerializationException", f"the body is incomplete or invalid: {error}"
    return too_large if len(body) >= request.max_content_length else None  # werkzeug cuts a chunked body at the limit


def _needs_signature(request: Request) -> bool:
    """Return whether a request without a signature is neither for S3 nor one of STS's unsigned operations."""
    if "X-Amz-Target" in request.headers or "smithy-protocol" in request.headers:
        return True
    unsigned = request.form.get("Action", "").startswith("AssumeRoleWith")
    return request.method == "POST" and request.path == "/" and not unsigned


def _refuse(request: Request, service: str, status: HTTPStatus, code: str, cause: str = "") -> Response:
    """Return an error response to a request that no service understands, and write a line to the log."""
    signed = f"signed for {service}" if service else "without a signature"
    message = f"{request.method} {request.path} {signed}"
    LOG.warning("%r", f"{message}: {code} {cause}".rstrip())
    answer = Response(json.dumps({"__type": code, "message": f"{message}: {cause or code}"}), status)
    answer.content_type = "application/x-amz-json-1.1"
    answer.headers["x-amzn-ErrorType"] = code
    return answer


def _identify(request: Request) -> tuple[str, Caller]:
    """Return the service that a request is signed for, or "" if it is not signed, and the caller."""
    text = request.headers.get("Authorization", "")
    access_key, region, service = (*m.groups(),) if (m := SCOPE.search(text)) else ("", "", "")
    service = SERVICES.get(service, service)
    account = request.headers.get("x-moto-account-id") or rest_of_aws.account_of(access_key)
    return service, Caller(account, region, access_key)


def _error_code(answer: Response | None) -> str | None:
    if answer is None or answer.status_code < HTTPStatus.BAD_REQUEST:
        return None
    if code := answer.headers.get("x-amzn-ErrorType"):
        return code
    found = ERROR_CODE.search(answer.get_data())
    return next(g.decode() for g in found.groups() if g) if found else str(answer.status_code)
