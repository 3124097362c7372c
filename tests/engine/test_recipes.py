"""docs/recipes.md, run: each change of the file, its review, and its commands."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from engine.stack import STORE

from pulumi_identity.review import Review, review

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack

PAGE = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^ *<!-- ([a-z0-9-]+) -->\n *```\w+\n(.*?)^ *```$", PAGE, re.MULTILINE | re.DOTALL))
PROGRAM, START = BLOCKS["program"], BLOCKS["start"]


def changed(text: str, *names: str) -> str:
    """Apply the page's differences to a file."""
    for name in names:
        lines = BLOCKS[name].splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(old) == 1, f"{name} does not fit\n{text}"
        text = text.replace(old, new)
    return text


class Company:
    """The directory of the page, its stack, and the users in AWS."""

    def __init__(self, stack: Stack, client: Callable[[str], Any]) -> None:
        self.stack = stack
        self.file = stack.folder / "people.yaml"
        self.file.write_text(START, encoding="utf-8")
        self._store, self._quicksight = client("identitystore"), client("quicksight")
        self._appstream = client("appstream")

    def change(self, *names: str) -> Review:
        """Apply the page's differences to the file, and review the preview."""
        self.file.write_text(changed(self.file.read_text("utf-8"), *names), encoding="utf-8")
        return self.review()

    def review(self) -> Review:
        return review(self.stack.run("preview", "--json", "--refresh", "--show-sames").stdout)

    def members(self, name: str) -> list[str]:
        """Return the user names of a group's members."""
        groups = {group["DisplayName"]: group["GroupId"] for group in self._groups()}
        listed = self._store.list_group_memberships(IdentityStoreId=STORE, GroupId=groups[name])["GroupMemberships"]
        ids = {membership["MemberId"]["UserId"] for membership in listed}
        return sorted(user["UserName"] for user in self._users() if user["UserId"] in ids)

    def users(self) -> dict[str, str]:
        """Return user name → id."""
        return {user["UserName"]: user["UserId"] for user in self._users()}

    def quicksight(self) -> list[str]:
        """Return the names of the QuickSight users."""
        listed = self._quicksight.list_users(AwsAccountId="123456789012", Namespace="default")["UserList"]
        return sorted(user["UserName"] for user in listed)

    def appstream(self) -> dict[str, bool]:
        """Return the address of each AppStream user → whether it is enabled."""
        listed = self._appstream.describe_users(AuthenticationType="USERPOOL")["Users"]
        return {user["UserName"]: user["Enabled"] for user in listed}

    def _users(self) -> list[dict[str, Any]]:
        return list(self._store.list_users(IdentityStoreId=STORE)["Users"])

    def _groups(self) -> list[dict[str, Any]]:
        return list(self._store.list_groups(IdentityStoreId=STORE)["Groups"])


@pytest.fixture
def company(stack: Stack, client: Callable[[str], Any]) -> Company:
    """The directory of the page, which no run has created yet."""
    stack.program(PROGRAM)
    return Company(stack, client)


def test_people_join_move_and_leave(company: Company) -> None:
    stack = company.stack
    stack.up()
    before = company.users()

    assert company.change("joins").headline == "1 person joins"
    stack.up()
    assert company.members("AWS-Data") == ["ann.lee", "jo.doe", "max.roe"]

    assert company.change("moves").headline == "1 person is removed from groups"

    assert company.change("marries").headline == "1 person is removed from groups, 1 gets a new user name"
    stack.up()
    assert company.members("AWS-Admins") == []
    assert company.users()["ann.roe"] == before["ann.lee"]
    assert company.quicksight() == ["ann.lee", "jo.doe"]
    assert company.members("AWS-Data") == ["ann.roe", "jo.doe", "max.roe"]

    assert company.change("new-key", "new-key-2").plan.changed == ()
    reviewed = company.change("contractor")
    assert reviewed.headline.startswith("1 other resource changes, ")
    assert [difference.path for other in reviewed.plan.others for difference in other.differences] == [
        'ends["max.roe"]'
    ]

    company.change("lock-out")
    command = shlex.split(BLOCKS["lock-out-command"].removeprefix("$ pulumi "))
    stack.run(*command)
    assert company.members("AWS-Data") == ["ann.roe", "max.roe"]
    assert company.quicksight() == ["ann.lee"]

    assert company.change("leaves").headline.startswith("1 person leaves, ")
    stack.up()
    assert sorted(company.users()) == ["ann.roe", "max.roe"]


