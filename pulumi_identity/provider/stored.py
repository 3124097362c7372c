"""Properties that a program reads but doesn't set. A transform or a policy can set them after the constructor.

An output for each of them would cost a third of a preview. So the first read of one asks the engine for all of them.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pulumi import Output
from pulumi.runtime import rpc
from pulumi.runtime.proto.resource_pb2 import ResourceInvokeRequest
from pulumi.runtime.settings import get_monitor

if TYPE_CHECKING:
    from pulumi import CustomResource


def stored_properties(resource: CustomResource) -> Output[dict[str, Any]]:
    """Return the properties of a resource in the engine, with Pulumi's marks of secret values.

    Pulumi's `invoke_output` would make all of them secret if one is.

    Args:
        resource: A registered resource.

    Returns:
        Property → value, for `stored_property`.
    """
    return resource.urn.apply(_properties)


def stored_property(properties: Output[dict[str, Any]], name: str) -> Output[Any]:
    """Return one property.

    Args:
        properties: The result of `stored_properties`.
        name: The property.

    Returns:
        The value, secret if the engine has it as a secret; None if it is not set.
    """

    def pick(values: dict[str, Any]) -> Output[Any]:
        value: Any = values.get(name)
        if rpc.is_rpc_secret(value):
            return Output.secret(rpc.unwrap_rpc_secret(value))
        return Output.from_input(value)

    return properties.apply(pick)


async def _properties(urn: str) -> dict[str, Any]:
    request = ResourceInvokeRequest(tok="pulumi:pulumi:getResource", acceptResources=True)
    request.args["urn"] = urn
    monitor: Any = get_monitor()  # while a program runs, there is one
    answer = await asyncio.to_thread(monitor.Invoke, request)
    state: Any = getattr(answer, "return")["state"]
    return {name: rpc.deserialize_property(value) for name, value in state.items()}
