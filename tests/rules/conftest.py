"""What the rules are tried with: a host for each resource, and sessions of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import APPSTREAM, GROUP_EXAMPLE, QUICKSIGHT, USER, Example
from contract.host import Host
from rules.admins import admins
from rules.sales import sales

from pulumi_identity.aws import process

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

__all__ = ["admins", "sales"]

STORE = "d-1234567890"


class Person:
    """A host, the program it goes by, and what AWS tells somebody else of it."""

    def __init__(self, example: Example, client: Callable[[str], Any], **more: Any) -> None:
        self.host = Host(example.resource)
        self.said = example.program | more
        self._example = example
        self._client = client

    def up(self, **more: Any) -> str:
        """Change the program, None taking something out of it, and do what `pulumi up` would."""
        self.said = {name: value for name, value in (self.said | more).items() if value is not None}
        return self.host.up(self.said)

    def preview(self, **more: Any) -> tuple[str, list[str]]:
        """Return what `pulumi preview` would show of the program, or of a change of it."""
        return self.host.preview({name: value for name, value in (self.said | more).items() if value is not None})

    def live(self) -> dict[str, Any]:
        """Return what AWS has, in AWS's words."""
        assert self._example.live
        return dict(self._example.live(self._aws(), self.where()))

    def live_as(self, user_id: str) -> dict[str, Any]:
        """Return what AWS has of a user that is not in state."""
        return dict(self._client("identitystore").describe_user(IdentityStoreId=STORE, UserId=user_id))

    def where(self) -> dict[str, str]:
        """Return the members that name it in somebody else's requests."""
        assert self._example.where
        return self._example.where(self.said | self.host.outputs)

    def somebody_sets(self, path: str, value: Any) -> None:
        """Somebody else sets an attribute of a store's user or group."""
        where = self.where()
        update = self._aws().update_user if "UserId" in where else self._aws().update_group
        update(**where, Operations=[{"AttributePath": path, "AttributeValue": value}])

    def _aws(self) -> Any:
        return self._client(self._example.kind.service)


@pytest.fixture
def user(aws: Emulator, client: Callable[[str], Any]) -> Person:
    """A person of the identity store."""
    return Person(USER, client)


@pytest.fixture
def group(aws: Emulator, client: Callable[[str], Any]) -> Person:
    """A group of the identity store."""
    return Person(GROUP_EXAMPLE, client)


@pytest.fixture
def reader(aws: Emulator, client: Callable[[str], Any]) -> Person:
    """A user of QuickSight."""
    return Person(QUICKSIGHT, client)


@pytest.fixture
def viewer(aws: Emulator, client: Callable[[str], Any]) -> Person:
    """A user of AppStream."""
    return Person(APPSTREAM, client)


@pytest.fixture
def new_run(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Forget everything, as a new process does, now and whenever it is called; after the test, remember it again."""

    def forget() -> None:
        monkeypatch.setattr(process, "current", process.Process())

    forget()
    return forget


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries wait for nothing, and no client has fewer or slower ones ever after: what is tried is their end."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    monkeypatch.setattr("botocore.retries.standard.ThrottlingErrorDetector.is_throttling_error", lambda *_, **__: False)
    monkeypatch.setattr("botocore.retries.quota.RetryQuota.acquire", lambda *_: True)
