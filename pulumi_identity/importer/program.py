"""The program and the import file, written one resource at a time."""

from __future__ import annotations

import importlib.util
import re
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

from pulumi.dynamic.dynamic import PROVIDER_KEY, serialize_provider

from pulumi_identity import _state
from pulumi_identity.aws.ids import bare_id
from pulumi_identity.errors import IdentityError
from pulumi_identity.provider.registry import importable

from .models import Summary
from .names import UniqueNames, resource_name, variable
from .python_source import call
from .reader import Declaration, Entity, Skipped, declare
from .writer import ImportFile, Module, ignored, main, module_head, package, project, secret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Self

    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.traits import Import

    from .models import Selection
    from .stack import ManagedStack


class Target(NamedTuple):
    """An entity that relations refer to."""

    id: str
    """The value by which relations refer to it."""
    name: str
    """The name of the resource. For an entity that is left out, the name in AWS."""
    code: str | None = None
    """The expression for the resource. None if the package has no resource for the entity."""
    is_managed: bool = False
    """Whether the package or the stack has a resource for the entity."""
    issuer: str | None = None
    """The identity provider that manages the entity through SCIM, or None."""

    @property
    def sorting_name(self) -> str:
        """The sort key of the module."""
        return self.name.casefold()


class Found(NamedTuple):
    """An entity to write."""

    entity: Entity
    import_: Import
    declaration: Declaration
    comments: tuple[str, ...]


class Written:
    """The resources of one kind that have been written so far."""

    def __init__(self, kind: Kind, stack: ManagedStack) -> None:
        self.module = Module()
        self.names = UniqueNames(stack.names[kind.token])
        self.variables = UniqueNames(joint="_")
        self.provider = serialize_provider(_state.provider(kind.name))
        self.siblings = set[str]()
        """The modules that the statements refer to."""
        self.joins = False
        """Whether the module needs the function `join`."""

    def add(self, key: str, statement: str, *uses: Target) -> None:
        """Add a statement that uses other resources."""
        self.module.add(key, statement)
        self.siblings |= {target.code.partition(".")[0] for target in uses if target.code}


class Program:
    """The program and the import file.

    Args:
        folder: The folder to write.
        package: The name of the package with the resources.
        stack: The resources that exist.
        config: The configuration under `identity:` that the program needs.
    """

    in_file: tuple[Kind, ...] = ()
    """The kinds whose entities belong to a file that the program reads."""

    def __init__(self, folder: Path, package: str, stack: ManagedStack, config: dict[str, str]) -> None:
        self.folder, self.config = folder, config
        self.summary = Summary(package=package, config=config)
        (folder / package).mkdir()
        self.entries = ImportFile(folder / "import.json")
        self.has_modules = False
        """Whether the package has modules. Set by `finish`."""
        self.kinds = {kind.name: Written(kind, stack) for kind, _ in importable()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with ExitStack() as files:
            files.callback(self.entries.close)
            for written in self.kinds.values():
                files.callback(written.module.close)

    def readable(self, page: list[Entity | Skipped], import_: Import) -> Iterator[Entity]:
        """Yield the entities of a page that a program can manage, and count the others."""
        for entity in page:
            if isinstance(entity, Entity):
                yield entity
                continue
            self.leave_out(import_, entity.reason)
            if entity.note:
                (self.summary.problems if entity.is_problem else self.summary.notes).append(entity.note)

    def declaration(self, entity: Entity, import_: Import, **more: Any) -> Declaration | None:
        """Return the declaration of an entity. Return None, and report the entity, if it can't be declared."""
        try:
            return declare(entity, self.config, **more)
        except IdentityError as error:
            self.report(import_, str(error))
            return None

    def report(self, import_: Import, problem: str) -> None:
        """Count an entity that can't be declared, and keep the reason."""
        self.summary.problems.append(problem)
        self.leave_out(import_, "can't be declared")

    def leave_out(self, import_: Import, reason: str) -> None:
        """Count an entity that is left out."""
        self.summary.left_out[import_.module, reason] += 1

    def write(self, found: Found, id_: str) -> Target:
        """Write an entity that is not a relation, and return it. Relations refer to it by `id_`."""
        entity, import_, declaration, comments = found
        written = self.kinds[entity.kind.name]
        name = written.names.free(resource_name(entity.name))
        variable_name = written.variables.free(variable(entity.name, import_.variable))
        source = call(entity.kind.name, name, declaration.arguments, comments)
        written.add(name.casefold(), f"{variable_name} = {source}")
        self.enter(entity, import_, name, declaration)
        return Target(id_, name, f"{import_.module}.{variable_name}", is_managed=True, issuer=entity.issuer)

    def write_members(self, found: Found, group: Target, labels: Iterable[str]) -> None:
        """Write the members of a group to the file that the program reads."""
        raise NotImplementedError

    def enter(self, entity: Entity, import_: Import, name: str, declaration: Declaration, **more: Any) -> None:
        """Write the entry for `pulumi import`, with more fields of the entry."""
        kind = entity.kind
        outputs = {key: secret(value) if key in kind.secrets else value for key, value in declaration.outputs.items()}
        provider = {PROVIDER_KEY: self.kinds[kind.name].provider}
        entry = {"type": kind.token, "name": name, "id": entity.id, **more}
        self.entries.add(entry | {"inputs": declaration.inputs | provider, "outputs": outputs | provider})
        self.summary.imported[import_.module] += 1

    def finish(self, selection: Selection) -> None:
        """Write the files that need all entities."""
        self.entries.end()
        folder = self.folder / self.summary.package
        modules = list[str]()
        for kind, import_ in importable():
            written = self.kinds[kind.name]
            if written.module:
                head = module_head(kind, import_.title, sorted(written.siblings), joins=written.joins)
                written.module.write(folder / f"{import_.module}.py", head)
                modules.append(import_.module)
        places = (bare_id(value) for value in selection.places())
        where = " and ".join(places)
        title = f"People and groups in AWS{f' ({where})' if where else ''}."
        if modules:
            (folder / "__init__.py").write_text(package(sorted(modules), title), encoding="utf-8")
        self.has_modules = bool(modules)

    def main(self) -> str:
        """Return the source of the program."""
        return main(self.summary.package)

    def finish_project(self, name: str, out: Path) -> None:
        """Write the project files. The lines of an existing `.gitignore` in `out` are kept."""
        name = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII).strip("-") or "directory"
        gitignore = out / ".gitignore"
        before = gitignore.read_text(encoding="utf-8", errors="surrogateescape") if gitignore.exists() else ""
        (self.folder / "__main__.py").write_text(self.main(), encoding="utf-8")
        (self.folder / "Pulumi.yaml").write_text(project(name, self.config), encoding="utf-8")
        (self.folder / ".gitignore").write_text(ignored(before), encoding="utf-8", errors="surrogateescape")


def managed_by(issuer: str) -> str:
    """Return the comment on an entity that an identity provider manages."""
    return f"Managed by {resource_name(issuer)} through SCIM, which reverts changes made here."


def package_name(folder: str) -> str:
    """Return a package name for the folder. It does not hide another package."""
    name = variable(folder, "directory")
    hides = name in sys.stdlib_module_names or importlib.util.find_spec(name) is not None
    return f"{name}_directory" if hides else name


def move(folder: Path, out: Path) -> None:
    """Move every file into the output folder."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        target = out / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
