"""State on the backends that several people and CI jobs share: S3 and PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine.stack import STORE, Stack, engine_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_identity.emulator import Emulator

PROGRAM = """
    jo = IdentityStoreUser(
        "jo", user_name="jo", display_name="Jo", name={"given_name": "Jo", "family_name": "Doe"},
    )
    group = Group("admins", display_name="Admins")
    GroupMembership("jo-admins", group_id=group.group_id, member_id=jo.user_id)
    pulumi.export("jo", jo.user_id)
"""


def lives_on(backend: str, aws: Emulator, folder: Path) -> None:
    """Create, look again from another machine, and take down, with state on the backend."""
    (folder / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
    stack = Stack(folder, engine_environment(folder, aws.url) | {"PULUMI_BACKEND_URL": backend})
    stack.run("stack", "init", "test")
    stack.run("config", "set", "identity:identityStoreId", STORE)
    stack.program(PROGRAM)
    stack.up()
    made = stack.outputs()["jo"]

    elsewhere = Stack(folder, stack.environment | {"PULUMI_HOME": str(folder / "another home")})
    elsewhere.run("stack", "select", "test")
    assert elsewhere.outputs() == {"jo": made}
    assert elsewhere.preview("--refresh", "--expect-no-changes").ops() == {}
    elsewhere.destroy()
    assert elsewhere.state() == {}


def test_state_in_s3(aws: Emulator, client: Callable[[str], Any], tmp_path: Path) -> None:
    client("s3").create_bucket(Bucket="pulumi-state")
    endpoint = aws.url.removeprefix("http://")
    options = f"region=us-east-1&endpoint={endpoint}&disableSSL=true&s3ForcePathStyle=true"
    lives_on(f"s3://pulumi-state?{options}", aws, tmp_path)
    kept = client("s3").list_objects_v2(Bucket="pulumi-state")["Contents"]
    assert any(each["Key"].endswith("people/test.json") for each in kept)


def test_state_in_postgresql(aws: Emulator, postgresql: str, tmp_path: Path) -> None:
    lives_on(postgresql, aws, tmp_path)


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[str]:
    """A PostgreSQL server of the test's own, on a socket in a folder: no other program can have taken it."""
    programs = _postgresql_programs()
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))  # pytest's own folders are root's alone
    user: list[str] = []
    if os.geteuid() == 0:  # it refuses to run as root
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres", "postgres")
    make = [*user, programs / "initdb", "--pgdata", folder / "data", "--auth=trust", "--username=pulumi", "--no-sync"]
    subprocess.run(make, check=True, capture_output=True)
    log = tmp_path / "postgresql.log"
    with log.open("w", encoding="utf-8") as said:
        serve = [*user, programs / "postgres", "-D", folder / "data", "-h", "", "-k", folder, "-F"]
        server = subprocess.Popen(serve, stdout=said, stderr=said)
    try:
        asked = [programs / "pg_isready", "-h", folder]
        deadline = time.monotonic() + 60
        while subprocess.run(asked, capture_output=True, check=False).returncode:
            assert server.poll() is None, f"PostgreSQL ended:\n{log.read_text(encoding='utf-8')}"
            assert time.monotonic() < deadline, f"PostgreSQL does not answer:\n{log.read_text(encoding='utf-8')}"
            time.sleep(0.2)
        yield f"postgres://pulumi@/postgres?host={folder}&sslmode=disable"
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder)


def _postgresql_programs() -> Path:
    """Return where PostgreSQL's programs are, installing Debian's package where that can be done."""
    if not _installed():
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            pytest.skip("there is no PostgreSQL, and only root can install Debian's package")
        quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in ("apt-get update", "apt-get install --yes --no-install-recommends postgresql"):
            done = subprocess.run(command.split(), env=quietly, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"there is no PostgreSQL, and `{command}` failed: {done.stderr.strip()[-200:]}")
    return _installed()[-1]


def _installed() -> list[Path]:
    return sorted(path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres"))
