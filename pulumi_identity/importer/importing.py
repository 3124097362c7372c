"""Import an existing directory: write a Pulumi program that declares it, and the file for `pulumi import`.

Entities are read page by page and written at once. The import changes nothing in AWS.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_identity.aws.ids import bare_id
from pulumi_identity.aws.session import session
from pulumi_identity.errors import explaining
from pulumi_identity.provider.kinds import EXTERNALLY_MANAGED
from pulumi_identity.provider.registry import importable

from .forms import identifiers, is_single_form
from .names import resource_name
from .people_file import PeopleProgram
from .program import Found, Program, Target, managed_by, move, package_name
from .reader import list_entities
from .relations import Relations
from .stack import ManagedStack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_identity.aws.session import Session
    from pulumi_identity.provider.kinds import Kind
    from pulumi_identity.provider.schema import State
    from pulumi_identity.provider.traits import Import

    from .models import Progress, Selection, Summary
    from .reader import Entity


def import_directory(
    out: Path,
    selection: Selection,
    *,
    export: Path | None = None,
    people_file: bool = False,
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
        people_file: Whether to write people and groups to `people.yaml`, which the program reads.
        force: Whether to write into a folder that is not empty.
        progress: Called while entities are read.

    Returns:
        The counts of imported and left out entities, and the problems.

    Raises:
        FileExistsError: `out` is not empty, and `force` is not set.
        ValueError: `export` is not a stack export, `out` is not a valid package name, or `people_file` is combined
            with `export` or with single memberships.
        IdentityError: A request to AWS fails.
        OSError: A file can't be written.
    """
    if not force and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FileExistsError(f"writing {out}: it already exists — choose another --out, or set --force")
    if people_file and (export or selection.memberships):
        other = "--stack-export" if export else "--memberships"
        raise ValueError(f"importing: {other} can't be combined with --format yaml — remove one of them")
    stack, name = ManagedStack(*([export] if export else [])), out.resolve().name
    package = package_name(name)
    if export and name != package:
        raise ValueError(
            f"writing {out}: {name} is not a usable package name — choose another --out, such as {package}"
        )
    beside = out if out.is_dir() else out.parent  # on the same file system
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=f".{name}-") as temporary:
        folder = Path(temporary)
        aws = session(selection.region, selection.role_arn)
        write = PeopleProgram if people_file else Program
        with write(folder, package, stack, _configuration(selection, aws)) as program:
            _Run(program, aws, selection, stack, progress).read()
            if program.summary.imported:
                program.finish(selection)
                if export:
                    move(folder / package, out)
                else:
                    program.finish_project(name, out)
                move(folder, out)
    return program.summary


def _configuration(selection: Selection, aws: Session) -> dict[str, str]:
    """Return the configuration under `identity:` that the program needs."""
    config: dict[str, str] = {}
    for kind, import_ in importable():
        if selection.selects(import_):
            for name, value in selection.properties(import_.option).items():
                field = kind.schema.inputs[name]
                if field.config and value != field.default:
                    config[field.config] = bare_id(value)
    with explaining("importing", "a directory", "any"):
        config["region"] = aws.region
    if selection.role_arn:
        config["roleArn"] = selection.role_arn
    return config


class _Run:
    """One import."""

    def __init__(
        self, program: Program, aws: Session, selection: Selection, stack: ManagedStack, progress: Progress
    ) -> None:
        self.program, self.aws, self.selection, self.stack, self.progress = program, aws, selection, stack, progress
        self.targets: dict[str, dict[str, Target]] = {}
        """Kind → value that identifies an entity in relations → entity, for the kinds that relations refer to."""
        self.identifiers = identifiers()

    def read(self) -> None:
        """Read all selected entities, and write each one."""
        relations = Relations(self.program, self.aws, self.selection, self.stack, self.targets)
        for kind, import_ in importable():
            if not self.selection.selects(import_) or is_single_form(kind):
                continue
            if kind.references:
                relations.read(kind, import_, self.progress)
            else:
                targets = self._read_kind(kind, import_, self.selection.where(kind, import_))
                self.targets[kind.name] = {target.id: target for target in targets}

    def _read_kind(self, kind: Kind, import_: Import, where: State) -> Iterator[Target]:
        """Read a kind, and yield the entities that a relation can refer to."""
        done = 0
        self.progress(import_.progress, done, None)
        for page in list_entities(kind, self.aws, where):
            for entity in self.program.readable(page, import_):
                yield self._write(entity, import_)
            done += len(page)
            self.progress(import_.progress, done, None)
        self.progress(import_.progress, done, done)

    def _write(self, entity: Entity, import_: Import) -> Target:
        """Write an entity if it is selected, and return it."""
        kind, program = entity.kind, self.program
        id_ = str(entity.live[self.identifiers[kind.name]]) if kind.name in self.identifiers else entity.id
        name, more, comments = resource_name(entity.name), dict[str, str](), tuple[str, ...]()
        left_out = Target(id_, name, issuer=entity.issuer)
        if resource := self.stack.find(kind, entity.id, self.aws.region):
            program.leave_out(import_, "already managed")
            return Target(id_, resource.name, is_managed=True, issuer=entity.issuer)
        if not self.selection.matches(entity.names):
            program.leave_out(import_, "by --include or --exclude")
            return left_out
        if entity.issuer:
            if not self.selection.externally_managed:
                program.leave_out(import_, "externally managed")
                return left_out
            more = {"adopt": EXTERNALLY_MANAGED}
            comments = (managed_by(entity.issuer),)
        if (declaration := program.declaration(entity, import_, **more)) is None:
            return left_out
        comments += tuple(f"AWS returns a value that it rejects as input: {reason}" for reason in declaration.left_out)
        return program.write(Found(entity, import_, declaration, comments), id_)
