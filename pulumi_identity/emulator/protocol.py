"""The server side of AWS's wire protocols, with botocore's parsers and serializers.

A client serializes the input of an operation and parses its output. A server does the reverse. botocore's code
accepts either shape, so requests are parsed as responses. Responses are serialized as requests of a mirrored
operation, whose input is the original output. Case, timestamps and CBOR therefore match botocore.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from botocore.exceptions import UnknownServiceError
from botocore.model import OperationModel, ServiceModel, Shape, StructureShape
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.session import get_session
from moto.core.routing import get_service_router
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from .errors import AwsError, SerializationException
from .validation import Validator

CBOR = "smithy-rpc-v2-cbor"
CONTENT_TYPES = {
    "json": "application/x-amz-json-1.1",
    "rest-json": "application/json",
    CBOR: "application/cbor",
}

# An error in CBOR: no shape of the model has both the code and the message.
_CBOR_ERROR = ServiceModel(
    {
        "metadata": {"protocol": CBOR, "targetPrefix": "", "serviceId": "Error"},
        "operations": {
            "Error": {
                "name": "Error",
                "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "Error"},
            }
        },
        "shapes": {
            "Error": {
                "type": "structure",
                "members": {"__type": {"shape": "Text"}, "Message": {"shape": "Text"}},
            },
            "Text": {"type": "string"},
        },
    }
)


class BrokenModelError(RuntimeError):
    """A response that violates AWS's model."""


@dataclass(frozen=True)
class Routed:
    """The operation of a request, and the values in its path."""

    operation: str
    protocol: str
    path_values: dict[str, str]
    target: str | None = None  # the service's name in the request: `X-Amz-Target` or the path of CBOR


def route(service: str, request: Request) -> Routed | None:
    """Return the operation of a request, or None if it is unknown."""
    if request.headers.get("smithy-protocol") == "rpc-v2-cbor":
        target, _, operation = request.path.removeprefix("/service/").rpartition("/operation/")
        return Routed(operation, CBOR, {}, target)
    if header := request.headers.get("X-Amz-Target"):
        target, _, operation = header.rpartition(".")
        return Routed(operation, "json", {}, target)
    try:
        # moto's router knows the paths of every service, and decodes %2F.
        model, values = get_service_router(service).match(request)  # type: ignore[arg-type]
    except (NotFound, NotImplementedError, LookupError, ValueError, UnknownServiceError):
        return None
    return Routed(str(model.name), str(model.service_model.protocol), values)


