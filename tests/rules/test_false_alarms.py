"""An unchanged program previews as unchanged, whatever else has changed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from contract.examples import APPSTREAM, GROUP_EXAMPLE, QUICKSIGHT, RESOURCES, USER, Example
from contract.host import Host

from pulumi_identity import Denied, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from rules.conftest import Person

    from pulumi_identity.emulator import Emulator

SAME: tuple[str, list[str]] = ("same", [])


def backwards(value: Any) -> Any:
    """Return a value with the keys of every dict in it in the other order."""
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return [backwards(item) for item in value] if isinstance(value, list) else value


def test_the_order_of_keys_and_tags_is_none(user: Person, reader: Person) -> None:
    for person, example in ((user, USER), (reader, QUICKSIGHT)):
        person.up(**{name: values[0] for name, values in example.changes.items()})
        assert person.host.preview(backwards(person.said)) == SAME
        person.host.refresh()
        assert person.host.preview(backwards(person.said)) == SAME


def test_aws_adds_a_default_to_each_item(user: Person) -> None:
    address = {"street_address": "1 Main St", "locality": "Berlin"}
    user.up(emails=[{"value": "jo@example.com"}], addresses=[address], photos=[{"value": "a"}, {"value": "b"}])
    user.somebody_sets("emails", [{"value": "jo@example.com", "primary": True}])
    user.somebody_sets("addresses", [{"streetAddress": "1 Main St", "locality": "Berlin", "primary": False}])
    user.somebody_sets("photos", [{"value": "b", "primary": False}, {"value": "a", "primary": False}])
    assert user.host.refresh()
    assert user.preview() == SAME
    assert user.host.outputs["photos"] == [{"value": "a"}, {"value": "b"}], "photos have no order in AWS"


def test_numbers_and_trues_of_an_extension(user: Person) -> None:
    user.up(extensions={"aws:identitystore:enterprise": {"level": 7, "remote": True, "share": 0.5, "past": [1, 2]}})
    live = user.live()["Extensions"]["aws:identitystore:enterprise"]
    assert live == {"level": 7, "remote": True, "share": 0.5, "past": [1, 2]}
    user.host.refresh()
    assert user.preview() == SAME


@pytest.mark.parametrize("example", [USER, GROUP_EXAMPLE, QUICKSIGHT, APPSTREAM], ids=str)
def test_another_shells_region_moves_nobody(
    aws: Emulator, new_run: Callable[[], None], monkeypatch: pytest.MonkeyPatch, example: Example
) -> None:
    host = Host(example.resource)
    host.up(example.program)
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
    new_run()
    aws.calls.clear()
    assert host.preview(example.program) == SAME
    assert host.refresh()
    assert host.preview(example.program) == SAME
    change = next(iter(example.changes))
    host.up(example.program | {change: example.changes[change][0]})
    host.destroy()
    assert {call.region for call in aws.calls} == {"us-east-1"}


def test_saying_the_region_that_was_resolved_changes_nothing(user: Person) -> None:
    user.up()
    assert user.preview(region="us-east-1") == SAME
    user.up(region="us-east-1")
    user.host.refresh()
    assert user.preview() == SAME
    assert user.preview(region=None) == SAME


@pytest.mark.parametrize("who", ["user", "group", "reader"])
def test_another_region_deletes_nobody(who: str, request: pytest.FixtureRequest) -> None:
    """There is one directory: to replace would delete here, and then fail to make it there."""
    person: Person = request.getfixturevalue(who)
    person.up()
    assert person.preview(region="eu-central-1") == ("update", ["region"])
    with pytest.raises((NotFound, Denied), match="region"):
        person.up(region="eu-central-1")
    assert person.live()
    person.up(region="us-east-1")


def test_each_region_has_a_user_pool(viewer: Person) -> None:
    viewer.up()
    assert viewer.preview(region="eu-central-1") == ("replace", ["region"])


def test_the_invitation_of_somebody_else_is_not_kept(reader: Person) -> None:
    reader.up()
    assert reader.host.refresh()
    assert "user_invitation_url" in reader.host.outputs
    reader.host.outputs["principal_id"] = "of somebody who had this name before"
    assert reader.host.refresh()
    assert "user_invitation_url" not in reader.host.outputs


def test_saying_the_account_that_was_resolved_changes_nothing(reader: Person) -> None:
    account = reader.said["aws_account_id"]
    reader.host.up({name: value for name, value in reader.said.items() if name != "aws_account_id"})
    assert reader.host.outputs["aws_account_id"] == account
    assert reader.preview() == SAME
    assert reader.preview(aws_account_id=None) == SAME
    with pytest.raises(Denied, match="resources of account 999999999999"):  # its replacement could not be created
        reader.preview(aws_account_id="999999999999")


def test_a_user_of_an_iam_role_keeps_its_name(reader: Person) -> None:
    role = "arn:aws:iam::123456789012:role/teams/Analysts"
    reader.up(user_name=None, identity_type="IAM", iam_arn=role, session_name="jo@example.com")
    assert reader.host.outputs["user_name"] == "Analysts/jo@example.com"
    assert reader.host.refresh()
    assert reader.preview() == SAME
    assert reader.preview(iam_arn=role.replace("Analysts", "Others")) == ("replace", ["iam_arn"])


@pytest.mark.parametrize("example", [examples[0] for examples in RESOURCES.values()], ids=str)
def test_a_provider_is_the_same_bytes_in_every_process(example: Example) -> None:
    """So an upgrade of Python or of the package changes no state."""
    code = (
        "import sys, pulumi_identity\n"
        "from pulumi.dynamic.dynamic import serialize_provider\n"
        f"sys.stdout.write(serialize_provider(pulumi_identity._state.provider({example.name!r})))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert other == Host(example.resource).reference
