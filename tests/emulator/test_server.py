"""What holds for every service: validation, throttling, faults, the record, isolation."""

import json
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
import urllib3
from botocore.exceptions import ConnectionClosedError
from emulator.asking import ACCOUNT, REGION, STORE, Ask, Store, raw_client, refused

from pulumi_identity.emulator import Emulator, ThrottleAnswer, calls, dispatch, throttle

OTHER_ACCOUNT = "111122223333"


def test_the_documents_operations_are_all_served(aws: Emulator) -> None:
    served = {
        "identitystore": """CreateUser DescribeUser UpdateUser DeleteUser ListUsers GetUserId CreateGroup
            DescribeGroup UpdateGroup DeleteGroup ListGroups GetGroupId CreateGroupMembership
            DescribeGroupMembership DeleteGroupMembership GetGroupMembershipId IsMemberInGroups
            ListGroupMemberships ListGroupMembershipsForMember""",
        "quicksight": "RegisterUser GetSessionEmbedUrl GetIdentityContext",
        "appstream": "CreateUser",
    }
    assert sum(len(names.split()) for names in served.values()) == 23
    for service, names in served.items():
        for name in names.split():
            snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)[1:]
            assert callable(getattr(getattr(aws, service), snake)), name


def test_callers_act_in_the_account_of_their_role(aws: Emulator, ask: Ask) -> None:
    assert ask("sts").get_caller_identity()["Account"] == ACCOUNT
    role = f"arn:aws:iam::{OTHER_ACCOUNT}:role/r"
    keys = ask("sts").assume_role(RoleArn=role, RoleSessionName="se")["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], region_name=REGION)
    there = {name: session.client(name, endpoint_url=aws.url) for name in ("sts", "quicksight", "appstream")}
    identity = there["sts"].get_caller_identity()
    assert identity["Account"] == OTHER_ACCOUNT
    assert identity["Arn"] == f"arn:aws:sts::{OTHER_ACCOUNT}:assumed-role/r/se"
    there["appstream"].create_user(UserName="jo@example.org", AuthenticationType="USERPOOL")
    assert ask("appstream").describe_users(AuthenticationType="USERPOOL")["Users"] == []
    user = there["quicksight"].register_user(
        AwsAccountId=OTHER_ACCOUNT,
        Namespace="default",
        IdentityType="IAM",
        IamArn=role,
        SessionName="se",
        Email="a@b",
        UserRole="AUTHOR",
    )["User"]
    assert f":{OTHER_ACCOUNT}:" in user["Arn"]
    assert there["quicksight"].get_session_embed_url(AwsAccountId=OTHER_ACCOUNT)["EmbedUrl"]
    with refused("AccessDeniedException"):
        ask("quicksight").describe_user(AwsAccountId=OTHER_ACCOUNT, Namespace="default", UserName="r/se")
    assert aws.calls.count("quicksight") == 3
    assert {call.account for call in aws.calls if call.service == "appstream"} == {ACCOUNT, OTHER_ACCOUNT}


def test_a_store_is_of_one_account(aws: Emulator, store: Store, ask: Ask) -> None:
    store.user()
    role = f"arn:aws:iam::{OTHER_ACCOUNT}:role/r"
    keys = ask("sts").assume_role(RoleArn=role, RoleSessionName="se")["Credentials"]
    client = boto3.client(
        "identitystore",
        region_name=REGION,
        endpoint_url=aws.url,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
    )
    with refused("ResourceNotFoundException", ResourceType="IDENTITY_STORE"):
        client.list_users(IdentityStoreId=STORE)


def test_the_rest_is_motos(ask: Ask) -> None:
    s3 = ask("s3")
    s3.create_bucket(Bucket="state")
    s3.put_object(Bucket="state", Key=".pulumi/stacks/ö.json", Body=b"x" * 100_000)
    assert s3.get_object(Bucket="state", Key=".pulumi/stacks/ö.json")["Body"].read() == b"x" * 100_000
    with refused("NoSuchKey"):
        s3.get_object(Bucket="state", Key="other")


def post(aws: Emulator, service: str, target: str, body: bytes, **headers: str) -> Any:
    scope = f"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/{REGION}/{service}/aws4_request, x"
    given = {"Authorization": scope, "X-Amz-Target": target, **headers}
    return urllib3.request("POST", aws.url, body=body, headers={k: v for k, v in given.items() if v})


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[]", b'"x"', b'{"IdentityStoreId": 7}', b"{}"])
def test_malformed_requests(aws: Emulator, body: bytes) -> None:
    answer = post(aws, "identitystore", "AWSIdentityStore.ListUsers", body)
    code = "ValidationException" if body.endswith(b"}") else "SerializationException"
    assert (answer.status, answer.json()["__type"]) == (400, code)


def test_malformed_cbor(aws: Emulator) -> None:
    url = f"{aws.url}/service/PhotonAdminProxyService/operation/CreateUser"
    scope = f"AWS4-HMAC-SHA256 Credential=A/20260101/{REGION}/appstream/aws4_request, x"
    headers = {"Authorization": scope, "smithy-protocol": "rpc-v2-cbor"}
    for body in (b"", b"\xff", b"\x80", b"\xbf"):
        assert urllib3.request("POST", url, body=body, headers=headers).status == 400


SIGNATURE = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/{}/aws4_request, x"


@pytest.mark.parametrize(
    ("service", "path", "headers", "status"),
    [
        ("quicksight", "/", {"X-Amz-Target": "AWSIdentityStore.ListUsers"}, 400),
        ("identitystore", "/", {"X-Amz-Target": "Other.ListUsers"}, 400),
        ("quicksight", "/service/X/operation/ListUsers", {"smithy-protocol": "rpc-v2-cbor"}, 400),
        ("identitystore", "/accounts/1/namespaces/default/users", {}, 404),
        ("s3", "/accounts/1/namespaces/default/users", {}, 400),
        ("nonsense", "/", {}, 400),
        ("", "/", {"X-Amz-Target": "AWSIdentityStore.ListUsers"}, 403),
        ("", "/", {}, 403),
    ],
)
def test_requests_that_no_service_understands(
    aws: Emulator,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    service: str,
    path: str,
    headers: dict[str, str],
    status: int,
) -> None:
    signature = {"Authorization": SIGNATURE.format(service)} if service else {}
    answer = urllib3.request("POST", aws.url + path, body=b"{}\xff", headers={**signature, **headers})
    assert answer.status == status
    assert len(caplog.records) == 1
    assert "Traceback" not in caplog.text + capsys.readouterr().err


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"Content-Length: 99999999999\r\n\r\n{}", 413),
        (b"Content-Length: 100\r\n\r\n{}", 400),
        (b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}", 400),
    ],
)
def test_bodies_without_an_end(
    aws: Emulator, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], body: bytes, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", int(aws.url.rpartition(":")[2])), timeout=10) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n" + body)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(12) == f"HTTP/1.1 {status}".encode()
    assert len(caplog.records) == 1
    assert "Traceback" not in caplog.text + capsys.readouterr().err


