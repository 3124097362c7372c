"""What AWS lists, as Pulumi's state would have it if a program had declared all that AWS tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_identity import _errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi.dynamic import CheckResult

    from pulumi_identity import _aws
    from pulumi_identity._declare import Resource
    from pulumi_identity._schema import State

FAILED = re.compile(r"(?P<path>(?P<property>\w+)\S*) (?P<reason>.+)", re.DOTALL)
"""A failure of `check`: the property, with where in it, and the rule it breaks."""


@dataclass(frozen=True)
class Found:
    """One entity of AWS."""

    resource: type[Resource]
    id: str
    live: State
    """Its properties as AWS tells them, in our words."""

    @property
    def called(self) -> str:
        """What AWS calls it."""
        return str(self.live.get(self.resource.provider_type.label[-1]) or self.id)

    @property
    def externally_managed(self) -> bool:
        """Whether an identity provider owns it through SCIM."""
        return bool(self.live.get("external_ids"))


@dataclass(frozen=True)
class Declared:
    """What a program declares of an entity, and what state then has of it."""

    arguments: State
    """What the program writes: neither defaults nor what configuration says."""
    inputs: State
    outputs: State
    left_out: tuple[str, ...]
    """What AWS tells but would refuse to be told, with the reasons."""


def listed(resource: type[Resource], aws: _aws.Session, where: State) -> Iterator[list[Found]]:
    """Yield every entity of a kind, a page at a time, each once: a listing may repeat one that is changed meanwhile.

    `where` is what tells the listing from others (the store, a group, the account and namespace), and what of an
    entity is to be asked for besides.
    """
    provider, seen = resource.provider_type(), set[str]()
    label = "/".join(str(where[name]) for name in ("identity_store_id", "aws_account_id", "namespace") if name in where)
    with _errors.explaining("listing", f"{provider.kind}s ({label or aws.region})", provider.service):
        for page in provider.pages(aws, where):
            found = []
            for id_, answer in page.items():
                if id_ not in seen:
                    seen.add(id_)
                    old = where | provider.from_id(id_, aws.region)
                    live = provider.look(aws, id_, old, answer) or {}
                    found.append(Found(resource, id_, _filled(old | live)))
            yield found


def declare(found: Found, config: Mapping[str, str], **more: Any) -> Declared:
    """Declare all of an entity that AWS tells and that can be declared.

    `config` is the configuration under `identity:` that the program will run with, `more` what the program says
    besides. Raises Rejected for an entity of which AWS doesn't tell what every program must declare.
    """
    provider, fields = found.resource.provider_type(), found.resource.provider_type.schema.inputs
    given = {name: config[key] for name, field in fields.items() if (key := field.config) and key in config} | more
    told = {name: found.live[name] for name, field in fields.items() if name in found.live and not field.write_only}
    left_out: dict[str, str] = {}
    while refused := [each for each in _refused(provider.check({}, told | given)) if each["property"] in told]:
        for each in refused:
            told[each["property"]] = _without(told[each["property"]], re.findall(r"\w+", each["path"])[1:])
            left_out[each["path"]] = each["reason"]
        told = {name: value for name, value in told.items() if value is not None}
    news = told | given
    checked = provider.check(news, news)  # as something that exists: nobody can be asked for what AWS doesn't tell
    if checked.failures:
        lacking = {each["path"]: each["reason"] for each in _refused(checked)}
        reasons = " and ".join(f"{path} {reason}" for path, reason in (lacking | left_out).items())
        remedy = "set it in AWS and import again, or leave it out with --exclude"
        raise _errors.Rejected(f"importing {provider.entity_of(found.live)}: {reasons} — {remedy}")
    inputs: State = checked.inputs
    arguments = {
        name: inputs[name]
        for name, field in fields.items()
        if name in inputs and inputs[name] != config.get(field.config or "", field.default)
    }
    comments = tuple(f"{path} {reason}" for path, reason in left_out.items() if path not in provider.schema.resolved)
    outputs = provider.outputs_of(found.id, inputs, given | found.live)
    return Declared(arguments, inputs, outputs, comments)


def _refused(checked: CheckResult) -> list[re.Match[str]]:
    """Return what can't be declared: the property, where in it, and why."""
    return [match for failure in checked.failures if (match := FAILED.fullmatch(failure.reason))]


def _without(value: Any, steps: list[str]) -> Any:
    """Return a value without the part that the steps lead to; None if they lead to none, or to all of it.

    A list is declared whole: it is left out with any of its items.
    """
    if not steps:
        return None
    first, rest = steps[0], steps[1:]
    if isinstance(value, list) and first.isdigit() and int(first) < len(value):
        items = [_without(item, rest) if number == int(first) else item for number, item in enumerate(value)]
        return None if None in items else items
    if isinstance(value, dict) and first in value:
        return _filled(value | {first: _without(value[first], rest)})
    return None


def _filled(value: Any) -> Any:
    """Return a value without the empty parts that AWS may tell but doesn't take; None for one that is empty."""
    if isinstance(value, dict):
        value = {key: filled for key, item in value.items() if (filled := _filled(item)) is not None}
    elif isinstance(value, list):
        value = [filled for item in value if (filled := _filled(item)) is not None]
    elif isinstance(value, str):
        return value if value.strip() else None
    return None if value in ([], {}) else value
