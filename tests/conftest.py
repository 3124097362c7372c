"""What every test has: no network but loopback, no credentials but made-up ones, and an emulator to ask for."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import botocore
import pytest

from pulumi_identity.aws import process
from pulumi_identity.aws.retries import RateLimiters
from pulumi_identity.aws.session import Sessions
from pulumi_identity.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REGION = "us-east-1"


@pytest.hookimpl(tryfirst=True)  # before pytest selects by `-m`
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that run the Pulumi CLI: they use the fixture `stack`, or their module imports its environment."""
    for item in items:
        if isinstance(item, pytest.Function) and (
            "stack" in item.fixturenames or hasattr(item.module, "engine_environment")
        ):
            item.add_marker(pytest.mark.engine)


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION", "AWS_CONFIG_FILE", "PYTHONPATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(scope="session")
def port() -> int:
    """A free port, the same for every emulator of the run: boto3's clients take long to make, and are kept.

    It is below those that a system gives to whoever asks for any: the engine does, between two emulators.
    """
    while True:
        port = random.randrange(20_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@pytest.fixture
def aws(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An AWS of the test's own, which the provider meets as its process's environment has it."""
    with Emulator(port=port) as emulator:
        monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
        # Sessions are kept: boto3's clients take long to make, and find this AWS at the same address.
        monkeypatch.setattr(process, "current", process.Process(process.get(Sessions), process.get(RateLimiters)))
        yield emulator


@cache
def _somebodys(service: str, region: str, url: str) -> Any:
    return boto3.client(service, region_name=region, endpoint_url=url)


@pytest.fixture
def client(aws: Emulator) -> Callable[[str], Any]:
    """Somebody else, with boto3 clients of their own."""
    return lambda service, region=REGION: _somebodys(service, region, aws.url)


@pytest.fixture(scope="session")
def aws_cli() -> Iterator[Callable[..., Any]]:
    """Run a command of the AWS CLI, and return its parsed output."""
    environment = {
        "PATH": os.environ["PATH"],
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_DATA_PATH": str(Path(botocore.__file__).parent / "data"),  # its own models are older than boto3's
    }
    command = [sys.executable, str(Path(__file__).with_name("aws_cli.py"))]
    with subprocess.Popen(
        command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1
    ) as cli:
        assert cli.stdin
        assert cli.stdout

        def ask(*arguments: str) -> Any:
            assert cli.stdin
            assert cli.stdout
            cli.stdin.write(json.dumps(arguments) + "\n")
            code, printed, complained = json.loads(cli.stdout.readline())
            assert code == 0, complained
            return json.loads(printed or "{}")

        yield ask
        cli.stdin.close()
