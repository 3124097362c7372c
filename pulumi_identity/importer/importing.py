"""Import an existing directory: write a Pulumi program that declares it, and the file for `pulumi import`.

Entities are read page by page and written at once. The import changes nothing in AWS.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import tempfile
from contextlib import ExitStack
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi.dynamic.dynamic import PROVIDER_KEY, serialize_provider

from pulumi_identity import _state
from pulumi_identity.aws.ids import bare_id
from pulumi_identity.aws.session import session
from pulumi_identity.errors import IdentityError, NotFound, explaining
from pulumi_identity.provider.kinds import EXTERNALLY_MANAGED
from pulumi_identity.provider.registry import import_options, importable

from .models import Selection, Summary
from .names import UniqueNames, resource_name, variable
from .python_source import Code, call
from .reader import Declaration, Entity, Skipped, declare, list_entities
from .stack import ManagedStack
from .writer import (
    ImportFile,
    Module,
    ignored,
    join_name,
    main,
    module_head,
    package,
    project,
    secret,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.schema import State
    from pulumi_identity.provider.traits import Import

    from .models import Progress


NAMES = ("display_name", "email")
"""The properties that patterns match, besides the name in AWS and the e-mail addresses of identity store users."""


class _Target(NamedTuple):
    """An entity that a relation can refer to."""

    id: str
    """The id without the store."""
    name: str
    """The name of the resource."""
    code: str | None
    """The expression for the resource, or None if the stack already manages it."""


def import_directory(
    out: Path,
    selection: Selection,
    *,
    export: Path | None = None,
    force: bool = False,
    progress: Progress = lambda _what, _done, _total: None,
) -> Summary:
    """Write a program that declares a directory, and `import.json`, into a folder.

    If there is nothing to import, or on an error, nothing is written.

    Args:
        out: The folder.
        selection: The entities to import.
        export: A file from `pulumi stack export`. Resources of that stack are left out, and `out` becomes a package
            for its program.
        force: Whether to write into a folder that is not empty.
        progress: Called while entities are read.

    Returns:
        The counts of imported and left out entities, and the problems.

    Raises:
        FileExistsError: `out` is not empty, and `force` is not set.
        ValueError: `export` is not a stack export, or `out` is not a valid package name.
        IdentityError: A request to AWS fails.
        OSError: A file can't be written.
    """
    if not force and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FileExistsError(f"writing {out}: it already exists — choose another --out, or set --force")
    stack, name = ManagedStack(export), out.resolve().name
    package_name = _package_name(name)
    if export and name != package_name:
        raise ValueError(
            f"writing {out}: {name} is not a usable package name — choose another --out, such as {package_name}"
        )
    beside = out if out.is_dir() else out.parent  # on the same file system
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=f".{name}-") as temporary, ExitStack() as files:
        folder = Path(temporary)
        run = _Run(folder, selection, stack, package_name, progress)
        files.callback(run.entries.close)
        for written in run.kinds.values():
            files.callback(written.module.close)
        run.read()
        if run.summary.imported:
            run.finish()
            if export:
                _move(folder / package_name, out)
            else:
                run.finish_project(name, out)
            _move(folder, out)
    return run.summary


class _Written:
    """The resources of one kind that are written so far."""

    def __init__(self, kind: Kind, stack: ManagedStack) -> None:
        self.module = Module()
        self.names = UniqueNames(stack.names[kind.token])
        self.variables = UniqueNames(joint="_")
        self.provider = serialize_provider(_state.provider(kind.name))
        self.joins = False
        """Whether the module needs the function `join`."""


class _Run:
    """One import."""

    def __init__(
        self, folder: Path, selection: Selection, stack: ManagedStack, package: str, progress: Progress
    ) -> None:
        self.selection, self.stack, self.progress, self.folder = selection, stack, progress, folder
        self.aws = session(selection.region, selection.role_arn)
        with explaining("importing", "a directory", "any"):
            region = self.aws.region
        self.where = {
            option.flag: selection.properties(option) for option in import_options() if option.flag in selection.values
        }
        self.config = self._configuration(region)
        self.summary = Summary(package=package, config=self.config)
        (folder / package).mkdir()
        self.entries = ImportFile(folder / "import.json")
        self.kinds = {kind.name: _Written(kind, stack) for kind, _ in importable()}
        self.targets: dict[str, dict[str, _Target]] = {}
        """Kind → id → entity, for kinds that relations refer to."""

    def _configuration(self, region: str) -> dict[str, str]:
        """Return the configuration under `identity:` that the program needs."""
        config: dict[str, str] = {}
        for kind, import_ in importable():
            for name, value in self.where.get(import_.option.flag, {}).items():
                field = kind.schema.inputs[name]
                if field.config and value != field.default:
                    config[field.config] = bare_id(value)
        config["region"] = region
        if self.selection.role_arn:
            config["roleArn"] = self.selection.role_arn
        return config

    def read(self) -> None:
        """Read all selected entities, and write each one."""
        for kind, import_ in importable():
            if import_.option.flag in self.where:
                where = self._where(kind, import_)
                if kind.references:
                    self._read_relations(kind, import_, where)
                else:
                    targets = self._read_kind(kind, import_, where)
                    self.targets[kind.name] = {target.id: target for target in targets}

    def _where(self, kind: Kind, import_: Import) -> State:
        """Return the properties that select the listing of a kind, and the ones for reading each entity."""
        given = self.where[import_.option.flag]
        where = {name: given.get(name, kind.schema.inputs[name].default) for name in import_.option.parts}
        where = {name: bare_id(value) for name, value in where.items()}
        more = (option.asks for option in import_.more if option.flag in self.selection.read_more)
        return where | {name: value for asks in more for name, value in asks.items()}

    def finish(self) -> None:
        """Write the files that need all entities."""
        self.entries.end()
        folder = self.folder / self.summary.package
        modules = []
        for kind, import_ in importable():
            if module := self.kinds[kind.name].module:
                module.write(folder / f"{import_.module}.py", self._head(kind, import_))
                modules.append(import_.module)
        places = (bare_id(next(iter(place.values()))) for place in self.where.values() if place)
        where = " and ".join(places)
        title = f"People and groups in AWS{f' ({where})' if where else ''}."
        (folder / "__init__.py").write_text(package(sorted(modules), title), encoding="utf-8")

    def finish_project(self, name: str, out: Path) -> None:
        """Write the project files. The lines of an existing `.gitignore` in `out` are kept."""
        name = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII).strip("-") or "directory"
        gitignore = out / ".gitignore"
        before = gitignore.read_text(encoding="utf-8", errors="surrogateescape") if gitignore.exists() else ""
        (self.folder / "__main__.py").write_text(main(self.summary.package), encoding="utf-8")
        (self.folder / "Pulumi.yaml").write_text(project(name, self.config), encoding="utf-8")
        (self.folder / ".gitignore").write_text(ignored(before), encoding="utf-8", errors="surrogateescape")

    def _read_kind(self, kind: Kind, import_: Import, where: State) -> Iterator[_Target]:
        """Read a kind, and yield the entities that a relation can refer to."""
        done = 0
        self.progress(import_.progress, done, None)
        for page in list_entities(kind, self.aws, where):
            for entity in self._readable(page, import_):
                if target := self._write(entity, import_):
                    yield target
            done += len(page)
            self.progress(import_.progress, done, None)
        self.progress(import_.progress, done, done)

    def _readable(self, page: list[Entity | Skipped], import_: Import) -> Iterator[Entity]:
        """Yield the entities of a page that a program can manage, and count the others."""
        for entity in page:
            if isinstance(entity, Entity):
                yield entity
                continue
            self._leave_out(import_, entity.reason)
            if entity.note:
                (self.summary.problems if entity.is_problem else self.summary.notes).append(entity.note)

    def _write(self, entity: Entity, import_: Import) -> _Target | None:
        """Write an entity if it is selected, and return it. Return None if it is left out."""
        kind, written = entity.kind, self.kinds[entity.kind.name]
        if (name := self.stack.name_of(kind.token, entity.id)) is not None:
            self._leave_out(import_, "already managed")
            return _Target(bare_id(entity.id), name, None)
        if not self._is_selected(entity):
            self._leave_out(import_, "by --include or --exclude")
            return None
        comments: tuple[str, ...] = ()
        more: State = {}
        if entity.issuer:
            if not self.selection.externally_managed:
                self._leave_out(import_, "externally managed")
                return None
            more = {"adopt": EXTERNALLY_MANAGED}
            comments = (f"Managed by {resource_name(entity.issuer)} through SCIM, which reverts changes made here.",)
        if (declaration := self._declaration(entity, import_, **more)) is None:
            return None
        name = written.names.free(resource_name(entity.name))
        variable_name = written.variables.free(variable(entity.name, import_.variable))
        comments += tuple(f"AWS returns a value that it rejects as input: {reason}" for reason in declaration.left_out)
        source = call(kind.name, name, declaration.arguments, comments)
        written.module.add(name.casefold(), f"{variable_name} = {source}")
        self._enter(entity, import_, name, declaration)
        return _Target(bare_id(entity.id), name, f"{import_.module}.{variable_name}")

    def _declaration(self, entity: Entity, import_: Import, **more: Any) -> Declaration | None:
        """Return the declaration of an entity. Return None, and report the entity, if it can't be declared."""
        try:
            return declare(entity, self.config, **more)
        except IdentityError as error:
            self.summary.problems.append(str(error))
            self._leave_out(import_, "can't be declared")
            return None

    def _read_relations(self, kind: Kind, import_: Import, where: State) -> None:
        """Read the members of each group."""
        members = self.targets[kind.references[kind.member_property].kind.name]
        groups = [*self.targets[kind.references[kind.group_property].kind.name].values()]
        for number, group in enumerate(groups, 1):
            joined = [*self._read_members(kind, import_, where | {kind.group_property: group.id}, group, members)]
            if joined:
                codes = [group.code, *(member.code for member in sorted(joined, key=_sorting_name))]
                arguments = "".join(f"    {code},\n" for code in codes)
                self.kinds[kind.name].module.add(_sorting_name(group), f"join(\n{arguments})")
                self.kinds[kind.name].joins = True
            self.progress(import_.progress, number, len(groups))

    def _read_members(
        self, kind: Kind, import_: Import, where: State, group: _Target, members: Mapping[str, _Target]
    ) -> Iterator[_Target]:
        """Read the members of a group, and yield the members that the module's function `join` can add."""
        try:
            for page in list_entities(kind, self.aws, where):
                for entity in self._readable(page, import_):
                    member = members.get(entity.live[kind.member_property])
                    if self.stack.name_of(kind.token, entity.id) is not None:
                        self._leave_out(import_, "already managed")
                    elif member is None:
                        self._leave_out(import_, "with a member who is left out")
                    elif self._write_relation(entity, import_, group, member):
                        yield member
        except NotFound as error:  # deleted since the groups were listed
            self.summary.problems.append(str(error))

    def _write_relation(self, entity: Entity, import_: Import, group: _Target, member: _Target) -> bool:
        """Write a relation, or return True if the module's function `join` can create it."""
        kind, written = entity.kind, self.kinds[entity.kind.name]
        usual_name = join_name(member.name, group.name)
        if (declaration := self._declaration(entity, import_)) is None:
            return False
        name = written.names.free(usual_name)
        self._enter(entity, import_, name, declaration)
        if group.code and member.code and name == usual_name:
            return True
        # Entities of the stack have no variable in this package.
        ends = {kind.group_property: group, kind.member_property: member}
        arguments = {
            property_: Code(f"{end.code}.{kind.references[property_].property}") if end.code else end.id
            for property_, end in ends.items()
        }
        known = " and ".join(resource_name(end.name) for end in ends.values() if not end.code)
        comment = f"# {known}: given by id, because the stack already manages it.\n" if known else ""
        written.module.add(_sorting_name(group), comment + call(kind.name, name, arguments))
        return False

    def _enter(self, entity: Entity, import_: Import, name: str, declaration: Declaration) -> None:
        """Write the entry for `pulumi import`."""
        kind = entity.kind
        outputs = {key: secret(value) if key in kind.secrets else value for key, value in declaration.outputs.items()}
        provider = {PROVIDER_KEY: self.kinds[kind.name].provider}
        entry = {"type": kind.token, "name": name, "id": entity.id}
        self.entries.add(entry | {"inputs": declaration.inputs | provider, "outputs": outputs | provider})
        self.summary.imported[import_.module] += 1

    def _is_selected(self, entity: Entity) -> bool:
        properties = (entity.kind.name_property or "", *NAMES)
        live = [entity.live.get(property_) for property_ in properties]
        live += [email.get("value") for email in entity.live.get("emails", ())]
        names = [name.casefold() for name in live if name]

        def any_matches(patterns: tuple[str, ...]) -> bool:
            return any(fnmatchcase(name, pattern.casefold()) for name in names for pattern in patterns)

        include, exclude = self.selection.include, self.selection.exclude
        return (not include or any_matches(include)) and not any_matches(exclude)

    def _leave_out(self, import_: Import, reason: str) -> None:
        self.summary.left_out[import_.module, reason] += 1

    def _head(self, kind: Kind, import_: Import) -> str:
        """Return the head of a module."""
        ends = [reference.kind for reference in kind.references.values()]
        siblings = sorted(end.import_.module for end in ends if end.import_ and self.kinds[end.name].module)
        return module_head(kind, import_.title, siblings, joins=self.kinds[kind.name].joins)


def _sorting_name(target: _Target) -> str:
    return target.name.casefold()


def _package_name(folder: str) -> str:
    """Return a package name for the folder that hides no other package."""
    name = variable(folder, "directory")
    hides = name in sys.stdlib_module_names or importlib.util.find_spec(name) is not None
    return f"{name}_directory" if hides else name


def _move(folder: Path, out: Path) -> None:
    """Move every file into the output folder."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        target = out / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
