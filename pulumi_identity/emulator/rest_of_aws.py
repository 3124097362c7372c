"""moto: everything of AWS that has no backend of ours, and who the caller is.

How ours stand in place of moto's: a WSGI application is a function, and `dispatch` is one
that calls moto's for whatever is not ours. So nothing of moto is replaced, registered or
patched; all that is asked of it is its WSGI application and a few of its backends' methods,
and all of that is asked here (and its router, in `protocol`).

moto keeps its state in its modules. Emulators that run at the same time in one process
therefore share STS, S3 and IAM; users, groups, memberships and user pools, which are ours, they
never share.
"""

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


def application() -> Any:
    """Moto's WSGI application."""
    return DomainDispatcherApplication(create_backend_app)


def ask(app: Any, service: str, request: Request) -> Response:
    """Moto's answer to a request, of which the body may have been read already."""
    if service == "quicksight":
        # Past the application: its paths know no user name with a slash; its router does.
        status, headers, body = QuickSightResponse.dispatch(request)
        return Response(body, status, headers)
    environ = {**request.environ, "wsgi.input": BytesIO(request.get_data())}
    return Response.from_app(app, environ, buffered=True)


def reset(app: Any) -> None:
    """Forget everything that moto knows, by its own HTTP API."""
    Client(app).post(RESET)


def is_reset(request: Request) -> bool:
    """Whether a client asks for that: moto's decorators do, between tests."""
    return request.method == "POST" and request.path == RESET


def account_of(access_key: str) -> str:
    """The account in which an access key acts."""
    return get_account_id_from(access_key)


def caller_arn(caller: Caller) -> str:
    """The ARN that STS GetCallerIdentity answers."""
    sts = sts_backends[caller.account]["aws"]
    return str(sts.get_caller_identity(caller.access_key, caller.region)[1])
