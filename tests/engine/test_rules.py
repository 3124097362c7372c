"""Each rule of trust once under the real engine; `tests/rules` tries their details without it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from engine.stack import PULUMI, STORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

    from pulumi_identity.emulator import Emulator

ACCOUNT = "123456789012"
READER = {"AwsAccountId": ACCOUNT, "Namespace": "default", "UserName": "reader"}
NAME = {"GivenName": "Jo", "FamilyName": "Doe"}

PERSON = """
def person(called, **more):
    name = {"given_name": "Jo", "family_name": "Doe"} | more.pop("name", {})
    return IdentityStoreUser(called, user_name=called, display_name="Jo", name=name, **more)

def reader(called="reader", **more):
    said = dict(email="jo@example.com", user_role="READER") | more
    return QuickSightUser(called, user_name=called, **said)
"""


def people(text: str) -> str:
    """Return a program of persons and readers."""
    return PERSON + dedent(text)


def somebody_sets(client: Callable[[str], Any], stack: Stack, name: str, **attributes: Any) -> None:
    """Somebody else writes attributes of a store's user."""
    operations = [{"AttributePath": path.replace("_", "."), "AttributeValue": v} for path, v in attributes.items()]
    user_id = stack.state()[name]["id"].partition("/")[2]
    client("identitystore").update_user(IdentityStoreId=STORE, UserId=user_id, Operations=operations)


def known(stack: Stack) -> dict[str, tuple[Any, ...]]:
    """Return what state knows of each resource, without when it was looked at."""
    return {name: (each["id"], each["inputs"], each["outputs"]) for name, each in stack.state().items()}


def test_declared_drift_and_no_false_alarms(stack: Stack, client: Callable[[str], Any]) -> None:
    stack.program(
        people("""
    jo = person(
        "jo", title="Engineer", name={"middle_name": "M"}, emails=[{"value": "jo@example.com"}],
        photos=[{"value": "a.png"}, {"value": "b.png"}],
    )
    reader(tags={"team": "data", "cost": "42"}, custom_permissions_name="no-exports")
    """)
    )
    stack.up()
    store, quicksight = client("identitystore"), client("quicksight")
    arn = stack.state()["reader"]["id"]

    # What nobody declared, defaults, another order, another shell.
    somebody_sets(
        client,
        stack,
        "jo",
        nickName="J",
        name_honorificPrefix="Dr",
        emails=[{"value": "jo@example.com", "primary": True}],
        photos=[{"value": "b.png"}, {"value": "a.png", "primary": False}],
    )
    quicksight.tag_resource(ResourceArn=arn, Tags=[{"Key": "theirs", "Value": "x"}])
    stack.environment |= {"AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-west-3"}
    assert stack.preview("--refresh", "--expect-no-changes").ops() == {}

    # Drift of what is declared is told with both values, and repaired.
    somebody_sets(client, stack, "jo", title="Boss", name_familyName="Smith")
    quicksight.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "ops"}])
    plan = stack.preview("--refresh")
    assert plan.diff("jo") == {"title": "update", "name.family_name": "update"}
    assert (plan.old("jo", "title"), plan.new("jo", "title")) == ("Boss", "Engineer")
    assert plan.diff("reader") == {"tags.team": "update"}
    assert (plan.old("reader", "tags")["team"], plan.new("reader", "tags")["team"]) == ("ops", "data")
    stack.up("--refresh")

    # What is declared no more is cleared, and nothing else.
    stack.program(people('person("jo")\nreader(tags={"cost": "42"})'))
    plan = stack.apply()
    gone = {"title": "delete", "name.middle_name": "delete", "emails": "delete", "photos": "delete"}
    assert plan.diff("jo") == gone
    assert plan.diff("reader") == {"tags.team": "delete", "custom_permissions_name": "delete"}
    live = store.describe_user(IdentityStoreId=STORE, UserId=stack.state()["jo"]["outputs"]["user_id"])
    assert live["Name"] == NAME | {"HonorificPrefix": "Dr"}
    assert live["NickName"] == "J"
    assert not {"Title", "Emails", "Photos"} & live.keys()
    assert "CustomPermissionsName" not in quicksight.describe_user(**READER)["User"]
    tags = quicksight.list_tags_for_resource(ResourceArn=arn)["Tags"]
    assert {tag["Key"] for tag in tags} == {"cost", "theirs"}
    assert stack.preview("--refresh", "--expect-no-changes").ops() == {}
    assert {stack.state()[name]["outputs"]["region"] for name in ("jo", "reader")} == {"us-east-1"}


