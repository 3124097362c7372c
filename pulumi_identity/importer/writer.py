"""The files that an import writes: a program with one module for each kind, and the file for `pulumi import`."""

from __future__ import annotations

import json
import os
import tempfile
from typing import IO, TYPE_CHECKING, Any

from .python_source import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pulumi_identity.provider.kinds import Kind

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
"""The mark of a secret in Pulumi's files. Source: `resource.SigKey` and `SecretSig` of Pulumi's SDK."""

IGNORED = ("# These two files contain personal data", "import.json", "stack.json", "__pycache__/")


def open_private(path: Path) -> IO[str]:
    """Open a file with personal data for writing. Only its owner can read it, even if it existed before."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    path.chmod(0o600)
    os.truncate(file, 0)
    return os.fdopen(file, "w", encoding="utf-8")


class ImportFile:
    """The file for `pulumi import`, written entry by entry."""

    def __init__(self, path: Path) -> None:
        self._file = open_private(path)
        self._file.write('{"resources": [')
        self.entries = 0

    def add(self, entry: Mapping[str, Any]) -> None:
        """Write an entry on one line."""
        self._file.write(",\n" if self.entries else "\n")
        json.dump(entry, self._file, ensure_ascii=False)
        self.entries += 1

    def end(self) -> None:
        """Write the end of the file, and close it."""
        self._file.write("\n]}\n")
        self.close()

    def close(self) -> None:
        """Close the file, complete or not."""
        self._file.close()


class Module:
    """A module with statements in the order of their keys. Memory holds only the keys."""

    def __init__(self) -> None:
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        self._at: list[tuple[str, int, int]] = []

    def __bool__(self) -> bool:
        return bool(self._at)

    def add(self, key: str, statement: str) -> None:
        """Add a statement."""
        source = statement.encode()
        self._at.append((key, self._spool.tell(), len(source)))
        self._spool.write(source)

    def write(self, path: Path, head: str) -> None:
        """Write the module; `head` comes before the first statement."""
        self._at.sort()
        with open_private(path) as file:
            file.write(head)
            for _, start, length in self._at:
                self._spool.seek(start)
                file.write(f"\n{self._spool.read(length).decode()}\n")

    def close(self) -> None:
        """Delete the statements."""
        self._spool.close()


def secret(value: Any) -> dict[str, str]:
    """Return a secret in the form of Pulumi's files before encryption."""
    return SECRET | {"plaintext": json.dumps(value)}


def project(name: str, config: Mapping[str, str]) -> str:
    """Return a Pulumi.yaml that sets this configuration under `identity:` for all stacks."""
    values = "".join(f"  identity:{key}: {json.dumps(value)}\n" for key, value in config.items())
    return f"name: {json.dumps(name)}\nruntime: python\ndescription: People and groups in AWS\nconfig:\n{values}"


def ignored(before: str) -> str:
    """Return a `.gitignore` with its existing lines and the files that must not be committed."""
    lines = before.splitlines()
    return "".join(f"{line}\n" for line in [*lines, *(line for line in IGNORED if line not in lines)])


def main(package: str) -> str:
    """Return the program, which imports the package."""
    title = '"""Declare people and groups in AWS by importing their package."""'
    return f"{title}\n\nimport {package}  # noqa: F401\n"


def package(modules: Iterable[str], of: str) -> str:
    """Return the package's `__init__.py`."""
    names = list(modules)
    listed = ", ".join(map(text, names))
    return f'"""{of}"""\n\nfrom . import {", ".join(names)}\n\n__all__ = [{listed}]\n'


def module_head(kind: Kind, title: str, siblings: list[str], *, joins: bool) -> str:
    """Return the head of a kind's module.

    Args:
        kind: The kind.
        title: The module's docstring.
        siblings: The modules that the statements refer to.
        joins: Whether the module needs the function `join`.

    Returns:
        The source before the first statement.
    """
    ends = [reference.kind.name for reference in kind.references.values()] if joins else []
    head = f'"""{title}"""\n\nfrom pulumi_identity import {", ".join(sorted([kind.name, *ends]))}\n'
    head += f"\nfrom . import {', '.join(siblings)}\n" if siblings else ""
    return head + (_join_function(kind) if joins else "")


def join_name(member: str, group: str) -> str:
    """Return the name of the resource that adds a member to a group."""
    return f"{member} in {group}"


def _join_function(kind: Kind) -> str:
    """Return the source of the function that adds members to a group."""
    group, member = kind.references[kind.group_property], kind.references[kind.member_property]
    return f'''

def join(group: {group.kind.name}, *members: {member.kind.name}) -> None:
    """Add people to a group."""
    for member in members:
        {kind.name}(
            f"{join_name("{member.pulumi_resource_name}", "{group.pulumi_resource_name}")}",
            {kind.group_property}=group.{group.property},
            {kind.member_property}=member.{member.property},
        )

'''
