"""Profile and role in state under the real engine, with another environment, and without the program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.stack import STORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

    from pulumi_identity.emulator import Emulator

OTHER, THIRD = "222222222222", "333333333333"
ROLE = "arn:aws:iam::{}:role/People"
ASSUME_ROLE = {"external_id": "people-1", "session_name": "pulumi-people", "duration": 900}
PROGRAM = f"""
class Team(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("test:index:Team", name, {{}}, opts)
        Group(f"{{name}}-group", display_name=name, opts=ResourceOptions(parent=self))

with settings(role_arn="{ROLE.format(THIRD)}", assume_role={ASSUME_ROLE}):
    Team("third")
    with settings(identity_store_id=pulumi.Output.from_input("d-0987654321")):
        Group("inner", display_name="Inner")
Group("configured", display_name="Configured", identity_store_id="d-1111111111")
"""


def test_each_command_uses_the_profile_and_the_role_in_state(
    stack: Stack, aws: Emulator, client: Callable[[str], Any]
) -> None:
    keys = client("sts").assume_role(RoleArn=ROLE.format(OTHER), RoleSessionName="other")["Credentials"]
    (stack.folder / "credentials").write_text(
        f"[other]\naws_access_key_id = {keys['AccessKeyId']}\naws_secret_access_key = {keys['SecretAccessKey']}\n"
        f"aws_session_token = {keys['SessionToken']}\n",
        encoding="utf-8",
    )
    stack.environment["AWS_SHARED_CREDENTIALS_FILE"] = str(stack.folder / "credentials")

    def accounts(operation: str) -> set[str]:
        called = {call.account for call in aws.calls if call.operation == operation}
        assert {call.account for call in aws.calls if call.operation == "AssumeRole"} == {OTHER}
        aws.calls.clear()
        return called

    stack.run("config", "set", "identity:profile", "other")
    stack.program(PROGRAM)
    aws.calls.clear()
    stack.up()
    assert accounts("CreateGroup") == {OTHER, THIRD}
    state = stack.state()
    assert (
        state["third-group"]["outputs"]
        | {
            "profile": "other",
            "role_arn": ROLE.format(THIRD),
            "assume_role": ASSUME_ROLE,
            "identity_store_id": STORE,
        }
        == state["third-group"]["outputs"]
    )
    assert state["inner"]["outputs"]["identity_store_id"] == "d-0987654321"
    assert state["configured"]["outputs"]["profile"] == "other"
    assert not {"role_arn", "assume_role"} & state["configured"]["outputs"].keys()
    exported = json.dumps(state)
    assert not [secret for secret in keys.values() if str(secret) in exported]
    assert stack.preview("--expect-no-changes").ops() == {}

    # Another shell: other credentials, and neither the program nor its configuration.
    (stack.folder / "__main__.py").unlink()
    stack.run("config", "rm", "identity:profile")
    stack.environment["AWS_ACCESS_KEY_ID"] = "AKIAI44QH8DHBEXAMPLE"
    aws.calls.clear()
    stack.run("refresh", "--yes", "--skip-preview", "--expect-no-changes")
    assert accounts("ListGroups") | {OTHER, THIRD} == {OTHER, THIRD}
    stack.destroy()
    assert accounts("DeleteGroup") == {OTHER, THIRD}
    assert stack.state() == {}
