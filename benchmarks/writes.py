"""What a create, an update and a delete cost in calls of AWS: `python -m benchmarks.writes` prints the table."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi_identity import _state
from pulumi_identity.aws import process
from pulumi_identity.aws.session import Sessions, session
from pulumi_identity.emulator import Emulator

from . import host
from .directory import ACCOUNT, REGION, STORE
from .row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

Program = dict[str, Any]

NAME = {"given_name": "Jo", "family_name": "Doe"}
READER: Program = {"aws_account_id": ACCOUNT, "email": "jo@example.com", "user_role": "READER"}
CASES: list[tuple[str, str, Program, Program]] = [
    (
        "IdentityStoreUser",
        "",
        {"identity_store_id": STORE, "user_name": "jo", "display_name": "Jo", "name": NAME},
        {"title": "Engineer", "nick_name": "JD", "emails": [{"value": "jo@example.com"}]},
    ),
    ("Group", "", {"identity_store_id": STORE, "display_name": "Admins"}, {"description": "May do all"}),
    ("GroupMembership", "", {"identity_store_id": STORE, "group_id": "{group}", "member_id": "{user}"}, {}),
    ("QuickSightUser", "", {"user_name": "jo", **READER}, {"user_role": "AUTHOR", "email": "j.doe@example.com"}),
    (
        "QuickSightUser",
        "only one of role and address changed",
        {"user_name": "ann", **READER},
        {"user_role": "AUTHOR"},
    ),
    (
        "QuickSightUser",
        "tags added, changed and removed",
        {"user_name": "jo/tagged", "tags": {"team": "data", "cost": "1"}, **READER},
        {"tags": {"team": "ops", "owner": "ann"}},
    ),
    ("AppStreamUser", "", {"user_name": "jo@example.com"}, {"enabled": False}),
    ("AppStreamUser", "disabled at creation", {"user_name": "ann@example.com", "enabled": False}, {"enabled": True}),
]
"""Resource, what is particular about the case, a program, and what is then changed in it."""


class Cost(NamedTuple):
    """The calls of a resource's life, in the order in which they were made."""

    resource: str
    particular: str
    create: list[str]
    update: list[str]
    delete: list[str]


def costs() -> list[Cost]:
    """Make, change and delete each case's resource, alone, in a process that has no other use."""
    with Emulator() as aws:
        os.environ.update(host.environment(aws.url))
        named = {"GivenName": "Jo", "FamilyName": "Doe"}
        user = {"UserName": "member", "DisplayName": "Member", "Name": named}
        known = {
            "{user}": aws.identitystore.seed_users(STORE, [user], ACCOUNT, REGION)[0],
            "{group}": aws.identitystore.seed_groups(STORE, [{"DisplayName": "g"}], ACCOUNT, REGION)[0],
        }

        # Once for a process: QuickSight and AppStream go by the account of the credentials.
        _ = session(REGION, None).account_id
        aws.calls.clear()

        def made() -> list[str]:
            calls = [call.operation for call in aws.calls]
            aws.calls.clear()
            process.current = process.Process(process.get(Sessions))  # each step is another command's
            return calls

        found = []
        for resource, particular, program, change in CASES:
            said = {
                name: known.get(value, value) if isinstance(value, str) else value for name, value in program.items()
            }
            provider = _state.provider(resource)
            inputs = provider.check({}, said).inputs
            created = provider.create(inputs)
            creating, updating, outputs = made(), [], created.outs or {}
            if change:
                outputs = provider.update(created.id, outputs, provider.check(inputs, said | change).inputs).outs or {}
                updating = made()
            provider.delete(created.id, outputs)
            found.append(Cost(resource, particular, creating, updating, made()))
        return found


def rows() -> Iterator[Row]:
    """Tell the most that an ordinary write costs."""
    ordinary = [cost for cost in host.apart(costs) if not cost.particular]
    for step in ("create", "update", "delete"):
        listed = (
            {"DescribeUsers"} if step == "create" else set()
        )  # AppStream's, shared by those who create side by side
        most = max(len([call for call in getattr(cost, step) if call not in listed]) for cost in ordinary)
        yield Row(f"{step} of one resource", most, "calls", None, 1)


def table() -> str:
    """Return the costs as a Markdown table."""
    lines = ["| resource | create | update | delete |", "|---|---|---|---|"]
    for cost in costs():
        name = f"`{cost.resource}`" + (f", {cost.particular}" if cost.particular else "")
        steps = (
            f"{len(calls)}: {', '.join(calls)}" if calls else "—" for calls in (cost.create, cost.update, cost.delete)
        )
        lines.append(f"| {name} | {' | '.join(steps)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