class Protocol:
    """The protocols of one service.

    `name` is the service's name in botocore and in signatures.
    """

    def __init__(self, name: str) -> None:
        self.model = get_session().get_service_model(name)
        self.validator = Validator(self.model)

    def knows(self, routed: Routed) -> bool:
        """Return whether the service has this operation. The request can be another service's, signed for this one."""
        target = self.model.metadata.get("targetPrefix")
        return routed.operation in self.model.operation_names and routed.target in (None, target)

    def parse(self, routed: Routed, request: Request) -> dict[str, Any]:
        """Return the parameters of a request, without nulls.

        Args:
            routed: The operation of the request.
            request: The request.

        Returns:
            The parameters.

        Raises:
            SerializationException: The body does not match the protocol in the headers.
        """
        shape = self.model.operation_model(routed.operation).input_shape
        if shape is None:
            return {}
        body = request.get_data()
        response = {"headers": {}, "status_code": 200, "body": body or empty_structure(routed.protocol)}
        try:
            if routed.protocol != CBOR and body:
                json.loads(body)  # botocore's parser accepts invalid JSON
            values = create_parser(routed.protocol).parse(response, shape)
        except Exception as error:  # botocore fails in many ways on invalid input
            raise SerializationException(
                f"the body is not a valid {shape.name} in {CONTENT_TYPES[routed.protocol]}"
            ) from error
        values.pop("ResponseMetadata", None)
        for name, member in shape.members.items():
            key = member.serialization.get("name", name)
            where = member.serialization.get("location")
            if where == "uri":
                values[name] = routed.path_values[key]
            elif where == "querystring" and key in request.args:
                texts = request.args.getlist(key)
                values[name] = texts if member.type_name == "list" else _scalar(texts[0], member)
        return dict(values)

    def problems_of_request(self, routed: Routed, values: dict[str, Any]) -> list[str]:
        """Return the ways in which the parameters of a request violate the model."""
        return self.validator.problems(values, self.model.operation_model(routed.operation).input_shape)

    def answer(self, routed: Routed, values: dict[str, Any], request_id: str) -> Response:
        """Return the response to a successful request.

        Args:
            routed: The operation of the request.
            values: The members of the response.
            request_id: The id of the request.

        Returns:
            The response.

        Raises:
            BrokenModelError: The response violates the model.
        """
        shape = self.model.operation_model(routed.operation).output_shape
        values |= _request_id(shape, request_id)
        required = shape.required_members if isinstance(shape, StructureShape) else ()
        # The model's minimum lengths apply only to requests. A listing without entities is an empty list.
        self._demand({name: value for name, value in values.items() if value != [] or name in required}, shape)
        # QuickSight repeats the HTTP status. Elsewhere, `Status` is a member like any other.
        status = int(values.pop("Status")) if isinstance(values.get("Status"), int) else 200
        body = self._serialize(shape, values, routed.protocol) if shape else b""
        return _answer(status, body, routed.protocol, request_id)

    def refusal(self, routed: Routed, error: AwsError, request_id: str) -> Response:
        """Return an error response, with the HTTP status and the members of the model.

        Args:
            routed: The operation of the request.
            error: The error.
            request_id: The id of the request.

        Returns:
            The response.

        Raises:
            BrokenModelError: The members of the error violate the model.
        """
        shape = self._error_shape(error.code)
        message = {"Message": error.message} if error.message else {}
        values: dict[str, Any] = {**message, **error.members, **_request_id(shape, request_id)}
        self._demand(values, shape)
        trait = shape.metadata.get("error", {}) if shape else {}
        status = int(trait.get("httpStatusCode", 500 if "Internal" in error.code else 400))
        values["__type"] = error.code
        if routed.protocol == CBOR:
            mirrored = _CBOR_ERROR.operation_model("Error")
            body = create_serializer(CBOR).serialize_to_request(values, mirrored)["body"]
        else:
            body = json.dumps(values).encode()  # the same in both JSON protocols
        answer = _answer(status, body, routed.protocol, request_id)
        answer.headers["x-amzn-ErrorType"] = error.code
        return answer

    def _demand(self, values: dict[str, Any], shape: Shape | None) -> None:
        if problems := self.validator.problems(values, shape):
            raise BrokenModelError(f"the response violates the model: {problems}")

    def _error_shape(self, code: str) -> Any:
        return self.model.shape_for_error_code(code)  # type: ignore[arg-type]  # its stub says int

    def _serialize(self, shape: Shape, values: dict[str, Any], protocol: str) -> bytes:
        request = create_serializer(protocol, include_validation=False).serialize_to_request(
            values, _mirrored(self.model, shape.name)
        )
        body = request["body"]
        return body.encode() if isinstance(body, str) else bytes(body)


@cache
def protocol_of(service: str) -> Protocol:
    """Return the protocols of a service. They are cached, because models are slow to load."""
    return Protocol(service)


@cache
def _mirrored(service: ServiceModel, shape: str) -> OperationModel:
    """Return an operation with this shape as its input."""
    definition = {
        "name": "Answer",
        "http": {"method": "POST", "requestUri": "/"},
        "input": {"shape": shape},
    }
    return OperationModel(definition, service)


def _request_id(shape: Any, request_id: str) -> dict[str, str]:
    """Return the id of the request, if the shape has it."""
    return {"RequestId": request_id} if shape and "RequestId" in shape.members else {}


def _answer(status: int, body: bytes, protocol: str, request_id: str) -> Response:
    answer = Response(body, status, content_type=CONTENT_TYPES[protocol])
    answer.headers["x-amzn-RequestId"] = request_id
    if protocol == CBOR:
        answer.headers["smithy-protocol"] = "rpc-v2-cbor"
    return answer


def success(body: bytes, protocol: str, request_id: str) -> Response:
    """Return a response with status 200 and any body."""
    return _answer(200, body, protocol, request_id)


def empty_structure(protocol: str) -> bytes:
    """Return an empty structure, for a body without members."""
    return b"\xa0" if protocol == CBOR else b"{}"


def _scalar(text: str, shape: Shape) -> Any:
    if shape.type_name not in ("integer", "long"):
        return text
    try:
        return int(text)
    except ValueError:
        return text  # the validator reports it
