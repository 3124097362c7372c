"""The emulator: its state, its server, and the handles on both."""

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
from .dispatch import Application
from .faults import Faults
from .identifiers import Identifiers
from .identitystore import IdentityStore
from .protocol import protocol_of
from .quicksight import QuickSight


class Emulator:
    """AWS for tests, demos and rehearsals, in this process, over HTTP.

    A context manager: it listens once it is entered, and forgets everything when it is left.

        with Emulator() as aws:
            boto3.client("identitystore", endpoint_url=aws.url, ...)

    - `identity_stores`: the ids of the identity stores that exist; without any, every
      well-formed id does. A store lives in the account and region that first writes to it.
    - `identity_region`: the region of QuickSight's users and groups.
    - `namespaces`: QuickSight's namespaces besides `default`.
    - `rate`: identity store calls a second, of all operations together in an account and
      region; beyond it, and one second's worth of burst, they are throttled. None: no limit.
    - `latency_ms`: what every call takes at least.
    - `log`: a file to which each request is appended as one JSON object a line.
    - `appstream_visible_after`: seconds for which a new AppStream user is not listed.
    - `seed`: makes ids, tokens, request ids and times the same in every run with the same calls;
      None: random, and the current time. Ids follow from names, and times from the order of the
      calls, which varies with several threads. A reset starts again. moto's own values stay random.
    - `host`, `port`: where it listens; port 0 takes a free one. OSError if it is occupied.

    Handles: `url`; `calls`, the record of requests; `faults`, what shall go wrong;
    `identitystore`, `quicksight` and `appstream`, whose methods below "playing" do what
    somebody else does, or AWS itself.
    """

    def __init__(
        self,
        *,
        identity_stores: Sequence[str] = (),
        identity_region: str = "us-east-1",
        namespaces: Sequence[str] = (),
        rate: float | None = None,
        latency_ms: float = 0,
        log: Path | None = None,
        appstream_visible_after: float = 0,
        seed: int | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        if not re.fullmatch("[a-z]+(-[a-z]+)+-[0-9]+", identity_region):
            raise ValueError(f"{identity_region!r} is not the name of a region, such as us-east-1")
        self._address = host, port
        protocols = {name: protocol_of(name) for name in ("identitystore", "quicksight", "appstream")}
        identifiers = Identifiers(seed)
        self.identitystore = IdentityStore(protocols["identitystore"], identifiers, identity_stores)
        self.quicksight = QuickSight(
            identity_region,
            namespaces,
            identifiers=identifiers,
            caller_arn=rest_of_aws.caller_arn,
        )
        self.appstream = AppStream(identifiers, appstream_visible_after)
        self.calls = Calls(log)
        self.faults = Faults()
        self._application = Application(
            {name: (protocol, getattr(self, name)) for name, protocol in protocols.items()},
            self.calls,
            self.faults,
            identifiers,
            rate=rate,
            latency=latency_ms / 1000,
        )
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it listens, as boto3's `endpoint_url` wants it."""
        if self._server is None:
            raise RuntimeError("the emulator does not listen yet: enter it with `with`")
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def __enter__(self) -> Self:
        """Listen; OSError if the address or the log file can't be had."""
        # A socket of ours: with its own, werkzeug ends the process if the port is occupied.
        with socket.create_server(self._address) as listener:
            self.calls.open()
            self._server = make_server(
                self._address[0],
                listener.getsockname()[1],
                self._application,
                threaded=True,
                request_handler=_QuietHandler,
                fd=listener.fileno(),  # duplicated by werkzeug
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
        """Stop listening, and forget what moto knows."""
        if self._server and self._thread:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
        self._application.forget()
        self.calls.close()
        self._server = self._thread = None


class _QuietHandler(MotoRequestHandler):
    """Writes no access log: `calls` is the record."""

    def log(self, *_: Any, **__: Any) -> None:
        pass