def test_adoption_external_management_and_concurrency(
    stack: Stack, aws: Emulator, client: Callable[[str], Any]
) -> None:
    store = client("identitystore")
    ids = {
        name: store.create_user(IdentityStoreId=STORE, UserName=name, DisplayName="Theirs", Name=NAME)["UserId"]
        for name in ("ann", "eve")
    }
    aws.identitystore.set_external_ids(STORE, ids["eve"], ("https://idp.example.com", "x-1"))
    aws.faults.drop("identitystore", "CreateGroup")  # an answer that is lost
    stack.program(people('person("ann")\nperson("eve", adopt=True)\nGroup("lost", display_name="Lost")'))
    said = stack.up("--continue-on-error", check=False)
    assert "creating IAM Identity Center User (d-1234567890/ann): ConflictException: " in said
    assert " — set adopt=True to take it over, or import it with `pulumi-identity import`" in said
    assert "https://idp.example.com manages this user through SCIM" in said
    assert "Traceback" not in said
    assert "botocore" not in said
    assert stack.state().keys() == {"lost"}
    assert store.describe_user(IdentityStoreId=STORE, UserId=ids["eve"])["DisplayName"] == "Theirs"

    stack.program(people('person("ann", adopt=True, title="Engineer")\nGroup("lost", display_name="Lost")'))
    stack.up()
    assert stack.state()["ann"]["id"] == f"{STORE}/{ids['ann']}"

    somebody_sets(client, stack, "ann", nickName="A", title="Boss")
    before = known(stack)["ann"]
    stack.program(people('person("ann", adopt=True, title="Dr")\nGroup("lost", display_name="Lost")'))
    said = stack.up(check=False)
    assert "title has changed outside Pulumi" in said
    assert "ConflictException" not in said, "one line, and not what it came from"
    assert known(stack)["ann"] == before
    stack.up("--refresh")
    live = store.describe_user(IdentityStoreId=STORE, UserId=ids["ann"])
    assert (live["Title"], live["NickName"]) == ("Dr", "A")

    # Under external management since: neither changed nor deleted, also without the program.
    aws.identitystore.set_external_ids(STORE, ids["ann"], ("https://idp.example.com", "x-2"))
    done = stack.run("destroy", "--yes", "--skip-preview", check=False)
    assert done.returncode != 0
    assert "deleting IAM Identity Center User (d-1234567890/ann): https://idp.example.com manages" in done.stdout
    assert stack.state().keys() >= {"ann"}


def test_gone_precisely(stack: Stack, aws: Emulator, client: Callable[[str], Any]) -> None:
    stack.program(
        people("""
    person("jo")
    QuickSightUser(
        "of-role", identity_type="IAM", iam_arn="arn:aws:iam::123456789012:role/R", session_name="jo",
        email="jo@example.com", user_role="READER",
    )
    """)
    )
    stack.up()
    before = known(stack)
    for operation in ("DescribeUser", "ListUsers"):
        reason = {"ResourceType": "USER", "Reason": "KMS_KEY_NOT_FOUND"}
        aws.faults.fail("identitystore", operation, "ResourceNotFoundException", times=99, **reason)
    aws.quicksight.not_subscribed.add(ACCOUNT)
    done = stack.run("refresh", "--yes", "--skip-preview", check=False)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "restore the identity store's KMS key" in said or "not signed up with QuickSight" in said
    assert "Traceback" not in said
    assert known(stack) == before
    aws.faults.clear()
    aws.quicksight.not_subscribed.clear()

    aws.quicksight.remove_iam_principal("arn:aws:iam::123456789012:role/R")
    client("identitystore").delete_user(IdentityStoreId=STORE, UserId=before["jo"][2]["user_id"])
    assert stack.preview("--refresh").ops() == {"jo": "create"}
    (stack.folder / "__main__.py").unlink()
    stack.destroy()
    assert aws.calls.count("quicksight", "DeleteUserByPrincipalId") == 1
    assert stack.state() == {}


