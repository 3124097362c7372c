"""Bring an existing directory in: a Pulumi program that declares it, and the file for `pulumi import`.

Everything is read by listing, as few calls as AWS has pages, and written as it is read. Nothing in AWS changes.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pulumi.dynamic.dynamic import PROVIDER_KEY, serialize_provider

from pulumi_identity import _aws
from pulumi_identity._errors import IdentityError, explaining
from pulumi_identity._existing import EXTERNALLY_MANAGED
from pulumi_identity.appstream import AppStreamUser
from pulumi_identity.identitystore import Group, GroupMembership, IdentityStoreUser
from pulumi_identity.quicksight import QuickSightUser

from ._arguments import mistakes
from ._names import Names, resource_name, variable
from ._program import ImportFile, Module, ignored, main, package, project, secret
from ._python import Code, call
from ._reading import Declared, Found, declare, listed
from ._stack import Stack
from ._terminal import next_steps, showing, told

if TYPE_CHECKING:
    from pulumi_identity._declare import Resource
    from pulumi_identity._schema import State

__all__ = ["Directory", "Progress", "Summary", "import_directory", "mistakes", "next_steps", "showing", "told"]

Progress = Callable[[str, int, int | None], None]
"""Is told what is being read, how much of it has been, and, once it is known, how much there is."""


class _Kind(NamedTuple):
    """How the program has a kind of resource."""

    module: str
    title: str
    one: str
    """What goes before a variable that can't stand alone."""


KINDS: dict[type[Resource], _Kind] = {
    AppStreamUser: _Kind("appstream", "The users of AppStream.", "user"),
    Group: _Kind("groups", "The groups.", "group"),
    GroupMembership: _Kind("memberships", "Who is in which group.", "membership"),
    IdentityStoreUser: _Kind("people", "The people of the directory.", "person"),
    QuickSightUser: _Kind("quicksight", "The users of QuickSight.", "user"),
}

NAMES = ("user_name", "display_name", "email")
"""What patterns are compared with, besides the addresses of a person of the identity store."""

JOIN = '''

def join(group: Group, *members: IdentityStoreUser) -> None:
    """Make people members of a group."""
    for member in members:
        GroupMembership(
            f"{member.pulumi_resource_name} in {group.pulumi_resource_name}",
            group_id=group.group_id,
            member_id=member.user_id,
        )

'''


@dataclass(frozen=True, kw_only=True)
class Directory:
    """What to import, and what of it."""

    identity_store_id: str | None = None
    aws_account_id: str | None = None
    """The account whose QuickSight users are imported."""
    namespace: str = "default"
    appstream: bool = False
    include: tuple[str, ...] = ()
    """Patterns, as a shell's, of which a user name, display name or e-mail address must match one, if any."""
    exclude: tuple[str, ...] = ()
    """Patterns of which none may match."""
    externally_managed: bool = False
    """Whether to take what an identity provider owns through SCIM."""
    extensions: bool = False
    """Whether to ask for the users' enterprise attributes."""
    quicksight_tags: bool = False
    """Whether to ask for the tags of QuickSight users: a call for each."""
    region: str | None = None
    role_arn: str | None = None


