"""Answers of AWS that something on the way has spoilt."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.httpsession import URLLib3Session

from pulumi_identity.aws.session import session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOTHING = {"braces": b"{}", "an empty map": b"\xa0", "empty": b"", "page": b"<html>Please sign in</html>"}
"""Bodies without a member. An empty map is what braces are in CBOR."""


@contextmanager
def spoilt(
    service: str, operations: tuple[str, ...], change: Callable[[bytes], bytes], *, request_id: bool = True
) -> Iterator[list[str]]:
    """Change the bodies of the answers to some operations of the provider. AWS acts all the same.

    Yields:
        The operations whose answers were changed.
    """
    client = session(None, None).client(service)  # type: ignore[call-overload]  # any service
    changed: list[str] = []
    http = URLLib3Session()
    prefix = f"before-send.{client.meta.service_model.service_id.hyphenize()}"

    def send(request: Any, event_name: str, **_: Any) -> Any:
        answer = http.send(request)
        if answer.status_code < 300:
            changed.append(event_name.rpartition(".")[2])
            answer._content = change(answer.content)
            if not request_id:
                del answer.headers["x-amzn-RequestId"]
        return answer

    for operation in operations:
        client.meta.events.register_first(f"{prefix}.{operation}", send)
    try:
        yield changed
    finally:
        for operation in operations:
            client.meta.events.unregister(f"{prefix}.{operation}", send)
        http.close()
