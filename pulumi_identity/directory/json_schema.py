"""The JSON Schema of a file, which editors use to complete and check it.

It follows from the types in models.py. `make docs` writes it to schema.json, which the package contains.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, create_model

import pulumi_identity
from pulumi_identity.provider.declare import Resource
from pulumi_identity.provider.signatures import sentences
from pulumi_identity.provider.value_types import plain

from . import models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_identity.provider.kinds import Kind


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a file in YAML or JSON."""
    quicksight = _model("QuickSight", models.QUICKSIGHT, models.QUICKSIGHT_FIELDS, models.QUICKSIGHT_TEXTS)
    appstream = _model("AppStream", models.APPSTREAM, models.APPSTREAM_FIELDS, models.APPSTREAM_TEXTS)
    role = Literal[models.ROLES]  # type: ignore[valid-type]  # mypy takes no variable for it
    own = {
        "email": str,
        "ends": str,
        "name": str | plain(models.USER.schema.inputs["name"].hint),
        "quicksight": Union[Literal[False], role, quicksight],  # noqa: UP007  (built at run time)
        "appstream": bool | appstream,
    }
    person = _model("Person", models.USER, models.PERSON_FIELDS, models.PERSON_TEXTS, own)
    group = _model("Group", models.GROUP, models.GROUP_FIELDS, models.GROUP_TEXTS)
    types: dict[str, Any] = {
        "defaults": person,
        "groups": dict[str, group | None],  # type: ignore[valid-type]
        "people": dict[str, person],  # type: ignore[valid-type]
        "moved": dict[str, str],
    }
    fields: dict[str, Any] = {
        name: (types[name] | None, Field(default=None, description=text)) for name, text in models.SECTIONS.items()
    }
    fields["people"] = (types["people"], fields["people"][1])  # an empty section would delete everyone
    file = create_model("People and groups in AWS", __config__=ConfigDict(extra="forbid"), **fields)
    schema = file.model_json_schema()
    definitions = schema["$defs"]
    definitions["Defaults"] = definitions["Person"] | {"title": "Defaults"}
    definitions["Person"] = definitions["Person"] | {"required": ["name"]}
    schema["properties"]["defaults"]["anyOf"][0]["$ref"] = "#/$defs/Defaults"
    definitions["Person"]["properties"]["ends"]["anyOf"][0]["pattern"] = r"^\d{4}-\d{2}-\d{2}$"
    schema["properties"]["$schema"] = {"type": "string", "description": "The address of this schema."}
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_simplified(schema)}


def _model(
    name: str, kind: Kind, fields: Mapping[str, Any], texts: Mapping[str, str], own: Mapping[str, Any] | None = None
) -> type[BaseModel]:
    """Return pydantic's model of a mapping in the file. No field is required: most have defaults."""
    resource: Any = Resource  # mypy takes no class for hashable
    documented = {**sentences(resource), **sentences(getattr(pulumi_identity, kind.name)), **texts}
    schemas = (models.PERSON_OWN, models.GROUP_OWN, models.QUICKSIGHT_GROUPS, models.APPSTREAM_STACKS)
    hints = {key: field.hint for schema in schemas for key, field in schema.inputs.items()}
    if kind is models.USER:
        hints["groups"] = models.PERSON_OWN.inputs["groups"].hint
    elif kind is models.QUICKSIGHT:
        hints["groups"] = models.QUICKSIGHT_GROUPS.inputs["groups"].hint
    hints |= {key: field.hint for key, field in kind.schema.inputs.items()} | dict(own or {})
    members: dict[str, Any] = {
        field: (plain(hints[field]) | None, Field(default=None, description=documented[field])) for field in fields
    }
    return create_model(name, __config__=ConfigDict(extra="forbid"), **members)


def _simplified(schema: Any) -> Any:
    """Return a schema without pydantic's titles and defaults of None, and with numbers where the loader takes them."""
    if isinstance(schema, list):
        return [_simplified(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {
        name: {key: _simplified(value) for key, value in item.items()} if name in {"properties", "$defs"} else item
        for name, item in schema.items()
        if not (name == "default" and item is None) and not (name == "title" and "properties" not in schema)
    }
    schema = {
        name: item if name in {"properties", "$defs", "enum", "const"} else _simplified(item)
        for name, item in schema.items()
    }
    first, *others = schema.get("anyOf", [{}])
    if others == [{"type": "null"}] and "type" in first and "enum" not in first and "const" not in first:
        del schema["anyOf"]  # editors and validators report a plain type better
        schema |= first | {"type": [*([first["type"]] if isinstance(first["type"], str) else first["type"]), "null"]}
    if schema.get("type") == "string" and "enum" not in schema and "const" not in schema:
        schema["type"] = ["string", "number"]  # the loader reads an unquoted number as a string
    return schema


def text() -> str:
    """Return the content of schema.json."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
