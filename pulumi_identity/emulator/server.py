"""The emulator: its server, and the handles for tests."""

import re
import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

from . import rest_of_aws
from .appstream import AppStream
from .calls import Calls
from .dispatch import Application, Backend
from .faults import Faults
from .identifiers import Identifiers
from .identitystore import IdentityStore
from .protocol import protocol_of
from .quicksight import QuickSight
from .sso_admin import SsoAdmin
from .throttle import Throttle, ThrottleAnswer


class Emulator:
    """An emulator of AWS in this process, over HTTP, for tests, demos and rehearsals.

    It is a context manager. It listens within the `with` block, and discards its data at the end.

        with Emulator() as aws:
            boto3.client("identitystore", endpoint_url=aws.url, ...)

    - `identity_stores`: the ids of the existing identity stores. Without any, every valid id exists. A store belongs to
      the account and region that first writes to it.
    - `identity_region`: the region of QuickSight's users and groups.
    - `namespaces`: QuickSight's namespaces besides `default`.
    - `active_directory`: whether Active Directory is the source of the identity stores.
    - `disabled_users`: user names of identity stores whose `UserStatus` is DISABLED.
    - `quicksight_identity_center`: whether IAM Identity Center manages QuickSight's users and groups.
    - `role_delay`: the seconds until a changed role of a QuickSight user shows.
    - `rate`, `quicksight_rate`, `appstream_rate`: the rate limit of a service, in calls per second for each account and
      region. `rate` is the identity store's. The burst is one second. None sets no limit.
    - `throttle_answer`: the form of the response to a throttled call.
    - `latency_ms`: the minimum duration of a call, in milliseconds.
    - `log`: a file to which each request is appended, as one JSON object per line.
    - `appstream_visible_after`: the seconds until a new AppStream user is listed.
    - `seed`: makes ids, tokens, request ids and times repeatable for the same calls. Ids depend on names. Times depend
      on the order of the calls, which varies between threads. A reset starts again. None makes values random. moto's
      values are always random.
    - `host`, `port`: the address to listen on. Port 0 selects a free port.

    The handles are `url`, `calls` (the record of requests), `faults` (see `Faults.add`), and the services
    `identitystore`, `quicksight` and `appstream`. With the methods of a service, a test acts as AWS or as another
    client.

    Raises:
        ValueError: `identity_region` or an identity store id is invalid.
    """

    def __init__(
        self,
        *,
        identity_stores: Sequence[str] = (),
        identity_region: str = "us-east-1",
        namespaces: Sequence[str] = (),
        active_directory: bool = False,
        disabled_users: Sequence[str] = (),
        quicksight_identity_center: bool = False,
        role_delay: float = 0,
        rate: float | None = None,
        quicksight_rate: float | None = None,
        appstream_rate: float | None = None,
        throttle_answer: ThrottleAnswer = ThrottleAnswer.FULL,
        latency_ms: float = 0,
        log: Path | None = None,
        appstream_visible_after: float = 0,
        seed: int | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        if not re.fullmatch("[a-z]+(-[a-z]+)+-[0-9]+", identity_region):
            raise ValueError(f"{identity_region!r} is not a region, such as us-east-1")
        self._address = host, port
        protocols = {name: protocol_of(name) for name in ("identitystore", "quicksight", "appstream", "sso-admin")}
        identifiers = Identifiers(seed)
        self.identitystore = IdentityStore(
            protocols["identitystore"],
            identifiers,
            identity_stores,
            active_directory=active_directory,
            disabled_users=disabled_users,
        )
        self.quicksight = QuickSight(
            identity_region,
            namespaces,
            identity_center=quicksight_identity_center,
            role_delay=role_delay,
            identifiers=identifiers,
            caller_arn=rest_of_aws.caller_arn,
        )
        self.appstream = AppStream(identifiers, appstream_visible_after)
        backends: dict[str, Backend] = {
            "identitystore": self.identitystore,
            "quicksight": self.quicksight,
            "appstream": self.appstream,
            "sso-admin": SsoAdmin(self.identitystore.stores_of),
        }
        rates = {"identitystore": rate, "quicksight": quicksight_rate, "appstream": appstream_rate}
        self.calls = Calls(log)
        self.faults = Faults()
        self._application = Application(
            {name: (protocol, backends[name]) for name, protocol in protocols.items()},
            self.calls,
            self.faults,
            identifiers,
            throttle=Throttle(rates, throttle_answer),
            latency=latency_ms / 1000,
        )
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The URL of the emulator, for boto3's `endpoint_url`."""
        if self._server is None:
            raise RuntimeError("the emulator is not running — use it in a `with` block")
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def __enter__(self) -> Self:
        """Start to listen.

        Raises:
            OSError: The address is in use, or the log file can't be opened.
        """
        # With a socket of its own, werkzeug would end the process if the port is in use.
        with socket.create_server(self._address) as listener:
            self.calls.open()
            self._server = make_server(
                self._address[0],
                listener.getsockname()[1],
                self._application,
                threaded=True,
                request_handler=_QuietHandler,
                fd=listener.fileno(),  # werkzeug duplicates it
            )
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Stop the server, and delete all state."""
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
        self._application.forget()
        self.calls.close()
        self._server = self._thread = None


class _QuietHandler(MotoRequestHandler):
    """A handler without an access log: `calls` is the record."""

    def log(self, *_: Any, **__: Any) -> None:
        pass
