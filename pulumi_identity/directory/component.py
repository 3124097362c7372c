"""People and groups of a file as Pulumi resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pulumi import Alias, ComponentResource, Output, ResourceOptions, log
from typing_extensions import override

from pulumi_identity import resources
from pulumi_identity._state import DIRECTORY
from pulumi_identity.provider.failures import did_you_mean
from pulumi_identity.provider.settings import default

from .people import Company, Group, Person
from .reading import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from pulumi import Resource

K = TypeVar("K")
R = TypeVar("R", bound="Resource")

_PLACE = {"aws_account_id": "awsAccountId", "namespace": "namespace"}
"""Input of a QuickSight user that is also an input of its groups → its key in Pulumi configuration."""


class Directory(ComponentResource):
    """People and groups of a file, with their access to QuickSight and AppStream.

    Each group has a `GroupMembers`. A person is a user with QuickSight and AppStream users, if the file has them. The
    resource of the key `jo.doe` is called `company-jo.doe`, so the order of the file does not matter.

        company = Directory("company", "people.yaml")
        pulumi.export("admins", company.groups["admins"].group_id)
    """

    people: Mapping[str, resources.IdentityStoreUser]
    """The users, by the person's key."""
    groups: Mapping[str, resources.Group]
    """The groups, by key. An existing group is read and not managed."""
    members: Mapping[str, resources.GroupMembers]
    """The members of each group, by the group's key."""
    quicksight_users: Mapping[str, resources.QuickSightUser]
    """The QuickSight users, by the person's key."""
    quicksight_members: Mapping[str, resources.QuickSightGroupMembers]
    """The members of each QuickSight group, by its name; in another namespace than usual, by `namespace/group`."""
    appstream_users: Mapping[str, resources.AppStreamUser]
    """The AppStream users, by the person's key."""
    appstream_associations: Mapping[tuple[str, str], resources.AppStreamUserStackAssociation]
    """The access to AppStream stacks, by the person's key and the stack's name."""

    def __init__(
        self,
        name: str,
        *sources: str | Path | Mapping[str, Any] | Company,
        today: date | None = None,
        opts: ResourceOptions | None = None,
    ) -> None:
        """Read and validate the sources, and register their people and groups.

        Args:
            name: The name of the component. The names of its resources begin with it.
            *sources: Files, folders or values of Python. Alternatively, one `Company` from `load`.
            today: The date to compare `ends` with. Unset: the current date in UTC.
            opts: Pulumi's options. All resources get `protect`, `retain_on_delete`, `aliases`, `depends_on`,
                `deleted_with`, `transformations` and `transforms`.

        Raises:
            DirectoryError: The sources have mistakes. The error has all of them.
        """
        self.company = _company(sources, today)
        super().__init__(DIRECTORY, name, _last_days(self.company.people.values()), opts)
        for warning in self.company.warnings:
            log.warn(warning.for_log(), self)
        self._child_options = ResourceOptions(parent=self, depends_on=opts.depends_on if opts else None)

        people, groups = self.company.people, self.company.groups
        self.people = _Keyed("people", {key: self._user(person) for key, person in people.items()})
        self.groups = _Keyed("groups", {key: self._group(group) for key, group in groups.items()})
        self.members = _Keyed("groups", {key: self._members(group) for key, group in groups.items()})
        self._register_quicksight(people.values())
        self._register_appstream(people.values())
        for person in people.values():
            user = self.people[person.key]
            self.add_person(person, user, ResourceOptions(parent=user, depends_on=self._child_options.depends_on))
        self.register_outputs(
            {
                "people": {key: user.user_id for key, user in self.people.items()},
                "groups": {key: group.group_id for key, group in self.groups.items()},
            }
        )

    def add_person(self, person: Person, user: resources.IdentityStoreUser, opts: ResourceOptions) -> None:
        """Register more resources for a person. Override this method in a subclass; it does nothing.

        The other resources of the directory are registered before. The method is also called for people after their
        last day, with `person.ended`.

        Args:
            person: The person, as in the file.
            user: The person's user.
            opts: Options that make a resource a child of the user. If its name begins with the name of the user, it
                also moves with the person's key.
        """

    def _user(self, person: Person) -> resources.IdentityStoreUser:
        return resources.IdentityStoreUser(
            self._resource_name(person.key), self._moved_options(person.key), **person.user
        )

    def _group(self, group: Group) -> resources.Group:
        """Create a group, or read an existing one."""
        name, options = self._resource_name(group.key), self._moved_options(group.key)
        if group.group_id is None and not group.existing:
            return resources.Group(name, options, **group.inputs)
        from pulumi_identity.lookups import get_group_output  # noqa: PLC0415  (most directories look up no group)

        known: dict[str, Any] = (
            {"group_id": group.group_id} if group.group_id else {"display_name": group.inputs["display_name"]}
        )
        found = get_group_output(**known)
        id_ = Output.concat(found.identity_store_id, "/", found.group_id)
        return resources.Group.get(name, id_, options)

    def _members(self, group: Group) -> resources.GroupMembers:
        members = [person.key for person in self.company.people.values() if group.key in person.groups]
        return resources.GroupMembers(
            self._resource_name(group.key),
            self._moved_options(group.key),
            group_id=self.groups[group.key].group_id,
            members={key: self.people[key].user_id for key in members},
            exclusive=group.exclusive,
            adopt=group.inputs.get("adopt"),
        )

    def _register_quicksight(self, people: Iterable[Person]) -> None:
        users: dict[str, resources.QuickSightUser] = {}
        groups: dict[str, _QuickSightGroup] = {}
        defaults = {name: default(name, key) for name, key in _PLACE.items()}
        if defaults["namespace"] is None:
            defaults["namespace"] = "default"
        for person in people:
            if person.quicksight is None:
                continue
            users[person.key] = resources.QuickSightUser(
                self._resource_name(person.key), self._moved_options(person.key), **person.quicksight
            )
            places = {name: person.quicksight.get(name) for name in _PLACE}
            where = {name: place for name, place in places.items() if place and place != defaults[name]}
            for group in person.quicksight_groups:
                key = "/".join([*(str(place) for place in where.values()), group])
                groups.setdefault(key, _QuickSightGroup(group, where, {})).members[person.key] = users[person.key]
        self.quicksight_users = _Keyed("QuickSight users", users)
        self.quicksight_members = _Keyed(
            "QuickSight groups", {key: self._quicksight_members(key, group) for key, group in groups.items()}
        )

    def _quicksight_members(self, key: str, group: _QuickSightGroup) -> resources.QuickSightGroupMembers:
        """Add people to a QuickSight group. It may have other members, because the file does not declare the group."""
        return resources.QuickSightGroupMembers(
            self._resource_name(key),
            self._child_options,
            group_name=group.name,
            members={person: user.user_name for person, user in group.members.items()},
            exclusive=False,
            **group.where,
        )

    def _register_appstream(self, people: Iterable[Person]) -> None:
        users: dict[str, resources.AppStreamUser] = {}
        associations: dict[tuple[str, str], resources.AppStreamUserStackAssociation] = {}
        for person in people:
            if person.appstream is None:
                continue
            key = person.key
            user = users[key] = resources.AppStreamUser(
                self._resource_name(key), self._moved_options(key), **person.appstream
            )
            for stack in person.appstream_stacks:
                associations[key, stack] = resources.AppStreamUserStackAssociation(
                    self._resource_name(key, f" in {stack}"),
                    self._moved_options(key, f" in {stack}"),
                    stack_name=stack,
                    user_name=user.user_name,
                )
        self.appstream_users = _Keyed("AppStream users", users)
        self.appstream_associations = _Keyed("AppStream stacks", associations)

    def _resource_name(self, key: str, suffix: str = "") -> str:
        return f"{self.pulumi_resource_name}-{key}{suffix}"

    def _moved_options(self, key: str, suffix: str = "") -> ResourceOptions:
        """Return the options of the resource of a key, with an alias for the key that it had before."""
        old = self.company.moved.get(key)
        aliases = [Alias(name=self._resource_name(old, suffix))] if old else None
        return ResourceOptions.merge(self._child_options, ResourceOptions(aliases=aliases))


