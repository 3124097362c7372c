# One program for all stacks. The stack's name selects the department; the stack `company` has the shared groups.

import tomllib
from pathlib import Path

import pulumi

from pulumi_identity import Group, GroupMembership, IdentityStoreUser


def require_group(group_id: str | None) -> str:
    """Return the group id that the stack `company` exports.

    Raises:
        RunError: The stack has no such output yet.
    """
    if group_id is None:
        raise pulumi.RunError(
            "the stack company does not export the group `everyone` — run `up` on the stack company first"
        )
    return group_id


stack = pulumi.get_stack()
people = tomllib.loads(Path(__file__).with_name("people.toml").read_text(encoding="utf-8"))

if stack == "company":
    everyone = Group("everyone", display_name="Everyone")
    pulumi.export("everyone", everyone.group_id)
else:
    company = pulumi.StackReference(f"{pulumi.get_organization()}/{pulumi.get_project()}/company")
    groups = {
        "everyone": company.get_output("everyone").apply(require_group),
        stack: Group(stack, display_name=stack.title()).group_id,
    }
    for user_name, full_name in people[stack].items():
        given_name, _, family_name = full_name.partition(" ")
        person = IdentityStoreUser(
            user_name,
            user_name=user_name,
            display_name=full_name,
            name={"given_name": given_name, "family_name": family_name},
        )
        for group, group_id in groups.items():
            GroupMembership(f"{user_name}-{group}", group_id=group_id, member_id=person.user_id)
