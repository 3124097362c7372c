"""The interface to moto, which serves every service without a backend and identifies the caller.

`dispatch` is a WSGI application that calls moto's application for all other requests, so moto is not patched. This
module contains all calls to moto, except the router in `protocol`.

moto keeps its state in its modules. Emulators that run at the same time in one process therefore share STS, S3 and IAM.
They do not share users, groups, memberships and user pools.
"""

from functools import cache
from io import BytesIO
from typing import Any

from moto.core.request import Request
from moto.iam.models import get_account_id_from
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.quicksight.responses import QuickSightResponse
from moto.sts.models import sts_backends
from werkzeug.test import Client
from werkzeug.wrappers import Response

from .errors import Caller

RESET = "/moto-api/reset"


@cache
def application() -> Any:
    """Return moto's WSGI application. It takes long to create and has no state, so a process creates one."""
    return DomainDispatcherApplication(create_backend_app)


def ask(app: Any, service: str, request: Request) -> Response:
    """Return moto's response to a request, whose body can be read already.

    Raises:
        Exception: moto can't serve the request, in one of many ways.
    """
    if service == "quicksight":
        # The application does not match user names with a slash, but the router does.
        status, headers, body = QuickSightResponse.dispatch(request)
        return Response(body, status, headers)
    environ = {**request.environ, "wsgi.input": BytesIO(request.get_data())}
    return Response.from_app(app, environ, buffered=True)


def reset(app: Any) -> None:
    """Delete all state of moto, through its HTTP API."""
    Client(app).post(RESET)


def is_reset(request: Request) -> bool:
    """Return whether a request asks for a reset, as moto's decorators do between tests."""
    return request.method == "POST" and request.path == RESET


def account_of(access_key: str) -> str:
    """Return the account of an access key."""
    return get_account_id_from(access_key)


def caller_arn(caller: Caller) -> str:
    """Return the ARN that STS GetCallerIdentity returns."""
    sts = sts_backends[caller.account]["aws"]
    return str(sts.get_caller_identity(caller.access_key, caller.region)[1])