class _QuickSightGroup(NamedTuple):
    """The people in a group of QuickSight."""

    name: str
    where: dict[str, Any]
    """The account and namespace of the people, as far as they differ from the settings."""
    members: dict[str, resources.QuickSightUser]


class _Keyed(dict[K, R]):
    """Resources by key. The error for a missing key names the key that resembles it."""

    def __init__(self, what: str, resources: Mapping[K, R]) -> None:
        super().__init__(resources)
        self.what = what

    def __missing__(self, key: K) -> R:
        raise UnknownKeyError(f"{key!r} is not one of the {self.what}{did_you_mean(str(key), map(str, self))}")


class UnknownKeyError(KeyError):
    """A key that the directory does not have."""

    @override
    def __str__(self) -> str:
        return str(self.args[0])


def _last_days(people: Iterable[Person]) -> dict[str, Any]:
    """Return the inputs of the component. A preview shows which last days change, and who has none left."""
    ends = {person.key: person.ends.isoformat() for person in people if person.ends}
    ended = [person.key for person in people if person.ended]
    return {name: value for name, value in {"ends": ends, "ended": ended}.items() if value}


def _company(sources: tuple[Any, ...], today: date | None) -> Company:
    """Return the company that the program passes, or load it from its files."""
    if len(sources) == 1 and isinstance(sources[0], Company):
        return sources[0]
    return load(*sources, today=today)