@dataclass
class Summary:
    """What an import did."""

    imported: Counter[str] = field(default_factory=Counter)
    """Kind → how many."""
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Kind and reason → how many."""
    problems: list[str] = field(default_factory=list)
    """What could not be imported, or not wholly, a line each."""
    package: str = ""
    """The name of the package that declares everything. Into a stack, it is the whole folder."""
    config: dict[str, str] = field(default_factory=dict)
    """The configuration under `identity:` that it is to run with."""


@dataclass(frozen=True)
class _Entity:
    """A user or group that a membership may refer to."""

    id: str
    """As AWS has it, without the store."""
    name: str
    code: str | None
    """The expression for its resource; None for one that the stack has already."""


def import_directory(
    out: Path,
    wanted: Directory,
    *,
    export: Path | None = None,
    force: bool = False,
    progress: Progress = lambda _what, _done, _total: None,
) -> Summary:
    """Write into the folder `out` a program that declares a directory, and `import.json`.

    `export` is a file from `pulumi stack export`: what that stack manages is left out, and `out` is a package to
    import into its program. Nothing is written if there is nothing to import, or on an error.

    Raises FileExistsError if `out` has something in it, unless `force`; ValueError if `export` is no stack export, or
    `out` no name for a package; IdentityError if AWS doesn't answer; OSError if files can't be written.
    """
    if not force and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FileExistsError(f"writing {out}: it exists already — choose another --out, or overwrite it with --force")
    stack, name = Stack(export), out.resolve().name
    package_name = _package_name(name)
    if export and name != package_name:
        raise ValueError(
            f"writing {out}: no package can be called {name} — choose another --out, such as {package_name}"
        )
    beside = out if out.is_dir() else out.parent  # which must be of the same file system
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=f".{name}-") as temporary, ExitStack() as files:
        made = Path(temporary)
        run = _Import(made, wanted, stack, package_name, progress)
        files.callback(run.entries.close)
        for module in run.modules.values():
            files.callback(module.close)
        run.read()
        if run.summary.imported:
            run.finish()
            if export:
                _move(made / package_name, out)
            else:
                run.finish_project(name, out)
            _move(made, out)
    return run.summary


class _Import:
    """One run."""

    def __init__(self, folder: Path, wanted: Directory, stack: Stack, package: str, progress: Progress) -> None:
        self.wanted, self.stack, self.progress = wanted, stack, progress
        self.aws = _aws.session(wanted.region, wanted.role_arn)
        with explaining("importing", "a directory", "any"):
            region = self.aws.region
        self.config = {
            key: value
            for key, value in {
                "identityStoreId": wanted.identity_store_id and wanted.identity_store_id.rpartition("/")[2],
                "awsAccountId": wanted.aws_account_id,
                "namespace": wanted.namespace if wanted.namespace != "default" else None,
                "region": region,
                "roleArn": wanted.role_arn,
            }.items()
            if value
        }
        self.summary = Summary(package=package, config=self.config)
        self.folder = folder
        (folder / package).mkdir()
        self.entries = ImportFile(folder / "import.json")
        self.modules = {resource: Module() for resource in KINDS}
        self.names = {resource: Names(stack.names[_token(resource)]) for resource in KINDS}
        self.variables = {resource: Names(joint="_") for resource in KINDS}
        self.providers = {resource: serialize_provider(resource.provider_type()) for resource in KINDS}
        self.joins = False

    def read(self) -> None:
        """Read everything, writing what is read."""
        if store := self.config.get("identityStoreId"):
            where = {"identity_store_id": store}
            asked: State = {"extensions": {"aws:identitystore:enterprise": {}}} if self.wanted.extensions else {}
            people = {person.id: person for person in self._all(IdentityStoreUser, "people", where | asked)}
            groups = list(self._all(Group, "groups", where))
            for number, group in enumerate(groups, 1):
                self._members(group, people, where)
                self.progress("members of groups", number, len(groups))
        if account := self.config.get("awsAccountId"):
            where = {"aws_account_id": account, "namespace": self.wanted.namespace}
            asked = {"tags": {}} if self.wanted.quicksight_tags else {}
            list(self._all(QuickSightUser, "QuickSight users", where | asked))
        if self.wanted.appstream:
            list(self._all(AppStreamUser, "AppStream users", {}))

    def finish(self) -> None:
        """Write what can be written only when all has been read."""
        self.entries.end()
        folder = self.folder / self.summary.package
        written = {KINDS[resource].module: resource for resource, module in self.modules.items() if module}
        for name, resource in written.items():
            self.modules[resource].write(folder / f"{name}.py", self._head(resource))
        where = " and ".join(self.config[key] for key in ("identityStoreId", "awsAccountId") if key in self.config)
        title = f"People and groups in AWS{f', of {where}' if where else ''}."
        (folder / "__init__.py").write_text(package(written, title), encoding="utf-8")

    def finish_project(self, name: str, out: Path) -> None:
        """Write what makes a project of the package; what `out` has git ignore stays so."""
        name = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII).strip("-") or "directory"
        before = out / ".gitignore"
        had = before.read_text(encoding="utf-8", errors="surrogateescape") if before.exists() else ""
        (self.folder / "__main__.py").write_text(main(self.summary.package), encoding="utf-8")
        (self.folder / "Pulumi.yaml").write_text(project(name, self.config), encoding="utf-8")
        (self.folder / ".gitignore").write_text(ignored(had), encoding="utf-8", errors="surrogateescape")

    def _all(self, resource: type[Resource], what: str, where: State) -> Iterator[_Entity]:
        """Read a kind; yield what can be referred to."""
        done = 0
        self.progress(what, done, None)
        for page in listed(resource, self.aws, where):
            for found in page:
                if entity := self._take(found):
                    yield entity
            done += len(page)
            self.progress(what, done, None)
        self.progress(what, done, done)

    def _take(self, found: Found) -> _Entity | None:
        """Write an entity if it is wanted, and return it; None for one that is left out."""
        resource, called = found.resource, found.called
        bare_id = found.id.rpartition("/")[2]
        if (name := self.stack.name_of(_token(resource), found.id)) is not None:
            self._leave_out(resource, "managed already")
            return _Entity(bare_id, name, None)
        if not self._is_wanted(found):
            self._leave_out(resource, "by --include or --exclude")
            return None
        comments: tuple[str, ...] = ()
        more: State = {}
        if found.externally_managed:
            if not self.wanted.externally_managed:
                self._leave_out(resource, "externally managed")
                return None
            issuer = found.live["external_ids"][0]["issuer"]
            more = {"adopt": EXTERNALLY_MANAGED}
            comments = (f"Managed by {resource_name(issuer)} through SCIM: what is changed here, it changes back.",)
        try:
            declared = declare(found, self.config, **more)
        except IdentityError as error:
            self.summary.problems.append(str(error))
            self._leave_out(resource, "can't be declared")
            return None
        name = self.names[resource].free(resource_name(called))
        module = KINDS[resource].module
        bound = self.variables[resource].free(variable(called, KINDS[resource].one))
        comments += tuple(f"AWS has a value here that it would refuse: {reason}" for reason in declared.left_out)
        source = call(resource.__name__, name, declared.arguments, comments)
        self.modules[resource].add(name.casefold(), f"{bound} = {source}")
        self._enter(found, name, declared)
        return _Entity(bare_id, name, f"{module}.{bound}")

    def _members(self, group: _Entity, people: dict[str, _Entity], where: State) -> None:
        """Read who is in a group."""
        joined: list[_Entity] = []
        for page in listed(GroupMembership, self.aws, where | {"group_id": group.id}):
            for found in page:
                member = people.get(found.live["member_id"])
                if self.stack.name_of(_token(GroupMembership), found.id) is not None:
                    self._leave_out(GroupMembership, "managed already")
                elif member is None:
                    self._leave_out(GroupMembership, "of people who are left out")
                else:
                    wanted = f"{member.name} in {group.name}"
                    name = self.names[GroupMembership].free(wanted)
                    if group.code and member.code and name == wanted:
                        joined.append(member)
                    else:
                        self._join_alone(name, group, member)
                    self._enter(found, name, declare(found, self.config))
        if joined:
            self.joins = True
            codes = [member.code for member in sorted(joined, key=lambda member: member.name.casefold())]
            arguments = "".join(f"    {code},\n" for code in (group.code, *codes))
            self.modules[GroupMembership].add(group.name.casefold(), f"join(\n{arguments})")

    def _join_alone(self, name: str, group: _Entity, member: _Entity) -> None:
        """Write a membership that refers to what the stack has already, by its id."""
        arguments = {
            "group_id": Code(f"{group.code}.group_id") if group.code else group.id,
            "member_id": Code(f"{member.code}.user_id") if member.code else member.id,
        }
        known = " and ".join(resource_name(each.name) for each in (group, member) if not each.code)
        comment = f"# {known}: by id, since the stack has it already.\n" if known else ""
        source = call("GroupMembership", name, arguments)
        self.modules[GroupMembership].add(group.name.casefold(), comment + source)

    def _enter(self, found: Found, name: str, declared: Declared) -> None:
        """Write the entry for `pulumi import`."""
        resource = found.resource
        secrets = {name for name, prop in resource.properties.items() if prop.flags.get("secret")}
        outputs = {key: secret(value) if key in secrets else value for key, value in declared.outputs.items()}
        provider = {PROVIDER_KEY: self.providers[resource]}
        entry = {"type": _token(resource), "name": name, "id": found.id}
        self.entries.add(entry | {"inputs": declared.inputs | provider, "outputs": outputs | provider})
        self.summary.imported[KINDS[resource].module] += 1

    def _is_wanted(self, found: Found) -> bool:
        told = [found.live.get(key) for key in NAMES] + [email.get("value") for email in found.live.get("emails", ())]
        names = [name.casefold() for name in told if name]

        def any_matches(patterns: tuple[str, ...]) -> bool:
            return any(fnmatchcase(name, pattern.casefold()) for name in names for pattern in patterns)

        include, exclude = self.wanted.include, self.wanted.exclude
        return (not include or any_matches(include)) and not any_matches(exclude)

    def _leave_out(self, resource: type[Resource], reason: str) -> None:
        self.summary.left_out[KINDS[resource].module, reason] += 1

    def _head(self, resource: type[Resource]) -> str:
        """Return what stands before a module's statements."""
        used = {resource.__name__}
        if self.joins and resource is GroupMembership:
            used |= {"Group", "IdentityStoreUser"}
        text = f'"""{KINDS[resource].title}"""\n\nfrom pulumi_identity import {", ".join(sorted(used))}\n'
        if resource is GroupMembership:
            siblings = [KINDS[kind].module for kind in (Group, IdentityStoreUser) if self.modules[kind]]
            text += f"\nfrom . import {', '.join(siblings)}\n" if siblings else ""
            text += JOIN if self.joins else ""
        return text


def _token(resource: type[Resource]) -> str:
    """Return a resource's type as Pulumi's state has it."""
    return f"pulumi-python:{resource._resource_type_name}"  # noqa: SLF001  (Pulumi tells it nowhere else)


def _package_name(folder: str) -> str:
    """Return the folder's name as a package's, if there is no package yet that it would hide."""
    name = variable(folder, "directory")
    hides = name in sys.stdlib_module_names or importlib.util.find_spec(name) is not None
    return f"{name}_directory" if hides else name


def _move(made: Path, out: Path) -> None:
    """Put every file in its place."""
    for path in sorted(path for path in made.rglob("*") if path.is_file()):
        target = out / path.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
