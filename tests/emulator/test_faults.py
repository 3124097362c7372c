"""Each fault as a client sees it, in each service's protocol, from Python and from a file."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import boto3
import pytest
import urllib3
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError
from botocore.parsers import ResponseParserError
from emulator.asking import ACCOUNT, REGION, STORE, Ask, Store, raw_client, refused
from emulator.test_cli import emulator, run

from pulumi_identity.emulator import Emulator
from pulumi_identity.emulator.faults import PAGE

POOL = {"AuthenticationType": "USERPOOL"}
NAMESPACE = {"AwsAccountId": ACCOUNT, "Namespace": "default"}
JO = {"UserName": "jo", "DisplayName": "Jo", "Name": {"GivenName": "Jo", "FamilyName": "Do"}}

CREATES: dict[str, tuple[str, dict[str, Any]]] = {
    "identitystore": ("CreateUser", {"IdentityStoreId": STORE, **JO}),
    "quicksight": (
        "RegisterUser",
        {**NAMESPACE, "IdentityType": "QUICKSIGHT", "UserName": "jo", "Email": "jo@example.org", "UserRole": "READER"},
    ),
    "appstream": ("CreateUser", {"UserName": "jo@example.org", **POOL}),
}
"""Service → the operation that creates a user, and its parameters. The protocols are JSON 1.1 and REST-JSON."""

LISTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "identitystore": ("ListUsers", "Users", {"IdentityStoreId": STORE}),
    "quicksight": ("ListUsers", "UserList", NAMESPACE),
    "appstream": ("DescribeUsers", "Users", POOL),
}


def call(ask: Ask, service: str, operation: str, request: dict[str, Any]) -> Any:
    """Call an operation by the name that AWS gives it."""
    return getattr(ask(service), re.sub("(?<!^)(?=[A-Z])", "_", operation).lower())(**request)


@pytest.fixture(params=CREATES)
def service(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def create(ask: Ask, service: str) -> Callable[[], Any]:
    """Create the user."""
    return lambda: call(ask, service, *CREATES[service])


@pytest.fixture
def exists(ask: Ask, service: str) -> Callable[[], bool]:
    """Return whether the user exists."""

    def listed() -> bool:
        operation, members, request = LISTS[service]
        return bool(call(ask, service, operation, request)[members])

    return listed


@contextmanager
def responses(client: Any) -> Iterator[list[tuple[int, bytes, bool]]]:
    """Yield the status and the body of each response within the block, and whether it has a request id."""
    seen: list[tuple[int, bytes, bool]] = []

    def take(response_dict: dict[str, Any], **_: Any) -> None:
        seen.append(
            (response_dict["status_code"], response_dict["body"], "x-amzn-RequestId" in response_dict["headers"])
        )

    client.meta.events.register("before-parse", take)
    with suppress(ResponseParserError):
        yield seen
    client.meta.events.unregister("before-parse", take)


@pytest.mark.parametrize("act", ["before", "after"])
@pytest.mark.parametrize(
    ("fault", "fields", "code", "status"),
    [
        ("error", {"code": "AccessDeniedException"}, "AccessDeniedException", None),
        ("error", {"code": "ExpiredTokenException"}, "ExpiredTokenException", 400),
        ("error", {"code": "InternalFailure"}, "InternalFailure", 500),
        ("error", {"code": "ServiceUnavailable", "status": 503}, "ServiceUnavailable", 503),
        ("throttle", {}, "ThrottlingException", None),
    ],
)
def test_errors(
    aws: Emulator,
    service: str,
    create: Callable[[], Any],
    exists: Callable[[], bool],
    act: str,
    fault: str,
    fields: dict[str, Any],
    code: str,
    status: int | None,
) -> None:
    aws.faults.add(service=service, operation=CREATES[service][0], fault=fault, act=act, **fields)
    with refused(code) as refusal:
        create()
    assert status in (None, refusal.status)
    assert exists() == (act == "after")


def test_a_throttled_response_asks_for_a_pause(aws: Emulator, store: Store) -> None:
    aws.faults.add(service="identitystore", operation="ListUsers", fault="throttle", retry_after=7)
    with refused("ThrottlingException", RetryAfterSeconds=7):
        store.list_users()


@pytest.mark.parametrize("act", ["before", "after"])
@pytest.mark.parametrize("fault", ["empty", "braces", "html"])
def test_bodies_that_lack_the_response(
    aws: Emulator,
    ask: Ask,
    service: str,
    create: Callable[[], Any],
    exists: Callable[[], bool],
    fault: str,
    act: str,
) -> None:
    aws.faults.add(service=service, operation=CREATES[service][0], fault=fault, act=act)
    with responses(ask(service)) as seen:
        create()
    ((status, body, has_id),) = seen
    assert (status, has_id) == (200, fault != "html")
    assert body == {"empty": b"", "braces": b"{}", "html": PAGE}[fault]
    assert exists() == (act == "after")


def test_a_cut_response_is_the_first_half_of_the_true_one(aws: Emulator, ask: Ask, service: str) -> None:
    call(ask, service, *CREATES[service])
    operation, _, request = LISTS[service]
    with responses(ask(service)) as seen:
        call(ask, service, operation, request)
        aws.faults.add(service=service, operation=operation, fault="cut")
        call(ask, service, operation, request)
    (_, whole, _), (status, half, has_id) = seen
    assert (status, has_id, len(half)) == (200, True, len(whole) // 2)
    assert half == whole[: len(half)]


def test_the_shapes_of_cbor(aws: Emulator) -> None:
    url = f"{aws.url}/service/PhotonAdminProxyService/operation/DescribeUsers"
    scope = f"AWS4-HMAC-SHA256 Credential=A/20260101/{REGION}/appstream/aws4_request, x"
    headers = {"Authorization": scope, "smithy-protocol": "rpc-v2-cbor", "Content-Type": "application/cbor"}
    bodies = {}
    for fault in ("none", "cut", "empty", "braces", "error"):
        aws.faults.add(service="appstream", fault=fault, code="Busy" if fault == "error" else "")
        answer = urllib3.request("POST", url, body=b"\xa1\x72AuthenticationType\x68USERPOOL", headers=headers)
        assert answer.headers["smithy-protocol"] == "rpc-v2-cbor"
        assert answer.headers["x-amzn-RequestId"]
        bodies[fault] = answer.data
    whole = bodies["none"]
    assert whole == b"\xa1\x65Users\x80"
    assert (bodies["cut"], bodies["empty"], bodies["braces"]) == (whole[: len(whole) // 2], b"", b"\xa0")
    assert b"\x64Busy" in bodies["error"]


@pytest.mark.parametrize("act", ["before", "after"])
def test_connections_that_close(
    aws: Emulator, service: str, create: Callable[[], Any], exists: Callable[[], bool], act: str
) -> None:
    aws.faults.add(service=service, operation=CREATES[service][0], fault="reset", act=act)
    with pytest.raises(ConnectionClosedError):
        create()
    assert list(aws.calls)[-1].status == 0
    assert exists() == (act == "after")


def test_a_response_that_never_comes(aws: Emulator, service: str, exists: Callable[[], bool]) -> None:
    hasty = Config(retries={"total_max_attempts": 1}, read_timeout=0.2)
    client = boto3.client(service, region_name=REGION, endpoint_url=aws.url, config=hasty)
    operation, request = CREATES[service]
    aws.faults.add(service=service, operation=operation, fault="hang", act="after")
    with pytest.raises(ReadTimeoutError):
        call(lambda _: client, service, operation, request)
    assert exists()


class TestCallsHit:
    def test_from_a_call_on_some_times_or_always(self, aws: Emulator, store: Store) -> None:
        aws.faults.add(
            service="identitystore", operation="ListUsers", call=2, times=2, fault="error", code="AccessDeniedException"
        )
        assert outcomes(store.list_users, 5) == "+--++"
        aws.faults.add(service="identitystore", call=3, times="always", fault="throttle")
        assert outcomes(store.list_users, 2) == "++"
        assert outcomes(store.list_groups, 4) == "----"
        aws.faults.clear()
        assert outcomes(store.list_users, 1) == "+"

    def test_of_one_service_only(self, aws: Emulator, store: Store, ask: Ask) -> None:
        aws.faults.add(service="appstream", fault="throttle", times="always")
        assert outcomes(store.list_users, 1) == "+"
        assert outcomes(lambda: ask("appstream").describe_users(**POOL), 2) == "--"

    def test_the_first_fault_takes_the_call(self, aws: Emulator, store: Store) -> None:
        aws.faults.add(service="identitystore", fault="error", code="AccessDeniedException")
        aws.faults.add(service="identitystore", fault="throttle")
        for code in ("AccessDeniedException", "ThrottlingException"):
            with refused(code):
                store.list_users()
        store.list_users()

    def test_an_action_comes_with_a_fault(self, aws: Emulator, store: Store) -> None:
        aws.faults.add(store.user, service="identitystore", operation="ListUsers", fault="throttle")
        with refused("ThrottlingException"):
            store.list_users()
        assert len(store.list_users()["Users"]) == 1


def outcomes(ask: Callable[[], Any], times: int) -> str:
    """Call `times` times, and return a plus for each success and a minus for each error."""
    shown = ""
    for _ in range(times):
        try:
            ask()
        except ClientError:
            shown += "-"
        else:
            shown += "+"
    return shown


FILE = """
- service: identitystore
  operation: ListUsers
  call: 2
  times: always
  fault: error
  code: AccessDeniedException
  message: denied by the test
