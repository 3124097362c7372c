"""Never run: the types of a directory's resources and of its hook."""

from typing import assert_type

from pulumi import Output, ResourceOptions

from pulumi_identity import AppStreamUserStackAssociation, Group, IdentityStoreUser
from pulumi_identity.directory import Directory, Person, load


class Company(Directory):
    def add_person(self, person: Person, user: IdentityStoreUser, opts: ResourceOptions) -> None:
        assert_type(person.ended, bool)
        assert_type(user.user_id, Output[str])
        Group(f"{user.pulumi_resource_name}-own", opts, display_name=person.key)


company = Company("company", "people.yaml", opts=ResourceOptions(protect=True))
other = Directory("other", load("people.yaml"))

assert_type(company.people["jo"].title, Output[str | None])
assert_type(company.groups["admins"].group_id, Output[str])
assert_type(company.quicksight_users["jo"].arn, Output[str])
assert_type(company.appstream_associations["jo", "desktop"], AppStreamUserStackAssociation)

Directory("company", 42)  # type: ignore[arg-type]
company.people[1]  # type: ignore[index]