def test_a_chunked_body_is_read_up_to_the_limit(aws: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch.ServerRequest, "max_content_length", 1000)
    chunks = (b"x" * 100 for _ in range(50))
    assert urllib3.PoolManager().urlopen("POST", aws.url, body=chunks, chunked=True).status == 413


def test_the_instance_of_identity_center_has_the_store(ask: Ask) -> None:
    sso = ask("sso-admin")
    (instance,) = sso.list_instances()["Instances"]
    assert (instance["IdentityStoreId"], instance["OwnerAccountId"]) == (STORE, ACCOUNT)
    Store(ask("identitystore"), instance["IdentityStoreId"]).user()
    assert [found["InstanceArn"] for found in sso.list_instances()["Instances"]] == [instance["InstanceArn"]]
    described = sso.describe_instance(InstanceArn=instance["InstanceArn"])
    assert described["IdentityStoreId"] == STORE
    assert ask("sso-admin", "eu-west-1").list_instances()["Instances"] == []
    with refused("ResourceNotFoundException"):
        sso.describe_instance(InstanceArn=instance["InstanceArn"][:-1] + "x")
    created = sso.create_permission_set(Name="p", InstanceArn=instance["InstanceArn"])  # moto's
    assert created["PermissionSet"]["Name"] == "p"