def test_after_the_last_day_an_account_has_no_access(company: Company) -> None:
    company.file.write_text(changed(START, "joins", "contractor"), encoding="utf-8")
    company.stack.up()
    assert company.appstream()["max.roe@example.com"]
    later = PROGRAM.replace('"people.yaml"', '"people.yaml", today=date(2027, 1, 1)')
    company.stack.program("from datetime import date\n" + later)
    assert company.review().headline == (
        "1 person is locked out of AppStream, 1 is removed from groups, 1 other resource changes"
    )
    company.stack.up()
    assert company.members("AWS-Data") == ["ann.lee", "jo.doe"]
    assert not company.appstream()["max.roe@example.com"]
    assert "max.roe" in company.users()


def test_protected_people_and_everyone(company: Company) -> None:
    stack = company.stack
    protected = PROGRAM.replace('company = Directory("company", "people.yaml")\n', BLOCKS["protect"])
    stack.program(protected + BLOCKS["everyone"])
    stack.up()
    assert company.members("Everyone") == ["ann.lee", "jo.doe"]
    company.file.write_text(START.partition("  ann.lee:")[0], encoding="utf-8")
    assert "protect" in stack.up(check=False)
    assert company.users().keys() == {"ann.lee", "jo.doe"}
    assert company.quicksight() == ["ann.lee", "jo.doe"]


def test_resources_get_new_names(company: Company) -> None:
    user = (
        'IdentityStoreUser("{}", user_name="bo", display_name="Bo", name={{"given_name": "B", "family_name": "O"}})\n'
    )
    declared = 'company = Directory("company", "people.yaml")\n'
    company.stack.program(PROGRAM.replace(declared, declared.replace('"company"', '"people"') + user.format("bo")))
    company.stack.up()
    renamed = BLOCKS["rename-directory"] + BLOCKS["rename"] + user.format("user-bo")
    company.stack.program(PROGRAM.replace(declared, renamed))
    assert company.review().headline == "Nothing changes in AWS, 10 resources get a new name in state"


def test_a_stack_is_split(company: Company) -> None:
    stack = company.stack
    sales = START.replace("AWS-", "Sales-").replace("jo.", "bo.").replace("ann.", "al.").replace("@", "@sales.")
    (stack.folder / "sales.yaml").write_text(sales, encoding="utf-8")
    line = 'Directory("sales", "sales.yaml")\n'
    stack.program(PROGRAM + line)
    stack.up()
    pattern = re.search(r'test\("(.*)"\)', BLOCKS["urns"])
    assert pattern
    resources = json.loads(stack.run("stack", "export").stdout)["deployment"]["resources"]
    urns = [resource["urn"] for resource in resources if re.search(pattern.group(1), resource["urn"])]
    assert len(urns) == 10
    stack.run("stack", "init", "sales")
    stack.run("config", "set", "identity:identityStoreId", STORE, "--stack", "sales")
    command = BLOCKS["split"].strip().removeprefix("$ pulumi ").removesuffix(" URN …")
    stack.run(*({"all": "test"}.get(word, word) for word in shlex.split(command)), *urns)
    for name, program in {"test": PROGRAM, "sales": PROGRAM.partition("company =")[0] + line}.items():
        stack.environment["PULUMI_STACK"] = name
        stack.program(program)
        assert company.review().plan.changed == ()
