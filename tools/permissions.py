"""Generate the IAM policies of docs/permissions.md from the operations that resources and lookups declare.

The tests compare these operations with the calls that the emulator sees.
"""

import json
from collections.abc import Iterable, Mapping

from pulumi_identity.lookups._invoke import LOOKUPS
from pulumi_identity.provider.registry import KINDS, SERVICES
from tools.docs import SERVICE_NAMES

RESOURCES = {
    "identitystore": (
        "arn:aws:identitystore::123456789012:identitystore/d-1234567890",
        "arn:aws:identitystore:::user/*",
        "arn:aws:identitystore:::group/*",
        "arn:aws:identitystore:::membership/*",
    ),
    "quicksight": (
        "arn:aws:quicksight:us-east-1:123456789012:user/default/*",
        "arn:aws:quicksight:us-east-1:123456789012:group/default/*",
    ),
    "appstream": ("*",),
}
"""Service → the ARNs of its entities. AppStream's user pool has none. Source: the Service Authorization Reference."""

WITHOUT_RESOURCE = {"identitystore:ListIdentityStores"}
"""Actions for which AWS defines no resource."""

READING = ("Describe", "Get", "IsMember", "List", "Search")
"""How operations that change nothing begin."""


def policies() -> str:
    """Return a section for each service: the policies for reading and for writing."""
    return "\n\n".join(map(_section, SERVICES))


def sessions() -> str:
    """Return the policy for the lookups that let a program act as a user."""
    return _policy({"Sessions": (_actions_of_lookups("quicksight", secret=True), RESOURCES["quicksight"][:1])})


def reading(service: str) -> list[str]:
    """Return the actions of previews, refreshes and lookups."""
    return sorted({action for action in _actions_of_kinds(service) if _reads(action)} | _actions_of_lookups(service))


def writing(service: str) -> list[str]:
    """Return the actions that only `pulumi up` and `pulumi destroy` call."""
    return sorted(action for action in _actions_of_kinds(service) if not _reads(action))


def _section(service: str) -> str:
    anywhere = WITHOUT_RESOURCE & {*reading(service)}
    read = {"Read": ({*reading(service)} - anywhere, RESOURCES[service])}
    if anywhere:
        read["Find"] = (anywhere, ("*",))
    return "\n\n".join(
        [
            f"### {SERVICE_NAMES[service]}",
            "To read:",
            _policy(read),
            "To write, in addition:",
            _policy({"Write": (writing(service), RESOURCES[service])}),
        ]
    )


def _policy(statements: Mapping[str, tuple[Iterable[str], tuple[str, ...]]]) -> str:
    """Return a policy as a block of JSON."""
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": sid, "Effect": "Allow", "Action": sorted(actions), "Resource": list(resources)}
            for sid, (actions, resources) in statements.items()
        ],
    }
    return f"```json\n{json.dumps(policy, indent=2)}\n```"


def _actions_of_kinds(service: str) -> set[str]:
    return {
        f"{service}:{operation}" for kind in KINDS.values() if kind.service == service for operation in kind.operations
    }


def _actions_of_lookups(service: str, *, secret: bool = False) -> set[str]:
    """Return the actions of a service's lookups: those with secret results, or all others."""
    return {
        action
        for lookup in LOOKUPS.values()
        if lookup.service == service and lookup.secret is secret
        for action in lookup.actions
    }


def _reads(action: str) -> bool:
    return action.partition(":")[2].startswith(READING)
