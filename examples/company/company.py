"""A company's component library: people, teams, and readers of dashboards."""

from collections.abc import Mapping, Sequence

import pulumi

from pulumi_identity import Group, GroupMembers, IdentityStoreUser, QuickSightUser

ANALYSTS = "arn:aws:iam::123456789012:role/analysts"


class Person(pulumi.ComponentResource):
    """A person with an account in IAM Identity Center."""

    def __init__(self, name: str, full_name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("company:index:Person", name, None, opts)
        given_name, _, family_name = full_name.partition(" ")
        self.email = f"{name}@example.com"
        self.user = IdentityStoreUser(
            name,
            user_name=name,
            display_name=full_name,
            name={"given_name": given_name, "family_name": family_name},
            emails=[{"value": self.email, "primary": True}],
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({"user_id": self.user.user_id})


class Team(pulumi.ComponentResource):
    """A group with exactly these members."""

    def __init__(self, name: str, members: Sequence[Person], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("company:index:Team", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.group = Group(f"{name}-group", display_name=name.title(), opts=child)
        self.members = GroupMembers(
            f"{name}-members", group_id=self.group.group_id, members=[person.user for person in members], opts=child
        )
        self.register_outputs({"group_id": self.group.group_id})


class Reader(pulumi.ComponentResource):
    """A person who reads QuickSight dashboards through the role `analysts`."""

    def __init__(
        self, person: Person, tags: Mapping[str, str] | None = None, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        name = person.email.partition("@")[0]
        super().__init__("company:index:Reader", name, None, opts)
        self.user = QuickSightUser(
            f"{name}-reader",
            identity_type="IAM",
            iam_arn=ANALYSTS,
            session_name=person.email,
            email=person.email,
            user_role="READER",
            tags=tags,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({"arn": self.user.arn})
