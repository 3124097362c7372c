"""Generate the tables of fields in docs/directory.md from the JSON Schema of a file."""

from pulumi_identity.directory.json_schema import json_schema


def fields(model: str) -> str:
    """Return the table of the fields of a mapping.

    Args:
        model: `Person`, `Group`, `QuickSight` or `AppStream`.

    Returns:
        A row for each field.
    """
    properties = json_schema()["$defs"][model]["properties"]
    rows = ["| field | meaning |", "|---|---|"]
    rows += [f"| `{name}` | {' '.join(field['description'].split())} |" for name, field in properties.items()]
    return "\n".join(rows)
