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

FAILED = re.compile(r"(?P<property>\w+)\S* (?P<reason>.+)", re.DOTALL)
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
    while refused := {name: why for name, why in _refused(provider.check({}, told | given)).items() if name in told}:
        left_out |= refused
        told = {name: value for name, value in told.items() if name not in refused}
    news = told | given
    checked = provider.check(news, news)  # as something that exists: nobody can be asked for what AWS doesn't tell
    if checked.failures:
        reasons = " and ".join(f"{name} {reason}" for name, reason in (_refused(checked) | left_out).items())
        raise _errors.Rejected(f"importing {provider.entity_of(found.live)}: {reasons}")
    inputs: State = checked.inputs
    arguments = {
        name: inputs[name]
        for name, field in fields.items()
        if name in inputs and inputs[name] != config.get(field.config or "", field.default)
    }
    comments = tuple(f"{name} {reason}" for name, reason in left_out.items() if name not in provider.schema.resolved)
    outputs = provider.outputs_of(found.id, inputs, given | found.live)
    return Declared(arguments, inputs, outputs, comments)


def _refused(checked: CheckResult) -> dict[str, str]:
    """Property → why it can't be declared."""
    found = (FAILED.fullmatch(failure.reason) for failure in checked.failures)
    return {match["property"]: match["reason"] for match in found if match}


def _filled(value: Any) -> Any:
    """Return a value without the empty parts that AWS may tell but doesn't take; None for one that is empty."""
    if isinstance(value, dict):
        value = {key: filled for key, item in value.items() if (filled := _filled(item)) is not None}
    elif isinstance(value, list):
        value = [filled for item in value if (filled := _filled(item)) is not None]
    elif isinstance(value, str):
        return value if value.strip() else None
    return None if value in ([], {}) else value
