"""AWS's wire protocols from the server's side, by botocore's own parsers and serializers.

A client serializes an operation's input and parses its output. A server does the reverse,
and botocore's code does not care which of an operation's shapes it is given: requests are
parsed as if they were answers, and answers are serialized as requests of a mirrored
operation, one whose input is the output. So casing, timestamps and CBOR are botocore's.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from botocore.model import OperationModel, ServiceModel, Shape
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

# An error in CBOR: the model has no shape that holds both its code and its message.
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
    """An answer of ours that AWS could not have given."""


@dataclass(frozen=True)
class Routed:
    """A request's operation, and what its path says about it."""

    operation: str
    protocol: str
    path_values: dict[str, str]


def route(service: str, request: Request) -> Routed | None:
    """The operation that a request asks a service for, or None if there is no telling."""
    if request.headers.get("smithy-protocol") == "rpc-v2-cbor":
        return Routed(request.path.rpartition("/operation/")[2], CBOR, {})
    if target := request.headers.get("X-Amz-Target"):
        return Routed(target.rpartition(".")[2], "json", {})
    try:
        # moto's router knows every service's paths, and takes %2F for what it is.
        operation, values = get_service_router(service).match(request)  # type: ignore[arg-type]
    except (NotFound, NotImplementedError, LookupError, ValueError):
        return None
    return Routed(str(operation.name), str(operation.service_model.protocol), values)


class Protocol:
    """The protocols of one service.

    `name` is the service's name in botocore, which is also the name it signs with.
    """

    def __init__(self, name: str) -> None:
        self.model = get_session().get_service_model(name)
        self.validator = Validator(self.model)

    def knows(self, operation: str) -> bool:
        """Whether the service has an operation of this name."""
        return operation in self.model.operation_names

    def parse(self, routed: Routed, request: Request) -> dict[str, Any]:
        """The request's parameters, as a client was given them; nulls are left out.

        SerializationException if the body is not of the protocol that the headers name.
        """
        shape = self.model.operation_model(routed.operation).input_shape
        if shape is None:
            return {}
        body = request.get_data()
        response = {"headers": {}, "status_code": 200, "body": body or _nothing(routed.protocol)}
        try:
            if routed.protocol != CBOR and body:
                json.loads(body)  # botocore's parser lets pass what is no JSON
            values = create_parser(routed.protocol).parse(response, shape)
        except Exception as error:  # botocore trusts what it parses, and fails at nonsense in many ways
            raise SerializationException(f"the body is no {shape.name} in {CONTENT_TYPES[routed.protocol]}") from error
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
        """How a request's parameters break the model, if they do."""
        return self.validator.problems(values, self.model.operation_model(routed.operation).input_shape)

    def answer(self, routed: Routed, values: dict[str, Any], request_id: str) -> Response:
        """The successful answer of an operation; BrokenModelError if it is none of the model's."""
        shape = self.model.operation_model(routed.operation).output_shape
        values |= _request_id(shape, request_id)
        self._demand(values, shape)
        status = int(values.pop("Status", 200))  # QuickSight's: HTTP's own status
        body = self._serialize(shape, values, routed.protocol) if shape else b""
        return _answer(status, body, routed.protocol, request_id)

    def refusal(self, routed: Routed, error: AwsError, request_id: str) -> Response:
        """The answer that says no, with the HTTP status and the members of the model.

        BrokenModelError if the error's members are none of the model's.
        """
        shape = self._error_shape(error.code)
        values = {"Message": error.message, **error.members, **_request_id(shape, request_id)}
        self._demand(values, shape)
        trait = shape.metadata.get("error", {}) if shape else {}
        status = int(trait.get("httpStatusCode", 500 if "Internal" in error.code else 400))
        values["__type"] = error.code
        if routed.protocol == CBOR:
            mirrored = _CBOR_ERROR.operation_model("Error")
            body = create_serializer(CBOR).serialize_to_request(values, mirrored)["body"]
        else:
            body = json.dumps(values).encode()  # a code and a few scalars: the same in both protocols
        answer = _answer(status, body, routed.protocol, request_id)
        answer.headers["x-amzn-ErrorType"] = error.code
        return answer

    def _demand(self, values: dict[str, Any], shape: Shape | None) -> None:
        if problems := self.validator.problems(values, shape):
            raise BrokenModelError(f"the answer is none of the model's: {problems}")

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
    """The protocols of a service: they hold no state, and models take long to load."""
    return Protocol(service)


@cache
def _mirrored(service: ServiceModel, shape: str) -> OperationModel:
    """An operation whose input is this shape."""
    definition = {
        "name": "Answer",
        "http": {"method": "POST", "requestUri": "/"},
        "input": {"shape": shape},
    }
    return OperationModel(definition, service)


def _request_id(shape: Any, request_id: str) -> dict[str, str]:
    """The request's id, if the shape has it in the body too."""
    return {"RequestId": request_id} if shape and "RequestId" in shape.members else {}


def _answer(status: int, body: bytes, protocol: str, request_id: str) -> Response:
    answer = Response(body, status, content_type=CONTENT_TYPES[protocol])
    answer.headers["x-amzn-RequestId"] = request_id
    if protocol == CBOR:
        answer.headers["smithy-protocol"] = "rpc-v2-cbor"
    return answer


def _nothing(protocol: str) -> bytes:
    """An empty structure: an operation without parameters may have no body at all."""
    return b"\xa0" if protocol == CBOR else b"{}"


def _scalar(text: str, shape: Shape) -> Any:
    if shape.type_name not in ("integer", "long"):
        return text
    try:
        return int(text)
    except ValueError:
        return text  # the validator says what is wrong with it