def test_the_instances_have_the_stores_that_exist() -> None:
    with Emulator(identity_stores=["d-0000000001", "d-0000000002"]) as two:
        found = raw_client("sso-admin", REGION, two.url).list_instances(MaxResults=1)
        rest = raw_client("sso-admin", REGION, two.url).list_instances(NextToken=found["NextToken"])
    stores = [instance["IdentityStoreId"] for instance in found["Instances"] + rest["Instances"]]
    assert stores == ["d-0000000001", "d-0000000002"]


def test_unknown_operations(aws: Emulator) -> None:
    answer = post(aws, "identitystore", "AWSIdentityStore.Reset", b"{}")
    assert (answer.status, answer.json()["__type"]) == (400, "UnknownOperationException")


def test_an_answer_that_breaks_the_model_is_a_loud_failure(
    aws: Emulator, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    user = store.user()
    aws.identitystore.set_external_ids(STORE, user, ("", "x"))
    with refused("InternalFailure") as refusal:
        store.describe_user(UserId=user)
    assert refusal.status == 500
    assert "Issuer" in refusal.message
    assert "BrokenModelError" in capsys.readouterr().err
    assert list(aws.calls)[-1].error == "InternalFailure"


def test_errors_that_break_the_model_too(aws: Emulator, store: Store) -> None:
    aws.faults.fail("identitystore", "ListUsers", "ConflictException", Reason="NONSENSE")
    with refused("InternalFailure"):
        store.list_users()


class TestThrottling:
    def test_more_calls_than_the_rate_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = 1000.0
        monkeypatch.setattr(throttle, "time", SimpleNamespace(monotonic=lambda: now))
        with Emulator(rate=5) as slow:
            store = Store(raw_client("identitystore", REGION, slow.url))
            for _ in range(5):
                store.list_users()  # one second's worth of burst
            with refused("ThrottlingException", RetryAfterSeconds=1) as refusal:
                store.list_groups()
            assert refusal.status == 400
            elsewhere = Store(raw_client("identitystore", "eu-west-1", slow.url), "d-0000000000")
            elsewhere.list_users()  # a region has its own budget
            raw_client("appstream", REGION, slow.url).describe_users(AuthenticationType="USERPOOL")
            now += 0.25
            store.list_users()

    @pytest.mark.parametrize(
        ("answer", "delay", "message"),
        [("full", 2, "Rate exceeded"), ("no-delay", None, "Rate exceeded"), ("bare", None, "")],
    )
    def test_the_forms_of_the_answer(self, answer: str, delay: int | None, message: str) -> None:
        limits = {"rate": 0.5, "quicksight_rate": 0.5, "appstream_rate": 0.5}
        with Emulator(**limits, throttle_answer=ThrottleAnswer(answer)) as slow:  # type: ignore[arg-type]
            clients = {
                name: raw_client(name, REGION, slow.url) for name in ("identitystore", "quicksight", "appstream")
            }
            calls = {
                "identitystore": lambda: clients["identitystore"].list_users(IdentityStoreId=STORE),
                "quicksight": lambda: clients["quicksight"].list_users(AwsAccountId=ACCOUNT, Namespace="default"),
                "appstream": lambda: clients["appstream"].describe_users(AuthenticationType="USERPOOL"),
            }
            for service, call in calls.items():
                call()
                with refused("ThrottlingException") as refusal:
                    call()
                assert refusal.message == message
                assert refusal.members.get("RetryAfterSeconds") == (delay if service == "identitystore" else None)

    def test_a_patient_client_gets_the_rate(self) -> None:
        with Emulator(rate=20) as slow:
            config = boto3.session.Config(retries={"mode": "adaptive", "total_max_attempts": 15})
            client = boto3.client("identitystore", region_name=REGION, endpoint_url=slow.url, config=config)
            began = time.monotonic()
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(lambda _: client.list_users(IdentityStoreId=STORE), range(50)))
            assert 1.4 < time.monotonic() - began < 10
            assert slow.calls.count("identitystore", "ListUsers") >= 50