def test_a_role_steps_down_only_by_a_replacement_that_is_asked_for(stack: Stack, client: Callable[[str], Any]) -> None:
    stack.program(people('reader(user_role="AUTHOR")'))
    stack.up()
    stack.program(people('reader(user_role="READER")'))
    plan = stack.apply(check=False)
    assert plan.ops() == {"reader": "update"}
    assert "dashboards and analyses without an owner" in plan.diagnostics
    assert "Traceback" not in plan.diagnostics
    stack.program(people('reader(opts=ResourceOptions(replace_on_changes=["user_role"]))'))
    plan = stack.apply()
    assert "replace" in plan.ops()["reader"]
    assert plan.steps["reader"]["replaceReasons"] == ["user_role"]
    assert client("quicksight").describe_user(**READER)["User"]["Role"] == "READER"


def test_an_old_name_that_a_failed_run_left_behind(stack: Stack, client: Callable[[str], Any]) -> None:
    """A tidy-up that stops halfway leaves both names of a membership in state: the next run takes nobody out."""
    store = client("identitystore")
    store.create_group(IdentityStoreId=STORE, DisplayName="Taken")
    both = 'jo = person("jo")\ncrew = Group("crew", display_name="Crew")\n'
    place = "member = GroupMembership({}, group_id=crew.group_id, member_id=jo.user_id)\n"

    def members() -> list[str]:
        where = {"IdentityStoreId": STORE, "GroupId": stack.state()["crew"]["outputs"]["group_id"]}
        return [each["MembershipId"] for each in store.list_group_memberships(**where)["GroupMemberships"]]

    stack.program(PERSON + both + place.format('"old"'))
    stack.up()
    before = members()
    new = PERSON + both + place.format('"new"')
    stack.program(new + 'Group("taken", display_name="Taken", opts=ResourceOptions(depends_on=[member]))')
    stack.up(check=False)
    assert stack.state().keys() == {"jo", "crew", "old", "new"}
    stack.program(new)
    stack.up("--refresh")
    assert stack.state().keys() == {"jo", "crew", "new"}
    assert members() == before

    stack.up("--replace", "**::jo")  # the engine asks for no diff then; the old one is deleted first all the same
    assert len(members()) == 1
    assert members() != before
    stack.program(PERSON + both)
    stack.up("--refresh")
    assert members() == []


def test_settings_per_resource_and_from_configuration(stack: Stack, aws: Emulator) -> None:
    stack.run(
        "config", "set-all", "--plaintext", "identity:region=eu-central-1", "--plaintext",
        "identity:roleArn=arn:aws:iam::222222222222:role/People", "--plaintext", "identity:namespace=other",
    )  # fmt: skip
    stack.program(
        people("""
    person("jo")
    person("here", region="us-east-1", role_arn="arn:aws:iam::333333333333:role/P", identity_store_id="d-0987654321")
    reader()
    """)
    )
    said = stack.up("--continue-on-error", check=False)
    assert 'set region="us-east-1" on the QuickSight resources' in said
    state = stack.state()
    assert state.keys() == {"jo", "here"}
    where = {(call.account, call.region) for call in aws.calls if call.operation == "CreateUser"}
    assert where == {("222222222222", "eu-central-1"), ("333333333333", "us-east-1")}
    assert state["jo"]["outputs"]["region"] == "eu-central-1"
    assert state["jo"]["outputs"]["role_arn"] == "arn:aws:iam::222222222222:role/People"
    assert "SecretAccessKey" not in json.dumps(state)

    # Without the program and its configuration, state is enough to find them again.
    (stack.folder / "__main__.py").unlink()
    stack.run("config", "rm-all", "identity:region", "identity:roleArn", "identity:namespace")
    aws.calls.clear()
    stack.destroy()
    where = {(call.account, call.region) for call in aws.calls if call.operation == "DeleteUser"}
    assert where == {("222222222222", "eu-central-1"), ("333333333333", "us-east-1")}
    assert stack.state() == {}


