"""docs/troubleshooting.md and docs/pulumi.md, run: the commands show the texts on the pages."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.stack import STORE, Stack

from pulumi_identity.aws.ids import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_identity.emulator import Emulator

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "troubleshooting.md").read_text("utf-8")
PULUMI_PAGE = (DOCS / "pulumi.md").read_text("utf-8")


def block(name: str, page: str = PULUMI_PAGE) -> str:
    """Return the block of a page under a line that names it."""
    (text,) = re.findall(rf"^ *<!-- {name} -->\n *```\w*\n(.*?)^ *```$", page, re.MULTILINE | re.DOTALL)
    return str(text)


def require_documented(text: str, *shown: str) -> None:
    """Require that a page has a text, and that each output shows it."""
    assert text in PAGE
    for output in shown:
        assert text in output, output


JO = """
jo = IdentityStoreUser(
    "jo", user_name="jo", display_name="Jo", name={"given_name": "Jo", "family_name": "Doe"},
    title=pulumi.Output.secret("Undercover Agent"),
)
"""


def test_an_interrupted_run_continues(stack: Stack, aws: Emulator, client: Callable[[str], Any]) -> None:
    aws.faults.add(service="identitystore", operation="CreateGroup", fault="hang", act="after")
    stack.program('Group("admins", display_name="Admins")')
    running = stack.start_up()
    end = time.monotonic() + 60
    while not client("identitystore").list_groups(IdentityStoreId=STORE)["Groups"] and time.monotonic() < end:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()

    require_documented("the stack is currently locked by 1 lock(s)", stack.up("--refresh", check=False))
    stack.run("cancel", "--yes")
    shown = stack.up("--refresh", check=False)
    require_documented("set adopt=True to take it over", shown)
    assert "(AWS request id: " in shown
    pending = "Attempting to deploy or update resources with 1 pending operations"
    stack.program('Group("admins", display_name="Admins", adopt=True)')
    require_documented(pending, stack.up())
    assert "pulumi refresh --clear-pending-creates" in PAGE
    stack.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    assert pending not in stack.up()


def test_an_import_by_id_fails(stack: Stack) -> None:
    stack.program("")
    arguments = ("pulumi-python:dynamic/identity:Group", "admins", f"{STORE}/{EXAMPLE}", "--yes")
    done = stack.run("import", *arguments, check=False)
    assert done.returncode
    require_documented("KeyError: '__provider'", done.stdout + done.stderr)
    assert "KeyError: '__provider'" in (DOCS / "import.md").read_text("utf-8")


def test_a_plan_is_refused_after_a_change_of_the_configuration(stack: Stack) -> None:
    make, use = (line.split()[1:] for line in block("plan commands").splitlines())
    stack.program('Group("admins", display_name="Admins", description=pulumi.Output.secret("Undercover Agents"))')
    stack.up()
    stack.program('Group("admins", display_name="Admins 2", description=pulumi.Output.secret("Undercover Agents"))')
    stack.run(*make)
    assert "Undercover" not in (stack.folder / "plan.json").read_text("utf-8")
    stack.run("config", "set", "identity:namespace", "default")
    refused = stack.run(*use, "--yes", "--skip-preview", check=False)
    assert block("plan").strip() in refused.stdout + refused.stderr
    require_documented("violates plan: properties changed", refused.stdout + refused.stderr)
    stack.run("config", "rm", "identity:namespace")
    stack.run(*use, "--yes", "--skip-preview")
    assert stack.state()["admins"]["inputs"]["display_name"] == "Admins 2"


def test_a_replaced_group_needs_its_dependents(stack: Stack, client: Callable[[str], Any]) -> None:
    def members() -> int:
        (group,) = client("identitystore").list_groups(IdentityStoreId=STORE)["Groups"]
        where = {"IdentityStoreId": STORE, "GroupId": group["GroupId"]}
        return len(client("identitystore").list_group_memberships(**where)["GroupMemberships"])

    stack.program(JO + 'a = Group("admins", display_name="A")\nGroupMembers("set", group_id=a.group_id, members=[jo])')
    stack.up()
    replace = ("--target-replace", "**Group::admins")
    shown = stack.up(*replace, check=False)
    start, end = block("replace").strip().split(EXAMPLE[:8] + "-…")
    assert re.search(re.escape(start) + r"[0-9a-f-]{36}" + re.escape(end), shown), shown
    assert members() == 0
    stack.up()
    assert members() == 1
    stack.up(*replace, "--target-dependents")
    assert members() == 1


def test_deletes_happen_only_with_continue_on_error(stack: Stack, aws: Emulator) -> None:
    stack.program('Group("old", display_name="Old")')
    stack.up()
    stack.program('Group("new", display_name="New")')
    aws.faults.fail("identitystore", "CreateGroup", "AccessDeniedException", times=9)
    require_documented("AccessDeniedException", stack.up(check=False))
    assert "old" in stack.state()
    stack.up("--continue-on-error", check=False)
    assert stack.state() == {}


def test_a_second_stack_that_adopts_an_entity_deletes_it_for_both(stack: Stack, client: Callable[[str], Any]) -> None:
    stack.program('Group("admins", display_name="Admins")')
    stack.up()
    folder = stack.folder / "second"
    folder.mkdir()
    shutil.copy(stack.folder / "Pulumi.yaml", folder)
    second = Stack(folder, stack.environment | {"PULUMI_STACK": "second"})
    second.program('Group("admins", display_name="Admins")')
    Stack(folder, {name: value for name, value in stack.environment.items() if name != "PULUMI_STACK"}).run(
        "stack", "init", "second"
    )
    second.run("config", "set", "identity:identityStoreId", STORE)
    require_documented("set adopt=True to take it over", second.up(check=False))
    second.program('Group("admins", display_name="Admins", adopt=True)')
    second.up()
    second.destroy()
    assert not client("identitystore").list_groups(IdentityStoreId=STORE)["Groups"]
    assert stack.preview().ops() == {}
    assert stack.preview("--refresh").ops() == {"admins": "create"}


def test_verbose_logs_show_secrets_and_the_log_of_calls_does_not(stack: Stack) -> None:
    stack.environment["PULUMI_IDENTITY_LOG"] = "calls.jsonl"
    (stack.folder / "Pulumi.yaml").write_text("name: people\nruntime: python\nmain: src\n", encoding="utf-8")
    (stack.folder / "src").mkdir()
    stack.program(
        JO
        + "pulumi.export('found', get_users_output(opts=pulumi.InvokeOutputOptions(depends_on=[jo])).apply(len))\n"
        + 'QuickSightUser("jo", user_name="jo", email="jo@example.com", user_role="READER")\n'
    )
    (stack.folder / "__main__.py").rename(stack.folder / "src" / "__main__.py")
    done = stack.run("up", "--yes", "--skip-preview", "-v=9", "--logtostderr")
    invitation = next(
        line.rpartition("token=")[2][:20] for line in done.stderr.splitlines() if "inviteuser?token=" in line
    )
    assert "Undercover Agent" in done.stderr
    assert stack.environment["AWS_SECRET_ACCESS_KEY"] not in done.stderr

    text = (stack.folder / "calls.jsonl").read_text("utf-8")
    assert not [value for value in ("Undercover", invitation, "jo", STORE) if value in text]
    lines = [json.loads(line) for line in text.splitlines()]
    assert {(line["operation"], line["kind"]) for line in lines} >= {
        ("CreateUser", "IdentityStoreUser"),
        ("RegisterUser", "QuickSightUser"),
        ("ListUsers", None),
    }
    documented = json.loads(block("line", PAGE))
    assert list(documented) == list(lines[0])
    assert set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`\w+`.*?) \|", PAGE, re.MULTILINE)))) >= set(documented)


def test_a_log_that_cannot_be_written_is_a_warning(stack: Stack) -> None:
    stack.environment["PULUMI_IDENTITY_LOG"] = "missing/calls.jsonl"
    stack.program('Group("admins", display_name="Admins")')
    shown = stack.up().partition("Diagnostics:")[2]
    assert shown.count("PULUMI_IDENTITY_LOG: AWS calls are not logged: No such file or directory") == 1