def test_latency() -> None:
    with Emulator(latency_ms=80) as slow:
        began = time.monotonic()
        raw_client("identitystore", REGION, slow.url).list_users(IdentityStoreId=STORE)
        assert time.monotonic() - began > 0.08
        assert list(slow.calls)[-1].ms >= 80


class TestFaults:
    def test_errors_for_the_next_calls(self, aws: Emulator, store: Store) -> None:
        members = {"ResourceType": "USER", "Reason": "KMS_KEY_NOT_FOUND"}
        aws.faults.fail("identitystore", "ListUsers", "ResourceNotFoundException", times=2, **members)
        for _ in range(2):
            with refused("ResourceNotFoundException", **members):
                store.list_users()
        store.list_users()
        store.list_groups()

    @pytest.mark.parametrize(
        ("service", "code", "status"),
        [
            ("identitystore", "InternalServerException", 500),
            ("identitystore", "AccessDeniedException", 400),
            ("quicksight", "ThrottlingException", 429),
            ("quicksight", "ResourceUnavailableException", 503),
        ],
    )
    def test_status_and_codes_are_the_models(
        self, aws: Emulator, ask: Ask, service: str, code: str, status: int
    ) -> None:
        aws.faults.fail(service, "ListUsers", code, message="because")
        arguments = {"quicksight": {"AwsAccountId": ACCOUNT, "Namespace": "default"}}
        with refused(code) as refusal:
            ask(service).list_users(**arguments.get(service, {"IdentityStoreId": STORE}))
        assert (refusal.status, refusal.message) == (status, "because")

    def test_an_answer_that_never_comes(self, aws: Emulator, store: Store) -> None:
        aws.faults.drop("identitystore", "CreateUser")
        with pytest.raises(ConnectionClosedError):
            store.user("jo")
        assert [user["UserName"] for user in store.list_users()["Users"]] == ["jo"]
        assert [call.status for call in aws.calls if call.operation == "CreateUser"] == [0]

    def test_somebody_comes_before(self, aws: Emulator, store: Store) -> None:
        user = store.user()
        aws.faults.before("identitystore", "UpdateUser", lambda: store.delete_user(UserId=user))
        with refused("ResourceNotFoundException"):
            store.set(user, "title", "x")

    def test_waiting_faults_are_forgotten(self, aws: Emulator, store: Store) -> None:
        aws.faults.fail("identitystore", "ListUsers", "AccessDeniedException")
        aws.faults.clear()
        store.list_users()


class TestCalls:
    def test_what_is_recorded(self, aws: Emulator, store: Store, ask: Ask) -> None:
        store.user()
        with refused("ConflictException"):
            store.user()
        ask("sts").get_caller_identity()
        with refused("NoSuchBucket"):
            ask("s3").list_objects_v2(Bucket="nowhere")
        recorded = [(c.service, c.operation, c.region, c.status, c.error) for c in aws.calls]
        assert recorded == [
            ("identitystore", "CreateUser", REGION, 200, None),
            ("identitystore", "CreateUser", REGION, 400, "ConflictException"),
            ("sts", "GetCallerIdentity", REGION, 200, None),
            ("s3", "ListObjectsV2", REGION, 404, "NoSuchBucket"),
        ]
        assert all(0 < call.ms < 5000 for call in aws.calls)
        assert aws.calls.by_operation()["identitystore:CreateUser"] == 2
        assert (len(aws.calls), aws.calls.count(), aws.calls.count("identitystore")) == (4, 4, 2)
        assert aws.calls.count(operation="GetCallerIdentity") == 1
        aws.calls.clear()
        assert len(aws.calls) == 0

    def test_the_record_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(calls, "KEPT", 3)
        with Emulator() as small:
            client = raw_client("identitystore", REGION, small.url)
            client.list_users(IdentityStoreId=STORE)
            for _ in range(3):
                client.list_groups(IdentityStoreId=STORE)
            assert [call.operation for call in small.calls] == ["ListGroups"] * 3

    def test_the_log(self, tmp_path: Path) -> None:
        log = tmp_path / "calls.jsonl"
        for _ in range(2):  # the second appends
            with Emulator(log=log) as logged:
                client = raw_client("identitystore", REGION, logged.url)
                client.list_users(IdentityStoreId=STORE)
                with refused("ValidationException"):
                    client.list_users(IdentityStoreId="x")
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        assert [(c["service"], c["operation"], c["status"], c["error"]) for c in lines] == [
            ("identitystore", "ListUsers", 200, None),
            ("identitystore", "ListUsers", 400, "ValidationException"),
        ] * 2
        assert {"time", "ms", "account", "region"} <= lines[0].keys()