SECRETS = {"given": "Josephina", "title": "Agent-007", "mail": "q@mi6.example", "team": "tagged-secret"}


def test_secret_inputs_stay_secret(stack: Stack, client: Callable[[str], Any]) -> None:
    stack.program(
        people("""
    secret = pulumi.Output.secret
    jo = person(
        "jo", name={"given_name": secret("Josephina")}, title=secret("Agent-007"),
        emails=[{"value": secret("q@mi6.example")}],
    )
    reader(email=secret("q@mi6.example"), tags={"team": secret("tagged-secret")})
    pulumi.export("title", jo.title)
    """)
    )
    said = stack.up("--diff") + stack.refresh()
    exported = stack.run("stack", "export").stdout
    somebody_sets(client, stack, "jo", title="Agent-008")
    said += stack.run("preview", "--refresh", "--diff").stdout
    for value in (*SECRETS.values(), "Agent-008"):
        assert value not in exported
        assert value not in said
    assert stack.outputs()["title"] == "Agent-007"

    # A value that fails its check is as secret as one that passes.
    stack.program(people('person("jo", title=pulumi.Output.secret("Agent-007" * 200), birthdate="1968-03-02" * 200)'))
    plan = stack.preview(check=False)
    assert "title must have at most 1024 characters" in plan.diagnostics
    assert "Agent-007" not in plan.diagnostics
    assert "1968" not in plan.diagnostics


def test_what_nobody_expected_keeps_its_traceback_and_tells_no_value(stack: Stack) -> None:
    # What a mistake of ours would look like, in the process that Pulumi starts for the provider.
    (stack.folder / "mistake").mkdir()
    (stack.folder / "mistake" / "sitecustomize.py").write_text(
        "from pulumi_identity.resources.identitystore import store\n"
        "def _id_in(self, answer):\n    return answer['NoSuchMember']\n"
        "store.StoreKind._id_in = _id_in\n",
        encoding="utf-8",
    )
    stack.environment["PYTHONPATH"] = str(stack.folder / "mistake")
    stack.program(people('person("jo", title=pulumi.Output.secret("Agent-007"), birthdate="1968-03-02")'))
    said = stack.up(check=False)
    assert "Traceback (most recent call last)" in said
    assert "KeyError: 'NoSuchMember'" in said
    assert "in create" in said
    assert "Agent-007" not in said
    assert "1968" not in said


def test_an_up_that_is_killed(stack: Stack, aws: Emulator) -> None:
    """AWS has made the user and nobody wrote it down: the next `up` says what to do, and then it works."""
    arrived, killed = threading.Event(), threading.Event()

    def wait_for_the_kill() -> None:
        arrived.set()
        killed.wait(30)

    aws.faults.before("identitystore", "CreateUser", wait_for_the_kill)
    stack.program(people('person("jo")'))
    running = subprocess.Popen(
        [str(PULUMI), "up", "--yes", "--skip-preview", "--non-interactive"],
        cwd=stack.folder,
        env=stack.environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert arrived.wait(60)
    os.killpg(running.pid, signal.SIGKILL)  # the engine and what it has started, which are a session of their own
    running.wait()
    killed.set()
    stack.run("cancel", "--yes")
    said = stack.up(check=False)
    assert "set adopt=True to take it over, or import it with `pulumi-identity import`" in said
    stack.program(people('person("jo", adopt=True)'))
    stack.up()
    assert stack.preview("--refresh", "--expect-no-changes").ops() == {}
