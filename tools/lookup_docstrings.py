"""The docstrings of lookups. Each module keeps its own sentences; shared arguments and errors are written here once.

tools/exports.py fills them in, so that an editor shows them for both forms of a lookup.
"""

import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

SHARED = {
    "identity_store_id": "The identity store's id or ARN. Default: `identity:identityStoreId` in Pulumi configuration.",
    "namespace": "The QuickSight namespace. Default: `identity:namespace` in Pulumi configuration, then `default`.",
    "aws_account_id": "The 12 digits of the AWS account. Default: `identity:awsAccountId` in Pulumi configuration, "
    "then the account of the credentials.",
    "region": "The AWS region. Default: `identity:region` in Pulumi configuration, then the region of the environment.",
    "role_arn": "The ARN of an IAM role to assume. Default: `identity:roleArn` in Pulumi configuration, then no role.",
    "profile": "The profile with the credentials. Default: `identity:profile` in Pulumi configuration, then the "
    "environment.",
    "assume_role": "How to assume the role. Default: `identity:assumeRole` in Pulumi configuration.",
}
"""Shared argument → its sentences."""

OPTIONS = "Pulumi's options. Only `depends_on` has an effect: the lookup waits until those resources exist."

ERRORS = {
    "IdentityError": "The request fails for another reason: Denied, Throttled, Unavailable or Rejected.",
    "TypeError": "An argument is missing or has the wrong type, or two arguments exclude each other.",
}
"""Error that every lookup can raise → its sentences."""

WIDTH = 120
INDENT = "    "


@dataclass(frozen=True)
class Docstring:
    """A docstring in Google style, by its sections."""

    text: str
    """Everything before the sections; an example is indented."""
    arguments: dict[str, str]
    returns: str
    raises: dict[str, str]

    @property
    def prose(self) -> str:
        """The text without the example."""
        return self.text.partition(f"\n\n{INDENT}")[0]

    @property
    def example(self) -> str:
        """The code of the example; "" if there is none."""
        return textwrap.dedent(INDENT + self.text.partition(f"\n\n{INDENT}")[2]).strip()


def parse(docstring: str) -> Docstring:
    """Return a docstring's sections."""
    text, *rest = re.split(r"\n\n(Args|Returns|Raises):\n", inspect.cleandoc(docstring))
    sections = dict(zip(rest[::2], rest[1::2], strict=True))
    return Docstring(
        text,
        _entries(sections.get("Args", "")),
        _one_line(sections.get("Returns", "")),
        _entries(sections.get("Raises", "")),
    )


def complete(docstring: Docstring, arguments: Iterable[str]) -> Docstring:
    """Return a docstring that documents every argument, in this order, and every error."""
    known = docstring.arguments | SHARED
    return replace(docstring, arguments={name: known[name] for name in arguments}, raises=docstring.raises | ERRORS)


def of_output_form(name: str, plain: Docstring, *, secret: bool) -> Docstring:
    """Return the docstring of the `_output` form of a lookup."""
    form = f"This form of `{name}` takes and returns outputs. Its output fails with the errors that `{name}` raises."
    unknown = "The result as an output. It is unknown in a preview while an argument is unknown."
    return Docstring(
        f"{plain.prose}\n\n{textwrap.fill(form, WIDTH - len(INDENT))}",
        plain.arguments | {"opts": OPTIONS},
        f"{unknown} It is a secret." if secret else f"{unknown} It is a secret if an argument is.",
        {"TypeError": "`opts` names a provider."},
    )


def source(docstring: Docstring) -> str:
    """Return the source of a function's docstring."""
    return textwrap.indent("\n".join(_lines(docstring)), INDENT)


def _lines(docstring: Docstring) -> Iterator[str]:
    yield f'"""{docstring.text}'
    yield from ("", "Args:", *_listed(docstring.arguments))
    yield from ("", "Returns:", *_wrapped(docstring.returns, INDENT, INDENT))
    yield from ("", "Raises:", *_listed(docstring.raises))
    yield '"""'


def _listed(entries: dict[str, str]) -> Iterator[str]:
    for name, text in entries.items():
        yield from _wrapped(f"{name}: {text}", INDENT, INDENT * 2)


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH - len(INDENT),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _entries(section: str) -> dict[str, str]:
    found = re.findall(r"^(\w+): (.*(?:\n +.*)*)", textwrap.dedent(section), re.MULTILINE)
    return {name: _one_line(text) for name, text in found}


def _one_line(text: str) -> str:
    return " ".join(text.split())