class TestIsolation:
    def test_nothing_is_left_to_the_next(self) -> None:
        before = dict(os.environ)
        for _ in range(2):
            with Emulator() as one:
                client = raw_client("identitystore", REGION, one.url)
                assert client.list_users(IdentityStoreId=STORE)["Users"] == []
                Store(client).user()
                s3 = raw_client("s3", REGION, one.url)
                assert s3.list_buckets()["Buckets"] == []
                s3.create_bucket(Bucket="state")
                url = one.url
            with pytest.raises(RuntimeError, match="is not running"):
                _ = one.url
            with pytest.raises(urllib3.exceptions.MaxRetryError):
                urllib3.request("GET", url, retries=0)
        assert dict(os.environ) == before

    def test_two_at_once(self) -> None:
        with Emulator() as one, Emulator() as other:
            Store(raw_client("identitystore", REGION, one.url)).user()
            client = raw_client("identitystore", REGION, other.url)
            assert client.list_users(IdentityStoreId=STORE)["Users"] == []
            assert (len(one.calls), len(other.calls)) == (1, 1)

    def test_a_client_can_reset(self, aws: Emulator, store: Store, ask: Ask) -> None:
        store.user()
        ask("s3").create_bucket(Bucket="state")
        assert urllib3.request("POST", f"{aws.url}/moto-api/reset").status == 200
        assert store.list_users()["Users"] == []
        assert ask("s3").list_buckets()["Buckets"] == []

    def test_an_occupied_port(self, aws: Emulator) -> None:
        port = int(aws.url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"), Emulator(port=port):
            pass


def test_many_threads(store: Store) -> None:
    group = store.group()

    def work(number: int) -> None:
        user = store.user(f"u{number}")
        store.member(group, user)
        store.set(user, "title", str(number))
        store.describe_user(UserId=user)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(60)))
    users = store.list_users()["Users"]
    assert sorted(user["UserName"] for user in users) == sorted(f"u{n}" for n in range(60))
    assert {user["Revision"] for user in users} == {"2"}
    assert len(store.list_group_memberships(GroupId=group)["GroupMemberships"]) == 60


def test_one_of_many_wins_a_name(store: Store) -> None:
    barrier = threading.Barrier(8)

    def attempt(_: int) -> bool:
        barrier.wait()
        try:
            store.user("jo")
        except store.client.exceptions.ConflictException:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


def test_a_large_store_is_paged_quickly(aws: Emulator, store: Store) -> None:
    users = [
        {"UserName": f"u{n}", "DisplayName": f"u{n}", "Name": {"GivenName": "a", "FamilyName": "b"}}
        for n in range(10_000)
    ]
    aws.identitystore.seed_users(STORE, users, ACCOUNT, REGION)
    pages = store.client.get_paginator("list_users").paginate(IdentityStoreId=STORE)
    names = [user["UserName"] for page in pages for user in page["Users"]]
    assert names == [user["UserName"] for user in users]
    times = [call.ms for call in aws.calls if call.operation == "ListUsers"]
    early, late = sorted(times[:50])[25], sorted(times[-50:])[25]
    assert late < 3 * early, "a page costs what it holds, wherever it is"
