"""The program of an import whose people and groups are in `people.yaml`, which the component `Directory` reads."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import yaml  # type: ignore[import-untyped]  # its types are in another package
from typing_extensions import override

from pulumi_identity.directory import DirectoryError, load
from pulumi_identity.directory.models import APPSTREAM, GROUP, QUICKSIGHT, USER
from pulumi_identity.provider import lifecycle
from pulumi_identity.provider.registry import KINDS
from pulumi_identity.provider.schema import value_at

from .names import UniqueNames, resource_name
from .program import Found, Program, Target
from .writer import open_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pulumi_identity.provider.schema import State

    from .models import Selection

COMPONENT, FILE = "company", "people.yaml"
TYPE = "identity:index:Directory"

MEMBERS = KINDS["GroupMembers"]
ACCOUNTS = {"quicksight": QUICKSIGHT, "appstream": APPSTREAM}
"""Field of a person → the kind of the person's user in that service."""


class PeopleProgram(Program):
    """A program of a few lines, and the file that it reads. The package has what the file can't hold."""

    in_file = (USER, GROUP, MEMBERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries.add({"type": TYPE, "name": COMPONENT, "component": True})
        for written in self.kinds.values():  # the entries of the import file name their parent
            written.names.free(COMPONENT)
        self.keys = {kind.name: UniqueNames() for kind in (USER, GROUP)}
        self.people: dict[str, Found] = {}
        self.groups: dict[str, Found] = {}
        self.sets: dict[str, tuple[Found, list[str]]] = {}
        """Key of a group → its set, and the keys of its members."""
        self.accounts: defaultdict[str, list[Found]] = defaultdict(list)
        """Field of a person → the users in that service."""

    @override
    def write(self, found: Found, id_: str) -> Target:
        entity = found.entity
        for field, kind in ACCOUNTS.items():
            if entity.kind is kind:  # its person can be found when all people are read
                self.accounts[field].append(found)
                return Target(id_, entity.name, is_managed=True, issuer=entity.issuer)
        if entity.kind not in self.in_file:
            return super().write(found, id_)
        key = self.keys[entity.kind.name].free(_key(entity.name))
        (self.people if entity.kind is USER else self.groups)[key] = found
        self._enter(found, key)
        return Target(id_, key, f"{COMPONENT}[{key!r}]", is_managed=True, issuer=entity.issuer)

    @override
    def write_members(self, found: Found, group: Target, labels: Iterable[str]) -> None:
        self.sets[group.name] = found, list(labels)
        self._enter(found, group.name)

    @override
    def finish(self, selection: Selection) -> None:
        people = {key: _person(key, found.declaration.arguments) for key, found in self.people.items()}
        comments = {key: list(found.comments) for key, found in self.people.items()}
        for group, (_, members) in sorted(self.sets.items(), key=_folded):
            for key in members:
                people[key].setdefault("groups", []).append(group)
        for field, accounts in self.accounts.items():
            owned = _owned(accounts, self.people)
            for key, found in owned.items():
                short = _SHORT[field](found.declaration.arguments, self.people[key].declaration.inputs)
                people[key][field] = short
                comments[key] += found.comments
                self._enter(found, key)
            self._write_others([found for found in accounts if found not in owned.values()], len(accounts))
        super().finish(selection)
        with open_private(self.folder / FILE) as file:
            file.write("# People and groups in AWS. The program reads this file.\n")
            file.writelines(_section("groups", *self._groups()))
            file.writelines(_section("people", people, comments))
        try:
            load(self.folder / FILE)
        except DirectoryError as error:
            errors = (str(problem) for problem in error.problems if problem.severity == "error")
            self.summary.problems += [line.removeprefix(f"{self.folder}/") for line in errors]

    def _write_others(self, others: list[Found], total: int) -> None:
        """Write users of a service that the file can't hold to the package."""
        for found in others:
            super().write(found, "")
        if others:
            module = others[0].import_.module
            self.summary.notes.append(
                f"{module}: {len(others):,} of {total:,} are in {self.summary.package}/{module}.py instead of {FILE}:"
                " no person has the same user name or address, the person has another user, or AWS does not return a"
                " required property"
            )

    def _groups(self) -> tuple[dict[str, dict[str, Any]], dict[str, list[str]]]:
        """Return the groups as the file has them, and their comments."""
        groups, comments = {}, {}
        for key, found in self.groups.items():
            groups[key] = dict(found.declaration.arguments)
            comments[key] = list(found.comments)
            if groups[key]["display_name"] == key:
                del groups[key]["display_name"]
            if key not in self.sets or not self.sets[key][0].declaration.inputs["exclusive"]:
                groups[key]["exclusive"] = False
                comments[key].append("The import omits other members, so they stay in the group.")
        return groups, comments

    @override
    def main(self) -> str:
        beside = f"import {self.summary.package}  # noqa: F401\n" if self.has_modules else ""
        return (
            f'"""Declare the people and groups of {FILE} in AWS."""\n\n'
            f"{beside}from pulumi_identity.directory import Directory\n\n"
            f'{COMPONENT} = Directory("{COMPONENT}", "{FILE}")\n'
        )

    def _enter(self, found: Found, key: str) -> None:
        entity, import_, declaration, _ = found
        self.enter(entity, import_, f"{COMPONENT}-{key}", declaration, parent=COMPONENT)


def _key(name: str) -> str:
    """Return the key for a name in AWS. It is also the label in sets, and Pulumi hides labels with underscores."""
    return resource_name(name).lstrip("_") or "unnamed"


def _owned(accounts: Iterable[Found], people: Mapping[str, Found]) -> dict[str, Found]:
    """Return key → the person's user in a service: the one with the same user name, else with the same address."""
    users = {key: found.declaration.inputs for key, found in people.items()}
    by_name = {user["user_name"]: key for key, user in users.items()}
    by_address = {address.casefold(): key for key, user in users.items() if (address := _address(user))}
    owned: dict[str, Found] = {}
    left = list[Found]()
    for found in accounts:
        inputs = found.declaration.inputs
        if lifecycle.check(found.entity.kind, {}, inputs).failures:
            continue  # AWS does not return a property that a new user requires
        key = by_name.get(inputs["user_name"])
        if key is None or owned.setdefault(key, found) is not found:
            left.append(found)
    for found in left:
        account = found.declaration.inputs
        address = str(account.get("email", account["user_name"]))
        if key := by_address.get(address.casefold()):
            owned.setdefault(key, found)
    return owned


def _address(user: State) -> str | None:
    address: str | None = value_at("emails[0].value", user)
    return address


def _person(key: str, arguments: State) -> dict[str, Any]:
    """Return a person as the file has it: without the values that follow from the key and the name."""
    person = dict(arguments)
    if person["user_name"] == key:
        del person["user_name"]
    parts = person["name"]
    full = f"{parts['given_name']} {parts['family_name']}"
    if parts.keys() == {"given_name", "family_name"} and full.split() == [*full.split(" ")[:-1], parts["family_name"]]:
        person["name"] = full
        if person["display_name"] == full:
            del person["display_name"]
    emails = person.get("emails")
    if emails and emails == [{"value": emails[0]["value"], "primary": True}]:
        person = {("email" if name == "emails" else name): value for name, value in person.items()}
        person["email"] = emails[0]["value"]
    if "extensions" in person:
        person["extensions"] = _with_tags(person["extensions"])
    return person


def _quicksight(arguments: State, user: State) -> Any:
    account = dict(arguments)
    if account.get("identity_type") != "IAM" and account.get("user_name") == user["user_name"]:
        del account["user_name"]
    if account["email"] == _address(user):
        del account["email"]
    return account["user_role"] if account.keys() == {"user_role"} else account


def _appstream(arguments: State, user: State) -> Any:
    account = dict(arguments)
    if account["user_name"] == _address(user):
        del account["user_name"]
    for name, part in {"first_name": "given_name", "last_name": "family_name"}.items():
        if account.get(name) == user["name"][part]:
            del account[name]
        else:
            account.setdefault(name, None)  # otherwise, the person's name is the default
    return account or True


_SHORT: dict[str, Callable[[State, State], Any]] = {"quicksight": _quicksight, "appstream": _appstream}


def _folded(item: tuple[str, Any]) -> tuple[str, str]:
    return item[0].casefold(), item[0]


# YAML


class _Boolean:
    """A boolean. All other values of the file are strings."""

    def __init__(self, value: bool) -> None:
        self.value = value


def _with_tags(value: Any) -> Any:
    """Return a value with tagged booleans. The fields of an extension have no type, so untagged values are strings."""
    if isinstance(value, dict):
        return {key: _with_tags(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_tags(item) for item in value]
    return _Boolean(value) if isinstance(value, bool) else value


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes numbers with their tags, because untagged values are strings. Writes lists of strings on one line."""

    @override
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _tagged(tag: str) -> Callable[[Any, Any], Any]:
    def represent(dumper: Any, value: Any) -> Any:
        text = str(value.value).lower() if isinstance(value, _Boolean) else repr(value)
        return dumper.represent_scalar(f"tag:yaml.org,2002:{tag}", text, style='"')

    return represent


def _list(dumper: Any, value: list[Any]) -> Any:
    is_short = all(isinstance(item, str) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=is_short)


def _none(dumper: Any, _: None) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_Dumper.add_representer(list, _list)
_Dumper.add_representer(type(None), _none)
for _type, _tag in ((int, "int"), (float, "float"), (_Boolean, "bool")):
    _Dumper.add_representer(_type, _tagged(_tag))


def _section(name: str, entries: Mapping[str, Any], comments: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the lines of a section, sorted by key."""
    if entries:
        yield f"{name}:\n"
    for key, entry in sorted(entries.items(), key=_folded):
        yield _lines(key, entry, comments[key])


def _lines(key: str, entry: Mapping[str, Any], comments: Iterable[str]) -> str:
    """Return the lines of an entry."""
    text = yaml.dump(
        {key: dict(entry) or None}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000, indent=2
    )
    lines = [*(f"# {comment}" for comment in comments), *text.splitlines()]
    return "".join(f"  {line}\n" for line in lines)
