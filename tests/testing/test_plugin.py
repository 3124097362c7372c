"""The fixtures of the pytest plugin, under the real engine, and what loading the plugin costs."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pulumi
import pytest
from engine.stack import engine_environment
from pulumi.automation import CommandError

from pulumi_identity import AppStreamUser, Group, GroupMembers, IdentityStoreUser, QuickSightUser, testing
from pulumi_identity.testing.isolation import isolated
from pulumi_identity.testing.stacks import Stacks, closed_loops

if TYPE_CHECKING:
    from pulumi_identity.testing import EmulatedAws

assert engine_environment  # its import marks these tests as tests of the engine

ROOT = Path(__file__).parents[2]
HEAVY = ("moto", "boto3", "botocore", "pulumi", "pulumi_identity", "pydantic")


def team(title: str = "Engineer") -> None:
    """Register a person in a group."""
    jo = IdentityStoreUser(
        "jo", user_name="jo", display_name="Jo", name={"given_name": "Jo", "family_name": "Doe"}, title=title
    )
    admins = Group("admins", display_name="Admins")
    GroupMembers("admins", group_id=admins.group_id, members={"jo": jo.user_id})
    pulumi.export("jo", jo.user_id)
    pulumi.export("password", pulumi.Output.secret("hidden"))


def test_a_stack_shows_its_changes_and_those_of_others(identity_aws: EmulatedAws, identity_stack: Stacks) -> None:
    titles = ["Engineer"]
    stack = identity_stack(lambda: team(titles[-1]))
    first = stack.preview().changes
    assert {name: change.operation for name, change in first.items()} == {
        "jo": "create",
        "admins (Group)": "create",
        "admins (GroupMembers)": "create",
    }
    assert first["jo"].properties["title"] == "Engineer"
    stack.up()
    assert identity_aws.members("Admins") == ["jo"]
    assert stack.outputs == {"jo": identity_aws._id("user", "jo"), "password": "hidden"}

    identity_aws.add_user("eve")
    identity_aws.add_member("Admins", "eve")
    titles.append("Lead")
    assert stack.preview().changes == {"jo": ("update", {"title": "Lead"})}
    assert stack.review().headline == (
        "1 person is removed from groups, 1 has other changes, 1 resource was changed outside Pulumi"
    )
    stack.refresh()
    stack.up()
    assert identity_aws.members("Admins") == ["jo"]
    assert stack.preview().changes == {}


def test_a_folder_is_a_program_too(identity_aws: EmulatedAws, identity_stack: Stacks, tmp_path: Path) -> None:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: people\nruntime: python\n", encoding="utf-8")
    program = """
        import pulumi
        import pulumi_identity
        pulumi_identity.Group("admins", display_name=pulumi.Config("team").require("name"))
    """
    (folder / "__main__.py").write_text(dedent(program), encoding="utf-8")
    stack = identity_stack(folder, config={"team:name": "Admins"})
    stack.up()
    assert identity_aws.groups() == ["Admins"]
    assert sorted(path.name for path in folder.iterdir()) == ["Pulumi.yaml", "__main__.py"]
    identity_aws.delete("Admins")
    assert stack.preview(refresh=True).changes["admins"].operation == "create"
    stack.destroy()


def test_a_folder_without_a_program_is_an_error(identity_stack: Stacks, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"has no Pulumi\.yaml — pass the folder of a Pulumi program$"):
        identity_stack(tmp_path)


# The console


def test_an_administrator_changes_the_directory(identity_aws: EmulatedAws) -> None:
    eve = identity_aws.add_user("eve", Title="Engineer")
    identity_aws.add_group("Admins")
    identity_aws.add_member("Admins", eve)
    identity_aws.rename("eve", "eva")
    identity_aws.rename("Admins", "Owners")
    assert identity_aws.members("Owners") == ["eva"]
    identity_aws.remove_member("Owners", "eva")
    assert identity_aws.members("Owners") == []
    identity_aws.delete(f"{identity_aws.identity_store_id}/{eve}")
    identity_aws.delete("Owners")
    assert (identity_aws.users(), identity_aws.groups()) == ([], [])


def test_an_administrator_deletes_users_of_the_other_services(identity_aws: EmulatedAws) -> None:
    with testing.mocks(emulator=identity_aws.emulator):
        reader = QuickSightUser(
            "r", user_name="r", email="r@example.com", user_role="READER", identity_type="QUICKSIGHT"
        )
        app = AppStreamUser("a", user_name="a@example.com", authentication_type="USERPOOL")
        ids = [testing.value(reader.id), testing.value(app.id)]
    for id_ in ids:
        identity_aws.delete(id_)
    assert [call.operation for call in identity_aws.calls][-2:] == ["DeleteUser", "DeleteUser"]


def test_an_unknown_name_is_an_error(identity_aws: EmulatedAws) -> None:
    identity_aws.add_user("admins")
    with pytest.raises(LookupError, match="the identity store d-1234567890 has no group 'Admins'"):
        identity_aws.members("Admins")
    with pytest.raises(LookupError, match="the identity store d-1234567890 has no user or group 'eve'"):
        identity_aws.delete("eve")
    identity_aws.add_group("admins")
    with pytest.raises(LookupError, match="has both a user and a group 'admins'"):
        identity_aws.delete("admins")


# Loading


def in_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_loading_the_plugin_imports_nothing_heavy() -> None:
    loaded = in_python(f"import sys, pulumi_identity_pytest; print([m for m in {HEAVY} if m in sys.modules])")
    assert loaded == "[]"


def test_loading_the_plugin_adds_no_other_module_to_those_of_pytest() -> None:
    code = "import sys, pytest; b = {*sys.modules}; import pulumi_identity_pytest; print(sorted({*sys.modules} - b))"
    assert in_python(code) == "['pulumi_identity_pytest']"


def test_pytest_loads_the_plugin_by_its_entry_point(pytestconfig: pytest.Config) -> None:
    plugins = {
        plugin.__name__: distribution.name for plugin, distribution in pytestconfig.pluginmanager.list_plugin_distinfo()
    }
    assert plugins["pulumi_identity_pytest"] == "pulumi-identity"


def test_a_failed_function_leaves_no_event_loop_open(identity_aws: EmulatedAws, tmp_path: Path) -> None:
    """An open loop fails the next test if warnings are errors."""
    loops = []

    def program() -> None:
        loops.append(asyncio.get_running_loop())
        Group("unnamed", display_name="")

    with isolated(), closed_loops():
        stack = Stacks(tmp_path, identity_aws)(program)
        with pytest.raises(CommandError):
            stack.up()
    assert [loop.is_closed() for loop in loops] == [True]


def test_the_wheel_contains_the_plugin(tmp_path: Path) -> None:
    command = ["uv", "build", "--wheel", "--no-build-isolation", "--quiet", "--out-dir", str(tmp_path), str(ROOT)]
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "VIRTUAL_ENV": sys.prefix,
    }
    subprocess.run(command, check=True, timeout=120, env=environment)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {"pulumi_identity_pytest.py", "pulumi_identity/testing/stacks.py"} <= {*archive.namelist()}
        (entries,) = (name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt"))
        assert "[pytest11]\npulumi-identity = pulumi_identity_pytest\n" in archive.read(entries).decode()
