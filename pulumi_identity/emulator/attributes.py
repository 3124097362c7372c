"""Attributes of users and groups: required attributes, and the changes by UpdateUser and UpdateGroup.

An operation changes one attribute, by its camelCase path. A path names a member of the create request
(`displayName`, `name.familyName`, `emails`) or an extension (`aws:identitystore:enterprise`,
`aws:identitystore:enterprise.department`). Values are documents with camelCase keys. A complex value is replaced as a
whole. JSON's null clears a value. An empty string, list or object is an error.
"""

from collections.abc import Iterable
from typing import Any

from botocore.model import ListShape, Shape, StringShape, StructureShape

from .errors import ValidationException

Members = dict[str, Any]

ENTERPRISE = "aws:identitystore:enterprise"
RESERVED_NAMES = frozenset({"administrator", "awsadministrators"})  # model, about user names and group names
NOT_ATTRIBUTES = frozenset({"IdentityStoreId", "Extensions"})


def apply_operations(
    shape: StructureShape, attributes: Members, extensions: Members, operations: list[Members]
) -> None:
    """Change attributes and extensions in place. The caller checks limits of length and patterns.

    Args:
        shape: The shape of the create request.
        attributes: The attributes to change.
        extensions: The extensions to change.
        operations: The operations of an update request.

    Raises:
        ValidationException: A path is unknown or can't be written, or a value has the wrong shape.
    """
    for operation in operations:
        path = operation["AttributePath"]
        value = operation.get("AttributeValue")  # the parser leaves out nulls
        if value in ("", [], {}):
            raise ValidationException(
                f"attribute value cannot be empty for attribute path {path}; use null to clear it"
            )
        if ":" in path:
            name, _, key = path.partition(".")
            _set(extensions, name, key, value)
        else:
            name, _, key = path.partition(".")
            member = _member(shape, name, path)
            if key:
                inner = shape.members[member]
                if not isinstance(inner, StructureShape):
                    raise _unknown(path)
                sub = _member(inner, key, path)
                _set(attributes, member, sub, _value(inner.members[sub], value, path))
            else:
                _set(attributes, member, "", _value(shape.members[member], value, path))


def require_user_attributes(attributes: Members) -> None:
    """Raise an error for a user without a required attribute, or with a reserved user name."""
    if "UserName" not in attributes:
        raise ValidationException("userName is a required attribute")
    name = attributes.get("Name")
    missing = [] if "DisplayName" in attributes else ["displayname"]
    if not name:
        missing.append("name")
    else:
        missing += [m.lower() for m in ("GivenName", "FamilyName") if m not in name]
    if missing:
        raise ValidationException(", ".join(f"{m}: The attribute {m} is required" for m in missing))
    _refuse_reserved("UserName", attributes)


def require_group_attributes(attributes: Members) -> None:
    """Raise an error for a group without a display name, or with a reserved one."""
    if "DisplayName" not in attributes:
        raise ValidationException("displayName is a required attribute")
    _refuse_reserved("DisplayName", attributes)


def check_extensions(names: Iterable[str]) -> list[str]:
    """Return the names of extensions. Raise an error for a name that does not exist."""
    for name in names:
        if name != ENTERPRISE:
            raise ValidationException(f"there is no extension {name}; the only one is {ENTERPRISE}")
    return list(names)


def _refuse_reserved(member: str, attributes: Members) -> None:
    if attributes[member].casefold() in RESERVED_NAMES:
        raise ValidationException(f"{member} {attributes[member]} is reserved")


def _set(target: Members, name: str, key: str, value: Any) -> None:
    """Set or clear `name`, or `key` within it. An empty value is removed."""
    if not key:
        if value is None:
            target.pop(name, None)
        else:
            target[name] = value
        return
    inner = {**target.get(name, {}), key: value}
    target[name] = {k: v for k, v in inner.items() if v is not None}
    if not target[name]:
        del target[name]


def _member(shape: StructureShape, name: str, path: str) -> str:
    """Return the model's name of an attribute, which starts with a capital."""
    member = name[:1].upper() + name[1:]
    if not name[:1].islower() or member not in shape.members or member in NOT_ATTRIBUTES:
        raise _unknown(path)
    return member


def _value(shape: Shape, value: Any, path: str) -> Any:
    """Return a document in the model's shape: members as keys, and the right types."""
    if value is None:
        return None
    match shape, value:
        case StructureShape(), dict():
            return {
                (member := _member(shape, key, f"{path}.{key}")): _value(shape.members[member], item, f"{path}.{key}")
                for key, item in value.items()
            }
        case ListShape(), list():
            return [_value(shape.member, item, path) for item in value]
        case StringShape(), str():
            return value
        case Shape(type_name="boolean"), bool():
            return value
    raise ValidationException(f"attribute value of {path} must be of type {shape.type_name}")


def _unknown(path: str) -> ValidationException:
    return ValidationException(f"Updates for AttributePath: {path} is not supported")