- {service: appstream, fault: braces}
"""

WRONG = """
- service: s3
  operation: ListUsers
  fault: cut
- service: identitystore
  operation: DropUsers
  call: 0
  times: sometimes
  fault: error
  color: red
- service: quicksight
  fault: cut
  act: before
- service: quicksight
  fault: throttle
  retry_after: 3
- nonsense
- service: appstream
  fault: reset
  code: X
"""

PROBLEMS = {
    1: ["service"],
    2: ["operation", "call", "times", "times", "code", "color"],  # `times` is neither a number nor `always`
    3: ["act"],
    4: ["retry_after"],
    5: ["Input should be a valid dictionary or instance of Fault"],
    6: ["code"],
}


class TestFile:
    def test_the_command_reads_one(self, tmp_path: Path) -> None:
        path = tmp_path / "faults.yaml"
        path.write_text(FILE)
        with emulator("--faults", str(path)) as (_, url):
            store = Store(raw_client("identitystore", REGION, url))
            store.list_users()
            for _ in range(3):
                with refused("AccessDeniedException") as refusal:
                    store.list_users()
                assert refusal.message == "denied by the test"
            store.list_groups()
            appstream = raw_client("appstream", REGION, url)
            assert "Users" not in appstream.describe_users(**POOL)
            assert appstream.describe_users(**POOL)["Users"] == []

    def test_all_problems_are_shown_at_once(self, tmp_path: Path) -> None:
        path = tmp_path / "faults.yaml"
        path.write_text(WRONG)
        done = run("emulator", "--port", "0", "--faults", str(path))
        assert (done.returncode, done.stdout) == (1, "")
        prefix = f"reading faults from {path}: item "
        shown: dict[int, list[str]] = {}
        for line in done.stderr.splitlines():
            assert line.startswith(prefix)
            number, problem = line.removeprefix(prefix).split(": ", 1)
            shown.setdefault(int(number), []).append(problem.partition(":")[0])
        assert shown == PROBLEMS

    @pytest.mark.parametrize(
        ("text", "cause"), [("service: x", "must be a YAML list"), ("- [", "not YAML"), (None, "No such file")]
    )
    def test_a_file_of_another_kind(self, tmp_path: Path, text: str | None, cause: str) -> None:
        path = tmp_path / "faults.yaml"
        if text is not None:
            path.write_text(text)
        done = run("emulator", "--port", "0", "--faults", str(path))
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert cause in done.stderr

    def test_python_refuses_the_same(self, aws: Emulator) -> None:
        with pytest.raises(ValueError, match="no operation DropUsers"):
            aws.faults.add(service="identitystore", operation="DropUsers", fault="cut")
